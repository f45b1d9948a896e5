"""The causes behind a policy's findings, and how a report tells one: what is wrong, where, the strongest example, what goes with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pytest_apiversion.core.causes.cause import Held
from pytest_apiversion.core.causes.grouping import causes
from pytest_apiversion.shell.reporting.finding_text import detail_lines, level

if TYPE_CHECKING:
    from pytest_apiversion.core.causes.cause import Cause
    from pytest_apiversion.core.finding import Finding
    from pytest_apiversion.shell.execution.outcome import Outcome

_NAMED = 3
"""Operations named with a cause before the rest is counted."""
_FACETS = 6
"""Statuses, methods and carriers named before they are counted."""
_ALSO = 6
"""Causes named under the one that explains them, without `-v`."""


def causes_of(outcomes: Sequence[Outcome]) -> tuple[Cause, ...]:
    """The causes behind what the items of one policy file found, whichever processes they ran in."""
    return causes(
        (finding for outcome in outcomes for finding in outcome.findings),
        (
            Held(code=code, version=outcome.subject, item=outcome.label, settings=settings)
            for outcome in outcomes
            for code, settings in outcome.held.items()
        ),
    )


def heading(cause: Cause) -> str:
    """The first line: the code, and what is wrong."""
    return f"{cause.code} {cause.line}{level(cause.example)}"


def cause_lines(cause: Cause, policy_file: str, *, whole: bool) -> Iterator[str]:
    """What a cause says below its first line.

    Args:
        cause: The cause.
        policy_file: The policy file, as the user would type it.
        whole: Whether each of its findings is told, and not the strongest alone.
    """
    example = cause.example
    yield f"  at        {places(cause)}"
    if seen := circumstances(cause):
        yield f"  seen      {seen}"
    if example.summary != cause.line:
        yield f"  example   {_where(example)}: {example.summary}"
    yield from detail_lines(example, policy_file)
    for other in cause.also[: len(cause.also) if whole else _ALSO]:
        yield f"  also      {heading(other)}: {_shared(cause, other)}"
    if len(cause.also) > _ALSO and not whole:
        yield f"  also      {len(cause.also) - _ALSO} more (-v shows them)"
    if whole:
        for finding in cause.all_findings[1:]:
            times = f" ({finding.count} times)" if finding.count > 1 else ""
            yield f"  {finding.code} {_where(finding)}: {finding.summary}{times}"
            yield from (f"  {line}" for line in detail_lines(finding, policy_file))


def _shared(cause: Cause, other: Cause) -> str:
    """On how much another cause shows that this one explains."""
    same = len(cause.answers & other.answers)
    return f"on {same} of the same answers" if same else f"{other.count} time{'s' if other.count > 1 else ''}"


def _where(finding: Finding) -> str:
    return f"{finding.version} {finding.operation}".strip()


def places(cause: Cause) -> str:
    """The first operations by name, and how many of how many there are."""
    names = list(dict.fromkeys(_where(finding) for finding in cause.findings))
    if len(names) <= _NAMED:
        return ", ".join(names)
    counts = ", ".join(
        f"{some if some == of else f'{some} of {of}'} operations of {name}" for name, some, of in cause.operations
    )
    return f"{names[0]} and {len(names) - 1} more{': ' if counts else ''}{counts}"


def circumstances(cause: Cause) -> str:
    """How often, with which statuses, methods and carriers; nothing of what was seen once."""
    if cause.count <= 1:
        return ""
    facets = ((each.status for each in cause.settings), (each.method for each in cause.settings))
    carriers = sorted({each.carrier for each in cause.settings if each.carrier})
    parts = [_few(sorted(set(filter(None, facet)))) for facet in facets]
    parts += (
        [f"in {' and '.join('Accept' if each == 'accept' else f'the {each}' for each in carriers)}"] if carriers else []
    )
    return "; ".join([f"{cause.count} times", *filter(None, parts)])


def _few(values: Iterable[str]) -> str:
    named = list(values)
    more = f" and {len(named) - _FACETS} more" if len(named) > _FACETS else ""
    return f"{', '.join(named[:_FACETS])}{more}"
