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
    assert "folder=$(mktemp -d)" in text
    assert "apiversion" not in text.replace("api_version", "")
    assert text.endswith('diff "$folder/expected" "$folder/seen"\n')
