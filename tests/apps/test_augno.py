"""The Augno reference server keeps its policy and its contracts, and each planted bug breaks something visible."""

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
from tests.apps import augno, augno_data, augno_probe
from tests.apps.kit import serving
from tests.thorough import sample, some

NOW = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
SUNSET = dt.datetime(2027, 3, 1, tzinfo=dt.UTC)
AUTH = {"Authorization": f"Bearer {augno.TOKEN}"}
VERSIONS = tuple(augno_data.VERSIONS)
FORGE = {**AUTH, "Augno-Version": "1.0.forge"}
CRUCIBLE = {**AUTH, "Augno-Version": "0.0.crucible"}
ORDER = {"currency": "usd", "lines": [{"sku": "a", "quantity": 1, "unit_price_cents": 5}]}
DOCUMENTS = {version: augno_probe.contract("augno", version) for version in VERSIONS}
CASES = [
    pytest.param(version, operation, id=f"{version}-{operation.label}")
    for version, document in DOCUMENTS.items()
    for operation in augno_probe.operations(document)
]


@pytest.fixture(scope="module")
def app() -> augno.Augno:
    """One honest server for the module, on 2026-11-20."""
    return augno.Augno(today=NOW)


@pytest.fixture(scope="module")
def url(app: augno.Augno) -> Iterator[str]:
    """Its address on a real socket."""
    with serving(app) as address:
        yield address


@pytest.fixture(scope="module")
def after_sunset() -> Iterator[str]:
    """The address of a server that lives on the day of crucible's sunset."""
    with serving(augno.create_app(today=SUNSET)) as address:
        yield address


def fresh(app: augno.Augno) -> Callable[[str], str]:
    """A maker of records: the name of a path parameter -> the id of a new record."""

    def make(name: str) -> str:
        with app.lock:
            if name == "price_list_id":
                values = {"name": "new", "segment": "oem", "amount": 1, "currency": "usd"}
                return app.store.add_price(values).id
            customer = app.store.add_customer({"name": "new"})
            return customer.id if name == "customer_id" else app.store.add_order(customer, ORDER).id

    return make


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize(("version", "operation"), sample(CASES, 3))
def test_contract_holds(app: augno.Augno, url: str, version: str, operation: Any) -> None:
    """Every request a contract allows is served, no request gets a 5xx, and every answer conforms."""
    headers = {**AUTH, "Augno-Version": version}
    for positive, examples in ((True, some(30, 3)), (False, some(20, 3))):
        statuses = augno_probe.hold(
            operation, url=url, headers=headers, new_id=fresh(app), positive=positive, examples=examples
        )
        assert statuses


REJECTED = [
    pytest.param(None, "version_required", id="missing"),
    pytest.param("", "version_required", id="empty"),
    pytest.param("9.9.forge", "version_unknown", id="unknown-number"),
    pytest.param("1.2.forge", "version_unknown", id="between-two-versions"),
    pytest.param("1.3.forge", "version_unknown", id="stable-of-a-preview"),
    pytest.param("1.3.forge-preview.10", "version_unknown", id="unknown-preview"),
    pytest.param("1.0.anvil", "version_unknown", id="unknown-codename"),
    pytest.param("3.0.forge", "version_unknown", id="next"),
    pytest.param("01.0.forge", "version_invalid", id="leading-zero"),
    pytest.param("1.0.FORGE", "version_invalid", id="uppercase"),
    pytest.param("1.0", "version_invalid", id="no-codename"),
    pytest.param("forge", "version_invalid", id="only-codename"),
    pytest.param("v1", "version_invalid", id="path-like"),
    pytest.param("1.3.forge-preview", "version_invalid", id="preview-without-number"),
    pytest.param("1.3.forge-preview.0", "version_invalid", id="preview-zero"),
    pytest.param("1.3.forge-preview.01", "version_invalid", id="preview-leading-zero"),
    pytest.param("1.3.forge-preview.1.2", "version_invalid", id="preview-twice"),
    pytest.param("1.0.forge-rc.1", "version_invalid", id="release-candidate"),
    pytest.param("1.0.forge,2.0.forge", "version_invalid", id="two-versions"),
    pytest.param("\xb9.0.forge".encode("latin-1"), "version_invalid", id="superscript-one"),
    pytest.param("\u0661.0.forge".encode(), "version_invalid", id="arabic-digit"),
    pytest.param("1" * 5000 + ".0.forge", "version_unknown", id="absurdly-big-number"),
]


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize(("value", "code"), REJECTED)
def test_version_rejected(url: str, method: str, value: str | bytes | None, code: str) -> None:
    """A missing, empty, unknown or malformed version gets 400, its code and forge's envelope, on every method."""
    headers: dict[str, Any] = dict(AUTH) if value is None else {**AUTH, "Augno-Version": value}
    response = requests.request(method, f"{url}/v1/core/customers", headers=headers, timeout=10)
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/json"
    assert response.json()["error"].keys() == {"code", "message", "request_id"}
    assert response.json()["error"]["code"] == code
    assert "Augno-Version" not in response.headers


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("path", ["/v1/core/customers", "/v1/core/nothing", "/v1/core/customers/none", "/v7/elsewhere"])
def test_version_echoed(url: str, version: str, path: str) -> None:
    """Exactly the version asked for serves, whatever the path says, and every answer names it."""
    response = requests.get(url + path, headers={**AUTH, "Augno-Version": version}, timeout=10)
    assert response.headers["Augno-Version"] == version
    assert response.headers["Vary"] == "Augno-Version"


