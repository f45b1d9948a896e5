"""Each preset is kept by an honest server, and what a server breaks of it is found by its own check."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pytest_apiversion.shell.policy_file.presets import preset_names, preset_text
from tests.detection.table import ROWS, Row
from tests.presets.catalogue import SHOWN
from tests.thorough import drawn, sample

STANDARDS = {"rfc9457", "rfc9745"}
"""Presets of one RFC, which the reference servers keep."""

FRAMEWORKS = Path(__file__).parents[1] / "frameworks" / "policies"
"""The policies of applications that the frameworks themselves serve."""


@pytest.mark.parametrize(
    ("name", "day"), [(name, day) for name, shown in SHOWN.items() for day in sample(shown.days, 3)]
)
def test_an_honest_server_keeps_its_preset(name: str, day: str, tmp_path: Path) -> None:
    """No finding, every operation succeeds, and every promise of the preset is tried."""
    shown = SHOWN[name]
    result = shown.run(tmp_path, day, max_examples=drawn(10))

    assert result.said == []
    assert result.barren == []
    promised = set().union(*(result.promised(version) for version in shown.server.lives))
    exercised = set().union(*(result.exercised(version) for version in shown.server.lives))
    assert promised - exercised == shown.silent.keys()


@pytest.mark.parametrize(
    "row",
    sample((row for row in ROWS if row.policy in SHOWN and not row.curated), 24),
    ids=lambda row: f"{row.policy}-{row.bug}",
)
def test_a_broken_convention_is_found_by_its_own_check(row: Row, tmp_path: Path) -> None:
    """One promise of a preset broken is one code, and no other check speaks; `python -m tests.detection` asks the others."""
    result = SHOWN[row.policy].run(tmp_path, row.day, row.bug, max_examples=drawn(4))

    assert result.codes == set(row.expected), result.said


def test_every_preset_is_shown() -> None:
    """A preset without a server that keeps it does not ship, and none is shown without a bug."""
    policies = [tomllib.loads(path.read_text("utf-8")) for path in FRAMEWORKS.glob("*/apiversion.toml")]

    assert SHOWN.keys() | STANDARDS | {policy["extends"] for policy in policies} == set(preset_names())
    assert [name for name, shown in SHOWN.items() if not shown.bugs] == []


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_says_what_it_is_and_where_it_is_from(name: str) -> None:
    """The comment at the top is the preset's paragraph in the reference, and ends with its source; TOML follows."""
    comment, _, settings = preset_text(name).partition("\n\n")
    paragraphs = "\n".join(line.removeprefix("#").strip() for line in comment.splitlines()).split("\n\n")

    assert all(line.startswith("#") for line in comment.splitlines())
    assert len(paragraphs) == 2
    assert paragraphs[1].startswith("Source: ")
    assert tomllib.loads(settings)


@pytest.mark.parametrize("name", SHOWN)
def test_a_policy_that_extends_a_preset_is_short(name: str) -> None:
    """Name, base URL and versions are all that most policies say."""
    shown = SHOWN[name]

    assert shown.more or tomllib.loads(shown.policy()).keys() == {"extends", "api", "versions"}
