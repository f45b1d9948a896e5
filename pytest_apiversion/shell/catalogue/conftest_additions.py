"""Takes in the checks, carriers and dialects that conftest.py adds, or refuses them with a sentence."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from types import ModuleType
from typing import Any, TypeVar

import pytest

from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.policy.carriers import CarrierKind
from pytest_apiversion.core.policy.dialect import Dialect
from pytest_apiversion.core.policy.requirements import is_code
from pytest_apiversion.dialects import dialects
from pytest_apiversion.selection import carriers
from pytest_apiversion.shell.catalogue.entries import Additions, add, built_in
from pytest_apiversion.shell.catalogue.policy_schema import policy_schema

T = TypeVar("T")

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)
OURS = "AV"
"""How the codes of the package begin, and no others."""


def take_in(config: pytest.Config) -> None:
    """Ask conftest.py and the plugins for checks, carriers and dialects of their own, for as long as the run lasts.

    Raises:
        pytest.UsageError: One of them cannot be used.
    """
    config.add_cleanup(add(_gathered(lambda hook: getattr(config.hook, hook)())))


def added_modules(names: Iterable[str]) -> str | None:
    """The same from modules that define the hooks, for the command, which is no run of pytest.

    Args:
        names: As `import` would name them, from the current directory.

    Returns:
        Why it cannot be done; None where it was.
    """
    if "" not in sys.path:
        sys.path.insert(0, "")
    try:
        modules = [_imported(name) for name in names]
        add(_gathered(lambda hook: [getattr(module, hook)() for module in modules if hasattr(module, hook)]))
    except pytest.UsageError as error:
        return str(error)
    return None


def _imported(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise pytest.UsageError(f"-p {name}: it cannot be imported ({error})") from error


def _gathered(call: Callable[[str], list[Any]]) -> Additions:
    more = Additions(
        checks=_given(call, "pytest_apiversion_checks", Check),
        carriers=_given(call, "pytest_apiversion_carriers", CarrierKind),
        dialects=_given(call, "pytest_apiversion_dialects", Dialect),
    )
    if sentence := next(mistakes(more), None):
        raise pytest.UsageError(sentence)
    return more


def _given(call: Callable[[str], list[Any]], hook: str, kind: type[T]) -> tuple[T, ...]:
    found = call(hook)
    for each in found:
        if not isinstance(each, Iterable):
            message = f"{hook}: expected a list of {kind.__name__}, got {type(each).__name__}"
            raise pytest.UsageError(message)
    values = tuple(chain.from_iterable(found))
    for value in values:
        if not isinstance(value, kind):
            message = f"{hook}: expected a {kind.__name__}, got {type(value).__name__}"
            raise pytest.UsageError(message)
    return values


def mistakes(more: Additions) -> Iterator[str]:
    """What cannot be used, a sentence each."""
    for check in more.checks:
        if not is_code(check.code) or check.code.startswith(OURS):
            yield (
                f"pytest_apiversion_checks: expected a code of your own, such as SHOP1 (capital letters and a number, "
                f"not {OURS}, which is this plugin's), got {check.code!r}"
            )
        elif not _NAME.fullmatch(check.name):
            yield f"pytest_apiversion_checks: {check.code}: expected a name such as one-price, got {check.name!r}"
        elif not (check.judge or check.conclude or check.across or check.inspect):
            yield f"pytest_apiversion_checks: {check.code}: expected judge, conclude, across or inspect, got none: it would never speak"
    everything = (*built_in(), *more.checks)
    yield from _twice("pytest_apiversion_checks: two checks share the code", (check.code for check in everything))
    yield from _twice("pytest_apiversion_checks: two checks share the name", (check.name for check in everything))
    keys = policy_schema()["properties"]["versioning"]["properties"].keys() - carriers().keys()
    for carrier in more.carriers:
        if not _NAME.fullmatch(carrier.kind) or carrier.kind in keys:
            yield f"pytest_apiversion_carriers: expected a kind such as cookie, which is no other key of [versioning], got {carrier.kind!r}"
    kinds = (*carriers(), *(carrier.kind for carrier in more.carriers))
    yield from _twice("pytest_apiversion_carriers: two carriers share the kind", kinds)
    for dialect in more.dialects:
        if not _NAME.fullmatch(dialect.name):
            yield f"pytest_apiversion_dialects: expected a name such as unix-days, got {dialect.name!r}"
    names = (*dialects(), *(dialect.name for dialect in more.dialects))
    yield from _twice("pytest_apiversion_dialects: two dialects share the name", names)


def _twice(what: str, values: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            yield f"{what} {value}"
        seen.add(value)
