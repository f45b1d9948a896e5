"""What Jenkins' xUnit plugin asks of a JUnit file: elements, their attributes and what stands in them, written down as tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from xml.etree import ElementTree as ET

Form = Callable[[str], object]


def _matches(pattern: str) -> Form:
    return re.compile(pattern, re.ASCII).fullmatch


_TEXT = _matches(r"(?s:.*)")
_COUNT = _matches(r"\d+")
_SECONDS = _matches(r"\d{1,3}(,\d{3})*(\.\d+)?|\d*\.?\d+(E-\d+)?")


class Element(NamedTuple):
    """An element.

    Attributes:
        required: Attributes that it must have.
        optional: Attributes that it may have.
        children: Elements that may stand in it, each with how often at most.
    """

    required: Mapping[str, Form] = {}
    optional: Mapping[str, Form] = {}
    children: Mapping[str, float] = {}


_ANY = float("inf")
_SAID = Element(optional={"message": _TEXT, "type": _TEXT})
ELEMENTS = {
    "testsuites": Element(
        optional={
            **dict.fromkeys(("tests", "failures", "disabled", "errors"), _COUNT),
            "name": _TEXT,
            "time": _SECONDS,
        },
        children={"testsuite": _ANY},
    ),
    "testsuite": Element(
        required={"name": _TEXT},
        optional={
            **dict.fromkeys(("tests", "failures", "errors", "disabled", "skipped", "skips", "assertions"), _COUNT),
            **dict.fromkeys(
                ("group", "timestamp", "hostname", "id", "package", "file", "log", "url", "version"), _TEXT
            ),
            "time": _SECONDS,
        },
        children={
            **dict.fromkeys(("testsuite", "properties", "testcase", "system-out", "system-err"), _ANY),
        },
    ),
    "properties": Element(children={"property": _ANY}),
    "property": Element(required={"name": _TEXT}, optional={"value": _TEXT}),
    "testcase": Element(
        required={"name": _TEXT},
        optional={
            **dict.fromkeys(("classname", "status", "class", "file", "line", "log", "group", "url"), _TEXT),
            **dict.fromkeys(("time", "assertions"), _SECONDS),
            "timestamp": _TEXT,
        },
        children={
            "skipped": 1,
            **dict.fromkeys(("error", "failure", "system-out", "system-err"), _ANY),
            **dict.fromkeys(("rerunFailure", "rerunError", "flakyFailure", "flakyError"), _ANY),
        },
    ),
    "skipped": _SAID,
    "error": _SAID,
    "failure": _SAID,
    "system-out": Element(),
    "system-err": Element(),
}
_MIXED = frozenset({"skipped", "error", "failure", "system-out", "system-err"})
"""Elements that hold text."""


def mistakes(text: str | bytes) -> list[str]:
    """What in a file is against the tables; each with its place."""
    root = ET.fromstring(text)  # noqa: S314  our own file
    if root.tag not in {"testsuites", "testsuite"}:
        return [f"{root.tag}: is no root"]
    return list(_of(root, root.tag))


def _of(element: ET.Element, place: str) -> Iterator[str]:
    rule = ELEMENTS[element.tag]
    forms = {**rule.required, **rule.optional}
    yield from (f"{place}: has no {name}" for name in rule.required if name not in element.attrib)
    for name, value in element.attrib.items():
        if name not in forms:
            yield f"{place}: may have no {name}"
        elif not forms[name](value):
            yield f"{place}: {name} may not be {value!r}"
    if (element.text or "").strip() and element.tag not in _MIXED:
        yield f"{place}: may hold no text"
    seen: dict[str, int] = {}
    for child in element:
        number = seen[child.tag] = seen.get(child.tag, 0) + 1
        if child.tag not in ELEMENTS or child.tag not in rule.children:
            yield f"{place}: may hold no {child.tag}"
            continue
        if number > rule.children[child.tag]:
            yield f"{place}: holds {child.tag} {number} times"
        yield from _of(child, f"{place}/{child.tag}[{number}]")
