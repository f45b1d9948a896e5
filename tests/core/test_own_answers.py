"""Which answers a version is judged by: its own, where they are the answers that were due."""

from __future__ import annotations

import pytest

from pytest_apiversion.core.checking.exchange import Aim, NoAnswer, NoAnswerKind
from pytest_apiversion.core.judging.own_answers import own_answer, own_error
from tests.checks.builders import ECHO_HEADER, PATH, Row, error, policy, response, row, scene

UNREAD = NoAnswer(kind=NoAnswerKind.TIMEOUT, detail="10 s")
SAYS_V1 = response(404, error(), headers=(("X-Served", "1"),))

ROWS = {
    "a success": row("answer", response(200)),
    "an error": row("answer, error", response(404)),
    "a wrong method": row("answer, error", response(405), scene(), Aim.UNROUTED),
    "a path nobody declared": row("error", response(404), scene(key=None), Aim.UNROUTED),
    "a version nobody declared": row("", response(404), scene(), Aim.UNKNOWN),
    "an operation without versions": row("", response(404), scene(key="GET /health")),
    "a crash": row("", response(500)),
    "another version's": row("", SAYS_V1, scene(policy(PATH, echo=ECHO_HEADER))),
    "none": row("", UNREAD),
}


@pytest.mark.parametrize("name", ROWS)
def test_whose_answer_it_is(name: str) -> None:
    """An answer is its version's own where it is of a path with versions, and of errors where no path was; never another's."""
    of: Row = ROWS[name]
    found = {"answer": own_answer(of.exchanges[0], of.scene), "error": own_error(of.exchanges[0], of.scene)}

    assert ", ".join(name for name, answer in found.items() if answer is not None) == of.expected
    assert {answer for answer in found.values() if answer is not None} <= {of.exchanges[0].response}
