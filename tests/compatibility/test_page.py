"""What is written into the page of releases, and what is read back."""

from __future__ import annotations

import pytest
from packaging.specifiers import Specifier
from packaging.version import Version

from tests.compatibility.__main__ import DEPENDENCIES, PAGE
from tests.compatibility.page import BEGIN, END, Row, changes, compared, replaced, section, sections


def _row(release: str, *moved: str, outcome: str = "works", passed: int | None = 44, day: str = "2026-11-28") -> Row:
    return Row(release=release, day=day, python="3.11.7", moved=moved, outcome=outcome, passed=passed)


def _section(*rows: Row, name: str = "thing") -> str:
    return section(name, ">=1.0", {"other": "2.1", "third": "3"}, rows)


_THING = _section(_row("1.0", "other 1.9", "third 2"), _row("2.0", outcome="cannot be installed: no", passed=None))
_PAGE = f"# Title\n\nBy hand.\n\n{BEGIN}\n{END}\n\nBy hand, too.\n"


def test_a_section_is_a_table_of_its_releases() -> None:
    """A row tells the release, the day, the Python, what moved, the outcome and the tests, and stands in one line."""
    bad = _section(_row("1.0", outcome="2 of 44 failed:\n  test_a[x|y]", passed=42))

    assert _THING == (
        "## thing\n"
        "\n"
        "Allowed: `thing>=1.0`. Beside it, where a row says nothing else: other 2.1, third 3.\n"
        "\n"
        "| release | day | Python | moved with it | what came out | tests passed |\n"
        "|---|---|---|---|---|---:|\n"
        "| 1.0 | 2026-11-28 | 3.11.7 | other 1.9, third 2 | works | 44 |\n"
        "| 2.0 | 2026-11-28 | 3.11.7 |  | cannot be installed: no |  |\n"
    )
    assert bad.splitlines()[-1] == "| 1.0 | 2026-11-28 | 3.11.7 |  | 2 of 44 failed: test_a[x/y] | 42 |"


def test_sections_are_replaced_in_the_order_of_the_dependencies() -> None:
    """What is tried again is replaced, the others stay, what is no dependency goes, and nothing by hand is touched."""
    first = replaced(_PAGE, {"thing": _THING, "gone": _section(name="gone")}, ["gone", "thing"])
    second = replaced(first, {"other": _section(name="other")}, ["other", "thing"])

    assert sections(first).keys() == {"gone", "thing"}
    assert list(sections(second)) == ["other", "thing"]
    assert sections(second)["thing"] == _THING
    assert second.startswith("# Title\n\nBy hand.\n\n")
    assert second.endswith("\n\nBy hand, too.\n")
    assert replaced(second, {"thing": _THING}, ["other", "thing"]) == second


@pytest.mark.parametrize("page", ["# Title\n", f"# Title\n{BEGIN}\n"], ids=["no-marker", "one-marker"])
def test_a_page_without_its_markers_is_not_written(page: str) -> None:
    """What is written by hand is never taken for what the command wrote."""
    with pytest.raises(ValueError, match="the page needs the lines"):
        replaced(page, {}, ["thing"])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([_row("1.0", "other 1.9"), _row("2.0")], [], id="the-same"),
        pytest.param(
            [_row("1.0", "other 1.9", day="2027-01-01", passed=50), _row("2.0")], [], id="later-with-more-tests"
        ),
        pytest.param(
            [_row("1.0", "other 1.9"), _row("2.0", outcome="1 of 44 failed: test_a", passed=43)],
            ["thing 2.0: works -> 1 of 44 failed: test_a"],
            id="another-outcome",
        ),
        pytest.param(
            [_row("1.0", "other 1.8"), _row("2.0")],
            ["thing 1.0: works with other 1.9 -> works with other 1.8"],
            id="another-companion",
        ),
        pytest.param(
            [_row("1.0", "other 1.9"), _row("2.1")],
            ["thing 2.0: works -> not tried", "thing 2.1: not tried -> works"],
            id="a-newer-release",
        ),
        pytest.param(
            [_row("1.0", "other 1.9"), _row("2.0", outcome="no test ran", passed=None)],
            ["thing 2.0: works -> no test ran"],
            id="nothing-ran",
        ),
    ],
)
def test_a_change_is_another_release_companion_or_outcome(rows: list[Row], expected: list[str]) -> None:
    """`--check` tells what matters, and neither a later day nor a test more."""
    old = _section(_row("1.0", "other 1.9"), _row("2.0"))

    assert changes("thing", old, _section(*rows)) == expected


def test_a_section_that_the_page_lacks_is_a_change() -> None:
    """A new dependency is told, release by release."""
    assert changes("thing", "", _section(_row("1.0"))) == ["thing 1.0: not tried -> works"]


def test_the_page_has_every_dependency() -> None:
    """A dependency is added with its trials: `python -m tests.compatibility --only NAME`."""
    assert list(sections(PAGE.read_text("utf-8"))) == list(DEPENDENCIES)


@pytest.mark.parametrize("name", DEPENDENCIES)
def test_the_page_begins_with_the_lower_bound(name: str) -> None:
    """A bound that is raised or lowered is tried anew, and a section tells the range that pyproject.toml has."""
    (bound,) = (Specifier(str(each)) for each in DEPENDENCIES[name] if each.operator == ">=")
    text = sections(PAGE.read_text("utf-8"))[name]
    tried = [Version(each) for each in compared(text)]

    assert f"Allowed: `{name}{DEPENDENCIES[name]}`." in text
    assert tried == sorted(tried)
    assert tried[0] == Version(bound.version)
