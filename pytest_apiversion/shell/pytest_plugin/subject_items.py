"""The items of one version or alias: what each is called, the operation it is about, and what holds it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pytest_apiversion.core.versions.lifecycle import Stage
from pytest_apiversion.shell.catalogue.entries import planned
from pytest_apiversion.shell.execution.after_sunset import sunset_label
from pytest_apiversion.shell.execution.outcome import ROUTER
from pytest_apiversion.shell.pytest_plugin.sequence_items import sequence_items

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.shell.execution.outcome import Outcome
    from pytest_apiversion.shell.execution.runner import Runner


class SubjectItem(NamedTuple):
    """An item of a version or alias: its name, the operation it is about, if it is about one, and what holds it."""

    name: str
    operation: Operation | None
    run: Callable[[], list[Outcome]]


def subject_items(runner: Runner, subject: str) -> list[SubjectItem]:
    """Its operations, while it answers and after its sunset, its router and its sequences while it answers; nothing before its release."""
    stage = runner.policy.stage(subject, runner.run.as_of)
    operations = runner.operations(subject) if stage.answers or stage is Stage.SUNSET else []
    if stage is Stage.SUNSET:
        return [
            SubjectItem(sunset_label(each), each, partial(_alone, runner.sunset_item, subject, each))
            for each in operations
        ]
    items = [SubjectItem(each.key, each, partial(_alone, runner.operation_item, subject, each)) for each in operations]
    if stage.answers and subject in runner.policy.versions and planned(runner.scene(subject)):
        items.append(SubjectItem(ROUTER, None, partial(_alone, runner.router_item, subject)))
    if stage.answers:
        items += [SubjectItem(each.label, each.create, run) for each, run in sequence_items(runner, subject)]
    return items


def _alone(hold: Callable[..., Outcome], *arguments: object) -> list[Outcome]:
    """The one outcome that a call gives."""
    return [hold(*arguments)]
