"""Whether a schema takes a value: yes, no, or not found out. Small and pure, for the few values a comparison makes itself.

It knows the keywords by which schemas are told apart, takes `oneOf` as it is, and says nothing where it meets another keyword that could
matter. Whatever proves something to a user is held to the schemas by a JSON Schema validator as well, in the shell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from pytest_apiversion.diff.document import Document, Node
from pytest_apiversion.diff.schema_keywords import is_number, key, kind_of
from pytest_apiversion.diff.values.formats import is_of
from pytest_apiversion.diff.values.patterns import matches

Answer = bool | None
"""Yes, no, or not found out."""

_Known = dict[tuple[str, int, int], Answer]
"""By a reference, the identity of a value, and how many schemas lead there."""

_DEEPEST = 30

_TYPES = {
    **{name: frozenset({name}) for name in ("boolean", "object", "array", "string", "integer", "null")},
    "number": frozenset({"integer", "fraction"}),
}

_UNKNOWN = frozenset(
    {
        *(
            "if",
            "dependentSchemas",
            "dependencies",
            "propertyNames",
            "unevaluatedProperties",
        ),
        *("unevaluatedItems", "$dynamicRef", "$recursiveRef"),
    }
)
"""Keywords that are not read here; where one stands, no is still no."""


def takes(document: Document, schema: Any, value: Any, *, hidden: str, loose: bool = False) -> Answer:
    """Whether a schema takes a value; takes as many steps as there are schemas and values in it, however many ways lead to each.

    Args:
        document: What its references lead to.
        schema: The schema, or the tuple of nodes that hold at once.
        value: The value.
        hidden: The mark of members that are not required here: `readOnly` of what is sent, `writeOnly` of what is answered.
        loose: Read `oneOf` as `anyOf`, as who wrote an ambiguous one means it.
    """
    return _takes(document, schema, value, hidden, loose=loose, depth=0, known={})


def _takes(
    document: Document, schema: Any, value: Any, hidden: str, *, loose: bool, depth: int, known: _Known
) -> Answer:
    """The same of a schema that as many others lead to, with what is known of what references lead to."""

    def inner(part: Any, of: Any = value) -> Answer:
        return _takes(document, part, of, hidden, loose=loose, depth=depth + 1, known=known)

    if isinstance(schema, tuple):
        return every(inner(node.raw) for node in schema)
    if isinstance(schema, bool):
        return schema
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return None
    reference = schema.get("$ref")
    if isinstance(reference, str):
        asked = (reference, id(value), depth)
        if asked not in known:
            known[asked] = inner(document.target(reference).raw)
        led = known[asked]
        if led is False or document.old:
            return led
        return every((led, inner({word: part for word, part in schema.items() if word != "$ref"})))
    return every(
        chain(
            (_kind(document, schema, value), None if schema.keys() & _UNKNOWN else True),
            _own(document, schema, value, inner, hidden),
            _combined(schema, inner, loose=loose),
        )
    )


def _own(
    document: Document, schema: dict[str, Any], value: Any, inner: Callable[[Any, Any], Answer], hidden: str
) -> Iterator[Answer]:
    """What the keywords for values of one type say."""
    if is_number(value):
        yield _number(schema, value)
    elif isinstance(value, str):
        yield _text(schema, value)
    elif isinstance(value, list):
        yield from _list(schema, value, inner)
    elif isinstance(value, dict):
        yield from _object(document, schema, value, inner, hidden)


def every(answers: Iterable[Answer]) -> Answer:
    """No where one is no, yes where all are yes; none is asked for behind a no."""
    return _until(answers, last=False)


def some(answers: Iterable[Answer]) -> Answer:
    """Yes where one is yes, no where all are no; none is asked for behind a yes."""
    return _until(answers, last=True)


def _until(answers: Iterable[Answer], *, last: bool) -> Answer:
    doubtful = False
    for each in answers:
        if each is last:
            return last
        doubtful = doubtful or each is None
    return None if doubtful else not last


def _kind(document: Document, schema: dict[str, Any], value: Any) -> Answer:
    kind = "null" if value is None else kind_of(value)
    told = schema.get("type")
    if document.old and value is None and schema.get("nullable") is True:
        return "enum" not in schema or None in schema["enum"]
    if document.old and value is None:
        return False if "type" in schema else None
    if told is not None:
        names = told if isinstance(told, list) else [told]
        if not any(kind in _TYPES.get(name, ()) for name in names if isinstance(name, str)):
            return False
    lists = [schema["enum"]] if isinstance(schema.get("enum"), list) else []
    lists += [[schema["const"]]] if "const" in schema else []
    return all(key(value) in [key(one) for one in values] for values in lists)


def _combined(schema: dict[str, Any], inner: Callable[[Any], Answer], *, loose: bool) -> Iterator[Answer]:
    if isinstance(schema.get("allOf"), list):
        yield from map(inner, schema["allOf"])
    if isinstance(schema.get("anyOf"), list):
        yield some(map(inner, schema["anyOf"]))
    if isinstance(schema.get("oneOf"), list):
        told = map(inner, schema["oneOf"])
        yield some(told) if loose else exactly_one(list(told))
    if "not" in schema:
        refused = inner(schema["not"])
        yield None if refused is None else not refused


def exactly_one(answers: list[Answer]) -> Answer:
    """What `oneOf` says of what its alternatives say."""
    yes = answers.count(True)
    return False if yes > 1 or (True not in answers and None not in answers) else None if None in answers else True


def _number(schema: dict[str, Any], value: float) -> Answer:
    for word, sign in (("minimum", 1), ("maximum", -1)):
        beyond = schema.get(f"exclusive{word.capitalize()}")
        if is_number(schema.get(word)):
            distance = (value - schema[word]) * sign
            if distance < 0 or (distance == 0 and beyond is True):
                return False
        if is_number(beyond) and (value - beyond) * sign <= 0:  # type: ignore[operator]  # it is a number
            return False
    step = schema.get("multipleOf")
    if is_number(step) and step:
        return value % step == 0 if isinstance(step, int) and isinstance(value, int) else None
    return True


def _text(schema: dict[str, Any], value: str) -> Answer:
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        return False
    answers: list[Answer] = [is_of(schema["format"], value) if isinstance(schema.get("format"), str) else True]
    if isinstance(schema.get("pattern"), str):
        answers.append(matches(schema["pattern"], value))
    return every(answers)


def _list(schema: dict[str, Any], value: list[Any], inner: Callable[[Any, Any], Answer]) -> Iterator[Answer]:
    yield schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
    yield schema.get("uniqueItems") is not True or len({key(one) for one in value}) == len(value)
    first = schema.get("prefixItems", [])
    yield from (inner(part, one) for part, one in zip(first, value, strict=False))
    if "contains" in schema:
        yield _contains(schema, [inner(schema["contains"], one) for one in value])
    yield from (inner(schema.get("items", True), one) for one in value[len(first) :])


def _contains(schema: dict[str, Any], items: list[Answer]) -> Answer:
    """Whether as many items are as they have to be, of what each of them says."""
    least, most = schema.get("minContains", 1), schema.get("maxContains", len(items))
    sure, possible = items.count(True), len(items) - items.count(False)
    if possible < least or sure > most:
        return False
    return True if sure >= least and possible <= most else None


def _object(
    document: Document, schema: dict[str, Any], value: dict[str, Any], inner: Callable[[Any, Any], Answer], hidden: str
) -> Iterator[Answer]:
    yield schema.get("minProperties", 0) <= len(value) <= schema.get("maxProperties", len(value))
    properties, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    for name in schema.get("required", ()):
        if name not in value:
            part = document.schema(Node(properties.get(name), "", "")).raw if name in properties else None
            yield isinstance(part, dict) and part.get(hidden) is True
    for name, needed in schema.get("dependentRequired", {}).items():
        yield name not in value or all(one in value for one in needed)
    for name, one in value.items():
        told = {pattern: matches(pattern, name) for pattern in patterns}
        yield None if None in told.values() else True
        parts = [patterns[pattern] for pattern, each in told.items() if each]
        parts += [properties[name]] if name in properties else []
        yield from (inner(part, one) for part in parts)
        if not parts and "additionalProperties" in schema:
            other = inner(schema["additionalProperties"], one)
            yield None if None in told.values() else other
