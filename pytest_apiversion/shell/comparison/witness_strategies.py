"""Draws candidate witnesses near the boundary between two schemas.

It need not be right: what it draws is held to the schemas by a validator. Schemas are read ones, JSON Schema 2020-12.
"""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st

from pytest_apiversion.core.json.ambiguous_repetitions import ambiguous
from pytest_apiversion.shell.comparison.distinct_values import distinct
from pytest_apiversion.shell.openapi.grammar import resolve, unescape

_DEEPEST = 5
_LONGEST = 70_000
_MOST = 120
_CHAIN = 50
_TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
_TEXTS = {
    "date": "2024-02-29",
    "date-time": "2024-02-29T12:00:00Z",
    "time": "12:00:00Z",
    "duration": "P1D",
    "email": "a@example.org",
    "idn-email": "é@example.org",
    "hostname": "example.org",
    "idn-hostname": "é.example",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.org/",
    "uri-reference": "/a",
    "iri": "https://é.example/",
    "iri-reference": "/é",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "json-pointer": "/a",
    "relative-json-pointer": "0",
    "regex": "a",
    "byte": "YQ==",
}


class Likely:
    """Strategies for values of one schema that another may not take.

    Args:
        resource: What references of the wanted schema lead to.
        other: What references of the other schema lead to.
        members: Members that an object has besides those it must have; None leaves that open.
    """

    def __init__(self, resource: dict[str, Any], other: dict[str, Any], members: frozenset[str] | None = None) -> None:
        self._resources = (resource, other)
        self._members = members

    def values(self, wanted: Any, other: Any, depth: int = 0, *, whole: bool = False) -> st.SearchStrategy[Any]:
        """Values that the wanted schema likely takes.

        Args:
            wanted: The schema that is to take them.
            other: The one that may not.
            depth: How deep inside the value they stand.
            whole: Whether they are the whole value, the one `members` is about.
        """
        one, two = self._flat(wanted, 0), self._flat(other, 1)
        if "const" in one:
            return st.just(one["const"])
        if one.get("enum"):
            return st.sampled_from(one["enum"])
        made: list[st.SearchStrategy[Any]] = []
        for word in ("anyOf", "oneOf"):
            rest = {key: part for key, part in one.items() if key != word}
            for branch in one.get(word, ()) if depth < _DEEPEST else ():
                inner = {"allOf": [rest, branch]}
                made.append(self.values(inner, two, depth + 1, whole=whole))
        if made:
            return st.one_of(made)
        told = one.get("type", list(_TYPES) if depth < 1 else ["string", "integer", "null"])
        if "type" not in one and "properties" in one:
            told = "object"
        for name in told if isinstance(told, list) else [told]:
            made.append(self._typed(name, one, two, depth, whole=whole))  # noqa: PERF401  one line a type reads better
        return st.one_of(made) if made else st.none()

    def _typed(
        self, name: str, one: dict[str, Any], two: dict[str, Any], depth: int, *, whole: bool
    ) -> st.SearchStrategy[Any]:
        if name in {"integer", "number"}:
            return self._numbers(name, one, two)
        if name == "string":
            return self._texts(one, two)
        if name == "array":
            return self._lists(one, two, depth)
        if name == "object":
            return self._objects(one, two, depth, whole=whole)
        return st.booleans() if name == "boolean" else st.none()

    def _numbers(self, name: str, one: dict[str, Any], two: dict[str, Any]) -> st.SearchStrategy[Any]:
        near: dict[Any, None] = {0: None, 1: None}
        for schema in (one, two):
            for word in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"):
                if word in schema:
                    near |= dict.fromkeys((schema[word], schema[word] + 1, schema[word] - 1, schema[word] * 3))
            near |= dict.fromkeys(value for value in schema.get("enum", ()) if isinstance(value, (int, float)))
        near |= {2**31: None, -(2**31) - 1: None, 2**63: None}
        if name == "number":
            return st.sampled_from([*near, 0.5]) | st.floats(allow_nan=False, allow_infinity=False, width=32)
        return st.sampled_from([int(value) for value in near]) | st.integers(-100, 100)

    def _texts(self, one: dict[str, Any], two: dict[str, Any]) -> st.SearchStrategy[str]:
        least, most = one.get("minLength", 0), one.get("maxLength", _LONGEST)
        lengths = {least, least + 1, most}
        for word in ("minLength", "maxLength"):
            if word in two:
                lengths |= {two[word] - 1, two[word], two[word] + 1}
        fit = sorted(length for length in lengths if least <= length <= min(most, _LONGEST))
        made: list[st.SearchStrategy[str]] = [st.sampled_from(fit or [0]).map("a".__mul__)]
        if "pattern" in one:
            made.append(st.from_regex(one["pattern"]) if not ambiguous(one["pattern"]) else st.nothing())
        words = [_TEXTS[schema["format"]] for schema in (one, two) if schema.get("format") in _TEXTS]
        words += [value for value in two.get("enum", ()) if isinstance(value, str)]
        made.append(st.sampled_from([*words, "", "1", "é", "A b"]))
        return st.one_of(made) if "pattern" not in one else made[1] | made[0] | made[2]

    def _lists(self, one: dict[str, Any], two: dict[str, Any], depth: int) -> st.SearchStrategy[list[Any]]:
        least, most = one.get("minItems", 0), one.get("maxItems", _MOST)
        places = [len(schema.get("prefixItems", ())) for schema in (one, two)]
        if one.get("items") is False:
            most = min(most, places[0])
        sizes = {least, least + 1, most if most <= _MOST else least, *places}
        for word in ("minItems", "maxItems"):
            if word in two:
                sizes |= {two[word] - 1, two[word] + 1}
        fit = sorted(size for size in sizes if least <= size <= min(most, _MOST)) or [least]
        if depth >= _DEEPEST:
            return st.just([])
        first = [
            self.values(part, _at(two.get("prefixItems"), index), depth + 1)
            for index, part in enumerate(one.get("prefixItems", ()))
        ]
        item = self.values(one.get("items", {"type": ["string", "integer"]}), two.get("items", True), depth + 1)
        if isinstance(two.get("contains"), dict):
            item = item | self.values(two["contains"], {}, depth + 1)
        others = (
            distinct(lambda part: self._flat(part, 0), one.get("items", True), _MOST)
            if one.get("uniqueItems")
            else None
        )

        def sized(size: int) -> st.SearchStrategy[list[Any]]:
            rest = max(size - len(first), 0)
            tail = st.lists(item, min_size=min(rest, 2), max_size=min(rest, 2))  # of long lists the rest is not drawn
            return st.tuples(st.tuples(*first[:size]), tail).map(
                lambda both: _topped_up([*both[0], *both[1]], [*both[1]] if others is None else others, size, others)
            )

        return st.sampled_from(fit).flatmap(sized)

    def _objects(
        self, one: dict[str, Any], two: dict[str, Any], depth: int, *, whole: bool
    ) -> st.SearchStrategy[dict[str, Any]]:
        properties, theirs = one.get("properties", {}), two.get("properties", {})
        required = [name for name in one.get("required", ()) if isinstance(name, str)]
        others = one.get("additionalProperties", True)
        if whole and self._members is not None:
            required.extend(sorted(self._members & properties.keys()))
        needed = {
            name: self.values(properties.get(name, others), theirs.get(name, True), depth + 1) for name in required
        }
        free: dict[str, st.SearchStrategy[Any]] = {}
        if depth < _DEEPEST and not (whole and self._members is not None):
            free = {
                name: self.values(part, theirs.get(name, True), depth + 1)
                for name, part in properties.items()
                if name not in needed
            }
            free |= self._more(one, two, {*needed, *free}, depth)
        return st.fixed_dictionaries(needed, optional=free)

    def _more(
        self, one: dict[str, Any], two: dict[str, Any], known: set[str], depth: int
    ) -> dict[str, st.SearchStrategy[Any]]:
        """Members that nobody names, and those the other schema asks about without naming them."""
        others = one.get("additionalProperties", True)
        made: dict[str, st.SearchStrategy[Any]] = {}
        asked = [two.get(word) for word in ("if", "then", "else", "not")]
        for part in (*asked, *two.get("dependentSchemas", {}).values()):
            inner = self._flat(part, 1)
            names = {**inner.get("properties", {}), **dict.fromkeys(inner.get("required", ()), True)}
            made |= {name: self.values(others, schema, depth + 1) for name, schema in names.items()}
        for name in (
            *two.get("dependentRequired", {}),
            *map(_matching, {**one.get("patternProperties", {}), **two.get("patternProperties", {})}),
        ):
            made[name] = self.values(others, {}, depth + 1)
        if others is not False:
            made |= dict.fromkeys(
                ("other", "another-member"), self.values(others, two.get("additionalProperties", True), depth + 1)
            )
        return {name: values for name, values in made.items() if name not in known}

    def _flat(self, schema: Any, side: int) -> dict[str, Any]:
        """A schema with its references followed and its `allOf` made one, roughly."""
        made: dict[str, Any] = {}
        stack, left = [schema], _CHAIN
        while stack and left:
            left -= 1
            part = stack.pop()
            if part is False:
                made["enum"] = []
            if not isinstance(part, dict):
                continue
            if isinstance(part.get("$ref"), str):
                stack.append(resolve(self._resources[side], unescape(part["$ref"][1:])))
            stack.extend(part.get("allOf", ()))
            for key, value in part.items():
                if key not in {"$ref", "allOf"}:
                    made[key] = _joined(key, made[key], value) if key in made else value
        return made


