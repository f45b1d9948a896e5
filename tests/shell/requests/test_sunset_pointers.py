"""What comes after a sunset is asked for: where its answers point to, and the operations that took over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from pytest_apiversion.shell.reporting.causes import causes_of
from tests.apps.kit import serving
from tests.shell.running import Result, run_file
from tests.shell.servers.kit import (
    ENVELOPE,
    PATHS,
    TEXT,
    Api,
    by_path,
    document,
    error,
    folder,
    operation,
    record,
    reply,
)

AFTER = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
POLICY = (
    PATHS.replace('contract = "v1.json"', 'contract = "v1.json"\nsunset = 2026-06-01T00:00:00Z\nsuccessor = "v2"')
    + ENVELOPE
    + '[sunset]\npointer = "/migrate"\n[operations]\nrenamed = [{ v1 = "GET /old", v2 = "GET /new" }]\n'
)
THING = record(name=TEXT)
READ = operation({200: THING})
CONTRACTS: dict[str, Any] = {
    "v1": document({"/old": {"get": READ, "post": operation({201: THING}, body=THING)}}),
    "v2": document({"/new": {"get": READ}, "/guide": {"get": READ}}),
}


def run(tmp_path: Path, migrate: Any, *, routed: bool = True, more: str = "") -> tuple[Result, list[tuple[str, str]]]:
    """Hold a service whose first version is over and points somewhere; and what it was asked for."""
    select = by_path("v1", "v2")

    def after(request: Request) -> tuple[str, str]:
        version, path = select(request)
        if version == "v1":
            raise error_with(migrate)
        return version, path

    app = Api(select=after)

    def show(_request: Request, _version: str) -> Response:
        return reply({"name": "a"})

    app.on("GET", "/guide")(show)
    if routed:
        app.on("GET", "/new")(show)
    path = folder(tmp_path, POLICY + more, CONTRACTS)
    with serving(app) as url:
        result = run_file(path, {"ODD_URL": url}, as_of=AFTER, max_examples=1)
    return result, app.seen


def error_with(migrate: Any) -> Exception:
    """The answer after the sunset."""
    gone = error(410, "gone")
    gone.response = reply({"error": {"code": "gone", "message": "over"}, "migrate": migrate}, 410)
    return gone


def sunset_notes(result: Result) -> list[str]:
    """What was noted of the version that is over."""
    return [note for outcome in result.outcomes if outcome.label.startswith("sunset[") for note in outcome.notes]


@pytest.mark.parametrize("target", ["/v2/guide", "/v2/guide?from=v1"])
def test_a_pointer_is_followed_once(target: str, tmp_path: Path) -> None:
    """However many answers point there, it is asked for once, and so is what took over from what only reads."""
    result, seen = run(tmp_path, target)
    plain, base = run(tmp_path, "see the guide")

    assert result.said == []
    assert "AV608" in result.exercised("v1")
    assert seen.count(("GET", "/v2/guide")) == base.count(("GET", "/v2/guide")) + 1
    assert plain.said == []


@pytest.mark.parametrize("target", ["/v2/nowhere", "/v1/old"])
def test_a_dead_pointer_is_found(target: str, tmp_path: Path) -> None:
    """It leads to nothing, or back to what is over: that is wrong of every operation that points there, and one cause."""
    result, _ = run(tmp_path, target)

    assert {(each.code, each.operation) for each in result.findings} == {("AV608", "GET /old"), ("AV608", "POST /old")}
    assert len(causes_of(result.outcomes)) == 1


def test_a_dead_pointer_is_shown_as_it_was_asked(tmp_path: Path) -> None:
    """What every request carries, the line to paste carries."""
    result, _ = run(tmp_path, "/v2/nowhere", more='[cors]\norigin = "https://shop.example"\nunless = ["*"]\n')
    found = [each for each in result.findings if each.code == "AV608"]

    assert len(found) == 2
    assert all("-H 'Origin: https://shop.example'" in each.reproduce for each in found)


def test_another_host_is_noted_and_not_asked(tmp_path: Path) -> None:
    """What is not asked for is told, of each operation that points there."""
    result, _ = run(tmp_path, "https://docs.example.org/migrate")

    assert result.said == []
    assert {*sunset_notes(result)} == {
        "where the answer after the sunset points to is not asked for: docs.example.org is another host"
    }


@pytest.mark.parametrize("words", ["use v2", ["/v2/guide"], "http://[", "/v2/guide and /v2/new"])
def test_words_are_not_followed(words: Any, tmp_path: Path) -> None:
    """What is no address is left to those who read it."""
    result, _ = run(tmp_path, words)

    assert result.said == []
    assert sunset_notes(result) == []


def test_a_successor_that_is_not_routed_is_found(tmp_path: Path) -> None:
    """The map leads to an operation that is not there: that is said of the version that is over, too."""
    result, _ = run(tmp_path, "/v2/guide", routed=False)

    assert [finding.summary for finding in result.findings if finding.code == "AV608"] == [
        "what came after it gets 404"
    ]
