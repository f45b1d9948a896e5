"""Finds mistakes no schema sees: names that name nothing, answers that contradict each other, secrets written out.

Whatever has not the expected shape is passed over: the schema has spoken of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from pytest_apiversion.core.policy.selection import FLOATING, WRONGS
from pytest_apiversion.shell.catalogue.entries import carriers, checks, dialects
from pytest_apiversion.shell.policy_file.envelopes import envelope_mistakes
from pytest_apiversion.shell.policy_file.walk import gone_tables, listed_carriers, rows, table
from pytest_apiversion.shell.texts.suggestions import nearest, quoted
from pytest_apiversion.shell.texts.toml_text import Mistake, dotted

_ANSWERS = ("reject", "default", "accept")


def name_mistakes(document: Mapping[str, Any]) -> Iterator[Mistake]:
    """Mistakes of meaning.

    Args:
        document: The document, variables replaced, dates as text.
    """
    yield from _base_url(document)
    yield from _carriers(document)
    yield from _answers(document)
    yield from _references(document)
    yield from _contradictions(document)
    yield from _envelopes(document)
    yield from _successes(document)
    yield from _deprecation(document)
    yield from _severities(document)


def _severities(document: Mapping[str, Any]) -> Iterator[Mistake]:
    known = [check.code for check in checks()]
    for code in table(document, "severity"):
        if code not in known:
            yield Mistake(place=f"severity.{code}", text=f"no check has this code{nearest(code, known)}")


def _base_url(document: Mapping[str, Any]) -> Iterator[Mistake]:
    url = table(document, "api").get("base_url")
    if not isinstance(url, str):
        return
    try:
        parts = urlsplit(url)
        fine = (
            parts.scheme in {"http", "https"}
            and parts.hostname
            and not parts.query
            and not parts.fragment
            and parts.port != 0
        )
    except ValueError:
        fine = False
    if not fine:
        yield Mistake(place="api.base_url", text=f'expected a URL such as "https://api.example.org", got {quoted(url)}')


def _carriers(document: Mapping[str, Any]) -> Iterator[Mistake]:
    versioning, listed = table(document, "versioning"), listed_carriers(document)
    for kind in dict.fromkeys(listed or ()):
        if kind in carriers() and kind not in versioning:
            yield Mistake(
                place=f"versioning.{kind}",
                text="expected a table that says where the version stands, since "
                "versioning.carriers lists it, got nothing",
            )
    for kind in carriers():
        if kind in versioning and listed is not None and kind not in listed:
            yield Mistake(
                place=f"versioning.{kind}",
                text=f"expected a carrier that versioning.carriers lists, in order of strength, got {kind}",
            )
    accept = table(versioning, "accept")
    if "parameter" in accept and "template" in accept:
        yield Mistake(place="versioning.accept.template", text="expected parameter or template, got both")
    if "echo" in versioning and isinstance(versioning["echo"], dict):
        yield from exactly_one(versioning["echo"], ("header", "body"), "versioning.echo")
    for index, row in rows(versioning.get("lists")):
        yield from exactly_one(row, ("header", "path"), f"versioning.lists[{index}]")
        if "pointer" in row and "path" not in row:
            yield Mistake(place=f"versioning.lists[{index}].pointer", text="expected it beside path, got it without")


def exactly_one(of: Mapping[str, Any], options: tuple[str, ...], place: str) -> Iterator[Mistake]:
    """Keys of which a table has none, or several."""
    found = [name for name in options if name in of]
    if len(found) != 1:
        wanted = f"{', '.join(options[:-1])} and {options[-1]}"
        yield Mistake(place=place, text=f"expected exactly one of {wanted}, got {' and '.join(found) or 'none'}")


def answer_tables(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every answer of a document, with its place."""
    versioning, rules = table(document, "versioning"), table(document, "operations", "rules")
    holders = [("versioning", versioning), *((f"versioning.{kind}", table(versioning, kind)) for kind in carriers())]
    holders += [(dotted("operations.rules", key), table(rules, key)) for key in rules]
    for place, holder in holders:
        yield from ((f"{place}.{wrong}", holder[wrong]) for wrong in WRONGS if isinstance(holder.get(wrong), dict))
    for name in table(document, "aliases"):
        if answer := table(document, "aliases", name, "absent_answer"):
            yield f"{dotted('aliases', name)}.absent_answer", answer