def _topped_up(items: list[Any], more: list[Any], size: int, others: list[Any] | None) -> list[Any]:
    """A list with more items to a size, which differ from what is there where `others` are told; shorter where there are too few."""
    if others is None:
        return items + (more * size)[: size - len(items)]
    known = set(map(repr, items))
    return items + [one for one in more if repr(one) not in known][: max(size - len(items), 0)]


def _matching(pattern: str) -> str:
    """A name that a simple pattern likely takes."""
    return re.sub(r"[\\^$.*+?()\[\]{}|]", "", pattern) or "a"


def _joined(key: str, one: Any, two: Any) -> Any:
    if key == "properties":
        return {**one, **{name: {"allOf": [one[name], part]} if name in one else part for name, part in two.items()}}
    if key == "required":
        return [*one, *two]
    if key == "type":
        names = [[part] if isinstance(part, str) else part for part in (one, two)]
        return [name for name in names[0] if name in names[1] or (name == "integer" and "number" in names[1])] or names[
            1
        ]
    if key in {"minimum", "minLength", "minItems", "exclusiveMinimum"}:
        return max(one, two)
    if key in {"maximum", "maxLength", "maxItems", "exclusiveMaximum"}:
        return min(one, two)
    return two


def _at(schemas: Any, index: int) -> Any:
    return schemas[index] if isinstance(schemas, list) and index < len(schemas) else True
