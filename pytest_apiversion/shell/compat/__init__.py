"""What is used of other packages beyond their documentation, one module a package; nothing else may (`tests/compat/test_private_names.py`).

Such a name may go in any release. A run without it goes on in another way, or says which releases have it.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any


def find(module: str, name: str) -> Any:
    """What a module of another package has under a name; None where there is no such module, or nothing of that name in it."""
    try:
        return getattr(importlib.import_module(module), name, None)
    except ImportError:
        return None


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