def test_versions_do_not_leak() -> None:
    """One customer reads differently in each version, and as its own contract says."""
    shapes = {}
    with serving(augno.create_app(today=NOW)) as url:  # of its own: drawn requests to the module's server may delete
        for version in VERSIONS:
            headers = {**AUTH, "Augno-Version": version}
            answer = requests.get(f"{url}/v1/core/customers/cus_000001", headers=headers, timeout=10)
            shapes[version] = set(answer.json())
    assert "full_name" in shapes["0.0.crucible"]
    assert shapes["1.1.forge"] == shapes["1.0.forge"]
    assert shapes["2.0.forge"] - shapes["1.0.forge"] == {"tags"}
    assert shapes["1.3.forge-preview.2"] == shapes["2.0.forge"]


FAILURES: list[Any] = [
    pytest.param("GET", "/nowhere", {}, None, 404, "not_found", id="unknown-route"),
    pytest.param("GET", "/v1/core/customers/", {}, None, 404, "not_found", id="trailing-slash"),
    pytest.param("GET", "/v1/core/customers/" + "x" * 5000, {}, None, 404, "not_found", id="long-id"),
    pytest.param("GET", "/v1/core/customers/%00", {}, None, 404, "not_found", id="nul-id"),
    pytest.param("GET", "/v1/core/customers/%ff", {}, None, 404, "not_found", id="non-utf8-id"),
    pytest.param("PUT", "/v1/core/orders", {}, None, 405, "method_not_allowed", id="wrong-method"),
    pytest.param("BREW", "/v1/core/orders", {}, None, 405, "method_not_allowed", id="odd-method"),
    pytest.param("OPTIONS", "/v1/core/orders", {}, None, 405, "method_not_allowed", id="options"),
    pytest.param("GET", "/v1/core/orders", {"Authorization": ""}, None, 401, "unauthorized", id="no-credential"),
    pytest.param(
        "GET", "/v1/core/orders", {"Authorization": "Bearer no"}, None, 401, "unauthorized", id="bad-credential"
    ),
    pytest.param("GET", "/v1/core/orders?limit=0", {}, None, 422, "validation_failed", id="limit-too-small"),
    pytest.param("GET", "/v1/core/orders?limit=%D9%A1", {}, None, 422, "validation_failed", id="limit-arabic"),
    pytest.param("GET", "/v1/core/orders?limit=1&limit=2", {}, None, 422, "validation_failed", id="limit-twice"),
    pytest.param("GET", "/v1/core/orders?limit=" + "9" * 5000, {}, None, 422, "validation_failed", id="limit-absurd"),
    pytest.param("POST", "/v1/core/customers", {}, b"{", 400, "invalid_json", id="broken-json"),
    pytest.param("POST", "/v1/core/customers", {}, b"[]", 400, "invalid_json", id="not-an-object"),
    pytest.param("POST", "/v1/core/customers", {}, b"\xff\xfe", 400, "invalid_json", id="not-utf8"),
    pytest.param("POST", "/v1/core/customers", {}, b'{"name": NaN}', 400, "invalid_json", id="nan"),
    pytest.param("POST", "/v1/core/customers", {}, b"[" * 100_000, 400, "invalid_json", id="deep-nesting"),
    pytest.param(
        "POST", "/v1/core/customers", {}, b'{"name":' + b"9" * 5000 + b"}", 400, "invalid_json", id="huge-integer"
    ),
    pytest.param(
        "POST", "/v1/core/customers", {"Content-Type": "text/plain"}, b"{}", 415, "unsupported_media_type", id="text"
    ),
    pytest.param(
        "POST", "/v1/core/customers", {}, b'{"name":"' + b"x" * 1_100_000, 413, "payload_too_large", id="big-body"
    ),
    pytest.param("POST", "/v1/core/customers", {}, b"{}", 422, "validation_failed", id="name-absent"),
    pytest.param(
        "POST",
        "/v1/core/customers",
        {},
        b'{"name":"x","credit_limit_cents":true}',
        422,
        "validation_failed",
        id="bool-is-no-integer",
    ),
]


