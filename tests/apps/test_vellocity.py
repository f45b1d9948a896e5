"""The Vellocity reference server keeps its policy and its contract, and each planted bug breaks something visible."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from werkzeug.test import Client

from pytest_apiversion.core.versions.lifecycle import instant
from pytest_apiversion.shell.policy_file.load import load_policy
from tests.apps import augno_probe, vellocity, vellocity_data
from tests.apps.kit import serving
from tests.thorough import sample, some

NOW = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
WINDOW = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)
END = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
KEY = {"X-Api-Key": vellocity.KEY}
DOCUMENT = augno_probe.contract("vellocity", "v1")
OPERATIONS = [pytest.param(operation, id=operation.label) for operation in augno_probe.operations(DOCUMENT)]
IDS = {
    "agent": "seo-analyst",
    "token": "ses_000001",
    "workflow_id": "wfl_000001",
    "entry_id": "gtm_000001",
    "receipt_id": "rcp_000001",
}
"""Path parameters whose record survives every operation -> a seeded id."""

AFFILIATE = {"name": "Ada", "email": "ada@affiliates.example"}
ALIASES: list[Any] = [
    pytest.param("GET", "agents/audit/", None, id="audits"),
    pytest.param("GET", "agents/audit/copywriter/metrics", None, id="metrics"),
    pytest.param("POST", "agents/audit/copywriter/migrate", {"target_platform": "vertex"}, id="migrate"),
    pytest.param("GET", "dry-run/sessions/", None, id="sessions"),
    pytest.param("POST", "dry-run/sessions/start", {"agent": "copywriter"}, id="start"),
    pytest.param("POST", "dry-run/sessions/ses_000001/message", {"message": "hello"}, id="message"),
    pytest.param("GET", "affiliates/", None, id="affiliates"),
    pytest.param("POST", "affiliates/", AFFILIATE, id="create-affiliate"),
    pytest.param("POST", "affiliates/update-reference", {"reference": "acme"}, id="reference"),
    pytest.param("GET", "agents/audit/nobody/metrics", None, id="unknown-agent"),
    pytest.param("POST", "affiliates/", {}, id="invalid-body"),
    pytest.param("PUT", "affiliates/", None, id="wrong-method"),
]


@pytest.fixture(scope="module")
def app() -> vellocity.Vellocity:
    """One honest server for the module, on 2026-11-20: the aliases are gone."""
    return vellocity.Vellocity(today=NOW)


@pytest.fixture(scope="module")
def url(app: vellocity.Vellocity) -> Iterator[str]:
    """Its address on a real socket."""
    with serving(app) as address:
        yield address


@pytest.fixture(scope="module")
def window() -> Iterator[str]:
    """The address of a server inside the migration window."""
    with serving(vellocity.create_app(today=WINDOW)) as address:
        yield address


def fresh(app: vellocity.Vellocity) -> Callable[[str], str]:
    """A maker of ids: the name of a path parameter -> an id that exists."""

    def make(name: str) -> str:
        if name in IDS:
            return IDS[name]
        with app.lock:
            if name == "partner_id":
                values = {"company": "New", "contact_email": None, "plan": "growth", "seats": 2}
                return str(app.store.add("partner", values)["id"])
            hook: dict[str, Any] = {"target": "https://hooks.example", "events": ["receipt.issued"], "active": True}
            return str(app.store.add("webhook", hook)["id"])

    return make


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("operation", sample(OPERATIONS, 3))
def test_contract_holds(app: vellocity.Vellocity, url: str, operation: Any) -> None:
    """Every request the contract allows is served, no request gets a 5xx, and every answer conforms."""
    for positive, examples in ((True, some(30, 3)), (False, some(20, 3))):
        assert augno_probe.hold(
            operation, url=f"{url}/api/v1", headers=KEY, new_id=fresh(app), positive=positive, examples=examples
        )


def _stable(body: bytes) -> Any:
    """A JSON body without what differs between any two requests."""
    return json.loads(re.sub(rb'"(req|aff|ses|mig|msg)_[0-9]+"', b'"*"', body) or b"null")


@pytest.mark.parametrize(("method", "path", "body"), ALIASES)
def test_alias_answers_like_v1(method: str, path: str, body: Any) -> None:
    """Inside the window an unversioned path gives the status and the body of its v1 path, and announces its end."""
    with (
        serving(vellocity.create_app(today=WINDOW)) as one,
        serving(vellocity.create_app(today=WINDOW)) as other,
    ):
        alias = requests.request(method, f"{one}/api/{path}", headers=KEY, json=body, timeout=10)
        target = requests.request(method, f"{other}/api/v1/{path}", headers=KEY, json=body, timeout=10)
    assert (alias.status_code, _stable(alias.content)) == (target.status_code, _stable(target.content))
    assert alias.headers["Deprecation"] == "true"
    assert alias.headers["Sunset"] == "Wed, 01 Jul 2026 00:00:00 GMT"
    assert alias.headers["Link"] == '<https://docs.vell.ai/api/versioning/#migration>; rel="deprecation"'
    assert not {"Deprecation", "Sunset", "Link"} & set(target.headers)


def test_alias_announces_on_401(window: str) -> None:
    """A refused credential on an alias carries the deprecation headers too."""
    response = requests.get(f"{window}/api/affiliates/", timeout=10)
    assert (response.status_code, response.headers["Deprecation"]) == (401, "true")


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize(
    "path", ["agents/audit/", "dry-run/sessions/start", "affiliates/", "affiliates/update-reference"]
)
def test_alias_is_gone_after_its_end(url: str, method: str, path: str) -> None:
    """After its end an alias answers 410 `alias_removed` to every method, credential or not."""
    response = requests.request(method, f"{url}/api/{path}", json=AFFILIATE, timeout=10)
    assert response.status_code == 410
    assert method == "HEAD" or response.json()["error"]["code"] == "alias_removed"
    assert "Deprecation" not in response.headers


@pytest.mark.parametrize(
    ("today", "status", "announced"),
    [
        pytest.param(vellocity_data.RELEASED - dt.timedelta(seconds=1), 200, False, id="before-the-announcement"),
        pytest.param(vellocity_data.RELEASED, 200, True, id="first-second-of-the-window"),
        pytest.param(END - dt.timedelta(seconds=1), 200, True, id="last-second-of-the-window"),
        pytest.param(END, 410, False, id="first-second-after"),
    ],
)
def test_alias_moves_with_the_date(today: dt.datetime, status: int, announced: bool) -> None:  # noqa: FBT001 - a table
    """An alias is silent, then deprecated, then gone, to the second."""
    answer = Client(vellocity.create_app(today=today)).get("/api/affiliates/", headers=KEY)
    assert (answer.status_code, "Deprecation" in answer.headers) == (status, announced)


@pytest.mark.parametrize("today", [pytest.param(WINDOW, id="window"), pytest.param(NOW, id="after")])
@pytest.mark.parametrize(
    "path", ["partners/", "partners/webhooks/", "content-workflow/", "mcp", "gtm-schedule/", "invoice-receipts/"]
)
def test_v1_only_has_no_alias(today: dt.datetime, path: str) -> None:
    """A v1-only path is 404 without its version, never announced, and never 410."""
    answer = Client(vellocity.create_app(today=today)).get(f"/api/{path}", headers=KEY)
    assert answer.status_code == 404
    assert "Deprecation" not in answer.headers


@pytest.mark.parametrize(
    "segment",
    [
        "v2",
        "v10",
        "v0",
        "v01",
        "V1",
        "v",
        "v1.0",
        "v-1",
        "v1 ",
        "v%D9%A1",
        "v%00",
        "%FF",
        "1",
        "latest",
        "v" + "9" * 5000,
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_unknown_version(url: str, method: str, segment: str) -> None:
    """Whatever stands where v1 belongs and is no version gets 404 `unknown_version`, on every method."""
    response = requests.request(method, f"{url}/api/{segment}/affiliates/", headers=KEY, timeout=10)
    assert (response.status_code, response.json()["error"]["code"]) == (404, "unknown_version")


FAILURES: list[Any] = [
    pytest.param("GET", "/", {}, None, 404, "not_found", id="root"),
    pytest.param("GET", "/api", {}, None, 404, "not_found", id="api-alone"),
    pytest.param("GET", "/api/v1", {}, None, 404, "not_found", id="version-alone"),
    pytest.param("GET", "/api/v1/nowhere", {}, None, 404, "not_found", id="unknown-route"),
    pytest.param("GET", "/api/v1/affiliates", {}, None, 404, "not_found", id="no-trailing-slash"),
    pytest.param("GET", "/api/v1/partners/" + "x" * 5000, {}, None, 404, "not_found", id="long-id"),
    pytest.param("GET", "/api/v1/partners/%00", {}, None, 404, "not_found", id="nul-id"),
    pytest.param("DELETE", "/api/v1/affiliates/", {}, None, 405, "method_not_allowed", id="wrong-method"),
    pytest.param("OPTIONS", "/api/v1/mcp", {}, None, 405, "method_not_allowed", id="options"),
    pytest.param("GET", "/api/v1/affiliates/", {"X-Api-Key": "no"}, None, 401, "unauthorized", id="bad-credential"),
    pytest.param("GET", "/api/v1/affiliates/?limit=101", {}, None, 400, "validation_failed", id="limit-too-big"),
    pytest.param("GET", "/api/v1/partners/?plan=", {}, None, 400, "validation_failed", id="empty-enum"),
    pytest.param("POST", "/api/v1/affiliates/", {}, b"{", 400, "invalid_json", id="broken-json"),
    pytest.param("POST", "/api/v1/affiliates/", {}, b'"x"', 400, "invalid_json", id="not-an-object"),
    pytest.param("POST", "/api/v1/affiliates/", {}, b"\xff", 400, "invalid_json", id="not-utf8"),
    pytest.param("POST", "/api/v1/affiliates/", {}, b'{"a": NaN}', 400, "invalid_json", id="nan"),
    pytest.param("POST", "/api/v1/affiliates/", {}, b"[" * 100_000, 400, "invalid_json", id="deep-nesting"),
    pytest.param(
        "POST", "/api/v1/affiliates/", {"Content-Type": "a/b"}, b"{}", 415, "unsupported_media_type", id="type"
    ),
    pytest.param("POST", "/api/v1/affiliates/", {}, b" " * 1_100_000, 413, "payload_too_large", id="big-body"),
    pytest.param("POST", "/api/v1/gtm-schedule/", {}, b'{"x":1}', 400, "validation_failed", id="unknown-member"),
    pytest.param(
        "POST",
        "/api/v1/affiliates/",
        {},
        b'{"name":"a","email":"a@b","commission_rate":1e999}',
        400,
        "validation_failed",
        id="infinite-number",
    ),
]


@pytest.mark.parametrize(("method", "path", "headers", "body", "status", "code"), FAILURES)
def test_every_failure_wears_the_envelope(
    url: str, method: str, path: str, headers: dict[str, str], body: bytes | None, status: int, code: str
) -> None:
    """Every way to fail gets its status, repeated in the one envelope, and a request id in header and body."""
    sent = {**KEY, "Content-Type": "application/json", **headers}
    response = requests.request(method, url + path, headers=sent, data=body, timeout=10)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/json"
    assert ("Allow" in response.headers) == (status == 405)
    answer = response.json()
    assert answer["error"].keys() == {"code", "message", "status"}
    assert (answer["error"]["code"], answer["error"]["status"]) == (code, status)
    assert answer["request_id"] == response.headers["X-Request-Id"]


def test_memory_is_bounded() -> None:
    """Past the limit the oldest unseeded record goes; seeded records stay."""
    store = vellocity_data.Store(NOW)
    first = store.add("affiliate", dict(AFFILIATE))
    for _ in range(vellocity_data.MAX_RECORDS):
        store.add("affiliate", dict(AFFILIATE))
    affiliates = store.records["affiliate"]
    assert (len(affiliates), first["id"] in affiliates) == (vellocity_data.MAX_RECORDS, False)
    assert "aff_000001" in affiliates


def test_delete_twice(url: str, app: vellocity.Vellocity) -> None:
    """Deleting a second time answers as the first; the record is gone, and an id that never was is 404."""
    partner = f"{url}/api/v1/partners/{fresh(app)('partner_id')}"
    assert [requests.delete(partner, headers=KEY, timeout=10).status_code for _ in range(2)] == [204, 204]
    assert requests.get(partner, headers=KEY, timeout=10).status_code == 404
    assert requests.delete(f"{url}/api/v1/partners/never", headers=KEY, timeout=10).status_code == 404


def test_policy_file_agrees() -> None:
    """The policy file names the server's dates and credential, and sorts every path under aliased or v1-only."""
    path = augno_probe.CONTRACTS / "vellocity" / "apiversion.toml"
    policy = load_policy(path, {**vellocity.ENVIRONMENT, "VELLOCITY_URL": "http://127.0.0.1"})
    alias = policy.aliases["unversioned"]
    assert alias.lifecycle.deprecated is not None
    assert alias.lifecycle.sunset is not None
    assert instant(alias.lifecycle.deprecated) == vellocity_data.RELEASED
    assert instant(alias.lifecycle.sunset) == vellocity_data.ALIAS_SUNSET
    assert alias.operations is not None
    assert alias.operations | alias.absent == set(DOCUMENT["paths"])
    assert {operation.split("/")[1] for operation in alias.operations} == vellocity.ALIASED
    assert {operation.split("/")[1] for operation in alias.absent} == vellocity.V1_ONLY
    assert [each.value for credential in policy.credentials for each in credential.fields] == [vellocity.KEY]


