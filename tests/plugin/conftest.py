"""A small API on a socket, its suite in pytester's folder, and runs of it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from pytest_apiversion.shell.pytest_plugin import hooks  # noqa: F401  see `_warm`
from tests.conftest import Spawn
from tests.plugin.small_api import SECRET, SEED, TODAY, SmallApi, small_api, write_suite


@dataclass
class Small:
    """The API, and pytest over its suite.

    Attributes:
        api: The API, with the requests it got.
        url: Where it is.
    """

    pytester: pytest.Pytester
    api: SmallApi
    url: str
    forked: Spawn

    def run(self, *arguments: str, today: str | None = TODAY, seed: int | None = SEED) -> pytest.RunResult:
        """Run pytest in this process, which knows nothing of earlier runs but what was drawn."""
        given = (*_when(today), *_drawn_with(seed, arguments), "--apiversion-database=none")
        return self.pytester.runpytest_inprocess(*given, *arguments)

    def spawn(
        self, *arguments: str, today: str | None = TODAY, seed: int | None = SEED, timeout: float = 300
    ) -> pytest.RunResult:
        """Run pytest in a process of its own, or several."""
        return self.forked(*_when(today), *_drawn_with(seed, arguments), *arguments, timeout=timeout)

    def spawn_anew(self, *arguments: str, today: str | None = TODAY, timeout: float = 300) -> pytest.RunResult:
        """The same where it matters what is imported when."""
        return self.pytester.runpytest_subprocess(*_when(today), *arguments, timeout=timeout)


Start = Callable[..., Small]


def _when(today: str | None) -> tuple[str, ...]:
    return (f"--apiversion-today={today}",) if today else ()


def _drawn_with(seed: int | None, arguments: tuple[str, ...]) -> tuple[str, ...]:
    """The seed, which what follows goes over; none where Hypothesis' option is not there."""
    return () if seed is None or "no:hypothesispytest" in arguments else (f"--hypothesis-seed={seed}",)


@pytest.fixture(autouse=True)
def _environment(warm: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal in which lines stay whole, and the key; runs in this process import nothing for the first time."""
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setenv("SMALL_TOKEN", SECRET)
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)


@pytest.fixture
def start(pytester: pytest.Pytester, spawn: Spawn, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts the API, with bugs and at a date, and writes its suite, with `more` in the policy file."""
    with contextlib.ExitStack() as stack:

        def begin(*bugs: str, today: str = TODAY, received: str = "teapot", more: str = "") -> Small:
            api, url = stack.enter_context(small_api(*bugs, today=today, received=received))
            monkeypatch.setenv("SMALL_URL", url)
            write_suite(pytester.path, more=more)
            return Small(pytester, api, url, spawn)

        yield begin


_FAILING: list[pytest.RunResult] = []


@pytest.fixture
def failing(start: Start) -> pytest.RunResult:
    """What a run says of the API that fails all the time, for all who only read it."""
    if not _FAILING:
        _FAILING.append(start("failing").run())
    return _FAILING[0]


@pytest.fixture
def small(start: Start) -> Small:
    """The API without a bug."""
    return start()


@pytest.fixture
def buggy(start: Start) -> Small:
    """The API whose `GET /things` of v2 lists things without names, and with identifiers no terminal should see."""
    return start("nameless", received="a\x7fb\x9b31m\u202e end")
