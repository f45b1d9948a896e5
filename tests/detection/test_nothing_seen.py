"""A service that answers everything alike shows nothing: no promise of a policy reads `held` by it, but those about files."""

from __future__ import annotations

import datetime as dt
import importlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.finding import Verdict
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.execution.outcome import ROUTER, WHOLE
from pytest_apiversion.shell.reporting.verdicts import cells
from tests.apps.kit import serving
from tests.detection.harness import CONTRACTS, hold, running
from tests.detection.plants import Environ
from tests.detection.table import POLICIES
from tests.shell.running import run_file
from tests.shell.servers.kit import API, TEXT, document, operation, parameter, record
from tests.thorough import sample

_ANSWERS = {"busy": "503 Service Unavailable", "nowhere": "404 Not Found", "empty": "200 OK"}
_DAYS = {
    "girard": "2027-01-15",
    "moonborn": "2027-05-16",
    "augno": "2027-03-01",
    "vellocity": "2026-07-01",
    "aragora": "2026-06-01",
}
"""When one version of each policy, or an alias, is over, and another answers."""


def _always(status: str) -> Callable[[Environ, Callable[..., Any]], Iterable[bytes]]:
    def app(_environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response(status, [("Content-Length", "0")])
        return []

    return app


@pytest.mark.parametrize(
    ("answer", "policy"), sample(zip(cycle(_ANSWERS), sorted(POLICIES) * len(_ANSWERS), strict=False), 8)
)
def test_nothing_is_held_where_nothing_is_seen(policy: str, answer: str) -> None:
    """Whatever all answers are, no cell of any check reads `held` that is not about the files alone."""
    today = dt.datetime.fromisoformat(_DAYS[policy]).replace(tzinfo=dt.UTC)
    environment = dict(importlib.import_module(f"tests.apps.{policy}").ENVIRONMENT)
    with (
        serving(_always(_ANSWERS[answer])) as url,
        running(CONTRACTS / policy / "apiversion.toml", environment | {f"{policy.upper()}_URL": url}, today) as runner,
    ):
        outcomes = list(hold(runner(1, 1, brief=True)))
    items = Counter(outcome.subject for outcome in outcomes if outcome.label != WHOLE)
    offline = {(code, each.subject) for each in outcomes if each.label == WHOLE for code in each.tallies}
    found = cells(outcomes, {each.subject: items[each.subject] for each in outcomes}, checks())
    held = {place: cell.exchanges for place, cell in found.items() if cell.verdict is Verdict.HELD}

    assert {place: count for place, count in held.items() if place not in offline} == {}
    assert {code for code, _ in held} - {check.code for check in checks() if check.inspect is not None} == set()
    assert sum(outcome.exchanges for outcome in outcomes) > 50


_PLANNED = f"""{API}
[versioning]
scheme = "vN"
carriers = ["header"]
header = {{ name = "X-Version" }}
unknown = {{ reject = 400 }}
[versions.v1]
contract = "v1.json"
[versions.v2]
contract = "v2.json"
released = 2028-01-01
"""


def test_a_router_that_knows_no_path_holds_nothing(tmp_path: Path) -> None:
    """A 404 to what only a planned version has shows of no version that it is refused, where nothing else was seen."""
    gone = operation({204: None, "4XX": {}}, parameters=[parameter("id", schema={"type": "string"})])
    one = {"/things/{id}": {"delete": gone}}
    two = {**one, "/audits": {"get": operation({200: record(name=TEXT)})}}
    for name, paths in {"v1": one, "v2": two}.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(document(paths)), "utf-8")
    (tmp_path / "apiversion.toml").write_text(_PLANNED, "utf-8")

    with serving(_always(_ANSWERS["nowhere"])) as url:
        ran = run_file(tmp_path / "apiversion.toml", {"ODD_URL": url}, max_examples=1)

    asked = next(each for each in ran.outcomes if each.label == ROUTER and each.subject == "v1")
    assert asked.exchanges == 2
    assert {code for code, count in asked.tallies.items() if count} & {"AV203", "AV208"} == set()
