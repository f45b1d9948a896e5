"""Gates on how much of a run was reached and held: what fails it although nothing is broken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_apiversion.core.finding import Verdict
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.reporting.reach_summary import merged
from pytest_apiversion.shell.reporting.verdicts import cells

if TYPE_CHECKING:
    from pytest_apiversion.shell.execution.outcome import Outcome

KINDS = {
    "reach": ("operations", "succeeded"),
    "held": ("promises", "were held"),
}
"""What is counted, and what of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Gate:
    """A least share.

    Attributes:
        kind: `reach`, of the operations of all versions those that succeeded; `held`, of what is promised for all versions what was held.
        least: Percent, from 0 to 100.
    """

    kind: str
    least: float


def read_gates(text: str) -> tuple[Gate, ...]:
    """Gates as the option has them: `reach:90,held:80`.

    Raises:
        ValueError: One is written otherwise, and the message says how it is.
    """
    found = []
    for word in filter(None, (each.strip() for each in text.split(","))):
        match = re.fullmatch(r"(reach|held):(\d{1,3}(?:\.\d{1,3})?)%?", word, re.ASCII)
        if match is None or float(match[2]) > 100:  # noqa: PLR2004  percent
            message = f"expected reach:PERCENT or held:PERCENT, such as reach:90, got {word!r}"
            raise ValueError(message)
        found.append(Gate(kind=match[1], least=float(match[2])))
    return tuple(found)


def gate_lines(
    name: str, outcomes: Sequence[Outcome], expected: Mapping[str, int | None], gates: Sequence[Gate]
) -> Iterator[str]:
    """A line for each gate that a policy does not reach.

    Args:
        name: The API's name.
        outcomes: Of its policy file.
        expected: Items by subject.
        gates: Least shares.
    """
    for gate in gates:
        good, whole = _counted(gate.kind, outcomes, expected)
        share = 100 * good / whole if whole else 0.0
        if share < gate.least:
            what, how = KINDS[gate.kind]
            yield f"{name}: {good} of {whole} {what} {how}, {_percent(share)}, under {gate.kind}:{gate.least:g}"


def _counted(kind: str, outcomes: Sequence[Outcome], expected: Mapping[str, int | None]) -> tuple[int, int]:
    if kind == "reach":
        found = merged(outcomes)
        return sum(each.succeeded for each in found.values()), len(found)
    promised = [
        each for each in cells(outcomes, expected, checks()).values() if each.verdict is not Verdict.NOT_PROMISED
    ]
    return sum(each.verdict is Verdict.HELD for each in promised), len(promised)


def _percent(share: float) -> str:
    """A share, cut and not rounded: 89.99 is not 90."""
    return f"{int(share * 10) / 10:g} %"
