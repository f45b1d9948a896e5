"""The JSON Schema of the policy file, with the carriers the catalogue has."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from pytest_apiversion.shell.catalogue.entries import added


def policy_schema() -> Mapping[str, Any]:
    """The JSON Schema of the policy file, with the carriers that conftest.py adds."""
    return _schema(tuple(carrier.kind for carrier in added().carriers))


@cache
def _schema(kinds: tuple[str, ...]) -> Mapping[str, Any]:
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
        }
    versioning["carriers"]["title"] = f"a list of carriers: {', '.join(known)}"
    return schema
