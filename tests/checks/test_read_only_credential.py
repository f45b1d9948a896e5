"""AV321: a credential that may only read writes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.read_only_credential import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.core.policy.credentials import Credential
from pytest_apiversion.core.policy.requests import OperationRule
from pytest_apiversion.core.policy.selection import Answer, AnswerKind
from tests.checks.builders import (
    OPERATIONS,
    Row,
    agrees,
    asked,
    credential,
    error,
    exchange,
    instant,
    living,
    policy,
    response,
    row,
    said,
    scene,
)
from tests.checks.moments import MOMENTS, is_promised

TOLD = Answer(kind=AnswerKind.REJECT, statuses=frozenset({403}), place="credentials.reader.read_only")
KEY = credential("key", scheme="Key")
READER = replace(credential("reader", scheme="Key"), read_only=TOLD)
SPENT = replace(credential("spent", scheme="Key"), used_up=TOLD)
LOCKED = tuple(replace(each, security=({"Key": ()},)) for each in OPERATIONS)
BARRED = response(403, error("READ_ONLY"))


def where(key: str = "POST /things", *credentials: Credential, **changes: Any) -> Scene:
    """A shop whose operations ask for a key, on this machine unless the changes say otherwise."""
    shop = policy(credentials=credentials or (KEY, READER))
    return scene(shop, key=key, **{"operations": LOCKED, "unsafe": True, **changes})


def tried(expected: Any, answer: Response, of: Scene | None = None, aim: Aim = Aim.READ_ONLY) -> Row:
    """One request with the credential."""
    return row(expected, answer, of or where(), aim, probe="reader")


SILENT = {
    "told": tried("held", BARRED),
    "its-code": tried(
        "held",
        BARRED,
        where("POST /things", KEY, replace(READER, read_only=replace(TOLD, codes=frozenset({"READ_ONLY"})))),
    ),
    "declared-otherwise": tried(
        "held",
        response(404),
        where("POST /things", KEY, replace(READER, read_only=replace(TOLD, statuses=frozenset({404})))),
    ),
    "too-often": tried("unspoken", response(429)),
    "declared-as-too-often": tried(
        "held",
        response(429, error()),
        where("POST /things", KEY, replace(READER, read_only=replace(TOLD, statuses=frozenset({429})))),
    ),
    "another-aim": tried("unspoken", response(201, {"id": "t"}), aim=Aim.LESSER),
    "nobody-may-only-read": tried("unpromised", response(201), where("POST /things", KEY)),
    "only-safe-methods": tried("unpromised", response(201), where(unsafe=False)),
    "nobody-gets-in-is-av302s": Row(
        expected="yielded",
        scene=where(),
        exchanges=(exchange(where(), response(404), Aim.READ_ONLY, probe="reader"), exchange(where(), response(404))),
    ),
}

SPEAK = {
    "written": tried(
        ("POST with the credential reader, which may only read, is accepted",), response(201, {"id": "t"})
    ),
    "unknown": tried(("gets 401",), response(401, error())),
    "hidden": tried(("gets 404",), response(404, error())),
    "deleted": tried(("DELETE with the credential reader",), response(204), where("DELETE /things/{id}")),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """No finding where the promise is kept, cannot be shown, or is not made."""
    assert said(CHECK, SILENT[name]) == SILENT[name].expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """Each broken row is found, with words that tell it apart."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected)


@pytest.mark.parametrize(
    ("key", "credentials", "wanted"),
    [
        pytest.param("POST /things", (KEY, READER), ["reader"], id="a-write"),
        pytest.param("DELETE /things/{id}", (KEY, READER), ["reader"], id="a-deletion"),
        pytest.param("GET /things", (KEY, READER), [], id="a-reading"),
        pytest.param("GET /health", (KEY, READER), [], id="neutral"),
        pytest.param("POST /things", (KEY, SPENT), [], id="used-up"),
        pytest.param("POST /things", (KEY, replace(READER, scheme="OAuth")), [], id="opens-it-for-nobody"),
    ],
)
def test_each_write_that_it_would_open_is_asked(
    key: str, credentials: tuple[Credential, ...], wanted: list[str]
) -> None:
    """Once, with it alone."""
    assert [ask.credential for ask in asked(CHECK, where(key, *credentials))] == wanted


@pytest.mark.parametrize(("reads", "wanted"), [(True, []), (False, ["reader"])])
def test_what_only_reads_is_no_write(reads: bool, wanted: list[str]) -> None:  # noqa: FBT001  a column of the table
    """A search by `POST`, which the policy says to be one, is not tried."""
    rules = {"POST /things": OperationRule(reads=reads)}
    shop = policy(credentials=(KEY, READER), operations=rules)
    found = scene(shop, key="POST /things", operations=LOCKED, unsafe=True)

    assert [ask.credential for ask in asked(CHECK, found)] == wanted


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stages in which a version answers."""
    life, as_of, stage = MOMENTS[name]
    shop = living(life, credentials=(KEY, READER))

    found = scene(shop, "v1", operations=LOCKED, as_of=instant(as_of), unsafe=True)
    assert is_promised(CHECK, found) is stage.answers
