"""How the failure of an item is told, by whose fault it is: the service's, or this tool's own."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, NoReturn

from pytest_apiversion.core.errors import ContractBroken, ServiceUnreachable, ToolError
from pytest_apiversion.shell.reporting.finding_text import Failure, failure, finding_text, one_line
from pytest_apiversion.shell.reporting.masking import Cleaner, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from pytest_apiversion.core.finding import Finding


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


def raise_broken(findings: Sequence[Finding], path: str) -> NoReturn:
    """Fail an item. A debugger (`--pdb`) stops here: the worst finding, its request and what came back stand in variables, secrets masked.

    Raises:
        ContractBroken: With every finding.
    """
    finding = findings[0]
    request, answer = finding.request, finding.answer  # noqa: F841  for whoever looks with a debugger
    raise ContractBroken(findings, "\n\n".join(finding_text(each, path) for each in findings))


def _trace(excinfo: pytest.ExceptionInfo[BaseException]) -> str:
    """Where it was raised, as pytest shows it; as Python does, where pytest cannot parse the source (gh-106905: CPython before 3.11.8 and 3.12.2), or a place has no line."""
    try:
        return str(excinfo.getrepr(style="short", showlocals=False))
    except (SystemError, TypeError):
        return "".join(traceback.format_exception(excinfo.value))
