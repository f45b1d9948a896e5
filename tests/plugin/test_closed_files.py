"""Runs whose standard files are closed: `pytest >&-`, and jobs without any."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.plugin.conftest import Start
from tests.thorough import sample


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
@pytest.mark.parametrize(("closed", "bugs", "code"), sample([(">&- 2>&- <&-", ("nameless",), 1), (">&-", (), 0)], 2))
def test_a_run_without_standard_files(start: Start, closed: str, bugs: tuple[str, ...], code: int) -> None:
    """Whatever is closed, the run ends as it would have, its reports are written, and there is no traceback."""
    small = start(*bugs)
    words = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--apiversion-today=2026-06-01",
             "--apiversion-max-examples=1", "--apiversion-json=run.json", "--apiversion-database=none", "-k", "v2 and things and not id and GET"]  # fmt: skip
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$@" {closed}', "sh", *words],
        cwd=small.pytester.path,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )

    assert (done.returncode, done.stderr) == (code, b"")
    (policy,) = json.loads((small.pytester.path / "run.json").read_text("utf-8"))["policies"]
    assert bool(policy["findings"]) == bool(code)
