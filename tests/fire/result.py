"""What came of a part: how many cases, and which of them went wrong."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

LONGEST = 30.0
"""Seconds after which a case counts as one that hangs, whatever the load of the machine."""


@dataclass(kw_only=True)
class Result:
    """What came of a part.

    Attributes:
        name: The part's.
        cases: How many there were.
        faults: What went wrong, by kind: `hang`, `traceback`, `leak`, `green`; each with the case.
        seconds: How long it all took.
    """

    name: str
    cases: int = 0
    faults: list[tuple[str, str]] = field(default_factory=list)
    seconds: float = 0.0

    @contextlib.contextmanager
    def case(self, name: str, *expected: type[Exception]) -> Iterator[None]:
        """One case: what it raises beside what is expected, and the time it takes, are taken down."""
        self.cases += 1
        begun = time.monotonic()
        try:
            with contextlib.suppress(*expected):
                yield
        except Exception as error:  # noqa: BLE001  which is what is looked for
            self.faults.append(("traceback", f"{name}: {type(error).__name__}: {str(error)[:200]}"))
        finally:
            took = time.monotonic() - begun
            self.seconds += took
            if took > LONGEST:
                self.faults.append(("hang", f"{name}: {took:.0f} s"))

    def count(self, kind: str) -> int:
        """How many faults of a kind there were."""
        return sum(each == kind for each, _ in self.faults)
