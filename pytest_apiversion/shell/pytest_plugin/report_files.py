"""Writes the report files that a run was asked for."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.shell.publishing.ci_files import workflow_commands
from pytest_apiversion.shell.publishing.formats import FORMATS
from pytest_apiversion.shell.publishing.markdown import markdown
from pytest_apiversion.shell.pytest_plugin.option_definitions import flag, text_option
from pytest_apiversion.shell.reporting.session import Session
from pytest_apiversion.shell.texts.atomic_files import replace_file
from pytest_apiversion.shell.transport.har import har_text


def write_reports(pytest_session: pytest.Session, session: Session) -> None:
    """Write each file; one that cannot be written fails the run, and the page is printed all the same."""
    config = pytest_session.config
    wanted = {name: path for name in ("json", *FORMATS) if (path := text_option(config, name))}
    on_github = flag(config, "github")
    if session.recording and (path := text_option(config, "har")):
        _write(pytest_session, "har", path, har_text(session.recording))
    if not wanted and not on_github:
        return
    from pytest_apiversion.shell.reporting.json_report import report_of, report_text  # noqa: PLC0415  only who asks pays

    report = report_of(session)
    values = json.loads(json.dumps(report))
    if on_github:
        _tell_github(session, values)
    for name, path in wanted.items():
        text: Callable[[Any], str] = report_text if name == "json" else FORMATS[name].write
        _write(pytest_session, name, path, text(report if name == "json" else values))


def _write(pytest_session: pytest.Session, name: str, path: str, text: str) -> None:
    """Write one file; where that cannot be, say so."""
    config = pytest_session.config
    place = config.invocation_params.dir / path
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        replace_file(place, text.encode())
    except OSError as error:
        pytest_session.exitstatus = pytest.ExitCode.USAGE_ERROR
        reporter = config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            if (writer := config.get_terminal_writer()).width_of_current_line:  # such as the dots of the items
                writer.line()
            reporter.write_line(f"ERROR: --apiversion-{name}: {path}: {error.strerror or error}", red=True)


def _tell_github(session: Session, values: Any) -> None:
    """Keep the annotations for the end of the output, and add the page to the summary of the job's step."""
    session.annotations = list(workflow_commands(values))
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            with Path(summary).open("a", encoding="utf-8") as file:
                file.write(markdown(values))
        except OSError as error:
            session.annotations.append(f"::warning::GITHUB_STEP_SUMMARY: {error.strerror or error}")
