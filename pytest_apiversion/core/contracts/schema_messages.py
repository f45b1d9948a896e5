"""What is wrong with a value, in a line each: the errors of `jsonschema` in words of our own, for those of others change.

A member that is missing is named in the words of an error of `jsonschema` only. `NAMING` is that keyword with the name, and nothing else, as
the error's message.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import ValidationError

from pytest_apiversion.core.contracts.contract import SchemaProblem
from pytest_apiversion.core.json.bounded_patterns import occurs

_WIDTH = 60
_PLAIN = re.compile(r"[A-Za-z_$@][A-Za-z_.$@-]{0,40}")
"""Names of members as a contract may have them; what an answer makes up for each thing has digits."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


def _required(_: Any, names: Any, value: Any, __: Any) -> Iterator[ValidationError]:
    if isinstance(value, dict):
        yield from (ValidationError(name) for name in names if name not in value)


NAMING = {"required": _required}
"""The keyword whose errors have the name of a member as their message."""


def problems_of(error: Any, ranges: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    """What an error says in one line each; of alternatives, what the likeliest one says.

    Args:
        error: A `ValidationError`.
        ranges: By format: the limits that come with it.
    """
    keyword, value, wanted = error.validator, error.instance, error.validator_value
    if keyword in {"anyOf", "oneOf"} and error.context:
        branches: dict[int, list[Any]] = {}
        for inner in error.context:
            branches.setdefault(inner.schema_path[0], []).append(inner)
        for inner in min(branches.values(), key=_distance):
            yield from problems_of(inner, ranges)
        return
    schema = error.schema if isinstance(error.schema, dict) else {}
    ranged = keyword in {"minimum", "maximum"} and wanted in ranges.get(str(schema.get("format")), ())
    yield SchemaProblem(
        where="".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in error.absolute_path),
        keyword="format" if ranged else str(keyword or "false"),
        message=f"{short(value)} is not an {schema.get('format')}"
        if ranged
        else _message(error, keyword, value, wanted),
        member=missing(error) if keyword == "required" else ", ".join(filter(_PLAIN.fullmatch, _surplus(error))),
    )


def missing(error: Any) -> str:
    """The member that an error of `required` misses."""
    named = (name for name in error.validator_value if name == error.message)
    return str(next(named, next((name for name in error.validator_value if name not in error.instance), "")))


def _surplus(error: Any) -> list[str]:
    """The members that an error says nobody names; none where it is about something else, or does not tell."""
    if error.validator == "additionalProperties" and error.validator_value is False:
        return _unnamed(error)
    if error.validator == "unevaluatedProperties" and isinstance(error.instance, dict):
        return [name for name in error.instance if repr(name) in error.message]
    return []


def _unnamed(error: Any) -> list[str]:
    """The members that an error of `additionalProperties` is about."""
    if error.message in error.instance:
        return [error.message]
    known, patterns = error.schema.get("properties", {}), error.schema.get("patternProperties", {})
    return [name for name in error.instance if name not in known and not any(occurs(each, name) for each in patterns)]


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
            return f"{short(missing(error))} is missing"
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
            return f"{short(value)} is what the schema excludes"
        case "oneOf":
            return f"{short(value)} is several of the alternatives, expected one"
        case "anyOf":
            return f"{short(value)} is none of the alternatives"
        case "pattern":
            return f"{short(value)} does not match {short(wanted)}"
        case "multipleOf":
            return f"{short(value)} is not a multiple of {wanted}"
        case "unevaluatedProperties" if names := _surplus(error):
            return f"{' and '.join(map(short, names))} is not a member the schema names"
        case "additionalProperties":
            return f"{' and '.join(map(short, _unnamed(error)))} is not a member the schema names"
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
