"""Masks secrets and control characters, and cuts long values, in all that is reported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_apiversion.core.finding import Finding
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.shell.execution.outcome import Outcome

LONGEST = 400
"""Characters of an expected or received value that a report shows."""

_LONGEST_SUMMARY = 200
_LONGEST_MESSAGE = 1_500


class Cleaner:
    """Cleans the texts of one policy's reports.

    Args:
        policy: Whose secrets are masked.
    """

    def __init__(self, policy: Policy) -> None:
        self._secrets = policy.secrets

    def mask(self, text: str) -> str:
        """The text with `$NAME` in the place of the secret that the environment variable NAME holds."""
        return self._secrets.masked(text)

    def text(self, text: str, longest: int = LONGEST) -> str:
        """The text masked, without the values of members that are secret by their names, printable and cut."""
        return cut(printable(self._secrets.shown(text)), longest)

    def finding(self, finding: Finding) -> Finding:
        """A finding fit to be shown; its `curl` line stays whole."""
        return replace(
            finding,
            operation=self.text(finding.operation),
            summary=self.text(finding.summary, _LONGEST_SUMMARY),
            expected=self.text(finding.expected),
            received=self.text(finding.received),
            place=self.text(finding.place),
            reproduce=printable(self._secrets.masked_line(finding.reproduce)),
            request=self.text(finding.request, _LONGEST_MESSAGE),
            answer=self.text(finding.answer, _LONGEST_MESSAGE),
            probe=None if finding.probe is None else self.mask(finding.probe),
            shrunk=self.text(finding.shrunk),
        )

    def outcomes(self, outcomes: Iterable[Outcome]) -> list[Outcome]:
        """Outcomes fit to be shown."""
        return [
            replace(
                outcome,
                findings=tuple(self.finding(finding) for finding in outcome.findings),
                notes=tuple(self.text(note) for note in outcome.notes),
                reach=tuple(replace(each, advice=self.text(each.advice)) for each in outcome.reach),
            )
            for outcome in outcomes
        ]


def printable(text: str) -> str:
    """The text with escapes for what is neither printable nor an end of line: controls, direction marks, lone surrogates."""
    if text.isprintable():
        return text
    return "".join(
        each if each.isprintable() or each == "\n" else each.encode("unicode_escape").decode("ascii") for each in text
    )


def cut(text: str, longest: int) -> str:
    """The text, or its beginning and how much more there was."""
    return text if len(text) <= longest else f"{text[:longest]}… ({len(text) - longest} more characters)"
