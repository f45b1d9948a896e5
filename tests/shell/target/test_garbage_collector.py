"""The collector of cycles does not look through large contracts."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from pytest_apiversion.shell.target.garbage_collector import lasting, leave_out_more, let_go, to_the_end, uncollected

pytestmark = pytest.mark.usefixtures("nothing_frozen")


@pytest.mark.parametrize(("blocks", "left_out"), [(1_000, False), (40_000, True)])
def test_what_is_large_is_looked_through_no_more(blocks: int, *, left_out: bool) -> None:
    """Nothing is collected meanwhile; afterwards the collector works as before, and what was little is still its concern."""
    made: list[list[int]] = []

    @lasting()
    def read() -> None:
        assert not gc.isenabled()
        made.extend([] for _ in range(blocks))

    try:
        read()
        assert gc.isenabled()
        assert (gc.get_freeze_count() > 0) is left_out
    finally:
        let_go()
    assert gc.get_freeze_count() == 0


@pytest.mark.parametrize("enabled", [True, False])
def test_what_was_switched_off_stays_off(*, enabled: bool) -> None:
    """Cycles are looked for afterwards as they were before, whatever is raised meanwhile."""
    seen: list[bool] = []

    @uncollected()
    def fail() -> None:
        seen.append(gc.isenabled())
        raise ValueError

    (gc.enable if enabled else gc.disable)()
    try:
        with pytest.raises(ValueError):  # noqa: PT011  its own
            fail()
        assert seen == [False]
        assert gc.isenabled() is enabled
    finally:
        gc.enable()


def test_a_command_at_whose_end_the_process_ends() -> None:
    """Nothing is looked for while it runs, nor what it made afterwards; its code is given."""
    try:
        assert to_the_end(lambda: 3 + gc.isenabled()) == 3
        assert gc.get_freeze_count() > 0
    finally:
        gc.enable()


def _large() -> list[list[int]]:
    with lasting():
        return [[] for _ in range(40_000)]


def test_what_others_left_out_stays_so() -> None:
    """What the user's own code froze before is neither added to nor let go."""
    try:
        gc.freeze()
        before = gc.get_freeze_count()
        kept = _large()
        leave_out_more()
        let_go()
        assert before * 0.9 < gc.get_freeze_count() <= before
        del kept
    finally:
        gc.unfreeze()  # what is left out is not this package's


def test_what_is_made_later_is_left_out_where_it_was_searched() -> None:
    """After each search of everything what is there is left out too, and not before; nothing is where nothing was left out."""
    gc.collect()
    leave_out_more()
    assert gc.get_freeze_count() == 0
    try:
        kept = _large()
        first = gc.get_freeze_count()
        more = [[0] for _ in range(10_000)]
        leave_out_more()
        assert gc.get_freeze_count() <= first
        gc.collect()
        leave_out_more()
        assert gc.get_freeze_count() >= first + 9_000
        kept += _large()
        assert gc.get_freeze_count() >= first + 40_000
        del kept, more
    finally:
        let_go()
    assert gc.get_freeze_count() == 0


_PROCESS = """
import atexit, gc
from pytest_apiversion.shell.target.garbage_collector import lasting, let_go
atexit.register(lambda: print(gc.get_freeze_count() > 0))
with lasting():
    kept = [[] for _ in range({blocks})]
let_go()
print(gc.get_freeze_count())
"""


@pytest.mark.parametrize(("blocks", "searched"), [(1_000, True), (40_000, False)])
def test_a_process_that_ends_looks_through_nothing_large(blocks: int, *, searched: bool) -> None:
    """What was let go is searched as before, but not when the process ends; where nothing was left out, it ends as ever."""
    said = subprocess.run(
        [sys.executable, "-c", _PROCESS.format(blocks=blocks)], capture_output=True, text=True, check=True
    ).stdout

    assert said.split() == ["0", str(not searched)]


def test_pytests_last_search_comes_before(pytester: pytest.Pytester) -> None:
    """What pytest does for its own at the very end finds the contracts still left out, and afterwards nothing is."""
    pytester.makeconftest(
        """
        import gc

        def pytest_configure(config):
            from pytest_apiversion.shell.target.garbage_collector import lasting

            from pytest_apiversion.shell.pytest_plugin.session import session_of

            config.add_cleanup(lambda: print("left out", gc.get_freeze_count() > 0))
            session_of(config)
            with lasting():
                config.kept = [[] for _ in range(40_000)]
        """
    )
    result = pytester.runpytest_inprocess("-s")

    result.stdout.fnmatch_lines(["*left out True"])
    assert gc.get_freeze_count() == 0
