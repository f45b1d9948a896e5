"""The honest Aragora server keeps its policy and its contracts, and each planted bug shows."""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
import time
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from schemathesis import GenerationMode

from tests.apps import aragora_v1
from tests.apps.aragora import (
    BUGS,
    DEPRECATED,
    ENVIRONMENT,
    NEED_LIVE_V1,
    RELEASED,
    SUNSET,
    Aragora,
    create_app,
)
from tests.apps.aragora_probes import GONE, JSON, LIVING, OAUTH, PROBES, SHOWN_BY, V1, V2, transcript
from tests.apps.aragora_tables import ACCEPT, HOSTILE, INVALID, REFUSED, SELECTED
from tests.apps.girard_loop import Probe, hold, packed, send, utc
from tests.apps.kit import read_yaml, serving
from tests.thorough import sample, some

CONTRACTS = Path(__file__).parents[2] / "contracts" / "aragora"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
SIGNALS = {"deprecation", "sunset", "link", "x-deprecation-level"}
Answer = tuple[int, dict[str, str], Any]


def contract(version: str) -> dict[str, Any]:
    """A frozen contract."""
    return read_yaml(CONTRACTS / f"{version}.openapi.yaml")


def operations(version: str) -> list[tuple[str, str]]:
    """Method and path, with an id that exists, of each operation of a contract."""
    ids = {"debate_id": "deb_000001", "agent_id": "agt_claude", "organization_id": "org_000001"}
    ids["webhook_id"] = "whk_000001"
    return [
        (method.upper(), f"/api/{version}{path.format(**ids)}")
        for path, item in contract(version)["paths"].items()
        for method in item
    ]


@pytest.fixture(scope="module")
def living() -> Iterator[str]:
    """The server while v1 lives."""
    with serving(create_app(today=LIVING)) as url:
        yield url


@pytest.fixture(scope="module")
def gone() -> Iterator[str]:
    """The server after the sunset of v1."""
    with serving(create_app(today=GONE)) as url:
        yield url


