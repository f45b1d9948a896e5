"""Holding a policy document to the JSON Schema the package ships, and saying each mistake as a person would."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from pytest_apiversion.core.contracts.schema_messages import NAMING, missing
from pytest_apiversion.core.json.bounded_patterns import endless
from pytest_apiversion.shell.catalogue.policy_schema import policy_schema
from pytest_apiversion.shell.texts.suggestions import near_name, nearest, quoted
from pytest_apiversion.shell.texts.toml_text import Mistake, Stamp, dotted

_NOUNS = {
    "object": "a table",
    "array": "a list",
    "string": "a string",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}

_DATES = {
    "date": re.compile(r"\d{4}-\d\d-\d\d", re.ASCII),
    "date-time": re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)", re.ASCII),
}
_YEARS = range(1900, 10_000)
"""Years a lifecycle date may have: what lies outside is a slip of the pen, and further out no instant can be told."""

_formats = FormatChecker(formats=())


@_formats.checks("date", ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(
        _DATES["date"].fullmatch(value) and dt.date.fromisoformat(value).year in _YEARS
    )


@_formats.checks("date-time", ValueError)
def _is_instant(value: object) -> bool:
    if not isinstance(value, str):
        return True
    return bool(_DATES["date-time"].fullmatch(value) and dt.datetime.fromisoformat(value.upper()).year in _YEARS)


@_formats.checks("regex")
def _is_regex(value: object) -> bool:
    return not isinstance(value, str) or regex_problem(value) is None


def regex_problem(text: str) -> str | None:
    """Why a text is no regular expression, or None."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what will mean something else one day is no expression to rely on
            re.compile(text)
    except (re.error, Warning, OverflowError, RecursionError) as error:
        return str(error)
    return "a repetition in it can be read in many ways, which may take for ever" if endless(text) else None


def _is_whole(_checker: object, value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(_checker: object, value: object) -> bool:
    return _is_whole(_checker, value) or (isinstance(value, float) and math.isfinite(value))


def _type(validator: Validator, types: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
    """A date is a string only where a date is expected."""
    names = [types] if isinstance(types, str) else types
    stamp = isinstance(value, Stamp) and schema.get("format") not in {"date", "date-time"}
    if stamp or not any(validator.is_type(value, name) for name in names):
        yield ValidationError("type")


def _pattern(_validator: Validator, pattern: str, value: Any, _schema: Any) -> Iterator[ValidationError]:
    """`$` is the end, not the newline before it."""
    if isinstance(value, str) and (not re.search(pattern, value) or (pattern.endswith("$") and value.endswith("\n"))):
        yield ValidationError("pattern")


_Validator: type[Validator] = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {**NAMING, "type": _type, "pattern": _pattern},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many({"integer": _is_whole, "number": _is_number}),
)


def rename_unknown(document: Any) -> tuple[list[Mistake], dict[str, str], bool]:
    """Take unknown keys out of a document, in place; one that is nearly a known one is renamed to it instead.

    So what stands below it is looked at too, and nobody misses what is only misspelled.

    Returns:
        A mistake for each, for each renamed place what it is called in the file, and whether what is left is as the schema says.
    """
    mistakes: list[Mistake] = []
    written: dict[str, str] = {}
    while True:
        errors = list(_errors(document))
        unknown = [error for error in errors if error.validator == "additionalProperties"]
        for error in unknown:
            _rename(error, mistakes, written)
        if not unknown:
            return mistakes, written, not errors


def schema_mistakes(document: Any, right: Mapping[str, Any] | None = None) -> list[Mistake]:
    """Every way in which a document without unknown keys, as `jsonable` gives it, differs from the schema.

    Args:
        document: The document.
        right: What it was when it was as the schema says; of it only tables that have changed since are looked at again.
    """
    if right is None:
        return [mistake for error in _errors(document) for mistake in _say(error)]
    changed = {key: value for key, value in document.items() if key not in right or right[key] != value}
    return [mistake for error in _errors(changed) if error.absolute_path for mistake in _say(error)]


def _errors(document: Any) -> Iterable[ValidationError]:
    errors: Iterable[ValidationError] = _Validator(policy_schema(), format_checker=_formats).iter_errors(document)
    return errors


def _rename(error: ValidationError, mistakes: list[Mistake], written: dict[str, str]) -> None:
    found: Any = error.instance
    known = list(error.schema.get("properties", {})) if isinstance(error.schema, Mapping) else []
    place = _place(error)
    for key in [key for key in found if key not in known]:
        value, near = found.pop(key), near_name(key, [name for name in known if name not in found])
        mistakes.append(Mistake(place=dotted(place, key), text=f"unknown key{nearest(key, [near] if near else known)}"))
        if near:
            found[near] = value
            written[dotted(place, near)] = dotted(place, key)


def _place(error: ValidationError) -> str:
    place = ""
    for part in error.absolute_path:
        place = f"{place}[{part}]" if isinstance(part, int) else dotted(place, part)
    return place


def _say(error: ValidationError) -> Iterator[Mistake]:
    place, schema, value = _place(error), error.schema, error.instance
    if not isinstance(schema, Mapping):
        return
    match error.validator:
        case "required":
            key = missing(error)
            yield Mistake(place=dotted(place, key), text=f"expected {_meaning(schema['properties'][key])}, got nothing")
        case "enum":
            options = [str(option) for option in schema["enum"]]
            near = near_name(str(value), options)
            hint = f'; did you mean "{near}"?' if near else ""
            yield Mistake(place=place, text=f"expected one of {', '.join(options)}, got {quoted(value)}{hint}")
        case "uniqueItems":
            yield Mistake(place=place, text=f"expected each entry once, got {quoted(value)}")
        case _:
            yield Mistake(place=place, text=f"expected {_expectation(schema)}, got {quoted(value)}")


def _meaning(schema: Mapping[str, Any]) -> str:
    """What a missing key would have said."""
    text = str(schema.get("description", "a value"))
    begins = text[:1] if text[1:2].isupper() else text[:1].lower()  # JSON stays JSON
    return (begins + text[1:]).rstrip(".")


def _expectation(schema: Mapping[str, Any]) -> str:
    """What a schema expects, in words."""
    if "const" in schema:
        return json.dumps(schema["const"])
    if title := schema.get("title"):
        return str(title)
    types = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", [])
    text = " or ".join(_NOUNS[name] for name in types) or "another value"
    if "minimum" in schema and "maximum" in schema:
        text += f" from {schema['minimum']} to {schema['maximum']}"
    elif "exclusiveMinimum" in schema:
        text += f" above {schema['exclusiveMinimum']}, at most {schema['maximum']}"
    elif "minItems" in schema or "minProperties" in schema:
        text += " with at least one entry"
    return text
