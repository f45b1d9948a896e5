"""One trial: a new environment, one release of one dependency, and a smoke run in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.compatibility.page import WORKS, Row
from tests.compatibility.releases import listed, way_out

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "constraints.txt"
SMOKE = (
    "contracts/girard",
    "tests/shell/generation/test_drawing.py",
    "tests/shell/openapi/test_document_files.py",
    "tests/shell/policy_file/test_values.py",
    "tests/dialects/test_dialects.py",
)
"""One embedded policy, whole; the tests of drawing; and, since these exercise the parsers little, tests of what reads YAML,
JSON Schema and the structured fields of HTTP (which the policy does without)."""
SERVER = ("waitress", "werkzeug")
"""What the policy's server is made of."""
_SECONDS = 900
_NAMED = 3
"""Failed tests that a row names."""


class InstallError(Exception):
    """What was asked for cannot be installed together; the message is the installer's."""


def known_releases(name: str) -> list[Version]:
    """The releases of a dependency that the package index has for this Python.

    Raises:
        InstallError: pip does not tell any.
    """
    done = _run([sys.executable, "-m", "pip", "index", "versions", name])
    found = listed(done.stdout)
    if done.returncode or not found:
        raise InstallError(f"pip tells no releases of {name}: {_closing(done.stderr)}")
    return found


def build_wheel(folder: Path) -> Path:
    """The wheel of this checkout.

    Raises:
        InstallError: It cannot be built.
    """
    _must([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", f"--wheel-dir={folder}", str(ROOT)])
    return next(folder.glob("*.whl"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Environment:
    """A virtual environment of this Python, with uv's installer where it is there, else with pip's.

    Attributes:
        folder: Where it is; it is made there.
        wheel: What is tried.
    """

    folder: Path
    wheel: Path
    _python: Path = field(init=False)
    _install: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        uv = shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
        _must([sys.executable, "-m", "venv", *(["--without-pip"] if uv else []), str(self.folder)])
        python = self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        with_uv, with_pip = (str(uv), "pip", "install", f"--python={python}"), (str(python), "-m", "pip", "install")
        object.__setattr__(self, "_python", python)
        object.__setattr__(self, "_install", (*(with_uv if uv else with_pip), "--quiet"))

    def install_locked(self) -> None:
        """Install everything as the lock says; the newest of everything where there is no lock.

        Raises:
            InstallError: It cannot be done.
        """
        _must([*self._install, *([f"--constraint={LOCK}"] if LOCK.exists() else []), str(self.wheel), *SERVER])

    def move_to(self, *requirements: str) -> None:
        """Install these releases; of the others only those move that cannot stay.

        Raises:
            InstallError: They cannot be installed with the wheel.
        """
        _must([*self._install, str(self.wheel), *requirements])

    def installed(self) -> dict[str, Version]:
        """Every installed distribution, by its normalized name."""
        tell = (
            "import json, importlib.metadata as m; print(json.dumps([[d.name, d.version] for d in m.distributions()]))"
        )
        told = json.loads(_must([str(self._python), "-I", "-c", tell]))
        return {canonicalize_name(name): Version(version) for name, version in told}

    def smoke(self) -> tuple[str, int | None]:
        """The outcome of the smoke run, and how many tests passed."""
        report = self.folder / "junit.xml"
        done = _run(
            [str(self._python), "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junit-xml={report}", *SMOKE],
            # The wheel is tried and not the checkout; nothing is kept from one trial to the next.
            PYTHONSAFEPATH="1",
            PYTHONHASHSEED="0",
            HYPOTHESIS_STORAGE_DIRECTORY=str(self.folder / "hypothesis"),
        )
        outcome, passed = judged(report.read_text("utf-8") if report.exists() else "", done.returncode)
        if outcome != WORKS:
            sys.stderr.write(f"{done.stdout[-6000:]}\n{done.stderr[-3000:]}\n")
        if passed is None:
            outcome += f": {_closing(done.stderr or done.stdout)}"
        return outcome, passed


def try_release(
    name: str, release: Version, environment: Environment, others: Sequence[str]
) -> tuple[Row, dict[str, str]]:
    """Try one release: the row of the page, and the others' releases before any had to move.

    Args:
        name: The dependency.
        release: Its release.
        environment: A new one.
        others: The other dependencies.

    Raises:
        InstallError: Not even the locked releases can be installed.
    """
    environment.install_locked()
    before = environment.installed()
    keys = {other: canonicalize_name(other) for other in others}
    passed = None
    try:
        after = _with_release(name, release, environment)
    except InstallError as error:
        after, outcome = before, f"cannot be installed: {error}"
    else:
        outcome, passed = environment.smoke()
    row = Row(
        release=str(release),
        day=time.strftime("%Y-%m-%d", time.gmtime()),
        python=".".join(map(str, sys.version_info[:3])),
        moved=tuple(f"{other} {after[key]}" for other, key in keys.items() if after[key] != before[key]),
        outcome=outcome,
        passed=passed,
    )
    return row, {other: str(before[key]) for other, key in keys.items()}


def _with_release(name: str, release: Version, environment: Environment) -> dict[str, Version]:
    """Install the release, and what works with it; what is installed then."""
    wanted = f"{name}=={release}"
    environment.move_to(wanted)
    installed = environment.installed()
    if more := way_out(name, installed):
        environment.move_to(wanted, more)
        installed = environment.installed()
    if installed[canonicalize_name(name)] != release:
        raise InstallError(f"{name} {installed[canonicalize_name(name)]} was installed")
    return installed


def judged(report: str, code: int) -> tuple[str, int | None]:
    """What a run's report says, in pytest's form of JUnit's XML, and how many tests passed.

    Args:
        report: The report; empty where there is none.
        code: How the run ended.

    Returns:
        `works` only where tests passed, none failed and the run ended with 0. None passed where nothing was reported.
    """
    tests = list(ET.fromstring(report).iter("testcase")) if report else []  # noqa: S314  written by pytest, just now
    if not tests:
        return f"no test ran, pytest ended with {code}", None
    bad = [
        f"{each.get('name')}" for each in tests if each.find("failure") is not None or each.find("error") is not None
    ]
    passed = len(tests) - len(bad) - sum(each.find("skipped") is not None for each in tests)
    if bad:
        more = ["…"] if len(bad) > _NAMED else []
        return f"{len(bad)} of {len(tests)} failed: {', '.join([*bad[:_NAMED], *more])}", passed
    return (WORKS if passed and not code else f"{passed} passed, pytest ended with {code}"), passed


def _run(command: Sequence[str], **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the checkout; no constraints of this process reach it."""
    inherited = {name: value for name, value in os.environ.items() if name not in {"PIP_CONSTRAINT", "UV_CONSTRAINT"}}
    try:
        return subprocess.run(
            command,
            cwd=ROOT,
            # uv trusts what the machine trusts, as pip does.
            env={"UV_SYSTEM_CERTS": "1", **inherited, **variables},
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 124, "", f"did not end within {_SECONDS} seconds")


def _must(command: Sequence[str]) -> str:
    done = _run(command)
    if done.returncode:
        raise InstallError(_closing(done.stderr or done.stdout))
    return done.stdout


def _closing(text: str) -> str:
    """The end of what a command said, as one line."""
    return " ".join(" ".join(text.splitlines()[-6:]).split())
