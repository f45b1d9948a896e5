"""`python -m tests.world`: ask real frameworks and services what they do with versions, and write docs/reference/frameworks.md."""

from __future__ import annotations

import argparse
import http.client
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.frameworks.asking import ask
from tests.world import documents, page
from tests.world.answers import marks, one_of, told
from tests.world.beginning import begun
from tests.world.holding import held
from tests.world.questions import Question, questions
from tests.world.running import NotRunningError, install, running
from tests.world.service import GALLERY, GENERATORS, Service, Style, services

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "frameworks.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, and write or compare, one service after the other.

    Returns:
        0 when every service was asked and, with `--check`, the page says the same; else 1.
    """
    asked, gallery = everything(), services(GALLERY)
    options = _options(asked, gallery, arguments)
    known = gallery if options.begin else asked
    good = True
    for name in known if options.all else options.names:
        started = time.monotonic()
        if options.hold or options.begin:
            found = list((_begun if options.begin else _held)(known[name], newest=options.newest))
            sys.stdout.writelines(f"{name}: {line}\n" for line in found)
            good &= not found
        else:
            good &= _kept(dict(_asked(known[name], newest=options.newest)), titles(known), check=options.check)
        sys.stdout.write(f"{name}: {time.monotonic() - started:.0f} s\n")
        sys.stdout.flush()
    return 0 if good else 1


def _options(
    asked: Mapping[str, Service], gallery: Mapping[str, Service], arguments: Sequence[str] | None
) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.world", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"of {', '.join(asked)}; with --begin of {', '.join(gallery)}"
    )
    parser.add_argument("--all", action="store_true", help="every service")
    parser.add_argument("--check", action="store_true", help="write nothing; say what the page would say otherwise")
    parser.add_argument("--hold", action="store_true", help="hold services to their presets instead of asking them")
    parser.add_argument("--begin", action="store_true", help="begin with services of the gallery as a newcomer does")
    parser.add_argument("--newest", action="store_true", help="install the newest releases instead of the pinned ones")
    options = parser.parse_args(arguments)
    if not options.names and not options.all:
        parser.error("name a service, or say --all")
    known = gallery if options.begin else asked
    for name in options.names:
        if name not in {*asked, *gallery}:
            parser.error(f"no service is named {name}: expected one of {', '.join(known)}")
        if name not in known:
            advice = "not of the gallery: leave --begin out" if options.begin else "of the gallery: say --begin"
            parser.error(f"{name} is {advice}")
    return options


def everything() -> dict[str, Service]:
    """Every service, and behind them every generator, by name."""
    return {**services(), **services(GENERATORS)}


def titles(known: Mapping[str, Service]) -> list[str]:
    """The titles of all sections, in the order of the page."""
    return [_title(service, style) for service in known.values() for style in service.styles]


def _title(service: Service, style: Style) -> str:
    if style.contracts:
        return f"Documents of {service.title}"
    return f"{service.title}, {style.name}" if len(service.styles) > 1 else service.title


def _asked(service: Service, *, newest: bool) -> Iterator[tuple[str, str]]:
    """The section of each style of a service, under its title."""
    day = time.strftime("%Y-%m-%d", time.gmtime())
    with tempfile.TemporaryDirectory(prefix="world-", ignore_cleanup_errors=True) as folder:
        try:
            release = install(service, Path(folder), newest=newest)
        except NotRunningError as error:
            yield from (
                (_title(service, style), page.missing(_title(service, style), str(error), day))
                for style in service.styles
            )
            return
        for style in service.styles:
            title, how = _title(service, style), _how(service, style)
            try:
                if style.contracts:
                    steps = [row for row, _ in _steps(service, style, folder)]
                    section = page.steps(title, how, steps, release, day)
                else:
                    with running(service, style, Path(folder)) as url:
                        rows = [
                            _row(url, question, style.by_chance.get(question.name, ())) for question in questions(style)
                        ]
                    section = page.section(title, how, rows, release, day)
            except NotRunningError as error:
                section = page.missing(title, str(error), day)
            yield title, section


def _held(service: Service, *, newest: bool) -> Iterator[str]:
    """What is wrong with the presets of a service, in a line each."""
    with tempfile.TemporaryDirectory(prefix="world-", ignore_cleanup_errors=True) as folder:
        try:
            install(service, Path(folder), newest=newest)
            for style in service.styles:
                yield from (line for _, wrong in _steps(service, style, folder) for line in wrong)
                if style.preset:
                    with (
                        tempfile.TemporaryDirectory(prefix="world-") as policy,
                        running(service, style, Path(folder)) as url,
                    ):
                        yield from held(style, url, Path(policy))
        except NotRunningError as error:
            yield str(error)


def _begun(service: Service, *, newest: bool) -> Iterator[str]:
    """What is not as the gallery says of a service, in a line each."""
    with tempfile.TemporaryDirectory(prefix="world-", ignore_cleanup_errors=True) as folder:
        try:
            install(service, Path(folder), newest=newest)
            for style in service.styles:
                with (
                    tempfile.TemporaryDirectory(prefix="world-") as policy,
                    running(service, style, Path(folder)) as url,
                ):
                    yield from begun(style, url, Path(policy))
        except NotRunningError as error:
            yield str(error)


def _steps(service: Service, style: Style, folder: str) -> list[tuple[page.Row, list[str]]]:
    """What came of the documents of a generator; of a service that is none, nothing."""
    if not style.contracts:
        return []
    with tempfile.TemporaryDirectory(prefix="world-") as policy:
        return list(documents.asked(service, style, Path(folder), Path(policy)))


def _how(service: Service, style: Style) -> str:
    """What was installed, and where the version or the documents stand."""
    installed = f"Installed: {', '.join(f'`{each}`' for each in (*service.dependencies, *service.wheels))}."
    if style.contracts:
        return f"{installed} {style.name[0].upper()}{style.name[1:]}: {', '.join(f'`{place}`' for place in style.contracts.values())}."
    places = {
        "the path": style.path,
        "the header": f"{style.header}: {style.spelling}" if style.header else "",
        "the parameter": f"{style.query}={style.spelling}" if style.query else "",
        "`Accept`": style.accept,
    }
    where = next((f"in {place}, `{text}`" for place, text in places.items() if text), "nowhere")
    return f"{installed} The version stands {where}."


def _row(url: str, question: Question, by_chance: Sequence[str]) -> page.Row:
    try:
        answer = ask(url, question.method, question.target, question.headers, question.body, question.content_type)
    except (OSError, http.client.HTTPException) as error:
        return page.Row(question=question.name, status="no answer", answer=type(error).__name__, headers="")
    said = one_of(told(answer), by_chance)
    return page.Row(question=question.name, status=str(answer.status), answer=said, headers=marks(answer))


def _kept(written: dict[str, str], order: Sequence[str], *, check: bool) -> bool:
    """Write sections into the page, or tell what is new in them; whether all were asked and the page says so."""
    now = PAGE.read_text("utf-8") if PAGE.exists() else ""
    good = not [title for title, text in written.items() if "\n\nNot asked on " in text]
    if not check:
        PAGE.write_text(page.replaced(now, written, order), "utf-8")
        return good
    old = page.sections(now)
    found = [line for title, text in written.items() for line in page.changes(title, old.get(title, ""), text)]
    sys.stdout.writelines(f"{line}\n" for line in found)
    return good and not found


if __name__ == "__main__":
    sys.exit(main())
