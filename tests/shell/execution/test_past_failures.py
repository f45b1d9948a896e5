"""What failed before is asked first, from whichever example database of Hypothesis, and is forgotten when it passes."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fakeredis import TcpFakeServer
from hypothesis.database import (
    DirectoryBasedExampleDatabase,
    ExampleDatabase,
    InMemoryExampleDatabase,
    MultiplexedDatabase,
    ReadOnlyDatabase,
)

from pytest_apiversion.core.finding import Finding
from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.outcome import Outcome
from pytest_apiversion.shell.execution.past_failures import Memory
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.generation.example_database import Database, open_database, wrong
from pytest_apiversion.shell.target.load import load_target
from tests.apps.kit import serving
from tests.shell.running import DRAWN, TODAY
from tests.shell.servers.kit import folder
from tests.shell.servers.odd import Odd
from tests.shell.servers.picky import BUGS, TELLS_THE_LEAST, picky

Opener = Callable[[], Database | None]


@pytest.fixture(scope="module")
def redis() -> Iterator[str]:
    """The address of a Redis server."""
    server = TcpFakeServer(("127.0.0.1", 0), server_type="redis")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"redis://127.0.0.1:{server.server_address[1]}/0"
    server.shutdown()
    server.server_close()
    thread.join()


def run(
    path: Path, odd: Odd, opener: Opener, *, operation: str = "POST /notes", examples: int = 20, seed: int = 1
) -> tuple[Outcome, list[tuple[str, str]]]:
    """What one operation's item says, and the requests it took."""
    with serving(odd.app) as url:
        target = load_target(folder(path, odd.policy, odd.contracts), {"ODD_URL": url})
        limits = target.policy.limits
        target = _limited(target, examples) if limits.max_examples != examples else target
        runner = Runner(target=target, run=Run(as_of=TODAY, seed=seed), memory=Memory(open=opener), drawn=DRAWN)
        try:
            return runner.operation_item("v1", target.contracts["v1"].operations[operation]), odd.app.seen
        finally:
            runner.close()


def _limited(target: Any, examples: int) -> Any:
    policy = target.policy
    return replace(target, policy=replace(policy, limits=replace(policy.limits, max_examples=examples)))


def bodies(database: ExampleDatabase, key: bytes) -> list[Any]:
    """The rows of a key."""
    return [json.loads(value) for value in database.fetch(key)]


def first(outcome: Outcome) -> Finding:
    """The finding about what the contract accepts."""
    return next(each for each in outcome.findings if "does not accept" not in each.summary)


def _directory(path: Path, _redis: str) -> Opener:
    return lambda: open_database(str(path / "examples"))


def _multiplexed(path: Path, redis: str) -> Opener:
    local = DirectoryBasedExampleDatabase(path / "local")
    shared = open_database(redis)
    assert isinstance(shared, ExampleDatabase)
    return lambda: MultiplexedDatabase(local, shared)


def _redis(_path: Path, redis: str) -> Opener:
    return lambda: open_database(redis)


@TELLS_THE_LEAST
@pytest.mark.parametrize("make", [_directory, _redis, _multiplexed], ids=["directory", "redis", "multiplexed"])
def test_what_failed_is_asked_first_and_told_at_once(
    make: Callable[[Path, str], Opener], redis: str, tmp_path: Path
) -> None:
    """A second run that would draw too little to meet the bug meets it, with its smallest request and none spent; the third has forgotten."""
    opener, name = make(tmp_path, redis), "empty-branch"
    found, _ = run(tmp_path, picky(name), opener)
    again, seen = run(tmp_path, picky(name), opener, examples=1, seed=2)
    mended, more = run(tmp_path, picky(), opener, examples=1, seed=2)
    forgotten, fewer = run(tmp_path, picky(), opener, examples=1, seed=2)

    assert BUGS[name].is_least(first(found).reproduce)
    assert BUGS[name].is_least(first(again).reproduce)
    assert first(again).shrunk == "to 27 bytes by an earlier run"
    assert (mended.findings, forgotten.findings) == ((), ())
    assert len(more) > len(fewer)
    assert len(seen) <= len(fewer) + 2


def test_what_can_only_be_read_is_read(tmp_path: Path) -> None:
    """A database that takes nothing, as a shared one may be for a laptop, still tells what failed."""
    opener = _directory(tmp_path, "")
    run(tmp_path, picky("two-members"), opener)
    database = opener()
    assert isinstance(database, ExampleDatabase)
    again, _ = run(tmp_path, picky("two-members"), lambda: ReadOnlyDatabase(database), examples=1)

    assert BUGS["two-members"].is_least(first(again).reproduce)


