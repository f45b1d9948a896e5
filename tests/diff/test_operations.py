"""Operations, parameters, bodies, responses, security, webhooks: what must be told, by which name, and what must not."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.core.finding import Severity
from pytest_apiversion.diff.rules import names
from tests.diff import schema_cases
from tests.diff.documents import OK, answered, changes, document, operation, rules
from tests.diff.operation_cases import CASES, ONE, SILENT, SUNSET, marked

GRACE = [
    f"{prefix}-{name}"
    for prefix in ("operation", "request-parameter", "request-property", "response-property")
    for name in ("deprecated-without-sunset", "sunset-too-soon")
]
"""Rules that need a time of grace; tested by themselves."""


@pytest.mark.parametrize(("one", "other", "there", "back"), CASES.values(), ids=CASES.keys())
def test_a_difference_is_told_both_ways(one: Any, other: Any, there: list[str], back: list[str]) -> None:
    """Each way from one document to another is told by exactly its own rules."""
    assert rules(one, other) == there
    assert rules(other, one) == back


@pytest.mark.parametrize(("one", "other"), SILENT.values(), ids=SILENT.keys())
def test_two_spellings_of_one_meaning_are_the_same(one: Any, other: Any) -> None:
    """What a client cannot tell apart is not told."""
    assert rules(one, other) == []
    assert rules(other, one) == []


def test_every_rule_has_a_case() -> None:
    """No rule is left that no table shows at work."""
    shown = {name for row in CASES.values() for told in row[2:] for name in told} | set(GRACE)
    for way, more in (("request", schema_cases.REQUESTS), ("response", schema_cases.RESPONSES)):
        tables = (schema_cases.CASES, more)
        shown |= {f"{way}-{name}" for table in tables for row in table.values() for told in row[2:] for name in told}

    assert shown == set(names())


@pytest.mark.parametrize(
    ("plain", "made", "prefix"),
    [
        pytest.param(operation(), operation, "operation", id="operation"),
        pytest.param(marked(), marked, "request-parameter", id="parameter"),
    ],
)
def test_a_time_of_grace_is_held(plain: Any, made: Any, prefix: str) -> None:
    """A deprecation has a sunset that is far enough; what is marked beta has a time of grace of its own."""
    beta = made(deprecated=True, **{"x-sunset": "2026-11-30", "x-stability-level": "beta"})
    base = made(**{"x-stability-level": "beta"})

    assert rules(plain, made(deprecated=True), grace_days=1) == [f"{prefix}-deprecated-without-sunset"]
    assert rules(plain, made(deprecated=True, **{"x-sunset": "2026-11-29"}), grace_days=10) == [
        f"{prefix}-sunset-too-soon"
    ]
    assert rules(plain, made(deprecated=True, **{"x-sunset": "2026-11-30"}), grace_days=10) == [f"{prefix}-deprecated"]
    assert rules(base, beta, grace_days=100, preview_grace_days=10) == [f"{prefix}-deprecated"]


def test_without_a_day_no_sunset_has_passed() -> None:
    """Who does not say which day it is cannot be told that a sunset has passed."""
    second = document({"/a": {"get": {"responses": OK}}, "/b": {"get": {"responses": OK, **SUNSET}}})

    assert rules(second, ONE, as_of=None) == ["operation-removed-before-sunset"]


def test_a_shared_schema_is_told_once_with_all_it_reaches() -> None:
    """A change in a schema that many operations use is one change, and names them all."""

    def shared(kind: str) -> dict[str, Any]:
        response = {
            "200": {
                "description": "x",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
            }
        }
        paths = {path: {"get": {"responses": response}} for path in ("/b", "/a", "/c/{id}")}
        return document(
            paths, components={"schemas": {"Pet": {"type": "object", "properties": {"id": {"type": kind}}}}}
        )

    (found,) = changes(shared("integer"), shared("string"))

    assert found.operations == ("GET /a", "GET /b", "GET /c/{id}")
    assert (found.place, found.name) == ("/components/schemas/Pet/properties/id/type", "Pet.id")
    assert found.text == "`Pet.id` is `string`, was `integer`"


@pytest.mark.parametrize(
    ("old", "new", "there", "back"),
    [
        ({}, {"maxLength": 4}, "`body` has `4` as its greatest length", "`body` has no greatest length, had `4`"),
        ({}, {"format": "uuid"}, "`body` must have the format `uuid`", "`body` has no format, had `uuid`"),
        ({}, {"multipleOf": 5}, "`body` must be a multiple of `5`", "`body` need not be a multiple of `5`"),
        (
            {"if": {"minProperties": 2}, "then": {"required": ["a"]}},
            {},
            '`body` under a condition: no longer held to `{"if": {"minProperties": 2}, "then": {"required": ["a"]}}`',
            '`body` under a condition: held to `{"if": {"minProperties": 2}, "then": {"required": ["a"]}}`',
        ),
    ],
)
def test_what_one_side_does_not_say_is_not_spelled(old: Any, new: Any, there: str, back: str) -> None:
    """A sentence does not call a limit, a format or a multiple `nothing`; of a condition it shows the condition."""
    kind = {"type": "object" if "if" in old else "integer" if "multipleOf" in new else "string", "title": "T"}
    found = [changes(answered({**kind, **one}), answered({**kind, **other})) for one, other in ((old, new), (new, old))]

    assert [change.text for changes_found in found for change in changes_found] == [there, back]


def test_a_link_is_the_operation_it_leads_to() -> None:
    """One operation may be named by its operationId or by where it stands; another one is another."""

    def linked(link: dict[str, str]) -> dict[str, Any]:
        answer = {"200": {"description": "", "links": {"l": link}}}
        return document({"/a": {"get": {"responses": answer}, "put": {"operationId": "p", "responses": OK}}})

    assert rules(linked({"operationId": "p"}), linked({"operationRef": "#/paths/~1a/put"})) == []
    assert rules(linked({"operationId": "p"}), linked({"operationRef": "#/paths/~1a/get"})) == ["link-changed"]


def test_an_address_of_credentials_is_told_by_itself() -> None:
    """Of all that a scheme says about how its credentials are given, only the addresses that changed are told."""

    def issued(token: str) -> dict[str, Any]:
        flow = {"authorizationUrl": "https://a.example/" + "long/" * 20, "tokenUrl": token, "scopes": {"r": ""}}
        scheme = {"type": "oauth2", "flows": {"authorizationCode": flow}}
        return {**operation(security=[{"o": ["r"]}]), "components": {"securitySchemes": {"o": scheme}}}

    (found,) = changes(issued("https://t.example/1"), issued("https://t.example/2"))

    assert found.text == "credentials `o` are given at `https://t.example/2`, were at `https://t.example/1`"


def test_a_schema_that_may_be_null_is_told_where_it_stands() -> None:
    """A member that goes from a component goes once, whether it is taken over as it is or as what may be null too."""

    def answering(**properties: Any) -> dict[str, Any]:
        plain = {"$ref": "#/components/schemas/T"}
        either = {"type": "object", "properties": {"a": plain, "b": {"anyOf": [plain, {"type": "null"}]}}}
        return answered(either, T={"type": "object", "properties": properties})

    (found,) = changes(answering(x={"type": "string"}, y={"type": "string"}), answering(y={"type": "string"}))

    assert found.text == "`T.x` was removed"
    assert found.place == "/components/schemas/T"


def test_a_default_that_parameters_share_is_told_once() -> None:
    """It is told where it stands, with every operation whose parameter has it."""

    def listing(default: str) -> dict[str, Any]:
        reference = {"$ref": "#/components/schemas/T"}
        of = {"get": {"parameters": [{"name": "q", "in": "query", "schema": reference}], "responses": OK}}
        return document({"/a": of, "/b": of}, components={"schemas": {"T": {"type": "string", "default": default}}})

    (found,) = changes(listing("a"), listing("b"))

    assert (found.place, found.operations) == ("/components/schemas/T/default", ("GET /a", "GET /b"))


def test_severities_can_be_told_by_rule() -> None:
    """Who compares may weigh a rule differently, or leave it out; the rest keep their own weight."""
    old, new = answered({"enum": ["a"]}), answered({"enum": ["a", "b"]})
    name = "response-enum-value-added"

    assert [change.severity for change in changes(old, new)] == [Severity.WARNING]
    assert [change.severity for change in changes(old, new, severities={name: Severity.ERROR})] == [Severity.ERROR]
    assert changes(old, new, severities={name: None}) == ()


def test_a_fingerprint_stays_while_the_change_does() -> None:
    """The fingerprint of a change does not depend on what else the documents say, and differs from another change's."""
    old, new = answered({"enum": ["a"]}), answered({"enum": ["a", "b"]})
    (plain,) = changes(old, new)
    (among,) = [
        change
        for change in changes(old, {**new, "paths": {**new["paths"], "/z": {"get": {"responses": OK}}}})
        if change.rule.id == plain.rule.id
    ]
    (other,) = changes(old, answered({"enum": ["a", "c"]}))

    assert plain.fingerprint == among.fingerprint != other.fingerprint
    assert len(plain.fingerprint) == 12


def test_a_part_with_an_encoding_of_its_own_is_told_by_its_name() -> None:
    """How a part is written is looked up without losing what the parts are called and where they stand."""

    def form(**more: Any) -> dict[str, Any]:
        schema = {"type": "object", "properties": {"p": {"type": "array"}, **more}}
        media = {"schema": schema, "encoding": {"p": {"explode": True}}}
        return operation(requestBody={"content": {"multipart/form-data": media}})

    (found,) = changes(form(), form(q={"type": "string"}))

    assert (found.name, found.place.endswith("/schema/properties/q")) == ("body.q", True)
