"""Each request has an idempotency key of its own: a service answers a key it knows with the answer that it gave before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.http.conditions import ANY
from pytest_apiversion.core.http.messages import Request, Response
from pytest_apiversion.shell.data.broken_readings import BrokenReadings
from pytest_apiversion.shell.data.fresh_texts import FreshTexts
from pytest_apiversion.shell.data.ownership import Ownership
from pytest_apiversion.shell.requests.guarded_sender import GuardedSender
from pytest_apiversion.shell.requests.idempotency_keys import IdempotencyKeys
from pytest_apiversion.shell.requests.readings import Readings
from pytest_apiversion.shell.target.load import load_target
from tests.apps.kit import serving
from tests.checks.builders import NOW
from tests.shell.running import run_file
from tests.shell.servers.kit import (
    ENVELOPE,
    PATHS,
    Api,
    by_path,
    document,
    error,
    folder,
    json_object,
    operation,
    parameter,
    record,
    reply,
)

UUID = "123e4567-e89b-42d3-a456-426614174000"
SHORT = {"type": "string", "pattern": "^[A-Z0-9]{8}$"}
TEXT = {"type": "string"}
ORDER = record(id=TEXT, topic={"type": "string", "maxLength": 40})
NEW = record(topic={"type": "string", "maxLength": 40})


def contract(name: str, schema: Any) -> Any:
    """Orders that are made with a key."""
    made = operation({201: ORDER, "4XX": {}}, body=NEW, parameters=[parameter(name, "header", schema)])
    read = operation({200: ORDER, "4XX": {}}, parameters=[parameter("order")])
    return document({"/orders": {"post": made}, "/orders/{order}": {"get": read}})


@pytest.mark.parametrize(
    ("name", "schema", "value"),
    [
        pytest.param("Idempotency-Key", TEXT, "abc", id="any text"),
        pytest.param("idempotency-key", {"type": "string", "format": "uuid"}, UUID, id="a UUID"),
        pytest.param("X-Idempotency-Token", SHORT, "ABCD1234", id="a pattern"),
        pytest.param("PayPal-Request-Id", {"type": "string", "maxLength": 5}, "abcde", id="a short one"),
    ],
)
def test_a_key_is_like_the_one_it_replaces(tmp_path: Path, name: str, schema: Any, value: str) -> None:
    """A key that the contract allows becomes another that it allows, a new one each time."""
    target = load_target(
        folder(tmp_path, PATHS, dict.fromkeys(("v1", "v2"), contract(name, schema))), {"ODD_URL": "http://x"}
    )
    count = iter(range(100))
    keys = IdempotencyKeys(target.policy, target.contracts, lambda *_: f"av{next(count):012}")
    request = Request(method="POST", path="/orders", headers=((name, value),))
    found = [keys.renewed(request).header(name) for _ in range(3)]

    assert len({value, *found}) == 4
    assert [len(each or "") for each in found] == [len(value)] * 3 or schema == TEXT


@pytest.mark.parametrize(
    ("name", "schema", "value"),
    [
        pytest.param("Idempotency-Key", SHORT, "no key", id="what the contract does not allow"),
        pytest.param("Idempotency-Key", {"enum": ["a"]}, "a", id="the only one there is"),
        pytest.param("X-Trace", TEXT, "abc", id="another header"),
        pytest.param("Idempotency-Key-TTL", TEXT, "3600", id="what is said of a key"),
    ],
)
def test_what_stays(tmp_path: Path, name: str, schema: Any, value: str) -> None:
    """A wrong key is sent to be refused, and what is no key is what was drawn."""
    target = load_target(
        folder(tmp_path, PATHS, dict.fromkeys(("v1", "v2"), contract(name, schema))), {"ODD_URL": "http://x"}
    )
    request = Request(method="POST", path="/orders", headers=((name, value),))

    assert IdempotencyKeys(target.policy, target.contracts, lambda *_: "av000000000000").renewed(request) == request


def test_a_key_that_the_policy_gives_stays(tmp_path: Path) -> None:
    """Who gives an operation its key wants that one sent."""
    given = PATHS + '[operations.rules."POST /orders".values.headers]\nIdempotency-Key = "mine"\n'
    mine = contract("Idempotency-Key", TEXT)
    target = load_target(folder(tmp_path, given, {"v1": mine, "v2": mine}), {"ODD_URL": "http://x"})
    keys = IdempotencyKeys(target.policy, target.contracts, FreshTexts(1, NOW))
    request = Request(method="POST", path="/v1/orders", headers=(("idempotency-key", "mine"),))

    assert keys.renewed(request) == request
    assert keys.renewed(request.with_header("idempotency-key", "other")).header("idempotency-key") not in {
        "other",
        "mine",
    }


def test_other_requests_change_no_key(tmp_path: Path) -> None:
    """Requests that several threads send get the same keys whoever is first; the same request gets another each time."""
    mine = contract("Idempotency-Key", TEXT)
    target = load_target(folder(tmp_path, PATHS, {"v1": mine, "v2": mine}), {"ODD_URL": "http://x"})
    first, *others = (
        Request(method=method, path=path, headers=(("Idempotency-Key", "x"),), body=body)
        for method, path, body in (
            ("POST", "/v1/orders", b"a"),
            ("POST", "/v2/orders", b"a"),
            ("PUT", "/v1/orders", b"a"),
            ("POST", "/v1/orders", b"b"),
        )
    )
    alone, beside = (IdempotencyKeys(target.policy, target.contracts, FreshTexts(1, NOW)) for _ in range(2))
    known = [beside.renewed(each).header("Idempotency-Key") for each in others]
    told = [[keys.renewed(first).header("Idempotency-Key") for _ in range(2)] for keys in (alone, beside)]

    assert told[0] == told[1]
    assert len({*told[0], *known}) == 5


def test_a_write_to_what_changed_is_sent_again_with_another_key(tmp_path: Path) -> None:
    """With the key of the attempt that was refused (412) a service answers the second as it answered the first."""
    mine = contract("Idempotency-Key", TEXT)
    target = load_target(folder(tmp_path, PATHS, {"v1": mine, "v2": mine}), {"ODD_URL": "http://x"})
    readings, tags, sent = Readings(policy=target.policy, as_of=NOW), iter(("1", "2", "3")), list[Request]()

    def transport(request: Request) -> Response:
        if request.method == "GET":
            return Response(status=200, headers=(("ETag", f'"{next(tags)}"'),), body=b"", elapsed=0.0, received=0.0)
        sent.append(request)
        return Response(status=412 if len(sent) == 1 else 204, headers=(), body=b"", elapsed=0.0, received=0.0)

    ownership = Ownership(target.policy, target.contracts)
    sender = GuardedSender(
        policy=target.policy,
        transport=transport,
        unsafe=True,
        ownership=ownership,
        readings=readings,
        broken=BrokenReadings(target.contracts, ownership, target.policy.secrets),
        keys=IdempotencyKeys(target.policy, target.contracts, FreshTexts(1, NOW)),
    )
    write = Request(method="POST", path="/v1/orders", headers=(("Idempotency-Key", "x"), ("If-Match", ANY)))
    write = readings.current(write, required={"if-match"})
    readings.read_by(write, Request(method="GET", path="/v1/orders"))
    last, _ = sender.exchanged(write)

    assert [each.header("If-Match") for each in sent] == ['"1"', '"2"']
    assert last == sent[1]
    assert len({"x", *(each.header("Idempotency-Key") for each in sent)}) == 3


@pytest.mark.parametrize("strict", [False, True])
def test_a_service_that_replays_is_honest(tmp_path: Path, *, strict: bool) -> None:
    """Neither a service that replays what it answered to a key, nor one that refuses a key with another body, is said anything of."""
    api, orders, answered = Api(select=by_path("v1", "v2")), dict[str, Any](), dict[str, tuple[Any, Any]]()

    @api.on("POST", "/orders")
    def make(request: Any, _version: str) -> Any:
        key, body = request.headers.get("Idempotency-Key"), json_object(request)
        if key is None:
            raise error(400)
        if key in answered:
            if strict and answered[key][0] != body:
                raise error(422)
            return answered[key][1]
        if not isinstance(body.get("topic"), str) or len(body["topic"]) > 40:
            raise error(422)
        made = {"id": f"o{len(orders)}", "topic": body["topic"]}
        orders[made["id"]] = made
        answered[key] = body, reply(made, 201)
        return answered[key][1]

    @api.on("GET", "/orders/{order}")
    def read(_request: Any, _version: str, order: str) -> Any:
        if order not in orders:
            raise error(404)
        return reply(orders[order])

    mine = contract("Idempotency-Key", {"type": "string", "minLength": 8, "maxLength": 40, "pattern": "^[A-Za-z0-9]+$"})
    policy = PATHS + ENVELOPE + "[sequences]\nread_your_writes = true\n"
    with serving(api) as url:
        result = run_file(folder(tmp_path, policy, {"v1": mine, "v2": mine}), {"ODD_URL": url}, few=4)

    assert result.said == []
    assert result.barren == []
    assert len(orders) > 8


def test_a_key_that_is_sent_again_stays(tmp_path: Path) -> None:
    """Whoever tries again sends the key of before; other requests have their own."""
    target = load_target(
        folder(tmp_path, PATHS, dict.fromkeys(("v1", "v2"), contract("Idempotency-Key", TEXT))), {"ODD_URL": "http://x"}
    )
    keys = IdempotencyKeys(target.policy, target.contracts, lambda *_: "av000000000000")
    again, other = (
        Request(method="POST", path="/orders", headers=(("Idempotency-Key", keys.kept("abc") if kept else "def"),))
        for kept in (True, False)
    )

    assert keys.renewed(again) == again
    assert keys.renewed(other) != other
