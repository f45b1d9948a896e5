"""Ctrl-C before a run has begun, while pytest still imports plugins and conftest files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.plugin.conftest import Start
from tests.thorough import sample

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


@pytest.fixture(autouse=True)
def _heard() -> Iterator[None]:
    """What a test starts hears Ctrl-C, though the suite itself was begun in the background, where a shell has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


PRESS = "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n"
HELD_BACK = "import os, signal\ntry:\n    os.kill(os.getpid(), signal.SIGINT)\nexcept BaseException:\n    pass\n"
CONFIGURING = "import os, signal\ndef pytest_configure(): os.kill(os.getpid(), signal.SIGINT)\n"
CAUGHT = """
import os, signal, contextlib
def pytest_configure():
    with contextlib.suppress(BaseException):
        os.kill(os.getpid(), signal.SIGINT)
    os.kill(os.getpid(), signal.SIGINT)
"""
EXECUTING = "def pytest_configure(): exec('import os, signal; os.kill(os.getpid(), signal.SIGINT)')\n"


@pytest.mark.parametrize(
    ("source", "where"),
    sample(
        [
            pytest.param(PRESS, "plugin", id="plugin"),
            pytest.param(PRESS + "\n" + PRESS, "conftest", id="twice"),
            pytest.param(HELD_BACK, "conftest", id="caught"),
        ],
        2,
    ),
)
def test_an_import_that_is_interrupted_ends_the_run_before_it_began(start: Start, source: str, where: str) -> None:
    """Exit code 2, one line with the place, no traceback and no report, whatever the module does about it."""
    small = start()
    if where == "conftest":
        small.pytester.makeconftest(source)
    else:
        small.pytester.makepyfile(presses=source)
        small.pytester.makeconftest("pytest_plugins = ['presses']\n")

    result = small.spawn_anew("--apiversion-json=run.json")

    said = "\n".join((*result.outlines, *result.errlines))
    assert (result.ret, "Traceback" in said, "INTERNALERROR" in said) == (2, False, False)
    name = "conftest.py" if where == "conftest" else "presses.py"
    assert said.count("interrupted before the run began") == 1
    assert f"{name}:" in said
    assert not (small.pytester.path / "run.json").exists()


@pytest.mark.parametrize(
    "source",
    sample(
        [
            pytest.param(CAUGHT, id="caught"),
            pytest.param(CONFIGURING, id="function"),
            pytest.param(EXECUTING, id="text"),
        ],
        2,
    ),
)
def test_a_configuration_that_is_interrupted_ends_the_run_before_it_began(start: Start, source: str) -> None:
    """The run ends by pytest, with exit code 2, and the place is told; pressed twice, and in text that is executed, too."""
    small = start()
    small.pytester.makeconftest(source)

    result = small.spawn_anew()

    said = "\n".join((*result.outlines, *result.errlines))
    assert (result.ret, "Traceback" in said, said.count("before the run began, at ")) == (2, False, 1)


def test_from_the_session_on_pytest_tells_of_it(start: Start) -> None:
    """What runs once the session is there is interrupted as ever."""
    small = start()
    small.pytester.makeconftest("import os, signal\ndef pytest_collection(): os.kill(os.getpid(), signal.SIGINT)\n")

    result = small.spawn()

    said = "\n".join((*result.outlines, *result.errlines))
    assert (result.ret, "before the run began" in said, "! KeyboardInterrupt !" in said) == (2, False, True)


TWICE_AS_IT_COLLECTS = """
import os, signal
def pytest_make_collect_report(collector):
    if collector.name == "apiversion.toml":
        os.kill(os.getpid(), signal.SIGINT)
def pytest_keyboard_interrupt():
    os.kill(os.getpid(), signal.SIGINT)
"""


def test_ctrl_c_that_is_pressed_again_while_it_is_told_changes_nothing(start: Start) -> None:
    """From where a policy file is come upon, the second press is lost: exit code 2, and pytest's own word of the first."""
    small = start()
    small.pytester.makeconftest(TWICE_AS_IT_COLLECTS)

    result = small.spawn()

    said = "\n".join((*result.outlines, *result.errlines))
    assert (result.ret, "Traceback" in said, said.count("! KeyboardInterrupt !")) == (2, False, 1)


TWICE_BEFORE_IT_IS_TOLD = """
import os, pytest, signal, time

class Again:
    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_keyboard_interrupt(self):
        os.kill(os.getpid(), signal.SIGINT)
        return (yield)

@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    config.pluginmanager.register(Again())

def pytest_runtest_call(item):
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(1)
"""

LATER_AGAIN = """
import contextlib, os, signal, time
def pytest_runtest_call(item):
    with contextlib.suppress(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
    time.sleep(1.1)
    os.kill(os.getpid(), signal.SIGINT)
"""


@pytest.mark.parametrize("source", [TWICE_BEFORE_IT_IS_TOLD, LATER_AGAIN], ids=["at once", "later"])
def test_ctrl_c_in_a_run_that_is_pressed_again(start: Start, source: str) -> None:
    """Pressed again at once it is the same, before anybody told of it, too; where somebody caught the first, another ends the run a second later."""
    small = start()
    small.pytester.makeconftest(source)

    result = small.spawn()

    said = "\n".join((*result.outlines, *result.errlines))
    assert (result.ret, "Traceback" in said, said.count("! KeyboardInterrupt !")) == (2, False, 1)


BETWEEN_LINES = """
import types

def stands():
    try:
        raise KeyboardInterrupt
    except ValueError as error:
        pass

def pytest_sessionstart():
    try:
        stands()
    except KeyboardInterrupt as found:
        frame = found.__traceback__.tb_next.tb_frame
        between = next(begin for begin, _, line in frame.f_code.co_lines() if line is None)
        raise found.with_traceback(types.TracebackType(None, frame, between, -1))
"""


def test_ctrl_c_between_two_lines_is_shown_before_the_first_policy_file_too(start: Start) -> None:
    """Where Python has no line for where the run was, its function is shown: exit code 2, and no error of pytest's."""
    small = start()
    small.pytester.makeconftest(BETWEEN_LINES)

    result = small.spawn()

    said = "\n".join((*result.outlines, *result.errlines))
    assert (result.ret, "Traceback" in said, said.count("! KeyboardInterrupt !")) == (2, False, 1)


def test_a_program_that_calls_pytest_keeps_its_ctrl_c(start: Start) -> None:
    """Outside pytest's own process Ctrl-C raises `KeyboardInterrupt`, for whoever calls pytest to catch."""
    small = start()
    small.pytester.makeconftest(PRESS)
    program = "import pytest\ntry:\n    pytest.main([])\nexcept KeyboardInterrupt:\n    print('caught')\n"

    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=small.pytester.path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert (ended.returncode, ended.stdout.splitlines()[-1:]) == (0, ["caught"])


def test_an_ignored_ctrl_c_stays_ignored(start: Start) -> None:
    """Where a shell began pytest in the background, Ctrl-C does nothing before the run, as it does nothing in it."""
    small = start()
    small.pytester.makeconftest(PRESS)
    small.pytester.makepyfile(test_one="def test_one(): pass")

    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "test_one.py"],
        cwd=small.pytester.path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )

    assert (ended.returncode, "1 passed" in ended.stdout) == (0, True)
