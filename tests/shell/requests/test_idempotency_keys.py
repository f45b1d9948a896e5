"""Each request has an idempotency key of its own: a service answers a key it knows with the answer that it gave before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.shell.requests.idempotency_keys import IdempotencyKeys
from pytest_apiversion.shell.target.load import load_target
from tests.apps.kit import serving
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
    keys = IdempotencyKeys(target.contracts, lambda *_: f"av{next(count):012}")
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
    ],
)
def test_what_stays(tmp_path: Path, name: str, schema: Any, value: str) -> None:
    """A wrong key is sent to be refused, and what is no key is what was drawn."""
    target = load_target(
        folder(tmp_path, PATHS, dict.fromkeys(("v1", "v2"), contract(name, schema))), {"ODD_URL": "http://x"}
    )
    request = Request(method="POST", path="/orders", headers=((name, value),))

    assert IdempotencyKeys(target.contracts, lambda *_: "av000000000000").renewed(request) == request


@pytest.mark.parametrize("strict", [False, True])
def test_a_service_that_replays_is_honest(tmp_path: Path, *, strict: bool) -> None:
    """Neither a service that replays what it answered to a key, nor one that refuses a key with another body, is said anything of."""
    api, orders, answered = Api(select=by_path("v1", "v2")), dict[str, Any](), dict[str, tuple[Any, Any]]()

    @api.on("POST", "/orders")
    def make(request: Any, _version: str) -> Any:
        key, body = request.headers["Idempotency-Key"], json_object(request)
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
        result = run_file(folder(tmp_path, policy, {"v1": mine, "v2": mine}), {"ODD_URL": url})

    assert result.said == []
    assert result.barren == []
    assert len(orders) > 20
