"""What leaves this machine: nothing unsafe for another host, one request at a time where told, and links followed once."""

from __future__ import annotations

import dataclasses
import datetime as dt
import importlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.core.http.messages import SAFE_METHODS, Request
from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.target.load import load_target
from tests.apps.kit import serving
from tests.plugin import small_api
from tests.shell.running import TODAY, Foreign, run_file, run_target
from tests.shell.servers import answering, chains, selecting
from tests.shell.servers.kit import folder
from tests.shell.servers.odd import Make, Odd

CONTRACTS = Path(__file__).parents[3] / "contracts"

MAKES: dict[str, Make] = {
    "chains": chains.nested,
    "put-only": chains.put_only,
    "unique": chains.unique,
    "crud": selecting.dates_in_query,
    "posts-only": answering.always_200,
    "forms": answering.bodies,
}


def methods_of(odd: Odd) -> set[str]:
    """The methods a server saw."""
    return {method for method, _ in odd.app.seen}


@pytest.mark.parametrize("make", MAKES.values(), ids=MAKES)
def test_nothing_unsafe_leaves_for_another_host(make: Make, tmp_path: Path) -> None:
    """Neither cases nor probes nor the making of data send an unsafe method where that is not allowed."""
    odd = make()
    with serving(odd.app) as url:
        target = load_target(
            folder(tmp_path, odd.policy, odd.contracts), {"ODD_URL": url + odd.prefix, "ODD_TOKEN": "odd-token"}
        )
        result = run_target(target, unsafe=False, max_examples=3)

    assert methods_of(odd) <= SAFE_METHODS
    assert result.said == []
    untried = [outcome for outcome in result.outcomes if any("not tried" in note for note in outcome.notes)]
    assert {outcome.label.partition(" ")[0] for outcome in untried}.isdisjoint(SAFE_METHODS)


@pytest.mark.parametrize("make", MAKES.values(), ids=MAKES)
def test_here_unsafe_methods_are_sent(make: Make, tmp_path: Path) -> None:
    """The same run on this machine sends them: the test above could fail."""
    odd = make()
    with serving(odd.app) as url:
        environment = {"ODD_URL": url + odd.prefix, "ODD_TOKEN": "odd-token"}
        target = load_target(folder(tmp_path, odd.policy, odd.contracts), environment)
        run_target(target, subjects=tuple(target.policy.versions)[:1], max_examples=1)

    assert not methods_of(odd) <= SAFE_METHODS


def test_nothing_unsafe_leaves_for_another_host_after_a_sunset() -> None:
    """What a sunset version is asked, and what is looked for behind it, is safe too."""
    girard = importlib.import_module("tests.apps.girard")
    today = dt.datetime(2027, 2, 1, tzinfo=dt.UTC)
    app, seen = girard.create_app(today=today), []

    def recording(environ, start_response):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202  a WSGI application
        seen.append(environ["REQUEST_METHOD"])
        return app(environ, start_response)

    with serving(recording) as url:
        target = load_target(CONTRACTS / "girard" / "apiversion.toml", {**girard.ENVIRONMENT, "GIRARD_URL": url})
        result = run_target(target, as_of=today, unsafe=False, max_examples=1)

    assert set(seen) <= SAFE_METHODS
    assert "AV601" in result.exercised("v1")
    assert "AV603" not in result.exercised("v1")


def test_an_unsafe_request_that_was_planned_by_mistake_is_not_sent(tmp_path: Path) -> None:
    """The last gate is in the sending itself."""
    odd = chains.nested()
    with serving(odd.app) as url:
        target = load_target(folder(tmp_path, odd.policy, odd.contracts), {"ODD_URL": url})
        runner = Foreign(target=target, run=Run(as_of=TODAY))
        with pytest.raises(ToolError, match="may only be asked safely"):
            runner.trials.requests.send(Request(method="POST", path="/v1/orgs"))
        runner.close()

    assert odd.app.seen == []


@pytest.mark.parametrize("make", [chains.nested, chains.unique], ids=["chains", "unique"])
def test_one_request_at_a_time_is_enough(make: Make, tmp_path: Path) -> None:
    """With `concurrency = 1` nothing waits for itself."""
    odd = make()
    with serving(odd.app) as url:
        result = run_file(folder(tmp_path, odd.policy, odd.contracts), {"ODD_URL": url}, concurrency=1, max_examples=2)

    assert result.said == []
    assert result.barren == []


