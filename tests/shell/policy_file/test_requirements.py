"""Requirements in a policy file, and what the page after a run says of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.finding import Verdict
from pytest_apiversion.core.policy.requirements import Requirement
from pytest_apiversion.shell.policy_file.load import load_policy
from pytest_apiversion.shell.reporting.requirements import requirement_lines
from pytest_apiversion.shell.reporting.verdicts import Cell
from tests.shell.policies import ENVIRONMENT, WHOLE, write

TRACED = """
[requirements]
REQ-1 = { text = "It ends when it was said to.", by = ["AV604", "versions.v1.sunset"] }
REQ-2 = { text = "Bad versions are refused.", by = ["AV203", "AV204"] }
"""


def test_what_is_said_is_read(tmp_path: Path) -> None:
    """In the order of the file, codes apart from places."""
    first, second = load_policy(write(tmp_path, WHOLE + TRACED), ENVIRONMENT).requirements

    assert first == Requirement(id="REQ-1", text="It ends when it was said to.", by=("AV604", "versions.v1.sunset"))
    assert (first.codes, first.places) == (("AV604",), ("versions.v1.sunset",))
    assert (second.id, second.codes, second.places) == ("REQ-2", ("AV203", "AV204"), ())


MISTAKES = {
    "no-such-code": ('["AV604", "versions', '["AV640", "versions', "REQ-1.by[0]: no check has this code; did you mean"),
    "no-such-place": (
        "versions.v1.sunset",
        "versions.v1.sunst",
        'got "versions.v1.sunst"; did you mean "versions.v1.sunset"?',
    ),
    "no-check": (
        '"AV604", ',
        "",
        "REQ-1.by: expected the code of a check that holds it (what nothing can hold belongs under [[declared]]), got none",
    ),
    "nothing": ('["AV203", "AV204"]', "[]", "REQ-2.by: expected a list of codes of checks and dotted places"),
    "twice": ('"AV203", "AV204"', '"AV203", "AV203"', "REQ-2.by: expected each entry once"),
    "not-a-list": ('["AV203", "AV204"]', '"AV203"', "REQ-2.by: expected a list of codes of checks and dotted places"),
    "unknown-key": ('text = "Bad', 'txt = "Bad', 'REQ-2.txt: unknown key; did you mean "text"?'),
    "answered-twice": (
        "[requirements]",
        '[[declared]]\nid = "REQ-2"\ntext = "x"\n[requirements]',
        'id: expected each requirement answered once, got "REQ-2" here and in [requirements], held by checks',
    ),
    "declared-twice": (
        "[requirements]",
        '[[declared]]\nid = "a"\ntext = "x"\n[[declared]]\nid = "a"\ntext = "y"\n[requirements]',
        'id: expected each id once, got "a" again',
    ),
}
"""What stands in the file, what stands there instead, and what is said of it."""


@pytest.mark.parametrize("name", MISTAKES)
def test_a_slip_is_told(name: str, tmp_path: Path) -> None:
    """Each slip is one mistake, with its place and the nearest known name."""
    right, wrong, said = MISTAKES[name]
    assert TRACED.count(right) == 1

    with pytest.raises(PolicyError) as caught:
        load_policy(write(tmp_path, WHOLE + TRACED.replace(right, wrong)), ENVIRONMENT)

    assert len(caught.value.mistakes) == 1
    assert said in caught.value.mistakes[0]


HELD, BROKEN = Cell(verdict=Verdict.HELD, exchanges=3), Cell(verdict=Verdict.BROKEN, findings=1)
UNSEEN, SILENT = Cell(verdict=Verdict.NOT_EXERCISED), Cell(verdict=Verdict.NOT_PROMISED)
LEFT_OUT = Cell(verdict=Verdict.NOT_EXERCISED, partial=True)
VERDICTS = {
    "held": ([HELD, SILENT], "1 held", ()),
    "gravest-wins": ([HELD, UNSEEN, BROKEN], "1 broken", ("  A broken: text (X1, X2)",)),
    "not-exercised-somewhere": ([HELD, UNSEEN], "1 not exercised", ("  A not exercised: text (X1, X2)",)),
    "left-out": ([HELD, LEFT_OUT], "1 not run", ()),
    "no-check-is-due": ([SILENT, SILENT], "1 not due", ()),
    "another-check-does-not-count": ([SILENT], "1 not due", ()),
}


@pytest.mark.parametrize("name", VERDICTS)
def test_a_requirement_has_the_gravest_verdict_of_its_checks(name: str) -> None:
    """Over all its checks and all versions; what needs a look is named, and the rest is counted."""
    cells, counted, named = VERDICTS[name]
    found = {(f"X{1 + number % 2}", f"v{number}"): cell for number, cell in enumerate(cells)} | {("Y1", "v1"): BROKEN}

    assert list(requirement_lines([("A", "text", ("X1", "X2"))], 0, found, whole=False)) == [
        f"requirements: {counted}",
        *named,
    ]


def test_all_of_them_are_named_when_asked_for() -> None:
    """Under `-v` what is held is named as well, in the order of the file."""
    rows = [("B", "second", ("X2",)), ("A", "first", ("X1",))]
    found = {("X1", "v1"): HELD, ("X2", "v1"): BROKEN}

    assert list(requirement_lines(rows, 2, found, whole=True)) == [
        "requirements: 1 broken, 1 held, 2 declared",
        "  B broken: second (X2)",
        "  A held: first (X1)",
    ]


def test_a_file_without_requirements_has_no_line() -> None:
    """Declarations alone are told under their own heading."""
    assert list(requirement_lines([], 3, {}, whole=True)) == []
