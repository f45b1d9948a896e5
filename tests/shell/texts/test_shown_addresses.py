"""A name and a password of an address stand in nothing that is shown, and one function takes them out."""

from __future__ import annotations

from pathlib import Path

import pytest

import pytest_apiversion
from pytest_apiversion.shell.texts.shown_addresses import without_user


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://me:s3cr3t@host:8443/a?b#c", "https://…@host:8443/a?b#c"),
        ("HTTPS://me:s3@cr3t@host/a", "HTTPS://…@host/a"),
        ("//me:s3cr3t@host", "//…@host"),
        ("--apiversion-proxy=http://me:s3cr3t@proxy:3128", "--apiversion-proxy=http://…@proxy:3128"),
        ("https://host/a@b", "https://host/a@b"),
        ("https://host?me@b", "https://host?me@b"),
        ("me@host", "me@host"),
        ("", ""),
    ],
)
def test_an_address_is_shown_without_its_user(text: str, shown: str) -> None:
    """Whatever stands around the address."""
    assert without_user(text) == shown


def test_nothing_else_takes_them_out() -> None:
    """No other module has such a pattern of its own."""
    root = Path(pytest_apiversion.__file__).parent
    found = [file.name for file in root.rglob("*.py") if "[^/?#]*@" in file.read_text("utf-8")]

    assert found == ["shown_addresses.py"]
