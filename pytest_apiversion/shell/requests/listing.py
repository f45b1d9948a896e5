"""Reads lists to find what is in them: without filters, with the largest page the contract allows, and page after page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.contracts.cursors import AFTER, CURSORS
from pytest_apiversion.core.http.link_header import parse_links, parts
from pytest_apiversion.core.json.members import followed
from pytest_apiversion.shell.data.listed_things import elements

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Pairs, Response

LIMITS = ("limit", "page_size", "pageSize", "per_page", "perPage", "size", "max_results", "maxResults", "top", "$top")
"""Query parameters that say how long a page may be."""
LONGEST = 1_000
"""Elements of a page that are asked for, at most."""
USUAL = 100
"""Elements that are asked for where the contract names no most."""
Read = Callable[["Pairs"], "Response | None"]
"""Gives the page of a query, or None."""
PAGES = 3
"""Pages of one list that are read after the first."""

_NUMBERS = ("page", "page_number", "pageNumber")
_OFFSETS = ("offset", "skip", "start", "$skip")
_NEXT_CURSORS = (
    *("next_cursor", "nextCursor", "next_page_token", "nextPageToken", "next_token", "nextToken"),
    *("end_cursor", "endCursor", "continuation_token", "continuationToken", "next_marker", "cursor", "next"),
)
_NEXT_LINKS = ("next", "next_url", "nextUrl", "next_link", "nextLink", "@odata.nextLink", "next_page_url", "href")
_DIGITS = 18
"""Digits of a number that somebody counts on from; Python reads no number of some thousand digits."""
_DEEPEST = 3
"""Levels that are looked into, of a body and of a schema."""
Document = Mapping[str, Any]


def page_limit(operation: Operation, document: Document) -> tuple[str, int] | None:
    """The parameter that says how long a page may be, and the most it takes; None where there is none.

    Args:
        operation: The list.
        document: The contract's document, which its references lead into.
    """
    for parameter in operation.parameters:
        if parameter.place == "query" and parameter.name in LIMITS and isinstance(parameter.schema, Mapping):
            nodes = list(_nodes(document, parameter.schema))
            if _counts(document, parameter.schema):
                told = [most for node in nodes if isinstance(most := node.get("maximum"), int | float)]
                return parameter.name, min(int(min(told, default=USUAL)), LONGEST)
    return None


def _nodes(document: Document, schema: Any, depth: int = _DEEPEST) -> Iterator[Mapping[str, Any]]:
    """A schema, what it refers to, and what it is made of."""
    if not isinstance(schema, Mapping) or depth == 0:
        return
    yield schema
    if "$ref" in schema:
        yield from _nodes(document, followed(document, schema), depth - 1)
    for part in _alternatives(schema):
        yield from _nodes(document, part, depth - 1)


def _counts(document: Document, schema: Any, depth: int = _DEEPEST) -> bool:
    """Whether a schema may take a number, as far as it says itself: a `size` that is small or large is no limit."""
    schema = followed(document, schema)
    if not isinstance(schema, Mapping) or depth == 0:
        return False
    if "type" in schema:
        return bool(
            {"integer", "number"} & set(schema["type"] if isinstance(schema["type"], list) else [schema["type"]])
        )
    made_of = _alternatives(schema)
    if made_of:
        return any(_counts(document, part, depth - 1) for part in made_of)
    return not schema.keys() & {"enum", "const", "$ref"}


def _alternatives(schema: Mapping[str, Any]) -> list[Any]:
    return [part for key in ("anyOf", "oneOf", "allOf") for part in schema.get(key, ())]


def unfiltered(operation: Operation, document: Document, first: DrawnCase | None) -> DrawnCase:
    """The request of a list that shows most: with what is required and no filter, and as long a page as there is.

    Args:
        operation: The list.
        document: The contract's document.
        first: A case that it accepts, for what it requires.
    """
    required = {each.name for each in operation.parameters if each.required and each.place == "query"}
    query = [pair for pair in (first.query if first else ()) if pair[0] in required]
    limit = page_limit(operation, document)
    if limit is not None:
        query = [*(pair for pair in query if pair[0] != limit[0]), (limit[0], str(limit[1]))]
    needed = {each.name.lower() for each in operation.parameters if each.required and each.place == "header"}
    headers = tuple(pair for pair in (first.headers if first else ()) if pair[0].lower() in needed)
    return DrawnCase(aim=Aim.UNKNOWN_DATA, origin="minimal", query=tuple(query), headers=headers)


def is_empty(answer: Response) -> bool:
    """Whether an answer lists nothing."""
    return elements(answer.json) == []


def next_query(operation: Operation, query: Pairs, answer: Response) -> Pairs | None:
    """The query of the page after an answer's, by the contract's own means; None where there is none.

    Args:
        operation: The list.
        query: The query of the page that was read.
        answer: That page.
    """
    linked = _linked(answer)
    if linked is not None:
        return linked
    here = {each.name for each in operation.parameters if each.place == "query"}
    made = next((text for text in _ways(dict(query), answer) if text[0] in here), None)
    return _with(query, *made) if made is not None else None


def tells_next(operation: Operation, answer: Response) -> bool:
    """Whether an answer itself says where the page after it is: by a link, or by a cursor that the contract takes."""
    takes = {each.name for each in operation.parameters if each.place == "query"} & {*CURSORS, *AFTER}
    return _linked(answer) is not None or bool(takes and _told(answer.json, _NEXT_CURSORS, _DEEPEST))


def _ways(known: Mapping[str, str], answer: Response) -> Iterator[tuple[str, str]]:
    """Parameters that lead to the next page, each with its value, surest first."""
    told = _told(answer.json, _NEXT_CURSORS, _DEEPEST)
    if told is not None:
        yield from ((name, told) for name in (*CURSORS, *AFTER))
    shown = elements(answer.json)
    if not shown:
        return
    last = shown[-1].get("id") if isinstance(shown[-1], dict) else None
    if last is not None and _more(answer.json):
        yield from ((name, str(last)) for name in AFTER)
    yield from ((name, str(_whole(known.get(name), 1) + 1)) for name in _NUMBERS)
    yield from ((name, str(_whole(known.get(name), 0) + len(shown))) for name in _OFFSETS)


def next_link(answer: Response) -> str | None:
    """The link to the next page, in a header or in the body; one that has no query says nothing."""
    targets = [link.target for link in parse_links(answer.header("link") or "") if "next" in link.rels]
    if (told := _told(answer.json, _NEXT_LINKS, _DEEPEST, within="next")) is not None and ("?" in told):
        targets.append(told)
    for target in targets:
        url = parts(target)
        if url and parse_qsl(url.query, keep_blank_values=True):
            return target
    return None


def _linked(answer: Response) -> Pairs | None:
    """The query of the link to the next page."""
    target = next_link(answer)
    url = parts(target) if target is not None else None
    return tuple(parse_qsl(url.query, keep_blank_values=True)) if url else None


def _told(value: Any, names: Sequence[str], depth: int, within: str | None = None) -> str | None:
    """The first text under one of some names, outside lists; of `href` only below a member of a certain name."""
    if not isinstance(value, dict) or not depth:
        return None
    for name in names:
        found = value.get(name)
        if name != "href" and isinstance(found, str) and found:
            return found
        if name == within and isinstance(found, dict) and isinstance(found.get("href"), str):
            return str(found["href"])
    return next((each for part in value.values() if (each := _told(part, names, depth - 1, within))), None)


def _more(value: Any) -> bool:
    return isinstance(value, dict) and any(
        value.get(name) is True for name in ("has_more", "hasMore", "has_next", "hasNext")
    )


def _with(query: Pairs, name: str, text: str) -> Pairs | None:
    """The query with another value; None where it is the same as before."""
    made = (*(pair for pair in query if pair[0] != name), (name, text))
    return None if made == query else made


def _whole(text: str | None, instead: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) <= _DIGITS else instead


def pages(operation: Operation, case: DrawnCase, first: Response, read: Read) -> Iterator[Response]:
    """The pages after a first one, as many as are followed.

    Args:
        operation: The list.
        case: What the first was asked with.
        first: The first page.
        read: Gives the page of another query.
    """
    query, answer = case.query, first
    for _ in range(PAGES):
        following = next_query(operation, query, answer)
        found = read(following) if following is not None else None
        if following is None or found is None or found.json == answer.json:
            return
        yield found
        query, answer = following, found
