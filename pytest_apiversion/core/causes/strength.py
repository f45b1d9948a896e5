"""How strongly a finding shows that something is wrong, so that the strongest of a cause is shown first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.finding import Severity

if TYPE_CHECKING:
    from pytest_apiversion.core.finding import Finding

_CLASSES = {2: 0, 5: 1, 3: 3, 4: 4}
"""A success that should have been refused is beyond doubt; of two refusals one may have a reason of its own."""


def strength(finding: Finding) -> int:
    """The class of what came back, the strongest first: success, failure, no answer, redirection, refusal."""
    return _CLASSES.get((finding.status or 0) // 100, 2)


def order(finding: Finding) -> tuple[object, ...]:
    """What puts the findings of one cause in order, the strongest first, the same in every run."""
    return (
        finding.severity is not Severity.ERROR,
        strength(finding),
        not finding.reproduce,
        len(finding.reproduce),
        finding.version,
        finding.operation,
        finding.summary,
        finding.place,
    )
