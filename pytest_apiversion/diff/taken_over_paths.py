"""Calls that a path template with parameters answered, and that a more specific template takes over (`/things/{id}`, `/things/latest`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any, NamedTuple

from pytest_apiversion.diff.document import Document, Node
from pytest_apiversion.diff.fields.field import Field, Key, parameters_of
from pytest_apiversion.diff.normalized_schema import View
from pytest_apiversion.diff.operation_matching import Operation, shape
from pytest_apiversion.diff.schema_normalization import Views
from pytest_apiversion.diff.values.patterns import matches

_NUMBER = re.compile(r"-?\d{1,30}", re.ASCII)


class Cover(NamedTuple):
    """An operation that answered calls of another one.

    Attributes:
        operation: It.
        named: Whether its contract lists the values that the other one stands for (`enum`), so that clients were told of them.
    """

    operation: Operation
    named: bool


Index = Mapping[tuple[str, ...], list[Operation]]
"""Operations by method and path, the names of parameters left out."""

_MOST_TAKEN = 2
"""Parameters of a template whose values stand in a more specific one; more are not looked for, so that the work stays small."""


def by_path(told: Iterable[Operation]) -> Index:
    """Operations, to be looked up by path."""
    found: dict[tuple[str, ...], list[Operation]] = {}
    for one in told:
        found.setdefault((one.method, *_segments(one)), []).append(one)
    return found


def _segments(one: Operation) -> list[str]:
    return shape(f"{one.prefix}{one.template}").split("/")


def cover_of(document: Document, views: Views, old: Index, new: Operation) -> Cover | None:
    """The most specific operation that answered the calls of a new one; None where there was none.

    Args:
        document: The old document.
        views: The views of its schemas.
        old: Its operations.
        new: An operation that only the new document has.
    """
    segments = _segments(new)
    literal = [index for index, part in enumerate(segments) if part and "{" not in part]
    for size in range(1, _MOST_TAKEN + 1):
        for places in combinations(reversed(literal), size):
            key = (new.method, *("{}" if index in places else part for index, part in enumerate(segments)))
            for one in old.get(key, ()):
                named = _takes(document, views, one, segments)
                if named is not None:
                    return Cover(one, named)
    return None


def without_own_paths(
    document: Document, views: Views, fields: Mapping[Key, Field], new: Index, other: Operation
) -> dict[Key, Field]:
    """The parameters of an operation without the values of its path for which the new document has paths of their own, which come first.

    Args:
        document: The old document.
        views: The views of its schemas.
        fields: The parameters there.
        new: The operations of the new document.
        other: The operation there.
    """
    made, segments = dict(fields), _segments(other)
    for index, position in _parameters(other):
        field = fields.get(("path", position))
        view = views.of(field.schema) if field else View()
        if field is None or view.enum is None:
            continue
        rest = [value for value in view.enum if (other.method, *_with(segments, index, value)) not in new]
        if not rest:
            del made["path", position]
        elif len(rest) < len(view.enum):
            kept = Node({"enum": rest}, view.at.get("enum", field.schema.place), field.schema.label)
            made["path", position] = field._replace(schema=document.merged([field.schema, kept]))
    return made


def in_own_paths(document: Document, views: Views, one: Operation, new: Index) -> bool:
    """Whether each path that an operation lists by a parameter is one of its own in the new document."""
    fields, segments = parameters_of(document, one.item, one.node, one.template), _segments(one)
    for index, position in _parameters(one):
        field = fields.get(("path", position))
        listed = views.of(field.schema).enum if field else None
        if listed and all((one.method, *_with(segments, index, value)) in new for value in listed):
            return True
    return False


def _parameters(one: Operation) -> list[tuple[int, str]]:
    """The segments of a path that are a parameter: the index of each, and its position among the parameters."""
    segments, before = _segments(one), one.prefix.count("/")
    told = [
        (index, str(sum("{" in part for part in segments[before + 1 : index])))
        for index, part in enumerate(segments)
        if part == "{}"
    ]
    return [(index, position) for index, position in told if index > before]


def _with(segments: list[str], index: int, value: Any) -> list[str]:
    return [*segments[:index], str(value), *segments[index + 1 :]]


def without_path_parameters(document: Document, one: Operation) -> Operation:
    """An operation as if its path had no parameters: whether a path is taken is told, and what stands in it is no value any more."""

    def stripped(node: Node) -> Node:
        listed = node.raw.get("parameters")
        if not isinstance(listed, list):
            return node
        kept = [None if _in_path(document.follow(Node(part, "", "")).raw) else part for part in listed]
        return node._replace(raw={**node.raw, "parameters": kept})

    return one._replace(template="", item=stripped(one.item), node=stripped(one.node))


def _in_path(raw: Any) -> bool:
    return isinstance(raw, dict) and raw.get("in") == "path"


def _takes(document: Document, views: Views, one: Operation, segments: list[str]) -> bool | None:
    """Whether the values in a path are listed by the parameters they are for; None where a template does not take the path."""
    mine = _segments(one)
    places = [index for index, part in enumerate(mine) if part != segments[index]]
    fields = parameters_of(document, one.item, one.node, one.template)
    before = one.prefix.count("/")
    listed = True
    for index in places:
        position = sum("{" in part for part in mine[before + 1 : index])
        field = fields.get(("path", str(position)))
        view = views.of(field.schema) if field else View()
        if not _fits(view, segments[index]):
            return None
        listed = listed and view.enum is not None
    return listed


def _fits(view: View, text: str) -> bool:
    """Whether a path parameter takes a text; of formats nothing is known here, so that none does."""
    if view.groups or view.values.get("format"):
        return False
    if view.enum is not None:
        return text in {str(value) for value in view.enum}
    if view.types is not None and "string" not in view.types:
        return "integer" in view.types and _NUMBER.fullmatch(text) is not None
    least, most = view.values.get("minLength", 0), view.values.get("maxLength", len(text))
    return least <= len(text) <= most and all(matches(one, text) for one in view.values.get("pattern", ()))
