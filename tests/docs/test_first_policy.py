"""The tutorial, done as a reader would do it: its files, its commands, and what it says they print."""

from __future__ import annotations

import contextlib
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.docs.blocks import ROOT, Block, blocks_of
from tests.docs.doing import assert_printed, done

FEW = "--apiversion-max-examples=3"
"""The development server opens a connection for each request, and three runs are enough of them."""
PAGE = tuple(blocks_of(ROOT / "docs" / "tutorials" / "first-policy.md"))


def _saved(folder: Path) -> None:
    """Save the tutorial's files, the first form of each."""
    for block in PAGE:
        if block.language in {"python", "yaml", "toml"} and not block.replaces:
            (folder / block.title).write_text(block.text, "utf-8")


def _mended(folder: Path) -> None:
    """Replace the lines the tutorial replaces."""
    for block in PAGE:
        if block.replaces:
            lines = (folder / block.title).read_text("utf-8").splitlines()
            hits = [number for number, line in enumerate(lines) if line.lstrip().startswith(block.replaces)]
            assert len(hits) == 1
            lines[hits[0]] = block.text.rstrip("\n")
            (folder / block.title).write_text("\n".join(lines) + "\n", "utf-8")


def _step(title: str, language: str) -> Block:
    return next(block for block in PAGE if (block.title, block.language) == (title, language))


def _run(python: str, title: str, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return done(_step(title, "console").text, folder, *more, python=python)


@contextlib.contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The tutorial's own server, on a port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "flask", "--app", "app", "run", "--port", str(port)]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            deadline = time.monotonic() + 30
            while time.monotonic() < deadline:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                time.sleep(0.05)
            yield f"--apiversion-base-url=http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _prints(title: str, run: subprocess.CompletedProcess[str]) -> None:
    assert_printed(_step(title, "text").text, run, to_the_end=False)


def test_the_tutorial_does_what_it_says(tmp_path: Path, python: str) -> None:
    """The first run finds what the page says, the mended server is green, the day after the sunset is red again."""
    _saved(tmp_path)
    with _served(tmp_path) as url:
        first = _run(python, "first run", tmp_path, url, FEW)
    _mended(tmp_path)
    with _served(tmp_path) as url:
        second = _run(python, "second run", tmp_path, url, FEW)
        third = _run(python, "third run", tmp_path, url, FEW)
    lock = _run(python, "lock", tmp_path)

    assert (first.returncode, second.returncode, third.returncode, lock.returncode) == (1, 0, 1, 0), second.stdout
    _prints("first run", first)
    _prints("second run", second)
    _prints("third run", third)
    assert {"AV501"} == set(
        re.findall(r"^AV\d{3}(?= \S)", first.stdout.partition("short test summary")[0], re.MULTILINE)
    )
    assert (tmp_path / "apiversion.lock").is_file()
