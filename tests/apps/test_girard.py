"""The Girard reference server keeps every promise of its policy, and each planted bug breaks exactly one."""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pytest
import requests
from schemathesis import GenerationMode

from pytest_apiversion.shell.policy_file.load import load_policy
from tests.apps import girard_probes as probes
from tests.apps.girard import (
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
from tests.apps.girard_fields import CAPACITY
from tests.apps.girard_loop import Probe, expand, hold, packed, send, transcript, utc
from tests.apps.kit import MAX_BODY, serving
from tests.thorough import sample, some

KEY, JSON = probes.KEY, probes.JSON
COUNTED = ("x-ratelimit-remaining",)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The base URL of an honest server while v1 is deprecated."""
    with serving(create_app(today=utc(probes.DEPRECATED))) as base:
        yield base


@pytest.fixture(scope="module")
def after() -> Iterator[str]:
    """The base URL of an honest server on the day v1 is gone."""
    with serving(create_app(today=utc(probes.SUNSET))) as base:
        yield base


def error_of(body: bytes) -> dict[str, Any]:
    """The error in a body that must be the envelope and nothing else."""
    envelope = json.loads(body)
    assert envelope.keys() == {"success", "error"}
    assert envelope["success"] is False
    assert envelope["error"].keys() == {"code", "message", "details", "hint"}
    assert isinstance(envelope["error"]["details"], dict)
    return dict(envelope["error"])


def new_ids(base: str) -> Mapping[str, str]:
    """The ids of a workflow and a run made for the occasion."""
    listed = f"{base}/api/v2/workflows"
    made = requests.post(listed, json={"name": "Made"}, headers=KEY, timeout=10).json()["data"]["id"]
    body = {"prompt": "x", "config": {"model": "gpt-4"}}
    run = requests.post(f"{listed}/{made}/execute", json=body, headers=KEY, timeout=10).json()["data"]["id"]
    return {"workflowId": made, "runId": run}


@functools.cache
def honest_transcript(day: str) -> dict[str, str]:
    """What the server without bugs answers on `day`."""
    return transcript(create_app(today=utc(day)), probes.PROBES, hidden=COUNTED)


_VALID, _INVALID = (GenerationMode.POSITIVE, some(30, 3)), (GenerationMode.NEGATIVE, some(20, 3))


@pytest.mark.parametrize(("version", "drawing"), sample(product(["v1", "v2"], [_VALID, _INVALID]), 3))
def test_contract_and_server_agree(url: str, version: str, drawing: tuple[GenerationMode, int]) -> None:
    """Whatever a contract allows is served, whatever it forbids is refused, and every answer is as it says."""
    mode, examples = drawing
    document = contract(version)
    sent = hold(document, f"{url}/api/{version}", KEY, lambda: new_ids(url), mode=mode, examples=examples)
    operations = {f"{method.upper()} {path}" for path, item in document["paths"].items() for method in item}
    assert sent.keys() == operations
    assert min(sent.values()) >= examples // 2


@pytest.mark.parametrize("bug", sample(BUGS, 6))
def test_bug_breaks_one_promise(bug: str) -> None:
    """A planted bug changes the answers it is about, and no other."""
    day, symptom = probes.SYMPTOMS[bug]
    honest = honest_transcript(day)
    broken = transcript(create_app(today=utc(day), bugs=frozenset({bug})), probes.PROBES, hidden=COUNTED)
    assert {name for name in honest if honest[name] != broken[name]} == expand(symptom, honest)


def test_unknown_bug_is_refused() -> None:
    """Planting a bug that does not exist is an error, or a test would pass for nothing."""
    with pytest.raises(ValueError, match="no such bugs: mistyped"):
        create_app(today=utc(probes.DEPRECATED), bugs=frozenset({"mistyped"}))


BODY_PATH = "/api/v2/workflows"
HOSTILE: dict[str, tuple[Probe, int, str]] = {
    "broken-json": (("POST", BODY_PATH, JSON, b'{"name": '), 400, "INVALID_JSON"),
    "array": (("POST", BODY_PATH, JSON, b"[]"), 400, "INVALID_JSON"),
    "null": (("POST", BODY_PATH, JSON, b"null"), 400, "INVALID_JSON"),
    "empty": (("POST", BODY_PATH, JSON, b""), 400, "INVALID_JSON"),
    "not-utf-8": (("POST", BODY_PATH, JSON, b'{"name": "\xff"}'), 400, "INVALID_JSON"),
    "nan": (("POST", BODY_PATH, JSON, b'{"name": NaN}'), 400, "INVALID_JSON"),
    "deep": (("POST", BODY_PATH, JSON, b'{"name":' + b"[" * 200_000), 400, "INVALID_JSON"),
    "digits": (("POST", BODY_PATH, JSON, b'{"name":' + b"1" * 10_000 + b"}"), 400, "INVALID_JSON"),
    "big-integer": (
        (
            "POST",
            f"{BODY_PATH}/wf_000001/execute",
            JSON,
            packed({"prompt": "x", "config": {"model": "gpt-4"}, "priority": 10**400}),
        ),
        422,
        "VALIDATION_ERROR",
    ),
    "infinite": (
        (
            "POST",
            f"{BODY_PATH}/wf_000001/execute",
            JSON,
            b'{"prompt":"x","config":{"model":"gpt-4","temperature":1e999}}',
        ),
        422,
        "VALIDATION_ERROR",
    ),
    "true-is-no-integer": (
        (
            "POST",
            f"{BODY_PATH}/wf_000001/execute",
            JSON,
            packed({"prompt": "x", "config": {"model": "gpt-4"}, "priority": True}),
        ),
        422,
        "VALIDATION_ERROR",
    ),
    "too-large": (("POST", BODY_PATH, JSON, packed({"name": "x" * MAX_BODY})), 413, "PAYLOAD_TOO_LARGE"),
    "text": (
        ("POST", BODY_PATH, {**KEY, "Content-Type": "text/plain"}, packed({"name": "x"})),
        415,
        "UNSUPPORTED_MEDIA_TYPE",
    ),
    "untyped": (("POST", BODY_PATH, KEY, packed({"name": "x"})), 415, "UNSUPPORTED_MEDIA_TYPE"),
    "padded-limit": (("GET", f"{BODY_PATH}?limit=05", KEY, None), 400, "INVALID_PARAMETER"),
    "arabic-limit": (("GET", f"{BODY_PATH}?limit=%D9%A5", KEY, None), 400, "INVALID_PARAMETER"),
    "limit-twice": (("GET", f"{BODY_PATH}?limit=5&limit=6", KEY, None), 400, "INVALID_PARAMETER"),
    "limit-too-large": (("GET", f"{BODY_PATH}?limit=101", KEY, None), 400, "INVALID_PARAMETER"),
    "unknown-status": (("GET", f"{BODY_PATH}?status=ACTIVE", KEY, None), 400, "INVALID_PARAMETER"),
    "nul-in-id": (("GET", f"{BODY_PATH}/wf%00", KEY, None), 404, "NOT_FOUND"),
    "newline-in-id": (("GET", "/api/v1/workflows/wf%0D%0AX-Evil:%201", KEY, None), 404, "NOT_FOUND"),
    "bytes-in-id": (("GET", "/api/v1/workflows/%FF%FE", KEY, None), 404, "NOT_FOUND"),
    "long-id": (("GET", f"/api/v1/workflows/{'x' * 60_000}", KEY, None), 404, "NOT_FOUND"),
    "trailing-slash": (("GET", f"{BODY_PATH}/", KEY, None), 404, "NOT_FOUND"),
    "options": (("OPTIONS", BODY_PATH, KEY, None), 405, "METHOD_NOT_ALLOWED"),
    "invented-method": (("BREW", BODY_PATH, KEY, None), 405, "METHOD_NOT_ALLOWED"),
    "wrong-key": (("GET", BODY_PATH, {"X-API-Key": "grd_test_wrong"}, None), 401, "UNAUTHORIZED"),
    "empty-key": (("GET", BODY_PATH, {"X-API-Key": ""}, None), 401, "UNAUTHORIZED"),
}


@pytest.mark.parametrize(("probe", "status", "code"), HOSTILE.values(), ids=HOSTILE)
def test_every_refusal_wears_the_envelope(url: str, probe: Probe, status: int, code: str) -> None:
    """However a request is wrong, the answer is JSON in the one envelope, with its code and the rate limit headers."""
    got, headers, body = send(url, probe)
    assert (got, headers["content-type"]) == (status, "application/json")
    assert error_of(body)["code"] == code
    assert headers["x-ratelimit-limit"] == "100000"
    assert "x-evil" not in headers
    if status == 405:
        assert headers["allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("name", ["3.0", "-0", "3e0"])
def test_whole_numbers_are_integers(url: str, name: str) -> None:
    """`3.0` is an integer to JSON Schema, and so to the server."""
    body = f'{{"prompt": "x", "config": {{"model": "gpt-4"}}, "priority": {name}}}'.encode()
    status, _, answer = send(url, ("POST", "/api/v2/workflows/wf_000001/execute", JSON, body))
    assert status == 202
    assert isinstance(json.loads(answer)["data"]["priority"], int)


@pytest.mark.parametrize(
    "version",
    [
        "v0",
        "v01",
        "V1",
        "v1.0",
        "v-1",
        "v3",
        "v10",
        "v",
        "1",
        "latest",
        "v%D9%A2",
        "v1%20",
        "%20v1",
        "v1%0A",
        "v" + "9" * 400,
        "..%2f",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "BREW"])
def test_undeclared_version_is_not_found(url: str, version: str, method: str) -> None:
    """A version that nobody declared, however it is written, is 404 VERSION_NOT_FOUND before anything else is looked at."""
    status, headers, body = send(url, (method, f"/api/{version}/workflows", {}, None))
    assert (status, error_of(body)["code"]) == (404, "VERSION_NOT_FOUND")
    assert not {name for name in headers if name.startswith("x-api-")}


@pytest.mark.parametrize(
    "path", ["/api/workflows", "/api/runs/run_000001", "/api", "/api/", "/", "/workflows", "/v1/workflows"]
)
def test_unversioned_path_is_not_found(url: str, path: str) -> None:
    """Nothing answers without a version in its path."""
    status, _, body = send(url, ("GET", path, KEY, None))
    assert (status, error_of(body)["code"]) == (404, "NOT_FOUND")


ANNOUNCED: dict[str, tuple[Probe, int, str]] = {
    "list": (("GET", "/api/v1/workflows", KEY, None), 200, "/api/v2/workflows"),
    "read": (("GET", "/api/v1/workflows/wf_000001", KEY, None), 200, "/api/v2/workflows/wf_000001"),
    "run": (("HEAD", "/api/v1/runs/run_000001", KEY, None), 200, "/api/v2/runs/run_000001"),
    "no-such": (("GET", "/api/v1/runs/run_999999", KEY, None), 404, "/api/v2/runs/run_999999"),
    "no-key": (("GET", "/api/v1/runs/run_000001", {}, None), 401, "/api/v2/runs/run_000001"),
    "no-route": (("GET", "/api/v1/nowhere", KEY, None), 404, "/api/v2/workflows"),
    "bare": (("GET", "/api/v1", KEY, None), 404, "/api/v2/workflows"),
    "wrong-method": (("POST", "/api/v1/runs/run_000001", KEY, None), 405, "/api/v2/runs/run_000001"),
    "broken": (("POST", "/api/v1/workflows", JSON, b"{"), 400, "/api/v2/workflows"),
}


@pytest.mark.parametrize(("probe", "status", "successor"), ANNOUNCED.values(), ids=ANNOUNCED)
def test_deprecated_version_says_so(url: str, probe: Probe, status: int, successor: str) -> None:
    """Every answer of v1 says that it is deprecated, when it ends and where to go; errors do too."""
    got, headers, _ = send(url, probe)
    assert got == status
    assert headers["x-api-deprecated"] == "true"
    assert headers["x-api-sunset"] == "2027-01-15T00:00:00Z"
    assert headers["x-api-deprecation-notice"] == f"This endpoint is deprecated. Migrate to {successor}"


@pytest.mark.parametrize(
    ("today", "v1", "deprecated", "soon", "v2"),
    [
        pytest.param("2026-01-04T23:59:59", 404, False, False, 404, id="before-v1"),
        pytest.param("2026-01-05", 200, False, False, 404, id="v1-released"),
        pytest.param("2026-01-14T23:59:59", 200, False, False, 404, id="eve-of-v2"),
        pytest.param("2026-01-15", 200, True, False, 200, id="v2-released"),
        pytest.param("2026-12-15T23:59:59", 200, True, False, 200, id="31-days-left"),
        pytest.param("2026-12-16", 200, True, True, 200, id="30-days-left"),
        pytest.param("2027-01-14T23:59:59", 200, True, True, 200, id="last-second"),
        pytest.param("2027-01-15", 410, False, False, 200, id="sunset"),
        pytest.param("2028-02-29", 410, False, False, 200, id="long-after"),
    ],
)
def test_life_of_the_versions(today: str, v1: int, deprecated: bool, soon: bool, v2: int) -> None:  # noqa: FBT001
    """Each version is planned, live, deprecated and gone on its day, to the second, UTC."""
    with serving(create_app(today=utc(today))) as base:
        status, headers, _ = send(base, ("GET", "/api/v1/workflows", KEY, None))
        assert (status, "x-api-deprecated" in headers, "warning" in headers) == (v1, deprecated, soon)
        status, headers, _ = send(base, ("GET", "/api/v2/workflows", KEY, None))
        assert (status, "x-api-deprecated" in headers) == (v2, False)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"])
@pytest.mark.parametrize("path", ["", "/", "/workflows", "/workflows/wf_000001", "/runs/run_000001", "/nowhere"])
@pytest.mark.parametrize("headers", [KEY, {}], ids=["key", "no-key"])
def test_sunset_version_is_gone(after: str, method: str, path: str, headers: dict[str, str]) -> None:
    """After its sunset v1 answers 410 VERSION_DEPRECATED to everything, before it looks at key or body."""
    status, _, body = send(after, (method, f"/api/v1{path}", headers, None))
    assert status == 410
    assert body == b"" if method == "HEAD" else error_of(body)["code"] == "VERSION_DEPRECATED"


def test_sunset_version_does_nothing(after: str) -> None:
    """What is answered 410 leaves no trace."""
    listing: Probe = ("GET", "/api/v2/workflows", KEY, None)
    before = send(after, listing)[2]
    assert send(after, ("POST", "/api/v1/workflows", JSON, packed({"name": "Late"})))[0] == 410
    assert send(after, ("DELETE", "/api/v1/workflows/wf_000001", KEY, None))[0] == 410
    assert send(after, listing)[2] == before


def test_versions_share_their_records(url: str) -> None:
    """A run started in v1 is the same run in v2, under the names of v2."""
    body = packed({"input": "Draft a post", "model": "claude-3"})
    status, headers, made = send(url, ("POST", "/api/v1/workflows/wf_000001/execute", JSON, body))
    run = json.loads(made)["data"]
    assert (status, headers["location"]) == (202, f"/api/v1/runs/{run['id']}")
    assert (run["input"], run["model"]) == ("Draft a post", "claude-3")
    shown = json.loads(send(url, ("GET", f"/api/v2/runs/{run['id']}", KEY, None))[2])["data"]
    assert (shown["prompt"], shown["config"]["model"]) == ("Draft a post", "claude-3")
    assert not shown.keys() & {"input", "model"}


def test_record_lives_and_dies(url: str) -> None:
    """What is created can be read, listed first, replaced, changed and deleted; then it is gone."""
    workflow = new_ids(url)["workflowId"]
    path = f"/api/v2/workflows/{workflow}"
    assert json.loads(send(url, ("GET", "/api/v2/workflows?limit=1", KEY, None))[2])["data"][0]["id"] == workflow
    replaced = json.loads(send(url, ("PUT", path, JSON, packed({"name": "New", "tags": ["a"]})))[2])["data"]
    changed = json.loads(send(url, ("PATCH", path, JSON, packed({"status": "archived"})))[2])["data"]
    assert changed == {**replaced, "status": "archived", "revision": 3}
    assert send(url, ("DELETE", path, KEY, None))[::2] == (204, b"")
    assert send(url, ("GET", path, KEY, None))[0] == 404


def test_head_is_get_without_body(url: str) -> None:
    """HEAD answers with the status and headers of GET."""
    for path in ("/api/v2/workflows/wf_000002", "/api/v2/workflows/wf_999999", "/openapi.json", "/api/v9/workflows"):
        get, head = send(url, ("GET", path, KEY, None)), send(url, ("HEAD", path, KEY, None))
        assert (head[0], head[1]["content-length"], head[2]) == (get[0], get[1]["content-length"], b"")


@pytest.mark.parametrize(("today", "version"), [("2026-01-10", "v1"), (probes.DEPRECATED, "v2"), (probes.SUNSET, "v2")])
def test_document_describes_the_newest_version(today: str, version: str) -> None:
    """`/openapi.json` is the contract of the newest released version, for everyone."""
    with serving(create_app(today=utc(today))) as base:
        assert json.loads(send(base, ("GET", "/openapi.json", {}, None))[2]) == contract(version)
        assert send(base, ("POST", "/openapi.json", {}, None))[0] == 405


def test_store_stays_small() -> None:
    """However much is created, the store keeps the seeded records and the newest others."""
    store = create_app(today=utc(probes.DEPRECATED)).store
    for _ in range(CAPACITY + 5):
        newest = store.add_workflow({"name": "x", "status": "draft"})
    kept = list(store.workflows.records)
    assert len(kept) == CAPACITY + 6
    assert (kept[0], kept[6], kept[-1]) == ("wf_000001", "wf_000012", newest["id"])


def test_times_follow_the_given_day() -> None:
    """Nothing reads a clock: the seeded records and the rate limit window follow `today`."""
    with serving(create_app(today=dt.datetime(2030, 5, 6, 7, 30, tzinfo=dt.UTC))) as base:
        _, headers, body = send(base, ("GET", "/api/v2/workflows/wf_000006", KEY, None))
        assert json.loads(body)["data"]["created_at"] == "2030-05-05T07:30:00Z"
        assert headers["x-ratelimit-reset"] == str(int(dt.datetime(2030, 5, 6, 8, tzinfo=dt.UTC).timestamp()))


def test_environment_names_the_key() -> None:
    """The environment a run needs holds the key the server takes."""
    assert KEY["X-API-Key"] in ENVIRONMENT.values()


def test_policy_file_has_the_dates_of_the_server() -> None:
    """What the policy file declares is what the server lives by."""
    environment = {**ENVIRONMENT, "GIRARD_URL": "http://127.0.0.1:1"}
    policy = load_policy(CONTRACTS / "apiversion.toml", environment)
    lives = {version: policy.lifecycle(version).milestones() for version in policy.versions}
    assert lives == {
        "v1": (("released", V1_RELEASED), ("deprecated", V1_DEPRECATED), ("sunset", V1_SUNSET)),
        "v2": (("released", V2_RELEASED),),
    }
