"""The GitHub action and the hooks for pre-commit: what they declare is what they use, and it runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from pytest_apiversion.cli import main
from tests.plugin.conftest import Start
from tests.plugin.small_api import write_suite

ROOT = Path(__file__).parents[2]


def action() -> dict[str, Any]:
    """The action."""
    made: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    return made


def test_inputs_reach_the_shell_as_variables() -> None:
    """Each input is used, each that is used is declared with a default, and none is written into a script, where it could be a command."""
    made = action()
    steps = made["runs"]["steps"]

    used = set(re.findall(r"inputs\.(\w+)", json.dumps(steps)))
    assert used == set(made["inputs"])
    assert all("default" in each and each["description"] for each in made["inputs"].values())
    assert not [step for step in steps if "${{" in step["run"]]


def test_the_action_runs(start: Start, python: str) -> None:
    """With its inputs it holds the policy, writes the reports that were asked for, and fails where a promise is broken."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    small = start("nameless")
    made = action()
    step = made["runs"]["steps"][-1]
    given = {"sarif": "out/run.sarif", "options": "--apiversion-max-examples=1 --apiversion-today=2026-06-01 -q"}
    inputs = {name: given.get(name, each["default"]) for name, each in made["inputs"].items()}
    variables = {
        name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda found: inputs[found[1]], text)
        for name, text in step["env"].items()
    }
    environment = {**os.environ, **variables, "GITHUB_STEP_SUMMARY": str(small.pytester.path / "summary.md")}
    folders = dict.fromkeys(str(Path(each).parent) for each in (python, sys.executable))
    environment["PATH"] = os.pathsep.join([*folders, environment["PATH"]])

    done = subprocess.run(
        [bash, "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=small.pytester.path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout + done.stderr
    assert "\n::error file=v2.json," in done.stdout
    assert (small.pytester.path / "summary.md").read_text("utf-8").startswith("## API versions: Small")
    results = json.loads((small.pytester.path / "out" / "run.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert [each["ruleId"] for each in results] == ["AV301"]
    assert (small.pytester.path / "apiversion.json").is_file()


def test_hooks_are_commands(tmp_path: Path) -> None:
    """Each hook begins with a command of `apiversion`; the lock's begins when a contract, the lock or the policy changes."""
    hooks = {each["id"]: each for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    policy = write_suite(tmp_path)
    assert main(["lock", str(policy)]) == 0

    words = hooks["apiversion-lock"]["entry"].split()
    for name in ("apis/shop.apiversion.toml", "v1.json", "v1.yaml", "apiversion.lock"):
        assert re.search(hooks["apiversion-lock"]["files"], name)
    assert not any(each["pass_filenames"] for each in hooks.values())
    assert main([*words[1:], str(policy)]) == 0
    (tmp_path / "v1.json").write_text("{}", "utf-8")
    assert main([*words[1:], str(policy)]) != 0
    words = hooks["apiversion-diff"]["entry"].split()
    assert main([*words[1:], str(tmp_path / "v2.json"), str(tmp_path / "v2.json")]) == 0