def test_a_second_run_on_the_same_data_is_as_green_as_the_first(tmp_path: Path) -> None:
    """Names that are taken by an earlier run's records are no reason to report anything."""
    odd = chains.unique()
    with serving(odd.app) as url:
        target = load_target(folder(tmp_path, odd.policy, odd.contracts), {"ODD_URL": url})
        runs = [run_target(target, as_of=TODAY + dt.timedelta(days=day)) for day in range(2)]

    assert [(run.said, run.barren) for run in runs] == [([], []), ([], [])]


def test_a_skipped_operation_is_never_asked(tmp_path: Path) -> None:
    """`skip = true` leaves an operation out."""
    odd = chains.composite()
    policy = odd.policy + '\n[operations.rules."GET /colours/{colour}"]\nskip = true\n'
    with serving(odd.app) as url:
        run_file(folder(tmp_path, policy, odd.contracts), {"ODD_URL": url}, max_examples=1)

    assert not any("/colours/" in path for _, path in odd.app.seen)


def test_an_operation_without_data_is_named_with_what_would_help(tmp_path: Path) -> None:
    """Nothing is claimed of an operation nobody has data for; a note says how to give some."""
    odd = chains.composite()
    contract = {
        **odd.contracts["v1"],
        "paths": {"/rates/{base}/{quote}": odd.contracts["v1"]["paths"]["/rates/{base}/{quote}"]},
    }
    odd = dataclasses.replace(odd, contracts={"v1": contract, "v2": contract})
    with serving(odd.app) as url:
        result = run_file(folder(tmp_path, odd.policy, odd.contracts), {"ODD_URL": url}, max_examples=2)

    assert result.said == []
    assert [line.partition(" no existing")[0] for line in result.barren] == [
        f"{version} GET /rates/{{base}}/{{quote}}" for version in ("v1", "v2")
    ]
    assert all("[values]" in line for line in result.barren)


def test_a_successor_link_to_another_host_is_noted_and_not_followed(tmp_path: Path) -> None:
    """What is not asked for is told, once for each item and host; the item is held all the same."""
    links = 'links = [{ rel = "successor-version", successor = true }]\n'
    policy = small_api.POLICY.replace("[deprecation]\n", f"[deprecation]\n{links}")
    path = small_api.write_suite(tmp_path, policy=policy)
    app = small_api.SmallApi(today=dt.datetime(2026, 6, 1, tzinfo=dt.UTC))

    def linking(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        target = f"https://api.example.org{environ['PATH_INFO'].replace('/v1/', '/v2/')}"
        link = ("Link", f'<{target}>; rel="successor-version"')
        return app(environ, lambda status, headers, *rest: start_response(status, [*headers, link], *rest))

    with serving(linking) as url:
        environment = {"SMALL_URL": url, "SMALL_TOKEN": small_api.SECRET}
        result = run_file(path, environment, as_of=dt.datetime(2026, 6, 1, tzinfo=dt.UTC))

    noted = [
        f"{outcome.subject} {outcome.label}: {note}"
        for outcome in result.outcomes
        for note in outcome.notes
        if "link" in note
    ]
    assert result.said == []
    assert noted == [
        f"v1 {operation}: the successor link is not followed: api.example.org is another host"
        for operation in ("GET /things", "POST /things", "GET /things/{id}")
    ]
    assert "AV505" in result.exercised("v1")


def test_a_reading_is_tried_on_another_thing_too(tmp_path: Path) -> None:
    """What one thing has or lacks by chance is not what an operation answers: a second one that exists is read as well."""
    with small_api.small_api() as (api, url):
        api.things = {"t1": "one", "t2": "two", "t3": "three"}
        target = load_target(small_api.write_suite(tmp_path), {"SMALL_URL": url, "SMALL_TOKEN": small_api.SECRET})
        run_target(target, unsafe=False, max_examples=1)

    read = [request.split()[1] for request in api.requests if request.startswith("GET /v2/things/t")]
    assert {"/v2/things/t1", "/v2/things/t2"} <= {path.rstrip("?") for path in read}
