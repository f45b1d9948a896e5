"""The `apiversion` command in a pipe: whoever leaves it, and whatever fills up, there is no traceback."""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pytest_apiversion.shell.commands.lock import lock_command
from pytest_apiversion.shell.commands.report import report_command
from tests.plugin.small_api import write_suite
from tests.shell.publishing.made_reports import report

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and signals of POSIX")

COMMAND = [sys.executable, "-c", "import sys; from pytest_apiversion.cli import main; sys.exit(main())"]


@pytest.fixture
def documents(tmp_path: Path) -> list[str]:
    """Two documents with more differences than a pipe holds."""
    for name, kind in (("old", "string"), ("new", "integer")):
        schema = {"properties": {f"member-with-a-long-name-{number}": {"type": kind} for number in range(2000)}}
        content = {"application/json": {"schema": schema}}
        paths = {"/things": {"get": {"responses": {"200": {"description": "x", "content": content}}}}}
        document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths}
        (tmp_path / f"{name}.json").write_text(json.dumps(document), "utf-8")
    return ["diff", str(tmp_path / "old.json"), str(tmp_path / "new.json")]


def test_a_reader_that_leaves(documents: list[str]) -> None:
    """`apiversion diff A B | head -1` ends as commands do that SIGPIPE ends, and says nothing."""
    process = subprocess.Popen([*COMMAND, *documents], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()

    assert process.wait(60) == 141
    assert process.stderr.read() == b""
    process.stderr.close()


class _Left(io.StringIO):
    """An output whose reader has left."""

    def write(self, _: str) -> int:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")


def test_a_reader_that_leaves_is_no_file_that_fails(tmp_path: Path) -> None:
    """Commands that tell of files they cannot write tell nothing of an output that nobody reads: that ends them as any other."""
    run, errors = tmp_path / "run.json", io.StringIO()
    run.write_text(json.dumps(report([])), "utf-8")
    policy = write_suite(tmp_path)

    with pytest.raises(BrokenPipeError):
        report_command([run], files={"json": "-"}, out=_Left(), errors=errors)
    with pytest.raises(BrokenPipeError):
        lock_command(policy, check=False, out=_Left(), errors=errors)
    assert errors.getvalue() == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is full is a device of Linux")
def test_a_full_disk(documents: list[str]) -> None:
    """Output that cannot be written is said, in a line."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, *documents], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)

    assert done.returncode == 2
    assert done.stderr == b"apiversion: standard output cannot be written: No space left on device\n"


def test_an_output_that_lacks_letters(tmp_path: Path) -> None:
    """Names that the encoding of the output lacks are written as JSON escapes them, in JSON as well as in text."""
    paths = {"/größe/😀": {"get": {"responses": {"200": {"description": "x"}}}}}
    for name, described in (("old", paths), ("new", {})):
        document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": described}
        (tmp_path / f"{name}.json").write_text(json.dumps(document), "utf-8")
    done = subprocess.run(
        [*COMMAND, "diff", str(tmp_path / "old.json"), str(tmp_path / "new.json"), "--format", "json"],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert (done.returncode, done.stderr) == (1, b"")
    assert "/größe/😀" in str(json.loads(done.stdout))


def test_output_that_is_closed(documents: list[str]) -> None:
    """So is one that was closed before, in whatever way Python sees it."""
    done = subprocess.run(
        ["/bin/sh", "-c", '"$@" >&- <&-', "sh", *COMMAND, *documents],
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )

    assert (done.returncode, done.stderr) == (2, b"apiversion: standard output is closed\n")


def test_what_is_left_of_the_test() -> None:
    """The command in this process leaves its output as it was."""
    from pytest_apiversion.cli import main  # noqa: PLC0415  the others start it

    with pytest.raises(SystemExit):
        main(["--help"])
    os.fstat(1)
