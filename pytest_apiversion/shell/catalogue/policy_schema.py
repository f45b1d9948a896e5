"""The JSON Schema of the policy file, with the carriers the catalogue has."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from pytest_apiversion.shell.catalogue.entries import added, checks

SCHEMA_NAME = "apiversion.schema.json"
"""The file that editors read it from, beside a policy file whose first line names it."""


def policy_schema() -> Mapping[str, Any]:
    """The JSON Schema of the policy file, with the codes of all checks, and with the carriers that conftest.py adds."""
    return _schema(tuple(carrier.kind for carrier in added().carriers), tuple(check.code for check in checks()))


def schema_text() -> str:
    """The same as a file has it, for editors."""
    schema = policy_schema()
    rows = schema["properties"]["lifecycle"]
    tables = {**schema["properties"], "lifecycle": {"anyOf": [rows, rows["items"]]}}  # one row may be a table by itself
    return json.dumps({**schema, "properties": tables}, indent=1, ensure_ascii=False) + "\n"


def _with_codes(schema: dict[str, Any], codes: tuple[str, ...]) -> dict[str, Any]:
    """What takes the code of a check, with all that there are for editors to complete: another is told with the nearest."""
    known = {key: schema.pop(key) for key in ("type", "pattern", "$ref") if key in schema}
    wanted = re.compile(known.get("pattern", ""))
    return {**schema, "anyOf": [{"enum": [code for code in codes if wanted.search(code)]}, known]}


@cache
def _schema(kinds: tuple[str, ...], codes: tuple[str, ...]) -> Mapping[str, Any]:
    text = resources.files("pytest_apiversion.core").joinpath("policy.schema.json").read_text("utf-8")
    schema: Mapping[str, Any] = json.loads(text)
    versioning = schema["properties"]["versioning"]["properties"]
    known = versioning["carriers"]["items"]["enum"]
    for kind in kinds:
        known.append(kind)
        versioning[kind] = {**versioning["query"], "description": f"The version in the carrier {kind}.", "required": []}
        versioning[kind]["properties"] = {
            **versioning["query"]["properties"],
            "name": {"$ref": "#/$defs/text", "description": "What the carrier is called in a request."},
            "template": {"$ref": "#/$defs/text", "description": "Text with {version} in it."},
            "other_forms": versioning["header"]["properties"]["other_forms"],
        }
    tables = schema["properties"]
    tables["severity"]["propertyNames"] = _with_codes(tables["severity"]["propertyNames"], codes)
    waiver = tables["waivers"]["items"]["properties"]
    waiver["check"] = _with_codes(waiver["check"], codes)
    requirement = tables["requirements"]["additionalProperties"]["properties"]["by"]
    requirement["items"] = _with_codes(requirement["items"], codes)
    versioning["carriers"]["title"] = f"a list of carriers: {', '.join(known)}"
    return schema
