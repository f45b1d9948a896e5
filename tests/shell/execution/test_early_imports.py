"""What threads would import beside each other is imported before there are any (gh-106905)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.plugin.small_api import write_suite

_ASKED = """
import datetime, os, sys
from pathlib import Path

from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.pipeline import begun_ahead
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.target.load import load_target

target = load_target(Path("apiversion.toml"), {"SMALL_URL": "http://127.0.0.1:9", "SMALL_TOKEN": "a secret of the tests"})
runner = Runner(target=target, run=Run(as_of=datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC), seed=0))
before = NAME in sys.modules
pipeline = begun_ahead(runner, lambda lanes: [])
print(before, NAME in sys.modules)
runner.close()
"""
_NAME = "pytest_apiversion.shell.json_schema.repeated_references"


def test_what_holds_bodies_to_their_schemas_is_there_when_items_begin(tmp_path: Path) -> None:
    """It is not imported before that, and by no item."""
    write_suite(tmp_path)
    asked = [sys.executable, "-c", _ASKED.replace("NAME", repr(_NAME))]

    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60)

    assert done.stdout.split() == ["False", "True"]
