"""Texts that nobody used: no other request, no other worker, no other run."""

from __future__ import annotations

import hashlib
import secrets
from itertools import count


class FreshTexts:
    """Gives a text that nobody used with each call; safe to call from several threads."""

    def __init__(self) -> None:
        self._nonce = secrets.token_hex(16)
        self._numbers = count()

    def __call__(self) -> str:
        """The next text: fourteen lower-case letters and digits."""
        return f"av{hashlib.sha256(f'{self._nonce} {next(self._numbers)}'.encode()).hexdigest()[:12]}"
