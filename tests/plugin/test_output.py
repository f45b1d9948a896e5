"""What a tired person reads after the run: short, grouped, complete, and harmless to the terminal."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest

from pytest_apiversion.shell.pytest_plugin import progress
from tests.plugin.conftest import Small, Start
from tests.plugin.small_api import SECRET, contract, write_suite

BASH = shutil.which("bash") or ""


def _page(result: pytest.RunResult) -> list[str]:
    """The page alone."""
    lines = result.outlines
    return lines[next(index for index, line in enumerate(lines) if "= API versions: Small =" in line) :]


def test_findings_are_grouped_by_cause(failing: pytest.RunResult) -> None:
    """One cause, one block: what is wrong in its first line, then places, the strongest example, where it is promised and a curl line."""
    lines = _page(failing)
    first = lines.index("AV402 every request gets 500")
    names = [line.split(maxsplit=1)[0] for line in lines[first + 1 : first + 8]]
    assert names == ["at", "seen", "example", "expected", "received", "promised", "repeat"]
    assert lines.count(lines[first]) == 1
    assert "v1 GET /things" in lines[first + 1]
    assert "operations of v2" in lines[first + 1]
    assert "(apiversion.toml)" in lines[first + 6]


def test_the_failures_section_names_causes_and_the_page_tells_them(failing: pytest.RunResult) -> None:
    """Every item says a line for each cause, and all but that of its strongest example where to look; what came back is on the page alone."""
    said = failing.stdout.str()
    failures = said[said.index("= FAILURES =") : said.index("= API versions: Small =")]
    lines = [line for line in failures.splitlines() if line.startswith(("AV", "  "))]
    assert lines[0] == "AV402 every request gets 500"
    assert not any(line.startswith("  ") for line in lines)
    assert [lines.count(line) for line in lines if line.startswith("AV") and not line.endswith(" v1 GET /things")] == [
        1,
        1,
    ]
    assert lines.count("AV402 every request gets 500: as under v1 GET /things") == 7
    repeats = [line for line in said.splitlines() if line.startswith("  repeat    curl ")]
    assert len(repeats) == len(set(repeats)) > 0


def test_junit_tells_each_cause_once(start: Start) -> None:
    """The item of its strongest example has all lines of a cause; every other has where to look, its own words and its own request."""
    small = start("failing")
    small.run("--junit-xml=junit.xml")

    cases = ET.parse(small.pytester.path / "junit.xml").getroot().iter("testcase")  # noqa: S314  written a moment ago
    texts = [found.text or "" for case in cases if (found := case.find("failure")) is not None]
    assert sum("\n  promised  contract " in text for text in texts) == 1
    assert sum("AV402 every request gets 500\n  at " in text for text in texts) == 1
    others = [text for text in texts if "AV402 every request gets 500: as under v1 GET /things\n  here " in text]
    assert len(others) == len(texts) - 1
    assert all("\n  repeat    curl " in text for text in others)


@pytest.mark.parametrize(
    "arguments",
    [["--tb=line"], ["--tb=short"], ["--tb=long", "-l", "-vv"], ["--tb=native"], ["--tb=no"], ["-rA"]],
    ids=str,
)
def test_styles_of_tracebacks(buggy: Small, arguments: list[str]) -> None:
    """Whatever style is asked for, the reason of a failure is in the short summary, in a line."""
    result = buggy.run("apiversion.toml::v2::GET /things", *arguments)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*apiversion.toml::v2::GET /things*AV301 answers conform to the frozen contract: *"])
    assert "Traceback" not in result.stdout.str()


def test_nothing_a_terminal_obeys_is_written(buggy: Small) -> None:
    """Controls and direction marks of an answer are written as escapes."""
    result = buggy.spawn("-vv", "--color=no")

    said = result.stdout.str()
    assert r"a\x7fb\x9b31m\u202e end" in said
    assert [each for each in said if not each.isprintable() and each not in "\n\t"] == []


@pytest.mark.skipif(not (BASH and shutil.which("curl")), reason="needs bash and curl")
def test_the_curl_line_shows_the_defect(start: Start) -> None:
    """The line runs in a shell as it stands, with the key in the environment, and gets the answer the page tells of."""
    small = start("nameless")
    result = small.run("-k", "v2 and GET")

    line = next(line for line in result.outlines if line.startswith("  repeat    curl ")).removeprefix("  repeat    ")
    done = subprocess.run(
        [BASH, "-c", line], capture_output=True, text=True, check=True, env={**os.environ, "SMALL_TOKEN": SECRET}
    )
    assert re.search(r'\n\[\{"id": "teapot"\}\]$', done.stdout)
    assert SECRET not in line


def test_warnings_are_shown_and_fail_nothing(start: Start) -> None:
    """What the policy calls a warning is on the page, and the run is green."""
    small = start("nameless", more='[severity]\nAV301 = "warning"\n')

    result = small.run("--apiversion-strict")

    assert result.ret == pytest.ExitCode.OK
    result.assert_outcomes(passed=9)
    result.stdout.re_match_lines([r"AV301 .* held \d+ +warned 1$", r"AV301 the body does not conform .*\[warning\]$"])


def test_a_check_that_is_off_is_not_on_the_page(start: Start) -> None:
    """What the policy turned off is neither held nor missing, strict or not."""
    small = start("nameless", more='[severity]\nAV301 = "off"\n')

    result = small.run("--apiversion-strict")

    assert result.ret == pytest.ExitCode.OK
    result.assert_outcomes(passed=9)
    assert not any(line.startswith("AV301") for line in result.outlines)


def test_the_next_dates_are_told(small: Small) -> None:
    """What comes next in the life of each version, earliest first, in days from the run's date."""
    result = small.run("-k", "router", today="2025-12-31")

    assert [line for line in result.outlines if line.startswith("next: ")] == [
        "next: 2026-01-01 v2 released (in 1 day)",
        "next: 2026-03-01 v1 deprecated (in 60 days)",
        "next: 2026-12-01 v1 sunset (in 335 days)",
    ]


