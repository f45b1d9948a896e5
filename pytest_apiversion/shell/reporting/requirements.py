"""From verdicts of checks to verdicts of requirements: what the run proved about each sentence of the published policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pytest_apiversion.core.finding import Verdict

if TYPE_CHECKING:
    from pytest_apiversion.shell.reporting.verdicts import Cell

NOT_RUN = "not run"
NOT_DUE = "not due"
"""No check of a requirement is promised at this instant: of a sunset that lies ahead, say."""

_ORDER = (
    Verdict.BROKEN.value,
    Verdict.NOT_EXERCISED.value,
    NOT_RUN,
    Verdict.HELD.value,
    NOT_DUE,
)
"""The gravest first: what holds for one check or version is said of the whole requirement."""

Row = tuple[str, str, Sequence[str]]
"""Id, text and the codes of the checks."""


def verdict(codes: Sequence[str], cells: Mapping[tuple[str, str], Cell]) -> str:
    """What the cells of some checks say together."""
    said = {_word(cell) for (code, _), cell in cells.items() if code in codes}
    return next((word for word in _ORDER if word in said), NOT_DUE)


def _word(cell: Cell) -> str:
    if cell.verdict is Verdict.NOT_EXERCISED and cell.partial:
        return NOT_RUN
    return NOT_DUE if cell.verdict is Verdict.NOT_PROMISED else cell.verdict.value


def requirement_lines(
    requirements: Sequence[Row], declared: int, cells: Mapping[tuple[str, str], Cell], *, whole: bool
) -> Iterator[str]:
    """The requirements counted by verdict, and those that are broken or were not exercised; all of them where the whole is wanted.

    Args:
        requirements: Those that checks hold.
        declared: How many more cannot be checked.
        cells: Verdicts by code and subject.
        whole: Whether those that are held are named too.
    """
    if not requirements:
        return
    verdicts = [(verdict(codes, cells), name, text, codes) for name, text, codes in requirements]
    counted = Counter(word for word, *_ in verdicts)
    told = [f"{counted[word]} {word}" for word in _ORDER if counted[word]]
    yield f"requirements: {', '.join([*told, *([f'{declared} declared'] if declared else [])])}"
    wanted = _ORDER if whole else _ORDER[:2]
    for word, name, text, codes in verdicts:
        if word in wanted:
            yield f"  {name} {word}: {text} ({', '.join(codes)})"
