"""The one table of aims: every aim has a row, and what follows from the rows fits together."""

from __future__ import annotations

import pytest

from pytest_apiversion.core.checking.aim import MEANINGS, Aim, Fault, Receiver
from pytest_apiversion.core.policy.selection import WRONGS


def test_every_aim_has_a_row() -> None:
    """An aim without a row means nothing to the judges, and an exchange with it would be judged by accident."""
    assert list(MEANINGS.keys() ^ set(Aim)) == []


def test_every_kind_of_receiver_and_of_fault_is_used() -> None:
    """A value that no row has is a promise that nobody keeps."""
    assert {each.receiver for each in MEANINGS.values()} == set(Receiver)
    assert {each.fault for each in MEANINGS.values()} == {*Fault, None}


def test_the_kinds_of_wrong_are_the_policys() -> None:
    """Each kind of wrong version that a policy can answer has a probe, and no probe stands for another kind."""
    assert {wrong for each in MEANINGS.values() for wrong in each.wrongs} == set(WRONGS)


@pytest.mark.parametrize("aim", Aim, ids=lambda aim: aim.name.lower())
def test_a_row_agrees_with_itself(aim: Aim) -> None:
    """Only who selects a version can be rejected for it; only the version's own operation is held to its contract."""
    meaning = aim.meaning

    assert not meaning.wrongs or meaning.receiver is Receiver.SELECTION
    assert not meaning.ranked or meaning.wrongs
    assert all((each.meaning.wrongs and not each.meaning.plainer) or each is Aim.MALFORMED for each in meaning.plainer)
    assert not (meaning.contract and meaning.elsewhere)
    assert meaning.own or not meaning.contract
    assert meaning.contract or not (meaning.disguise or meaning.well_formed)
