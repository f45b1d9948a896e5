"""AV320: what one version writes, the others read, and what they write back loses nothing."""

from __future__ import annotations

import pytest

from pytest_apiversion.checks.write_here_read_there import CHECK
from pytest_apiversion.core.contracts.round_trip import After
from tests.checks.builders import Row, agrees, exchange, response, said, scene
from tests.checks.sequences import of, read, resources

TRUE = of(across=True)
E, W = After.ELSEWHERE, After.WRITTEN_BACK
SHOWN = {"id": "t1", "note": "mine"}

SILENT = {
    "the-same-there": read("held", TRUE, E, 200, SHOWN, members=SHOWN),
    "more-there": read("held", TRUE, E, 200, {**SHOWN, "tags": []}, members=SHOWN),
    "member-that-is-missing-is-its-contracts": read("held", TRUE, E, 200, {"id": "t1"}, members=SHOWN),
    "survives-the-way-back": read("held", TRUE, W, 200, SHOWN, members=SHOWN),
    "refused-there": read("unspoken", TRUE, E, 403, members=SHOWN),
    "crash-is-av402s": read("unspoken", TRUE, E, 500, members=SHOWN),
    "after-a-creation-is-av318s": read("unspoken", TRUE, After.CREATED, 404),
    "not-of-a-sequence": Row(expected="unspoken", scene=TRUE, exchanges=(exchange(TRUE, response(404)),)),
    "not-promised": read("unpromised", of(), E, 404),
}
SPEAK = {
    "not-there": read(("what POST /things wrote cannot be read",), TRUE, E, 404, members=SHOWN),
    "another-value": read(("note is not what POST /things shows",), TRUE, E, 200, {"note": "x"}, members=SHOWN),
    "lost-on-the-way-back": read(("what POST /things wrote is lost",), TRUE, W, 404, members=SHOWN),
    "emptied-on-the-way-back": read(
        ("note does not survive POST /things",), TRUE, W, 200, {"note": None}, members=SHOWN
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """Where both versions show the same, nothing is said."""
    assert said(CHECK, SILENT[name]) == SILENT[name].expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What one version wrote and another does not show, or loses, is a finding."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected)


def test_it_is_owed_where_another_version_creates_what_this_one_reads() -> None:
    """A version owes it only where the policy says so, and where two versions have the same thing."""
    assert CHECK.promised(of(None)) is None
    assert CHECK.promised(of(None, across=True)) == "sequences.across"
    assert CHECK.promised(scene(TRUE.policy, key=None, resources=resources(elsewhere=False))) is None
