"""Written values: which of them are compared with what is read later, and whether that says the same."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from typing import Any

from pytest_apiversion.core.json.choices import with_choices
from pytest_apiversion.core.json.members import followed, said_together, without_null

_SCALARS = {"string": "text", "integer": "number", "number": "number", "boolean": "boolean"}
"""Types of members that are compared, and what they are to a reader of JSON."""
SCALARS = frozenset(_SCALARS.values())
_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}
_MEANING = ("enum", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
"""Keywords that tell a percentage from a share, and one list of choices from another."""
_UNSTEADY = frozenset({"password", "byte", "binary", "time", "duration"})
"""Formats whose values servers rightly write otherwise, or not at all."""
_NAMING = frozenset({"uuid", "uri", "uri-reference", "url", "iri"})
"""Formats of elements that name other things: of a list of them a server may leave out those that are not there."""
NAMES = re.compile(r"(?:[a-z0-9_-](?:Id|ID)s?|(?:^|[_.-])ids?)$")
"""Names of members that have such elements."""
_COUNTS = frozenset({"integer", "number", "boolean"})
"""Types whose values hide nothing, whatever a member is called: `maxTokens`."""
HIDDEN = re.compile(r"secret|passw|token|credential|api_?key", re.IGNORECASE)
"""Names of members that an honest server may mask, or show once."""
_ALTERNATIVES = ("anyOf", "oneOf")
_LIST = "list"
NULLABLE = "nullable"
"""What a schema says here of a member that takes null and has no default: null is one of its values."""
PARTS = "parts"
"""What a schema says here of the members of a list's elements, and under no name of the values of a map: those that are compared."""
_DEEPEST = 8
"""Alternatives inside alternatives."""
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_LEAST = 1e-12
"""Numbers that differ by less say the same: a decimal has no place for them (.NET's has 28, a database's column fewer)."""
_LARGEST = 1e300
"""Numbers above it are compared to the digit: not every integer is a float."""


def comparable(document: Mapping[str, Any], named: Mapping[str, Any]) -> dict[str, Any]:
    """The schemas of those members whose values are compared: scalars, and lists of them."""
    found = {}
    for name, member in named.items():
        flags = member if isinstance(member, dict) else {}
        behind, schema = followed(document, member), with_choices(document, _whole(document, member))
        if (
            not isinstance(behind, dict)
            or not isinstance(schema, dict)
            or (HIDDEN.search(name) and not _counts(schema))
        ):
            continue
        if any(part.get("writeOnly") for part in (flags, behind, schema)) or schema.get("format") in _UNSTEADY:
            continue
        if types(schema) == {"array"}:
            schema = {**schema, "items": {} if NAMES.search(name) else _element(document, schema)}
        if not kinds(schema):
            continue
        unset = all(part.get("default") is None for part in (flags, behind, schema))
        null = unset and _LIST not in kinds(schema) and takes_null(document, member)
        found[name] = {**schema, NULLABLE: null}
    return found


def _counts(schema: Mapping[str, Any]) -> bool:
    return bool(found := types(schema)) and found <= _COUNTS


def _whole(document: Mapping[str, Any], schema: Any) -> Any:
    """A schema without null, and with what its parts (`allOf`) say in one place."""
    found = without_null(document, schema)
    if not isinstance(found, dict) or "allOf" not in found:
        return found
    return {word: said for part in said_together(document, found) for word, said in part.items() if word != "allOf"}


