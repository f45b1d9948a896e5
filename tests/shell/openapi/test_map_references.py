"""A `$ref` in the place of a map, as documents of many files are often split, stands for what it leads to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.openapi.contracts import read_contract
from pytest_apiversion.shell.openapi.document_files import read_document

STRING: dict[str, Any] = {"type": "string"}
FILES: dict[str, dict[str, Any]] = {
    "parts/paths.json": {
        "/things": {
            "get": {
                "parameters": {"$ref": "asked.json#/all"},
                "responses": {"$ref": "answers.json"},
            }
        },
        "/a b/{c}": {"get": {"responses": {"204": {"description": "d"}}}},
    },
    "parts/asked.json": {"all": [{"$ref": "../api.json#/components/parameters/limit"}]},
    "parts/answers.json": {"$ref": "more.json#/answers~1of~1all"},
    "parts/more.json": {
        "answers/of/all": {
            "200": {
                "description": "d",
                "content": {"application/json": {"schema": {"$ref": "../api.json#/components/schemas/Thing"}}},
            }
        }
    },
    "parts/schemas.json": {"Thing": {"type": "object", "properties": {"$ref": "members.json#/all", "own": STRING}}},
    "parts/members.json": {"all": {"name": {"$ref": "#/text"}}, "text": {"type": "string", "maxLength": 7}},
    "parts/components.json": {
        "schemas": {"$ref": "schemas.json"},
        "parameters": {"limit": {"name": "limit", "in": "query", "schema": {"type": "integer"}}},
    },
}


def written(folder: Path, document: dict[str, Any], **files: dict[str, Any]) -> Path:
    """A document on disk, with its files."""
    for name, content in {"api.json": document, **files}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps({"openapi": "3.1.0", **content} if content is document else content))
    return folder / "api.json"


def read(path: Path) -> Any:
    """The contract that a document is."""
    document, digest = read_document(path, path.parent)
    return read_contract(document, source=path.name, version="v1", digest=digest, locate=lambda each: each)


def test_a_map_may_stand_in_another_file(tmp_path: Path) -> None:
    """Paths, components, responses, properties and lists of parameters may each be a reference, also to a file that is one, and beside other members."""
    found = read(
        written(
            tmp_path,
            {"paths": {"$ref": "parts/paths.json"}, "components": {"$ref": "parts/components.json"}},
            **FILES,
        )
    )

    assert list(found.operations) == ["GET /things", "GET /a b/{c}"]
    asked = found.operations["GET /things"]
    assert [each["name"] for each in asked.request["parameters"]] == ["limit"]
    (body,) = asked.responses["200"].bodies.values()
    assert body.validate
    assert {fault.where for fault in body.validate({"name": "longer than 7", "own": 1})} == {"/name", "/own"}


def test_a_map_may_stand_in_the_same_document(tmp_path: Path) -> None:
    """The members of one schema may be those of another one, in a document that stands alone."""
    body = {
        "application/json": {"schema": {"type": "object", "properties": {"$ref": "#/components/schemas/T/properties"}}}
    }
    operation = {"requestBody": {"content": body}, "responses": {"204": {"description": "d"}}}
    document = {
        "paths": {"/a": {"put": operation}},
        "components": {
            "schemas": {"T": {"type": "object", "properties": {"name": {"type": "string", "maxLength": 7}}}}
        },
    }

    found = read(written(tmp_path, document))

    assert '"maxLength": 7' in json.dumps(found.schemas) + json.dumps(found.operations["PUT /a"].request)


def test_a_member_may_be_called_so(tmp_path: Path) -> None:
    """A member whose name is `$ref` has a schema, and is no reference."""
    schema = {"type": "object", "properties": {"$ref": {"type": "string", "maxLength": 7}}}
    answer = {"200": {"description": "d", "content": {"application/json": {"schema": schema}}}}
    document, _ = read_document(written(tmp_path, {"paths": {"/a": {"get": {"responses": answer}}}}), tmp_path)

    there = document["paths"]["/a"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert there == schema


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        ("text.json", "/paths/$ref: expected a reference to an object, got text.json"),
        ("round.json", "/paths/$ref: expected a reference to an object, got round.json"),
        ("paths.json#/none", "/paths/$ref: expected a reference to an object, got paths.json#/none"),
        ("nowhere.json", "/paths/$ref: expected a reference to a file, got nowhere.json"),
        ("../outside.json", "/paths/$ref: expected a reference inside this folder, got ../outside.json"),
    ],
)
def test_a_map_that_is_none_is_told(tmp_path: Path, reference: str, told: str) -> None:
    """A reference in the place of a map that leads to none, or round in a circle, is a mistake with its place."""
    (tmp_path / "text.json").write_text('["a"]')
    files: dict[str, dict[str, Any]] = {"round.json": {"$ref": "round.json"}, "paths.json": {"/a": {}}}
    path = written(tmp_path, {"paths": {"$ref": reference}}, **files)

    with pytest.raises(PolicyError) as caught:
        read_document(path, tmp_path)

    assert caught.value.mistakes == (f"api.json {told}",)
