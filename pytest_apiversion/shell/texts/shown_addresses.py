"""Addresses as they may be shown: a name and a password in one may be secret."""

from __future__ import annotations

import re

_USER = re.compile(r"//[^/?#]*@")


def without_user(text: str) -> str:
    """A text with an address in it, without the address's name and password.

    Of each `//` what follows up to the last `@` before the next `/`, `?` or `#` is shown as `…`. All else stays: what is secret in a path or
    a query, and a password with one of these three characters in it that is not percent-encoded, as RFC 3986 asks.
    """
    return _USER.sub("//…@", text)
