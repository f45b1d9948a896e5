"""One reading of a server object, and all that ask for the path of a server use it."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.core.contracts.servers import path_of_server
from pytest_apiversion.diff.document import Document
from pytest_apiversion.diff.operation_matching import operations_of
from pytest_apiversion.shell.discovery.documented_versions import in_paths, server_path
from pytest_apiversion.shell.openapi.contracts import read_contract

PATHS: dict[str, tuple[dict[str, Any], str]] = {
    "an-address": ({"url": "https://api.example.org:8443/api/v1/"}, "/api/v1"),
    "a-path": ({"url": "/api/v1"}, "/api/v1"),
    "a-relative-path": ({"url": "api/v1/"}, "/api/v1"),
    "an-address-without-a-default": ({"url": "{baseUrl}/api/v1"}, "/api/v1"),
    "an-address-by-default": (
        {"url": "{baseUrl}/api/v1", "variables": {"baseUrl": {"default": "https://api.example.org"}}},
        "/api/v1",
    ),
    "an-empty-default": ({"url": "{baseUrl}/api/v1", "variables": {"baseUrl": {"default": ""}}}, "/api/v1"),
    "a-version-by-default": ({"url": "//h/{v}", "variables": {"v": {"default": "v2"}}}, "/v2"),
    "a-variable-with-nothing": ({"url": "{host}/v1", "variables": {"host": None}}, "/v1"),
    "a-scheme-of-a-variable": ({"url": "{scheme}://h.example:{port}/v1?a=b#c"}, "/v1"),
    "a-host": ({"url": "https://h.example"}, ""),
    "a-bracket-that-is-not-closed": ({"url": "http://[x/v1"}, "/v1"),
    "nothing": ({}, ""),
    "a-dot": ({"url": "."}, ""),
    "a-dot-before": ({"url": "./api/v1"}, "/api/v1"),
    "a-way-back": ({"url": "https://h/api/beta/../v1"}, "/api/v1"),
    "beside-the-document": ({"url": "../../v1"}, "/v1"),
    "above-the-root": ({"url": "/../.."}, ""),
    "no-text": ({"url": None}, ""),
    "a-list-for-a-text": ({"url": ["/v1"]}, ""),
    "no-text-by-default": ({"url": "/{v}", "variables": {"v": {"default": None}}}, "/{v}"),
    "no-variables": ({"url": "/v1", "variables": [None]}, "/v1"),
}


@pytest.mark.parametrize("name", PATHS)
def test_the_path_of_a_server(name: str) -> None:
    """It begins with a slash and ends without one, whatever the address before it is; what is compared and looked at is read alike."""
    server, path = PATHS[name]
    document = {"openapi": "3.1.0", "servers": [server], "paths": {"/things": {"get": {"responses": {}}}}}

    assert path_of_server(server) == path
    assert server_path(document) == path
    assert [each.prefix for each in operations_of(Document(document, "3.1"))] == [path]


def whole_path(document: dict[str, Any]) -> str:
    """The path of the one operation of a document's contract."""
    found = read_contract(
        document, source="c.json", version="v1", digest="d", locate=lambda path: path, neutral=frozenset()
    )
    (operation,) = found.operations.values()
    return operation.path


@pytest.mark.parametrize(
    ("servers", "path"),
    [
        ([None, {"url": "/v1"}], "/v1"),
        (["/v2", None, {"url": "/v1"}, {"url": "/v3"}], "/v1"),
        ([None], ""),
        ([], ""),
        (None, ""),
        ({"url": "/v1"}, ""),
    ],
)
def test_what_is_no_server_is_passed_over(servers: Any, path: str) -> None:
    """An entry that YAML left empty is none; all that ask for the path of a document pass it over."""
    document = {"openapi": "3.1.0", "servers": servers, "paths": {"/things": {"get": {"responses": {}}}}}

    assert server_path(document) == path
    assert [each.prefix for each in operations_of(Document(document, "3.1"))] == [path]
    assert whole_path(document) == f"{path}/things"


@pytest.mark.parametrize("base", ["/api/v1", "api/v1/", "/api/x/../v1", None, 7, "/"])
def test_a_base_path_is_read_as_the_path_of_a_server(base: Any) -> None:
    """The `basePath` of Swagger 2.0 is one path for all that ask."""
    document = {
        "swagger": "2.0",
        "basePath": base,
        "paths": {"/things": {"get": {"responses": {"200": {"description": ""}}}}},
    }
    path = "/api/v1" if isinstance(base, str) and base != "/" else ""

    assert server_path(document) == path
    assert whole_path(document) == f"{path}/things"


def test_a_version_behind_an_address_without_a_default_is_found() -> None:
    """`apiversion init` sees it as it sees any other."""
    found = in_paths([{"servers": [{"url": "{baseUrl}/api/v1"}], "paths": {"/things": {"get": {}}}}])

    assert found is not None
    assert (found.name, found.versions) == ("/api/{version}", ("v1",))
