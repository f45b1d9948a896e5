"""The rules: each file holds a table of them, as the value `RULES`."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from functools import cache

from pytest_apiversion.core.contracts.change_rule import Rule


@cache
def tables() -> Mapping[str, tuple[Rule, ...]]:
    """The rules by the name of the file that holds them."""
    import pkgutil  # noqa: PLC0415  a comparison that finds no change needs no rule

    found = sorted(info.name for info in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}").RULES for name in found}


@cache
def _rules() -> Mapping[str, Rule]:
    return {rule.id: rule for table in tables().values() for rule in table}


def rule(name: str) -> Rule:
    """One rule.

    Args:
        name: Its id.

    Raises:
        LookupError: There is none of this id.
    """
    return _rules()[name]


@cache
def names() -> tuple[str, ...]:
    """The id of every rule, sorted."""
    return tuple(sorted(_rules()))
