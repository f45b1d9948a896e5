"""Writing a version's texts into a request, and taking a concrete path apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.core.policy.carriers import Carrier
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.core.policy.subjects import Version
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from pytest_apiversion.selection import carriers, select, served_path


def policy(
    *carriers: Carrier,
    scheme: str = "vN",
    base_path: str = "",
    names: Mapping[str, Mapping[str, str]] | None = None,
    neutral: frozenset[str] = frozenset(),
) -> Policy:
    """A policy with these carriers; `names` maps versions to their exceptional spellings."""
    versions = {
        name: Version(name=name, contract=None, lifecycle=Lifecycle(), spellings=spellings, order=order)
        for order, (name, spellings) in enumerate((names or {"v1": {}, "v2": {}}).items())
    }
    return Policy(
        name="Test",
        source="apiversion.toml",
        base_url=None,
        scheme=scheme,
        versions=versions,
        carriers={carrier.kind: carrier for carrier in carriers},
        base_path=base_path,
        neutral=neutral,
    )


PATH = Carrier(form=carriers()["path"], template="/api/{version}")
HEADER = Carrier(form=carriers()["header"], name="X-API-Version", spelling="{number}")
QUERY = Carrier(form=carriers()["query"], name="version")
ACCEPT = Carrier(form=carriers()["accept"], name="version", media_type="application/json")
ARAGORA = policy(PATH, HEADER, ACCEPT, base_path="/api", neutral=frozenset({"GET /openapi.json"}))

SELECTIONS = [
    ("/debates", (), "/api/debates", ()),
    ("/debates", (("path", "v2"),), "/api/v2/debates", ()),
    ("/debates", (("header", "2"),), "/api/debates", (("X-API-Version", "2"),)),
    ("/debates", (("path", "v1"), ("header", "2")), "/api/v1/debates", (("X-API-Version", "2"),)),
    ("/debates", (("header", "1"), ("header", "2")), "/api/debates", (("X-API-Version", "1"), ("X-API-Version", "2"))),
    ("/api/debates", (), "/api/debates", ()),
    ("/apikeys", (), "/api/apikeys", ()),
    ("/openapi.json", (), "/openapi.json", ()),
    ("/openapi.json", (("header", "2"),), "/openapi.json", (("X-API-Version", "2"),)),
]


@pytest.mark.parametrize(("path", "pairs", "full", "headers"), SELECTIONS)
def test_a_selection_makes_the_path_whole(
    path: str, pairs: tuple[tuple[str, str], ...], full: str, headers: tuple[tuple[str, str], ...]
) -> None:
    """Every pair is written; without one for the path the base path comes first, once, and not before neutral paths."""
    request = select(Request(method="GET", path=path), ARAGORA, pairs)

    assert (request.path, request.headers) == (full, headers)


def test_an_api_without_base_path_keeps_paths_as_they_are() -> None:
    """Where no base path is declared nothing is put before a path."""
    assert select(Request(method="GET", path="/x"), policy(HEADER), ()).path == "/x"


def test_an_undeclared_carrier_is_an_error_of_the_tool() -> None:
    """A plan that names a carrier the policy does not have is a bug here, not a finding about the service."""
    with pytest.raises(ToolError, match=re.escape("apiversion.toml has no carrier 'query'")):
        select(Request(method="GET", path="/x"), ARAGORA, (("query", "2"),))


LEGACY = policy(
    Carrier(form=carriers()["path"], template="/{version}", spelling="{number}"),
    names={"v1": {"path": "old"}, "v2": {}},
)
OPAQUE = policy(PATH, scheme="opaque", base_path="/api", names={"stable": {}, "beta": {}})

REALM = policy(
    Carrier(form=replace(carriers()["path"], kind="realm"), template="/api/{version}"), HEADER, base_path="/api"
)

PATHS = [
    (REALM, "/api/v2/debates/1?a", ("v2", "/debates/1?a")),
    (REALM, "/api/latest/debates", (None, "/latest/debates")),
    (ARAGORA, "/api/v2/debates/1", ("v2", "/debates/1")),
    (ARAGORA, "/api/v2", ("v2", "/")),
    (ARAGORA, "/api/v2/", ("v2", "/")),
    (ARAGORA, "/api/v9/debates", ("v9", "/debates")),
    (ARAGORA, "/api/v%32/debates", ("v2", "/debates")),
    (ARAGORA, "/api/debates/1", (None, "/debates/1")),
    (ARAGORA, "/api/V2/debates", (None, "/V2/debates")),
    (ARAGORA, "/api", (None, "/")),
    (ARAGORA, "/api/v2?page=2", ("v2", "?page=2")),
    (ARAGORA, "/apiary/v2", (None, "/apiary/v2")),
    (ARAGORA, "/v2/debates", (None, "/v2/debates")),
    (policy(HEADER, base_path="/v1"), "/v1/core/x", (None, "/core/x")),
    (policy(HEADER), "/v1/core/x", (None, "/v1/core/x")),
    (LEGACY, "/old/x", ("old", "/x")),
    (LEGACY, "/2/x", ("2", "/x")),
    (LEGACY, "/1/x", (None, "/1/x")),
    (LEGACY, "/v2/x", (None, "/v2/x")),
    (OPAQUE, "/api/stable/x", ("stable", "/x")),
    (OPAQUE, "/api/debates/x", (None, "/debates/x")),
]


@pytest.mark.parametrize(("api", "path", "parts"), PATHS, ids=[row[1] for row in PATHS])
def test_a_served_path_is_taken_apart(api: Policy, path: str, parts: tuple[str | None, str]) -> None:
    """The version stands where the template says and spells a version, declared or not; else there is none."""
    assert served_path(api, path) == parts


@pytest.mark.parametrize("path", ["/debates", "/", "/debates/a%2Fb", "/v1"])
@pytest.mark.parametrize("version", ["v1", "v2", "v99"])
def test_selecting_and_serving_are_inverse(path: str, version: str) -> None:
    """A path with a version written into it leads back to both."""
    assert served_path(ARAGORA, select(Request(method="GET", path=path), ARAGORA, [("path", version)]).path) == (
        version,
        path,
    )
