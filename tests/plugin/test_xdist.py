"""Several processes: the same requests, one page, and no verdict lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import Spawn
from tests.plugin import wide_api
from tests.plugin.conftest import Small, Start
from tests.thorough import sample

pytest.importorskip("xdist")

FEW = "--apiversion-max-examples=1"
"""Who is at which item when has nothing to do with how much is drawn."""


def _page(result: pytest.RunResult) -> list[str]:
    """The matrix and all that follows it, without what differs from run to run."""
    lines = "\n".join(result.outlines).rstrip("\n").split("\n")[:-1]  # the last one tells how long it took
    first = next(index for index, line in enumerate(lines) if "= API versions: Small =" in line)
    return [re.sub(r"(?<=/)t\d+", "ID", re.sub(r"127\.0\.0\.1:\d+", "HOST", line)) for line in lines[first:]]


REQUIREMENTS = """
[requirements]
REQ-1 = { text = "No answer is a crash.", by = ["AV402"] }
REQ-2 = { text = "It ends when it was said to.", by = ["AV604", "AV601"] }
"""


@pytest.mark.parametrize("dist", sample(["loadgroup", "load", "loadscope", "worksteal", "loadfile"]))
def test_two_processes_say_what_one_says(start: Start, dist: str) -> None:
    """Verdicts, counts of exchanges, findings, requirements and failures are those of one process with the same seed, on the page and in one JSON file."""
    buggy = start("nameless", received="a\x7fb\x9b31m\u202e end", more=REQUIREMENTS)
    same = ("--hypothesis-seed=7", "-v", "--apiversion-json=run.json")
    alone = buggy.run(*same)
    ours, told = _sent(buggy), _verdicts(buggy)

    nothing_kept = "--apiversion-database=none"  # one would repeat what the other found, if it came later
    shared = buggy.spawn(*same, nothing_kept, "-n", "2", "--dist", dist, "--junit-xml=junit.xml")

    shared.assert_outcomes(passed=8, failed=1)
    assert _page(shared) == _page(alone)
    assert _sent(buggy) == ours
    assert _verdicts(buggy) == told
    shared.stdout.fnmatch_lines(
        ["requirements: 2 held", "  REQ-1 held: No answer is a crash. (AV402)", "  REQ-2 held: It ends*(AV604, AV601)"]
    )
    shared.stdout.fnmatch_lines(["AV301 the body does not conform at *"])
    failures = [case.find("failure") for case in ET.parse(buggy.pytester.path / "junit.xml").getroot().iter("testcase")]  # noqa: S314
    text = next(failure.text or "" for failure in failures if failure is not None)
    assert "repeat    curl " in text


def test_a_seed_nobody_chose_is_the_same_in_all_processes_and_strict_is_judged_once_all_is_known(small: Small) -> None:
    """What workers draw is drawn with the seed that the page names; and no worker fails a strict run for what another exercised."""
    first = small.spawn("-n", "2", "--apiversion-strict", seed=None)
    seed = re.search(r"seed (\d+)", first.stdout.str())
    sent = _sent(small)

    assert seed is not None
    assert first.ret == 0, first.stdout.str()
    first.assert_outcomes(passed=9)
    small.run(f"--hypothesis-seed={seed[1]}")
    assert _sent(small) == sent


def _verdicts(small: Small) -> list[tuple[object, ...]]:
    """The verdicts of the JSON file; it is gone then."""
    path = small.pytester.path / "run.json"
    said = json.loads(path.read_text("utf-8"))
    path.unlink()
    return [tuple(row.values()) for policy in said["policies"] for row in policy["promises"]]


def _sent(small: Small) -> set[str]:
    """What was sent but for identifiers, which depend on what was there; forgets it."""
    found = {re.sub(r"/t\d+", "/ID", request) for request in small.api.requests}
    small.api.requests.clear()
    small.api.things = {"t1": "one"}
    return found


def test_an_unknown_version_ends_the_run(small: Small) -> None:
    """The run says what a process alone would say, and nothing is asked."""
    result = small.spawn("-n", "2", "--apiversion-versions=v9")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stdout.fnmatch_lines(["ERROR: --apiversion-versions: no version or alias is named 'v9' (known: v1, v2)"])
    assert "INTERNALERROR" not in result.stdout.str()
    assert small.api.requests == []


@pytest.mark.parametrize("dist", ["load", "loadgroup"])
def test_a_worker_that_dies_hides_nothing(small: Small, dist: str) -> None:
    """What a dead worker was at counts as failed, what it had not reported as not run, and the rest is on the page."""
    conftest = """
    import os, pytest

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(item):
        if item.name == "POST /things" and item.parent.name == "v2":
            os._exit(9)
    """
    small.pytester.makeconftest(conftest)

    result = small.spawn("-n", "2", "--dist", dist, "--max-worker-restart=2", "--hypothesis-seed=7")

    result.assert_outcomes(passed=8, failed=1)
    result.stdout.fnmatch_lines(["*apiversion.toml::v2::POST /things*"])
    result.stdout.re_match_lines([r"AV200 .* held 9 +not run$"])
    result.stdout.fnmatch_lines(["  v2: 1 of 4 items: POST /things: worker 'gw*' crashed while running *POST /things'"])


@pytest.mark.parametrize("dist", ["load", "loadgroup"])
def test_workers_that_die_at_one_moment_end_the_run_without_a_traceback(small: Small, dist: str) -> None:
    """What is handed to a worker whose end xdist has not learned of is lost like the rest, and the page says what was not run."""
    conftest = """
    import os, time, pytest
    from pathlib import Path

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(session):
        while hasattr(session.config, "workerinput"):
            if Path("collected").exists():
                os._exit(9)
            time.sleep(0.01)

    def pytest_configure(config):
        if hasattr(config, "workerinput"):
            return
        from xdist.dsession import DSession
        late, nodes = DSession.worker_collectionfinish, []

        def worker_collectionfinish(self, node, ids):
            nodes.append(node)
            if len(nodes) == 2:
                Path("collected").touch()
                while any(each.gateway.hasreceiver() for each in nodes):
                    time.sleep(0.01)
            late(self, node, ids)

        DSession.worker_collectionfinish = worker_collectionfinish
    """
    small.pytester.makeconftest(conftest)

    result = small.spawn("-n", "2", "--dist", dist, "--max-worker-restart=0")

    said = result.stdout.str() + result.stderr.str()
    assert "INTERNALERROR" not in said, said
    assert "Traceback" not in said
    assert result.ret != 0
    result.stdout.fnmatch_lines(["*not run*"])


def test_a_worker_that_dies_leaves_the_rest_to_the_others(pytester: pytest.Pytester, spawn: Spawn) -> None:
    """Under `--dist loadgroup` the item it died at is not tried again, and no worker waits for what is done already."""
    conftest = """
    import os, pytest

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(item):
        if item.name == "PUT /r5" and item.parent.name == "v2":
            os._exit(9)
    """
    pytester.makeconftest(conftest)
    with wide_api.served(pytester.path):
        result = spawn("-n", "2", "--dist", "loadgroup", FEW, timeout=120)

    result.assert_outcomes(passed=4 * wide_api.RESOURCES, failed=1)


def test_a_broken_policy_file_is_said_once_a_worker(pytester: pytest.Pytester, spawn: Spawn) -> None:
    """Mistakes are collection errors, with every mistake."""
    Path(pytester.path, "apiversion.toml").write_text("[api]\nnam = 1\n", "utf-8")

    result = spawn("-n", "2", timeout=300)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert "INTERNALERROR" not in result.stdout.str()
    result.stdout.fnmatch_lines(["*api.nam*"])


def test_operations_are_on_one_worker_at_a_time(small: Small) -> None:
    """Under `--dist loadgroup` no two workers ask about an operation at the same time, in whatever version, one after its sunset too."""
    small.pytester.makeconftest(SPANS)

    result = small.spawn("-n", "2", "--dist", "loadgroup", today="2027-01-01")

    assert result.ret == pytest.ExitCode.TESTS_FAILED, result.stdout.str()  # the server knows no end
    spans = _spans(small.pytester.path, lambda item: item.removeprefix("sunset[").removesuffix("]"))
    assert {"GET /things", "POST /things", "GET /things/{id}"} <= spans.keys()
    assert not any(_met(each) for each in spans.values())


def test_resources_are_on_one_worker_at_a_time_where_there_are_enough(pytester: pytest.Pytester, spawn: Spawn) -> None:
    """Under `--dist loadgroup` no two workers ask about a resource at the same time, and a worker begins what it was handed.

    What one creates, the other does not meet.
    """
    pytester.makeconftest(SPANS + TURNS)
    with wide_api.served(pytester.path):
        result = spawn("-n", "2", "--dist", "loadgroup", FEW, timeout=120)

    assert result.ret == 0, result.stdout.str()
    spans = _spans(pytester.path, lambda item: item.partition(" ")[2])
    assert len(spans.keys() - {""}) == wide_api.RESOURCES
    workers = [{worker for worker, _, _ in each} for each in spans.values()]
    assert {"gw0", "gw1"} in workers  # one came to the other's help
    assert {"gw1"} in workers
    assert not any(_met(each) for each in spans.values())
    assert _most_turns(pytester.path) > 4


SPANS = """
import os, time
from pathlib import Path

