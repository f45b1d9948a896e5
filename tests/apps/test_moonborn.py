"""The Moonborn reference server keeps every promise of its policy, and each planted bug breaks exactly one."""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pytest
import requests
from schemathesis import GenerationMode

from pytest_apiversion.shell.policy_file.load import load_policy
from tests.apps import moonborn_probes as probes
from tests.apps.girard_fields import CAPACITY
from tests.apps.girard_loop import Probe, expand, hold, packed, send, transcript, utc
from tests.apps.kit import MAX_BODY, serving
from tests.apps.moonborn import (
    BUGS,
    CONTRACTS,
    ENVIRONMENT,
    V1_DEPRECATED,
    V1_RELEASED,
    V1_SUNSET,
    V2_RELEASED,
    contract,
    create_app,
)
from tests.thorough import sample, some

TOKEN, JSON, PERSONA, MEMORY = probes.TOKEN, probes.JSON, probes.PERSONA, probes.MEMORY


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The base URL of an honest server while v1 is deprecated."""
    with serving(create_app(today=utc(probes.DEPRECATED))) as base:
        yield base


@pytest.fixture(scope="module")
def after() -> Iterator[str]:
    """The base URL of an honest server on the day v1 is removed."""
    with serving(create_app(today=utc(probes.SUNSET))) as base:
        yield base


def error_of(body: bytes, *more: str) -> dict[str, Any]:
    """The error in a body that must be the envelope, with the `more` members, and nothing else."""
    envelope = json.loads(body)
    assert envelope.keys() == {"error"}
    assert envelope["error"].keys() == {"code", "message", "requestId", *more}
    assert all(isinstance(value, str) and value for value in envelope["error"].values())
    return dict(envelope["error"])


def new_ids(base: str) -> Mapping[str, str]:
    """The ids of a persona and a memory made for the occasion."""
    body: dict[str, Any] = {"displayName": "Made", "archetype": "sage"}
    persona = requests.post(f"{base}/v2/personas", json=body, headers=TOKEN, timeout=10).json()["id"]
    body = {"content": "x", "kind": "fact"}
    memory = requests.post(f"{base}/v2/personas/{persona}/memories", json=body, headers=TOKEN, timeout=10).json()["id"]
    return {"personaId": persona, "memoryId": memory}


@functools.cache
def honest_transcript(day: str) -> dict[str, str]:
    """What the server without bugs answers on `day`."""
    return transcript(create_app(today=utc(day)), probes.PROBES)


_VALID, _INVALID = (GenerationMode.POSITIVE, some(30, 3)), (GenerationMode.NEGATIVE, some(20, 3))


@pytest.mark.parametrize(("version", "drawing"), sample(product(["v1", "v2"], [_VALID, _INVALID]), 3))
def test_contract_and_server_agree(url: str, version: str, drawing: tuple[GenerationMode, int]) -> None:
    """Whatever a contract allows is served, whatever it forbids is refused, and every answer is as it says."""
    mode, examples = drawing
    document = contract(version)
    sent = hold(document, url, TOKEN, lambda: new_ids(url), mode=mode, examples=examples)
    operations = {f"{method.upper()} {path}" for path, item in document["paths"].items() for method in item}
    plain = {f"GET /{version}/version", "GET /openapi.json"} & operations  # take nothing, so nothing can be wrong
    assert sent.keys() | plain == operations
    assert min(sent[operation] for operation in operations - plain) >= examples // 2


@pytest.mark.parametrize("bug", sample(BUGS, 6))
def test_bug_breaks_one_promise(bug: str) -> None:
    """A planted bug changes the answers it is about, and no other."""
    day, symptom = probes.SYMPTOMS[bug]
    honest = honest_transcript(day)
    broken = transcript(create_app(today=utc(day), bugs=frozenset({bug})), probes.PROBES)
    assert {name for name in honest if honest[name] != broken[name]} == expand(symptom, honest)


def test_unknown_bug_is_refused() -> None:
    """Planting a bug that does not exist is an error, or a test would pass for nothing."""
    with pytest.raises(ValueError, match="no such bugs: mistyped"):
        create_app(today=utc(probes.DEPRECATED), bugs=frozenset({"mistyped"}))


LIST = "/v2/personas"
MEMORIES = f"/v2/personas/{PERSONA}/memories"
HOSTILE: dict[str, tuple[Probe, int, str]] = {
    "broken-json": (("POST", LIST, JSON, b'{"displayName": '), 400, "invalid_json"),
    "array": (("POST", LIST, JSON, b"[]"), 400, "invalid_json"),
    "empty": (("POST", LIST, JSON, b""), 400, "invalid_json"),
    "not-utf-8": (("POST", LIST, JSON, b'{"displayName": "\xff"}'), 400, "invalid_json"),
    "nan": (("POST", MEMORIES, JSON, b'{"content":"x","kind":"fact","importance":NaN}'), 400, "invalid_json"),
    "deep": (("POST", LIST, JSON, b'{"displayName":' + b"[" * 200_000), 400, "invalid_json"),
    "digits": (("POST", MEMORIES, JSON, b'{"importance":' + b"1" * 10_000 + b"}"), 400, "invalid_json"),
    "infinite": (
        ("POST", MEMORIES, JSON, b'{"content":"x","kind":"fact","importance":1e999}'),
        400,
        "validation_failed",
    ),
    "true-is-no-number": (
        ("POST", MEMORIES, JSON, packed({"content": "x", "kind": "fact", "importance": True})),
        400,
        "validation_failed",
    ),
    "one-is-not-true": (
        ("POST", MEMORIES, JSON, packed({"content": "x", "kind": "fact", "pinned": 1})),
        400,
        "validation_failed",
    ),
    "same-traits": (
        ("POST", LIST, JSON, packed({"displayName": "x", "archetype": "sage", "traits": ["a", "a"]})),
        400,
        "validation_failed",
    ),
    "v1-names-in-v2": (("POST", LIST, JSON, packed({"name": "x", "archetype": "sage"})), 400, "validation_failed"),
    "v1-voice-in-v2": (
        ("POST", LIST, JSON, packed({"displayName": "x", "archetype": "sage", "voice": "calm"})),
        400,
        "validation_failed",
    ),
    "too-large": (("POST", LIST, JSON, packed({"displayName": "x" * MAX_BODY})), 413, "payload_too_large"),
    "text": (("POST", LIST, {**TOKEN, "Content-Type": "text/plain"}, b"{}"), 415, "unsupported_media_type"),
    "padded-page": (("GET", f"{LIST}?page=01", TOKEN, None), 400, "invalid_parameter"),
    "arabic-page": (("GET", f"{LIST}?page=%D9%A1", TOKEN, None), 400, "invalid_parameter"),
    "page-twice": (("GET", f"{LIST}?page=1&page=2", TOKEN, None), 400, "invalid_parameter"),
    "nul-in-id": (("GET", f"{LIST}/%00", TOKEN, None), 404, "not_found"),
    "bytes-in-id": (("GET", f"{LIST}/%FF%FE", TOKEN, None), 404, "not_found"),
    "long-id": (("GET", f"{LIST}/{'x' * 60_000}", TOKEN, None), 404, "not_found"),
    "trailing-slash": (("GET", f"{LIST}/", TOKEN, None), 404, "not_found"),
    "bare-version": (("GET", "/v2", TOKEN, None), 404, "not_found"),
    "options": (("OPTIONS", LIST, TOKEN, None), 405, "method_not_allowed"),
    "invented-method": (("BREW", LIST, TOKEN, None), 405, "method_not_allowed"),
    "wrong-token": (("GET", LIST, {"Authorization": "Bearer wrong"}, None), 401, "unauthorized"),
    "basic": (("GET", LIST, {"Authorization": "Basic eDp5"}, None), 401, "unauthorized"),
    "empty-authorization": (("GET", LIST, {"Authorization": ""}, None), 401, "unauthorized"),
}


@pytest.mark.parametrize(("probe", "status", "code"), HOSTILE.values(), ids=HOSTILE)
def test_every_refusal_wears_the_envelope(url: str, probe: Probe, status: int, code: str) -> None:
    """However a request is wrong, the answer is JSON in the one envelope, with its code."""
    got, headers, body = send(url, probe)
    assert (got, headers["content-type"]) == (status, "application/json")
    assert error_of(body)["code"] == code
    assert headers.get("allow") == ("GET, HEAD, POST" if status == 405 else None)
    assert headers.get("www-authenticate") == ('Bearer realm="moonborn"' if status == 401 else None)


@pytest.mark.parametrize(
    "version",
    ["v0", "v01", "V1", "v1.3", "v1.4.2", "v3", "v", "1", "api", "v%D9%A2", "v1%20", "%20v1", "v1%0A", "v" + "9" * 400],
)
@pytest.mark.parametrize("headers", [{}, probes.AS_V2], ids=["bare", "good-header"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_undeclared_version_is_unknown(url: str, version: str, headers: dict[str, str], method: str) -> None:
    """A version that nobody declared is 404 version_unknown, whatever a header says; a minor one is no version."""
    status, answered, body = send(url, (method, f"/{version}/personas", headers, None))
    assert (status, error_of(body)["code"]) == (404, "version_unknown")
    assert not answered.keys() & {"deprecation", "sunset"}


@pytest.mark.parametrize("path", ["/", "/personas", f"/personas/{PERSONA}", "/memories/x", "/version"])
def test_unversioned_path_is_not_found(url: str, path: str) -> None:
    """Nothing but the OpenAPI document answers without a version in its path."""
    status, _, body = send(url, ("GET", path, TOKEN, None))
    assert (status, error_of(body)["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("headers", "query"),
    [
        ({"X-API-Version": "1.3"}, ""),
        ({"X-API-Version": "v2"}, ""),
        ({}, "&version=1.3"),
        ({"Accept": "*/*; version=2"}, ""),
    ],
    ids=["minor-header", "other-header", "query", "accept"],
)
def test_path_alone_names_the_version(url: str, headers: dict[str, str], query: str) -> None:
    """There is no way to ask for another version, or for a minor one, than the path."""
    plain = send(url, ("GET", "/v1/personas?pageSize=3", TOKEN, None))
    assert send(url, ("GET", f"/v1/personas?pageSize=3{query}", {**TOKEN, **headers}, None))[2] == plain[2]


ANNOUNCED: dict[str, tuple[Probe, int]] = {
    "list": (("GET", "/v1/personas", TOKEN, None), 200),
    "head": (("HEAD", f"/v1/memories/{MEMORY}", TOKEN, None), 200),
    "version": (("GET", "/v1/version", {}, None), 200),
    "no-such": (("GET", "/v1/personas/nobody", TOKEN, None), 404),
    "no-token": (("GET", "/v1/personas", {}, None), 401),
    "no-route": (("GET", "/v1/nowhere", TOKEN, None), 404),
    "bare": (("GET", "/v1", TOKEN, None), 404),
    "wrong-method": (("PUT", "/v1/personas", TOKEN, None), 405),
    "broken": (("POST", "/v1/personas", JSON, b"{"), 400),
}


@pytest.mark.parametrize(("probe", "status"), ANNOUNCED.values(), ids=ANNOUNCED)
def test_deprecated_version_says_so(url: str, probe: Probe, status: int) -> None:
    """Every answer of v1 says that it is deprecated and when it ends; errors do too."""
    got, headers, _ = send(url, probe)
    assert got == status
    assert (headers["deprecation"], headers["sunset"]) == ("true", "Sun, 16 May 2027 00:00:00 GMT")


@pytest.mark.parametrize(
    ("today", "v1", "deprecated", "v2"),
    [
        pytest.param("2025-05-15T23:59:59", 404, False, 404, id="before-v1"),
        pytest.param("2025-05-16", 200, False, 404, id="v1-released"),
        pytest.param("2026-05-15T23:59:59", 200, False, 404, id="eve-of-v2"),
        pytest.param("2026-05-16", 200, False, 200, id="v2-released"),
        pytest.param("2026-11-15T23:59:59", 200, False, 200, id="eve-of-deprecation"),
        pytest.param("2026-11-16", 200, True, 200, id="deprecated"),
        pytest.param("2027-05-15T23:59:59", 200, True, 200, id="last-second"),
        pytest.param("2027-05-16", 410, False, 200, id="removed"),
        pytest.param("2028-02-29", 410, False, 200, id="long-after"),
    ],
)
def test_life_of_the_versions(today: str, v1: int, deprecated: bool, v2: int) -> None:  # noqa: FBT001
    """Each version is planned, live, deprecated and removed on its day, to the second, UTC."""
    with serving(create_app(today=utc(today))) as base:
        for path in ("/personas", "/version"):
            status, headers, _ = send(base, ("GET", f"/v1{path}", TOKEN, None))
            assert (status, "deprecation" in headers, "sunset" in headers) == (v1, deprecated, deprecated)
            status, headers, _ = send(base, ("GET", f"/v2{path}", TOKEN, None))
            assert (status, "deprecation" in headers) == (v2, False)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"])
@pytest.mark.parametrize("path", ["", "/", "/personas", f"/personas/{PERSONA}", "/version", "/nowhere"])
@pytest.mark.parametrize("headers", [TOKEN, {}], ids=["token", "no-token"])
def test_removed_version_is_gone(after: str, method: str, path: str, headers: dict[str, str]) -> None:
    """After its sunset v1 answers 410 version_removed to everything, and says where to migrate."""
    status, _, body = send(after, (method, f"/v1{path}", headers, None))
    assert status == 410
    assert body == b"" if method == "HEAD" else error_of(body, "migration")["code"] == "version_removed"


def test_migration_pointer_lives(after: str) -> None:
    """Where the 410 sends people there is an answer, without a credential."""
    pointer = error_of(send(after, ("GET", "/v1/personas", {}, None))[2], "migration")["migration"]
    assert pointer.startswith("/v2/")
    assert send(after, ("GET", pointer, {}, None))[0] == 200


def test_removed_version_does_nothing(after: str) -> None:
    """What is answered 410 leaves no trace."""
    listing: Probe = ("GET", "/v2/personas", TOKEN, None)
    before = send(after, listing)[2]
    assert send(after, ("POST", "/v1/personas", JSON, packed(probes.V1_BODY)))[0] == 410
    assert send(after, ("DELETE", f"/v1/personas/{PERSONA}", TOKEN, None))[0] == 410
    assert send(after, listing)[2] == before


@pytest.mark.parametrize(("version", "number"), [("v1", "1.4.2"), ("v2", "2.1.0")])
@pytest.mark.parametrize("today", ["2026-05-16", probes.DEPRECATED])
def test_version_endpoint(version: str, number: str, today: str) -> None:
    """Everyone may ask which release answers: semver of the path's major, a commit, a moment in the past."""
    with serving(create_app(today=utc(today))) as base:
        status, _, body = send(base, ("GET", f"/{version}/version", {}, None))
    shown = json.loads(body)
    assert (status, shown.keys()) == (200, {"apiVersion", "buildSha", "deployedAt"})
    assert shown["apiVersion"] == number
    assert re.fullmatch(r"[0-9a-f]{40}", shown["buildSha"])
    assert re.fullmatch(r"[0-9-]{10}T[0-9:]{8}Z", shown["deployedAt"])
    assert dt.datetime.fromisoformat(shown["deployedAt"]) < utc(today)


