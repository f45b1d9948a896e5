"""What stands where something of another kind should: `required: true` on a schema, `parameters` as an object, `enum: a`.

A comparison reads such a part as if it were not there, so that a change in it would go unseen: it is a mistake, and leniently it is left out.
What documents of the wild have and every reader lives with (nothing at all, an empty list for an empty object, `true` in quotes) is no mistake
but a note.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.diff.left_out import MARK
from pytest_apiversion.shell.openapi.broken_parts import leave_out
from pytest_apiversion.shell.openapi.document_files import FILES
from pytest_apiversion.shell.openapi.document_texts import kind_told
from pytest_apiversion.shell.openapi.grammar import METHODS, resolve, unescape
from pytest_apiversion.shell.openapi.kinds.fields import (
    EACH,
    HELD,
    HELD_OF_SWAGGER,
    PARTS,
    PLACES,
    PLACES_OF_SWAGGER,
    TYPES,
    WHOLE_LISTS,
    Field,
)
from pytest_apiversion.shell.openapi.used_parts import used_nodes
from pytest_apiversion.shell.texts.json_text import pointer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.shell.openapi.broken_parts import Notes
    from pytest_apiversion.shell.openapi.grammar import Place

_STATUS = re.compile(r"[1-9]([0-9]{2}|[xX]{2})|default|x-.*", re.DOTALL)

_FILES = f"#/{FILES}/"

_OF_SERVERS = frozenset({"server", "server variable"})
"""Kinds of objects without which a server is at its address all the same."""

_MOST = 60_000
"""Objects of a document that are looked at; large public documents have a third of it, and one of 60 MB would cost half as much again."""

_HELD_ELSEWHERE = frozenset({"paths", "components"})
"""Members of a document that are looked at wherever one is made ready to be compared."""


class _Mistake(NamedTuple):
    """One part that is of the wrong kind.

    Attributes:
        holder: The object or the list that it stands in.
        key: Where in it: the name of a member, or the number of an item.
        place: The same in the document; a file that it refers to is the first part of it.
        what: What was expected, and what is there.
        harmless: Whether every reader lives with it.
        whole: Whether nothing is known of the object that it stands in, either.
    """

    holder: Any
    key: Any
    place: Place
    what: str
    harmless: bool
    whole: bool


def hold_kinds(raw: dict[str, Any], source: str, notes: Notes) -> None:
    """Tell what stands in a document where something of another kind should.

    Args:
        raw: The document, as it was read. What is left out where it is read leniently is left out of it.
        source: What it is called.
        notes: Where it is put what does no harm, and what was left out.

    Raises:
        PolicyError: Something is of the wrong kind that an operation uses, and nothing may be left out.
    """
    found = sorted(_mistakes(raw, notes.looked), key=lambda one: [str(part) for part in one.place])
    used = {id(raw)} if all(one.harmless for one in found) else {id(raw), *used_nodes(raw)}
    lines = []
    for one in found:
        file, place = (one.place[1], one.place[2:]) if one.place[0] == FILES else (source, one.place)
        where = f"{file} {pointer(place)}"
        if one.harmless:
            notes.slip(where, one.what)
        elif id(one.holder) not in used and place[:2] != ("components", "securitySchemes"):
            notes.unused.append(f"{where}: {one.what}")
        elif notes.lenient:
            notes.leave_out(where, one.what)
            _leave_out(one)
        else:
            lines.append(f"{where}: {one.what}")
    if lines:
        raise PolicyError(source, lines)


def _leave_out(mistake: _Mistake) -> None:
    holder, key = mistake.holder, mistake.key
    if mistake.whole:
        leave_out(holder)
    elif isinstance(holder, list) or MARK not in holder:
        holder[key] = {MARK: True}


_Above = tuple[Any, "str | int"]
"""Where an object stands: the same of what it stands in, and its place there."""

_Stack = list[tuple[Any, str, "_Above | None"]]


def _mistakes(raw: dict[str, Any], seen: dict[int, Any]) -> Iterator[_Mistake]:
    """The mistakes of a document, but for what was `seen` before."""
    held = HELD_OF_SWAGGER if "swagger" in raw and "openapi" not in raw else HELD
    alone = str(raw.get("openapi", raw.get("swagger", ""))).startswith(("3.0", "2"))
    stack: _Stack = [(raw, "document", None)]
    most = len(seen) + _MOST
    while stack and len(seen) < most:
        node, kind, above = stack.pop()
        if id(node) in seen:
            continue
        seen[id(node)] = node  # so that nothing else is ever called by its number
        reference = node.get("$ref")
        if isinstance(reference, str):
            _follow_file(raw, reference, kind, stack)
            if (alone or kind != "schema") and kind != "path item":
                continue
        fields = held.get(kind) or (dict.fromkeys(node, EACH[kind]) if kind in EACH else None)
        if fields and MARK not in node:
            yield from _of(node, kind, fields, above, stack)


def _of(
    node: dict[str, Any], kind: str, fields: dict[str, Field], above: _Above | None, stack: _Stack
) -> list[_Mistake]:
    """The mistakes right in an object; the objects in it are put on the stack."""
    found: list[_Mistake] = []
    for key, value in node.items():
        if (field := fields.get(key)) is None or value is None:  # as some languages write what is not there
            continue
        if type(value) not in field.kinds:
            if (above or key not in _HELD_ELSEWHERE) and not (kind == "callback" and key.startswith("x-")):
                found.append(_mistake(node, key, above, field, value, whole=field.shape in {"", "names", "types"}))
        elif field.shape:
            found += _held(node, key, value, field, above, stack)
    if kind == "path item":
        found += _capitals(node, above)
    elif kind == "parameter":
        found += _unplaced(node, above, PLACES_OF_SWAGGER if "type" in fields else PLACES)
    elif kind in _OF_SERVERS:
        found = [one._replace(harmless=True, what=f"{one.what.partition(';')[0]}; it says nothing") for one in found]
    return found


def _unplaced(node: dict[str, Any], above: _Above | None, places: frozenset[str]) -> Iterator[_Mistake]:
    """What a parameter lacks by which it is known."""
    for key in [name for name in ("name", "in") if name not in node]:
        yield _Mistake(node, key, _place((above, key)), "expected a text, got none", harmless=False, whole=True)
    place = node.get("in")
    if isinstance(place, str) and place not in places:
        what = f"expected one of {', '.join(sorted(places))}, got {place[:40]!r}; it says nothing"
        yield _Mistake(node, "in", _place((above, "in")), what, harmless=True, whole=True)


def _held(
    node: dict[str, Any], key: str, value: Any, field: Field, above: _Above | None, stack: _Stack
) -> list[_Mistake]:
    """The mistakes in what a member holds; the objects in it are put on the stack."""
    if field.shape == "one" and type(value) is dict:
        stack.append((value, field.inner, (above, key)))
    elif type(value) is str:
        return [] if field.shape != "types" or value in TYPES else [_no_type(node, key, above, value)]
    elif type(value) is bool:
        return []
    elif field.inner in WHOLE_LISTS and any(type(part) is not dict for part in value):
        return [_mistake(node, key, above, field._replace(what="a list of objects"), value, whole=False)]
    else:
        return _inside(value, field, (above, key), stack)
    return []


def _capitals(node: dict[str, Any], above: _Above | None) -> Iterator[_Mistake]:
    for key in node:
        if key not in METHODS and key.lower() in METHODS:
            what = f"expected a method in small letters, got {key}; it says nothing"
            yield _Mistake(node, key, _place((above, key)), what, harmless=True, whole=False)


def _follow_file(raw: dict[str, Any], reference: str, kind: str, stack: _Stack) -> None:
    """Have a part of another file looked at, which nothing but a reference leads to."""
    if reference.startswith(_FILES):
        parts = unescape(reference[1:])
        try:
            target = resolve(raw, parts)
        except LookupError:
            return
        if isinstance(target, dict):
            above: Any = None
            for part in parts:
                above = (above, part)
            stack.append((target, kind, above))


def _no_type(holder: Any, key: str | int, above: _Above | None, value: str) -> _Mistake:
    what = f"expected a type, got {value[:40]!r}, which is none; it says nothing"
    return _Mistake(holder, key, _place((above, key)), what, harmless=True, whole=False)


def _inside(value: Any, field: Field, above: _Above, stack: _Stack) -> list[_Mistake]:
    """The mistakes among what an object or a list holds."""
    found: list[_Mistake] = []
    kinds, what, inner = PARTS.get(field.shape) or (PARTS["schema"] if field.inner == "schema" else PARTS[""])
    free = field.shape == "map" and inner != "schema"
    objects, kind = dict in kinds, field.inner
    parts: Iterable[tuple[Any, Any]] = value.items() if type(value) is dict else enumerate(value)
    for name, part in parts:
        if objects and type(part) is dict:
            stack.append((part, kind, (above, name)))
        elif type(part) not in kinds:
            if not (free and name.startswith("x-")):
                found.append(_mistake(value, name, above, Field(kinds, what), part, whole=False))
        elif inner == "types" and part not in TYPES:
            found.append(_no_type(value, name, above, part))
    if free and kind in {"path item", "response"}:
        found += _names(value, kind, above)
    return found


def _names(value: dict[str, Any], kind: str, above: _Above) -> Iterator[_Mistake]:
    """The names in an object that are no paths, or no statuses."""
    if kind == "path item" and above == (None, "paths"):
        for name in value:
            if not name.startswith(("/", "x-")):
                told = "expected a path that begins with `/`; it is read as one"
                yield _Mistake(value, name, _place((above, name)), told, harmless=True, whole=False)
    elif kind == "response" and above[0] not in (None, (None, "components")):
        for name in value:
            if not _STATUS.fullmatch(name):
                told = f"expected a status, got {name[:40]!r}; it says nothing"
                yield _Mistake(value, name, _place((above, name)), told, harmless=True, whole=False)


def _mistake(holder: Any, key: str | int, above: _Above | None, field: Field, value: Any, *, whole: bool) -> _Mistake:
    harmless = _is_slip(key, field, value)
    what = f"expected {field.what}, got {kind_told(value)}{'; it says nothing' if harmless else ''}"
    return _Mistake(holder, key, _place((above, key)), what, harmless=harmless, whole=whole)


def _is_slip(key: str | int, field: Field, value: Any) -> bool:
    """Whether every reader lives with a value that is of the wrong kind."""
    if value is None or (value in ([], {}) and field.kinds & {list, dict}):
        return True  # as some languages write what is not there, and what is empty
    if bool in field.kinds and not field.shape and isinstance(value, str):
        return value.lower() in {"true", "false"}
    if float in field.kinds and isinstance(value, str):
        return value.lstrip("+-").replace(".", "", 1).isdecimal()
    return key == "required" and isinstance(value, (bool, str)) and str(value).lower() in {"true", "false"}


def _place(above: _Above | None) -> Place:
    parts: list[str | int] = []
    while above is not None:
        above, part = above
        parts.append(part)
    return tuple(reversed(parts))
