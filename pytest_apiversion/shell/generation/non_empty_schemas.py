"""Narrows request schemas to values that are not null or empty.

Where a request is written as text, in parameters and forms, nothing else can be told apart from leaving the value out: there is no
way to write null (`?kind=null` is a text), an empty list is no text at all, and an empty text is a value only where the contract
allows it (OpenAPI 3.0 §4.7.12.2, `allowEmptyValue`, is false by default). And what vanishes from an answer shows only where something
was sent.
"""

from __future__ import annotations

from typing import Any

from pytest_apiversion.shell.openapi.request_shapes import Shapes

_DEEPEST = 6
_LEAST = {"string": "minLength", "array": "minItems", "object": "minProperties"}
_MOST = {"string": "maxLength", "array": "maxItems", "object": "maxProperties"}


def non_empty_schema(shapes: Shapes, schema: Any, *, empty: bool = False, depth: int = _DEEPEST) -> Any:
    """The schema without null and without what is empty; texts may be empty where the schema says so (`minLength: 0`).

    A schema that leaves nothing else, or nests too deeply to tell, is given back as it is.

    Args:
        shapes: What references lead to.
        schema: The schema.
        empty: Whether any text may be empty.
        depth: How many more levels are looked at.
    """
    if not isinstance(schema, dict) or depth == 0:
        return schema

    def inner(part: Any) -> Any:
        return non_empty_schema(shapes, part, empty=empty, depth=depth - 1)

    if isinstance(schema.get("$ref"), str) and schema["$ref"].startswith("#/"):
        target = shapes.canonical_component(schema["$ref"])
        rest = {key: part for key, part in schema.items() if key != "$ref"}
        narrowed = inner(target)
        if narrowed == target:
            return schema
        return {"allOf": [narrowed], **rest} if rest else narrowed
    made = dict(schema)
    if isinstance(schema.get("enum"), list):
        made["enum"] = [value for value in schema["enum"] if value is not None] or schema["enum"]
    for word in ("anyOf", "oneOf"):
        if isinstance(schema.get(word), list):
            made[word] = [inner(part) for part in schema[word] if not _only_null(part)] or schema[word]
    if "items" in schema:
        made["items"] = inner(schema["items"])
    return _sized(made, empty=empty)


def _sized(schema: dict[str, Any], *, empty: bool) -> dict[str, Any]:
    """The schema without the type null, and with the least size that is not empty."""
    kinds = schema.get("type")
    told = kinds if isinstance(kinds, list) else [kinds]
    kept = [kind for kind in told if kind != "null"] or told
    made = {**schema, "type": kept[0] if len(kept) == 1 else kept} if isinstance(kinds, list) else dict(schema)
    for kind in kept if "enum" not in schema and "const" not in schema else ():
        if kind not in _LEAST or schema.get(_MOST[kind]) == 0 or _closed_and_bare(kind, schema):
            continue
        if kind == "string":
            made.setdefault("minLength", 0 if empty else 1)
        else:
            made[_LEAST[kind]] = max(1, schema.get(_LEAST[kind], 0))
    return made


def _only_null(schema: Any) -> bool:
    return isinstance(schema, dict) and (
        schema.get("type") in ("null", ["null"])
        or schema.get("enum") == [None]
        or ("const" in schema and schema["const"] is None)
    )


def _closed_and_bare(kind: str, schema: dict[str, Any]) -> bool:
    """Whether an object can have no member at all."""
    return kind == "object" and schema.get("additionalProperties") is False and not schema.get("properties")
