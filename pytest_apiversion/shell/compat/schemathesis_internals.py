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
_BINARY: Any = find("schemathesis.transport.serialization", "Binary")


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


def sized_binary() -> Any:
    """Makes of bytes a value of the format `binary` that is as long as they are; None where releases draw such lengths themselves.

    Before 4.25 the value is a text of another length, and `minLength` is held against that: at first the bytes could be too few, later
    nothing could be drawn.
    """
    if _BINARY is None or tuple(int(part) for part in version().split(".")[:2]) >= (4, 25):
        return None

    class Sized(_BINARY):  # type: ignore[misc]  # a class that the next release may not have is Any
        __slots__ = ()

        def __len__(self) -> int:
            return len(self.data)

    return Sized


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
