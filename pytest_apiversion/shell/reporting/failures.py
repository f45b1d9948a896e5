"""Failures of items, told by their causes: in the terminal by name, for the page tells each once; for others in full where its strongest example is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_apiversion.core.finding import Severity
from pytest_apiversion.shell.reporting.causes import cause_lines, heading
from pytest_apiversion.shell.reporting.finding_text import Failure, indented

if TYPE_CHECKING:
    from pytest_apiversion.core.causes.cause import Cause
    from pytest_apiversion.core.finding import Finding
    from pytest_apiversion.shell.execution.outcome import Outcome


class Failed(NamedTuple):
    """An item that failed for what it found.

    Attributes:
        report: Pytest's report of it.
        source: The policy file.
        outcomes: What it found.
        failure: How it was told when it ended.
        junit: What changes what JUnit's file will say of it: the message and the text; None where nothing does.
    """

    report: Any
    source: str
    outcomes: Sequence[Outcome]
    failure: Failure
    junit: Callable[[str, str], None] | None

    @property
    def findings(self) -> list[Finding]:
        """What it found."""
        return [finding for outcome in self.outcomes for finding in outcome.findings]


def retold(failures: Sequence[Failed], causes_of: Callable[[str], Sequence[Cause]]) -> Iterator[tuple[Failed, Failure]]:
    """Every item that failed for what it found, and how it is told now that the whole run is known.

    Args:
        failures: The items.
        causes_of: The causes behind what was found of a policy file.
    """
    for source in dict.fromkeys(failed.source for failed in failures):
        mine = sorted((each for each in failures if each.source == source), key=lambda each: str(each.report.nodeid))
        causes = causes_of(source)
        numbers = {finding: number for number, cause in enumerate(causes) for finding in cause.all_findings}
        homes: dict[int, Failed] = {}
        for failed in mine:
            for finding in failed.findings:
                if finding == causes[numbers[finding]].example:
                    homes.setdefault(numbers[finding], failed)
        for failed in mine:
            own: dict[int, Finding] = {}
            for finding in failed.findings:
                own.setdefault(numbers[finding], finding)
            told = [(causes[number], homes.get(number, failed), own[number]) for number in sorted(own)]
            if told:
                yield failed, _failure(failed, told)


def _failure(failed: Failed, told: Sequence[tuple[Cause, Failed, Finding]]) -> Failure:
    """An item's failure, from its causes, each with the item that tells it in full and the item's own first finding."""
    path = failed.failure.path
    brief: list[str] = []
    text: list[str] = []
    for cause, home, finding in told:
        if home is failed:
            brief.append(heading(cause))
            text += [heading(cause), *cause_lines(cause, path, whole=False), ""]
        else:
            first = f"{heading(cause)}: as under {_label(home)}"
            brief.append(first)
            text += [first, f"  here      {finding.summary}"]
            text += [*([f"  repeat    {indented(finding.reproduce)}"] if finding.reproduce else []), ""]
    first_cause = min((cause for cause, _, _ in told), key=lambda cause: cause.severity is not Severity.ERROR)
    more = f" (and {len(told) - 1} more)" if len(told) > 1 else ""
    return Failure(
        path=path,
        message=f"{first_cause.code} {first_cause.example.promise}: {first_cause.line}{more}",
        text="\n".join(text).rstrip(),
        brief="\n".join(brief),
    )


def _label(failed: Failed) -> str:
    """An item without its file: `v2 GET /things`."""
    return " ".join(str(failed.report.nodeid).split("::")[1:])
