"""The same day, seed and data: the same requests."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.conftest import NEW
from tests.plugin.conftest import Start
from tests.plugin.small_api import POLICY, write_suite
from tests.thorough import some

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
        small.spawn_anew(
            "--hypothesis-seed=7",
            "--apiversion-database=none",
            "-k",
            some("v2", "v2 and POST"),
            "-p",
            "no:cacheprovider",
        )
        sent.append(list(small.api.requests))

    assert sent[0]
    assert sent[0] == sent[1]


UNIQUE = '\n[[headers]]\nname = "X-Number"\non = ["2xx"]\nunique = true\n'


@pytest.mark.parametrize("together", [1, 8], ids=["one after the other", "beside each other"])
def test_what_operations_share_is_found(start: Start, together: int) -> None:
    """What two operations answer alike though no two may is a finding, of the later one of the file's order, however many run at a time."""
    small = start("counts-by-path")
    limits = f"[requests]\nconcurrency = {together}\n"
    write_suite(small.pytester.path, policy=POLICY.replace("[requests]\n", limits, 1), more=UNIQUE)
    result = small.run("--hypothesis-seed=7", "-k", "v2 and things and not id", "-rf")

    failed = [line.split(" - ")[0] for line in result.outlines if line.startswith("FAILED ")]
    assert failed == ["FAILED apiversion.toml::v2::POST /things"]
    assert "X-Number is the same on several answers of different operations" in result.stdout.str()
