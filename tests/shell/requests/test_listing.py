"""Lists are read without filters, with long pages, and page after page by the contract's own means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request as Asked
from werkzeug.wrappers import Response as Given

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.contracts.contract import Operation
from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.shell.openapi.contracts import read_contract
from pytest_apiversion.shell.requests.listing import PAGES, next_query, pages, tells_next, unfiltered
from tests.apps.kit import serving
from tests.shell.running import run_file
from tests.shell.servers.kit import (
    ENVELOPE,
    PATHS,
    Api,
    by_path,
    document,
    error,
    folder,
    operation,
    parameter,
    record,
    reply,
)


def listing(*names: str, **schemas: Any) -> Operation:
    """A list with query parameters: optional ones by their names, and some with a schema."""
    known = [{**parameter(name, "query", schema={"type": "string"}), "required": False} for name in names]
    known += [{**parameter(name, "query", schema=schema), "required": False} for name, schema in schemas.items()]
    made = document({"/things": {"get": operation({200: None}, parameters=known)}})
    contract = read_contract(made, source="c", version="v1", digest="", locate=lambda path: path)
    return contract.operations["GET /things"]


def answer(body: Any, **headers: str) -> Response:
    """A page."""
    known = (("Content-Type", "application/json"), *headers.items())
    return Response(status=200, headers=known, body=json.dumps(body).encode())


ITEMS = [{"id": "a"}, {"id": "b"}]
NEXT: dict[str, tuple[Operation, Any, dict[str, str], dict[str, str] | None]] = {
    # name: list, page, its headers, the query of the next page
    "link-header": (listing(), ITEMS, {"Link": '</v1/things?page=2>; rel="next"'}, {"page": "2"}),
    "link-in-the-body": (listing(), {"items": ITEMS, "next": "https://x.example/things?c=7"}, {}, {"c": "7"}),
    "hypertext": (listing(), {"_links": {"next": {"href": "/things?c=8"}}, "items": ITEMS}, {}, {"c": "8"}),
    "cursor": (listing("cursor"), {"items": ITEMS, "meta": {"next_cursor": "x1"}}, {}, {"cursor": "x1"}),
    "token": (listing("page_token"), {"things": ITEMS, "nextPageToken": "t"}, {}, {"page_token": "t"}),
    "after": (listing("starting_after"), {"data": ITEMS, "has_more": True}, {}, {"starting_after": "b"}),
    "page": (listing("page"), ITEMS, {}, {"page": "2"}),
    "offset": (listing("offset"), {"items": ITEMS}, {}, {"offset": "2"}),
    "the-last": (listing("page", "cursor"), {"items": [], "next_cursor": None}, {}, None),
    "no-more": (listing("starting_after"), {"data": ITEMS, "has_more": False}, {}, None),
    "no-means": (listing("colour"), {"items": ITEMS, "next_cursor": "x"}, {}, None),
}


@pytest.mark.parametrize(("operation", "body", "headers", "expected"), NEXT.values(), ids=NEXT)
def test_the_next_page_is_found_as_the_contract_has_it(
    operation: Operation, body: Any, headers: dict[str, str], expected: dict[str, str] | None
) -> None:
    """A link, a cursor, the last identifier, a number or an offset leads on; where there is nothing more, nothing does."""
    found = next_query(operation, (), answer(body, **headers))

    assert (None if found is None else dict(found)) == expected


@pytest.mark.parametrize("name", NEXT)
def test_a_page_that_says_where_the_next_one_is_is_told_from_one_that_is_counted_from(name: str) -> None:
    """A link and a cursor that the contract takes say it; a number, an offset and the last identifier are counted on."""
    operation, body, headers, _ = NEXT[name]

    said = name in {"link-header", "link-in-the-body", "hypertext", "cursor", "token"}
    assert tells_next(operation, answer(body, **headers)) is said


@pytest.mark.parametrize("name", ["page", "offset"])
def test_a_page_of_thousands_of_digits_is_followed_by_none(name: str) -> None:
    """What a service writes into its links may be no number that Python reads: it is counted on from the beginning."""
    found = next_query(listing(name), ((name, "9" * 5000),), answer(ITEMS))

    assert found == ((name, "2"),)


def test_the_number_of_pages_is_bounded() -> None:
    """A list without an end is followed for a few pages; one that shows the same again, no further."""
    asked: list[Any] = []

    def read(query: Any) -> Response:
        asked.append(query)
        return answer([{"id": len(asked)}])

    case = DrawnCase(aim=Aim.UNKNOWN_DATA, origin="minimal")
    assert len(list(pages(listing("page"), case, answer([{"id": 0}]), read))) == PAGES == len(asked)
    assert list(pages(listing("page"), case, answer(ITEMS), lambda _: answer(ITEMS))) == []


def test_a_list_is_asked_for_with_nothing_but_what_it_needs() -> None:
    """Filters are left out; the page is as long as the contract allows."""
    drawn = DrawnCase(aim=Aim.UNKNOWN_DATA, origin="drawn", query=(("colour", "red"), ("limit", "1")))

    assert unfiltered(listing("colour", limit={"type": "integer", "maximum": 250}), {}, drawn).query == (
        ("limit", "250"),
    )
    assert unfiltered(listing("colour"), {}, drawn).query == ()


SCHEMAS = {
    "Page": {"type": "integer", "maximum": 30},
    "Size": {"type": "string", "enum": ["small", "large"]},
    "Itself": {"anyOf": [{"$ref": "#/components/schemas/Itself"}]},
}


@pytest.mark.parametrize(
    ("schema", "query"),
    [
        ({"anyOf": [{"type": "integer", "maximum": 50}, {"type": "null"}]}, (("size", "50"),)),
        ({"$ref": "#/components/schemas/Page"}, (("size", "30"),)),
        ({"allOf": [{"$ref": "#/components/schemas/Page"}], "maximum": 20}, (("size", "20"),)),
        ({"allOf": [{"$ref": "#/components/schemas/Page"}]}, (("size", "30"),)),
        ({"$ref": "#/components/schemas/Size"}, ()),
        ({"$ref": "#/components/schemas/Nowhere"}, ()),
        ({"$ref": "#/components/schemas/Itself"}, ()),
        ({"type": "string", "enum": ["small", "large"]}, ()),
        ({"oneOf": [{"nullable": True, "oneOf": [{"$ref": "#/components/schemas/Size"}]}]}, ()),
    ],
)
def test_a_size_that_is_no_number_is_no_limit(schema: dict[str, object], query: tuple[tuple[str, str], ...]) -> None:
    """A `size` that is small or large is a filter, wherever its schema stands."""
    document = {"components": {"schemas": SCHEMAS}}
    assert unfiltered(listing(size=schema), document, None).query == query


def test_what_stands_on_a_later_page_is_found(tmp_path: Path) -> None:
    """The first page shows things that cannot be read, the filter hides all, and the operation is reached all the same."""
    api = Api(select=by_path("v1", "v2"))
    rows = [{"id": f"old-{number}"} for number in range(2)] + [{"id": f"new-{number}"} for number in range(2)]

    @api.on("GET", "/books")
    def books(request: Asked, _version: str) -> Given:
        start = int(request.args.get("cursor", "0"))
        if request.args.get("shelf") is not None:
            return reply({"books": [], "next_cursor": None})
        more = str(start + 2) if start + 2 < len(rows) else None
        return reply({"books": rows[start : start + 2], "next_cursor": more})

    @api.on("GET", "/books/{book}")
    def book(_request: Asked, _version: str, book: str) -> Given:
        if not book.startswith("new-"):
            raise error(404, "moved")
        return reply({"id": book})

    shown = record(id={"type": "string"})
    shelf = {**parameter("shelf", "query", schema={"type": "string"}), "required": False, "example": "top"}
    cursor = {**parameter("cursor", "query", schema={"type": "string", "pattern": "^[02]$"}), "required": False}
    contract = document(
        {
            "/books": {"get": operation({200: {"type": "object"}}, parameters=[shelf, cursor])},
            "/books/{book}": {
                "get": operation({200: shown}, parameters=[parameter("book", schema={"type": "string"})])
            },
        }
    )
    with serving(api) as url:
        policy = folder(tmp_path, PATHS + ENVELOPE, {"v1": contract, "v2": contract})
        result = run_file(policy, {"ODD_URL": url}, max_examples=3)

    assert [each for each in result.said if "GET /books/{book}" in each] == []
    assert result.barren == []
