"""Installs what a service is built with into a folder of its own, and runs it on a real socket."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.world.service import Service, Style

INSTALL_SECONDS = 300
START_SECONDS = 60.0


class NotRunningError(Exception):
    """A service cannot be installed or does not start; the message is the installer's or its own."""


def install(service: Service, folder: Path, *, newest: bool = False) -> str:
    """Install the pinned packages of a service, or the newest releases of them; the framework's release.

    Raises:
        NotRunningError: They cannot be installed.
    """
    wanted = [_unpinned(each) if newest else each for each in service.dependencies]
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(service.file, folder)
    framework = _unpinned(service.dependencies[0])
    uv = shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    if service.wheels:
        pip = [str(uv), "pip"] if uv else [sys.executable, "-m", "pip"]
        _must([*pip, "install", "--quiet", "--no-deps", "--target", "wheels", *service.wheels], folder)
    if service.node:
        wanted += [_runtime(service.runtime)] if service.runtime else []
        (folder / "package.json").write_text('{"private": true}', "utf-8")
        _must(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", *wanted], folder)
        said = json.loads((folder / "node_modules" / framework / "package.json").read_text("utf-8"))["version"]
        return f"{framework} {said}"
    _must([_python(service.python), "-m", "venv", *(["--without-pip"] if uv else []), "venv"], folder)
    python = str(folder / "venv" / "bin" / "python")
    with_uv, with_pip = [str(uv), "pip", "install", f"--python={python}"], [python, "-m", "pip", "install"]
    _must([*(with_uv if uv else with_pip), "--quiet", *wanted], folder)
    distribution = framework.partition("[")[0]
    said = _must([python, "-c", f"import importlib.metadata as m; print(m.version({distribution!r}))"], folder)
    return service.release if service.release and not newest else f"{distribution} {said.strip()}"


def _python(release: str) -> str:
    """This Python where it is of a release or a newer one, else the one of that very release.

    Raises:
        NotRunningError: There is none.
    """
    if sys.version_info >= tuple(int(number) for number in release.split(".") if number):
        return sys.executable
    found = shutil.which(f"python{release}")
    if found is None:
        raise NotRunningError(f"it needs Python {release}, and no python{release} is here")
    return found


def _runtime(release: str) -> str:
    """The package in which a release of Node.js comes for this machine."""
    system = {"darwin": "darwin", "win32": "win"}.get(sys.platform, "linux")
    processor = {"aarch64": "arm64", "arm64": "arm64"}.get(platform.machine().lower(), "x64")
    return f"node-{system}-{processor}@{release}"


def _unpinned(requirement: str) -> str:
    """A requirement without its pin: `fastapi==0.1` and `@nestjs/core@1.0` alike."""
    return re.split(r"==|(?<=.)@", requirement)[0]


@contextlib.contextmanager
def running(service: Service, style: Style, folder: Path, **variables: str) -> Iterator[str]:
    """An installed service in one style: its base URL.

    Args:
        service: The service.
        style: One of its styles.
        folder: Where it is installed.
        variables: More variables of its environment.

    Raises:
        NotRunningError: It does not start.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    programs = folder / ("node_modules/.bin" if service.node else "venv/bin")
    path = os.pathsep.join([str(programs), os.environ.get("PATH", "")])
    command = [part.format(bin=programs, port=port) for part in service.command.split()] or [
        (shutil.which("node", path=path) or "node") if service.node else str(programs / "python"),
        service.file.name,
    ]
    environment = {**_environment(), "PATH": path, "PORT": str(port), "STYLE": style.name, **variables}
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=output, stderr=output, start_new_session=True
        )
        try:
            if not _up(port, process):
                output.seek(0)
                raise NotRunningError(f"it does not start: {output.read()[-600:]}")
            yield f"http://127.0.0.1:{port}"
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _up(port: int, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return True
        time.sleep(0.1)
    return False


def _environment() -> dict[str, str]:
    """The variables of this process, less those that would change what is installed or imported."""
    out = {"PIP_CONSTRAINT", "PIP_BUILD_CONSTRAINT", "UV_CONSTRAINT", "PYTHONPATH", "VIRTUAL_ENV"}
    return {"UV_SYSTEM_CERTS": "1", **{name: value for name, value in os.environ.items() if name not in out}}


def _must(command: Sequence[str], folder: Path) -> str:
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=_environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=INSTALL_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise NotRunningError(f"{command[0]} did not end within {INSTALL_SECONDS} seconds") from error
    if done.returncode:
        raise NotRunningError(f"it cannot be installed: {(done.stderr or done.stdout)[-600:]}")
    return done.stdout
