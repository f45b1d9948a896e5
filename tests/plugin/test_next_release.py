"""What other packages do not document is taken away from them, in processes of their own; the runs go on, or say which releases work."""

from __future__ import annotations

from collections.abc import Callable
from importlib import metadata

import pytest

from tests.plugin import renaming
from tests.plugin.conftest import Small
from tests.plugin.test_applications import GIVEN, suite
from tests.thorough import sample

Change = tuple[str, str, str]
Next = Callable[..., None]


FEW = ("--hypothesis-seed=7", "--apiversion-database=none", "--apiversion-max-examples=1", "-k", "v2")
"""The four items of one version: what was taken away is missed by each, or by none."""


def gone(package: str, name: str) -> Change:
    """A name that a package gave up for another one."""
    return package, name, f"{name}_of_the_next_release"


FIRST = {
    "AVAILABLE_PROVIDERS": ("hypothesis", "6.131.1"),
    "HypothesisProvider": ("hypothesis", "6.131.1"),
    "_maybe_draw_constant": ("hypothesis", "6.131.1"),
    "choices_to_bytes": ("hypothesis", "6.131.1"),
    "NO_FEEDBACK": ("schemathesis", "4.31"),
    "allow_x00": ("schemathesis", "4.25"),
}
"""Name -> the package that has it, and since when it is one that something depends on; before there is nothing to be taken away."""


def is_older(package: str, release: str) -> bool:
    """Whether what is installed is older than a release."""
    numbers = [[int(part) for part in text.split(".")[:3]] for text in (metadata.version(package), release)]
    return numbers[0] < numbers[1]


@pytest.fixture
def next_release(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Next:
    """Changes packages for the processes that are started from now on."""

    def begin(*changes: Change) -> None:
        for _, name, _ in changes:
            if name in FIRST and is_older(*FIRST[name]):
                pytest.skip(f"there is no {name} before {' '.join(FIRST[name])}")
        for name, value in renaming.begin(pytester.mkdir("next"), changes).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("PYTEST_ADDOPTS", "--assert=plain")  # pytest's own import hook would go first

    return begin


def test_a_change_that_changes_nothing_is_no_test(next_release: Next) -> None:
    """A row of the tables here that a package's release has made void ends in a sentence, not in a pass."""
    with pytest.raises(SystemExit, match="hypothesis holds no 'there_is_no_such_name'"):
        next_release(gone("hypothesis", "there_is_no_such_name"))


def outcome(result: pytest.RunResult) -> tuple[int, int]:
    """How many items passed and failed; no internal error was among it."""
    assert "INTERNALERROR" not in result.stdout.str() + result.stderr.str()
    counts = result.parseoutcomes()
    return counts.get("passed", 0), counts.get("failed", 0)


@pytest.mark.parametrize(
    ("change", "note"),
    sample(
        [
            pytest.param(gone("schemathesis", "NO_FEEDBACK"), "schemathesis *tried: 4.0*", id="feedback"),
            pytest.param(gone("hypothesis", "AVAILABLE_PROVIDERS"), "Hypothesis *tried: 6.108*", id="backends"),
            pytest.param(gone("hypothesis", "HypothesisProvider"), "Hypothesis *tried: 6.108*", id="own-backend"),
            pytest.param(gone("hypothesis", "_maybe_draw_constant"), "Hypothesis *tried: 6.108*", id="constants"),
            pytest.param(gone("hypothesis", "choices_to_bytes"), None, id="choices"),
            pytest.param(gone("schemathesis", "allow_x00"), None, id="configuration"),
        ],
        6,
    ),
)
def test_what_is_drawn_with_goes(buggy: Small, next_release: Next, change: Change, note: str | None) -> None:
    """Items are drawn, asked and judged as before; where a seed holds in one process only, the page says so and names releases."""
    next_release(change)

    result = buggy.spawn_anew(*FEW)

    assert outcome(result) == (3, 1)
    result.stdout.fnmatch_lines(["AV301 the body does not conform at *"])
    if note:
        result.stdout.fnmatch_lines([f"note: the same seed may draw other requests in another process: {note}"])
    else:
        result.stdout.no_fnmatch_line("*the same seed may draw other*")


@pytest.mark.parametrize(
    ("change", "name"),
    sample(
        [
            pytest.param(gone("schemathesis", "get_all_operations"), "*.get_all_operations", id="operations"),
            pytest.param(gone("schemathesis", "as_strategy"), "APIOperation.as_strategy", id="strategy"),
            pytest.param(gone("schemathesis", "as_transport_kwargs"), "Case.as_transport_kwargs", id="case"),
        ]
    ),
)
def test_what_nothing_can_be_drawn_without_goes(small: Small, next_release: Next, change: Change, name: str) -> None:
    """Items that need it fail with a sentence that names what is missing and the releases that have it; nothing is said of the service."""
    next_release(change)

    result = small.spawn_anew(*FEW)

    assert outcome(result)[1] > 0
    result.stdout.fnmatch_lines(
        [
            f"*pytest-apiversion itself failed, which says nothing about the service: schemathesis * has no {name}, *(4.0 to 4.32)"
        ]
    )
    assert "Traceback" not in result.stdout.str()


@pytest.mark.parametrize("name", sample(["TopRequest", "_fixturemanager", "getfixturedefs", "getfixtureinfo"]))
def test_pytest_keeps_fixtures_elsewhere(pytester: pytest.Pytester, next_release: Next, name: str) -> None:
    """An application that a fixture gives cannot be asked for: a sentence names what can be done. Nothing else is asked in its place."""
    suite(pytester, "", GIVEN.format(scope='(scope="session")', bugs=""))
    next_release(gone("_pytest", name))

    result = pytester.runpytest_subprocess("apiversion.toml", "-k", "GET and things", timeout=300)

    assert outcome(result)[0] == 0
    result.stdout.fnmatch_lines(
        ["*the fixture api_app cannot be asked with pytest *name the application in api.app*(8.0 to 9.2)"]
    )


@pytest.mark.parametrize("name", sample(["TopRequest", "_fixturemanager", "getfixturedefs"]))
def test_who_has_no_such_fixture_needs_nothing(small: Small, next_release: Next, name: str) -> None:
    """A suite without a fixture of that name runs as ever."""
    next_release(gone("_pytest", name))

    result = small.spawn_anew(*FEW, "apiversion.toml")

    assert outcome(result) == (4, 0)


@pytest.mark.parametrize(
    "name", sample(["LoadGroupScheduling", "_pending_of", "_reschedule", "workqueue", "assigned_work"], 5)
)
def test_the_scheduler_of_xdist_changes(buggy: Small, next_release: Next, name: str) -> None:
    """Items are handed out by xdist's own scheduler, a line says so, and every verdict is there."""
    pytest.importorskip("xdist")
    next_release(gone("xdist", name))

    result = buggy.spawn_anew(*FEW, "-n", "1", "--dist", "loadgroup")

    assert outcome(result) == (3, 1)
    result.stdout.fnmatch_lines(["*pytest-xdist * hands out the items itself*(tried: 3.6 to 3.8)"])


@pytest.mark.parametrize("name", sample(["torun", "nextitem_index"]))
def test_the_queue_of_a_worker_changes(buggy: Small, next_release: Next, name: str) -> None:
    """A worker that cannot see what it was handed begins nothing before its turn; every verdict is there."""
    pytest.importorskip("xdist")
    next_release(gone("xdist", name))

    result = buggy.spawn_anew(*FEW, "-n", "1", "--dist", "loadgroup")

    assert outcome(result) == (3, 1)
