"""Values that nest deeper than the interpreter's stack: holding one to a schema that refers to itself ends in an error, which is told as what it is."""

from __future__ import annotations

from contextlib import AbstractContextManager
from types import TracebackType

TOO_DEEP = "nested too deeply to be held to its schema"
"""What is said of such a value."""


class WithinStack(AbstractContextManager[None, bool]):
    """A block that is left, and behind which one goes on, where the stack ends.

    Where it ends inside a compiled library (the maps that `jsonschema` looks into), that library's own exception says so; it is no `Exception`.
    """

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Whether what ended the block is the end of the stack."""
        panic = type(error).__name__ == "PanicException" and RecursionError.__name__ in str(error)
        return panic or isinstance(error, RecursionError)
