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


@pytest.mark.parametrize(
    "value",
    ["", "a b", "it's", "x$(touch no)", 'say"', '-k "a or b"', r"C:\dir", "a: b # c", "# a", "  a", "- a", "{a", "|-"],
)
@pytest.mark.parametrize("name", ["requirement", "policy", "options", "html", "baseline"])
def test_an_input_stays_a_word(name: str, value: str) -> None:
    """Whatever one line a team gives, the YAML can be read, and the variable holds it. A job's name can have no double quote, as it says."""
    inputs, jobs = _filled(**{name: value, "job": "held"})

    assert jobs["held"]["variables"][f"APIVERSION_{name.upper()}"] == value
    assert "without a double quote" in inputs["job"]["description"]


@pytest.mark.parametrize("name", ["html", "baseline"])
def test_an_empty_input_is_no_option(name: str) -> None:
    """Where no report is wanted, the script has no option for it, and the artifacts are the JSON report alone."""
    shell = shutil.which("sh")
    if shell is None:
        pytest.skip("no POSIX shell is installed")
    _, jobs = _filled(job="held", requirement="", **{name: ""})
    script = jobs["held"]["script"][-1].replace("python -m pytest", "printf '%s\\n'")
    environment = {**os.environ, **jobs["held"]["variables"]}
    done = subprocess.run(
        [shell, "-c", script], env=environment, capture_output=True, text=True, check=True, timeout=60
    )

    assert not [line for line in done.stdout.splitlines() if line.startswith(f"--apiversion-{name}") or not line]
    assert all(jobs["held"]["artifacts"]["paths"])


def test_the_component_runs(start: Start, python: str) -> None:
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
    folders = dict.fromkeys(str(Path(each).parent) for each in (python, sys.executable))
    environment["PATH"] = os.pathsep.join([*folders, environment["PATH"]])

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
    paths = [name for each in job["artifacts"]["paths"] for name in each.strip("{}").split(",")]
    named = [*paths, *job["artifacts"]["reports"].values()]
    assert "page.html" in named
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
