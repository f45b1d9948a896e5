"""Items that are begun before their turn, and what keeps them apart."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from pytest_apiversion.core.contracts.contract import Contract
from pytest_apiversion.shell.data.shared_resources import Gate, SharedResources
from pytest_apiversion.shell.execution.pipeline import Pipeline, Turn, in_rounds
from pytest_apiversion.shell.generation.drawn import Readiness
from pytest_apiversion.shell.openapi.contracts import read_contract


@pytest.fixture
def ahead() -> Iterator[Pipeline]:
    """Three lanes, closed afterwards."""
    found = Pipeline(3)
    yield found
    found.close()


def test_turns_of_different_places_run_at_the_same_time(ahead: Pipeline) -> None:
    """A turn that waits for a later one of another place is not waited for in vain."""
    met = threading.Barrier(2, timeout=10)

    def meet() -> str:
        met.wait()
        return "met"

    turns = [(name, Turn(name, meet)) for name in ("a", "b")]

    assert [ahead.outcome("a", turns), ahead.outcome("b", turns[1:])] == ["met", "met"]


def test_it_is_full_while_every_lane_runs_a_turn(ahead: Pipeline) -> None:
    """Who asks in a lane asks by itself then; with a lane free, others are asked to help."""
    met, seen = threading.Barrier(3, timeout=10), list[bool]()

    def meet() -> None:
        met.wait()
        seen.append(ahead.is_full())
        met.wait()

    turns = [(name, Turn(name, meet)) for name in ("a", "b", "c")]
    assert not ahead.is_full()
    for number, (name, _) in enumerate(turns):
        ahead.outcome(name, turns[number:])
    assert seen == [True] * 3
    ahead.close()
    assert not ahead.is_full()


def test_turns_of_one_place_keep_their_order(ahead: Pipeline) -> None:
    """However many lanes are free, a turn begins when the one before it in its place is over."""
    seen: list[int] = []
    busy = threading.Lock()

    def noted(number: int) -> Callable[[], int]:
        def run() -> int:
            assert busy.acquire(blocking=False)
            seen.append(number)
            busy.release()
            return number

        return run

    turns = [(number, Turn("here", noted(number))) for number in range(20)]

    assert [ahead.outcome(number, turns[number:]) for number in range(20)] == list(range(20))
    assert seen == list(range(20))


def test_what_a_turn_raises_is_raised_where_it_is_waited_for(ahead: Pipeline) -> None:
    """A failure belongs to its own turn, and those after it run all the same."""

    def fail() -> None:
        raise LookupError

    turns: list[tuple[str, Turn]] = [("a", Turn("x", fail)), ("b", Turn("x", lambda: "fine"))]
    with pytest.raises(LookupError):
        ahead.outcome("a", turns)

    assert ahead.outcome("b", turns[1:]) == "fine"


def test_a_turn_that_comes_again_runs_again(ahead: Pipeline) -> None:
    """A plugin that repeats what failed gets a new outcome."""
    numbers = iter(range(2))
    turns = [("a", Turn("x", lambda: next(numbers)))]

    assert [ahead.outcome("a", turns), ahead.outcome("a", turns)] == [0, 1]


def test_nothing_is_begun_once_it_is_closed() -> None:
    """What runs is waited for; what waits is forgotten."""
    ahead, begun = Pipeline(1), []
    turns = [("a", Turn("x", lambda: begun.append("a"))), ("b", Turn("x", lambda: begun.append("b")))]
    ahead.outcome("a", turns[:1])
    ahead.close()

    assert begun == ["a"]


def test_what_is_ready_begins_before_what_has_to_draw() -> None:
    """A turn that has to draw first waits, although it is the first, while another could ask the service."""
    ahead, seen = Pipeline(1), list[str]()
    turns = [
        ("a", Turn("x", lambda: seen.append("a"), lambda: Readiness.UNDRAWN)),
        ("b", Turn("y", lambda: seen.append("b"))),
        ("c", Turn("z", lambda: seen.append("c"))),
    ]
    ahead.outcome("a", turns)
    ahead.close()

    assert seen == ["b", "c", "a"]


def test_one_turn_at_a_time_draws() -> None:
    """Two would only take turns on the one processor, and keep from it what asks the service."""
    ahead, busy = Pipeline(3), threading.Lock()

    def alone() -> bool:
        if not busy.acquire(blocking=False):
            return False
        time.sleep(0.02)
        busy.release()
        return True

    turns = [(number, Turn(number, alone, lambda: Readiness.UNDRAWN)) for number in range(6)]

    assert all(ahead.outcome(number, turns[number:]) for number in range(6))
    ahead.close()


def test_one_turn_is_drawn_for_while_another_asks(ahead: Pipeline) -> None:
    """What draws in a thread of its own does not wait until the service has nothing to answer."""
    drawn = threading.Event()
    ahead.draw_beside()
    turns = [
        ("a", Turn("x", lambda: drawn.wait(10))),
        ("b", Turn("x", drawn.is_set, lambda: Readiness.UNDRAWN, drawn.set)),
    ]

    assert ahead.outcome("a", turns)
    assert ahead.outcome("b", turns[1:])


def test_what_would_begin_next_is_drawn_for_first(ahead: Pipeline) -> None:
    """The first turn of each place comes before the second of any, and each is drawn for once."""
    seen: list[str] = []
    ahead.draw_beside()
    turns = [
        (name, Turn(name[0], int, lambda: Readiness.UNDRAWN, partial(seen.append, name)))
        for name in ("a1", "a2", "a3", "b1", "c1")
    ]

    assert [ahead.outcome(name, turns[index:]) for index, (name, _) in enumerate(turns)] == [0] * len(turns)
    assert seen[:2] == ["a1", "b1"]
    assert sorted(seen) == ["a1", "a2", "a3", "b1", "c1"]


@pytest.mark.parametrize("error", [LookupError, SystemExit])
def test_a_turn_nobody_could_draw_for_says_so_itself(ahead: Pipeline, error: type[BaseException]) -> None:
    """What a drawing raises is not lost, whatever it is: the turn, which needs it, meets it again."""

    def fail() -> None:
        raise error

    ahead.draw_beside()
    turns = [("a", Turn("x", fail, lambda: Readiness.UNDRAWN, fail))]

    with pytest.raises(error):
        ahead.outcome("a", turns)


def test_rounds_give_each_place_its_first_item_before_any_its_second() -> None:
    """As many places as there are lanes are served in turn; the next ones follow when those have all they want."""
    items = ["a1", "a2", "a3", "b1", "c1", "c2", "d1"]

    found = in_rounds(items, lambda item: item[0], 2)

    assert list(found) == ["a1", "b1", "a2", "a3", "c1", "d1", "c2"]


def test_what_another_process_draws_begins_when_that_is_told(ahead: Pipeline) -> None:
    """Nobody waits in a lane for another process; a look after its word is enough."""
    readiness = [Readiness.BEING_DRAWN]
    turns = [("a", Turn("x", lambda: "fine", lambda: readiness[0]))]

    def told() -> None:
        readiness[0] = Readiness.READY
        ahead.look()

    later = threading.Timer(0.1, told)
    later.start()

    assert ahead.outcome("a", turns) == "fine"
    later.join()


def test_turns_may_be_made_known_bit_by_bit(ahead: Pipeline) -> None:
    """What is known already is passed over; what is wanted now, and was not known, is the next of its place."""
    seen: list[str] = []
    turns = {name: (name, Turn("x", partial(seen.append, name))) for name in "abc"}
    ahead.outcome("a", [turns["a"]])
    ahead.outcome("b", [turns["b"], turns["c"]])
    while "c" not in seen:
        time.sleep(0.01)

    assert ahead.knows("c")
    ahead.outcome("a", [turns["a"], turns["c"]])
    ahead.outcome("c", [])
    assert seen == ["a", "b", "c", "a"]
    assert not ahead.knows("c")


def test_beginning_a_turn_takes_no_longer_the_more_there_are() -> None:
    """However many places wait for what is to be drawn, few are looked at before one begins."""
    ahead, number, looks = Pipeline(2), 1000, 0
    states = [Readiness.BEING_DRAWN] * number

    def readiness(each: int) -> Readiness:
        nonlocal looks
        looks += 1
        return states[each]

    turns = [(each, Turn(each, int, partial(readiness, each))) for each in range(number)]
    states[0] = Readiness.READY
    ahead.outcome(0, turns)
    for each in range(1, number):
        states[each] = Readiness.READY
        ahead.outcome(each, ())
    ahead.close()

    assert looks < 200 * number


def contract(*paths: str, body: dict[str, Any] | None = None, links: str | None = None) -> Contract:
    """A contract with a GET on each path, the first of which takes a body or has a link."""
    items: dict[str, Any] = {}
    for path in paths:
        names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        parameters = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]
        items[path] = {
            "get": {"operationId": path, "parameters": parameters, "responses": {"200": {"description": ""}}}
        }
    first = items[paths[0]]["get"]
    if body is not None:
        first["requestBody"] = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Body"}}}}
    if links is not None:
        first["responses"]["200"]["links"] = {"next": {"operationId": links}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": items,
        "components": {"schemas": {"Body": {"type": "object", "properties": body or {}}}},
    }
    return read_contract(document, source="c.yaml", version="v1", digest="", locate=lambda path: path)


TOGETHER: dict[str, tuple[Contract, bool]] = {
    "other-resources": (contract("/users/{id}", "/orders"), False),
    "the-same-resource": (contract("/users/{id}", "/users"), True),
    "singular-and-plural": (contract("/user/{id}", "/users"), True),
    "below-one-another": (contract("/users/{id}", "/orders", "/users/{id}/orders"), True),
    "a-prefix-of-all-is-none": (contract("/api/users/{id}", "/api/orders"), False),
    "a-member-names-the-other": (contract("/orders", "/users", body={"user_id": {"type": "string"}}), True),
    "a-member-inside": (
        contract("/orders", "/users/{uid}", body={"by": {"type": "object", "properties": {"uid": {"type": "string"}}}}),
        True,
    ),
    "a-member-names-nobody": (contract("/orders", "/users", body={"note": {"type": "string"}}), False),
    "a-link-leads-there": (contract("/orders", "/users", links="/users"), True),
    "the-root": (contract("/", "/users"), False),
}


@pytest.mark.parametrize("row", TOGETHER)
def test_operations_that_may_touch_the_same_data_are_in_one_place(row: str) -> None:
    """The first two operations share a place exactly where paths, names or links join them."""
    found, expected = TOGETHER[row]
    places = SharedResources({"v1": found})
    first, second, *_ = found.operations.values()

    assert (places.of(first) == places.of(second)) is expected


def test_versions_join_what_one_of_them_joins() -> None:
    """Versions often share their data, so what belongs together in one belongs together in all."""
    apart, joined = contract("/orders", "/users"), contract("/orders", "/users", body={"user_id": True})
    places = SharedResources({"v1": apart, "v2": joined})

    assert len({places.of(each) for each in apart.operations.values()}) == 1


def test_a_gate_lets_one_thread_into_a_place_and_the_same_thread_anywhere() -> None:
    """A search that leads into another place does not wait, so that two such searches never wait for each other."""
    found = contract("/users", "/orders")
    users, orders = found.operations.values()
    gate = Gate(lambda operation: operation.key)
    entered = threading.Event()

    def enter() -> None:
        with gate.passed(users):
            entered.set()

    with gate.passed(users), gate.passed(orders):
        thread = threading.Thread(target=enter)
        thread.start()
        kept_out = not entered.wait(0.1)
    thread.join(10)

    assert kept_out
    assert entered.is_set()
