"""Who has the turn of what is asked once for a version: one reading, and one write for each method."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Ask
from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.shell.requests.turns import Turns
from tests.checks.builders import policy, response, scene

OLD, NEW = response(200, {"id": "t", "name": "n"}), response(200, {"id": "t", "title": "n"})
CREATED, CREATED_OTHERWISE = response(201, {"id": "t"}), response(201, {"key": "t"})
COMPARED = Ask(aim=Aim.WRITTEN, compare=("v2", "v1"), once=True)
WON = {("v2", key) for key in ("GET /things", "GET /things/{id}", "POST /things", "DELETE /things/{id}")}


def turns() -> Turns:
    """Those of a policy whose operations all succeeded."""
    return Turns(policy=policy(), won=WON)


def takes(who: Turns, key: str, ask: Ask = COMPARED, **plain: Response) -> bool:
    """Whether an operation has the turn, given what versions were answered."""
    where = scene(key=key)
    return who.possible(where, where.operation, ask) and who.taken(where, where.operation, ask, plain)


def test_a_reading_and_each_method_that_writes_have_one_turn() -> None:
    """The first of each that tells versions apart; others have none."""
    who = turns()

    assert not takes(who, "GET /things", v1=OLD, v2=OLD)
    assert takes(who, "GET /things/{id}", v1=OLD, v2=NEW)
    assert not takes(who, "GET /things", v1=OLD, v2=NEW)
    assert takes(who, "POST /things", v1=CREATED, v2=CREATED_OTHERWISE)
    assert takes(who, "DELETE /things/{id}", v1=OLD, v2=NEW)
    assert not takes(turns(), "DELETE /things/{id}", v1=OLD, v2=response(404))


def test_what_needs_no_telling_apart_has_a_turn_of_its_own() -> None:
    """Once where versions are alike, and once where they are not."""
    who, ask = turns(), Ask(aim=Aim.WRITTEN, compare=("v2", "v1"), once=True, alike=True)

    assert takes(who, "GET /things", ask, v1=OLD, v2=OLD)
    assert not takes(who, "GET /things/{id}", ask, v1=OLD, v2=OLD)
    assert takes(who, "GET /things/{id}", ask, v1=OLD, v2=NEW)


def test_each_wrong_credential_has_a_turn_of_its_own() -> None:
    """What one operation is asked with says nothing of another credential; what never succeeded is not asked."""
    who = turns()
    one, other = (Ask(aim=Aim.FORGED, wrong_credential=name, once=True) for name in ("Key", "Name"))

    assert takes(who, "GET /things", one)
    assert takes(who, "GET /things/{id}", other)
    assert not takes(who, "GET /things/{id}", one)
    assert not takes(Turns(policy=policy(), won=set()), "GET /things", one)


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        pytest.param({"v1": response(400, {"error": 1}), "v2": CREATED}, True, id="the-other-version-refuses-it"),
        pytest.param({"v1": response(409), "v2": CREATED}, False, id="it-is-there-for-the-other"),
        pytest.param({"v1": CREATED_OTHERWISE, "v2": response(409)}, False, id="it-is-there-already"),
        pytest.param({"v1": CREATED, "v2": response(422)}, False, id="it-is-refused-again"),
        pytest.param({"v2": CREATED}, False, id="no-answer-to-compare"),
    ],
)
def test_a_write_that_cannot_be_asked_again_has_none(plain: dict[str, Any], *, expected: bool) -> None:
    """A conflict says nothing of versions."""
    assert takes(turns(), "POST /things", **plain) is expected
