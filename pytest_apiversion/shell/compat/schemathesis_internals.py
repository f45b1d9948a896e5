"""What is used of schemathesis beyond its documentation. schemathesis is heavy: import this when something is to be drawn."""

from __future__ import annotations

import inspect
from importlib import metadata
from typing import Any

from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.shell.compat.names import find

TRIED = "4.0 to 4.32"
"""The releases that were tried."""

_NO_FEEDBACK: Any = find("schemathesis.generation.feedback", "NO_FEEDBACK")


def version() -> str:
    """The release that is installed."""
    return metadata.version("schemathesis")


def member(value: Any, name: str) -> Any:
    """A member of something of schemathesis.

    Raises:
        ToolError: It has none of that name.
    """
    if not hasattr(value, name):
        kind = value if inspect.isclass(value) or inspect.ismodule(value) else type(value)
        raise ToolError(
            f"schemathesis {version()} has no {kind.__name__.rpartition('.')[2]}.{name}, which requests are drawn with: "
            f"install a release that was tried ({TRIED})"
        )
    return getattr(value, name)


def without_feedback(as_strategy: Any) -> dict[str, Any]:
    """What keeps a strategy from learning of the process it is made in; empty where releases learn nothing, or cannot be told so."""
    return {"feedback": _NO_FEEDBACK} if _learns(as_strategy) and _NO_FEEDBACK is not None else {}


def unsteady() -> str | None:
    """Why a seed may draw something else in another process; None where it does not."""
    as_strategy = getattr(find("schemathesis.schemas", "APIOperation"), "as_strategy", None)
    if _NO_FEEDBACK is not None or not _learns(as_strategy):
        return None
    return (
        f"the same seed may draw other requests in another process: schemathesis {version()} cannot be told to leave out "
        f"what it learns there (tried: {TRIED})"
    )


def _learns(as_strategy: Any) -> bool:
    """Whether a strategy can be told what it learns of."""
    try:
        return "feedback" in inspect.signature(as_strategy).parameters
    except (TypeError, ValueError):
        return False
