"""What is asked before a policy file is written."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from pytest_apiversion.shell.commands.confirming import wanted


class Terminal(io.BytesIO):
    """Somebody types."""

    def isatty(self) -> bool:
        """Somebody does."""
        return True


@pytest.mark.parametrize(
    ("typed", "new", "over"),
    [
        pytest.param(b"y\n", True, True, id="yes"),
        pytest.param(b"n\n", False, False, id="no"),
        pytest.param(b"\n", True, False, id="an empty line"),
        pytest.param(b"", False, False, id="the end of the input"),
        pytest.param(b"maybe\n", False, False, id="anything else"),
    ],
)
def test_what_counts_as_yes(tmp_path: Path, typed: bytes, *, new: bool, over: bool) -> None:
    """Nothing is written that nobody wanted, and nothing is written over that nobody said so of."""
    policy, out = tmp_path / "apiversion.toml", io.StringIO()
    assert wanted(policy, "a = 1\n", yes=False, stdin=Terminal(typed), out=out) is new
    assert f"write {policy}? [Y/n] " in out.getvalue()

    policy.write_text("a = 2\n", "utf-8")
    assert wanted(policy, "a = 1\n", yes=False, stdin=Terminal(typed), out=out) is over
    assert f"write over {policy}? [y/N] " in out.getvalue()
