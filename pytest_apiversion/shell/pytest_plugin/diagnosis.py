"""Says once why nothing of a policy file can be held: its first item fails with the sentence, the others are skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_apiversion.core.errors import ServiceUnreachable
from pytest_apiversion.shell.execution.diagnosis import diagnose
from pytest_apiversion.shell.execution.outcome import WHOLE
from pytest_apiversion.shell.execution.unauthorized import Unauthorized

if TYPE_CHECKING:
    from pytest_apiversion.shell.execution.runner import Runner
    from pytest_apiversion.shell.reporting.session import Session

UNTRIED = "not tried, as the first item says"
"""Why an item is skipped that the first one speaks for."""
LOCKED_OUT = "not tried, as an item before says"
"""Why an item is skipped after the credential of the run was no longer taken."""

_UNAUTHORIZED: pytest.StashKey[Unauthorized] = pytest.StashKey()
_LOCKED: pytest.StashKey[bool] = pytest.StashKey()
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
        _still_taken(file, runner)
        return
    if item is _first(item):
        raise ServiceUnreachable(reason)
    pytest.skip(UNTRIED)


def _still_taken(file: pytest.File, runner: Runner) -> None:
    """Say, once, that all is answered 401 that was not before: each operation would say so from here on.

    Raises:
        ServiceUnreachable: It is.
    """
    if file.stash.get(_LOCKED, False):
        pytest.skip(LOCKED_OUT)
    unauthorized = unauthorized_of(file)
    if not unauthorized.is_worth_asking() or (reason := diagnose(runner)) is None:
        return
    file.stash[_LOCKED] = True
    write = unauthorized.last_write
    before = (
        f"; the last write that was taken before is {write}: skip = true in its rule, if that switches the credential off"
        if write
        else ""
    )
    raise ServiceUnreachable(f"taken at first, and no longer{before}: {reason}")


def unauthorized_of(file: pytest.File) -> Unauthorized:
    """What takes down the answers 401 to what is asked for a policy file."""
    return file.stash.setdefault(_UNAUTHORIZED, Unauthorized())


def _first(item: pytest.Item) -> pytest.Item:
    """The first item of the same file that asks the service: the same one in every worker of pytest-xdist, each of which has them all."""
    return next(each for each in item.session.items if each.path == item.path and each.name != WHOLE)


def untried(session: Session) -> bool:
    """Whether items were not tried because of what another one says: never green, even where that one found the service well again."""
    return any(why.endswith((UNTRIED, LOCKED_OUT)) for why in session.reported.values())
