"""Texts of a format that nobody here knows (`mask`, `cron`): which of them a service takes, its contract does not say."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

from pytest_apiversion.shell.json_schema.formats import FORMATS, OTHER_NAMES

_DEEPEST = 8
"""Schemas that are followed to the text of a parameter."""
_SAYS_MORE = frozenset({"enum", "const", "pattern"})
_NAMES = frozenset(
    {
        *(*FORMATS, *OTHER_NAMES),
        *("time", "duration", "hostname", "idn-hostname", "idn-email", "uri-reference", "iri", "iri-reference"),
        *("uri-template", "json-pointer", "relative-json-pointer", "regex"),
        *("string", "text", "char", "password", "byte", "binary", "base64url", "html", "commonmark"),
        *("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
        *("float", "double", "decimal", "decimal128", "number", "integer"),
    }
)
"""Formats of JSON Schema 2020-12 §7.3, of the OpenAPI Format Registry where any text has them, and of numbers."""


def without_unknown_formats(component: Callable[[str], Any], parameters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The parameters but those that may be left out and take texts of an unknown format.

    Those that a suite taught schemathesis (`schemathesis.openapi.format`) are known.

    Args:
        component: The schema that a reference leads to.
        parameters: The parameters, their schemas read.
    """
    taught = sys.modules.get("schemathesis.specs.openapi.formats")
    known = {*_NAMES, *getattr(taught, "STRING_FORMATS", ())}
    return [
        each
        for each in parameters
        if each.get("required") or not _unknown(component, each.get("schema"), known, _DEEPEST)
    ]


def _unknown(component: Callable[[str], Any], schema: Any, known: set[str], deepest: int) -> bool:
    if not isinstance(schema, Mapping) or deepest == 0:
        return False
    if isinstance(reference := schema.get("$ref"), str):
        return _unknown(component, component(reference), known, deepest - 1)
    form = schema.get("format")
    if isinstance(form, str) and form not in known and _SAYS_MORE.isdisjoint(schema):
        told = schema.get("type", "string")
        return "string" in (told if isinstance(told, list) else [told])
    parts = [schema.get("items"), *(part for key in ("anyOf", "oneOf", "allOf") for part in schema.get(key, ()))]
    return any(_unknown(component, part, known, deepest - 1) for part in parts)
