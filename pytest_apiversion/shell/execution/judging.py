"""Holds every exchange to every check that applies; gives findings and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.core.finding import Finding, Severity
from pytest_apiversion.shell.catalogue.entries import checks

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.broken import Broken
    from pytest_apiversion.core.checking.check import Check
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Request


def judge(
    exchanges: Sequence[Exchange], scene: Scene, reproduce: Callable[[Request], str], *, whole: bool = True
) -> tuple[list[Finding], Counter[str]]:
    """Let every promised check speak about exchanges.

    Args:
        exchanges: All exchanges of one item.
        scene: What they are about.
        reproduce: Writes a request as a line to paste.
        whole: Whether these are all exchanges of an item; from a part nothing is concluded.

    Returns:
        The findings, and how many exchanges each check could judge, by code.

    Raises:
        ToolError: A check failed.
    """
    findings: list[Finding] = []
    tallies: Counter[str] = Counter()
    for check in checks():
        if not promised(check, scene) or (scene.part is not None and not check.of_parts):
            continue
        try:
            for broken, exchange, weight in _verdicts(check, exchanges, scene, whole=whole):
                tallies[check.code] += weight
                findings += [finding(check, each, scene, each.exchange or exchange, reproduce) for each in broken]
        except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
            raise ToolError(f"the check {check.code} {check.name} failed: {type(error).__name__}: {error}") from error
    return findings, tallies


def promised(check: Check, scene: Scene) -> bool:
    """Whether the policy promises a check for a scene, and has neither switched it off nor waived it."""
    policy = scene.policy
    if policy.severities.get(check.code) == "off" or any(
        waiver.check == check.code and waiver.version == scene.subject and waiver.counts(scene.as_of)
        for waiver in policy.waivers
    ):
        return False
    return check.promised(scene) is not None


def promised_whole(check: Check, scene: Scene) -> bool:
    """Whether a check is promised for the version or alias of a scene; in the view of an operation with its own life, for that too."""
    if not promised(check, replace(scene, operation=None)):
        return False
    own = scene.operation is not None and scene.policy.lifecycle(scene.subject).place
    return not own or promised(check, scene)


def _verdicts(
    check: Check, exchanges: Sequence[Exchange], scene: Scene, *, whole: bool
) -> Iterable[tuple[Sequence[Broken], Exchange | None, int]]:
    if check.judge is not None:
        for exchange in exchanges:
            said = check.judge(exchange, scene)
            if said is not None:
                broken = list(said)
                left = bool(broken) and check.yields is not None and check.yields(exchange, exchanges, scene)
                yield ([] if left else broken), exchange, not left  # what is left to another is not held here
    if check.conclude is not None and whole:
        said = check.conclude(exchanges, scene)
        if said is not None:
            yield list(said), None, 1
    if check.inspect is not None and not exchanges and scene.operation is None:
        said = check.inspect(scene)
        if said is not None:
            yield list(said), None, 1


def finding(
    check: Check, broken: Broken, scene: Scene, exchange: Exchange | None, reproduce: Callable[[Request], str]
) -> Finding:
    """A finding from what a judge said and the exchange it said it about."""
    return Finding(
        code=check.code,
        promise=check.title,
        version=scene.subject,
        operation=exchange.operation if exchange else "",
        summary=broken.summary,
        expected=broken.expected,
        received=broken.received,
        place=broken.place,
        reproduce=reproduce(exchange.request) if exchange else "",
        severity=Severity(given)
        if (given := scene.policy.severities.get(check.code))
        else broken.severity or check.severity,
    )
