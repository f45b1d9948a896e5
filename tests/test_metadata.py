"""What is shipped, where it may be installed, and that the automation says the same everywhere."""

from __future__ import annotations

import os
import re
import tomllib
from configparser import RawConfigParser
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.version import Version

import pytest_apiversion

ROOT = Path(__file__).parents[1]


def _pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _tox() -> RawConfigParser:
    parser = RawConfigParser()
    parser.read(ROOT / "tox.ini", encoding="utf-8")

    return parser


def _jobs() -> dict[str, Any]:
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    jobs: dict[str, Any] = yaml.safe_load(text)["jobs"]

    return jobs


def _expand(name: str) -> list[str]:
    """The braces of tox: `py3{11,12}-{a,b}` -> four names."""
    braces = re.search(r"\{([^{}]*)\}", name)
    if braces is None:
        return [name]

    return [
        each
        for choice in braces.group(1).split(",")
        for each in _expand(name[: braces.start()] + choice + name[braces.end() :])
    ]


def _name_and_version(requirement: str, operator: str) -> tuple[str, Version]:
    """`pytest>=8.0` -> `pytest` and 8.0, which equals 8.0.0."""
    name, _, version = requirement.partition(operator)

    return name, Version(version)


def test_the_oldest_environment_pins_every_lower_bound() -> None:
    """A lower bound that no environment installs is a guess."""
    bounds = dict(_name_and_version(line, ">=") for line in _pyproject()["project"]["dependencies"])
    pins = dict(_name_and_version(line, "==") for line in _tox()["testenv:oldest"]["deps"].split())

    assert bounds == pins


def test_the_workflow_runs_every_tox_environment() -> None:
    """CI mirrors tox, so that what is red there is reproduced here by name."""
    jobs = [row["env"] for name in ("tox", "releases") for row in _jobs()[name]["strategy"]["matrix"]["include"]]
    listed = [each for line in _tox()["tox"]["env_list"].split() for each in _expand(line)]

    assert sorted([*listed, "prerelease"]) == sorted(jobs)


def test_what_is_drawn_in_part_is_drawn_whole_somewhere() -> None:
    """Each test of which the suite draws a part is among those that `tox -e thorough` runs."""
    folders = set(re.findall(r"\btests/\w+", _tox()["testenv:thorough"]["commands"]))
    partly = {
        "/".join(file.relative_to(ROOT).parts[:2])
        for file in (ROOT / "tests").rglob("test_*.py")
        if re.search("^from tests.thorough import", file.read_text("utf-8"), re.MULTILINE)
    }

    assert partly <= folders


def test_the_report_is_looked_at_in_a_browser_by_name() -> None:
    """The workflow names the browser and tox lets the name through, so that a browser that is gone is no silent skip."""
    steps = _jobs()["tox"]["steps"]
    rows = _jobs()["tox"]["strategy"]["matrix"]["include"]

    assert [row["env"] for row in rows if "browser" in row] == ["reports"]
    assert any(step.get("env", {}).get("APIVERSION_BROWSER") == "${{ matrix.browser }}" for step in steps)
    assert "APIVERSION_BROWSER" in _tox()["testenv:reports"]["pass_env"].split()


def test_what_others_release_is_tried_each_night_and_by_no_pull_request() -> None:
    """A neighbour's release is heard of soon, and stops nobody's work."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    tried = {row["env"] for row in workflow["jobs"]["releases"]["strategy"]["matrix"]["include"]}
    asked = {row["env"] for row in workflow["jobs"]["tox"]["strategy"]["matrix"]["include"]}

    assert workflow[True]["schedule"]  # YAML 1.1 reads the key `on` as true
    assert {"newest", "prerelease"} <= tried
    assert not [name for name in asked if name.endswith(("newest", "prerelease"))]


def test_the_required_job_needs_every_other_job() -> None:
    """One name to require on the branch; a new job cannot be forgotten."""
    jobs = _jobs()

    assert sorted(jobs.keys() - {"required", "releases"}) == sorted(jobs["required"]["needs"])


def test_actions_are_pinned_by_commit() -> None:
    """A moved tag of somebody else's action cannot run here."""
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    loose = [
        line.strip() for line in text.splitlines() if "uses:" in line and not re.search(r"@[0-9a-f]{40} # v", line)
    ]

    assert loose == []


def test_every_classifier_has_an_environment() -> None:
    """A Python that is promised is a Python that is tested."""
    promised = {
        "py" + name.rpartition(" ")[2].replace(".", "")
        for name in _pyproject()["project"]["classifiers"]
        if re.search(r":: 3\.\d+$", name)
    }

    assert promised <= {each for line in _tox()["tox"]["env_list"].split() for each in _expand(line)}


def test_ruff_has_one_version() -> None:
    """The hook, the extra and the tox environment judge alike."""
    extra = _pyproject()["project"]["optional-dependencies"]["lint"]
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    hooked = {dep for hook in hooks for dep in hook.get("additional_dependencies", [])}

    assert [_tox()["testenv:lint"]["deps"]] == extra
    assert {extra[0].split(",")[0].replace(">=", "==")} == hooked


def test_the_entry_points_are_the_plugin_and_the_command() -> None:
    """The plugin is found by pytest, the command by the operating system."""
    mine = metadata.distribution("pytest-apiversion").entry_points
    found = {(point.group, point.name, point.value) for point in mine}

    assert {
        ("pytest11", "apiversion", "pytest_apiversion.plugin"),
        ("console_scripts", "apiversion", "pytest_apiversion.cli:main"),
    } == found


def test_data_files_travel_with_the_package() -> None:
    """What the package reads at run time is where the package is: nothing is left behind in the checkout."""
    here = ROOT / "pytest_apiversion"
    there = Path(pytest_apiversion.__file__).parent
    data = [file.relative_to(here) for file in here.rglob("*") if file.is_file() and file.suffix not in {".py", ".pyc"}]

    assert Path("py.typed") in data
    assert [name for name in data if not (there / name).is_file()] == []


@pytest.mark.skipif("APIVERSION_EXPECT_WHEEL" not in os.environ, reason="only tox tests the wheel")
def test_the_wheel_is_tested_and_not_the_checkout() -> None:
    """What is tested is what is shipped."""
    imported = Path(pytest_apiversion.__file__).resolve()

    assert "site-packages" in imported.parts
    assert imported.parent != ROOT / "pytest_apiversion"


def test_every_news_fragment_is_of_a_known_type_and_says_something() -> None:
    """A fragment of another type, or an empty one, would be left out of the changelog without a word."""
    types = {each["directory"] for each in _pyproject()["tool"]["towncrier"]["type"]}
    folder = ROOT / "changelog.d"
    told = set(re.findall(r"^\| `(\w+)` \|", (folder / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
    used = {path.name.split(".")[-2] for path in folder.glob("*.md") if path.name != "README.md"}

    assert told == types >= used
    assert [path.name for path in folder.iterdir() if not path.read_text(encoding="utf-8").strip()] == []


def test_every_news_fragment_names_an_issue_or_says_that_it_has_none() -> None:
    """Towncrier takes what stands before the first full stop for an issue, unless it begins with `+`."""
    names = [path.name for path in (ROOT / "changelog.d").glob("*.md") if path.name != "README.md"]

    assert [name for name in names if re.match(r"\+|\d+\.", name) is None] == []
