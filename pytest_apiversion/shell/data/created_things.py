"""What a run created and may therefore alter and delete, and what it saw that was there before."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Request

_SCALARS = 5_000
"""Texts and numbers of one answer that are remembered as there before."""
_DEEPEST = 8
"""Levels of an answer that are looked at for them."""


@dataclass(frozen=True, kw_only=True)
class Thing:
    """A thing that a run created.

    Attributes:
        paths: Its paths without a version, percent-encoded, `/orgs/o1/members/m2`: the one it was created under first.
        version: The version it was created in.
        operation: What created it, as `METHOD /template`.
        request: The request that did.
    """

    paths: tuple[str, ...]
    version: str
    operation: str
    request: Request

    @property
    def path(self) -> str:
        """The path it was created under."""
        return self.paths[0]


class CreatedThings:
    """The things a run created, as long as they are there; safe to ask from several threads."""

    def __init__(self) -> None:
        self._things: dict[str, Thing] = {}
        self._ended: set[str] = set()
        self._unnamed: Counter[tuple[str, str]] = Counter()
        self._before: set[str] = set()
        self._names: set[str] = set()
        self._below: dict[str, dict[str, None]] = {}
        self._lock = threading.Lock()

    def add(self, thing: Thing) -> None:
        """Remember a thing; one that is known already keeps its creator."""
        with self._lock:
            if not any(path in self._things for path in thing.paths):
                self._things.update(dict.fromkeys(thing.paths, thing))
                for path in thing.paths:
                    self._grow(path)
                self._names.update(unquote(path.rpartition("/")[2]) for path in thing.paths)

    def add_unnamed(self, version: str, operation: str) -> None:
        """Remember that an operation of a version created something of which nobody says where it is."""
        with self._lock:
            self._unnamed[version, operation] += 1

    def unnamed(self) -> Mapping[tuple[str, str], int]:
        """How many things nobody says where they are, by version and operation."""
        with self._lock:
            return dict(self._unnamed)

    def gone(self, path: str) -> None:
        """Forget a thing that was deleted, and what was below it."""
        with self._lock:
            below, dead = [path], []
            while below:
                name = below.pop()
                below += self._below.get(name, ())
                if name in self._things:
                    dead.append(self._things[name])
            for name in [name for each in dead for name in each.paths]:
                self._things.pop(name, None)
                self._ended.add(name)
                if name not in self._below:
                    self._below.get(name.rpartition("/")[0], {}).pop(name, None)

    def _grow(self, path: str) -> None:
        """Remember where a path is: below another, which may be no thing itself."""
        while (above := path.rpartition("/")[0]) and path not in (known := self._below.setdefault(above, {})):
            known[path] = None
            path = above

    def owns(self, path: str) -> bool:
        """Whether a path leads to a thing of this run, or below one."""
        parts = path.rstrip("/").split("/")
        above = ["/".join(parts[:count]) for count in range(len(parts), 1, -1)]
        with self._lock:
            return any(each in self._things or each.rpartition(":")[0] in self._things for each in above)

    def owned(self, path: str) -> bool:
        """Whether a path led to a thing of this run that is deleted."""
        with self._lock:
            return path in self._ended

    def all(self) -> list[Thing]:
        """Every thing, the newest first."""
        with self._lock:
            return list(dict.fromkeys(reversed(self._things.values())))

    def at(self, place: str) -> list[str]:
        """The paths of the things right below a place, the newest first."""
        with self._lock:
            return [path for path in reversed(self._below.get(place, {})) if path in self._things]

    def paths(self) -> list[str]:
        """The paths of every thing, the newest first."""
        with self._lock:
            return list(reversed(self._things))

    def seen(self, answer: Any) -> None:
        """Remember the texts and numbers of a reading: what they name was there before."""
        found = set(_scalars(answer, _DEEPEST))
        with self._lock:
            self._before |= found - self._names

    def was_there(self, text: str) -> bool:
        """Whether a percent-encoded identifier was seen before this run created anything of that name."""
        return unquote(text) in self._before


def _scalars(value: Any, depth: int) -> Iterator[str]:
    stack, left = [(value, depth)], _SCALARS
    while stack and left:
        item, level = stack.pop()
        if isinstance(item, str | int) and not isinstance(item, bool):
            left -= 1
            yield str(item)
        elif level and isinstance(item, dict):
            stack += [(part, level - 1) for part in item.values()]
            stack += [(name, 0) for name in item]
        elif level and isinstance(item, list):
            stack += [(part, level - 1) for part in item]
