"""What is wrong with a value, in a line each: the errors of `jsonschema` as problems."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.contract import SchemaProblem
from pytest_apiversion.shell.json_schema.formats import RANGES
from pytest_apiversion.shell.texts.json_text import pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDTH = 60
_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


def problems_of(error: Any) -> Iterator[SchemaProblem]:
    """What an error says in one line each; of alternatives, what the likeliest one says."""
    keyword, value, wanted = error.validator, error.instance, error.validator_value
    if keyword in {"anyOf", "oneOf"} and error.context:
        branches: dict[int, list[Any]] = {}
        for inner in error.context:
            branches.setdefault(inner.schema_path[0], []).append(inner)
        for inner in min(branches.values(), key=_distance):
            yield from problems_of(inner)
        return
    schema = error.schema if isinstance(error.schema, dict) else {}
    ranged = keyword in {"minimum", "maximum"} and wanted in RANGES.get(str(schema.get("format")), ())
    yield SchemaProblem(
        where=pointer(tuple(error.absolute_path)),
        keyword="format" if ranged else str(keyword or "false"),
        message=f"{short(value)} is not an {schema.get('format')}"
        if ranged
        else _message(error, keyword, value, wanted),
    )


def _message(error: Any, keyword: str | None, value: Any, wanted: Any) -> str:  # noqa: C901, PLR0911, PLR0912  a table of sentences
    match keyword:
        case "type":
            names = [wanted] if isinstance(wanted, str) else wanted
            return (
                f"expected {' or '.join(names)}, got {_kind(value)} {short(value)}"
                if value is not None
                else f"expected {' or '.join(names)}, got null"
            )
        case "required":
            missing = next((name for name in wanted if error.message.startswith(repr(name))), "")
            return f"{short(missing)} is missing"
        case "enum":
            return f"{short(value)} is not one of {short(wanted)}"
        case "const":
            return f"expected {short(wanted)}, got {short(value)}"
        case "format":
            return f"{short(value)} is not {'an' if wanted in {'email', 'ipv4', 'ipv6'} else 'a'} {wanted}"
        case "minimum" | "exclusiveMinimum":
            return (
                f"{short(value)} is less than {wanted}"
                if keyword == "minimum"
                else f"{short(value)} is not more than {wanted}"
            )
        case "maximum" | "exclusiveMaximum":
            return (
                f"{short(value)} is more than {wanted}"
                if keyword == "maximum"
                else f"{short(value)} is not less than {wanted}"
            )
        case "minLength" | "maxLength":
            return f"{short(value)} has {len(value)} characters, expected at {'least' if keyword == 'minLength' else 'most'} {wanted}"
        case "minItems" | "maxItems" | "minProperties" | "maxProperties":
            noun = "items" if keyword.endswith("Items") else "members"
            return f"has {len(value)} {noun}, expected at {'least' if keyword.startswith('min') else 'most'} {wanted}"
        case "uniqueItems":
            return "has an item twice"
        case "not":
            return f"{short(value)} is what the contract excludes"
        case "oneOf":
            return f"{short(value)} is several of the alternatives, expected one"
        case "anyOf":
            return f"{short(value)} is none of the alternatives"
        case "pattern" | "additionalProperties" | "multipleOf":
            return str(error.message)
        case _:
            return f"{short(value)} is not what `{keyword or 'false'}` asks for"


def _distance(errors: list[Any]) -> tuple[int, int, int]:
    """How far a branch is from its value: another kind of value is farthest, then another value of a telling member."""
    return (
        sum(1 for error in errors if error.validator == "type" and not error.relative_path),
        sum(1 for error in errors if error.validator in {"const", "enum"}),
        len(errors),
    )


def short(value: Any) -> str:
    """A value as JSON, abbreviated to a line's worth."""
    text = ""
    try:
        for piece in _ENCODER.iterencode(value):
            text += piece
            if len(text) > _WIDTH:
                break
    except (ValueError, RecursionError):
        text = _kind(value)
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


def _kind(value: object) -> str:
    kinds = {
        dict: "object",
        list: "array",
        str: "string",
        bool: "boolean",
        int: "integer",
        float: "number",
        type(None): "null",
    }
    return kinds.get(type(value), type(value).__name__)
