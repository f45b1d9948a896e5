"""Addresses as they may be shown: a name and a password in one may be secret."""

from __future__ import annotations

import re

_USER = re.compile(r"//[^/?#]*@")


def without_user(text: str) -> str:
    """A text with an address in it, without the address's name and password."""
    return _USER.sub("//…@", text)
