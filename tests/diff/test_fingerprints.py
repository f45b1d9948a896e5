"""Fingerprints: what a waiver is written by stays the same however a document writes the same API."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.core.contracts.change import Change
from tests.diff.documents import OK, changes, document

PARAMETER: dict[str, Any] = {"name": "q", "in": "query", "schema": {"type": "string"}}


def things(
    *, name: str = "id", prefix: str = "", server: str = "", required: bool = False, **more: Any
) -> dict[str, Any]:
    """A document of things."""
    get = {"parameters": [{**PARAMETER, "required": required}], "responses": OK}
    told = {f"{prefix}/things/{{{name}}}": {"get": get}}
    made = document({**told, **more})
    return {**made, "servers": [{"url": server}]} if server else made


def one(old: dict[str, Any], new: dict[str, Any], **setting: Any) -> Change:
    """The one change there is that breaks."""
    (found,) = [
        change for change in changes(old, new, **setting) if change.rule.id == "request-parameter-became-required"
    ]
    return found


PLAIN = one(things(), things(required=True)).fingerprint
POLICY: dict[str, Any] = {"base_path": "/api", "versions": frozenset({"1.0.forge", "2.0.forge"})}

OTHER: dict[str, Any] = {"/b": {"get": {"responses": OK}}}

WAYS = {
    "name-of-the-parameter": (things(), things(name="thingId", required=True), {}),
    "version-before-the-path": (things(prefix="/v1"), things(prefix="/v1", required=True), {}),
    "another-version": (things(prefix="/v1"), things(prefix="/v2", required=True), {}),
    "version-in-the-server": (things(prefix="/v1"), things(server="/v1", required=True), {}),
    "base-path-of-the-policy": (things(prefix="/api/v1"), things(prefix="/api/v2", required=True), POLICY),
    "base-path-in-the-server": (things(prefix="/api/v1"), things(server="/api/v1", required=True), POLICY),
    "versions-of-the-policy": (things(prefix="/api/1.0.forge"), things(prefix="/api/2.0.forge", required=True), POLICY),
    "other-operations": (things(), things(required=True, **OTHER), {}),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_same_change_has_the_same_fingerprint(way: str) -> None:
    """A version, a base path and the name of a path parameter do not tell one change from another."""
    old, new, setting = WAYS[way]

    assert one(old, new, **setting).fingerprint == PLAIN


def test_two_versions_in_one_document_are_two() -> None:
    """Where a document has the same path under two versions, a change of one is not the other's."""
    old = things(prefix="/v1", **things(prefix="/v2")["paths"])
    first = one(old, things(prefix="/v1", required=True, **things(prefix="/v2")["paths"]))
    second = one(old, things(prefix="/v2", required=True, **things(prefix="/v1")["paths"]))

    assert first.fingerprint != second.fingerprint


def test_a_removed_operation_keeps_its_fingerprint_under_another_prefix() -> None:
    """The name of what was removed is told without its version too."""
    other = document({"/b": {"get": {"responses": OK}}})
    found = [
        next(change for change in changes(old, other) if change.rule.id == "operation-removed")
        for old in (things(), things(prefix="/v1"), things(name="x", prefix="/v2"))
    ]

    assert len({change.fingerprint for change in found}) == 1
    assert len({change.text for change in found}) == 3


def test_a_version_only_the_policy_knows_is_no_other_path() -> None:
    """Paths that differ by versions of the policy are the same operation."""
    old, new = things(prefix="/api/1.0.forge"), things(prefix="/api/2.0.forge")

    assert changes(old, new, **POLICY) == ()
    assert {change.rule.id for change in changes(old, new)} == {"operation-removed", "operation-added"}


def test_a_shared_schema_is_told_once_under_another_prefix() -> None:
    """A change in a schema that two operations share is one change, with both under the names they have now."""
    shared = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
    answer = {
        "200": {"description": "x", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}
    }

    def contract(version: str, schema: dict[str, Any]) -> dict[str, Any]:
        paths = {f"/api/{version}/{name}": {"get": {"responses": answer}} for name in ("a", "b")}
        return document(paths, components={"schemas": {"A": schema}})

    (plain,) = changes(contract("1.0.forge", shared), contract("1.0.forge", {**shared, "required": []}), **POLICY)
    (found,) = changes(contract("1.0.forge", shared), contract("2.0.forge", {**shared, "required": []}), **POLICY)

    assert found.operations == ("GET /api/2.0.forge/a", "GET /api/2.0.forge/b")
    assert found.fingerprint == plain.fingerprint


LEVELS = ("draft", "alpha", "preview")


@pytest.mark.parametrize("level", LEVELS)
def test_what_promises_nothing_never_fails(level: str) -> None:
    """CON-18: whatever changes inside an operation of such a level, its mark included, is no break."""
    old, new = things(), things(required=True)
    old["paths"]["/things/{id}"]["get"]["x-stability-level"] = level
    for after in (level, "draft", "stable"):
        new["paths"]["/things/{id}"]["get"] |= {
            "x-stability-level": after,
            "deprecated": True,
            "x-sunset": "2026-11-21",
        }

        assert {change.severity.value for change in changes(old, new, grace_days=90)} <= {"info"}


@pytest.mark.parametrize("level", [*LEVELS, "beta"])
def test_what_is_stable_is_not_marked_down(level: str) -> None:
    """CON-18: a promise is not taken back by a mark."""
    old, new = things(), things()
    new["paths"]["/things/{id}"]["get"]["x-stability-level"] = level

    assert [change.rule.id for change in changes(old, new)] == ["operation-stability-decreased"]


def test_the_policy_says_which_levels_promise_nothing() -> None:
    """GIR-06: what is beta may change where the policy says so, and where it says nothing may not."""
    old, new = things(), things(required=True)
    for contract in (old, new):
        contract["paths"]["/things/{id}"]["get"]["x-stability-level"] = "beta"

    assert [change.severity.value for change in changes(old, new)] == ["error"]
    assert changes(old, new, unstable=frozenset({"beta"})) == ()
