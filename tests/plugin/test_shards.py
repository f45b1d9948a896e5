"""A run in shards: every item in exactly one of them, and together they say what a whole run says."""

from __future__ import annotations

import json
import re

import pytest

from pytest_apiversion.shell.pytest_plugin.shards import shard_numbers
from tests.plugin.conftest import Small

_RESULT = re.compile(r"^(apiversion\.toml::.*) ([A-Z]+)\b")


def results(result: pytest.RunResult) -> dict[str, str]:
    """What became of each item, by node id."""
    return {found[1]: found[2] for line in result.outlines if (found := _RESULT.match(line))}


def verdicts(result: pytest.RunResult) -> set[str]:
    """The codes of the matrix with what is broken."""
    return {line.split()[0] for line in result.outlines if re.match(r"AV\d{3}  .*BROKEN", line)}


def test_shards_together_are_the_run(buggy: Small) -> None:
    """Three shards are disjoint and complete, each item ends as in the whole run, and the same promise is broken."""
    whole = buggy.run("-v", "--hypothesis-seed=7")
    shards = [buggy.run("-v", "--hypothesis-seed=7", f"--apiversion-shard={number}/3") for number in (1, 2, 3)]
    parts = [results(each) for each in shards]

    assert all(parts)
    assert sum(len(part) for part in parts) == len(results(whole))
    assert {name: end for part in parts for name, end in part.items()} == results(whole)
    assert set.union(*(verdicts(each) for each in shards)) == verdicts(whole) == {"AV301"}


def test_a_shard_says_that_it_is_one(small: Small) -> None:
    """The page names the shard, and so does the JSON; what other shards hold is no failure of a strict one."""
    result = small.run("--apiversion-shard=2/3", "--apiversion-strict", "--apiversion-json=run.json")

    assert result.ret == pytest.ExitCode.OK
    result.assert_outcomes(passed=3, deselected=6)
    result.stdout.fnmatch_lines(["*shard 2/3 of the items*"])
    assert json.loads((small.pytester.path / "run.json").read_text("utf-8"))["shard"] == "2/3"


@pytest.mark.parametrize("text", ["0/3", "4/3", "1", "1/0", "a/b", "1/-2"])
def test_what_is_no_shard(small: Small, text: str) -> None:
    """A shard is a number and of how many."""
    result = small.run(f"--apiversion-shard={text}")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: --apiversion-shard: expected a shard such as 1/4, got '{text}'"])
    assert small.api.requests == []


def test_tests_of_other_files_stay_in_every_shard(small: Small) -> None:
    """Only items of policy files are: the rest of the suite has its own ways to be split."""
    small.pytester.makepyfile(test_other="def test_it(): pass")

    for number in (1, 2):
        result = small.run("-v", f"--apiversion-shard={number}/2")
        assert result.ret == pytest.ExitCode.OK
        result.stdout.fnmatch_lines(["test_other.py::test_it *"])


@pytest.mark.parametrize(
    ("items", "count", "loads"),
    [
        ([("a", "x"), ("b", "x"), ("c", "y")], 2, [2, 1]),
        ([("a", "x"), ("b", "y"), ("c", "z")], 2, [2, 1]),
        ([("a", "x")], 3, [1, 0, 0]),
        ([], 2, [0, 0]),
    ],
    ids=["a group stays together", "about equal", "more shards than items", "nothing"],
)
def test_how_items_are_spread(items: list[tuple[str, str]], count: int, loads: list[int]) -> None:
    """Each item has one shard; a group is not torn apart; shards are about equal."""
    found = shard_numbers(items, count)

    assert [list(found.values()).count(number + 1) for number in range(count)] == loads
    groups = dict(items)
    assert all(len({found[name] for name in found if groups[name] == group}) == 1 for group in groups.values())
