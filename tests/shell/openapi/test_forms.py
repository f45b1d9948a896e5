"""Values as forms, each member as the media type's `encoding` says."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote_plus

import pytest

from pytest_apiversion.shell.openapi.forms import form_bytes

_DEEP = {"style": "deepObject", "explode": True}
_THING = {"x": "a b", "in": {"y": True}, "l": ["1", "2"]}

ROWS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "texts, numbers, booleans": ({"a": "é&", "b": 1.5, "c": True}, {}, "a=é&&b=1.5&c=true"),
    "list": ({"l": ["1", "2 3"]}, {}, "l=1&l=2 3"),
    "list in one": ({"l": ["1", "2"]}, {"l": {"style": "form", "explode": False}}, "l=1,2"),
    "list with spaces": ({"l": ["1", "2"]}, {"l": {"style": "spaceDelimited"}}, "l=1 2"),
    "object": ({"o": _THING}, {}, "x=a b&in[y]=true&l=1&l=2"),
    "object in one": ({"o": {"x": 1, "y": "b"}}, {"o": {"style": "form", "explode": False}}, "o=x,1,y,b"),
    "deep object": ({"o": _THING}, {"o": _DEEP}, "o[x]=a b&o[in][y]=true&o[l]=1&o[l]=2"),
    "deep list of objects": ({"o": [{"x": 1}, {"x": 2}]}, {"o": _DEEP}, "o[0][x]=1&o[1][x]=2"),
    "a text where an object may be": ({"o": "none"}, {"o": _DEEP}, "o=none"),
    "JSON": ({"o": {"x": 1}}, {"o": {"contentType": "application/json"}}, 'o={"x": 1}'),
    "null": ({"a": None, "b": 1, "o": {"x": None}}, {"o": _DEEP}, "b=1"),
    "nothing": ({}, {}, ""),
}


@pytest.mark.parametrize(("value", "encoding", "written"), ROWS.values(), ids=ROWS)
def test_forms(value: dict[str, Any], encoding: dict[str, Any], written: str) -> None:
    """Members are written in their style, nested ones in brackets; what a form cannot say is left out."""
    assert unquote_plus(form_bytes(value, encoding).decode("ascii")) == written
