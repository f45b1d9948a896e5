"""Paths and the templates they belong to."""

from __future__ import annotations

import pytest

from pytest_apiversion.core.contracts.path_values import path_parameters, path_values


@pytest.mark.parametrize(
    ("template", "path", "values"),
    [
        ("/a/{id}", "/a/1", ["1"]),
        ("/a/{id}", "/a/", None),
        ("/a/{id}", "/a/1/2", None),
        ("/a/{id}/b", "/a/1/b", ["1"]),
        ("/a/{id}:undo", "/a/1:undo", ["1"]),
        ("/a/{id}:undo", "/a/1", None),
        ("/{a}.{b}", "/x.y.z", ["x", "y.z"]),
        ("/{a}-{b}/c", "/x-y/z-1/c", None),
        ("/{a}{b}", "/xyz", ["x", "yz"]),
        ("/{a}{b}", "/x", None),
        ("/{a}-{a}", "/--", None),
        ("/{a}-{b}", "/----", ["-", "--"]),
        ("/a", "/a", []),
        ("/a", "/b", None),
    ],
)
def test_what_stands_for_parameters(template: str, path: str, values: list[str] | None) -> None:
    """Each parameter takes something, as little as it can, and no slash."""
    assert path_values(template, path) == values
    assert values is None or len(path_parameters(template)) == len(values)
