"""What is used of Hypothesis beyond its documentation. Hypothesis is heavy: import this when something is to be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import hypothesis

from pytest_apiversion.shell.compat.names import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TRIED = "6.108 to 6.170"
"""The releases that were tried."""

_PROVIDERS = "hypothesis.internal.conjecture.providers"
_BACKENDS: Any = find(_PROVIDERS, "AVAILABLE_PROVIDERS")
_PROVIDER: Any = find(_PROVIDERS, "HypothesisProvider")
_CONSTANTS = "_maybe_draw_constant"
_FIRST_WITH_CONSTANTS = (6, 131, 1)
"""The release that began to draw constants of the modules a process has imported."""

OWN = "hypothesis"
"""The name of Hypothesis' own backend."""

many_has_more: bool = hasattr(find("hypothesis.internal.conjecture.utils", "many"), "more")
"""Whether there is the method that schemathesis before 4.25 draws with."""

choices_to_bytes: Callable[[Iterable[Any]], bytes] | None = find("hypothesis.database", "choices_to_bytes")
"""Writes choices as the example database keeps them; None where it is not there, as in releases that keep bytes instead of choices."""


def constants_can_be_left_out() -> bool:
    """Whether a backend can be made that draws no constants."""
    return _BACKENDS is not None and hasattr(_PROVIDER, _CONSTANTS)


def register_without_constants(name: str, module: str, attribute: str) -> type:
    """Make Hypothesis' own backend without constants, and register it.

    Args:
        name: What settings call it.
        module: The module whose attribute it will be, for releases that take dotted names only.
        attribute: The attribute.
    """
    made = type(attribute, (_PROVIDER,), {_CONSTANTS: lambda *_, **__: None, "__module__": module})
    _BACKENDS[name] = f"{module}.{attribute}"
    return made


def unsteady() -> str | None:
    """Why a seed may draw something else in another process; None where it does not."""
    if constants_can_be_left_out() or hypothesis.__version_info__ < _FIRST_WITH_CONSTANTS:
        return None
    return (
        f"the same seed may draw other requests in another process: Hypothesis {hypothesis.__version__} cannot be told to "
        f"leave out what the imported modules hold (tried: {TRIED})"
    )
