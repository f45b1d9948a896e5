"""The scripts of `findings/`: each is listed, pins what it installs, and says what it expects to see."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "findings"
SCRIPTS = sorted(FOLDER.glob("*.sh"))


def test_every_script_is_listed_once() -> None:
    """The list says of each what is seen and why it matters."""
    rows = re.findall(
        r"^\| \[(\S+)\]\(\1\.sh\) \| [^|]+\. \| [^|]+\. \|$", (FOLDER / "README.md").read_text("utf-8"), re.MULTILINE
    )

    assert rows == [script.stem for script in SCRIPTS]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_script_is_pinned_and_compares(script: Path) -> None:
    """It installs exact releases below a temporary folder, without this project, and ends with the comparison."""
    text = script.read_text("utf-8")
    installed = re.findall(r"(?m)(?:pip\" install -q|--ignore-scripts) (.+)$", text)

    assert installed
    assert [each for line in installed for each in line.split() if not re.search(r"==\d|.@\d", each)] == []
    names = re.sub("[-_.]+", "_", " ".join(installed).lower())
    for package in re.findall(r"(?m)^(?:from|import) (fastapi|django|flask|starlette|litestar|httpx)\b", text):
        assert f"{package}==" in names
    assert "folder=$(mktemp -d)\ntrap 'rm -rf \"$folder\"' EXIT\n" in text
    assert text.startswith("#!/bin/sh\n# ")
    assert "\nset -eu\n" in text
    assert "apiversion" not in text.replace("api_version", "")
    assert text.endswith('diff "$folder/expected" "$folder/seen"\n')


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_script_and_its_row_name_the_release_that_it_installs(script: Path) -> None:
    """What is said holds for one release; the first sentence of the script and the row of the list say which."""
    text = script.read_text("utf-8")
    told = text.partition("\nset -eu\n")[0]
    row = next(line for line in (FOLDER / "README.md").read_text("utf-8").splitlines() if f"[{script.stem}]" in line)
    releases = re.findall(r"(?:==|.@)(\d[\w.]*)", text)

    assert [release for release in releases if f" {release}" in told and f" {release} " in row] != []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_script_states_what_it_expects(script: Path) -> None:
    """The expected output stands in the script, is not made by it, and what is seen comes from a program that it runs."""
    text = script.read_text("utf-8")
    expected = re.search(r"(?ms)^cat > \"\$folder/expected\" <<'END'\n(.+?)^END$", text)

    assert expected
    assert expected[1].strip()
    assert text.count("$folder/expected") == 2
    assert re.search(r"(?m)(python|node) \S*\$?folder\S*|node \S+\.mjs|bin/python\"|java -classpath", text)
    assert '> "$folder/seen"' in text