def test_versions_share_their_records(url: str) -> None:
    """A persona made in v1 is the same in v2, with its renamed and retyped members."""
    sent = {"name": "Nyx", "archetype": "rebel", "warmth": 35, "voice": "bright", "traits": ["dry"]}
    status, headers, made = send(url, ("POST", "/v1/personas", JSON, packed(sent)))
    shown = json.loads(made)
    assert (status, headers["location"]) == (201, f"/v1/personas/{shown['id']}")
    assert sent.items() <= shown.items()
    renewed = json.loads(send(url, ("GET", f"/v2/personas/{shown['id']}", TOKEN, None))[2])
    assert renewed["displayName"] == "Nyx"
    assert (renewed["warmth"], renewed["voice"]) == (0.35, {"tone": "bright", "speed": 1.0})
    assert "name" not in renewed


@pytest.mark.parametrize("member", ["warmth", "importance"])
def test_v1_numbers_survive(url: str, member: str) -> None:
    """Whole numbers of v1 come back as they were sent, though they are stored as shares of one."""
    ids = new_ids(url)
    for value in range(1, 11):
        if member == "warmth":
            probe: Probe = ("PATCH", f"/v1/personas/{ids['personaId']}", JSON, packed({member: value * 10 - 3}))
            expected = value * 10 - 3
        else:
            body = packed({"text": "x", "kind": "fact", member: value})
            probe, expected = ("PUT", f"/v1/memories/{ids['memoryId']}", JSON, body), value
        assert json.loads(send(url, probe)[2])[member] == expected


