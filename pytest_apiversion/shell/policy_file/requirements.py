"""Requirements by their ids: from their tables to values, and the mistakes no schema sees in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_apiversion.core.policy.requirements import Requirement, is_code
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.policy_file.schema import nearest, quoted
from pytest_apiversion.shell.policy_file.walk import rows, table, texts
from pytest_apiversion.shell.texts.toml_text import Mistake, dotted


def read_requirements(document: Mapping[str, Any]) -> tuple[Requirement, ...]:
    """The requirements that checks hold, in the order of the file."""
    return tuple(
        Requirement(id=name, text=row["text"], by=tuple(row["by"]))
        for name, row in document.get("requirements", {}).items()
    )


def requirement_mistakes(document: Mapping[str, Any]) -> Iterator[Mistake]:
    """Codes and places nobody has, requirements that no check holds, and ids that are answered twice."""
    known = [check.code for check in checks()]
    places = list(_places({key: value for key, value in document.items() if key != "requirements"}))
    for name in table(document, "requirements"):
        place = dotted("requirements", name)
        by = texts(table(document, "requirements", name).get("by"))
        for number, each in enumerate(by):
            if is_code(each) and each not in known:
                yield Mistake(place=f"{place}.by[{number}]", text=f"no check has this code{nearest(each, known)}")
            elif not is_code(each) and each not in places:
                yield Mistake(
                    place=f"{place}.by[{number}]",
                    text="expected the code of a check or a dotted place of this file, "
                    f"got {quoted(each)}{nearest(each, places)}",
                )
        if by and not any(map(is_code, by)):
            text = "expected the code of a check that holds it (what nothing can hold belongs under [[declared]]), got none"
            yield Mistake(place=f"{place}.by", text=text)
    yield from _twice(document)


def _twice(document: Mapping[str, Any]) -> Iterator[Mistake]:
    held, seen = table(document, "requirements"), set[str]()
    for number, row in rows(document.get("declared")):
        name, place = row.get("id"), f"declared[{number}].id"
        if not isinstance(name, str):
            continue
        if name in seen:
            yield Mistake(place=place, text=f"expected each id once, got {quoted(name)} again")
        elif name in held:
            text = f"expected each requirement answered once, got {quoted(name)} here and in [requirements], held by checks"
            yield Mistake(place=place, text=text)
        seen.add(name)


def _places(value: Any, place: str = "") -> Iterator[str]:
    """Every dotted place of a document, the outer before the inner."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        inner = f"{place}[{key}]" if isinstance(value, list) else dotted(place, str(key))
        yield inner
        yield from _places(item, inner)
