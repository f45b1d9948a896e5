"""The page about policy files knows every key of their JSON Schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pytest_apiversion.cli import main
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.catalogue.policy_schema import policy_schema
from pytest_apiversion.shell.policy_file.presets import preset_names

PAGE = (Path(__file__).parents[2] / "docs/reference/policy-file.md").read_text("utf-8")
CODE = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", PAGE, re.DOTALL))
"""What the page has in code: fences and spans."""


def keys(schema: Any) -> Iterator[str]:
    """Every key a schema names, as deep as it goes."""
    if isinstance(schema, dict):
        properties = schema.get("properties")
        yield from properties if isinstance(properties, dict) else ()
        for part in schema.values():
            yield from keys(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from keys(part)


def is_code(key: str, code: str = CODE) -> bool:
    """Whether a key stands in code, as a word of its own."""
    return re.search(rf"(?<![A-Za-z_]){re.escape(key)}(?![A-Za-z_])", code) is not None


@pytest.mark.parametrize("key", sorted(set(keys(policy_schema()))))
def test_every_key_stands_in_the_reference(key: str) -> None:
    """A key that can be written can be looked up."""
    assert is_code(key)


def test_a_key_in_another_is_none() -> None:
    """`on` is not found in `on_live`."""
    assert not is_code("on", "`on_live`")
    assert is_code("on", "`on`")


def test_every_table_has_a_heading() -> None:
    """Each table of a policy file is a heading, or stands in one; `extends` and `[api]` are spoken of before them."""
    headings = "\n".join(re.findall(r"^##+ (.*)$", PAGE, re.MULTILINE))
    tables = set(policy_schema()["properties"]) - {"extends", "api"}

    assert {name for name in tables if not is_code(name, headings)} == set()


def test_the_schema_has_a_name_and_knows_the_presets() -> None:
    """Editors complete the names of presets, and tell this schema from others; another name is no mistake of the schema's, but told with the nearest."""
    schema = policy_schema()

    assert schema["$id"] == "urn:pytest-apiversion:policy-file"
    assert schema["$defs"]["preset"]["anyOf"] == [{"enum": preset_names()}, {"type": "string"}]


def test_the_schema_knows_the_codes() -> None:
    """Where a file takes the code of a check, editors complete it; those of the policy alone where only they are meant."""
    tables = policy_schema()["properties"]
    codes = [check.code for check in checks()]
    places = {
        "severity": tables["severity"]["propertyNames"],
        "by": tables["requirements"]["additionalProperties"]["properties"]["by"]["items"],
        "check": tables["waivers"]["items"]["properties"]["check"],
    }
    known = {name: place["anyOf"][0]["enum"] for name, place in places.items()}

    assert known == {"severity": codes, "by": codes, "check": [each for each in codes if each.startswith("AV1")]}
    assert len(codes) > len(known["check"]) > 0


def test_a_command_writes_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """As a file that an editor reads: JSON, and a schema that says so."""
    assert main(["schema"]) == 0

    written = json.loads(capsys.readouterr().out)
    rows = written["properties"].pop("lifecycle")["anyOf"]
    assert rows == [policy_schema()["properties"]["lifecycle"], rows[0]["items"]]  # a single row may be a table
    assert written["properties"].items() <= policy_schema()["properties"].items()
    assert {**written, "properties": ()} == {**policy_schema(), "properties": ()}
    Draft202012Validator.check_schema(written)
