"""What one document says of parameters and headers, its defaults filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from pytest_apiversion.diff.document import Document, Node, escape
from pytest_apiversion.diff.left_out import left_out
from pytest_apiversion.diff.values.media_names import media_name

_IGNORED = frozenset({"accept", "content-type", "authorization"})
_PLACES = frozenset({"cookie", "header", "path", "query", "querystring"})
_STYLES = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}

_DELIMITED = frozenset({"spaceDelimited", "pipeDelimited"})
"""Styles that say what stands between values in one parameter; where each value is a parameter, they say what `form` says."""

Key = tuple[str, str]


class Field(NamedTuple):
    """A parameter or header of one document.

    Attributes:
        node: It.
        name: Its name.
        place: Where it stands: the word of `in`.
        required: Whether it is always there.
        schema: What its value is held to.
        media: The media type of its value; None where a style says how it is written.
        style: How it is written.
        explode: Whether each part is written for itself.
        empty: Whether it may be without a value.
        reserved: Whether reserved characters are written as they are.
        together: Whether it has to be there as soon as another member is of the object that is written as several parameters.
    """

    node: Node
    name: str
    place: str
    required: bool
    schema: Node
    media: str | None
    style: str
    explode: bool
    empty: bool
    reserved: bool
    together: bool = False

    @property
    def marks(self) -> Mapping[str, Any]:
        """What it is marked with."""
        raw: Mapping[str, Any] = self.node.raw
        return raw


def parameters_of(document: Document, item: Node, operation: Node, template: str) -> dict[Key, Field]:
    """The parameters of an operation, its path's included; path parameters by their position, so that a name of theirs means nothing."""
    positions = {name: str(index) for index, name in enumerate(re.findall(r"\{([^{}]+)\}", template))}
    found: dict[Key, Field] = {}
    for holder in (item, operation):
        listed = holder.raw.get("parameters")
        for index, raw_part in enumerate(listed if isinstance(listed, list) else ()):
            node = document.follow(Node(raw_part, f"{holder.place}/parameters/{index}", ""))
            raw = node.raw
            if not isinstance(raw, dict) or not isinstance(raw.get("name"), str) or not isinstance(raw.get("in"), str):
                continue
            name, where = str(raw["name"]), str(raw["in"])
            if where not in _PLACES or (where == "header" and name.lower() in _IGNORED):
                continue
            known = positions.get(name, name) if where == "path" else name.lower() if where == "header" else name
            found[where, known] = field_of(document, node, name, where)
    free = [position for name, position in positions.items() if ("path", position) not in found]
    unplaced = [part for part in found if part[0] == "path" and not part[1].isdigit()]
    for position, part in zip(free, unplaced, strict=False):
        found["path", position] = found.pop(part)  # the name is not the template's: its place is the only one left
    return found


def lacks_parameters(document: Document, item: Node, operation: Node) -> bool:
    """Whether an operation may have parameters that were left out."""
    lists = [holder.raw.get("parameters") for holder in (item, operation)]
    return any(
        left_out(listed)
        or (isinstance(listed, list) and any(left_out(document.follow(Node(part, "", "")).raw) for part in listed))
        for listed in lists
    )


def headers_of(document: Document, response: Node) -> dict[Key, Field]:
    """The headers of a response."""
    listed = response.raw.get("headers")
    found: dict[Key, Field] = {}
    for name, part in listed.items() if isinstance(listed, dict) else ():
        node = document.follow(Node(part, f"{response.place}/headers/{escape(name)}", name))
        if isinstance(node.raw, dict) and name.lower() != "content-type":
            found["header", name.lower()] = field_of(document, node, name, "header")
    return found


def field_of(document: Document, node: Node, name: str, where: str) -> Field:
    """A parameter or header, its defaults filled in."""
    raw = node.raw
    content = raw.get("content")
    media = next(iter(content), None) if isinstance(content, dict) else None
    if media is not None:
        place = f"{node.place}/content/{escape(media)}/schema"
        holder = document.follow(Node(content[media], place.removesuffix("/schema"), name)).raw
        value = holder if left_out(holder) else holder.get("schema") if isinstance(holder, dict) else None
    else:
        place, value = f"{node.place}/schema", raw.get("schema")
    schema = Node(value, place, name) if isinstance(value, (dict, bool)) else document.nothing(place, name)
    style = str(raw.get("style") or _STYLES.get(where, "simple"))
    explode = raw.get("explode")
    if explode is True and style in _DELIMITED:
        style = "form"
    return Field(
        node=Node(raw, node.place, name),
        name=name,
        place=where,
        required=raw.get("required") is True or where == "path",
        schema=schema,
        media=None if media is None else media_name(media),
        style=style,
        explode=explode if isinstance(explode, bool) else style == "form",
        empty=raw.get("allowEmptyValue") is True,
        reserved=raw.get("allowReserved") is True and where == "query",
    )
