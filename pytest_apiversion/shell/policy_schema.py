"""Holding a policy document to the JSON Schema the package ships, and saying each mistake as a person would."""

from __future__ import annotations

import datetime as dt
import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from pytest_apiversion.shell.toml_source import dotted

_NOUNS = {"object": "a table", "array": "a list", "string": "a string", "integer": "a whole number", "number": "a number",
          "boolean": "true or false", "null": "nothing"}  # fmt: skip

_formats = FormatChecker(formats=("regex",))


@_formats.checks("date", ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(dt.date.fromisoformat(value))


@_formats.checks("date-time", ValueError)
def _is_instant(value: object) -> bool:
    return not isinstance(value, str) or dt.datetime.fromisoformat(value).tzinfo is not None


@cache
def policy_schema() -> Mapping[str, Any]:
    """The JSON Schema of the policy file."""
    text = resources.files("pytest_apiversion.core").joinpath("policy.schema.json").read_text("utf-8")
    schema: Mapping[str, Any] = json.loads(text)
    return schema


def schema_mistakes(document: Mapping[str, Any]) -> Iterator[str]:
    """Every way in which a parsed TOML document differs from the schema, in the order of the document."""
    validator = Draft202012Validator(policy_schema(), format_checker=_formats)
    errors = validator.iter_errors(jsonable(document))
    for error in sorted(errors, key=lambda error: [str(part) for part in error.absolute_path]):
        yield from _say(error)


def jsonable(value: Any) -> Any:  # noqa: ANN401  any TOML value
    """A TOML value as JSON: dates and times become ISO 8601 strings."""
    if isinstance(value, dict):
        return {key: jsonable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [jsonable(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value


def nearest(name: str, known: Iterable[str]) -> str:
    """`; did you mean "x"?` for the nearest known name, or the list of known names where none is near."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6) or [
        other for other in names if other.lower() == name.lower()
    ]
    if near:
        return f'; did you mean "{near[0]}"?'
    return f" (known: {', '.join(names[:12])}{', …' if len(names) > 12 else ''})" if names else ""  # noqa: PLR2004


def quoted(value: Any) -> str:  # noqa: ANN401  any TOML value
    """A value as it may be shown in a line."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:59]}…"  # noqa: PLR2004  a message is one line


def _say(error: ValidationError) -> Iterator[str]:
    place = ""
    for part in error.absolute_path:
        place = f"{place}[{part}]" if isinstance(part, int) else dotted(place, part)
    schema, value = error.schema, error.instance
    wanted = str(schema.get("description", "")).split(":")[0].rstrip(".")
    wanted = wanted[:1].lower() + wanted[1:]
    match error.validator:
        case "additionalProperties":
            known = list(schema.get("properties", {}))
            for key in value:
                if key not in known:
                    yield f"{dotted(place, key)}: unknown key{nearest(key, known)}"
        case "required":
            key = error.message.split("'")[1]  # jsonschema makes one error a missing key and names it only here
            meaning = str(schema["properties"].get(key, {}).get("description", ""))
            yield f"{dotted(place, key)}: missing; expected: {meaning[:1].lower()}{meaning[1:]}".rstrip(".; ")
        case "type":
            types = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
            expected = " or ".join(_NOUNS[kind] for kind in types)
            yield f"{place}: expected {expected} ({wanted or 'see the reference'}), got {quoted(value)}"
        case "enum":
            yield f"{place}: got {quoted(value)}{nearest(str(value), map(str, error.validator_value))}"
        case "anyOf" if _is_date_schema(schema):
            yield f"{place}: expected a date such as 2026-06-01, or a date-time with an offset, got {quoted(value)}"
        case "minProperties" | "minItems":
            yield f"{place}: expected at least one entry"
        case _:
            yield f"{place}: expected {wanted or error.message}, got {quoted(value)}"


def _is_date_schema(schema: Mapping[str, Any]) -> bool:
    return any(option.get("format") == "date" for option in schema["anyOf"])
