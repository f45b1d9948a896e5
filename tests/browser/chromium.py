"""A Chromium without a window, where one is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def executable() -> str | None:
    """The browser: what `APIVERSION_BROWSER` names, else the first of the usual names; None where there is none.

    Raises:
        FileNotFoundError: The one that is named is not there.
    """
    named = os.environ.get("APIVERSION_BROWSER", "")
    if not named:
        return next(filter(None, map(shutil.which, _NAMES)), None)
    found = shutil.which(named)
    if found is None:
        message = f"APIVERSION_BROWSER names a browser that is not there: {named}"
        raise FileNotFoundError(message)
    return found


@contextlib.contextmanager
def browsing() -> Iterator[Browser]:
    """The browser, closed at the end."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  an extra

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()
