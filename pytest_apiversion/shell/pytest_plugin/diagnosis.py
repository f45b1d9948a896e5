"""Says once why nothing of a policy file can be held: its first item fails with the sentence, the others are skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_apiversion.core.errors import ServiceUnreachable
from pytest_apiversion.shell.execution.diagnosis import diagnose
from pytest_apiversion.shell.execution.outcome import WHOLE

if TYPE_CHECKING:
    from pytest_apiversion.shell.execution.runner import Runner
    from pytest_apiversion.shell.reporting.session import Session

UNTRIED = "not tried, as the first item says"
"""Why an item is skipped that the first one speaks for."""

_FOUND: pytest.StashKey[str | None] = pytest.StashKey()


def check_service(item: pytest.Item, file: pytest.File, runner: Runner) -> None:
    """Do nothing where the service can be held. It is asked before the first item of its policy file that this process runs.

    Args:
        item: An item about to run that asks the service.
        file: The policy file it is of.
        runner: What runs the items of that file.

    Raises:
        ServiceUnreachable: It cannot be, and this is the item that says so.
        OutOfTimeError: The time of the run is over.
    """
    if _FOUND not in file.stash:
        file.stash[_FOUND] = diagnose(runner)
    reason = file.stash[_FOUND]
    if reason is None:
        return
    if item is _first(item):
        raise ServiceUnreachable(reason)
    pytest.skip(UNTRIED)


def _first(item: pytest.Item) -> pytest.Item:
    """The first item of the same file that asks the service: the same one in every worker of pytest-xdist, each of which has them all."""
    return next(each for each in item.session.items if each.path == item.path and each.name != WHOLE)


def untried(session: Session) -> bool:
    """Whether items were not tried because of what another one says: never green, even where that one found the service well again."""
    return any(why.endswith(UNTRIED) for why in session.reported.values())