@pytest.mark.parametrize("base", [pytest.param(CRUCIBLE, id="crucible"), pytest.param(FORGE, id="forge")])
@pytest.mark.parametrize(("method", "path", "headers", "body", "status", "code"), FAILURES)
def test_every_failure_wears_the_envelope(
    url: str,
    base: dict[str, str],
    method: str,
    path: str,
    headers: dict[str, str],
    body: bytes | None,
    status: int,
    code: str,
) -> None:
    """Every way to fail gets its status in the envelope of the version asked for: `type` in crucible, `code` in forge."""
    sent = {**base, "Content-Type": "application/json", **headers}
    response = requests.request(method, url + path, headers=sent, data=body, timeout=10)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Augno-Version"] == base["Augno-Version"]
    assert ("Allow" in response.headers) == (status == 405)
    error = response.json()["error"]
    assert error["type" if base is CRUCIBLE else "code"] == code
    assert ("request_id" in error) == (base is FORGE)


@pytest.mark.parametrize("path", ["/v1/core/customers", "/v1/core/customers/cus_000002", "/v1/core/none", "/healthz"])
def test_head_answers_like_get(url: str, path: str) -> None:
    """HEAD answers with the status and the headers of GET, and without a body."""
    head, get = (requests.request(method, url + path, headers=FORGE, timeout=10) for method in ("HEAD", "GET"))
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["Content-Type"] == get.headers["Content-Type"]


def test_health_is_neutral(url: str) -> None:
    """`/healthz` needs neither version nor credential, and refuses other methods in forge's envelope."""
    assert requests.get(f"{url}/healthz", timeout=10).json() == {"status": "ok"}
    refused = requests.post(f"{url}/healthz", timeout=10)
    assert (refused.status_code, refused.json()["error"]["code"]) == (405, "method_not_allowed")


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/v1/core/customers", "/v1/core/orders/ord_000001", "/v1/core/none"])
def test_crucible_is_gone_on_its_sunset(after_sunset: str, method: str, path: str) -> None:
    """From the first second of its sunset crucible answers 410 `version_sunset`, without looking at the credential."""
    headers = {"Augno-Version": "0.0.crucible"}
    response = requests.request(method, after_sunset + path, headers=headers, json={"full_name": "late"}, timeout=10)
    assert response.status_code == 410
    assert method == "HEAD" or response.json()["error"]["code"] == "version_sunset"


def test_crucible_lives_until_its_sunset() -> None:
    """One second before its sunset crucible still answers, and forge lives before and after."""
    with serving(augno.create_app(today=SUNSET - dt.timedelta(seconds=1))) as address:
        assert requests.get(f"{address}/v1/core/customers", headers=CRUCIBLE, timeout=10).ok
        assert requests.get(f"{address}/v1/core/customers", headers=FORGE, timeout=10).ok


def test_unreleased_versions_are_unknown() -> None:
    """A version does not answer before its release."""
    client = Client(augno.create_app(today=dt.datetime(2026, 4, 30, tzinfo=dt.UTC)))
    answer = client.get("/v1/core/customers", headers={**AUTH, "Augno-Version": "2.0.forge"})
    assert (answer.status_code, json.loads(answer.data)["error"]["code"]) == (400, "version_unknown")


def test_memory_is_bounded() -> None:
    """Past the limit the oldest unseeded record goes; seeded records stay."""
    store = augno_data.Store(NOW)
    first = store.add_customer({"name": "first"})
    for _ in range(augno_data.MAX_RECORDS):
        store.add_customer({"name": "more"})
    assert len(store.customers) == augno_data.MAX_RECORDS
    assert first.id not in store.customers
    assert "cus_000001" in store.customers


