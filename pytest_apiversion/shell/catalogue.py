"""The checks: every file of `checks/` exports one, in the order of its code."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING

from pytest_apiversion import checks as folder
from pytest_apiversion.core.errors import ToolError

if TYPE_CHECKING:
    from pytest_apiversion.core.check import Check


@cache
def checks() -> tuple[Check, ...]:
    """Every check, by code.

    Raises:
        ToolError: Two checks share a code or a name.
    """
    found: list[Check] = []
    for info in pkgutil.iter_modules(folder.__path__):
        found.append(importlib.import_module(f"{folder.__name__}.{info.name}").CHECK)
    for field in ("code", "name"):
        values = [getattr(check, field) for check in found]
        if twice := sorted({value for value in values if values.count(value) > 1}):
            raise ToolError(f"two checks share the {field} {twice[0]}")
    return tuple(sorted(found, key=lambda check: check.code))