def test_record_lives_and_dies(url: str) -> None:
    """What is created can be read, listed first, changed, cloned and deleted; then it is gone."""
    ids = new_ids(url)
    path = f"/v2/personas/{ids['personaId']}"
    listed = json.loads(send(url, ("GET", "/v2/personas?pageSize=1", TOKEN, None))[2])["items"]
    assert [item["id"] for item in listed] == [ids["personaId"]]
    changed = json.loads(send(url, ("PATCH", path, JSON, packed({"isPublic": True})))[2])
    assert (changed["isPublic"], changed["displayName"], changed["memoryCount"]) == (True, "Made", 1)
    clone = json.loads(send(url, ("POST", f"{path}/clone", JSON, packed({"displayName": None})))[2])
    assert (clone["displayName"], clone["isPublic"], clone["memoryCount"]) == ("Made", True, 0)
    for gone in (f"/v2/memories/{ids['memoryId']}", path):
        assert send(url, ("DELETE", gone, TOKEN, None))[::2] == (204, b"")
        assert send(url, ("GET", gone, TOKEN, None))[0] == 404


def test_pro_tier_sees_more(url: str) -> None:
    """The free tier is shown the shape of the contract; the pro tier one member more, in v2 only."""
    free, pro = (send(url, ("GET", f"/v2/personas/{PERSONA}", head, None))[2] for head in (TOKEN, probes.PRO))
    assert json.loads(free).keys() == contract("v2")["components"]["schemas"]["Persona"]["properties"].keys()
    assert json.loads(pro).keys() - json.loads(free).keys() == {"insights"}
    older = [send(url, ("GET", f"/v1/personas/{PERSONA}", head, None))[2] for head in (TOKEN, probes.PRO)]
    assert older[0] == older[1]