def _answers(document: Mapping[str, Any]) -> Iterator[Mistake]:
    for place, answer in answer_tables(document):
        yield from exactly_one(answer, _ANSWERS, place)
        for key in ("code", "envelope", "envelope_of", "before", "lists"):
            if key in answer and "reject" not in answer:
                yield Mistake(place=f"{place}.{key}", text="expected it beside reject, got it without")


def _references(document: Mapping[str, Any]) -> Iterator[Mistake]:
    """Names of versions that no version has."""
    versions = table(document, "versions")
    if not versions:
        return
    wanted: list[tuple[str, Any]] = []
    for name in versions:
        place, successor = f"{dotted('versions', name)}.successor", table(versions, name).get("successor")
        wanted.append((place, successor))
        if successor == name:
            yield Mistake(place=place, text=f"expected another version, got {quoted(name)} itself")
    for name, alias in table(document, "aliases").items():
        wanted.append((f"{dotted('aliases', name)}.version", table(alias).get("version")))
    defaults = [(f"{place}.default", answer.get("default")) for place, answer in answer_tables(document)]
    wanted += [(place, name) for place, name in [*defaults, *_standing(document)] if name not in FLOATING]
    for place, holder in _holders(document):
        wanted += [(f"{place}.versions[{n}]", item) for n, item in _entries(holder.get("versions"))]
    for place, listed in (
        ("operations.renamed", table(document, "operations").get("renamed")),
        ("fields", document.get("fields")),
        ("identifiers", document.get("identifiers")),
    ):
        for n, row in rows(listed):
            named = row.keys() - ({"names"} if place == "identifiers" else set())
            wanted += [(dotted(f"{place}[{n}]", name), name) for name in row if name in named]
    for place, name in wanted:
        if isinstance(name, str) and name not in versions:
            yield Mistake(place=place, text=f"expected a declared version, got {quoted(name)}{nearest(name, versions)}")


