"""A law over all checks: no answer of a live version's own operation falls between them.

Each answer is judged by AV301, the contract; or some check says why it is not the answer that was due.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.error_envelope import CHECK as AV401
from pytest_apiversion.checks.response_conformance import CHECK as AV301
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.checking.exchange import Exchange
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind, Response
from pytest_apiversion.core.http.statuses import NOT_NOW
from pytest_apiversion.core.judging.body_faults import needs_no_contract
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.core.policy.responses import Sunset
from pytest_apiversion.core.policy.selection import Echo
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from pytest_apiversion.shell.catalogue.entries import checks
from tests.checks.builders import (
    ACCEPT,
    ECHO_BODY,
    ECHO_HEADER,
    GONE,
    PATH,
    THING,
    alias,
    answers,
    error,
    exchange,
    operation,
    policy,
    rejects,
    response,
    scene,
)
from tests.thorough import drawn

_PLAIN = alias(Lifecycle(deprecated=dt.date(2026, 1, 1), sunset=dt.date(2027, 1, 1), successor="v2"))
_NEUTRAL = frozenset({"GET /health", "GET /health/{id}"})
_MISSING: dict[str, Any] = {"answers": {"missing": rejects(400, code="NO_VERSION")}}
_ECHOED = {
    "type": "object",
    "required": ["id", "meta"],
    "properties": {"meta": {"properties": {"version": {"enum": ["v1", "v2"]}}}},
}
OPERATIONS = (
    operation("GET /things"),
    operation("GET /free", answers({})),
    operation("GET /echoed", answers(_ECHOED), answers(status="204")),
    operation("POST /things", answers(THING, status="201")),
    operation("GET /vendor", answers(THING, media_type="application/vnd.shop.v2+json")),
    operation("GET /health", neutral=True),
    operation("GET /health/{id}", neutral=True),
)
POLICIES: Mapping[str, Policy] = {
    "plain": policy(),
    "sunset": policy(sunset=GONE),
    "sunset-without-code": policy(sunset=Sunset(statuses=frozenset({410, 404}))),
    "echo-in-the-body": policy(echo=ECHO_BODY, sunset=GONE),
    "echo-of-one-version": policy(echo=replace(ECHO_BODY, versions=frozenset({"v2"})), sunset=GONE),
    "echo-in-a-header": policy(echo=ECHO_HEADER),
    "echo-of-another-version": policy(echo=Echo(header="X-Served", versions=frozenset({"v1"}), statuses=("2xx",))),
    "accept-first": policy(ACCEPT, PATH, echo=ECHO_BODY),
    "missing-is-refused": policy(**_MISSING),
    "no-envelope": policy(envelopes={}, envelope=None),
    "alias": policy(aliases={"plain": _PLAIN}, sunset=GONE, echo=ECHO_BODY, neutral=_NEUTRAL, **_MISSING),
}
_BODIES: tuple[Any, ...] = (
    None,
    {"id": "t"},
    {"id": 5},
    {"id": "t", "meta": {"version": "v2"}},
    {"id": "t", "meta": {"version": "v1"}},
    {"id": "t", "meta": {"version": None}},
    {"data": {"id": "t"}},
    error("GONE", migrate="/api/v2"),
    error("NOT_FOUND"),
    error("NO_VERSION"),
)
_STATUSES = (200, 201, 204, 301, 304, 400, 401, 404, 410, 418, 422, 429, 500, 501, 503)
_HEADERS = ((), (("X-Served", "1"),), (("X-Served", "2"),))
_OWN = {"v2": response(200, {"id": "t"}), "v1": response(200, {"data": {"id": "t"}})}
_LYING = {"v2": response(200, {"id": "t", "meta": {"version": "v1"}}), "v1": response(200, {"data": {"id": "t"}})}
_STEP = 37
_ASKED = (
    (Aim.ACCEPTED, "", {}),
    (Aim.ACCEPTED, "header", _OWN),
    (Aim.ACCEPTED, "header", _LYING),
    (Aim.ACCEPTED, "accept", {"v2": _OWN["v2"]}),
    *((aim, "", {}) for aim in Aim if aim.meaning.contract and aim is not Aim.ACCEPTED),
)


def _answers() -> Iterator[Response | NoAnswer]:
    yield NoAnswer(kind=NoAnswerKind.CLOSED, detail="the connection was closed")
    for status, value, headers in itertools.product(_STATUSES, _BODIES, _HEADERS):
        yield response(status, value, headers=headers)
    yield from (response(status, body=b"<p>", media_type="text/html") for status in _STATUSES)
    yield response(200, body=b"{")


def _exchanges(where: Scene, step: int) -> Iterator[Exchange]:
    """Every so many of them: the step divides none of the lengths, so that each value comes."""
    for answer, (aim, via, peers) in itertools.islice(itertools.product(_answers(), _ASKED), None, None, step):
        changes = {"via": via} if via else {}
        yield exchange(where, answer, aim, peers=peers, **changes)


def _why(each: Exchange, where: Scene, promised: list[Check]) -> str | None:
    """Which check says something of an answer, by its code; None where it falls between them."""
    if AV301.judge is not None and AV301.judge(each, where) is not None:
        return "AV301"
    for check in promised:
        said = check.judge(each, where) if check.judge is not None else None
        if said and list(said):
            return check.code
    return _left_open(each, where, promised)


def _left_open(each: Exchange, where: Scene, promised: list[Check]) -> str | None:
    """Who stays unsure of a status that no contract has to name, by the policy's own list."""
    operation, answer = read(each, where).contract_operation, each.response
    if operation is None or answer is None or not needs_no_contract(each, where, operation, answer):
        return None
    if answer.status in NOT_NOW:
        return "another time"
    if each.aim is not Aim.ACCEPTED:
        assert AV401.judge is not None
        return "AV401" if AV401.judge(each, where) is not None or not read(each, where).envelopes else None
    for check in promised:  # no request succeeds
        found = check.conclude([each], where) if check.conclude is not None else None
        if found and list(found):
            return check.code
    return "a weaker carrier" if each.via in {"header", "accept"} and each.peers else None


@pytest.mark.parametrize("name", POLICIES)
def test_no_answer_falls_between_the_checks(name: str) -> None:
    """Whatever a live version's own operation answers, AV301 judges it, or another check says why it is not the answer that was due."""
    rules = POLICIES[name]
    silent: list[str] = []
    told: set[str] = set()
    for subject, key in itertools.product(
        ("v1", "v2", *rules.aliases), ("GET /things", "GET /free", "GET /echoed", "POST /things")
    ):
        where = scene(rules, subject, key, operations=OPERATIONS)
        promised = [check for check in checks() if check.promised(where) is not None]
        for each in _exchanges(where, 1 if drawn(4) == 4 else _STEP):
            code = _why(each, where, promised)
            told.add(code or "")
            if code is None:
                silent.append(f"{subject} {key} {each.aim.name} {each.via} {each.answer}"[:300])
    assert silent[:5] == []
    assert {"AV301", "AV700"} <= told


@pytest.mark.parametrize("key", ["GET /health", "GET /health/{id}"])
def test_what_has_no_version_falls_between_no_checks(key: str) -> None:
    """An operation without a version is held likewise, though nothing of a version is promised of it."""
    for subject in ("v2", "plain"):
        where = scene(POLICIES["alias"], subject, key, operations=OPERATIONS)
        promised = [check for check in checks() if check.promised(where) is not None]
        silent = [
            each.answer
            for each in _exchanges(where, 1)
            if each.aim is Aim.ACCEPTED and not each.peers and _why(each, where, promised) is None
        ]
        assert silent[:5] == []
