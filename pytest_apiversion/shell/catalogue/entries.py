"""The checks, carriers and dialects: those the package has, one a file, and those that conftest.py adds."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pytest_apiversion import checks as folder
from pytest_apiversion import dialects as dialects_folder
from pytest_apiversion import selection as carriers_folder
from pytest_apiversion.core.errors import ToolError

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.check import Ask, Check, Scene
    from pytest_apiversion.core.policy.carrier import CarrierKind
    from pytest_apiversion.core.policy.dialect import Dialect


@dataclass(frozen=True, kw_only=True, eq=False)
class Additions:
    """What is not of this package, without a mistake: see `shell/catalogue/conftest_additions.py`."""

    checks: tuple[Check, ...] = ()
    carriers: tuple[CarrierKind, ...] = ()
    dialects: tuple[Dialect, ...] = ()


_NOTHING = Additions()
_added = [_NOTHING]
"""What runs of pytest added, the run inside a run last; each takes its own away at its end."""


def add(more: Additions) -> Callable[[], None]:
    """Add to the catalogue, and give what takes it away again."""
    _added.append(more)
    return lambda: _added.remove(more)


def added() -> Additions:
    """What was added by the run."""
    return _added[-1]


def checks() -> tuple[Check, ...]:
    """Every check, by code.

    Raises:
        ToolError: Two checks of the package share a code or a name.
    """
    return _checks(_added[-1])


def planned(scene: Scene) -> list[Ask]:
    """What the checks ask in a scene; what several ask alike is asked once."""
    return list(dict.fromkeys(ask for check in checks() if check.plan for ask in check.plan(scene)))


def carriers() -> Mapping[str, CarrierKind]:
    """Every carrier kind, by name."""
    return _carriers(_added[-1])


def dialects() -> Mapping[str, Dialect]:
    """Every dialect, by name."""
    return _dialects(_added[-1])


@cache
def built_in() -> tuple[Check, ...]:
    """The checks of the package: every file of `checks/` exports one.

    Raises:
        ToolError: Two of them share a code or a name.
    """
    names = [f"{folder.__name__}.{info.name}" for info in pkgutil.iter_modules(folder.__path__)]
    found: list[Check] = [importlib.import_module(name).CHECK for name in names]
    for field in ("code", "name"):
        values = [getattr(check, field) for check in found]
        if twice := sorted({value for value in values if values.count(value) > 1}):
            raise ToolError(f"two checks share the {field} {twice[0]}")
    return tuple(found)


@cache
def _checks(more: Additions) -> tuple[Check, ...]:
    return tuple(sorted((*built_in(), *more.checks), key=lambda check: check.code))


@cache
def _carriers(more: Additions) -> Mapping[str, CarrierKind]:
    return {**carriers_folder.carriers(), **{carrier.kind: carrier for carrier in more.carriers}}


@cache
def _dialects(more: Additions) -> Mapping[str, Dialect]:
    return {**dialects_folder.dialects(), **{dialect.name: dialect for dialect in more.dialects}}