def _script() -> list[tuple[str, str, dict[str, str], bytes | None]]:
    """Requests that between them show every planted bug."""
    sent = {**KEY, "Content-Type": "application/json"}
    prefixes = ("v1/", "", "v2/", "v7/", "v01/", "V1/", "v\u0661/", "vx/")
    script: list[tuple[str, str, dict[str, str], bytes | None]] = []
    for prefix in prefixes:
        script += [
            (*case.values[:2], sent, None if case.values[2] is None else json.dumps(case.values[2]).encode())
            for case in ALIASES
        ]
        script[-len(ALIASES) :] = [
            (method, f"/api/{prefix}{path}", headers, body) for method, path, headers, body in script[-len(ALIASES) :]
        ]
        script += [
            ("GET", f"/api/{prefix}partners/", sent, None),
            ("GET", f"/api/{prefix}partners/webhooks/", sent, None),
            ("GET", f"/api/{prefix}invoice-receipts/", {}, None),
            ("GET", f"/api/{prefix}invoice-receipts/", sent, None),
            ("POST", f"/api/{prefix}mcp", sent, b'{"jsonrpc":"2.0","id":1,"method":"ping"}'),
            (
                "POST",
                f"/api/{prefix}content-workflow/",
                sent,
                json.dumps({"title": "t" * 150, "channel": "blog"}).encode(),
            ),
            (
                "PUT",
                f"/api/{prefix}gtm-schedule/gtm_000001",
                sent,
                b'{"campaign":"c","starts_on":"2027-01-01","budget_cents":null}',
            ),
            ("POST", f"/api/{prefix}affiliates/", sent, b"{"),
            ("GET", f"/api/{prefix}nowhere", sent, None),
        ]
    return [*script, ("GET", "/api/v1/affiliates/", sent, None)]


