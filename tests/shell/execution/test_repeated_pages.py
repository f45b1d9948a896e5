"""Pages that show what the page before them shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind, Response
from pytest_apiversion.shell.execution.repeated_pages import repeated
from tests.checks.builders import exchange, response, scene

WHERE = scene()
PAGES: dict[str, tuple[list[Any], str | None]] = {
    "this-page-again": ([["a", "b"], ["a", "b"]] * 3, ""),
    "in-another-order": ([["a", "b"], ["b", "a"]] * 3, ""),
    "one-too-low": ([["a", "b"], ["b", "c"]] * 3, "b"),
    "numbers": ([[1, 2], [2, 3]] * 3, "2"),
    "one-too-low-while-others-write": (
        [["a", "b"], ["b", "c"], ["x", "a"], ["a", "b"], ["x", "a"], ["a", "b"], ["x", "a"]],
        "a",
    ),
    "while-others-always-write": ([[n, n + 1] for n in range(20) for _ in "ab"], None),
    "what-comes-after-it": ([["a", "b"], ["c", "d"]], None),
    "nothing-comes-after-it": ([["a", "b"], []], None),
    "one-was-added-between": ([["a", "b"], ["b", "c"], ["x", "a"], ["b", "c"]], None),
    "one-was-added-and-taken-away": ([["a", "b"], ["b", "c"], ["a", "b"], ["c", "d"]], None),
    "another-one-each-time": ([["a", "b"], ["b", "c"], ["a", "b"], ["a", "c"], ["a", "b"]], None),
    "nobody-knows-one-from-another": ([["a", "a"], ["a", "a"]], None),
    "no-identifiers": ([[None, None], [None, None]], None),
    "no-things": ([[{"b": 1}], [{"b": 1}]], None),
}
"""What the first page shows, the next one, and both in turn whenever they are read again; and what is on both, if they are told."""


def _page(shown: list[Any]) -> Response:
    return response(200, {"items": [each if isinstance(each, dict) else {"id": each, "n": 1} for each in shown]})


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_told_that_repeats_the_page_before_it(name: str) -> None:
    """A thing is on both pages each time they are read, while the first is as it was."""
    shown, common = PAGES[name]
    first, after, *later = map(_page, shown)
    rest: Iterator[Response] = iter(later)

    found = repeated(exchange(WHERE, first), exchange(WHERE, after), lambda _: next(rest))

    assert (None if found is None else (found.aim, found.probe)) == (
        common if common is None else (Aim.REPEATED_PAGE, common)
    )


@pytest.mark.parametrize("answer", [response(404), NoAnswer(kind=NoAnswerKind.CLOSED, detail="")])
def test_a_page_that_is_not_there_again_shows_nothing(answer: Response | NoAnswer) -> None:
    """A refusal, and no answer, are no pages."""
    page = exchange(WHERE, _page(["a"]))

    assert repeated(page, page, lambda _: answer) is None
