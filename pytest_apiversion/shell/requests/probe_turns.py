"""Turns of selection probes: in a large contract each operation is asked a few of them, and all operations together each many times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Receiver
from pytest_apiversion.core.http.messages import SAFE_METHODS
from pytest_apiversion.core.policy.requests import EACH, TURNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_apiversion.core.checking.check import Ask
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.policy.requests import Limits

MANY = 200
"""Operations of a version above which its selection probes take turns, where the policy file says nothing."""

_TURN = 3
"""Selection probes that are an operation's turn, but for the first that reads and the first that writes, which get all of them."""


def probing_of(limits: Limits, operations: int) -> str:
    """How the operations of a version get its selection probes: `turns`, or `each` all of them.

    Args:
        limits: What the policy says.
        operations: How many the version has.
    """
    return limits.probes or (TURNS if operations > MANY else EACH)


def turn_of(scene: Scene, operation: Operation, asks: Sequence[Ask]) -> list[Ask]:
    """What of the asks is the operation's turn: all where none are taken, and always all that is no selection probe.

    A probe that counts for nothing where a plainer one got the same goes with that one.

    Args:
        scene: The version, and the operation.
        operation: The operation.
        asks: What the checks ask of it.
    """
    if probing_of(scene.policy.limits, len(scene.contracts[scene.version].operations)) == EACH:
        return list(asks)
    number = scene.once("probe turns", lambda: _numbers(scene))[operation.key]
    probes = [ask for ask in asks if _is_selection_probe(ask)]
    if number == 0 or len(probes) <= _TURN:
        return list(asks)
    start = number * _TURN % len(probes)
    mine = dict.fromkeys((probes[start:] + probes[:start])[:_TURN])
    for ask in list(mine):
        mine |= dict.fromkeys(_plainer(ask, probes))
    return [ask for ask in asks if not _is_selection_probe(ask) or ask in mine]


def _is_selection_probe(ask: Ask) -> bool:
    """Whether it is about the code that selects a version, and would be the same for any other operation."""
    return ask.aim.meaning.receiver in {Receiver.SELECTION, Receiver.BESIDE} and not ask.once and ask.uses is None


def _plainer(ask: Ask, probes: Sequence[Ask]) -> list[Ask]:
    """The first probe of each plainer kind of wrong in the same carrier."""
    found = {each.aim: each for each in reversed(probes) if each.via in {"", ask.via}}
    return [found[aim] for aim in ask.aim.meaning.plainer if aim in found]


def _numbers(scene: Scene) -> dict[str, int]:
    """Where each operation stands in its contract, those that read and those that write counted by themselves."""
    counts = {True: 0, False: 0}
    found = {}
    for operation in scene.contracts[scene.version].every:
        safe = operation.method in SAFE_METHODS
        found[operation.key] = counts[safe]
        counts[safe] += 1
    return found
