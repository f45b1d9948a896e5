"""Never green about what did not run: whatever keeps an item from its end, its version's promises read *not run*, and it is named."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.shell.publishing.formats import FORMATS
from tests.plugin.conftest import Small, Start
from tests.shell.hostile import refusing

REPORT = "--apiversion-json=run.json"


def _said(small: Small) -> tuple[dict[tuple[str, str], str], list[dict[str, Any]], bool]:
    """Verdicts by code and version, the items that are told as missed, and whether the run is told as whole."""
    said = json.loads((small.pytester.path / "run.json").read_text("utf-8"))
    (policy,) = said["policies"]
    verdicts = {(row["code"], row["version"]): row["verdict"] for row in policy["promises"]}
    return verdicts, [row for row in policy["items"] if row["missed"]], said["complete"]


def _of(verdicts: dict[tuple[str, str], str], version: str) -> set[str]:
    """What is said of a version's promises; of those that the files alone are held to, nothing."""
    return {word for (code, name), word in verdicts.items() if name == version and not code.startswith("AV1")}


@pytest.mark.parametrize(
    ("hook", "ends", "why"),
    [
        pytest.param(
            "def pytest_collection_modifyitems(items):\n    for item in items:\n        if chosen(item): item.run = broken",
            pytest.ExitCode.TESTS_FAILED,
            "pytest-apiversion itself failed, which says nothing about the service: OSError: gone",
            id="an error is raised",
        ),
        pytest.param(
            "def pytest_runtest_call(item):\n    if chosen(item): raise KeyboardInterrupt",
            pytest.ExitCode.INTERRUPTED,
            "the run ended before",
            id="interrupted",
        ),
        pytest.param(
            "def pytest_runtest_setup(item):\n    if chosen(item): raise OSError('gone')",
            pytest.ExitCode.TESTS_FAILED,
            "gone",
            id="its setup fails",
        ),
        pytest.param(
            "def pytest_runtest_setup(item):\n    if chosen(item): __import__('pytest').skip('not today')",
            pytest.ExitCode.OK,
            "not today",
            id="somebody skips it",
        ),
        pytest.param(
            "def pytest_runtest_protocol(item):\n    return True if chosen(item) else None",
            pytest.ExitCode.TESTS_FAILED,
            "the run ended before",
            id="it is lost",
        ),
    ],
)
def test_an_item_that_does_not_end(small: Small, hook: str, ends: pytest.ExitCode, why: str) -> None:
    """Its version holds nothing, it is named with the reason on the page and in the file, and the other version is told as it is."""
    small.pytester.makeconftest(
        "def chosen(item): return item.name == 'GET /things/{id}' and item.parent.name == 'v2'\n"
        f"def broken(): raise OSError('gone')\n{hook}\n"
    )

    start = small.spawn if ends == pytest.ExitCode.INTERRUPTED else small.run  # which would interrupt these tests, too

    result = start(REPORT)

    verdicts, missed, whole = _said(small)
    assert result.ret == ends
    assert _of(verdicts, "v2") == {"not run"}
    assert _of(verdicts, "v1") == {"held"}
    assert not whole
    assert why in missed[0]["missed"]
    assert (missed[0]["version"], missed[0]["item"]) == ("v2", "GET /things/{id}")
    result.stdout.fnmatch_lines(["did not run, or not to the end:", f"  v2: * of 4 items: GET /things/{{id}}*{why}*"])
    result.stdout.re_match_lines([r"AV200 .* held \d+ +not run$"])


def test_a_service_that_is_gone(small: Small) -> None:
    """Where nothing could be asked, nothing is held, and every item is named."""
    with refusing() as url:
        result = small.run(REPORT, f"--apiversion-base-url={url}")

    verdicts, missed, _ = _said(small)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert _of(verdicts, "v1") | _of(verdicts, "v2") == {"not run"}
    assert len(missed) == 8


def test_a_whole_run(small: Small) -> None:
    """A run in which all items ran says so, and names none."""
    result = small.run(REPORT)

    verdicts, missed, whole = _said(small)
    assert whole
    assert not missed
    assert "not run" not in verdicts.values()
    assert "did not run" not in result.stdout.str()


@pytest.mark.parametrize("wrong", ["--apiversion-rate=x", "--no-such-option"])
def test_no_old_report_survives(small: Small, wrong: str) -> None:
    """A run that comes to nothing leaves no report of an earlier one, in any format; one that only lists its items does."""
    reports = {name: Path(small.pytester.path, f"run.{name}") for name in ("json", "har", *FORMATS)}
    for report in reports.values():
        report.write_text("{}", "utf-8")
    named = [f"--apiversion-{name}={report.name}" for name, report in reports.items()]

    small.run(*named, "--collect-only", "-q", "-k", "nothing")
    assert all(report.exists() for report in reports.values())

    result = small.run(*named, wrong)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert not any(report.exists() for report in reports.values())


def test_an_old_report_is_gone_before_the_run(small: Small) -> None:
    """Whatever ends the process, the file of an earlier run is gone."""
    Path(small.pytester.path, "run.json").write_text("{}", "utf-8")
    small.pytester.makeconftest("import os\ndef pytest_runtest_call(item): os._exit(9)")

    result = small.spawn(REPORT)

    assert result.ret == 9
    assert not Path(small.pytester.path, "run.json").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is full is a device of Linux")
def test_a_full_disk(small: Small) -> None:
    """The page is printed, and the run fails with a sentence, which stands on a line of its own."""
    result = small.run("--apiversion-json=/dev/full", "-q", "-k", "v1 and router")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stdout.fnmatch_lines(
        ["ERROR: --apiversion-json: /dev/full: No space left on device", "*API versions: Small*"]
    )


def test_all_workers_die(start: Start) -> None:
    """Items of workers that told nothing are named, too, and the run fails."""
    pytest.importorskip("xdist")
    small = start()
    small.pytester.makeconftest("import os\ndef pytest_runtest_call(item): os._exit(9)")

    result = small.spawn(REPORT, "-n", "1", "--max-worker-restart=0", timeout=60)

    said = json.loads((small.pytester.path / "run.json").read_text("utf-8"))
    assert result.ret != pytest.ExitCode.OK
    assert said["complete"] is False
    assert {row["item"] for row in said["policies"][0]["items"] if row["missed"]} >= {"GET /things", "router"}


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT")
def test_interrupted_again_and_again(small: Small) -> None:
    """Ctrl-C in an item, at the end of the run and while its page is written: exit code 2, the page, the file, and no traceback."""
    again = "__import__('os').kill(__import__('os').getpid(), 2)"
    small.pytester.makeconftest(
        "def pytest_runtest_call(item):\n    if item.name == 'POST /things': raise KeyboardInterrupt\n"
        f"def pytest_sessionfinish(): {again}\n"
        f"def pytest_terminal_summary(): {again}\n"
    )

    result = small.spawn(REPORT)

    verdicts, missed, whole = _said(small)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert "Traceback" not in result.stdout.str() + result.stderr.str()
    assert _of(verdicts, "v1") == {"not run"}
    assert missed
    assert not whole
    result.stdout.fnmatch_lines(["*API versions: Small*", "did not run, or not to the end:"])
