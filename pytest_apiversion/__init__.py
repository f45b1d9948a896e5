"""Hold every declared version of an HTTP API to its policy file and its frozen contracts.

The names below are the public ones; they are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from pytest_apiversion.core.checking.aim import Aim
    from pytest_apiversion.core.checking.broken import Broken
    from pytest_apiversion.core.checking.check import Ask, Check
    from pytest_apiversion.core.checking.created import Created
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.errors import (
        ApiVersionError,
        ApiVersionWarning,
        ContractBroken,
        PolicyError,
        ServiceUnreachable,
        ToolError,
    )
    from pytest_apiversion.core.finding import Finding, Severity, Verdict
    from pytest_apiversion.core.http.messages import Request, Response
    from pytest_apiversion.core.policy.carriers import Carrier, CarrierKind
    from pytest_apiversion.core.policy.dialect import Dialect, Problem, Reading
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.subjects import Version
    from pytest_apiversion.core.versions.lifecycle import Lifecycle, Stage
    from pytest_apiversion.shell.comparison.freeze import Frozen, freeze
    from pytest_apiversion.shell.policy_file.load import load_policy
    from pytest_apiversion.shell.pytest_plugin.client import ApiClient

__all__ = [
    "Aim",
    "ApiClient",
    "ApiVersionError",
    "ApiVersionWarning",
    "Ask",
    "Broken",
    "Carrier",
    "CarrierKind",
    "Check",
    "ContractBroken",
    "Created",
    "Dialect",
    "Exchange",
    "Finding",
    "Frozen",
    "Lifecycle",
    "Policy",
    "PolicyError",
    "Problem",
    "Reading",
    "Request",
    "Response",
    "Scene",
    "ServiceUnreachable",
    "Severity",
    "Stage",
    "ToolError",
    "Verdict",
    "Version",
    "freeze",
    "load_policy",
]

_HOMES = {
    "core.checking.aim": ("Aim",),
    "core.checking.broken": ("Broken",),
    "core.checking.check": ("Ask", "Check"),
    "core.checking.created": ("Created",),
    "core.checking.exchange": ("Exchange",),
    "core.checking.scene": ("Scene",),
    "core.errors": (
        "ApiVersionError",
        "ApiVersionWarning",
        "ContractBroken",
        "PolicyError",
        "ServiceUnreachable",
        "ToolError",
    ),
    "core.finding": ("Finding", "Severity", "Verdict"),
    "core.http.messages": ("Request", "Response"),
    "core.policy.carriers": ("Carrier", "CarrierKind"),
    "core.policy.dialect": ("Dialect", "Problem", "Reading"),
    "core.policy.policy": ("Policy",),
    "core.policy.subjects": ("Version",),
    "core.versions.lifecycle": ("Lifecycle", "Stage"),
    "shell.pytest_plugin.client": ("ApiClient",),
    "shell.comparison.freeze": ("Frozen", "freeze"),
    "shell.policy_file.load": ("load_policy",),
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used (PEP 562)."""
    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(importlib.import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names and the module's own."""
    return sorted({*globals(), *__all__})
