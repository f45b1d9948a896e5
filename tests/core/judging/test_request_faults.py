"""Requests with a wrong version and another fault: which are asked, what is said of them, and when that is another finding's to say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.checks import ambiguous_version, malformed_version, missing_version, unknown_version
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.judging.request_faults import stray_path
from pytest_apiversion.core.policy.credentials import Credential, CredentialField
from pytest_apiversion.core.policy.selection import Answer
from tests.checks.builders import (
    HEADER,
    PATH,
    THING,
    Row,
    answers,
    asked,
    error,
    exchange,
    operation,
    policy,
    rejects,
    response,
    said,
    scene,
)

ALL = frozenset({"credentials", "validation", "routing"})
KEYED: tuple[dict[str, tuple[str, ...]], ...] = ({"key": ()},)
OPERATIONS = (
    operation("GET /things", security=KEYED),
    operation("POST /things", answers(THING, status="201"), body_media_types=("application/json",)),
    operation("GET /open"),
    operation("GET /health", neutral=True),
)


def where(key: str, before: frozenset[str] = ALL, *, unsafe: bool = True) -> Scene:
    """A scene whose rejections go before these faults."""
    first: Answer = replace(rejects(404, code="NO"), before=before)
    key_of = Credential(
        name="key", scheme="key", fields=(CredentialField(kind="header", name="X-Key", value="s3cret", shown="$KEY"),)
    )
    rules = policy(
        PATH,
        HEADER,
        answers=dict.fromkeys(("missing", "unknown", "malformed", "conflicting", "duplicated"), first),
        credentials=(key_of,),
    )
    return scene(rules, "v2", key, operations=OPERATIONS, unsafe=unsafe, malformed={"header": ("nope", "V1")})


@pytest.mark.parametrize("check", [missing_version, unknown_version, malformed_version, ambiguous_version])
@pytest.mark.parametrize(
    ("key", "before", "faults"),
    [
        pytest.param("GET /things", ALL, {"", "credentials", "routing"}, id="the-first-operation"),
        pytest.param("POST /things", ALL, {"", "validation"}, id="one-with-a-body"),
        pytest.param("GET /open", ALL, {""}, id="one-that-needs-nothing"),
        pytest.param("GET /things", {"credentials"}, {"", "credentials"}, id="what-is-said"),
        pytest.param("GET /things", set(), {""}, id="nothing-said"),
    ],
)
def test_each_fault_is_tried_placedit_can_be(check: object, key: str, before: set[str], faults: set[str]) -> None:
    """The request as it is comes first, then one with each fault that the rejection goes before."""
    planned = asked(check.CHECK, where(key, frozenset(before)))  # type: ignore[attr-defined]

    assert {ask.fault for ask in planned} == faults
    assert {(ask.anonymous, ask.body, ask.path) for ask in planned if ask.fault == "credentials"} <= {
        (True, None, None)
    }
    assert {(ask.anonymous, ask.body) for ask in planned if ask.fault == "validation"} <= {(False, b"{")}
    assert {(ask.method, ask.path) for ask in planned if ask.fault == "routing"} <= {("GET", "/no-such-route-here")}


def test_a_service_of_somebody_else_gets_no_bodies() -> None:
    """Where only safe methods are sent, no write is asked wrongly either."""
    assert {ask.fault for ask in asked(unknown_version.CHECK, where("POST /things", unsafe=False))} == {""}


def faulty(check: Check, fault: str, status: int, *, plain: int | None = None) -> str | tuple[str, ...]:
    """What is said of an unknown version in a request with a fault, beside what one without got."""
    of = where("GET /things")
    probes = [exchange(of, response(status, error("NO")), Aim.UNKNOWN, via="header", probe="9973", fault=fault)]
    if plain is not None:
        probes.append(exchange(of, response(plain, error("NO")), Aim.UNKNOWN, via="header", probe="9973"))
    return said(check, Row(expected=(), scene=of, exchanges=tuple(probes)))


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("credentials", "an unknown version in a request without a credential gets 401 ('9973' in the header)"),
        ("validation", "an unknown version with a body that is none gets 401 ('9973' in the header)"),
        ("routing", "an unknown version with a path that nobody has gets 401 ('9973' in the header)"),
    ],
)
def test_the_fault_is_told(fault: str, words: str) -> None:
    """A finding says what else was wrong; the answer that was due is silent, and what is wrong anyway is told once."""
    assert faulty(unknown_version.CHECK, fault, 401) == (words,)
    assert faulty(unknown_version.CHECK, fault, 404) == "held"
    assert faulty(unknown_version.CHECK, fault, 401, plain=404) == (words,)
    assert faulty(unknown_version.CHECK, fault, 401, plain=401) == "yielded"


def test_the_place_is_what_promises_it() -> None:
    """It is `before`, and not the rejection itself."""
    of = where("GET /things")
    probe = exchange(of, response(401), Aim.UNKNOWN, via="header", probe="9973", fault="credentials")
    assert unknown_version.CHECK.judge is not None

    assert [broken.place for broken in unknown_version.CHECK.judge(probe, of) or ()] == ["versioning.wrong.before"]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        pytest.param(["/things", "/things/{id}"], "/no-such-route-here", id="nothing-in-common"),
        pytest.param(["/v1/things", "/v1/users/{id}"], "/v1/no-such-route-here", id="a-mount"),
        pytest.param(["/shop/eu/things", "/shop/eu/users"], "/shop/no-such-route-here", id="the-first-of-two"),
        pytest.param(["/shop/v1/a/things", "/shop/v1/a/users"], "/shop/v1/no-such-route-here", id="a-decoy"),
        pytest.param(["/v1/{id}", "/v1/{id}/users"], "/no-such-route-here", id="anything-fits-there"),
        pytest.param(["/{tenant}/things", "/{tenant}/users"], "/no-such-route-here", id="a-parameter-in-common"),
        pytest.param(["/a/v1/things", "/b/v1/things"], "/no-such-route-here", id="alike-behind-a-difference"),
        pytest.param(["/things"], "/no-such-route-here", id="one-path"),
    ],
)
def test_a_path_that_nobody_has_stands_where_the_api_would_have_it(paths: list[str], expected: str) -> None:
    """What stands beside the paths of an API belongs to another application, whose 404 knows nothing of versions."""
    operations = [*(operation(f"GET {path}") for path in paths), operation("GET /healthz", neutral=True)]
    by_header, by_path = policy(HEADER, decoys=("v1",)), policy(PATH)

    assert stray_path(scene(by_header, "v2", None, operations=operations)) == expected
    assert stray_path(scene(by_path, "v2", None, operations=operations)) == "/no-such-route-here"