def test_delete_twice(url: str, app: augno.Augno) -> None:
    """Deleting a second time answers as the first; the record is gone, and an id that never was is 404."""
    customer = f"{url}/v1/core/customers/{fresh(app)('customer_id')}"
    assert [requests.delete(customer, headers=FORGE, timeout=10).status_code for _ in range(2)] == [204, 204]
    assert requests.get(customer, headers=FORGE, timeout=10).status_code == 404
    assert requests.delete(f"{url}/v1/core/customers/never", headers=FORGE, timeout=10).status_code == 404


def test_policy_file_agrees() -> None:
    """The policy file names the server's versions, their dates and its credential, and the contracts beside it."""
    path = augno_probe.CONTRACTS / "augno" / "apiversion.toml"
    policy = load_policy(path, {**augno.ENVIRONMENT, "AUGNO_URL": "http://127.0.0.1"})
    assert set(policy.versions) == set(VERSIONS)
    for name, version in policy.versions.items():
        life, served = version.lifecycle, augno_data.VERSIONS[name]
        assert life.released is not None
        assert instant(life.released) == served.released
        assert (instant(life.sunset) if life.sunset else None) == served.sunset
        assert life.preview == ("-preview." in name)
        assert version.contract is not None
        assert path.with_name(version.contract).exists()
    assert [each.value for credential in policy.credentials for each in credential.fields] == [f"Bearer {augno.TOKEN}"]


def _script() -> list[tuple[str, str, dict[str, str], bytes | None]]:
    """Requests that between them show every planted bug."""
    customer = json.dumps({"name": "n" * 100}).encode()
    crucible = json.dumps({"full_name": "late"}).encode()
    script: list[tuple[str, str, dict[str, str], bytes | None]] = []
    for version in (
        *VERSIONS,
        "3.0.forge",
        "1.9.forge",
        "01.0.forge",
        "1.0.FORGE",
        "1.0.forge-rc.1",
        "1.3.forge-preview",
        "",
        None,
    ):
        headers = {
            **AUTH,
            "Content-Type": "application/json",
            **({} if version is None else {"Augno-Version": version}),
        }
        script += [
            ("GET", "/v1/core/customers?limit=60", headers, None),
            ("GET", "/v1/core/customers/cus_000001", headers, None),
            ("GET", "/v1/core/orders", headers, None),
            ("GET", "/v1/core/orders", {**headers, "Authorization": ""}, None),
            ("GET", "/v1/core/price-lists", headers, None),
            ("GET", "/elsewhere", headers, None),
            ("PUT", "/v1/core/orders", headers, None),
            ("POST", "/v1/core/customers", headers, b"{"),
            ("POST", "/v1/core/customers", headers, b"{}"),
            ("POST", "/v1/core/customers", headers, crucible),
            ("POST", "/v1/core/customers", headers, customer),
            ("GET", "/v1/core/customers", headers, None),
        ]
    return script


def _answers(today: dt.datetime, bugs: frozenset[str]) -> list[tuple[int, dict[str, str], bytes]]:
    """What a server answers to the script, request ids and dates left out."""
    client = Client(augno.create_app(today=today, bugs=bugs))
    answers = []
    for method, path, headers, body in _script():
        response = client.open(path, method=method, headers=headers, data=body)
        content = re.sub(rb"req_[0-9]+", b"", response.data)
        answers.append((response.status_code, dict(response.headers), content))
    return answers


DATES = (NOW, SUNSET - dt.timedelta(hours=1), SUNSET)


@pytest.fixture(scope="module")
def honest() -> list[Any]:
    """The honest server's answers to the script at each date."""
    return [_answers(today, frozenset()) for today in DATES]


@pytest.mark.parametrize("bug", sample(augno.BUGS, 6))
def test_each_bug_shows(honest: list[Any], bug: str) -> None:
    """Each planted bug changes some answer, and leaves most alone."""
    pairs = [
        (before, after)
        for today, answers in zip(DATES, honest, strict=True)
        for before, after in zip(answers, _answers(today, frozenset({bug})), strict=True)
    ]
    changed = sum(before != after for before, after in pairs)
    assert 0 < changed < len(pairs) / 2


def test_bug_names_are_known() -> None:
    """The bugs the code asks about are the bugs the module declares."""
    sources = [Path(augno.__file__), Path(augno.__file__).with_name("augno_operations.py")]
    asked = {name for source in sources for name in re.findall(r'\.bug\("([a-z0-9-]+)"\)', source.read_text("utf-8"))}
    assert asked == set(augno.BUGS)
