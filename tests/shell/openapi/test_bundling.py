"""One document out of several files: where what they hold goes, and that it says the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.comparison.compare import changes_between
from pytest_apiversion.shell.openapi.bundling import bundled
from pytest_apiversion.shell.openapi.comparable_document import document_of
from pytest_apiversion.shell.openapi.document_files import read_document


def answer(schema: dict[str, Any]) -> dict[str, Any]:
    """A response with a body."""
    return {"description": "ok", "content": {"application/json": {"schema": schema}}}


def document(response: dict[str, Any], version: str = "3.1.0", **more: Any) -> dict[str, Any]:
    """A document with one response."""
    return {
        "openapi": version,
        "info": {"title": "T", "version": "1"},
        "paths": {"/pets": {"get": {"responses": {"200": response}}}},
        **more,
    }


def made(folder: Path, main: dict[str, Any], **others: Any) -> dict[str, Any]:
    """Files read and bundled."""
    for name, content in {"main": main, **others}.items():
        (folder / f"{name}.json").write_text(json.dumps(content), "utf-8")
    return bundled(read_document(folder / "main.json", folder)[0], "main.json")


PET = {"type": "object", "properties": {"id": {"type": "integer"}, "friend": {"$ref": "#/Pet"}}}


def test_a_schema_goes_among_the_components(tmp_path: Path) -> None:
    """A schema of another file is found where tools look for schemas, once, however often it is used; recursion is no matter."""
    main = document(answer({"type": "array", "items": {"$ref": "pets.json#/Pet"}}))

    found = made(tmp_path, main, pets={"Pet": PET, "Unused": {}})

    schema = {
        "type": "object",
        "properties": {"id": {"type": "integer"}, "friend": {"$ref": "#/components/schemas/Pet"}},
    }
    assert found["components"] == {"schemas": {"Pet": schema}}
    assert found["paths"]["/pets"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]["items"] == {
        "$ref": "#/components/schemas/Pet"
    }


def test_a_whole_file_is_called_as_the_file(tmp_path: Path) -> None:
    """A reference without a fragment means the file; a name that is taken gets a number."""
    main = document(answer({"$ref": "pet.json"}), components={"schemas": {"pet": {"type": "string"}}})

    found = made(tmp_path, main, pet={"type": "integer"})

    assert found["components"]["schemas"] == {"pet": {"type": "string"}, "pet_2": {"type": "integer"}}


def test_each_kind_has_its_section(tmp_path: Path) -> None:
    """Responses, parameters and headers go to their own sections, though the latter two are written alike."""
    main = document({"$ref": "parts.json#/Answer"})
    main["paths"]["/pets"]["get"]["parameters"] = [{"$ref": "parts.json#/Limit"}]
    parts = {
        "Limit": {"name": "limit", "in": "query", "schema": {"$ref": "#/Number"}},
        "Number": {"type": "integer"},
        "Count": {"schema": {"$ref": "#/Number"}},
        "Answer": {"description": "ok", "headers": {"X-Count": {"$ref": "#/Count"}}},
    }

    found = made(tmp_path, main, parts=parts)["components"]

    assert {section: list(content) for section, content in found.items()} == {
        "parameters": ["Limit"],
        "responses": ["Answer"],
        "headers": ["Count"],
        "schemas": ["Number"],
    }


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        pytest.param("3.1.0", {"$ref": "#/components/pathItems/pets"}, id="kept"),
        pytest.param("3.0.3", {"get": {"responses": {"200": answer({})}}}, id="put-in-place"),
    ],
)
def test_path_items(tmp_path: Path, version: str, expected: dict[str, Any]) -> None:
    """OpenAPI 3.0 keeps no path items: what is referred to is put in the place of the reference."""
    main = {**document(answer({}), version), "paths": {"/pets": {"$ref": "pets.json"}}}

    assert made(tmp_path, main, pets={"get": {"responses": {"200": answer({})}}})["paths"]["/pets"] == expected


def test_swagger_has_sections_of_its_own(tmp_path: Path) -> None:
    """Swagger 2.0 keeps schemas under `definitions`."""
    main = {"swagger": "2.0", "paths": {"/pets": {"get": {"responses": {"200": {"schema": {"$ref": "pet.json"}}}}}}}

    assert made(tmp_path, main, pet={"type": "integer"})["definitions"] == {"pet": {"type": "integer"}}


def test_a_bundle_says_the_same(tmp_path: Path) -> None:
    """The comparison finds nothing between the files and their bundle."""
    main = document(answer({"type": "array", "items": {"$ref": "pets.json#/Pet"}}))
    found = made(tmp_path, main, pets={"Pet": PET})
    files = read_document(tmp_path / "main.json", tmp_path)[0]

    assert changes_between(document_of(files, "files"), document_of(found, "bundle"), "files", "bundle") == ()


def test_one_file_is_left_as_it_is(tmp_path: Path) -> None:
    """What stands alone already is not touched."""
    main = document(answer({"$ref": "#/components/schemas/A"}), components={"schemas": {"A": {}}})

    assert made(tmp_path, main) == main


@pytest.mark.parametrize(
    ("main", "others", "said"),
    [
        pytest.param(
            document(answer({"$ref": "a.json", "discriminator": {"propertyName": "kind", "mapping": {"a": "b.json"}}})),
            {"a": {"type": "object"}},
            "/discriminator/mapping/a: expected a name, or a reference to something that is referred to elsewhere too, got b.json",
            id="mapping",
        ),
        pytest.param(
            {**document(answer({}), "3.0.3"), "paths": {"/a": {"$ref": "a.json"}}},
            {"a": {"get": {"callbacks": {"on": {"x": {"$ref": "a.json"}}}}}},
            "expected a reference that can be put in its place",
            id="endless",
        ),
        pytest.param(
            {**document(answer({}), "3.0.3"), "paths": {"/a": {"$ref": "a.json#/list"}}},
            {"a": {"list": []}},
            "expected a reference that can be put in its place",
            id="no-object",
        ),
    ],
)
def test_what_cannot_be_bundled(tmp_path: Path, main: dict[str, Any], others: dict[str, Any], said: str) -> None:
    """Where the files cannot become one document, a line says so and what to do."""
    with pytest.raises(PolicyError, match=said.replace(".", r"\.")):
        made(tmp_path, main, **others)


def test_what_is_no_object_moves_too(tmp_path: Path) -> None:
    """A schema may be `true`; a mapping of names is no reference to a file."""
    union = {"oneOf": [{"$ref": "any.json#/Any"}], "discriminator": {"propertyName": "kind", "mapping": {"a": "A"}}}

    found = made(tmp_path, document(answer(union)), any={"Any": True})

    assert found["components"] == {"schemas": {"Any": True}}


def test_a_mapping_leads_to_what_was_moved(tmp_path: Path) -> None:
    """A mapping to a schema of another file is turned like a reference, counted from the file that it stands in."""
    told = {"propertyName": "kind", "mapping": {"cat": "pets.json#/Cat"}}
    pets = {"Cat": {"type": "object"}, "Any": {"oneOf": [{"$ref": "#/Cat"}], "discriminator": told}}

    found = made(tmp_path, document(answer({"$ref": "pets.json#/Any"})), pets=pets)["components"]["schemas"]

    assert found["Any"]["oneOf"] == [{"$ref": "#/components/schemas/Cat"}]
    assert found["Any"]["discriminator"]["mapping"] == {"cat": "#/components/schemas/Cat"}


def _kinds(**mapping: str) -> dict[str, Any]:
    alternatives = [{"$ref": "pets.json#/Cat"}, {"$ref": "#/components/schemas/v1.Dog"}]
    return {"oneOf": alternatives, "discriminator": {"propertyName": "kind", "mapping": mapping}}


DOG = {"type": "object", "properties": {"kind": {"type": "string"}}}
PETS = {"Cat": {"type": "object", "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}}}


def test_a_mapping_to_a_file_says_what_its_bundle_says(tmp_path: Path) -> None:
    """The comparison finds nothing between a mapping to a schema of another file and the bundle, whichever is the new one."""
    main = document(answer(_kinds(cat="pets.json#/Cat", dog="v1.Dog")), components={"schemas": {"v1.Dog": DOG}})
    found = made(tmp_path, main, pets=PETS)
    files = read_document(tmp_path / "main.json", tmp_path)[0]
    both = document_of(files, "files"), document_of(found, "bundle")

    assert changes_between(*both, "files", "bundle") == ()
    assert changes_between(*both[::-1], "bundle", "files") == ()


def test_a_name_of_a_mapping_that_leads_elsewhere_is_told(tmp_path: Path) -> None:
    """That a name leads to another alternative is told where one of the two stands in another file."""
    documents = []
    for target in ("pets.json#/Cat", "v1.Dog"):
        main = document(answer(_kinds(cat=target)), components={"schemas": {"v1.Dog": DOG}})
        made(tmp_path, main, pets=PETS)
        documents.append(document_of(read_document(tmp_path / "main.json", tmp_path)[0], target))

    told = [change.text for change in changes_between(documents[0], documents[1], "old", "new")]

    assert "a name means the alternative `v1.Dog` of `body`, meant `Cat`" in told


def test_a_component_may_have_a_dot_in_its_name(tmp_path: Path) -> None:
    """What a mapping names is a component where there is one of the name, though a file could be called so."""
    main = document(answer(_kinds(dog="v1.Dog")), components={"schemas": {"v1.Dog": DOG}})

    found = made(tmp_path, main, pets=PETS)["paths"]["/pets"]["get"]["responses"]["200"]

    assert found["content"]["application/json"]["schema"]["discriminator"]["mapping"] == {"dog": "v1.Dog"}
