"""Has a run put away what it created: when its last item is over, else when the session ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.shell.compat.pytest_internals import is_overridden, session_fixture
from pytest_apiversion.shell.reporting.masking import Cleaner
from pytest_apiversion.shell.requests.clean_up import CleanedUp, CleanUp

if TYPE_CHECKING:
    import pytest

    from pytest_apiversion.core.checking.created import Created
    from pytest_apiversion.shell.execution.runner import Runner

FIXTURE = "api_cleanup"
"""The fixture by which a suite puts things away its own way."""


class Cleaning:
    """Puts away what one policy's runner created.

    Args:
        config: For the hook.
        runner: It.
    """

    def __init__(self, config: pytest.Config, runner: Runner) -> None:
        self._hook = config.hook.pytest_apiversion_clean_up
        self._runner = runner
        self._fixture: Any = None

    def take(self, item: pytest.Item) -> None:
        """Take the suite's own way from its fixture, where it has one.

        Raises:
            ToolError: The fixture gives nothing that can be called, or is not of session scope.
        """
        if self._fixture is None and is_overridden(item, FIXTURE, "pytest_apiversion.plugin"):
            found = session_fixture(item, FIXTURE, meaning="one for all items", instead="take the fixture away")
            if not callable(found):
                raise ToolError(f"the fixture {FIXTURE} gave {type(found).__name__}: expected a function of a Created")
            self._fixture = found

    def __call__(self, seconds: float) -> CleanedUp:
        """Put everything away.

        Args:
            seconds: For how long, at most.
        """
        runner = self._runner
        if "transport" not in vars(runner) or "trials" not in vars(runner):
            return CleanedUp()
        cleaning = CleanUp(
            requests=runner.trials.requests, send=runner.transport.send, submit=runner.transport.submit, own=self._own
        )
        found = cleaning.run(seconds)
        cleaner = Cleaner(runner.policy)
        found.left = [replace(each, path=cleaner.text(each.path), why=cleaner.text(each.why)) for each in found.left]
        found.broken = [
            replace(
                each, reading=cleaner.text(each.reading), path=cleaner.text(each.path), body=cleaner.text(each.body)
            )
            for each in found.broken
        ]
        return found

    def _own(self, created: Created) -> bool:
        """Whether the suite has put a thing away its own way."""
        if self._fixture is not None and self._fixture(created):
            return True
        return bool(self._hook(created=created))
