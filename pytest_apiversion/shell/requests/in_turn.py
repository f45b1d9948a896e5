"""Requests one after the other: two that write one thing at the same time may honestly be refused."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from pytest_apiversion.core.contracts.contract import Operation
from pytest_apiversion.shell.requests.case_selection import guarded

_REPLACING = frozenset({"PUT", "PATCH"})
"""Methods whose requests of one operation write one and the same thing."""


def submitter(operation: Operation | None, submit: Callable[..., Future[Any]]) -> Callable[..., Future[Any]]:
    """What runs the requests of an operation: one after the other where each writes what the others write, else beside each other.

    Where a request says which state it knows, each changes what the next one has to say.
    """
    one_thing = operation is not None and (operation.method in _REPLACING or guarded(operation))
    return _in_turn if one_thing else submit


def _in_turn(function: Callable[..., Any], *arguments: Any) -> Future[Any]:
    """Run a function now."""
    done: Future[Any] = Future()
    done.set_result(function(*arguments))
    return done
