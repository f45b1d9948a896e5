"""The rules: each file holds one, as the value `RULE`, and is named like it."""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.change_rule import Rule


@cache
def rule(name: str) -> Rule:
    """One rule; only its own file is read.

    Args:
        name: Its id.

    Raises:
        LookupError: There is none of this id.
    """
    try:
        found: Rule = importlib.import_module(f"{__name__}.{name.replace('-', '_')}").RULE
    except ModuleNotFoundError:
        raise LookupError(name) from None
    return found


@cache
def names() -> tuple[str, ...]:
    """The id of every rule, sorted; reads no file."""
    import pkgutil  # noqa: PLC0415  a comparison knows the rules it needs

    return tuple(sorted(info.name.replace("_", "-") for info in pkgutil.iter_modules(__path__)))
