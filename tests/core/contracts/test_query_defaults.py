"""A list is the same to who leaves a parameter out, and to who writes its default."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_apiversion.core.contracts.contract import Operation, Parameter
from pytest_apiversion.core.contracts.query_defaults import left_out, list_differences, written
from pytest_apiversion.core.http.messages import Response

THREE = [{"id": 1, "name": "b"}, {"id": 2, "name": "a"}, {"id": 3, "name": "c"}]


def answer(body: Any, status: int = 200) -> Response:
    """A JSON answer."""
    headers = (("Content-Type", "application/json"),)
    return Response(status=status, headers=headers, body=json.dumps(body).encode())


@pytest.mark.parametrize(
    ("plain", "told", "differences"),
    [
        pytest.param(THREE, THREE, {}, id="equal"),
        pytest.param(THREE[:2], THREE, {"elements": ("2 elements", "3 elements")}, id="a shorter page"),
        pytest.param({"data": THREE}, {"data": THREE[:1]}, {"elements": ("3 elements", "1 elements")}, id="wrapped"),
        pytest.param(THREE[::-1], THREE, {"order": ("element 1 is 3", "element 1 is 1")}, id="another order"),
        pytest.param(
            [{"id": 1, "owner": 2}],
            [{"id": 1}],
            {"members": ("with owner", "without owner")},
            id="more of each element",
        ),
        pytest.param(
            [{"id": 1}], [{"id": 1, "owner": 2}], {"members": ("without owner", "with owner")}, id="less of each"
        ),
        pytest.param(["b", "a"], ["a", "b"], {"order": ("element 1 is b", "element 1 is a")}, id="texts"),
        pytest.param([{"id": 1, "seen": 1}], [{"id": 1, "seen": 2}], {}, id="a value that changes"),
        pytest.param([{"seen": 1}], [{"seen": 2}], {}, id="nothing tells elements apart"),
        pytest.param(
            {"limit": 50, "items": THREE},
            {"limit": 20, "items": THREE},
            {"/limit": ("limit = 50", "limit = 20")},
            id="the page's own size",
        ),
        pytest.param(
            {"page": {"size": 50}, "items": THREE},
            {"page": {"size": 20}, "items": THREE},
            {"/page/size": ("size = 50", "size = 20")},
            id="a size called otherwise",
        ),
        pytest.param(
            {"sort": "id", "items": THREE},
            {"sort": "name", "items": THREE},
            {"/sort": ('sort = "id"', 'sort = "name"')},
            id="the order's name",
        ),
        pytest.param({"took": 3, "items": THREE}, {"took": 4, "items": THREE}, {}, id="how long it took"),
        pytest.param({"shard": 0, "items": THREE}, {"shard": 1, "items": THREE}, {}, id="a small number by chance"),
        pytest.param(
            {"next": "/t?limit=50", "items": THREE},
            {"next": "/t?limit=20", "items": THREE},
            {},
            id="a link that repeats the query",
        ),
        pytest.param({"items": THREE}, {"limit": 20, "items": THREE}, {}, id="what is only said of what is asked"),
        pytest.param({"a": 1}, {"a": 2}, {}, id="no list"),
    ],
)
def test_what_tells_a_default_apart(plain: Any, told: Any, differences: dict[str, tuple[str, str]]) -> None:
    """Elements, their order, their members, and what the answer says of its page; nothing that changes by itself."""
    defaults = {"limit": 20, "sort": "name", "page": 1}

    found = list_differences(answer(plain), answer(told), defaults)

    assert {place: (each.mine, each.other) for place, each in found.items()} == differences


def test_an_error_is_no_list() -> None:
    """Another check says that a default is refused."""
    assert list_differences(answer(THREE), answer(["no"], 400), {"limit": 20}) == {}


def parameter(name: str, default: Any, place: str = "query") -> Parameter:
    """A parameter with a default."""
    return Parameter(name=name, place=place, required=False, default=default)


def test_what_is_left_out() -> None:
    """What can be written and means something, but what was said."""
    operation = Operation(
        method="GET",
        path="/things",
        parameters=(
            parameter("limit", 20),
            parameter("all", default=False),
            parameter("sort", "name"),
            parameter("said", 3),
            parameter("search", ""),
            parameter("tags", []),
            parameter("none", None),
            parameter("X-Depth", 3, "header"),
        ),
    )

    found = left_out(operation, (("said", "9"),))

    assert written(found) == (("limit", "20"), ("all", "false"), ("sort", "name"))
