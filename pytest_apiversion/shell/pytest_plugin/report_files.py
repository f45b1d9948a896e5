"""Writes the report files that a run was asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from pytest_apiversion.shell.publishing.formats import FORMATS
from pytest_apiversion.shell.pytest_plugin.option_definitions import text_option
from pytest_apiversion.shell.reporting.session import Session


def write_reports(pytest_session: pytest.Session, session: Session) -> None:
    """Write each file; one that cannot be written fails the run, and the page is printed all the same."""
    config = pytest_session.config
    wanted = {name: path for name in ("json", *FORMATS) if (path := text_option(config, name))}
    if not wanted:
        return
    from pytest_apiversion.shell.reporting.json_report import report_of, report_text  # noqa: PLC0415  only who asks pays

    report = report_of(session)
    values = json.loads(json.dumps(report))
    for name, path in wanted.items():
        text: Callable[[Any], str] = report_text if name == "json" else FORMATS[name].write
        place = config.invocation_params.dir / path
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text(report if name == "json" else values), "utf-8")
        except OSError as error:
            pytest_session.exitstatus = pytest.ExitCode.USAGE_ERROR
            reporter = config.pluginmanager.get_plugin("terminalreporter")
            if reporter is not None:
                reporter.ensure_newline()
                reporter.write_line(f"ERROR: --apiversion-{name}: {path}: {error.strerror or error}", red=True)
