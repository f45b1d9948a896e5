"""XML bodies of answers, read safely: no document type, no entities of their own, bounded; and a part of XPath to read a place in one."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

_MOST = 20_000
"""Elements that are read."""
_DEEPEST = 100
"""Elements in one another that are read."""
XPATH = re.compile(r"(/|//|\./|\.//)?(?:([^\W\d][\w.-]*|\*)(?:/{1,2}(?:[^\W\d][\w.-]*|\*))*)?(/?@[^\W\d][\w.-]*)?")
"""Names of elements and `*`, `/` and `//` between them, and perhaps an attribute: `/Error/Code`, `//Exception/@exceptionCode`."""


class Xml(NamedTuple):
    """A body read as XML: its root, or the problem with it."""

    root: Element | None
    problem: str | None = None


class _Refused(Exception):  # noqa: N818  it ends the reading
    """What is not read."""


def xml_of(body: bytes) -> Xml:
    """A body as XML; a problem where it is none, has a document type, or is too large to be an error."""
    try:
        return Xml(root=_parse(body))
    except (expat.ExpatError, _Refused, ValueError, LookupError) as error:
        return Xml(root=None, problem=str(error))


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


def text_at(root: Element, path: str) -> str | None:
    """The text of the first element at a path, or of its attribute, white space around it cut; None where there is none.

    A name stands for itself in every namespace.

    Args:
        root: The root of the body.
        path: As `XPATH` has it.
    """
    steps, _, attribute = path.partition("@")
    for element in _found(root, steps.rstrip("/") if steps not in {"/", "//"} else ""):
        if not attribute:
            text = "".join(element.itertext()).strip()
        else:
            text = next((value for name, value in element.attrib.items() if local(name) == attribute), "").strip()
        if text:
            return text
    return None


def _found(root: Element, steps: str) -> list[Element]:
    """The elements at a path without its attribute; relative paths begin at the root."""
    if not steps:
        return [root]
    named = "/".join(part if part in {"", ".", "*"} else f"{{*}}{part}" for part in steps.split("/"))
    if not named.startswith("/"):
        return root.findall(named)
    above = Element("above")
    above.append(root)
    return above.findall(f".{named}")


def _parse(body: bytes) -> Element:
    builder, parser = TreeBuilder(), expat.ParserCreate(namespace_separator="}")
    depth = count = 0

    def named(name: str) -> str:
        return f"{{{name}" if "}" in name else name

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > _DEEPEST or count > _MOST:
            message = "it is too large to be read"
            raise _Refused(message)
        builder.start(named(name), {named(each): value for each, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(named(name))

    def refuse(*_: object) -> None:
        message = "it has a document type, which is not read"
        raise _Refused(message)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(body, True)  # noqa: FBT003  the parser takes no keyword
    return builder.close()
