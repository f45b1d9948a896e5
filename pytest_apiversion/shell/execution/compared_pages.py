"""Compared pages: tells what is on neither of two pages though it stands between them, and what a filter leaves out that the second page shows.

Others may change a list while it is read, and a cursor may stand for the list as it was when it began. So each time the first page is read anew, its own
way to the next one is gone, and what is told is seen more than once while the first page is as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.core.http.statuses import succeeds
from pytest_apiversion.core.json.choices import choices, is_among
from pytest_apiversion.core.json.members import without_null
from pytest_apiversion.shell.data.listed_things import elements
from pytest_apiversion.shell.execution.repeated_pages import shown_by
from pytest_apiversion.shell.requests.listing import page_limit

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import NoAnswer, Request

_TIMES = 2
"""How often a thing is seen to be lost while the first page is as it was."""
_SEEN = 20
"""Elements among which a filter is looked for that some have."""
_MOST = 4
"""How often the pages are read again at most, where others change them meanwhile."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Reads pages of a list.

    Attributes:
        operation: The list.
        document: The contract's document.
        send: Sends what may be sent again.
        follow: Gives the request of the page after the one that a request got as an answer; None where it tells none.
    """

    operation: Operation
    document: Mapping[str, Any]
    send: Callable[[Request], Response | NoAnswer]
    follow: Callable[[Request, Response], Request | None]

    def page(self, request: Request | None) -> Response | None:
        """What a request gets, where that is a success."""
        answer = self.send(request) if request is not None else None
        return answer if isinstance(answer, Response) and succeeds(answer) else None


def lost_between(reader: Reader, first: Exchange, after: Exchange) -> Exchange | None:
    """The page after another one, where one that is as long as both shows a thing between them that neither shows; None where it does not.

    Args:
        reader: Reads pages.
        first: The page that says where the one after it is.
        after: What is there.
    """
    limit, page, later = (
        page_limit(reader.operation, reader.document),
        shown_by(first.response),
        shown_by(after.response),
    )
    count = len(page) + max(1, len(later))
    if limit is None or not page or after.response is None or not succeeds(after.response) or count > limit[1]:
        return None
    if not later and elements(after.response.json) != []:
        return None  # nobody knows one from another there
    whole = replace(first.request, query=_with(first.request.query, limit[0], str(count)))
    lost: set[str] | None = None
    times = 0
    for turn in range(_MOST):
        if turn:
            again = reader.page(first.request)
            answer = reader.page(reader.follow(first.request, again)) if again is not None else None
            if answer is None:
                return None
            if shown_by(again) != page:
                continue
            later = shown_by(answer)
        missing = _missing(page, later, shown_by(reader.page(whole)))
        lost = missing if lost is None else lost & missing
        times += 1
        if not lost or times > _TIMES:
            break
    return replace(after, aim=Aim.LOST_BETWEEN, probe=min(lost)) if lost and times > _TIMES else None


def _missing(page: list[str], later: list[str], whole: list[str]) -> set[str]:
    """What stands in a long page behind what the first short one shows, and before anything that the next one shows."""
    if whole[: len(page)] != page:
        return set()  # the list has another order when it is asked for more
    rest = whole[len(page) :]
    return set(rest[: next((place for place, each in enumerate(rest) if each in later), len(rest))])


def unfiltered_after(reader: Reader, first: Exchange) -> Exchange | None:
    """The page after one that was asked for with a filter, where it shows what the filter leaves out; None where it does not, or there is none.

    A filter is a parameter with a closed list of values that is called as a member of the elements. Only what the first page obeys is held.

    Args:
        reader: Reads pages.
        first: A page that says where the one after it is.
    """
    limit, filters = page_limit(reader.operation, reader.document), _filters(reader, first)
    if limit is None or not filters:
        return None
    own = {each.name for each in reader.operation.parameters if each.place == "query" and not each.required}
    plain = tuple(pair for pair in first.request.query if pair[0] not in own)
    whole = reader.page(replace(first.request, query=_with(plain, limit[0], str(min(limit[1], _SEEN)))))
    found = _filter(filters, elements(whole.json) or [] if whole is not None else [])
    if found is None:
        return None
    name, value = found
    query = _with(_with(plain, limit[0], str(_least(reader, limit[0]))), name, _written(value))
    request = replace(first.request, query=query)
    for turn in range(1, _TIMES + 1):
        page = reader.page(request)
        after = reader.follow(request, page) if page is not None else None
        answer = reader.page(after)
        if page is None or after is None or answer is None or not _all_have(page, name, value):
            return None
        if not _any_other(answer, name, value):
            return None
        if turn == _TIMES:
            return replace(
                first,
                request=after,
                answer=answer,
                base=None,
                before=(request,),
                aim=Aim.UNFILTERED,
                probe=f"{name}={_written(value)}",
            )
    return None


def _filters(reader: Reader, first: Exchange) -> dict[str, list[Any]]:
    """The parameters that have a closed list of values and the name of a member that every element has, with their values."""
    shown = (elements(first.response.json) if first.response is not None else None) or [None]
    named = set.intersection(*(set(each) if isinstance(each, dict) else set() for each in shown))
    listed = {
        each.name: _values(reader.document, each.schema)
        for each in reader.operation.parameters
        if each.place == "query"
    }
    return {name: values for name, values in listed.items() if values and name in named}


def _filter(filters: Mapping[str, list[Any]], things: list[Any]) -> tuple[str, Any] | None:
    """A filter and its value that several things have, and the first has not; the value whose things stand apart, if there is one."""
    found: list[tuple[bool, str, Any]] = []
    for name, listed in filters.items():
        values = [thing.get(name) if isinstance(thing, dict) else None for thing in things]
        for value in dict.fromkeys(value for value in values if isinstance(value, str | bool)):
            alike = [index for index, other in enumerate(values) if other == value]
            if is_among(value, listed) and len(alike) > 1 and alike[0] > 0:  # who ignores it shows the first of all
                found.append((values[1] == value or alike[1] == alike[0] + 1, name, value))
    return min(found, key=lambda each: each[0])[1:] if found else None


def _values(document: Mapping[str, Any], schema: Any) -> list[Any]:
    plain = without_null(document, schema)
    boolean = isinstance(plain, Mapping) and plain.get("type") == "boolean"
    return [True, False] if boolean else choices(document, schema) or []


def _least(reader: Reader, limit: str) -> int:
    schema = next((each.schema for each in reader.operation.parameters if each.name == limit), None)
    plain = without_null(reader.document, schema)
    least = plain.get("minimum", 1) if isinstance(plain, Mapping) else 1
    return max(1, int(least))


def _all_have(answer: Response, name: str, value: Any) -> bool:
    things = elements(answer.json)
    return bool(things) and all(isinstance(each, dict) and each.get(name) == value for each in things or ())


def _any_other(answer: Response, name: str, value: Any) -> bool:
    return any(
        isinstance(each, dict) and each.get(name, value) not in {value, None} for each in elements(answer.json) or ()
    )


def _written(value: Any) -> str:
    return value if isinstance(value, str) else str(value).lower()


def _with(query: tuple[tuple[str, str], ...], name: str, text: str) -> tuple[tuple[str, str], ...]:
    return (*(pair for pair in query if pair[0] != name), (name, text))