SPANS, SLOW = Path("spans.txt"), os.environ.get("PYTEST_XDIST_WORKER") == "gw0"

def pytest_collection_modifyitems(items):
    for item in items:
        item.run = spanned(item.name, item.run)

def pytest_runtestloop():
    end = time.monotonic() + 30 * SLOW  # on a busy machine the other may come much later
    while time.monotonic() < end and not SPANS.exists():
        time.sleep(0.05)

def spanned(name, run):
    def noted():
        began = time.time()
        try:
            time.sleep(0.2 * SLOW)
            return run()
        finally:
            with SPANS.open("a") as file:
                print(os.environ["PYTEST_XDIST_WORKER"], began, time.time(), name, file=file)
    return noted
"""
"""Writes down which worker was at an item when; one of them is slow and begins last, so that the other takes over what that was not handed yet."""


TURNS = """
from pathlib import Path
import pytest_apiversion.shell.execution.pipeline as pipeline

class Pipeline(pipeline.Pipeline):
    def outcome(self, key, turns):
        known = list(turns)
        with Path("turns.txt").open("a") as file:
            print(len(known), file=file)
        return super().outcome(key, known)

pipeline.Pipeline = Pipeline
"""
"""Writes down how many items a worker knows of when it comes to one."""


def _spans(folder: Path, key: Callable[[str], str]) -> dict[str, list[tuple[str, float, float]]]:
    found: dict[str, list[tuple[str, float, float]]] = {}
    for line in (folder / "spans.txt").read_text("utf-8").splitlines():
        worker, began, ended, name = line.split(" ", 3)
        found.setdefault(key(name), []).append((worker, float(began), float(ended)))
    return found


def _met(spans: list[tuple[str, float, float]]) -> bool:
    """Whether two workers were there at the same time."""
    return any(
        one != other and began < end and start < ended for one, began, ended in spans for other, start, end in spans
    )


@pytest.mark.parametrize(("dist", "ahead"), [("load", True), ("worksteal", False)])
def test_a_worker_begins_what_it_was_handed(pytester: pytest.Pytester, spawn: Spawn, dist: str, *, ahead: bool) -> None:
    """Items a worker has before it are begun before their turn, unless another worker may take them away."""
    pytester.makeconftest(TURNS)
    with wide_api.served(pytester.path):
        result = spawn("-n", "2", "--dist", dist, FEW, timeout=120)

    assert result.ret == 0, result.stdout.str()
    assert (_most_turns(pytester.path) > 4) is ahead


def _most_turns(folder: Path) -> int:
    """How many items a worker knew of at most, the one at its turn included."""
    turns = folder / "turns.txt"
    return max(map(int, turns.read_text("utf-8").split())) if turns.exists() else 0