def _answers(today: dt.datetime, bugs: frozenset[str]) -> list[tuple[int, dict[str, str], bytes]]:
    """What a server answers to the script, request ids left out."""
    client = Client(vellocity.create_app(today=today, bugs=bugs))
    answers = []
    for method, path, headers, body in _script():
        response = client.open(path, method=method, headers=headers, data=body)
        shown = {name: "*" if name == "X-Request-Id" else value for name, value in response.headers.items()}
        answers.append((response.status_code, shown, re.sub(rb"(req|aff|ses|mig|msg)_[0-9]+", b"*", response.data)))
    return answers


DATES = (WINDOW, END - dt.timedelta(hours=1), NOW)


@pytest.fixture(scope="module")
def honest() -> list[Any]:
    """The honest server's answers to the script at each date."""
    return [_answers(today, frozenset()) for today in DATES]


@pytest.mark.parametrize("bug", sample(vellocity.BUGS, 6))
def test_each_bug_shows(honest: list[Any], bug: str) -> None:
    """Each planted bug changes some answer, and leaves most alone unless it sits on every answer."""
    pairs = [
        (before, after)
        for today, answers in zip(DATES, honest, strict=True)
        for before, after in zip(answers, _answers(today, frozenset({bug})), strict=True)
    ]
    changed = sum(before != after for before, after in pairs)
    everywhere = bug.startswith(("request-id-missing", "error-status", "unknown-version", "malformed"))
    assert 0 < changed < (len(pairs) + 1 if everywhere else len(pairs) / 2)


def test_bug_names_are_known() -> None:
    """The bugs the code asks about are the bugs the module declares."""
    sources = [Path(vellocity.__file__), Path(vellocity.__file__).with_name("vellocity_operations.py")]
    asked = {name for source in sources for name in re.findall(r'\.bug\("([a-z0-9-]+)"\)', source.read_text("utf-8"))}
    assert asked == set(vellocity.BUGS)
