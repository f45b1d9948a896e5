"""What each pytest hook does; imported once a policy file or fixture is in play."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

import pytest

from pytest_apiversion.shell.compat.pytest_internals import junit_failure, like_exception
from pytest_apiversion.shell.execution.outcome import Outcome
from pytest_apiversion.shell.generation.interruption import resume
from pytest_apiversion.shell.pytest_plugin.collection import PolicyItem
from pytest_apiversion.shell.pytest_plugin.diagnosis import untried
from pytest_apiversion.shell.pytest_plugin.interrupts import ending
from pytest_apiversion.shell.pytest_plugin.option_definitions import (
    CLEANED,
    RECORDED,
    REFUSAL,
    end_with_controller,
    flag,
    is_policy_file,
)
from pytest_apiversion.shell.pytest_plugin.report_files import write_reports
from pytest_apiversion.shell.pytest_plugin.session import existing_session, session_of
from pytest_apiversion.shell.pytest_plugin.shards import shard_numbers
from pytest_apiversion.shell.reporting.expected_failures import note_excused, why_missing
from pytest_apiversion.shell.reporting.failures import Failed, retold
from pytest_apiversion.shell.reporting.finding_text import Failure
from pytest_apiversion.shell.reporting.gates import gate_lines
from pytest_apiversion.shell.reporting.missing_items import note_missing, unheard
from pytest_apiversion.shell.reporting.page import unexercised, write_summary
from pytest_apiversion.shell.reporting.session import Session
from pytest_apiversion.shell.requests.clean_up import HURRY, SECONDS
from pytest_apiversion.shell.target.garbage_collector import leave_out_more
from pytest_apiversion.shell.texts.suggestions import nearest

_ANNOTATOR = "pytest_github_actions_annotate_failures"
"""How the plugin is registered."""

_ON_ITS_WAY = 0.3
"""Seconds that are waited for answers to what was sent before Ctrl-C."""


def check_names(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse a version in `--apiversion-versions` that no policy file of the run has.

    A worker of pytest-xdist cannot end the run: it runs nothing, and tells the controller why.

    Raises:
        pytest.UsageError: There is one.
    """
    session = existing_session(config)
    known = sorted(session.known) if session else []
    unknown = sorted(session.options.versions - session.known) if session else []
    if not known or not unknown:  # where no policy could be read, that is what is to be said
        return
    message = f"--apiversion-versions: no version or alias is named {unknown[0]!r}{nearest(unknown[0], known)}"
    output = getattr(config, "workeroutput", None)
    if output is None:
        raise pytest.UsageError(message)
    output[REFUSAL] = message
    items.clear()


