"""The same day, seed and data: the same requests."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.conftest import NEW
from tests.plugin.conftest import Start
from tests.plugin.small_api import POLICY, write_suite

CREATING = 'value = "Key ${SMALL_TOKEN}"\n\n[requests]\nconcurrency = 1\n'


@pytest.mark.parametrize("more", ["", "[requests]\nconcurrency = 1"], ids=["beside each other", "one after the other"])
def test_two_runs_send_the_same(start: Start, more: str) -> None:
    """Two runs at one instant send the same multiset of requests; where one is in flight at a time, the same sequence."""
    sent: list[list[str]] = []
    for _ in range(2):
        small = start()
        write_suite(small.pytester.path, policy=POLICY.replace("[requests]\n", f"{more}\n", 1) if more else POLICY)
        small.run("--hypothesis-seed=7")
        sent.append(list(small.api.requests))

    assert sent[0]
    assert Counter(sent[0]) == Counter(sent[1])
    if more:
        assert sent[0] == sent[1]


def test_two_processes_send_the_same(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """So do two processes, whatever order their sets have, and whatever the clock says where the day is pinned.

    Schemathesis of the beginning of 4 draws in the order of its own sets.
    """
    sent: list[list[str]] = []
    for seed in "12" if NEW else "11":
        small = start()
        write_suite(small.pytester.path, policy=POLICY.replace("[requests]\n", "[requests]\nconcurrency = 1\n", 1))
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        small.spawn_anew("--hypothesis-seed=7", "--apiversion-database=none", "-p", "no:cacheprovider")
        sent.append(list(small.api.requests))

    assert sent[0]
    assert sent[0] == sent[1]