@TELLS_THE_LEAST
def test_what_is_kept_has_no_data_of_the_service(tmp_path: Path) -> None:
    """A row of a request about existing data does not say which; the next run finds its own."""
    database = InMemoryExampleDatabase()
    found, _ = run(tmp_path, picky("reason"), lambda: database, operation="DELETE /notes/{note_id}")
    again, _ = run(tmp_path, picky("reason"), lambda: database, operation="DELETE /notes/{note_id}", examples=1)

    rows = [row for key in database.data for row in bodies(database, key)]
    assert [(row["aim"], row["path"], row["query"]) for row in rows if row["aim"] == "ACCEPTED"] == [
        ("ACCEPTED", {}, [["reason", "00"]])
    ]
    assert BUGS["reason"].is_least(first(found).reproduce)
    assert BUGS["reason"].is_least(first(again).reproduce)


def test_what_the_contract_no_longer_accepts_is_forgotten(tmp_path: Path) -> None:
    """A request that was right under another contract is not sent as if it still were."""
    database = InMemoryExampleDatabase()
    run(tmp_path, picky("two-members"), lambda: database)
    odd = picky("two-members")
    del odd.contracts["v1"]["paths"]["/notes"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    odd.contracts["v1"]["paths"]["/notes"]["post"]["requestBody"]["content"]["application/json"]["schema"] = {
        "type": "object",
        "required": ["name", "size"],
        "properties": {"name": {"type": "string", "minLength": 1}, "size": {"type": "integer"}},
    }
    outcome, _ = run(tmp_path, odd, lambda: database, examples=1)

    assert "AV302" not in {each.code for each in outcome.findings}
    assert {row["aim"] for key in database.data for row in bodies(database, key)} <= {"REFUSED"}


HOSTILE = {
    "no-json": b"\x00\x01",
    "no-object": b"[]",
    "another-format": b'{"format": 99}',
    "unknown-code": {"code": "AV999"},
    "unknown-aim": {"aim": "SUNSET"},
    "leaves-its-segment": {"path": {"note_id": "../../admin"}},
    "end-of-line-in-a-header": {"headers": [["X-A", "a\r\nHost: evil"]], "cookies": [["a", "b\r\nX: y"]]},
    "end-of-line-in-the-media-type": {"media_type": "text/plain\r\nX: y", "body": "MA=="},
    "no-base64": {"body": "§"},
}


_READ = "GET /notes/{note_id}"


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Where what failed of reading a note is kept."""
    database = InMemoryExampleDatabase()
    run(tmp_path_factory.mktemp("kept"), picky("long-identifier"), lambda: database, operation=_READ)
    (kept,) = database.data
    return kept


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """What a run without a database asks."""
    return run(tmp_path_factory.mktemp("without"), picky(), lambda: None, operation=_READ)[1]


@pytest.mark.parametrize("planted", HOSTILE.values(), ids=HOSTILE)
def test_what_others_wrote_is_not_believed(
    planted: Any, key: bytes, without: list[tuple[str, str]], tmp_path: Path
) -> None:
    """A row that could not be a drawn case of the operation leads to no request and no crash."""
    row = {
        "format": 1,
        "code": "AV402",
        "aim": "UNKNOWN_DATA",
        "path": {"note_id": "n999999"},
        "query": [],
        "headers": [],
        "cookies": [],
        "body": None,
        "media_type": None,
    }
    database = InMemoryExampleDatabase()
    database.save(key, planted if isinstance(planted, bytes) else json.dumps(row | planted).encode())
    outcome, seen = run(tmp_path, picky(), lambda: database, operation=_READ)

    assert outcome.findings == ()
    assert sorted(seen) == sorted(without)


def test_a_database_that_fails_is_a_note(tmp_path: Path) -> None:
    """Where nobody listens, the run goes on without, and says so once."""
    outcome, _ = run(tmp_path, picky("two-members"), lambda: open_database("redis://:s3cret@127.0.0.1:1/0"))

    (note,) = [note for note in outcome.notes if "database" in note]
    assert note.startswith("the example database was not used: ")
    assert "s3cret" not in note
    assert BUGS["two-members"].is_least(first(outcome).reproduce)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, None),
        ("none", None),
        ("examples", None),
        ("redis://localhost:6379/0", None),
        ("http://u:secret@localhost", "got one of another kind: http://…"),
        (__file__, "is a file; expected a directory"),
    ],
    ids=["profile", "none", "directory", "redis", "another", "file"],
)
def test_where_it_may_be(text: str | None, said: str | None) -> None:
    """A wrong place is said in a sentence, without a password."""
    found = wrong(text)

    assert (found is None) == (said is None)
    assert (said or "") in (found or "")
