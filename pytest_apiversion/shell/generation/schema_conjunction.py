"""Two plain schemas as one that says what both say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pytest_apiversion.core.json.bounded_patterns import occurs
from pytest_apiversion.core.json.choices import is_among
from pytest_apiversion.core.json.ecma_patterns import python_pattern

Schema = dict[str, Any]

_LARGER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains"})
_SMALLER = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains"})
_MEMBERS = frozenset({"properties", "additionalProperties", "unevaluatedProperties", "patternProperties"})
_TOGETHER = ("if", "then", "else")


class Contradiction(Exception):  # noqa: N818  it is no error: some ways to satisfy a schema are none
    """Nothing satisfies both."""


def both(one: Schema, other: Schema) -> Schema:
    """A schema of the values that satisfy both; parts that cannot be put together are kept apart in its `allOf`.

    Raises:
        Contradiction: There is no such value, as far as types, choices and closed objects tell.
    """
    if not one or not other:
        return dict(one or other)
    made: Schema = {key: value for key, value in one.items() if key not in _MEMBERS}
    apart: list[Schema] = []
    for key, value in other.items():
        if key in _MEMBERS or key in _TOGETHER:
            continue
        if key not in made:
            made[key] = value
        elif key in _JOINED:
            made[key] = _JOINED[key](made[key], value)
        elif made[key] != value:
            apart.append({key: value})
    condition = {key: other[key] for key in _TOGETHER if key in other}
    if condition and not made.keys().isdisjoint(_TOGETHER):
        apart.append(condition)
    else:
        made |= condition
    if apart:
        made["allOf"] = [*made.get("allOf", []), *apart]
    return _with_members(made, one, other)


def _with_members(made: Schema, one: Schema, other: Schema) -> Schema:
    """What both say of an object's members."""
    properties: dict[str, Any] = {}
    for name in {**one.get("properties", {}), **other.get("properties", {})}:
        properties[name] = _conjunction(_of(one, name), _of(other, name))
        if properties[name] is False:
            del properties[name]
    if any(_of(each, name) is False for each in (one, other) for name in made.get("required", ())):
        raise Contradiction
    if "properties" in one or "properties" in other:
        made["properties"] = properties
    patterns = _united(one.get("patternProperties", {}), other.get("patternProperties", {}))
    if patterns:
        made["patternProperties"] = patterns
    for word in ("additionalProperties", "unevaluatedProperties"):
        told = [each[word] for each in (one, other) if word in each]
        if told:
            made[word] = told[0] if len(told) == 1 else _conjunction(*told)
    return made


def _of(schema: Schema, name: str) -> Any:
    """What a schema says of a member; True where it says nothing, or says it by a pattern, which is kept."""
    properties = schema.get("properties", {})
    if name in properties:
        return properties[name]
    patterns = [(pattern, python_pattern(pattern)) for pattern in schema.get("patternProperties", {})]
    if any(compiled is not None and occurs(text, name, compiled) is not False for text, compiled in patterns):
        return True
    return schema.get("additionalProperties", True)


def _conjunction(one: Any, other: Any) -> Any:
    """Two schemas as one, which is put together when it is looked at."""
    if one is True or one == {} or one == other:  # noqa: PLR1714  neither can be hashed
        return other
    if other is True or other == {}:
        return one
    return False if one is False or other is False else {"allOf": [one, other]}


def _united(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _conjunction(one[name], other[name]) if name in one and name in other else {**one, **other}[name]
        for name in {**one, **other}
    }


def _types(one: Any, other: Any) -> Any:
    mine, theirs = (set([each] if isinstance(each, str) else each) for each in (one, other))
    kept = mine & theirs
    if "integer" in mine ^ theirs and "number" in mine ^ theirs:
        kept |= {"integer"} if "number" in (theirs if "integer" in mine else mine) else set()
    if not kept:
        raise Contradiction
    return next(iter(kept)) if len(kept) == 1 else sorted(kept)


def _choices(one: list[Any], other: list[Any]) -> list[Any]:
    kept = [value for value in one if is_among(value, other)]
    if not kept:
        raise Contradiction
    return kept


def _same(one: Any, other: Any) -> Any:
    if one != other:
        raise Contradiction
    return one


def _names(one: Iterable[str], other: Iterable[str]) -> list[str]:
    return sorted({*one, *other})


def _named_lists(one: Mapping[str, list[str]], other: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {name: _names(one.get(name, ()), other.get(name, ())) for name in sorted({*one, *other})}


_JOINED: Mapping[str, Callable[[Any, Any], Any]] = {
    **dict.fromkeys(_LARGER, max),
    **dict.fromkeys(_SMALLER, min),
    "type": _types,
    "enum": _choices,
    "const": _same,
    "required": _names,
    "dependentRequired": _named_lists,
    **dict.fromkeys(("items", "propertyNames", "contentSchema"), _conjunction),
    "dependentSchemas": _united,
    "allOf": lambda one, other: [*one, *other],
    "default": lambda one, _: one,
    "uniqueItems": lambda one, other: one or other,
}