@pytest.mark.parametrize(("today", "version"), [("2026-05-15", "v1"), (probes.DEPRECATED, "v2"), (probes.SUNSET, "v2")])
def test_document_describes_the_newest_version(today: str, version: str) -> None:
    """`/openapi.json` is the contract of the newest released version, for everyone."""
    with serving(create_app(today=utc(today))) as base:
        assert json.loads(send(base, ("GET", "/openapi.json", {}, None))[2]) == contract(version)
        status, headers, body = send(base, ("DELETE", "/openapi.json", {}, None))
        assert (status, headers["allow"], error_of(body)["code"]) == (405, "GET, HEAD", "method_not_allowed")


def test_store_stays_small() -> None:
    """However much is created, the store keeps the seeded records and the newest others."""
    store = create_app(today=utc(probes.DEPRECATED)).store
    for _ in range(CAPACITY + 5):
        newest = store.add_memory(PERSONA, {"content": "x"})
    kept = list(store.memories.records)
    assert len(kept) == CAPACITY + 5
    assert (kept[0], kept[-1]) == (MEMORY, newest["id"])
    assert kept[5].endswith("000000000011")


def test_environment_names_the_tokens() -> None:
    """The environment a run needs holds the tokens the server takes."""
    assert {TOKEN["Authorization"], probes.PRO["Authorization"]} == {
        f"Bearer {value}" for value in ENVIRONMENT.values()
    }


def test_policy_file_has_the_dates_of_the_server() -> None:
    """What the policy file declares is what the server lives by."""
    environment = {**ENVIRONMENT, "MOONBORN_URL": "http://127.0.0.1:1"}
    policy = load_policy(CONTRACTS / "apiversion.toml", environment)
    lives = {version: policy.lifecycle(version).milestones() for version in policy.versions}
    assert lives == {
        "v1": (("released", V1_RELEASED), ("deprecated", V1_DEPRECATED), ("sunset", V1_SUNSET)),
        "v2": (("released", V2_RELEASED),),
    }
