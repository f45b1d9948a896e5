"""A Hypothesis backend that takes nothing from the process it runs in.

Hypothesis likes to draw constants out of the modules that happen to be imported, and those differ from process to process; a case that was
drawn once must be drawn again anywhere. Everything else is Hypothesis' own backend.
"""

from __future__ import annotations

from pytest_apiversion.shell.compat.hypothesis_internals import (
    OWN,
    constants_can_be_left_out,
    register_without_constants,
)

BACKEND = "apiversion"


def backend() -> str:
    """The name of the backend, registered; Hypothesis' own where it draws no constants, or cannot be told to leave them out."""
    return BACKEND if Steady is not None else OWN


Steady = register_without_constants(BACKEND, __name__, "Steady") if constants_can_be_left_out() else None
"""The backend."""
