"""The baseline: what is known fails no run, what is new does, and what is fixed is asked to be removed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import tomllib
from pathlib import Path

import pytest

from pytest_apiversion.cli import main
from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.reporting.baseline import Baseline, Known, baseline_text, read_baseline, summary_lines
from tests.plugin.conftest import Small, Start
from tests.shell.publishing.made_reports import AS_OF, found

SAME = ("--apiversion-max-examples=1", "--apiversion-shrink=0", "--apiversion-json=run.json")
KNOWN = Known(
    fingerprint=found(1).fingerprint,
    policy="Made",
    code="AV401",
    version="v2",
    operation="GET /things/1",
    reason="next week",
    since=dt.date(2026, 5, 1),
)


def take_down(small: Small, *words: str) -> Path:
    """The baseline that the last run makes."""
    path = small.pytester.path / "known.toml"
    assert main(["baseline", "update", str(small.pytester.path / "run.json"), "--baseline", str(path), *words]) == 0
    return path


def test_known_findings_do_not_fail_a_run(start: Start) -> None:
    """After an update the same run is green whatever it draws; its item counts as expected to fail, and the page counts it as known."""
    small = start("nameless")
    assert small.run(*SAME, "--hypothesis-seed=1").ret == pytest.ExitCode.TESTS_FAILED
    take_down(small, "--reason", "we are at it")

    result = small.run(*SAME, "--hypothesis-seed=2", "--apiversion-baseline=known.toml")

    assert result.ret == pytest.ExitCode.OK
    result.assert_outcomes(passed=8, xfailed=1)
    assert "baseline: 0 new, 1 known, 0 fixed" in result.outlines
    (policy,) = json.loads((small.pytester.path / "run.json").read_text("utf-8"))["policies"]
    assert [each["known"] for each in policy["findings"]] == ["we are at it"]


def test_a_new_finding_fails_beside_a_known_one(start: Start) -> None:
    """Where something else breaks too, its item fails, and the known one does not."""
    small = start("nameless")
    small.run(*SAME)
    take_down(small)
    small.api.bugs = frozenset({"nameless", "no-notice"})

    result = small.run(*SAME, "--apiversion-baseline=known.toml")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    said = result.stdout.str()
    assert ", 1 known, 0 fixed" in said
    assert "baseline: 0 new" not in said
    assert not [line for line in result.outlines if line.startswith("FAILED") and "v2" in line]


def test_what_is_fixed_is_asked_to_be_removed(start: Start) -> None:
    """A run that held the promise says so, and an update removes the entry; a part of a run says nothing of the kind."""
    small = start("nameless")
    small.run(*SAME)
    path = take_down(small)
    small.api.bugs = frozenset()

    part = small.run(*SAME, "-k", "v2 and router", "--apiversion-baseline=known.toml")
    take_down(small)
    kept = read_baseline(path)
    whole = small.run(*SAME, "--apiversion-baseline=known.toml")

    assert "baseline: 0 new, 0 known, 0 fixed" in part.outlines
    assert len(kept) == 1
    assert "baseline: 0 new, 0 known, 1 fixed (remove them: apiversion baseline update)" in whole.outlines
    assert any(line.startswith("  fixed: AV301 v2 GET /things: ") for line in whole.outlines)
    take_down(small)
    assert read_baseline(path) == ()


def test_an_update_keeps_what_people_wrote(start: Start) -> None:
    """Reasons and days of entries that stay are kept, and an update of the same run changes nothing."""
    small = start("nameless")
    small.run(*SAME)
    path = take_down(small)
    text = path.read_text("utf-8").replace('"not yet looked at"', '"ticket 12"') + "until = 2026-12-31\n"
    path.write_text(text, "utf-8")

    take_down(small)

    assert path.read_text("utf-8") == text
    (entry,) = read_baseline(path)
    assert (entry.reason, entry.since, entry.until) == ("ticket 12", dt.date(2026, 6, 1), dt.date(2026, 12, 31))


@pytest.mark.parametrize(("until", "new"), [(None, 0), (dt.date(2026, 6, 1), 0), (dt.date(2026, 5, 31), 1)])
def test_the_last_day_of_an_entry(until: dt.date | None, new: int) -> None:
    """On its day a finding is still known, on the next it is new."""
    known = dataclasses.replace(KNOWN, until=until)
    baseline = Baseline(known=(known,), as_of=AS_OF)

    assert len(baseline.new("Made", [found(1)])) == new
    assert len(baseline.new("Another", [found(1)])) == 1
    assert Known.from_dict(known.to_dict()) == known


def test_what_is_new_is_named() -> None:
    """Beside many that are known it could not be seen; what was found twice is one."""
    baseline = Baseline(known=(KNOWN,), as_of=AS_OF)
    findings = [found(1), found(1), *(found(number) for number in range(2, 10)), found(2)]

    said = list(summary_lines(baseline, "Made", findings, {}))

    assert said[0] == "baseline: 8 new, 1 known, 0 fixed"
    assert [line.partition(":")[0] for line in said[1:]] == ["  new"] * 6 + ["  and 2 more new"]
    assert said[1] == f"  new: {findings[2].code} {findings[2].version} {findings[2].operation}: {findings[2].summary}"


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """Whatever stands in a finding, the file is TOML and holds it."""
    hostile = 'a "b" \\ \u007f \u2028 ä \n]\n[[finding]] # x'
    known = (KNOWN, dataclasses.replace(KNOWN, operation=hostile, summary=hostile, reason=hostile))
    path = tmp_path / "known.toml"
    path.write_text(baseline_text(known), "utf-8")

    assert len(tomllib.loads(path.read_text("utf-8"))["finding"]) == 2
    assert set(read_baseline(path)) == set(known)


def test_every_mistake_of_a_baseline_is_named(tmp_path: Path) -> None:
    """A missing key, a misspelt one and a wrong value are told at once, each with its line."""
    path = tmp_path / "known.toml"
    path.write_text('[[finding]]\nfingerprint = "a"\ncode = 1\nreson = "x"\nsince = "today"\n', "utf-8")

    with pytest.raises(PolicyError) as caught:
        read_baseline(path)

    said = "\n".join(caught.value.mistakes)
    assert "line 1: finding[0]: there is no key 'reson'" in said
    assert 'did you mean "reason"' in said
    for text in ("the key 'policy' is missing", "code: expected a text, got 1", "since: expected a date"):
        assert text in said


def test_a_baseline_that_is_not_there(small: Small) -> None:
    """The run does not begin, and says which file it missed."""
    result = small.run("--apiversion-baseline=no.toml")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "--apiversion-baseline: no.toml: No such file" in result.stderr.str()
    assert small.api.requests == []
