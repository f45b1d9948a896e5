# mypy: ignore-errors
"""A suite that is not ours, and uses the fixtures as its author would."""

from __future__ import annotations

import os

import pytest
from pytest_apiversion import ContractBroken, Policy, ToolError

import shelf


def test_policy(api_policy: Policy) -> None:
    assert api_policy.name == "Shelf"
    assert list(api_policy.versions) == ["v1", "v2"]


def test_every_version(api_version, api_client, assert_api_contract) -> None:
    response = api_client.get("/books/b1")

    assert response.status_code == 200
    assert response.url.endswith(f"/{api_version}/books/b1")
    assert api_client.api_version == api_version
    assert_api_contract(response)


@pytest.mark.parametrize("path", ["/books", "/books/b2"])
def test_beside_other_parameters(api_version, path, api_client, assert_api_contract) -> None:
    assert_api_contract(api_client.get(path, params={"page": 1}))


@pytest.mark.api_versions("v2")
def test_named(api_version) -> None:
    assert api_version == "v2"


@pytest.mark.api_versions(since="v2")
def test_since(api_version) -> None:
    assert api_version == "v2"


@pytest.mark.api_versions(until="v1")
def test_until(api_version) -> None:
    assert api_version == "v1"


@pytest.mark.api_versions(stages=["deprecated"])
def test_stages(api_version) -> None:
    assert api_version == "v1"


@pytest.mark.api_versions(stages=["preview"])
def test_none(api_version) -> None:
    pytest.fail("no version is a preview")


@pytest.mark.parametrize("api_version", ["v9"])
def test_own_parameters(api_version) -> None:
    assert api_version == "v9"


@pytest.fixture(scope="module")
def shelves(api_version):
    return f"shelves of {api_version}"


def test_wide_fixture(shelves, api_version) -> None:
    assert shelves == f"shelves of {api_version}"


def test_without_a_version_the_newest_live_one(api_client, assert_api_contract) -> None:
    response = api_client.get("/books")

    assert api_client.api_version == "v2"
    assert_api_contract(response)


def test_headers_of_the_caller_win(api_client) -> None:
    assert api_client.get("/books", headers={"authorization": "none"}).status_code == 401


def test_whole_urls_go_as_they_are(api_client, assert_api_contract) -> None:
    response = api_client.get(f"{os.environ['SHELF_URL']}/v1/books")

    assert response.status_code == 401


def test_broken_promises_are_raised(api_client, assert_api_contract, monkeypatch) -> None:
    monkeypatch.setitem(shelf.BOOKS, "b1", ("Dune", "nine"))
    response = api_client.get("/books/b1")

    with pytest.raises(ContractBroken, match="AV301") as caught:
        assert_api_contract(response)

    assert [finding.code for finding in caught.value.findings] == ["AV301"]
    assert "$SHELF_KEY" in str(caught.value)
    assert os.environ["SHELF_KEY"] not in str(caught.value)


def test_the_version_can_be_said(api_client, assert_api_contract) -> None:
    response = api_client.get("/books/b1")  # v2, which announces no sunset

    with pytest.raises(ContractBroken, match="AV50"):
        assert_api_contract(response, version="v1")


@pytest.mark.parametrize("value", [None, "text", 200])
def test_what_is_no_response(assert_api_contract, value) -> None:
    with pytest.raises(ToolError, match="as an HTTP response"):
        assert_api_contract(value)


def test_a_version_that_is_none(api_client, assert_api_contract) -> None:
    with pytest.raises(ToolError, match="no version is named 'v22'; did you mean \"v2\""):
        assert_api_contract(api_client.get("/books"), version="v22")
