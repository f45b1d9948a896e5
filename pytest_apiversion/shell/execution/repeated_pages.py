"""Repeated pages: tells whether the page that a list leads to shows again what the page before it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.core.http.statuses import succeeds
from pytest_apiversion.shell.data.identifiers import UNIQUE
from pytest_apiversion.shell.data.listed_things import elements

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.http.messages import NoAnswer, Request

_TIMES = 2
"""How often both pages are seen to show a thing while the first one is as it was: then it was not added, or taken away, between."""
_MOST = 8
"""How often the first page is read again at most, where others change it meanwhile."""


def repeated(first: Exchange, after: Exchange, send: Callable[[Request], Response | NoAnswer]) -> Exchange | None:
    """The page after another one, where both show a thing however often they are read; None where they do not.

    A list may grow at its beginning while it is read, and shift what it shows: only what the next page shows while the first is as it was counts.

    Args:
        first: The page that says where the one after it is.
        after: What is there.
        send: Sends what may be sent again.
    """
    page, later, common, times = shown_by(first.response), shown_by(after.response), set[str](), 0
    for _ in range(_MOST):
        both = set(page) & set(later)
        if not both:
            return None
        again = _of(send(first.request))
        if again == page:
            common, times = (common & both if times else both), times + 1
            if times == _TIMES or not common:
                break
        page, later = again, _of(send(after.request))
    if times < _TIMES or not common:
        return None
    return replace(after, aim=Aim.REPEATED_PAGE, probe="" if common == set(page) else min(common))


def _of(answer: Response | NoAnswer) -> list[str]:
    return shown_by(answer if isinstance(answer, Response) else None)


def shown_by(answer: Response | None) -> list[str]:
    """The identifiers of what a page lists; none where not every element has one of its own.

    Args:
        answer: The page.
    """
    listed = elements(answer.json) if answer is not None and succeeds(answer) else None
    found = [_identifier(each) for each in listed or ()]
    whole = [each for each in found if each is not None]
    return whole if len(set(whole)) == len(found) else []


def _identifier(element: object) -> str | None:
    known = element if isinstance(element, dict) else {}
    said = next((known[name] for name in UNIQUE if name in known), None)
    return str(said) if isinstance(said, str | int) and not isinstance(said, bool) else None
