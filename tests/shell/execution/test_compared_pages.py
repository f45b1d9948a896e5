"""Pages between which something is lost, and pages that forget their filter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.contracts.contract import Parameter
from pytest_apiversion.core.http.messages import Request, Response
from pytest_apiversion.shell.execution.compared_pages import Reader, lost_between, unfiltered_after
from tests.checks.builders import answers, exchange, operation, response, scene

WHERE = scene()
LIMIT = Parameter(name="limit", place="query", required=False, schema={"type": "integer", "minimum": 1, "maximum": 9})
COLOUR = Parameter(name="colour", place="query", required=False, schema={"enum": ["red", "blue"]})
LIST = replace(operation("GET /things", answers()), parameters=(LIMIT, COLOUR))
FIRST = Request(method="GET", path="/things", query=(("limit", "2"),))


def page(ids: list[Any], following: str = "") -> Response:
    """A page, and where the next one is."""
    return response(200, {"items": [{"id": each} for each in ids], "next": following})


def follow(request: Request, answer: Response) -> Request | None:
    """Where a page says the next one is."""
    told = answer.json["next"]
    return replace(request, query=(("cursor", told),)) if told else None


def in_turn(*shown: list[Any]) -> Callable[[Request], Response]:
    """Answers in turn, each with a way to the next page."""
    rest: Iterator[list[Any]] = iter(shown)
    return lambda _: page(next(rest), "on")


LONG = [1, 2, 3, 4]
LOST: dict[str, tuple[list[list[Any]], str | None]] = {
    "one-is-lost": ([[1, 2], [4, 5], LONG, *[[1, 2], [4, 5], LONG] * 2], "3"),
    "all-that-follows-is-lost": ([[1, 2], [5, 6], LONG, *[[1, 2], [5, 6], LONG] * 2], "3"),
    "an-empty-page": ([[1, 2], [], [1, 2, 3], *[[1, 2], [], [1, 2, 3]] * 2], "3"),
    "nothing-is-lost": ([[1, 2], [3, 4], LONG], None),
    "another-order-where-more-is-asked-for": ([[1, 2], [4, 5], [2, 1, 3, 4]], None),
    "in-another-order-behind-it": ([[1, 2], [4, 3], LONG], None),
    "it-was-added-meanwhile": ([[1, 2], [4, 5], LONG, [1, 2], [3, 4], LONG], None),
    "while-others-write": ([[1, 2], [4, 5], LONG, *[[0, 1], [2, 3]] * 3], None),
    "nobody-knows-one-from-another": ([[1, 1], [1, 1]], None),
}
"""What the first page shows, the next one, one as long as both, and all of them again; and what is told to be lost."""


@pytest.mark.parametrize("name", LOST)
def test_what_stands_between_two_pages_is_on_one_of_them(name: str) -> None:
    """It is told where it is on neither each time that both are read anew, and the first is as it was."""
    (first, after, *later), lost = LOST[name]
    reader = Reader(operation=LIST, document={}, send=in_turn(*later), follow=follow)

    found = lost_between(
        reader, replace(exchange(WHERE, page(first)), request=FIRST), exchange(WHERE, page(after, "on"))
    )

    assert (None if found is None else (found.aim, found.probe)) == (lost and (Aim.LOST_BETWEEN, lost))


def test_a_page_that_may_not_be_so_long_is_not_asked_for() -> None:
    """The contract's most is kept."""
    reader = Reader(operation=LIST, document={}, send=in_turn(), follow=follow)

    assert lost_between(reader, exchange(WHERE, page([*range(5)])), exchange(WHERE, page([*range(5, 10)]))) is None


THINGS = [{"id": n, "colour": colour} for n, colour in enumerate(["blue", "blue", "red", "blue", "red"])]


@pytest.mark.parametrize(
    ("forgets", "ignores", "told"),
    [(True, False, "colour=red"), (False, False, None), (True, True, None)],
    ids=["forgets", "keeps", "never-knew-it"],
)
def test_a_filter_holds_on_every_page(*, forgets: bool, ignores: bool, told: str | None) -> None:
    """A page that comes after a filtered one shows nothing that the filter leaves out; a filter that holds on no page is another matter."""

    def send(request: Request) -> Response:
        asked = dict(request.query)
        colour = None if ignores else asked.get("colour")
        found = [each for each in THINGS if colour in {None, each["colour"]}]
        at, size = int(asked.get("cursor", 0)), int(asked["limit"])
        return response(200, {"items": found[at : at + size], "next": str(at + size)})

    def onward(request: Request, answer: Response) -> Request:
        query = tuple(pair for pair in request.query if not (forgets and pair[0] == "colour"))
        return replace(request, query=(*query, ("cursor", answer.json["next"])))

    reader = Reader(operation=LIST, document={}, send=send, follow=onward)
    whole = replace(exchange(WHERE, response(200, {"items": THINGS})), request=FIRST)

    found = unfiltered_after(reader, whole)

    assert (None if found is None else (found.aim, found.probe)) == (told and (Aim.UNFILTERED, told))


def test_no_filter_is_tried_where_nothing_is_called_as_one() -> None:
    """A parameter that no element has a member for may mean anything."""
    reader = Reader(operation=LIST, document={}, send=in_turn(), follow=follow)

    assert unfiltered_after(reader, replace(exchange(WHERE, page([1, 2])), request=FIRST)) is None
