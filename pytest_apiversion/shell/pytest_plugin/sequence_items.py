"""The items that run sequences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pytest_apiversion.shell.execution.judging import Tallies, judge
from pytest_apiversion.shell.execution.time_limit import OutOfTimeError
from pytest_apiversion.shell.sequences.run import Sequence

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.contracts.resource import Resource
    from pytest_apiversion.core.finding import Finding
    from pytest_apiversion.shell.execution.outcome import Outcome
    from pytest_apiversion.shell.execution.runner import Runner


def sequence_items(runner: Runner, subject: str) -> Iterator[tuple[Resource, Callable[[], list[Outcome]]]]:
    """One item for each kind of thing a version lets be created and read; none where nothing may be written."""
    if runner.unsafe and runner.policy.sequences.wanted:
        for resource in runner.resources.get(subject, ()):
            yield resource, partial(_hold, runner, subject, resource)


def _hold(runner: Runner, subject: str, resource: Resource) -> list[Outcome]:
    """What was found of the version, and what of the others that were asked about the same thing."""
    sequence = Sequence(requests=runner.trials.requests, scene=runner.scene, subject=subject, resource=resource)
    try:
        sequence.run()
    except OutOfTimeError:
        sequence.reached = False
    sent: dict[str, list[Exchange]] = {subject: []}
    for exchange in runner.trials.requests.broken.with_writes(sequence.exchanges):
        sent.setdefault(exchange.version, []).append(exchange)
    mine, *others = [_outcome(runner, version, resource.label, exchanges) for version, exchanges in sent.items()]
    mine = replace(mine, notes=tuple(sequence.notes), reached=sequence.reached)
    return [mine, *(replace(each, own=False) for each in others)]


def _outcome(runner: Runner, version: str, label: str, exchanges: list[Exchange]) -> Outcome:
    """Every exchange meets every judge, in the light of those of the same operation."""
    findings: list[Finding] = []
    tallies = Tallies()
    for key in dict.fromkeys(exchange.operation for exchange in exchanges):
        scene = runner.scene(version, runner.target.contracts[version].operations[key])
        mine = [exchange for exchange in exchanges if exchange.operation == key]
        said, counted = judge(mine, scene, runner.reproduction, whole=False)
        findings += said
        tallies.take(counted)
    return runner.outcome_of(runner.scene(version), label, findings, tallies, exchanges)
