"""A policy file that pytest did not collect is named once, with what collects it, and only where that is no choice."""

from __future__ import annotations

import pytest

from tests.plugin.small_api import POLICY

_TESTPATHS = "[pytest]\ntestpaths = tests\n"


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """A suite with one test below `tests`, which needs nothing of ours."""
    (pytester.mkdir("tests") / "test_one.py").write_text("def test_one():\n    pass\n", "utf-8")
    return pytester


def _ran(suite: pytest.Pytester, *arguments: str) -> tuple[int, str]:
    result = suite.runpytest_inprocess(*arguments)
    return int(result.ret), "\n".join([*result.outlines, *result.errlines])


@pytest.mark.parametrize("place", ["shop.toml", "below/policy.toml"])
def test_a_named_file_of_another_name(suite: pytest.Pytester, place: str) -> None:
    """`pytest shop.toml` ends at once and gives the line that renames it."""
    path = suite.path / place
    path.parent.mkdir(exist_ok=True)
    path.write_text(POLICY, "utf-8")
    code, told = _ran(suite, place)

    assert code == pytest.ExitCode.USAGE_ERROR
    assert f"ERROR: {place} is a policy file that pytest does not collect by this name.\n" in told
    assert f"Rename it: mv {place} {place.removesuffix('.toml')}.apiversion.toml" in told
    assert "no match in any of" not in told


@pytest.mark.parametrize("arguments", [[], ["."], ["below"]])
def test_nothing_collected_beside_one_of_another_name(suite: pytest.Pytester, arguments: list[str]) -> None:
    """Where nothing is collected, a policy file of another name in the folders that were looked into is named."""
    (suite.path / "tests" / "test_one.py").unlink()
    suite.mkdir("below")
    place = "below/shop.toml" if arguments == ["below"] else "shop.toml"
    (suite.path / place).write_text(POLICY, "utf-8")
    code, told = _ran(suite, *arguments)

    assert code == pytest.ExitCode.NO_TESTS_COLLECTED
    assert told.count(f"Rename it: mv {place} ") == 1


def test_testpaths_leave_it_out(suite: pytest.Pytester) -> None:
    """A bare `pytest` says that `testpaths` leaves the policy file out, by the name of the file that says so."""
    (suite.path / "apiversion.toml").write_text(POLICY, "utf-8")
    suite.makeini(_TESTPATHS)
    code, told = _ran(suite)

    assert code == 0
    assert "apiversion.toml was not collected: testpaths (tox.ini) leaves it out.\n" in told
    assert told.count("Add it there, or run: pytest apiversion.toml") == 1


_CHOSEN = {
    "an-argument": ("apiversion.toml", _TESTPATHS, ["tests"], ""),
    "ignored": ("apiversion.toml", _TESTPATHS, ["--ignore=apiversion.toml"], ""),
    "left-by-conftest": ("apiversion.toml", _TESTPATHS, [], 'collect_ignore = ["apiversion.toml"]\n'),
    "fixtures-take-it": ("apiversion.toml", _TESTPATHS, [], "def test_version(api_policy):\n    pass\n"),
    "no-policy": ("pyproject.toml", _TESTPATHS, [], ""),
    "other-toml": ("settings.toml", "", ["settings.toml"], ""),
}


@pytest.mark.parametrize("name", _CHOSEN)
def test_a_choice_is_not_spoken_of(suite: pytest.Pytester, name: str) -> None:
    """Named tests, ignored files, fixtures that read the policy, and files that are no policy get no line of ours."""
    place, ini, arguments, python = _CHOSEN[name]
    text = POLICY if place == "apiversion.toml" else '[tool.shop]\nname = "shop"\n\n[versions]\npython = "3"\n'
    (suite.path / place).write_text(text.replace("${SMALL_TOKEN}", "${HOME}"), "utf-8")
    suite.makeini(ini)
    if "def test" in python:
        suite.path.joinpath("tests", "test_two.py").write_text(python, "utf-8")
    elif python:
        suite.makeconftest(python)
    _, told = _ran(suite, *arguments)

    assert "apiversion.toml was not" not in told
    assert "Rename" not in told
