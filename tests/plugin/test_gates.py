"""`--apiversion-har` and `--apiversion-fail-under`: what was sent, and how much of what is promised was seen."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from pytest_apiversion.shell.reporting.gates import Gate, read_gates
from tests.plugin.conftest import Small, Start
from tests.plugin.small_api import SECRET
from tests.shell.transport.har_schema import HAR

SAME = ("--hypothesis-seed=7", "--apiversion-max-examples=1")


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["one process", "workers"])
def test_what_was_sent_is_in_the_archive(workers: tuple[str, ...], start: Start) -> None:
    """Every request that the service got is in the file, from whichever process, and no key, although the service repeats it."""
    small = start("echo")
    small.spawn(*SAME, *workers, "--apiversion-har=out/run.har", "--apiversion-database=none")

    text = (small.pytester.path / "out" / "run.har").read_text("utf-8")
    log = json.loads(text)
    assert [error.message for error in Draft202012Validator(HAR).iter_errors(log)] == []
    sent = [each["request"] for each in log["log"]["entries"]]
    assert len(sent) == len(small.api.requests)
    assert sorted(each["method"] for each in sent) == sorted(each.split()[0] for each in small.api.requests)
    assert all(each["url"].startswith(small.url) for each in sent)
    assert SECRET not in text
    assert "$SMALL_TOKEN" in text


def test_gates_that_are_reached_say_nothing(small: Small) -> None:
    """A run that reaches what is asked for passes as without them."""
    result = small.run(*SAME, "--apiversion-fail-under=reach:100,held:50")

    assert result.ret == pytest.ExitCode.OK
    assert "fail-under" not in result.stdout.str()


def test_a_gate_that_is_missed_fails_the_run(small: Small) -> None:
    """What was counted and what was asked for is told, and nothing is called broken."""
    result = small.run(*SAME, "-k", "not (v2 and POST)", "--apiversion-fail-under=held:100")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.assert_outcomes(passed=8, deselected=1)
    result.stdout.re_match_lines(
        [r"-+ under --apiversion-fail-under -+", r"Small: \d+ of \d+ promises were held, [\d.]+ %, under held:100"]
    )


def test_reach_counts_operations_that_succeeded(start: Start) -> None:
    """Operations of a service that fails all the time succeeded never."""
    result = start("failing").run(*SAME, "--apiversion-fail-under=reach:0.1")

    result.stdout.fnmatch_lines(["Small: 0 of 6 operations succeeded, 0 %, under reach:0.1"])


@pytest.mark.parametrize("text", ["reach", "reach:101", "found:3", "reach:-1", "held:x", "reach:1 held:2"])
def test_a_gate_written_otherwise_is_refused(small: Small, text: str) -> None:
    """Before anything is sent, with how it is written."""
    result = small.run(f"--apiversion-fail-under={text}")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "--apiversion-fail-under: expected reach:PERCENT or held:PERCENT" in result.stderr.str()
    assert small.api.requests == []


def test_gates_are_read_with_blanks_and_signs() -> None:
    """`reach:90` and `reach:90%` are the same; several have a comma between them."""
    assert read_gates("reach:90%, held:7.5") == (Gate(kind="reach", least=90), Gate(kind="held", least=7.5))
    assert read_gates("") == ()
