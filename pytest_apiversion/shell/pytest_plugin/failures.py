"""How the failure of an item is told, by whose fault it is: the service's, or this tool's own."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from pytest_apiversion.core.errors import ContractBroken, ServiceUnreachable, ToolError
from pytest_apiversion.shell.reporting.finding_text import Failure, failure, one_line
from pytest_apiversion.shell.reporting.masking import Cleaner, printable

if TYPE_CHECKING:
    import pytest


def failure_of(excinfo: pytest.ExceptionInfo[BaseException], cleaner: Cleaner, path: str) -> Failure:
    """Findings as text; an unreachable service or an error of this tool in a sentence that says whose it is.

    Never the values of local variables, whatever `--showlocals` says: credentials are among them.

    Args:
        excinfo: What was raised.
        cleaner: Keeps secrets out of it.
        path: The policy file, as the user would type it.
    """
    error = excinfo.value
    if isinstance(error, ContractBroken):
        return failure(error.findings, path)
    if isinstance(error, ServiceUnreachable):
        return one_line(cleaner.text(f"not tried: {error}"), path)
    text = "pytest-apiversion itself failed, which says nothing about the service: "
    if isinstance(error, ToolError):
        return one_line(cleaner.text(f"{text}{error}"), path)
    first = cleaner.text(f"{text}{excinfo.typename}: {error}")
    return one_line(f"{first}\n{cleaner.mask(printable(_trace(excinfo)))}", path)


def _trace(excinfo: pytest.ExceptionInfo[BaseException]) -> str:
    """Where it was raised, as pytest shows it; as Python does, where pytest cannot parse the source (gh-106905: CPython before 3.11.8 and 3.12.2)."""
    try:
        return str(excinfo.getrepr(style="short", showlocals=False))
    except SystemError:
        return "".join(traceback.format_exception(excinfo.value))
