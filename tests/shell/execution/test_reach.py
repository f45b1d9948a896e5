"""How far a run came: what never succeeded, what was never seen, and what would help."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.exchange import Exchange
from pytest_apiversion.core.contracts.contract import Parameter, ResponseSpec
from pytest_apiversion.shell.execution.outcome import Outcome
from pytest_apiversion.shell.execution.reach import Reach, reach_of
from pytest_apiversion.shell.reporting.reach_summary import merged, reach_lines
from tests.checks.builders import contract, exchange, operation, response, scene

READ = "GET /things/{id}"
CREATE = "POST /things"
CLEAR, DROP, TAGGED = "DELETE /things", "DELETE /things/{id}", "GET /tagged"
STATUSES = ("200", "404", "4xx", "default")
OPERATIONS = (
    operation(
        READ,
        *(ResponseSpec(status=each) for each in STATUSES),
        parameters=(Parameter(name="id", place="path", required=True),),
        security=({"Key": ()},),
    ),
    operation(CREATE, ResponseSpec(status="201"), body_media_types=("application/json",)),
    operation("GET /moved", ResponseSpec(status="302")),
    operation(CLEAR, ResponseSpec(status="204")),
    operation(DROP, ResponseSpec(status="204"), parameters=(Parameter(name="id", place="path", required=True),)),
    operation(
        TAGGED, ResponseSpec(status="200"), parameters=(Parameter(name="If-Match", place="header", required=True),)
    ),
)


def seen(key: str, *statuses: int, aim: Aim = Aim.ACCEPTED) -> list[Exchange]:
    """Exchanges of an operation that got these statuses."""
    where = scene(key=key, operations=OPERATIONS)
    return [exchange(where, response(status), aim) for status in statuses]


def reach(key: str, exchanges: list[Exchange]) -> Reach:
    """How far one operation was reached."""
    document = {"components": {"securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}}}}
    (found,) = reach_of(replace(contract("v2", *OPERATIONS), document=document), key, exchanges, {410})
    return found


ADVICE = {
    "never-asked": (READ, [], 'give [values] id = "…"'),
    "not-there": (READ, seen(READ, 404, 404, 403), 'give [values] id = "…", of something that is there'),
    "not-allowed": (
        READ,
        seen(READ, 403),
        'give credentials.Key = { header = "X-Key", value = "${KEY}" } above the first table, or one that may do it',
    ),
    "not-allowed-and-no-scheme": (
        CREATE,
        seen(CREATE, 401),
        'give credentials.default = { header = "Authorization", value = "Bearer ${DEFAULT}" } above the first table',
    ),
    "nowhere": ("GET /moved", seen("GET /moved", 404), 'give [operations] neutral = ["GET /moved"]'),
    "altering-and-never-asked": (CLEAR, [], 'give [operations.rules."DELETE /things"] harmless = true'),
    "altering-one": (DROP, [], 'give [operations.rules."DELETE /things/{id}"] values = { path = { id = "…" } }'),
    "a-header": (TAGGED, seen(TAGGED, 400), 'values = { headers = { If-Match = "…" } }'),
    "invalid": (CREATE, seen(CREATE, 422), 'give [operations.rules."POST /things"] values = { body = { … } }'),
    "invalid-without-a-body": ("GET /moved", seen("GET /moved", 400), "values = { query = { … } }"),
    "too-often": (CREATE, seen(CREATE, 429), "lower the rate in [requests]"),
}
NO_ADVICE = {
    "succeeded": (CREATE, seen(CREATE, 422, 201)),
    "failed": (CREATE, seen(CREATE, 500)),
    "a-redirect-it-is-there-for": ("GET /moved", seen("GET /moved", 302)),
    "never-asked-and-nothing-to-name": (CREATE, []),
}


@pytest.mark.parametrize("name", ADVICE)
def test_what_never_succeeded_comes_with_what_would_help(name: str) -> None:
    """What well-formed requests got most often decides which entry of the policy file is asked for."""
    key, exchanges, words = ADVICE[name]
    found = reach(key, exchanges)

    assert not found.succeeded
    assert words in found.advice


@pytest.mark.parametrize("name", NO_ADVICE)
def test_where_nothing_would_help_nothing_is_said(name: str) -> None:
    """A success needs no advice, and against a crash no entry of a policy file helps."""
    assert reach(*NO_ADVICE[name]).advice == ""


@pytest.mark.parametrize(
    ("statuses", "unseen"),
    [
        pytest.param((), ("200", "404", "4xx"), id="nothing"),
        pytest.param((200,), ("404", "4xx"), id="a success"),
        pytest.param((404,), ("200",), id="a status and its range"),
        pytest.param((422, 200), ("404",), id="a range by another status"),
    ],
)
def test_what_was_not_seen(statuses: tuple[int, ...], unseen: tuple[str, ...]) -> None:
    """Codes and ranges count, `default` does not."""
    assert reach(READ, seen(READ, *statuses)).unseen == unseen


@pytest.mark.parametrize("status", ["405", "410"])
def test_what_cannot_be_seen_is_not_missed(status: str) -> None:
    """The 405 that only another method gets, and the answer of a sunset that is to come, are not counted unless they came."""
    gone = operation("GET /gone", ResponseSpec(status="200"), ResponseSpec(status=status))
    asked = [exchange(scene(key=gone.key, operations=(gone,)), response(each)) for each in (200, int(status))]

    assert reach_of(contract("v2", gone), gone.key, asked[:1], {410})[0].declared == ("200",)
    assert reach_of(contract("v2", gone), gone.key, asked, {410})[0].unseen == ()


def test_what_the_router_answers_is_no_answer_of_an_operation() -> None:
    """A 404 to an unknown version does not show the 404 that an operation declares."""
    assert reach(READ, seen(READ, 404, aim=Aim.UNKNOWN)).seen == ()
    assert reach_of(contract("v2", *OPERATIONS), "router", []) == ()


def outcomes() -> list[Outcome]:
    """Three items of one version: two of operations, one of a sequence that goes further."""
    plain: dict[str, Any] = {"policy": "Shop", "source": "apiversion.toml", "subject": "v2"}
    return [
        Outcome(**plain, label=READ, reach=(reach(READ, seen(READ, 404)),)),
        Outcome(**plain, label=CREATE, reach=(reach(CREATE, seen(CREATE, 422)),)),
        Outcome(**plain, label="sequence /things", reach=(reach(READ, seen(READ, 200)),)),
    ]


def test_items_add_up() -> None:
    """What one item reached, the run reached."""
    found = merged(outcomes())["v2", READ]

    assert (found.seen, found.advice, found.succeeded) == ((200, 404), "", True)


def test_the_page_counts_and_names_what_needs_help() -> None:
    """The counts, and each operation that never succeeded with what would help."""
    assert list(reach_lines(outcomes(), whole=False)) == [
        "reach: 1 of 2 operations never succeeded, 1 of 4 declared answers were not seen (--apiversion-reach names them)",
        '  v2 POST /things: only 422; give [operations.rules."POST /things"] values = { body = { … } }',
    ]


def test_an_operation_is_told_once_for_its_versions() -> None:
    """What is the same in several versions is one line, which names them."""
    said = outcomes()[1]

    assert list(reach_lines([replace(said, subject="v1"), said], whole=False))[1:] == [
        '  v1, v2 POST /things: only 422; give [operations.rules."POST /things"] values = { body = { … } }'
    ]


def test_the_whole_names_every_answer_that_was_not_seen() -> None:
    """`--apiversion-reach` leaves nothing out, and says what would lead there."""
    late = replace(outcomes()[2], reach=(replace(reach(READ, seen(READ, 204)), declared=("200", "204", "401")),))

    assert list(reach_lines([late], whole=True)) == [
        "reach: 1 of 1 operations succeeded, 2 of 3 declared answers were not seen",
        (
            f'  v2 {READ}: not seen: 200, 401 (2xx: [operations.rules."{READ}"] values that lead there; '
            "401: [credentials] for its scheme, which is then left out once)"
        ),
    ]


def test_all_is_said_without_a_zero() -> None:
    """Where every declared answer was seen, nobody has to read that none was not."""
    every = replace(outcomes()[2], reach=(replace(reach(READ, seen(READ, 200)), declared=("200",)),))

    assert list(reach_lines([every], whole=False)) == [
        "reach: 1 of 1 operations succeeded, all 1 declared answers were seen"
    ]


def test_nothing_asked_is_nothing_said() -> None:
    """A run of the policy alone has no such line."""
    assert list(reach_lines([], whole=True)) == []


def test_it_crosses_processes() -> None:
    """What a worker reports is what the controller reads."""
    (first, *_) = outcomes()

    assert Outcome.from_dict(first.to_dict()) == first
