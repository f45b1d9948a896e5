"""`apiversion lock` shows what changed since the contracts were locked before it locks them again."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from pytest_apiversion.cli import main
from tests.shell.comparison.test_compare import BROKEN, document
from tests.shell.comparison.test_compare_under_policy import folder


def git(place: Path, *arguments: str) -> None:
    """Run git in a folder."""
    user = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", "-C", str(place), *user, *arguments], check=True, capture_output=True)  # noqa: S607  the git that is there


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A policy file in a folder of a repository, with two contracts that were locked and committed."""
    file = folder(tmp_path / "shop", {"1.0.0": document(), "2.0.0": document()})
    assert main(["lock", str(file)]) == 0
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "x")
    return file


def relocked(policy: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What locking again says, its last line left out; the lock holds afterwards."""
    capsys.readouterr()
    assert main(["lock", str(policy)]) == 0
    *lines, last = capsys.readouterr().out.splitlines()

    assert last.startswith("locked ")
    assert main(["lock", "--check", str(policy)]) == 0
    return lines


def test_a_changed_contract_is_compared_with_what_was_locked(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the edit means to clients stands above the line that says it is locked; a contract that is as it was is not named."""
    policy.with_name("1.0.0.yaml").write_text(json.dumps(BROKEN), "utf-8")
    lines = relocked(policy, capsys)

    assert lines[0] == "1.0.0.yaml: differs from what was locked:"
    assert lines[1].startswith("  error: `body.id` may be missing")
    assert lines[-1] == "  1 breaking"


def test_what_is_as_it_was_says_nothing(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Locking twice is silent, and so is the first lock, and one over what is no lock."""
    assert relocked(policy, capsys) == []
    policy.with_name("apiversion.lock").write_text("{}", "utf-8")
    assert relocked(policy, capsys) == []
    policy.with_name("apiversion.lock").unlink()
    assert relocked(policy, capsys) == []


def test_what_was_not_committed_is_not_compared(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the last commit does not have the locked document, that is said, and it is locked."""
    policy.with_name("1.0.0.yaml").write_text(json.dumps(BROKEN), "utf-8")
    git(policy.parent, "commit", "-qam", "y")

    assert relocked(policy, capsys) == [
        "1.0.0.yaml: differs from what was locked, which is not in the last commit, so that nothing is compared"
    ]


def test_contracts_and_sunsets_that_come_and_go_are_told(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A contract that is new or gone, and a sunset that moved, are named."""
    text = policy.read_text("utf-8").replace('contract = "2.0.0.yaml"', 'contract = "new.yaml"')
    policy.with_name("2.0.0.yaml").rename(policy.with_name("new.yaml"))
    policy.write_text(text, "utf-8")

    assert relocked(policy, capsys) == [
        "2.0.0.yaml: was locked, and is no contract any more",
        "new.yaml: is locked for the first time",
    ]
