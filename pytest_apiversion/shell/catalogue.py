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
    names = [f"{folder.__name__}.{info.name}" for info in pkgutil.iter_modules(folder.__path__)]
    found: list[Check] = [importlib.import_module(name).CHECK for name in names]
    for field in ("code", "name"):
        values = [getattr(check, field) for check in found]
        if twice := sorted({value for value in values if values.count(value) > 1}):
            raise ToolError(f"two checks share the {field} {twice[0]}")
    return tuple(sorted(found, key=lambda check: check.code))
