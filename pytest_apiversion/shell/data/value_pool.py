"""Values of one parameter, found one by one as they are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_apiversion.shell.data.identifiers import Found

MOST = 5
"""Values that are kept for one parameter under one parent."""


@dataclass(eq=False)
class Pool:
    """Values of one parameter under one parent: those found, and where more come from."""

    source: Iterator[Found]
    found: list[Found] = field(default_factory=list)
    asking: bool = False


def values_of(pool: Pool) -> Iterator[Found]:
    """The values of a pool, as many as are kept, each found when it is first wanted."""
    seen: set[str] = set()
    while len(seen) < MOST:
        found = next((each for each in pool.found if each.text not in seen), None)
        if found is None:
            if pool.asking:  # an operation that needs itself
                return
            pool.asking = True
            try:
                found = next(pool.source, None)
            finally:
                pool.asking = False
            if found is None:
                return
            if not found.text or any(each.text == found.text for each in pool.found):
                continue
            pool.found.append(found)
        seen.add(found.text)
        yield found
