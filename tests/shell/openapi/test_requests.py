"""Parameters that are no data: versions, credentials and conditions stand there."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.core.contracts.contract import Contract
from pytest_apiversion.core.http.conditions import ANY, LONG_AGO
from pytest_apiversion.core.policy.carrier_positions import parameters_of
from pytest_apiversion.core.policy.carriers import Carrier
from pytest_apiversion.selection import carriers
from pytest_apiversion.shell.generation.drawing import draw
from pytest_apiversion.shell.openapi.contracts import read_contract
from tests.checks.builders import credential, policy

CARRIERS = {
    "header": (Carrier(form=carriers()["header"], name="X-API-Version"), "header", "x-api-version"),
    "query": (Carrier(form=carriers()["query"], name="api-version"), "query", "api-version"),
    "accept": (Carrier(form=carriers()["accept"], name="version", media_type="application/json"), "header", "Accept"),
    "host": (Carrier(form=carriers()["host"], template="{version}.example.org"), "header", "Host"),
}
KEYS = [("header", "X-Key"), ("query", "key"), ("cookie", "session"), ("header", "Authorization")]


def read(parameters: list[dict[str, Any]], dialect: str = "3.1.0", **more: Any) -> Contract:
    """A contract of one GET with these parameters beside one that is data."""
    told = [*parameters, {"name": "limit", "in": "query", "required": True, "schema": {"type": "integer"}}]
    schemes = {
        "a": {"type": "apiKey", "in": "header", "name": "X-Key"},
        "b": {"type": "apiKey", "in": "query", "name": "key"},
        "c": {"type": "apiKey", "in": "cookie", "name": "session"},
        "d": {"$ref": "#/components/securitySchemes/a"},
    }
    head = (
        {"swagger": "2.0", "securityDefinitions": schemes}
        if dialect == "2.0"
        else {"openapi": dialect, "components": {"securitySchemes": schemes}}
    )
    if dialect == "2.0":
        told = [
            {**{key: part for key, part in each.items() if key != "schema"}, **each.get("schema", {})} for each in told
        ]
    document = {
        **head,
        "info": {"title": "T", "version": "1"},
        "paths": {"/t": {"get": {"parameters": told, "responses": {}}}},
    }
    return read_contract(document, source="c.yaml", version="v1", digest="", locate=lambda path: path, **more)


def drawn(contract: Contract) -> set[str]:
    """The names of what is sent that the document declares; what is broken may have others."""
    cases = draw(contract, contract.operations["GET /t"], seed=1, examples=8, negative=6)
    declared = {each["name"] for each in contract.document["paths"]["/t"]["get"]["parameters"]}
    sent = {name for case in cases for pairs in (case.query, case.headers, case.cookies) for name, _ in pairs}
    return sent & declared


@pytest.mark.parametrize("name", CARRIERS)
@pytest.mark.parametrize("dialect", ["2.0", "3.0.3", "3.1.0"])
def test_the_carriers_parameter_is_not_drawn(name: str, dialect: str) -> None:
    """Where a contract declares the version's own parameter, as frameworks export it, nothing is drawn for it, and nothing broken."""
    carrier, place, parameter = CARRIERS[name]
    told = [{"name": parameter, "in": place, "required": True, "schema": {"type": "string", "enum": ["v1", "v2"]}}]

    assert drawn(read(told, dialect, ours=parameters_of(policy(carrier)))) == {"limit"}


@pytest.mark.parametrize(("place", "name"), KEYS)
@pytest.mark.parametrize("dialect", ["2.0", "3.1.0"])
def test_a_credentials_parameter_is_not_drawn(place: str, name: str, dialect: str) -> None:
    """What a security scheme of the contract names, declared as a parameter too, is no data; nor is `Authorization` ever."""
    told = [
        {
            "name": name.upper() if place == "header" else name,
            "in": place,
            "required": True,
            "schema": {"type": "string"},
        }
    ]

    assert drawn(read(told, dialect)) == {"limit"}


def test_a_credential_of_the_policy_is_not_drawn_where_no_scheme_says_so() -> None:
    """What the policy sends as a credential is declared by some contracts as a mere parameter."""
    mine = credential("k", field="X-Tenant-Key")
    told = [{"name": "x-tenant-key", "in": "header", "required": True, "schema": {"type": "string"}}]

    assert drawn(read(told, ours=parameters_of(policy(credentials=(mine,))))) == {"limit"}


def test_a_key_that_the_policy_gives_as_a_value_is_data() -> None:
    """A key given by `[values]`, and not as a credential, goes where the contract declares it."""
    told = [{"name": "key", "in": "query", "required": True, "schema": {"type": "string"}}]

    assert drawn(read(told, given=frozenset({"key"}))) == {"limit", "key"}


@pytest.mark.parametrize(
    ("name", "value"),
    [("If-Match", ANY), ("if-none-match", ANY), ("If-Modified-Since", LONG_AGO), ("If-Unmodified-Since", LONG_AGO)],
)
@pytest.mark.parametrize("required", [True, False])
def test_conditions_are_not_drawn(name: str, value: str, *, required: bool) -> None:
    """A conditional header has what stands for no reading, whatever its schema and examples say; broken requests have it only where they must."""
    told = [
        {
            "name": name,
            "in": "header",
            "required": required,
            "schema": {"type": "string", "minLength": 30},
            "example": "x" * 30,
        }
    ]
    contract = read(told)
    found: dict[bool, set[tuple[str, str]]] = {True: set(), False: set()}
    for case in draw(contract, contract.operations["GET /t"], seed=1, examples=8, negative=6):
        found[case.origin == "negative"] |= set(case.headers) or {("", "")}

    assert (name, value) in found[False]
    assert found[False] <= {(name, value), ("", "")}
    assert found[True] == ({(name, value)} if required else {("", "")})
