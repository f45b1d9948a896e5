"""Content codings undone piece by piece, so that a small body cannot become a large one unnoticed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NoReturn

CHUNK = 65536
"""Bytes per piece."""

KNOWN = frozenset({"gzip", "x-gzip", "deflate"})
"""What we ask for and undo (RFC 9110 §8.4.1)."""

_DEEPEST = 4


class UndecodableError(Exception):
    """The body is not in the coding it claims; the message completes a sentence about it."""


def codings(header: str | None) -> tuple[str, ...]:
    """The codings of a `Content-Encoding` header, in the order they were applied."""
    return tuple(name for part in (header or "").lower().split(",") if (name := part.strip()) not in {"", "identity"})


def inflate(pieces: Iterable[bytes], names: tuple[str, ...]) -> Iterator[bytes]:
    """Undo codings, last applied first.

    Args:
        pieces: The body as it came, in pieces of any size but none.
        names: What `codings` found.

    Yields:
        The decoded body, at most `CHUNK` bytes at a time.

    Raises:
        UndecodableError: The body is broken, ends too early, or is in a coding nobody asked for.
    """
    if len(names) > _DEEPEST:
        raise UndecodableError(f"the body is encoded {len(names)} times over")
    for name in reversed(names):
        pieces = _undo(pieces, name) if name in KNOWN else map(partial(_refuse, name), pieces)
    yield from pieces


def _refuse(name: str, _: bytes) -> NoReturn:
    raise UndecodableError(f"the body is in the content coding {name[:40]!a}, which was not asked for")


def _undo(pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    engine = None
    members = 0
    try:
        for piece in pieces:
            rest = piece
            while rest:
                engine = engine or zlib.decompressobj(_window(name, rest[0]))
                if out := engine.decompress(rest, CHUNK):
                    yield out
                rest = engine.unused_data if engine.eof else engine.unconsumed_tail
                if engine.eof:
                    engine = None
                    members += 1
        if engine is not None:
            yield engine.flush()
    except zlib.error:
        if members:
            return  # what follows a whole member is padding, as every client reads it
        raise UndecodableError(f"the body is not the {name} it claims to be") from None
    if engine is not None and not engine.eof:
        raise UndecodableError(f"the {name} body ends too early")


def _window(name: str, first: int) -> int:
    """What zlib expects: gzip, or for `deflate` a zlib stream, or the bare stream many servers send instead."""
    if name != "deflate":
        return 16 + zlib.MAX_WBITS
    return zlib.MAX_WBITS if first & 0x8F == 8 else -zlib.MAX_WBITS  # noqa: PLR2004  RFC 1950 §2.2: CM 8, CINFO up to 7
