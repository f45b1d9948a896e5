"""The component for GitLab and the image: what they declare is what they use, and the component's script runs."""

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

from tests.plugin.conftest import Start

ROOT = Path(__file__).parents[2]
COMPONENT = ROOT / "templates" / "hold.yml"


def _filled(**given: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The inputs, and the jobs with inputs or their defaults, as GitLab fills them in before it reads YAML."""
    head, _, body = COMPONENT.read_text("utf-8").partition("\n---\n")
    inputs: dict[str, Any] = yaml.safe_load(head)["spec"]["inputs"]
    values = {name: given.get(name, each["default"]) for name, each in inputs.items()}
    text = re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda found: values[found[1]], body)
    jobs: dict[str, Any] = yaml.safe_load(text)
    return inputs, jobs


def test_inputs_are_used_and_never_written_into_a_script() -> None:
    """Each input has a default and a description and is used; the script has variables only, so that no input is a command."""
    inputs, _ = _filled()
    body = COMPONENT.read_text("utf-8").partition("\n---\n")[2]

    assert set(re.findall(r"inputs\.(\w+)", body)) == set(inputs)
    assert all(set(each) == {"description", "default"} and each["description"] for each in inputs.values())
    script = body[body.index("  script:") : body.index("  artifacts:")]
    assert "inputs." not in script


@pytest.mark.parametrize("value", ["", "a b", "it's", "x$(touch no)", 'say"'])
def test_an_input_stays_a_word(value: str) -> None:
    """Whatever the options of a team are, the YAML can be read, and the variable holds them."""
    if '"' in value:
        with pytest.raises(yaml.YAMLError):
            _filled(options=value)
        return
    _, jobs = _filled(options=value, job="held")

    assert jobs["held"]["variables"]["APIVERSION_OPTIONS"] == value


def test_the_component_runs(start: Start) -> None:
    """With its inputs it holds the policy, fails where a promise is broken, and leaves the reports that it says are artifacts."""
    pytest.importorskip("jinja2")
    shell = shutil.which("sh")
    if shell is None:
        pytest.skip("no POSIX shell is installed")
    small = start("nameless")
    folder = small.pytester.path
    options = "--apiversion-max-examples=1 --apiversion-today=2026-06-01 --apiversion-database=none -q"
    _, jobs = _filled(options=options, requirement="", html="page.html")
    (job,) = jobs.values()
    environment = {**os.environ, **job["variables"]}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"

    done = subprocess.run(
        [shell, "-e", "-c", "\n".join(job["script"])],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    assert done.returncode == 1, done.stdout + done.stderr
    named = [*job["artifacts"]["paths"], *job["artifacts"]["reports"].values()]
    assert [name for name in named if not (folder / name).is_file()] == []
    issues = json.loads((folder / job["artifacts"]["reports"]["codequality"]).read_text("utf-8"))
    assert [each["check_name"] for each in issues] == ["AV301"]


def test_the_image_has_what_it_copies() -> None:
    """What the Dockerfile builds from gets past .dockerignore: all that the wheel is made of, and the lock."""
    kept = {
        line[1:].removesuffix("/**")
        for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        if line[:1] == "!"
    }
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")

    assert kept == {"pytest_apiversion", "LICENSE", "README.md", "constraints.txt", "pyproject.toml"}
    assert all((ROOT / name).exists() for name in kept)
    assert "COPY constraints.txt " in dockerfile
    assert "USER holder" in dockerfile
