"""Items: their names, how they are selected, and what other options of pytest make of them."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from tests.plugin.conftest import Small
from tests.plugin.small_api import write_suite

IDS = [
    "apiversion.toml::policy",
    *(
        f"apiversion.toml::{v}::{item}"
        for v in ("v1", "v2")
        for item in ("GET /things", "POST /things", "GET /things/{id}", "router")
    ),
]


def _collected(result: pytest.RunResult) -> list[str]:
    return [line for line in result.outlines if line.startswith("apiversion.toml::")]


def test_node_ids_read_as_sentences(small: Small) -> None:
    """An item is named by file, version, and operation; nothing is sent while collecting."""
    result = small.run("--collect-only", "-q")

    assert _collected(result) == IDS
    assert small.api.requests == []


ENDED = [f"apiversion.toml::v1::sunset[{each}]" for each in ("GET /things", "POST /things", "GET /things/{id}")]


def test_a_version_after_its_sunset_is_an_item_an_operation(small: Small) -> None:
    """After its sunset each operation of a version is held by itself, and no router or sequence is."""
    result = small.run("--collect-only", "-q", today="2027-01-01")

    assert _collected(result) == ["apiversion.toml::policy", *ENDED, *IDS[5:]]


@pytest.mark.parametrize(
    ("arguments", "ran"),
    [
        pytest.param(["apiversion.toml::v1::sunset"], 3, id="the whole end, by the id it always had"),
        pytest.param([ENDED[2]], 1, id="one operation"),
        pytest.param(["-k", "sunset and POST"], 1, id="by keyword"),
        pytest.param(["--apiversion-shard", "1/2", "-k", "sunset or policy"], 2, id="a shard"),
    ],
)
def test_items_after_a_sunset_are_selected_as_others_are(small: Small, arguments: list[str], ran: int) -> None:
    """Node ids, `-k` and shards take single operations of a version that ended."""
    result = small.run("--collect-only", "-q", *arguments, today="2027-01-01")

    assert len(_collected(result)) == ran


def test_a_version_before_its_release_has_no_items(small: Small) -> None:
    """Before its release nothing is asked of a version."""
    result = small.run("--collect-only", "-q", today="2025-06-01")

    assert _collected(result) == IDS[:5]


def test_the_tree_of_collect_only_is_readable(small: Small) -> None:
    """`--collect-only` shows file, versions and items."""
    result = small.run("--collect-only")

    result.stdout.fnmatch_lines(["*apiversion.toml*", "*policy*", "*v1*", "*GET /things*"])


def test_verbose_lines_are_node_ids(small: Small) -> None:
    """What `-v` prints can be pasted back, dots in file names included."""
    result = small.run("-v", "-k", "router")

    result.stdout.fnmatch_lines(["apiversion.toml::v1::router *", "apiversion.toml::v2::router *"])


@pytest.mark.parametrize(
    ("arguments", "ran"),
    [
        pytest.param(["apiversion.toml::v2::GET /things"], 1, id="one item"),
        pytest.param(["apiversion.toml::v2::GET /things/{id}"], 1, id="an item with braces"),
        pytest.param(["apiversion.toml::v2"], 4, id="one version"),
        pytest.param(["apiversion.toml::policy"], 1, id="the policy alone"),
        pytest.param(["-k", "v1 and POST"], 1, id="by keyword"),
        pytest.param(["-m", "apiversion"], 9, id="by marker"),
        pytest.param(["-m", "not apiversion"], 0, id="by no marker"),
        pytest.param(["--deselect", "apiversion.toml::v1"], 5, id="deselected"),
    ],
)
def test_items_are_selected_as_tests_are(small: Small, arguments: list[str], ran: int) -> None:
    """Node ids, `-k`, `-m` and `--deselect` select items, and only they are run."""
    result = small.run(*arguments)

    result.assert_outcomes(passed=ran, deselected=9 - ran if arguments[0].startswith("-") else 0)
    assert bool(small.api.requests) == (ran > 0 and "policy" not in arguments[0])


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["-p", "no:terminal"], id="no terminal"),
        pytest.param(["-q"], id="quiet"),
        pytest.param(["-qq"], id="quieter"),
        pytest.param(["-vv"], id="very verbose"),
        pytest.param(["-p", "no:xdist"], id="no xdist"),
        pytest.param(["-p", "no:hypothesispytest"], id="no hypothesis plugin"),
        pytest.param(["-p", "no:randomly"], id="no randomly"),
        pytest.param(["-p", "no:cacheprovider"], id="no cache"),
        pytest.param(["-p", "no:capture"], id="no capture"),
        pytest.param(["-s"], id="capture off"),
        pytest.param(["--import-mode=importlib"], id="importlib"),
    ],
)
def test_runs_beside_other_options(small: Small, arguments: list[str]) -> None:
    """The plugin leans on no other plugin, and none is in its way."""
    result = small.run("-k", "v2 and (POST or id)", *arguments)

    assert result.ret == 0
    for asked in ("POST /v2/things?", "GET /v2/things/t"):  # both items ran, also where no count is printed
        assert any(request.startswith(asked) for request in small.api.requests)


def test_runs_strictly_in_a_process_of_its_own(small: Small) -> None:
    """Nothing is written to standard error, no marker is unknown, and nothing warns."""
    result = small.spawn("--strict-markers", "--strict-config", "-W", "error")

    result.assert_outcomes(passed=9)
    assert result.stderr.str() == ""


def test_last_failed_runs_what_failed(buggy: Small) -> None:
    """`--lf` runs the failed item and nothing else."""
    buggy.run().assert_outcomes(passed=8, failed=1)

    result = buggy.run("--lf", "-v")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["apiversion.toml::v2::GET /things *"])


def test_exit_first_stops(buggy: Small) -> None:
    """`-x` stops at the first broken item, and the page says what did not run."""
    result = buggy.run("-x")

    result.assert_outcomes(passed=5, failed=1)
    result.stdout.re_match_lines([r"and nothing against \d+ other promises, \d+ of them not run in full \(-v "])


def test_junit_holds_the_failure_in_full(buggy: Small) -> None:
    """JUnit XML can be read, and tells one line as message, and everything as text, whatever the service said."""
    buggy.run("--junit-xml=junit.xml")

    cases = ET.parse(buggy.pytester.path / "junit.xml").getroot().iter("testcase")  # noqa: S314  written a moment ago
    failures = {f"{case.get('classname')}::{case.get('name')}": case.find("failure") for case in cases}
    failure = failures["apiversion.toml.v2::GET /things"]
    assert len(failures) == 9
    assert failure is not None
    assert re.fullmatch(r"AV301 answers conform to the frozen contract: .*", failure.get("message") or "")
    for part in ("expected  ", "received  ", "promised  ", "repeat    curl ", r"\u202e"):
        assert part in (failure.text or "")
    assert [name for name, found in failures.items() if found is not None] == ["apiversion.toml.v2::GET /things"]


def test_several_policy_files_in_one_folder(small: Small) -> None:
    """`NAME.apiversion.toml` is a policy file too; each has a page of its own."""
    write_suite(small.pytester.path, name="other.apiversion.toml")

    result = small.run("-k", "router")

    result.assert_outcomes(passed=4, deselected=14)
    result.stdout.fnmatch_lines(
        ["*API versions: Small*", "apiversion.toml as of*", "*API versions: Small*", "other.apiversion.toml as of*"]
    )


def test_an_interrupted_run_draws_nothing_more_before_it_tells_where_it_was(small: Small) -> None:
    """Pytest shows where the user ended the run, and does not share the parser of source with a drawing."""
    conftest = """
    import pytest
    from pytest_apiversion.shell.generation.interruption import is_over

    def pytest_runtest_call(item):
        if item.name == "POST /things":
            raise KeyboardInterrupt

    @pytest.hookimpl(trylast=True)
    def pytest_keyboard_interrupt():
        print("drawing is over:", is_over())
    """
    small.pytester.makeconftest(conftest)

    result = small.spawn("-s")

    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*drawing is over: True"])


def test_an_interrupted_run_ends_well_while_others_parse_source(small: Small) -> None:
    """Where pytest cannot show at once where the run was (gh-106905), it is asked again; the run ends with exit code 2 and its page."""
    conftest = """
    import pytest

    def pytest_runtest_call(item):
        if item.name == "POST /things":
            raise KeyboardInterrupt

    def pytest_keyboard_interrupt():
        raise SystemError("AST constructor recursion depth mismatch")
    """
    small.pytester.makeconftest(conftest)

    result = small.spawn("-s")

    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*not run*", "*KeyboardInterrupt*"], consecutive=False)
    result.stderr.no_fnmatch_line("*SystemError*")


def test_an_interrupted_run_ends_well_between_two_lines(small: Small) -> None:
    """Where Python has no line for the place at which Ctrl-C came, the run ends with exit code 2 and its page all the same."""
    conftest = """
    def pytest_runtest_call(item):
        if item.name == "POST /things":
            exec(compile("raise KeyboardInterrupt", "nowhere", "exec").replace(co_linetable=b""))
    """
    small.pytester.makeconftest(conftest)

    result = small.spawn("-s")

    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*not run*", "*KeyboardInterrupt*"], consecutive=False)
    result.stderr.no_fnmatch_line("*TypeError*")


def test_no_two_threads_parse_source_at_the_same_time(buggy: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """What pytest rewrites when it is imported is imported by one thread at a time: Python before 3.11.8 fails otherwise (gh-106905)."""
    conftest = """
    import ast, threading, time

    inside, met, parse = [], [], ast.parse

    def parsed(*args, **kwargs):
        inside.append(threading.current_thread().name)
        if len(inside) > 1:
            met.append(sorted(inside))
        if threading.current_thread() is not threading.main_thread():  # which is alone for most of what it imports
            time.sleep(0.02)
        try:
            return parse(*args, **kwargs)
        finally:
            inside.remove(threading.current_thread().name)

    ast.parse = parsed

    def pytest_terminal_summary(terminalreporter):
        terminalreporter.write_line(f"threads met: {met}")
    """
    buggy.pytester.makeconftest(conftest)
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(buggy.pytester.path))  # so that everything is rewritten in this run

    result = buggy.spawn()

    result.assert_outcomes(passed=8, failed=1)
    result.stdout.fnmatch_lines(["threads met: []"])


def test_items_have_a_place(small: Small) -> None:
    """An item stands at the table of its version in the policy file, where editors and reports lead."""
    items, _ = small.pytester.inline_genitems("--apiversion-today=2026-06-01")
    lines = (small.pytester.path / "apiversion.toml").read_text("utf-8").splitlines()

    found = {item.parent.name: item.location[1] for item in items if item.parent and item.name != "policy"}
    assert {name: lines[line or 0] for name, line in found.items()} == {"v1": "[versions.v1]", "v2": "[versions.v2]"}
