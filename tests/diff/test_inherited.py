"""What changes in a schema that others take over by `allOf` is one change, told of that schema."""

from __future__ import annotations

from typing import Any

import pytest

from tests.diff.documents import changes, document

TEXT = {"type": "string"}
ITEM = "#/components/schemas/Item"


def library(item: dict[str, Any], *, flat: tuple[str, ...] = (), through: bool = False) -> dict[str, Any]:
    """A document in which a book, a journal and a map are items, but for those that are `flat` and have a title of their own."""
    parts = {
        name: {"type": "object", "properties": {"title": TEXT}}
        if name in flat
        else {"type": "object", "allOf": [{"$ref": "#/components/schemas/Base" if through else ITEM}]}
        for name in ("Book", "Journal", "Map")
    }
    base = {"Base": {"allOf": [{"$ref": ITEM}]}} if through else {}
    body = {"application/json": {"schema": {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in parts]}}}
    operation = {"responses": {"200": {"description": "fine", "content": body}}}
    paths = {"/items": {"get": operation}, "/items/newest": {"get": operation}}
    return document(paths, components={"schemas": {**parts, **base, "Item": {"type": "object", **item}}})


FULL = {"properties": {"title": TEXT, "note": TEXT}, "required": ["title"]}
CHANGED: dict[str, tuple[dict[str, Any], str]] = {
    "removed": ({"properties": {"title": TEXT}, "required": ["title"]}, "response-optional-property-removed"),
    "added": (
        {"properties": {"title": TEXT, "note": TEXT, "more": TEXT}, "required": ["title"]},
        "response-optional-property-added",
    ),
    "optional": ({"properties": {"title": TEXT, "note": TEXT}}, "response-property-became-optional"),
    "retyped": (
        {"properties": {"title": TEXT, "note": {"type": "integer"}}, "required": ["title"]},
        "response-type-changed",
    ),
}


@pytest.mark.parametrize("through", [False, True])
@pytest.mark.parametrize("name", CHANGED)
def test_a_change_of_what_three_schemas_take_over_is_one(name: str, through: bool) -> None:  # noqa: FBT001  a parameter of the table
    """Its place is that schema in both documents, and it reaches what all three reach."""
    item, rule = CHANGED[name]
    (found,) = changes(library(FULL, through=through), library(item, through=through))

    assert found.rule.id == rule
    assert found.place.startswith("/components/schemas/Item")
    assert found.old_place.startswith("/components/schemas/Item")
    assert found.operations == ("GET /items", "GET /items/newest")


def test_a_schema_that_no_longer_takes_it_over_is_told_itself() -> None:
    """What a map lost is no change of the items, which still have it."""
    found = changes(library(FULL), library(FULL, flat=("Map",)))

    assert {change.rule.id for change in found} == {
        "response-optional-property-removed",
        "response-property-became-optional",
    }
    assert {change.place for change in found} == {"/components/schemas/Map"}


@pytest.mark.parametrize("beside", [{}, {"nullable": True}, {"description": "a flag"}, {"default": "red"}])
def test_a_schema_that_is_only_wrapped_is_told_by_its_own_name(beside: dict[str, Any]) -> None:
    """Generators for OpenAPI 3.0 write `allOf` round a reference that has something beside it: a new value of the enumeration is one change."""

    def ships(*flags: str) -> dict[str, Any]:
        wrapped = {"allOf": [{"$ref": "#/components/schemas/Flag"}], **beside}
        parts = {
            "Flag": {"type": "string", "enum": [*flags]},
            "Ship": {
                "type": "object",
                "properties": {"flag": wrapped, "second": {"$ref": "#/components/schemas/Flag"}},
            },
            "Boat": {"type": "object", "properties": {"colours": wrapped}},
        }
        paths = {
            f"/{name}": {
                "get": {
                    "responses": {
                        "200": {
                            "description": "fine",
                            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}},
                        }
                    }
                }
            }
            for name in ("Ship", "Boat")
        }
        return document(paths, "3.0.3", components={"schemas": parts})

    (found,) = changes(ships("none", "red"), ships("none", "red", "blue"))

    assert (found.rule.id, found.name, found.place) == (
        "response-enum-value-added",
        "Flag",
        "/components/schemas/Flag/enum",
    )
    assert found.operations == ("GET /Boat", "GET /Ship")
