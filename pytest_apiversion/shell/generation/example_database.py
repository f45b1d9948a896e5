"""Which Hypothesis example database a run uses: its own, a directory, Redis, or none."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from pytest_apiversion.shell.generation.interruption import ONE_AT_A_TIME
from pytest_apiversion.shell.texts.real_paths import is_file

NONE = "none"
_REDIS = re.compile(r"(rediss?|unix)://")
_PATIENCE = 5.0
"""Seconds a Redis server has for an answer."""


class Database(Protocol):
    """What is used of Hypothesis' `ExampleDatabase`: any of them will do."""

    def fetch(self, key: bytes, /) -> Iterable[bytes]:
        """The values of a key."""

    def save(self, key: bytes, value: bytes, /) -> None:
        """Add a value to a key."""

    def delete(self, key: bytes, value: bytes, /) -> None:
        """Take a value from a key."""


def wrong(text: str | None) -> str | None:
    """What is wrong with what was asked for; None where nothing is. Opens nothing."""
    if text is None or text == NONE:
        return None
    if _REDIS.match(text):
        if importlib.util.find_spec("redis") is None:
            return "a redis:// address needs the package redis (pip install redis)"
        return None
    if "://" in text:
        return f"expected none, a directory, or redis://HOST:PORT/NUMBER, got one of another kind: {text.partition('://')[0]}://…"
    return f"{text} is a file; expected a directory" if is_file(Path(text)) else None


def open_database(text: str | None) -> Database | None:
    """The database.

    Args:
        text: `none`, a directory, or the address of a Redis server; None takes the one of the loaded Hypothesis profile.
    """
    from hypothesis import database, settings  # noqa: PLC0415  heavy; wanted by the first item that runs

    if text is None:
        return settings().database
    if text == NONE:
        return None
    if _REDIS.match(text):
        with ONE_AT_A_TIME:
            from hypothesis.extra.redis import RedisExampleDatabase  # noqa: PLC0415  needs the package redis
            from redis import Redis  # noqa: PLC0415

        return RedisExampleDatabase(Redis.from_url(text, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE))
    return database.DirectoryBasedExampleDatabase(text)
