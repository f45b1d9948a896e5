"""Names of versions with dots and without quotes: one message each, and all else is said of the versions that are meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.policy_file.load import load_policy
from tests.shell.servers.kit import API

HEAD = f"""{API}
[versioning]
scheme = "semver"
carriers = ["header"]
header = {{ name = "X-Version" }}
"""
TWO = """
[versions.1.4.0]
contract = "a.json"
sunset = 2027-01-01
gone = { status = 410 }

[versions.1.5.0]
contract = "b.json"
"""


def told(folder: Path, text: str) -> list[str]:
    """The mistakes of a file."""
    for name in ("a.json", "b.json"):
        (folder / name).write_text("{}", "utf-8")
    path = folder / "apiversion.toml"
    path.write_text(HEAD + text, "utf-8")
    try:
        load_policy(path, {"ODD_URL": "http://127.0.0.1:9"})
    except PolicyError as error:
        return list(error.mistakes)
    return []


def test_each_is_told_once(tmp_path: Path) -> None:
    """The name is shown as it is to be written, at its line; quotes are all that is missing."""
    assert told(tmp_path, TWO) == [
        'line 11: versions.1.4.0: expected the name in quotes, since it has dots: [versions."1.4.0"]',
        'line 16: versions.1.5.0: expected the name in quotes, since it has dots: [versions."1.5.0"]',
    ]
    assert told(tmp_path, TWO.replace("1.4.0", '"1.4.0"').replace("1.5.0", '"1.5.0"')) == []


def test_what_is_wrong_below_has_its_line(tmp_path: Path) -> None:
    """A slip in such a table is told, too."""
    found = told(tmp_path, TWO.replace("sunset = 2027-01-01", 'sunset = "soon"').replace("1.5.0", '"1.5.0"'))

    assert [each.partition(":")[0] for each in found] == ["line 11", "line 13"]
    assert "expected a date such as 2026-06-01" in found[1]


@pytest.mark.parametrize(
    "text",
    [
        '[versions."1.4.0"]\ncontract = "a.json"\n[versions."1.4.0".gonne]\nstatus = 410\n',
        '[versions.1]\ncontract = "a.json"\n[versions.1.gone]\nstatus = 410\n',
        "[versions.v1.gonne]\nstatus = 410\n",
        "[versions.1]\n",
        "versions.1.4.0 = 7\n",
    ],
)
def test_other_tables_are_what_they_are(text: str, tmp_path: Path) -> None:
    """What no number follows, or what says something itself, is no name in pieces."""
    assert not any("in quotes" in each for each in told(tmp_path, text))
