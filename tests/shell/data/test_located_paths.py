"""A path leads to one template, whatever stands before it."""

from __future__ import annotations

import pytest

from pytest_apiversion.shell.data.located_paths import Templates

METHODS = {
    "/files": ("POST",),
    "/v1/files": ("GET",),
    "/v1/files/{file}": ("GET",),
    "/files/{file}": ("GET", "DELETE"),
}
"""An API whose paths repeat the version, of which two operations stand under a server without it."""

LED = {
    # name: the method, the path, the template
    "the-longest": (None, "/v1/files", "/v1/files"),
    "the-longest-that-has-the-method": ("POST", "/v1/files", "/files"),
    "the-longest-where-both-have-it": ("GET", "/v1/files/7", "/v1/files/{file}"),
    "a-thing": ("DELETE", "/v1/files/7", "/files/{file}"),
    "none-has-the-method": ("PUT", "/v1/files", "/v1/files"),
    "behind-a-version": ("GET", "/v1/v1/files", "/v1/files"),
}


@pytest.mark.parametrize("name", LED)
def test_a_template_that_has_the_method_comes_first(name: str) -> None:
    """Where a path ends with two templates, the one that a request of its method can mean: the other one's things are not touched by it."""
    method, path, template = LED[name]
    found = Templates(METHODS).located(path, method)

    assert found is not None
    assert found.template == template
    assert path.endswith(found.path)


def test_a_path_that_leads_nowhere() -> None:
    """No template is its end."""
    assert Templates(METHODS).located("/v1/folders") is None
