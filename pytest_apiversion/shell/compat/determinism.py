"""Whether the seed of a run decides what is drawn with these releases of Hypothesis and schemathesis."""

from __future__ import annotations

import sys


def unsteady() -> tuple[str, ...]:
    """Why the seed of a run may draw something else in another process, as far as this process knows the libraries that draw."""
    found: list[str | None] = []
    if "hypothesis" in sys.modules:
        from pytest_apiversion.shell.compat import hypothesis_internals  # noqa: PLC0415  heavy

        found.append(hypothesis_internals.unsteady())
    if "schemathesis" in sys.modules:
        from pytest_apiversion.shell.compat import schemathesis_internals  # noqa: PLC0415  heavy

        found.append(schemathesis_internals.unsteady())
    return tuple(each for each in found if each)
