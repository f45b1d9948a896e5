"""The browser that is found, or asked for by name."""

from __future__ import annotations

import os
import sys

import pytest

from tests.browser.chromium import executable


def test_a_browser_that_is_named_and_not_there_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever names one means it, so that its tests are not skipped."""
    monkeypatch.setenv("APIVERSION_BROWSER", "no-such-browser")

    with pytest.raises(
        FileNotFoundError, match="APIVERSION_BROWSER names a browser that is not there: no-such-browser"
    ):
        executable()


def test_a_browser_that_is_named_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its name or its path; an empty name is none, and without any browser there is none."""
    monkeypatch.setenv("APIVERSION_BROWSER", sys.executable)
    assert executable() == sys.executable

    monkeypatch.setenv("APIVERSION_BROWSER", "")
    monkeypatch.setenv("PATH", os.devnull)
    assert executable() is None
