"""Whether an answer could have been another one: only then is a promise held by it."""

from __future__ import annotations

import pytest

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.contracts.contract import ResponseSpec
from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.core.judging.evidence import answered, hollow, refusals, shows
from tests.checks.builders import GONE, error, exchange, instant, operation, policy, response, scene

WHERE = scene()
THING = response(200, {"id": "t"})
GOOD, EMPTY, MISSING, BUSY = (exchange(WHERE, each) for each in (THING, response(200), response(404), response(503)))
OVER = scene(policy(sunset=GONE), "v1", as_of=instant("2027-01-01"))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param(THING, False, id="a-thing"),
        pytest.param(response(200), True, id="nothing-where-a-thing-is-due"),
        pytest.param(response(204), False, id="no-content"),
        pytest.param(response(202), True, id="nothing-and-a-status-nobody-declared"),
        pytest.param(response(202, {"id": "t"}), False, id="something-with-a-status-nobody-declared"),
    ],
)
def test_a_success_with_nothing_in_it_is_hollow(answer: Response, *, expected: bool) -> None:
    """Unless its contract says that there is nothing in it."""
    assert hollow(answer, operation("GET /things")) is expected
    assert not hollow(response(200), operation("GET /things", ResponseSpec(status="200")))


def test_an_operation_answers_by_a_success_that_is_one() -> None:
    """One is enough; refusals, hollow successes and busy machines are none, and what was not asked shows nothing."""
    assert answered([MISSING, BUSY, GOOD], WHERE) is True
    assert answered([MISSING, BUSY, EMPTY], WHERE) is False
    assert answered([exchange(WHERE, THING, Aim.UNKNOWN, probe="v9")], WHERE) is None
    assert answered([exchange(scene(key="GET /health"), THING)], scene(key="GET /health")) is None


def test_a_version_that_is_over_answers_by_saying_so() -> None:
    """The declared answer of a sunset is what it is asked for; anything else shows nothing more."""
    assert answered([exchange(OVER, response(410, error("GONE")), Aim.SUNSET)], OVER) is True
    assert answered([exchange(OVER, response(404), Aim.SUNSET)], OVER) is False


def test_a_rejection_counts_where_a_success_was_to_be_had() -> None:
    """The same status whatever version is named is no rejection, nor is a 404 about a thing that nobody has; an error code is."""
    probe, coded = response(404), response(404, error("NO_SUCH_VERSION"))
    plain = exchange(WHERE, probe, Aim.UNDECLARED, probe="v9")

    assert refusals([GOOD, MISSING], WHERE) == set()
    assert refusals([MISSING, BUSY], WHERE) == {404, 503}
    assert shows(plain, WHERE, ())
    assert not shows(plain, WHERE, {404})
    assert shows(plain, WHERE, {401})
    assert not shows(exchange(WHERE, probe, Aim.UNDECLARED, probe="v9", of_nothing=True), WHERE, ())
    assert shows(exchange(WHERE, response(400), Aim.UNDECLARED, probe="v9", of_nothing=True), WHERE, ())
    assert shows(exchange(WHERE, coded, Aim.UNDECLARED, probe="v9", of_nothing=True), WHERE, {404})
    assert shows(MISSING, WHERE, {404})
