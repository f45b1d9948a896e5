"""Values that Hypothesis holds while it looks for the simplest one, without writing them out.

Before it tells what it found, it makes the text of every argument, and warns where that is long (`HypothesisWarning`): work for
nothing here, and a line that no reader of a report or of `apiversion diff --witness` can do anything about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, repr=False)
class Unwritten(Generic[T]):
    """A value with a short text of its own.

    Attributes:
        value: It.
    """

    value: T
