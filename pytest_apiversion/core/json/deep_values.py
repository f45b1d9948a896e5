"""Values that nest deeper than the interpreter's stack: holding one to a schema that refers to itself ends in an error, which is told as what it is."""

from __future__ import annotations

TOO_DEEP = "nested too deeply to be held to its schema"
"""What is said of such a value."""


def uses_up_the_stack(error: BaseException) -> bool:
    """Whether an error says that a value nests too deeply.

    Where the stack ends inside a compiled library (the maps that `jsonschema` looks into), that library's own exception says so; it is no `Exception`.
    """
    return isinstance(error, RecursionError) or (
        type(error).__name__ == "PanicException" and RecursionError.__name__ in str(error)
    )