def _standing(document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What stands for a version: keywords, and what serves a sunset one."""
    keywords = table(document, "versioning", "keywords")
    yield from ((dotted("versioning.keywords", word), keywords[word]) for word in keywords)
    yield "sunset.served_by", table(document, "sunset").get("served_by")


def _contradictions(document: Mapping[str, Any]) -> Iterator[Mistake]:
    """Keywords that are versions, and sunset versions that are both served and refused."""
    for word in table(document, "versioning", "keywords").keys() & table(document, "versions").keys():
        text = "expected a word that no version has, got a version"
        yield Mistake(place=dotted("versioning.keywords", word), text=text)
    sunset = table(document, "sunset")
    if "served_by" in sunset and (
        more := [key for key in ("status", "code", "envelope", "pointer", "cache_control", "before") if key in sunset]
    ):
        text = f"expected it without {' and '.join(more)}: what is served is not refused"
        yield Mistake(place="sunset.served_by", text=text)


def _holders(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table that may say which versions it is for."""
    yield "versioning.echo", table(document, "versioning", "echo")
    yield "rate_limit", table(document, "rate_limit")
    yield from ((f"headers[{n}]", row) for n, row in rows(document.get("headers")))
    yield from ((f"errors.classes[{n}]", row) for n, row in rows(table(document, "errors").get("classes")))
    yield from (
        (dotted("credentials", name), table(document, "credentials", name)) for name in table(document, "credentials")
    )


def _entries(value: Any) -> Iterable[tuple[int, Any]]:
    return enumerate(value) if isinstance(value, list) else ()


def _envelopes(document: Mapping[str, Any]) -> Iterator[Mistake]:
    """Names of envelopes that no envelope has."""
    envelopes, errors = document.get("envelopes", {}), table(document, "errors")
    if not isinstance(envelopes, dict):
        return
    holders = [("errors", errors), ("sunset", table(document, "sunset"))]
    holders += [(f"errors.classes[{n}]", row) for n, row in rows(errors.get("classes"))]
    holders += answer_tables(document)
    holders += [(dotted("versions", name), table(document, "versions", name)) for name in table(document, "versions")]
    holders += gone_tables(document)
    for place, holder in holders:
        name = holder.get("envelope")
        if isinstance(name, str) and name not in envelopes:
            yield Mistake(
                place=f"{place}.envelope",
                text=f"expected the name of an envelope, got {quoted(name)}{nearest(name, envelopes)}",
            )
    for name in envelopes:
        place, envelope = dotted("envelopes", name), table(envelopes, name)
        yield from envelope_mistakes(place, envelope)


def _successes(document: Mapping[str, Any]) -> Iterator[Mistake]:
    """Names of shapes that no shape has, and schemas given twice."""
    successes = document.get("successes", {})
    if not isinstance(successes, dict):
        return
    for version in table(document, "versions"):
        name = table(document, "versions", version).get("success")
        if isinstance(name, str) and name not in successes:
            place = f"{dotted('versions', version)}.success"
            text = f"expected the name of a shape in successes, got {quoted(name)}{nearest(name, successes)}"
            yield Mistake(place=place, text=text)
    for name in successes:
        if {"schema", "schema_file"} <= table(successes, name).keys():
            place = f"{dotted('successes', name)}.schema_file"
            yield Mistake(place=place, text="expected schema or schema_file, got both")


def _deprecation(document: Mapping[str, Any]) -> Iterator[Mistake]:
    yield from _announcement(table(document, "deprecation"), "deprecation")
    for kind in ("versions", "aliases"):
        for name in table(document, kind):
            yield from _announcement(table(document, kind, name), dotted(kind, name))
    for n, row in rows(document.get("lifecycle")):
        yield from _announcement(row, f"lifecycle[{n}]")


def _announcement(holder: Mapping[str, Any], whose: str) -> Iterator[Mistake]:
    """Headers and links that cannot be read or written."""
    known = dialects()
    told = [(f"{whose}.{kind}[{n}]", row) for kind in ("headers", "members") for n, row in rows(holder.get(kind))]
    for place, row in told:
        name = row.get("dialect")
        if isinstance(name, str) and name not in known:
            yield Mistake(
                place=f"{place}.dialect", text=f"expected a dialect, got {quoted(name)}{nearest(name, known)}"
            )
        elif isinstance(name, str) and known[name].dated and "date" not in row:
            yield Mistake(
                place=f"{place}.date",
                text=f"expected the date this {'header' if 'name' in row else 'member'} carries, deprecated or sunset, got nothing",
            )
        elif not {"dialect", "pattern", "levels"} & row.keys():
            yield Mistake(place=place, text="expected a dialect, a pattern or levels, got none of them")
        if "levels" in row:
            yield from _levels(row["levels"], f"{place}.levels")
        elif "inclusive" in row:
            yield Mistake(place=f"{place}.inclusive", text="expected levels beside it, got nothing")
    for n, row in rows(holder.get("links")):
        if "href" in row and row.get("successor") is True:
            yield Mistake(place=f"{whose}.links[{n}]", text="expected href or successor, got both")


def _levels(levels: Any, place: str) -> Iterator[Mistake]:
    """Levels that do not follow each other."""
    before: int | None = None
    for n, row in rows(levels):
        days = row.get("days")
        if n == 0 and "days" in row:
            yield Mistake(place=f"{place}[0].days", text="expected none: the first level holds from the beginning")
        elif n > 0 and "days" not in row:
            yield Mistake(place=f"{place}[{n}].days", text="expected the days left from which on it holds, got nothing")
        elif isinstance(days, int) and before is not None and days >= before:
            yield Mistake(place=f"{place}[{n}].days", text=f"expected fewer than the {before} before it, got {days}")
        before = days if isinstance(days, int) and n > 0 else before
