"""Bugs of caches between an honest server and those who ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.detection.plants import Environ, Plant, Wsgi


def _kept_by_address(app: Wsgi) -> Wsgi:
    """What is read at an address is kept for whoever asks there next, whichever version the header or Accept names."""
    kept: dict[tuple[str, str], tuple[str, list[tuple[str, str]], bytes]] = {}

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        address = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        shared = environ["REQUEST_METHOD"] == "GET" and not address[0].startswith(("/api/v1", "/api/v2"))
        if shared and address in kept:
            line, pairs, body = kept[address]
            start_response(line, pairs)
            return [body]
        told: list[tuple[str, list[tuple[str, str]]]] = []
        body = b"".join(app(environ, lambda line, pairs, *_: told.append((line, list(pairs)))))
        ((line, pairs),) = told
        if shared and line.startswith("200"):
            kept[address] = line, pairs, body
        start_response(line, pairs)
        return [body]

    return wrapped


CACHES: Mapping[tuple[str, str], Plant] = {("aragora", "kept-by-address-alone"): Plant(wrap=_kept_by_address)}
"""By policy and name of the bug."""
