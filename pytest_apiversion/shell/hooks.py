"""What each pytest hook of the plugin does. Imported only once a policy file or a fixture of ours is in play."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_apiversion.shell.collect import PolicyItem
from pytest_apiversion.shell.report import unexercised, write_summary
from pytest_apiversion.shell.session import existing_session, session_of

if TYPE_CHECKING:
    from collections.abc import Mapping


def annotate(item: pytest.Item, report: pytest.TestReport) -> None:
    """Put an item's outcomes into its report, so that they cross processes."""
    if report.when == "call" and isinstance(item, PolicyItem):
        session = session_of(item.config)
        report.apiversion = session.payload(item.source, item.outcomes)  # type: ignore[attr-defined]  read by `receive`


def receive(config: pytest.Config, payload: Mapping[str, Any]) -> None:
    """Take in what a report carried."""
    session_of(config).receive(payload)


def finish(pytest_session: pytest.Session) -> None:
    """Close connections; fail a strict run in which a promise was not exercised."""
    session = existing_session(pytest_session.config)
    if session is None:
        return
    session.close()
    worker = hasattr(pytest_session.config, "workerinput")
    if session.strict and not worker and pytest_session.exitstatus == pytest.ExitCode.OK:
        session.troubles = unexercised(session)
        if session.troubles:
            pytest_session.exitstatus = pytest.ExitCode.TESTS_FAILED


def summarise(reporter: pytest.TerminalReporter) -> None:
    """Write the page after the run."""
    session = existing_session(reporter.config)
    if session is None:
        return
    write_summary(reporter, session)
    if session.troubles:
        reporter.section("not exercised, under --apiversion-strict", sep="-")
        for line in session.troubles:
            reporter.write_line(line, red=True)
