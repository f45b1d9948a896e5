"""The JSON Schema of baselines, for editors: what is known, why, since when and until when."""

from __future__ import annotations

import json
from typing import Any

from pytest_apiversion.shell.catalogue.entries import checks

BASELINE_SCHEMA_NAME = "apiversion.baseline.schema.json"
"""The file that editors read it from, beside a baseline whose first line names it."""

_TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
_DAY: dict[str, Any] = {"type": "string", "format": "date"}


def baseline_schema() -> dict[str, Any]:
    """The JSON Schema of a baseline, with the codes of all checks; a day stands there as the text of a date."""
    codes = [check.code for check in checks()]
    members: dict[str, tuple[dict[str, Any], str]] = {
        "fingerprint": (_TEXT, "Which finding it is; apiversion baseline update writes it."),
        "policy": (_TEXT, "The name of the policy."),
        "code": ({"anyOf": [{"enum": codes}, _TEXT]}, "The code of the check that found it."),
        "version": (_TEXT, "The version or alias."),
        "operation": ({"type": "string"}, "The operation; left out where it is about the whole version."),
        "summary": ({"type": "string"}, "What was wrong when it was taken down."),
        "reason": (_TEXT, "Why it is not mended yet; yours to write."),
        "since": (_DAY, "The day it was taken down, such as 2026-06-01."),
        "until": (_DAY, "The last day on which it fails no run; for ever where it is left out. Yours to write."),
    }
    finding = {
        "type": "object",
        "additionalProperties": False,
        "required": ["fingerprint", "policy", "code", "version", "reason", "since"],
        "properties": {name: {**schema, "description": text} for name, (schema, text) in members.items()},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:pytest-apiversion:baseline-file",
        "title": "Baseline of pytest-apiversion",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "finding": {"type": "array", "description": "Findings that are known, and fail no run.", "items": finding}
        },
    }


def baseline_schema_text() -> str:
    """The same as a file has it."""
    return json.dumps(baseline_schema(), indent=1, ensure_ascii=False) + "\n"