def _element(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Any:
    """What the elements of a list are; nothing where they are not compared."""
    found = with_choices(document, without_null(document, schema.get("items")))
    if not isinstance(found, dict) or "prefixItems" in schema or found.get("format") in _UNSTEADY | _NAMING:
        return {}
    return found


def takes_null(document: Mapping[str, Any], schema: Any, depth: int = _DEEPEST) -> bool:
    """Whether a schema says that null is one of its values."""
    schema = followed(document, schema)
    if not isinstance(schema, dict) or depth == 0:
        return False
    said = schema.get("type")
    if said is not None and schema.get("nullable") is True:
        return True
    if said is not None or "enum" in schema:
        listed = None in schema["enum"] if "enum" in schema else True
        return listed and (said is None or "null" in (said if isinstance(said, list) else [said]))
    parts = [part for word in ("anyOf", "oneOf") for part in schema.get(word, ())]
    whole = schema.get("allOf", ())
    if whole and not all(takes_null(document, part, depth - 1) for part in whole):
        return False
    return bool(whole) or any(takes_null(document, part, depth - 1) for part in parts)


def keeps_null(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether null is a value of a member in both schemas, and stands for no default."""
    return bool(one.get(NULLABLE) and other.get(NULLABLE))


def is_due(value: Any, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether a value must be seen again: both schemas know the member as the same kind of thing."""
    return keeps_null(one, other) if value is None else kind(value) in kinds(one) & kinds(other)


def same_meaning(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two versions mean the same by a member's values, as far as schemas tell: type, choices, format and range agree."""
    alike = types(one) == types(other) and all(one.get(word) == other.get(word) for word in _MEANING)
    if not alike or (types(one) == {"array"} and not same_meaning(one["items"], other["items"])):
        return False
    mine, theirs = one.get(PARTS, {}), other.get(PARTS, {})
    return all(same_meaning(mine[name], theirs[name]) for name in mine.keys() & theirs.keys())


def types(schema: Any) -> set[str]:
    """The types that a schema names, or its choices have, without null."""
    if not isinstance(schema, dict):
        return set()
    listed = [_TYPES.get(type(each), "") for each in schema.get("enum", ())]
    told = schema.get("type", "object" if "properties" in schema else listed)
    return {told} if isinstance(told, str) else {each for each in told if each != "null"}


def is_object(document: Mapping[str, Any], schema: Any, depth: int = _DEEPEST) -> bool:
    """Whether a schema takes objects and, but for null, nothing else: it says so, one of its parts (`allOf`) does, or all its alternatives do."""
    if depth == 0:
        return False
    said = said_together(document, schema)
    return any(types(part) == {"object"} or _all_objects(document, part, depth - 1) for part in said)


def _all_objects(document: Mapping[str, Any], schema: Mapping[str, Any], depth: int) -> bool:
    """Whether the alternatives of a schema all take objects, null left out."""
    listed = [part for word in _ALTERNATIVES for part in schema.get(word, ()) if types(part) != {"null"}]
    return bool(listed) and all(is_object(document, part, depth) for part in listed)


def kinds(schema: Mapping[str, Any]) -> set[str]:
    """What kinds of value a schema takes; none where it takes any that is not compared."""
    named = types(schema)
    if named == {"array"}:
        return {_LIST} if isinstance(schema.get("items"), Mapping) and _scalars(types(schema["items"])) else set()
    return _scalars(named)


def _scalars(named: set[str]) -> set[str]:
    found = {_SCALARS.get(each, "") for each in named}
    return set() if "" in found else found


def kind(value: Any) -> str:
    """What kind of value one is to a reader of JSON."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, list):
        return "other" if "other" in map(kind, value) or any(isinstance(each, list) for each in value) else _LIST
    return "text" if isinstance(value, str) else "number" if isinstance(value, int | float) else "other"


def is_lost(value: Any, shown: Any, before: Any, *, ordered: bool, nulls: bool | None) -> bool:
    """Whether what is shown is not what was written: of null its own empty value, or what was there before, of a list what lacks an element.

    Args:
        value: What was written.
        shown: What is shown, of the same kind or null.
        before: What was shown before it was replaced as a whole; `MISSING` where it was not.
        ordered: Whether lists have just the elements that were written, in their order.
        nulls: Whether nothing but null is null; None where it is told only of what a server does not make up.
    """
    if value is None:
        return shown is not None and (
            bool(nulls) or not shown or (kind(before) != "null" and equal_values(before, shown))
        )
    if not isinstance(value, list):
        return not equal_values(value, shown)
    if shown is None:
        return bool(value)
    if ordered:
        return len(value) != len(shown) or not all(map(equal_values, value, shown))
    stays = [each for each in before if not _is_in(each, value)] if isinstance(before, list) else []
    return not all(_says_nothing(each) or _is_in(each, shown) for each in value) or any(
        _is_in(each, shown) for each in stays
    )


def _is_in(value: Any, values: list[Any]) -> bool:
    return any(equal_values(value, each) for each in values)


def _says_nothing(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def equal_values(one: Any, other: Any) -> bool:
    """Whether two values say the same: whatever the case of texts and the space around them, and moments to the second."""
    if isinstance(one, str) and isinstance(other, str):
        if _MOMENT.match(one) and _MOMENT.match(other):
            return _moment(one) == _moment(other)
        if _NUMBER.fullmatch(one) and _NUMBER.fullmatch(other):
            return float(one) == float(other)
        return one.strip().casefold() == other.strip().casefold()
    if kind(one) == kind(other) == "number" and float in {type(one), type(other)}:
        return bool(one == other) or (
            max(abs(one), abs(other)) < _LARGEST and math.isclose(one, other, rel_tol=1e-6, abs_tol=_LEAST)
        )
    return bool(one == other) and kind(one) == kind(other)


def _moment(text: str) -> object:
    try:
        found = dt.datetime.fromisoformat(text.replace(" ", "T"))
    except ValueError:
        return text
    aware = found if found.tzinfo else found.replace(tzinfo=dt.UTC)
    return aware.astimezone(dt.UTC).replace(microsecond=0)
