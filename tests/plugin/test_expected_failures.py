"""Items that a suite marks `xfail`: the exit code follows the suite's word, and the page, the JSON file and the others say so."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.plugin.conftest import Start

MARK = """
import pytest
def pytest_collection_modifyitems(items):
    for item in items:
        item.add_marker(pytest.mark.xfail({arguments}))
"""


def _rows(start: Start, *bugs: str, conftest: str, more: tuple[str, ...] = ()) -> tuple[Any, pytest.RunResult]:
    """The report of a run over v2's listing, and what the run said."""
    small = start(*bugs)
    small.pytester.makeconftest(conftest)
    result = small.run("-k", "v2 and things and not id and GET", "--apiversion-json=run.json", *more)
    return json.loads((small.pytester.path / "run.json").read_text("utf-8"))["policies"][0], result


def test_what_was_found_is_told_and_fails_nothing(start: Start) -> None:
    """An item that broke a promise is BROKEN on the page, which says why the run does not fail for it; so does the JSON file."""
    note = "marked xfail, so that what was found fails nothing: known trouble"
    policy, result = _rows(start, "nameless", conftest=MARK.format(arguments='reason="known trouble"'))

    assert result.ret == 0
    result.stdout.fnmatch_lines(["AV301*BROKEN*", f"note: {note}: v2 GET /things"])
    assert [row["notes"] for row in policy["items"] if row["findings"]] == [[note]]
    assert {row["verdict"] for row in policy["promises"] if row["code"] == "AV301"} == {"broken"}


def test_a_strict_mark_and_an_error_of_another_kind_fail(start: Start) -> None:
    """`strict=True` fails where nothing is broken, and `raises=ContractBroken` where something else went wrong."""
    assert _rows(start, conftest=MARK.format(arguments="strict=True"))[1].ret == 1
    raised = MARK.format(arguments="raises=__import__('pytest_apiversion').ContractBroken")
    assert _rows(start, "nameless", conftest=raised)[1].ret == 0
    broken = "\ndef pytest_runtest_setup(item):\n    raise OSError('gone')\n"
    assert _rows(start, conftest=raised + broken)[1].ret == 1


@pytest.mark.parametrize(
    ("arguments", "more", "why"),
    [
        (
            "reason='known trouble'",
            "def pytest_runtest_setup(item):\n    raise OSError('gone')",
            "known trouble: OSError: gone",
        ),
        ("", "def pytest_runtest_setup(item):\n    raise OSError('gone')", "OSError: gone"),
        ("run=False, reason='known trouble'", "", "known trouble"),
    ],
    ids=["reason", "no reason", "not run"],
)
def test_what_did_not_run_is_named(start: Start, arguments: str, more: str, why: str) -> None:
    """What kept an item from its end is told beside the mark's reason; its promises are *not run*, and a strict run fails."""
    policy, result = _rows(start, conftest=MARK.format(arguments=arguments) + more)

    assert result.ret == 0
    said = f"it is marked xfail: {why}"
    result.stdout.fnmatch_lines([f"  v2: 1 of 4 items: GET /things: {said}"])
    assert [row["missed"] for row in policy["items"]] == [said]
    assert {row["verdict"] for row in policy["promises"] if row["version"] == "v2"} == {"not run"}
    assert _rows(start, conftest=MARK.format(arguments=arguments) + more, more=("--apiversion-strict",))[1].ret == 1
