"""References that are read relative to the address of the schema around them (`$id`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.shell.openapi.document_files import read_document

ADDRESS = "https://schemas.example/things/whole.json"
TOLD: dict[str, Any] = {
    "Whole": {
        "$id": ADDRESS,
        "properties": {"part": {}},
        "$defs": {"inner": {"type": "string"}, "named": {"$anchor": "here"}, "other": {"$id": "deep.json"}},
    },
    "Part": {"$id": "https://schemas.example/things/part.json"},
    "Above": {"$id": "https://schemas.example/part.json"},
    "Plain": {"$defs": {"named": {"$anchor": "here"}}},
}


def turned(tmp_path: Path, reference: str, *, beside: str = "Whole") -> str:
    """What a reference in a member of a schema is turned to."""
    schemas = json.loads(json.dumps(TOLD))
    schemas[beside]["properties"] = {"part": {"$ref": reference}}
    path = tmp_path / "api.json"
    path.write_text(
        json.dumps({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "components": {"schemas": schemas}})
    )
    document, _ = read_document(path, tmp_path)
    return str(document["components"]["schemas"][beside]["properties"]["part"]["$ref"])


@pytest.mark.parametrize(
    ("reference", "place"),
    [
        ("part.json", "Part"),
        ("/part.json", "Above"),
        ("../part.json#", "Above"),
        ("https://schemas.example/things/part.json", "Part"),
        ("deep.json", "Whole/$defs/other"),
        ("#/$defs/inner", "Whole/$defs/inner"),
        ("whole.json#/$defs/inner", "Whole/$defs/inner"),
        ("#here", "Whole/$defs/named"),
        (f"{ADDRESS}#here", "Whole/$defs/named"),
        ("#", "Whole"),
        ("#/components/schemas/Part", "Part"),
    ],
)
def test_a_reference_is_relative_to_the_schema_around_it(tmp_path: Path, reference: str, place: str) -> None:
    """It leads to the schema that has the address; a pointer that leads nowhere in the schema around it is the document's."""
    assert turned(tmp_path, reference) == f"#/components/schemas/{place}"


def test_outside_such_a_schema_a_pointer_is_the_documents(tmp_path: Path) -> None:
    """Where no schema around it has an address, a reference is read as ever, and an address still leads to its schema."""
    assert turned(tmp_path, "#/components/schemas/Plain/$defs/named", beside="Plain").endswith("/Plain/$defs/named")
    assert turned(tmp_path, ADDRESS, beside="Plain") == "#/components/schemas/Whole"


def test_what_no_schema_calls_itself_is_a_file(tmp_path: Path) -> None:
    """A name that is no schema's address is a file beside the document."""
    (tmp_path / "beside.json").write_text('{"type": "string"}')

    assert turned(tmp_path, "beside.json") == "#/x-apiversion-files/beside.json"


@pytest.mark.parametrize(
    ("reference", "turned_to"),
    [
        ("https://api.example/docs/api.json#/components/schemas/A", "#/components/schemas/A"),
        ("#/components/schemas/A", "#/components/schemas/A"),
        ("api.json#/components/schemas/A", "#/components/schemas/A"),
        ("beside.json", "#/x-apiversion-files/beside.json"),
    ],
)
def test_a_document_has_an_address(tmp_path: Path, reference: str, turned_to: str) -> None:
    """A reference by what a document of OpenAPI 3.2 calls itself (`$self`) leads into it; other files stand beside it as ever."""
    (tmp_path / "beside.json").write_text('{"type": "string"}')
    path = tmp_path / "other-name.json"
    schemas = {"A": {"type": "string"}, "B": {"$ref": reference}}
    told = {"openapi": "3.2.0", "$self": "https://api.example/docs/api.json", "components": {"schemas": schemas}}
    path.write_text(json.dumps(told))
    document, _ = read_document(path, tmp_path)

    assert document["components"]["schemas"]["B"]["$ref"] == turned_to