def keep_shard(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the items of policy files that other shards of the run take; tests of other files stay."""
    session = existing_session(config)
    if session is None or session.options.shard is None:
        return
    shard = session.options.shard
    numbers = shard_numbers([(item.nodeid, item.group) for item in items if isinstance(item, PolicyItem)], shard.count)
    others = {item for item in items if numbers.get(item.nodeid, shard.number) != shard.number}
    if others:
        config.hook.pytest_deselected(items=[item for item in items if item in others])
        items[:] = [item for item in items if item not in others]


def begin_end(config: pytest.Config) -> None:
    """From now on Ctrl-C ends nothing that is not cut short anyway, since the run ends."""
    ending(config)


def select(config: pytest.Config, nodeids: Iterable[str]) -> None:
    """Take down which items of policy files are to run, in this process or on a worker of pytest-xdist."""
    end_with_controller(config)
    ours = [each for each in nodeids if is_policy_file(PurePath(each.partition("::")[0]).name)]
    if ours and not any(config.getoption(name, default=False) for name in ("collectonly", "setuponly", "setupplan")):
        session_of(config).selected.update(dict.fromkeys(ours))


def hear(config: pytest.Config, report: pytest.TestReport) -> None:
    """Take down what is heard of an item: that it ran, or why it did not run to its end; show it to who annotates."""
    session = existing_session(config)
    if session is None or report.nodeid not in session.selected:
        return
    told: object = report.longrepr
    if report.passed:
        if report.when == "call":
            session.reported.setdefault(report.nodeid, "")
    else:
        crash = getattr(told, "reprcrash", None)
        raised = str(crash.message if crash else told).strip().partition("\n")[0]
        if report.skipped:
            skipped = str(told[2]) if isinstance(told, tuple) else "it was skipped"
            raised = why_missing(report, raised) or skipped
        session.reported[report.nodeid] = raised
    if isinstance(told, Failure) and _annotates(config):
        vars(report)["longrepr"] = like_exception(told, told.text, (report.location[1] or 0) + 1)


def _annotates(config: pytest.Config) -> bool:
    """Whether pytest-github-actions-annotate-failures is at work, which reads nothing but exceptions."""
    return os.environ.get("GITHUB_ACTIONS") == "true" and config.pluginmanager.has_plugin(_ANNOTATOR)


def annotate(item: pytest.Item, report: pytest.TestReport) -> None:
    """Put an item's outcomes and failure into its report, so that they cross processes."""
    if report.when == "call" and isinstance(item, PolicyItem):
        payload = session_of(item.config).payload(item.file.target.policy.source, item.outcomes)
        item.outcomes = []  # pytest keeps items, and the session what was found
        if item.file.runner.application is None:  # one in this process makes cycles of its own
            leave_out_more()
        told: object = report.longrepr  # which pytest's types take for one of its own
        if isinstance(told, Failure):
            payload["failure"] = told.to_dict()
        vars(report)["apiversion"] = payload


def receive(config: pytest.Config, report: pytest.TestReport, payload: Mapping[str, Any]) -> None:
    """Take in what a report carried; a failure that crossed processes is one again, no mere text."""
    note_excused(report, payload)
    session_of(config).receive(payload, report.nodeid)
    if "failure" in payload:
        vars(report)["longrepr"] = Failure.from_dict(payload["failure"])


def received(config: pytest.Config, report: pytest.TestReport, payload: Mapping[str, Any]) -> None:
    """Remember a failure with what it can be told anew by, once the whole run is known; pytest keeps reports, and needs no more of this one."""
    del vars(report)["apiversion"]
    failure: object = getattr(report.longrepr, "told", report.longrepr)  # see above
    vars(report)["longrepr"] = failure
    if isinstance(failure, Failure):
        session = session_of(config)
        outcomes = tuple(Outcome.from_dict(row) for row in payload["outcomes"])
        junit = junit_failure(config, report)
        session.failed.append(Failed(report, payload["source"], outcomes, failure, junit))


def retell(config: pytest.Config) -> None:
    """Tell each cause once: in full where its strongest example is, and elsewhere by its first line."""
    session = existing_session(config)
    if session is None or hasattr(config, "workerinput"):
        return
    for failed, failure in retold(session.failed, session.causes):
        vars(failed.report)["longrepr"] = failure
        if failed.junit is not None:
            failed.junit(failure.message, failure.text)


def finish(pytest_session: pytest.Session) -> None:
    """Close connections; fail a strict run in which a promise was not exercised."""
    session = existing_session(pytest_session.config)
    if session is None:
        return
    interrupted = pytest_session.exitstatus == pytest.ExitCode.INTERRUPTED
    with ending(pytest_session.config).cut_short():
        if interrupted:  # what is on its way may still create something; nothing else is sent
            session.allowance.stop()
            time.sleep(_ON_ITS_WAY)
        session.clean_up(HURRY if interrupted else SECONDS)
    session.close()
    resume()
    if hasattr(pytest_session.config, "workerinput"):
        output = vars(pytest_session.config)["workeroutput"]
        output[CLEANED] = session.cleaned
        if session.recording:
            output[RECORDED] = session.recording.to_dict()
        return
    note_missing(session, pytest_session.config.rootpath)
    if ending(pytest_session.config).interrupted:
        pytest_session.exitstatus = pytest.ExitCode.INTERRUPTED
    if (unheard(session) or untried(session)) and pytest_session.exitstatus == pytest.ExitCode.OK:
        pytest_session.exitstatus = pytest.ExitCode.TESTS_FAILED
    write_reports(pytest_session, session)
    session.short = [
        line
        for source, facts in session.facts.items()
        for line in gate_lines(facts.name, session.outcomes.get(source, []), facts.expected, session.gates)
    ]
    if session.short and pytest_session.exitstatus == pytest.ExitCode.OK:
        pytest_session.exitstatus = pytest.ExitCode.TESTS_FAILED
    if session.strict:
        session.troubles = unexercised(session)
        if session.troubles and pytest_session.exitstatus == pytest.ExitCode.OK:
            pytest_session.exitstatus = pytest.ExitCode.TESTS_FAILED


def put_away(item: pytest.Item, following: pytest.Item | None) -> None:
    """Have what the run created put away after the last item, while what fixtures of the session gave is still there."""
    session = existing_session(item.config)
    if session is not None and following is None and isinstance(item, PolicyItem):
        _put_away(session, SECONDS)


def _put_away(session: Session, seconds: float) -> None:
    """Have it put away; whoever interrupts that has it left as it is."""
    with contextlib.suppress(KeyboardInterrupt):
        session.clean_up(seconds)


def take_over(config: pytest.Config, output: Mapping[str, Any]) -> None:
    """Take in what became of the things that a worker of pytest-xdist created, and what it recorded."""
    session = session_of(config)
    for source, found in output[CLEANED].items():
        session.put_away(source, found)
    if session.recording and RECORDED in output:
        session.recording.take_over(output[RECORDED])


def summarise(reporter: pytest.TerminalReporter) -> None:
    """Write the page after the run."""
    session = existing_session(reporter.config)
    if session is not None and not reporter.config.getoption("no_summary", default=False):
        write_summary(reporter, session, reach=flag(reporter.config, "reach"))
