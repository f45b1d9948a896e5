"""Which releases are tried."""

from __future__ import annotations

import pytest
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from tests.compatibility.__main__ import DEPENDENCIES
from tests.compatibility.releases import MISFITS, chosen, listed, way_out


def _versions(text: str) -> list[Version]:
    return [Version(each) for each in text.split()]


@pytest.mark.parametrize(
    ("releases", "allowed", "expected"),
    [
        pytest.param("1 2 3 4 5 6 7", ">=1", "1 3 5 7", id="even-steps"),
        pytest.param("1 2 3 4 5 6 7 8", ">=1", "1 3 6 8", id="steps-are-rounded"),
        pytest.param("7 3 1 5 2 6 4", ">=1", "1 3 5 7", id="whatever-the-order"),
        pytest.param("1.9 1.10 1.11 1.100 1.101", ">=1.10", "1.10 1.11 1.100 1.101", id="versions-and-not-texts"),
        pytest.param("0.9 1.0 2.0", ">=1", "1.0 2.0", id="fewer-than-four"),
        pytest.param("1 2 3 4 5", ">=2,<5", "2 3 4", id="an-upper-bound"),
        pytest.param("1 2 3 4 5", ">=1,!=5", "1 2 3 4", id="an-exception"),
        pytest.param("1 2 3 4 5rc1 5.dev2", ">=1", "1 2 3 4", id="no-pre-releases"),
        pytest.param("1 1.0 1.post1 2", ">=1", "1 1.post1 2", id="equal-versions-once"),
        pytest.param("1 2", ">=3", "", id="none"),
    ],
)
def test_the_oldest_the_newest_and_two_between_are_chosen(releases: str, allowed: str, expected: str) -> None:
    """The same releases for everybody: the ends of the range, and even steps between them."""
    assert chosen(_versions(releases), SpecifierSet(allowed)) == _versions(expected)


_INDEX = """\
thing (4.0rc1)
Available versions: 4.0rc1, 3.1, 3.0, nonsense-9, 0.1
  INSTALLED: 3.0
  LATEST:    4.0rc1
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(_INDEX, "0.1 3.0 3.1 4.0rc1", id="as-pip-writes"),
        pytest.param(_INDEX.replace("Available versions", "Releases"), "0.1 3.0 3.1 4.0rc1", id="other-words"),
        pytest.param("thing (1.0)\nAvailable versions: 1.0\n", "1.0", id="one-release"),
        pytest.param("", "", id="nothing"),
        pytest.param("ERROR: nothing found for thing\n", "", id="no-list"),
    ],
)
def test_the_index_is_read_whatever_its_words(text: str, expected: str) -> None:
    """Releases are the longest list of versions that pip prints; what is no version is left out."""
    assert listed(text) == _versions(expected)


@pytest.mark.parametrize(
    ("tried", "schemathesis", "hypothesis", "expected"),
    [
        pytest.param("schemathesis", "4.0.0", "6.170.1", "hypothesis<6.170", id="an-old-schemathesis"),
        pytest.param("pytest", "4.11.2", "6.170.1", "hypothesis<6.170", id="what-an-old-pytest-leads-to"),
        pytest.param("hypothesis", "4.24.3", "6.170.0", "schemathesis>=4.25", id="a-new-hypothesis"),
        pytest.param("schemathesis", "4.25.0", "6.170.1", None, id="new-with-new"),
        pytest.param("hypothesis", "4.0.0", "6.169.9", None, id="old-with-old"),
    ],
)
def test_a_pair_that_does_not_work_is_parted(
    tried: str, schemathesis: str, hypothesis: str, expected: str | None
) -> None:
    """What is not tried gives way, where an installer puts together two that are known not to work."""
    installed = {"schemathesis": Version(schemathesis), "hypothesis": Version(hypothesis), "pytest": Version("9.0")}

    assert way_out(tried, installed) == expected


def test_the_pair_is_of_dependencies() -> None:
    """A dependency that is taken out or renamed takes its pair with it."""
    assert MISFITS.keys() <= DEPENDENCIES.keys()
