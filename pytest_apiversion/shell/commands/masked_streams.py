"""Standard output and errors of commands without what is secret in the addresses that they were told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TextIO, cast
from urllib.parse import unquote, unquote_plus, urlsplit

from pytest_apiversion.core.policy.secrets import SHORTEST, Secrets, secret_segments

_KEY = re.compile(r"key|token|secret|sig|pass|auth|code|cred", re.IGNORECASE)
"""Names of parameters that hold something secret, whatever it looks like."""

_WORD = re.compile(r"[a-z]*(?:[-_.,/][a-z]+)*|v?[0-9.-]*|.{0,7}", re.IGNORECASE)
"""What says how a document is given (`format=openapi`, `v=2`), and stands in sentences as well."""


def masked_streams(addresses: Iterable[str | None], *streams: TextIO) -> tuple[TextIO, ...]:
    """The streams, with what names, passwords, paths, queries and fragments of addresses hold masked in what is written: services echo what they are sent.

    Args:
        addresses: What a command was told; those that are no addresses hold nothing.
        streams: Where it writes.

    Returns:
        The streams themselves where there is nothing to mask.
    """
    held = dict(pair for each in addresses if each for pair in _held(each))
    secrets = Secrets(learned=[(name, value) for value, name in held.items()])
    return tuple(cast("TextIO", _Masked(each, secrets)) for each in streams) if held else streams


def _held(address: str) -> Iterator[tuple[str, str]]:
    """What may be secret in an address, each with the word that stands for it."""
    try:
        parts = urlsplit(address.removeprefix("git:") if "//" in address else f"//{address}")
    except ValueError:
        return
    user, at, _ = parts.netloc.rpartition("@")
    name, _, password = user.partition(":")
    told = [("PASSWORD", each) for each in (unquote(password or name), password or name) if at]
    if parts.scheme in {"http", "https"}:
        pairs = [each.partition("=") for each in f"{parts.query}&{parts.fragment}".split("&")]
        pairs += [each.partition("/")[0].partition("=") for each in parts.path.split(";")[1:]]
        values = [
            unquote_plus(value or name)
            for name, _, value in pairs
            if (value and _KEY.search(name)) or not _WORD.fullmatch(value or name)
        ]
        told += [("PATH", form) for each in secret_segments(parts.path) for form in (unquote(each), each)]
        told += [("QUERY", form) for value in values for form in (value, value.replace(" ", "+"))]
    yield from ((value, word) for word, value in told if len(value) >= SHORTEST)


class _Masked:
    """A stream that masks what is written to it, piece by piece."""

    def __init__(self, stream: TextIO, secrets: Secrets) -> None:
        self._stream = stream
        self._secrets = secrets

    def write(self, text: str) -> int:
        self._stream.write(self._secrets.masked(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)
