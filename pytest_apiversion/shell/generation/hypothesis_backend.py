"""A Hypothesis backend that takes nothing from the process it runs in.

Hypothesis likes to draw constants out of the modules that happen to be imported, and those differ from process to process; a case that was
drawn once must be drawn again anywhere. Everything else is Hypothesis' own backend.
"""

from __future__ import annotations

from typing import Any

from hypothesis.internal.conjecture import providers

BACKEND = "apiversion"


class Steady(providers.HypothesisProvider):
    """Hypothesis' own way to draw, without constants."""

    def _maybe_draw_constant(self, *_: Any, **__: Any) -> Any:
        return None


def backend() -> str:
    """The name of the backend, registered; Hypothesis' own where it draws no constants."""
    if not hasattr(providers.HypothesisProvider, "_maybe_draw_constant"):
        return "hypothesis"
    available: dict[str, Any] = providers.AVAILABLE_PROVIDERS
    available[BACKEND] = f"{Steady.__module__}.{Steady.__qualname__}"  # older versions know names only
    return BACKEND