def ask(url: str, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> Answer:
    """Send one request; the body of the answer comes parsed."""
    status, answered, text = send(url, (method, path, headers, body))
    assert not text or answered["content-type"] == "application/json"
    return status, answered, json.loads(text) if text else None


def hold_envelope(version: str, answer: Answer) -> None:
    """An error has the shape of the version, and v2 states its rate limit."""
    status, headers, body = answer
    assert status >= 400
    if version == "v1":
        assert body.keys() == {"error", "status"}
        assert body["status"] == status
        return
    assert {"error", "code", "trace_id", "support_url"} <= body.keys()
    assert body.keys() <= {"error", "code", "trace_id", "support_url", "resource_type", "resource_id"}
    assert {"x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"} <= headers.keys()


@pytest.mark.parametrize(("path", "headers", "version"), [pytest.param(*row[1:], id=row[0]) for row in SELECTED])
def test_selection(living: str, path: str, headers: dict[str, str], version: str) -> None:
    """Path, then X-API-Version, then Accept, then v1; the answer is that version's."""
    status, _, body = ask(living, "GET", path, {**(V1 if version == "v1" else V2), **headers})
    assert status == 200
    assert ("meta" in body) == (version == "v2")


@pytest.mark.parametrize(("path", "headers", "status", "code"), [pytest.param(*r[1:], id=r[0][:40]) for r in REFUSED])
def test_refused_versions(gone: str, path: str, headers: dict[str, str], status: int, code: str) -> None:
    """A bad version is refused in the v2 envelope, and no weaker carrier rescues it."""
    answer = ask(gone, "GET", path, {**V2, **headers})
    assert (answer[0], answer[2]["code"]) == (status, code)
    hold_envelope("v2", answer)


@pytest.mark.parametrize("carrier", [{"X-API-Version": "2"}, {"Accept": ACCEPT + "2"}], ids=["header", "accept"])
def test_carriers_agree(gone: str, carrier: dict[str, str]) -> None:
    """Every v2 read answers the same through each carrier."""
    for method, path in operations("v2"):
        if method == "GET":
            plain = ask(gone, method, path, OAUTH)
            carried = ask(gone, method, path.replace("/v2", ""), {**OAUTH, **carrier})
            assert plain[0] == carried[0] == 200
            assert plain[2]["data"] == carried[2]["data"]


@pytest.mark.parametrize(
    ("day", "level"),
    [
        ("2024-12-31T23:59:59", None),
        ("2025-01-01", "warning"),
        ("2026-05-01", "warning"),
        ("2026-05-01T23:59:59", "warning"),
        ("2026-05-02", "critical"),
        ("2026-05-31T23:59:59", "critical"),
    ],
)
def test_deprecation(day: str, level: str | None) -> None:
    """From its deprecation to its end every v1 answer announces both dates, the successor and the level."""
    hostile = [
        ("GET", "/api/v1/nothing", V1, None),
        ("BREW", "/api/v1/user", V1, None),
        ("HEAD", "/api/v1/user", V1, None),
        ("GET", "/api/v1/user", {}, None),
        ("POST", "/api/v1/debate", {**V1, **JSON}, b"{"),
        ("POST", "/api/v1/debate", V1, b"{}"),
        ("GET", "/api/debates?limit=no", V1, None),
        ("GET", "/api/v1/debate/" + "%0D%0A" + "x" * 20_000, V1, None),
    ]
    with serving(create_app(today=utc(day))) as url:
        for probe in [*((method, path, V1, None) for method, path in operations("v1")), *hostile]:
            _, headers, _ = send(url, probe)
            assert headers.get("deprecation") == ("@1735689600" if level else None)
            assert headers.get("sunset") == ("2026-06-01" if level else None)
            assert headers.get("x-deprecation-level") == level
            assert headers.get("link", "").endswith('>; rel="successor-version"') == bool(level)


def test_successors_answer(living: str) -> None:
    """The Link of each v1 operation leads to an operation of v2."""
    for method, path in operations("v1"):
        if method == "DELETE":
            continue
        _, headers, _ = send(living, (method, path, V1, None))
        target = headers["link"].removeprefix("<").partition(">")[0]
        assert target.startswith("/api/v2/")
        assert send(living, (method, target, OAUTH, None))[0] not in {404, 405}


def test_v2_is_not_deprecated(living: str) -> None:
    """No v2 answer carries a deprecation header."""
    for method, path in [*operations("v2"), ("GET", "/api/v2/nothing"), ("PUT", "/api/v2/agents")]:
        _, headers, _ = send(living, (method, path.replace("000001", "ffffff"), OAUTH, None))
        assert not SIGNALS & headers.keys()


@pytest.mark.parametrize("carrier", sample(["path", "header", "accept", "default"], 2))
def test_sunset(carrier: str) -> None:
    """After the sunset everything of v1 answers 410 through every carrier, whoever asks, and changes nothing."""
    named = {"header": {"X-API-Version": "1"}, "accept": {"Accept": ACCEPT + "1"}}.get(carrier, {})
    app = create_app(today=GONE)
    with serving(app) as url:
        for path in {*(path for _, path in operations("v1")), "/api/v1/nothing", "/api/v1/"}:
            used = path if carrier == "path" else path.replace("/v1", "")
            for method in METHODS:
                body = packed({"topic": "too late"}) if method in {"POST", "PUT", "PATCH"} else None
                for credential in ({}, V1):
                    answer = ask(url, method, used, {**credential, **named, **JSON}, body)
                    assert answer[0] == 410
                    assert answer[1]["link"].startswith("</api/v2/")
                    if method != "HEAD":
                        hold_envelope("v1", answer)
    assert [debate.id for debate in app.store.debates.newest_first()] == ["deb_000003", "deb_000002", "deb_000001"]


@pytest.mark.parametrize(("day", "status"), [("2026-05-31T23:59:59", 200), ("2026-06-01", 410)])
def test_sunset_boundary(day: str, status: int) -> None:
    """v1 answers until the last second before its sunset."""
    with serving(create_app(today=utc(day))) as url:
        assert ask(url, "GET", "/api/v1/debates", V1)[0] == status
        assert ask(url, "GET", "/api/v2/debates", V2)[0] == 200


@pytest.mark.parametrize("version", ["v1", "v2"])
@pytest.mark.parametrize(("probe", "status"), [pytest.param(row[1:5], row[5], id=row[0]) for row in HOSTILE])
def test_hostile_requests(living: str, version: str, probe: Probe, status: int) -> None:
    """Whatever is wrong with a request, the answer is a 4xx in the envelope of the version."""
    method, path, headers, body = probe
    create, credential = ("debate", V1) if version == "v1" else ("debates", V2)
    url = f"/api/{version}" + path.replace("{debate}", create)
    answer = ask(living, method, url, {**credential, **headers}, body)
    assert answer[0] == status
    assert ("allow" in answer[1]) == (status == 405)
    if status >= 400:
        hold_envelope(version, answer)


@pytest.mark.parametrize("values", INVALID.values(), ids=INVALID)
def test_invalid_bodies(gone: str, values: dict[str, Any]) -> None:
    """A v2 body that breaks a rule of the contract gets 422."""
    answer = ask(gone, "POST", "/api/v2/debates", {**V2, **JSON}, packed({"task": "Ship?", **values}))
    assert (answer[0], answer[2]["code"]) == (422, "VALIDATION_ERROR")
    hold_envelope("v2", answer)


def test_v1_validation(living: str) -> None:
    """A v1 body that breaks a rule gets 400, and a field v1 does not know is ignored."""
    headers = {**V1, **JSON}
    hold_envelope("v1", ask(living, "POST", "/api/v1/debate", headers, packed({"topic": "a", "max_rounds": 0})))
    status, _, body = ask(living, "POST", "/api/v1/debate", headers, packed({"topic": "a", "max_rounds": 4.0, "x": {}}))
    assert (status, body["max_rounds"]) == (201, 4)


def test_defaults(gone: str) -> None:
    """What a v2 debate leaves out takes the documented default."""
    status, headers, body = ask(gone, "POST", "/api/v2/debates", {**V2, **JSON}, packed({"task": "\x00\ud800"}))
    assert status == 201
    defaults = {"rounds": 3, "consensus": "majority", "auto_select": True, "context": None, "task": "\x00\ud800"}
    assert defaults.items() <= body["data"].items()
    assert ask(gone, "GET", headers["location"], V2)[2]["data"] == body["data"]


def test_names_do_not_leak(living: str) -> None:
    """A renamed path exists under its old name in v1 only and under its new name in v2 only."""
    for old, new in aragora_v1.SUCCESSORS.items():
        if old == new:
            continue
        before, after = old.replace("{id}", "deb_000001"), new.replace("{id}", "deb_000001")
        assert send(living, ("BREW", f"/api/v1{before}", V1, None))[0] == 405
        assert send(living, ("BREW", f"/api/v2{after}", OAUTH, None))[0] == 405
        assert send(living, ("GET", f"/api/v2{before}", OAUTH, None))[0] == 404
        if new != "/debates":  # the list of debates has its name in both versions
            assert send(living, ("GET", f"/api/v1{after}", V1, None))[0] == 404


@pytest.mark.parametrize(
    ("version", "path", "authorization", "status"),
    [
        pytest.param("v1", "/debates", ENVIRONMENT["ARAGORA_V1_TOKEN"], 200, id="v1 key"),
        pytest.param("v1", "/debates", ENVIRONMENT["ARAGORA_V2_TOKEN"], 401, id="v2 key in v1"),
        pytest.param("v1", "/debates", ENVIRONMENT["ARAGORA_OAUTH_TOKEN"], 401, id="token in v1"),
        pytest.param("v2", "/debates", ENVIRONMENT["ARAGORA_V1_TOKEN"], 401, id="v1 key in v2"),
        pytest.param("v2", "/debates", ENVIRONMENT["ARAGORA_V2_TOKEN"], 200, id="v2 key"),
        pytest.param("v2", "/debates", ENVIRONMENT["ARAGORA_OAUTH_TOKEN"], 200, id="token"),
        pytest.param("v2", "/users/me", ENVIRONMENT["ARAGORA_V2_TOKEN"], 403, id="key for a user"),
        pytest.param("v2", "/organizations", ENVIRONMENT["ARAGORA_V2_TOKEN"], 403, id="key for organisations"),
        pytest.param("v2", "/webhooks", ENVIRONMENT["ARAGORA_V2_TOKEN"], 403, id="key for webhooks"),
        pytest.param("v2", "/webhooks", "nonsense", 401, id="nonsense for webhooks"),
        pytest.param("v2", "/users/me", ENVIRONMENT["ARAGORA_OAUTH_TOKEN"], 200, id="token for a user"),
        pytest.param("v1", "/health", "", 200, id="v1 health"),
        pytest.param("v2", "/system/health", "", 200, id="v2 health"),
    ],
)
def test_credentials(living: str, version: str, path: str, authorization: str, status: int) -> None:
    """v1 takes its keys, v2 takes keys and tokens, and people, organisations and webhooks need a token."""
    answer = ask(living, "GET", f"/api/{version}{path}", {"Authorization": f"Bearer {authorization}"})
    assert answer[0] == status
    assert ("www-authenticate" in answer[1]) == (status == 401)
    if status >= 400:
        hold_envelope(version, answer)


def test_every_operation_needs_credentials(living: str) -> None:
    """Without a credential only the health of a version answers."""
    for version in ("v1", "v2"):
        for method, path in operations(version):
            if not path.endswith("/health"):
                answer = ask(living, method, path, {})
                assert answer[0] == 401
                hold_envelope(version, answer)


def test_pages(gone: str) -> None:
    """Following next visits every debate once, prev leads back, and self is the page itself."""
    seen: list[str] = []
    link = "/api/v2/debates?limit=2&offset=0&status=closed"
    while link:
        _, _, body = ask(gone, "GET", link, V2)
        assert body["links"]["self"] == link
        assert ("prev" in body["links"]) == bool(seen)
        seen += [debate["id"] for debate in body["data"]["debates"]]
        link = body["links"].get("next")
    assert seen == ["deb_000002", "deb_000001"]


def test_meta_and_rate_limit(gone: str) -> None:
    """Each v2 answer has its own request id and a rate limit that counts down to a moment to come."""
    answers = [ask(gone, "GET", "/api/v2/agents", V2) for _ in range(5)]
    assert len({body["meta"]["request_id"] for _, _, body in answers}) == len(answers)
    counts = [(int(h["x-ratelimit-reset"]), -int(h["x-ratelimit-remaining"])) for _, h, _ in answers]
    assert counts == sorted(counts)
    assert all(
        -int(h["x-ratelimit-limit"]) <= count <= 0 for (_, h, _), (_, count) in zip(answers, counts, strict=True)
    )
    assert counts[-1][0] > time.time() - 60


def test_rate_limit_follows_a_later_day() -> None:
    """On a server that lives in the future the window ends after that day began."""
    later = dt.datetime(2031, 1, 1, tzinfo=dt.UTC)
    with serving(create_app(today=later)) as url:
        assert int(send(url, PROBES["v2 agents"])[1]["x-ratelimit-reset"]) > later.timestamp()


def test_memory_is_bounded() -> None:
    """The oldest debate that was not seeded makes room."""
    app = create_app(today=GONE)
    made = [app.store.add_debate(task="one more").id for _ in range(2500)]
    kept = {debate.id for debate in app.store.debates.newest_first()}
    assert len(kept) == 2000
    assert {"deb_000001", made[-1]} <= kept
    assert made[0] not in kept


def fresh_ids(app: Aragora) -> dict[str, str]:
    """Ids that exist, so that a deletion finds something."""
    webhook = app.store.add_webhook(url="https://hooks.example.org/x", events=("debate.created",), active=True)
    debate = app.store.add_debate(task="Shall this be deleted?")
    return {"debate_id": debate.id, "webhook_id": webhook.id, "agent_id": "agt_gpt4", "organization_id": "org_000002"}


_VALID, _INVALID = (GenerationMode.POSITIVE, some(30, 3)), (GenerationMode.NEGATIVE, some(20, 3))


@pytest.mark.parametrize(("version", "drawing"), sample(product(["v1", "v2"], [_VALID, _INVALID]), 3))
def test_contract(version: str, drawing: tuple[GenerationMode, int]) -> None:
    """What the contract allows is accepted, what it forbids is refused, and every answer is one it declares."""
    mode, examples = drawing
    app = create_app(today=LIVING)
    document = contract(version)
    if mode is GenerationMode.NEGATIVE:  # where nothing can be sent, nothing wrong can
        for path, item in document["paths"].items():
            kept = {method: it for method, it in item.items() if {"parameters", "requestBody"} & it.keys()}
            document["paths"][path] = kept
    headers = V1 if version == "v1" else OAUTH
    with serving(app) as url:
        ids = functools.partial(fresh_ids, app)
        sent = hold(document, f"{url}/api/{version}", headers, ids, mode=mode, examples=examples)
    assert len(sent) == sum(len(item) for item in document["paths"].values())


def test_bugs_are_listed_once() -> None:
    """Every bug has a sentence and a probe that shows it, and those that need v1 are shown while it lives."""
    assert SHOWN_BY.keys() == BUGS.keys()
    assert {bug for bug, (day, _) in SHOWN_BY.items() if day < "2026-06-01"} == NEED_LIVE_V1


@pytest.mark.parametrize("bug", sample(sorted(BUGS), 6))
def test_bug_shows(bug: str) -> None:
    """A planted bug changes the answer that shows it, and far from every answer."""
    day, probe = SHOWN_BY[bug]
    honest, planted = honest_transcript(day), transcript(day, frozenset({bug}))
    changed = {name for name in honest if honest[name] != planted[name]}
    assert probe in changed
    assert len(changed) < len(PROBES)


@functools.cache
def honest_transcript(day: str) -> dict[str, str]:
    """What the honest server of that day says."""
    return transcript(day)


def test_policy_file_agrees() -> None:
    """The policy file states the dates the server lives by and asks for the credentials it accepts, and no others."""
    text = (CONTRACTS / "apiversion.toml").read_text("utf-8")
    versions = tomllib.loads(text)["versions"]
    assert {name: version["released"] for name, version in versions.items()} == {
        name: moment.date() for name, moment in RELEASED.items()
    }
    assert (versions["v1"]["deprecated"], versions["v1"]["sunset"]) == (DEPRECATED.date(), SUNSET.date())
    assert set(re.findall(r"\$\{(\w+)\}", text)) == {"ARAGORA_URL", *ENVIRONMENT}


def test_unknown_bug() -> None:
    """A misspelt bug is an error, not an honest server."""
    with pytest.raises(ValueError, match="no such bug: no-such-bug"):
        create_app(today=GONE, bugs=frozenset({"no-such-bug"}))
