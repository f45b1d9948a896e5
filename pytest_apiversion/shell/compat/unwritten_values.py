"""Values that Hypothesis holds while it looks for the simplest one, without writing them out.

Before it tells what it found, it makes the text of every argument, and warns where that is long (`HypothesisWarning`): work for
nothing here, and a line that no reader of a report or of `apiversion diff --witness` can do anything about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")


class _Printer(Protocol):
    def text(self, text: str) -> None: ...


@dataclass(frozen=True, slots=True, repr=False)
class Unwritten(Generic[T]):
    """A value with a short text of its own.

    Attributes:
        value: It.
    """

    value: T

    def _repr_pretty_(self, printer: _Printer, _: bool) -> None:  # noqa: FBT001  the protocol of IPython's printers, which Hypothesis follows
        printer.text("…")