def test_what_nobody_can_check_is_told(start: Start) -> None:
    """Declared promises are on the page, as what they are."""
    small = start(more='[[declared]]\nid = "mail"\ntext = "Customers get a mail."\n')

    result = small.run("-k", "router")

    result.stdout.fnmatch_lines(["declared, not checkable from outside:", "  mail: Customers get a mail."])


@pytest.mark.parametrize(("columns", "blocks"), [(200, 1), (62, 2)])
def test_a_narrow_terminal_gets_the_versions_in_blocks(
    small: Small, monkeypatch: pytest.MonkeyPatch, columns: int, blocks: int
) -> None:
    """No line of the matrix is wider than the terminal; versions that do not fit come below, with their titles again."""
    monkeypatch.setenv("COLUMNS", str(columns))

    result = small.run("-k", "POST")

    matrix = [line for line in result.outlines if line.startswith("AV")]
    assert len(matrix) == blocks * len({line.split(maxsplit=1)[0] for line in matrix})
    assert max(map(len, matrix)) <= columns


def test_twenty_versions_read_well(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """With many versions every one of them has its column, in blocks no wider than the terminal."""
    names = [f"v{number}" for number in range(3, 23)]
    write_suite(small.pytester.path, more="".join(f'[versions.{name}]\ncontract = "{name}.json"\n' for name in names))
    for name in names:
        (small.pytester.path / f"{name}.json").write_text(json.dumps(contract(name)), "utf-8")
    monkeypatch.setenv("COLUMNS", "100")

    result = small.run("apiversion.toml::policy")

    heads = [line for line in result.outlines if re.fullmatch(r" +(v\d+ *)+", line)]
    assert [name for line in heads for name in line.split()] == ["v1", "v2", *names]
    assert 1 < len(heads) < 8
    assert max(len(line) for line in result.outlines if line.startswith(("AV", "   "))) <= 100


@pytest.mark.parametrize(
    ("arguments", "page"),
    [(["-q"], True), (["-qq"], False), (["--no-summary"], False), (["-p", "no:terminal"], False)],
    ids=lambda value: "".join(value) if isinstance(value, list) else "",
)
def test_the_page_keeps_quiet_when_told(small: Small, arguments: list[str], *, page: bool) -> None:
    """`-qq` and `--no-summary` are for those who read no page."""
    result = small.run("-k", "POST", *arguments)

    assert result.ret == pytest.ExitCode.OK
    assert all(any(f" /{version}/things" in request for request in small.api.requests) for version in ("v1", "v2"))
    assert ("API versions: Small" in result.stdout.str()) == page


@pytest.mark.parametrize(("color", "expected"), [("yes", True), ("no", False)])
def test_colours_are_pytests(buggy: Small, color: str, *, expected: bool) -> None:
    """Colours come and go with `--color`."""
    said = buggy.run(f"--color={color}").stdout.str()

    assert ("\x1b[31mBROKEN" in said) == expected
    assert ("\x1b[32mheld" in said) == expected
    assert ("\x1b" in said) == expected


def test_many_promises_of_a_kind_that_break_together_are_one_cause(start: Start) -> None:
    """Headers that are all missing are one cause, which names some of them and counts the rest; `-v` shows each finding."""
    headers = "".join(f'[[headers]]\nname = "X-Promised-{number}"\n' for number in range(9))
    small = start(more=headers)

    brief, full = small.run("-k", "v2 and POST"), small.run("-k", "v2 and POST", "-v")

    (told,) = [line for line in _page(brief) if line.startswith("AV701 X-")]
    assert told == "AV701 X-Promised-0, X-Promised-1, X-Promised-2 and 6 more is missing on every answer"
    assert [line for line in _page(full) if line.startswith("AV701 X-")] == [told]
    assert not any(line.startswith("  AV701 v2 POST /things: X-Promised-8 ") for line in brief.outlines)
    assert any(line.startswith("  AV701 v2 POST /things: X-Promised-8 ") for line in full.outlines)


@pytest.mark.parametrize("more", ["", '[severity]\nAV301 = "warning"\n'], ids=["broken", "warned of"])
def test_a_run_shows_what_is_not_held(start: Start, more: str) -> None:
    """Where something is broken or warned of, the rows of the table that are held everywhere are counted, and `-v` shows them."""
    small = start("nameless", more=more)

    brief, full = small.run(), small.run("-v")

    rows = [line.split()[0] for line in brief.outlines if re.match(r"AV\d+  ", line)]
    every = [line.split()[0] for line in full.outlines if re.match(r"AV\d+  ", line)]
    assert "AV301" in rows
    assert "AV402" not in rows
    assert "AV402" in every
    brief.stdout.fnmatch_lines(
        [f"and nothing against {len(every) - len(rows)} other promises (-v shows the whole table)"]
    )


@pytest.mark.parametrize(
    ("arguments", "beats"),
    [([], True), (["-q"], False), (["-p", "no:terminal"], False)],
    ids=["plain", "quiet", "none"],
)
def test_long_items_show_progress(
    small: Small, monkeypatch: pytest.MonkeyPatch, arguments: list[str], *, beats: bool
) -> None:
    """An item that takes long says how far it is, unless the run is to be quiet."""
    monkeypatch.setattr(progress, "INTERVAL", 0.005)

    result = small.run("-k", "v2 and POST", *arguments)

    assert result.ret == pytest.ExitCode.OK
    assert any("POST /v2/things" in request for request in small.api.requests)
    assert any(re.fullmatch(r"v2 POST /things: \d+ exchanges", line) for line in result.outlines) == beats


def test_requirements_have_their_verdicts(start: Start) -> None:
    """The page counts them, and says how each fares; where several processes ran, `test_xdist.py` does."""
    more = """
    [requirements]
    REQ-1 = { text = "No answer is a crash.", by = ["AV402"] }
    REQ-2 = { text = "It ends when it was said to.", by = ["AV604", "AV601"] }
    """
    small = start("nameless", more=more)

    small.run("-v").stdout.fnmatch_lines(
        ["requirements: 2 held", "  REQ-1 held: No answer is a crash. (AV402)", "  REQ-2 held: It ends*(AV604, AV601)"]
    )


def test_turns_of_selection_probes_are_said(small: Small) -> None:
    """Where operations take turns with selection probes the page names the versions, and the JSON report says it of each."""
    file = small.pytester.path / "apiversion.toml"
    text = file.read_text("utf-8")
    whole = small.run("--apiversion-json=each.json")
    file.write_text(text.replace("[requests]", '[requests]\nprobes = "turns"'), "utf-8")

    result = small.run("--apiversion-json=turns.json")

    line = (
        'selection probes took turns over the operations of v1, v2 ([[]requests] probes = "each" asks each all of them)'
    )
    result.stdout.fnmatch_lines([line])
    whole.stdout.no_fnmatch_line("selection probes took turns*")
    told = [json.loads((small.pytester.path / f"{name}.json").read_text("utf-8")) for name in ("each", "turns")]
    assert [each["policies"][0]["probes"] for each in told] == [
        dict.fromkeys(("v1", "v2"), name) for name in ("each", "turns")
    ]
