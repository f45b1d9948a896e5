"""What documents say of versions."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.shell.discovery.documented_versions import (
    in_media_types,
    in_parameters,
    in_paths,
    ordered,
    scheme_of,
    version_of_media_type,
)
from pytest_apiversion.shell.discovery.policy_text import error_envelope
from pytest_apiversion.shell.discovery.refusals import malformed_like, unknown_like
from tests.shell.data.test_existing_data import answer
from tests.shell.servers.kit import document, operation, parameter

PATHS: dict[str, tuple[dict[str, Any], str, tuple[str, ...]]] = {
    "plain": (document({"/v1/a": {"get": {}}, "/v2/a": {"get": {}}}), "/{version}", ("v1", "v2")),
    "beside-a-neutral-one": (document({"/healthz": {"get": {}}, "/api/v3/a": {"get": {}}}), "/api/{version}", ("v3",)),
    "in-the-server": (
        {**document({"/a": {"get": {}}}), "servers": [{"url": "https://h.example/api/v7/"}]},
        "/api/{version}",
        ("v7",),
    ),
    "a-date": (document({"/2024-06/a": {"get": {}}}), "/{version}", ("2024-06",)),
    "the-most": (document({"/v1/a": {"get": {}, "post": {}}, "/x/v9": {"get": {}}}), "/{version}", ("v1",)),
}


@pytest.mark.parametrize("name", PATHS)
def test_versions_in_paths(name: str) -> None:
    """The place before which most operations have one."""
    given, template, versions = PATHS[name]
    found = in_paths([given])

    assert found is not None
    assert (found.name, found.versions) == (template, versions)


def test_what_names_a_thing_is_no_version() -> None:
    """A segment after a parameter is not looked at, and without any there is none."""
    assert in_paths([document({"/things/{id}/v1": {"get": {}}, "/plain": {"get": {}}})]) is None


EXAMPLES: dict[str, tuple[Any, dict[str, Any], tuple[str, ...], str]] = {
    # name: the parameter's schema, what else it has, the versions of a document of 2025-03-01, what is said of others
    "of-the-schema": ({"type": "string", "examples": ["2025-03-01", "2024-06-20"]}, {}, ("2025-03-01",), "2024-06-20"),
    "of-the-parameter": (None, {"examples": {"old": {"value": "2024-06-20"}}}, ("2024-06-20",), ""),
    "all-that-may-be-given-as-alternatives": (
        {"oneOf": [{"const": "2024-06-20"}, {"const": "2025-03-01"}]},
        {},
        ("2024-06-20", "2025-03-01"),
        "",
    ),
    "all-that-may-be-given": ({"enum": ["2024-06-20", "2025-03-01"]}, {}, ("2024-06-20", "2025-03-01"), ""),
    "the-newest-by-default": ({"default": "2025-03-01", "example": "2024-06-20"}, {}, ("2025-03-01",), "2024-06-20"),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_document_is_that_of_its_own_version(name: str) -> None:
    """Where the values of the parameter are examples, and one of them is what the document calls itself, no contract of the others is known."""
    schema, more, versions, others = EXAMPLES[name]
    things = {"get": operation({200: None}, parameters=[parameter("Shop-Version", "header", schema, **more)])}
    described = {**document({"/things": things}), "info": {"title": "Shop", "version": "2025-03-01"}}
    (found,) = in_parameters([described])

    assert found.versions == versions
    assert (f"names {others} too, without a document" in found.why) is bool(others)


def test_versions_in_parameters() -> None:
    """A header or query parameter of most operations that is called like a version, with what its schema names."""
    dated = parameter("X-API-Version", "header", {"type": "string", "enum": ["2024-01-01", "2025-01-01"]})
    other = parameter("version", "query", {"type": "string"})
    paths = {
        "/a": {"get": operation({200: None}, parameters=[dated])},
        "/b": {"get": operation({200: None}, parameters=[dated, other])},
        "/c": {"get": operation({200: None}, parameters=[dated])},
    }
    (found,) = in_parameters([document(paths)])

    assert (found.kind, found.name, found.versions) == ("header", "X-API-Version", ("2024-01-01", "2025-01-01"))


TYPES: dict[str, tuple[str, tuple[str, str, str] | None]] = {
    "parameter": ("application/json; version=1.0", ("parameter", "version", "1.0")),
    "quoted": ('application/json;charset=utf-8;v="2"', ("parameter", "v", "2")),
    "vendor": ("application/vnd.acme.v2+json", ("template", "application/vnd.acme.{version}+json", "v2")),
    "plain": ("application/json", None),
    "vendor-without": ("application/vnd.api+json", None),
    "vendor-numbers": ("application/vnd.acme.1.2", ("template", "application/vnd.acme.{version}", "1.2")),
    "vendor-dashed": ("application/vnd.acme-v1.2+json", ("template", "application/vnd.acme-{version}+json", "v1.2")),
    "vendor-number-in-name": (
        "application/vnd.acme2.1+json",
        ("template", "application/vnd.acme2.{version}+json", "1"),
    ),
    "vendor-ends-in-number": ("application/vnd.acme2+json", None),
    "vendor-is-a-number": ("application/vnd.2+json", None),
    "vendor-ends-in-dot": ("application/vnd.acme.2.+json", None),
    "vendor-odd-suffix": ("application/vnd.acme.v2+json+", None),
}


@pytest.mark.parametrize("name", TYPES)
def test_versions_in_media_types(name: str) -> None:
    """A parameter, or the last part of a vendor's type."""
    text, expected = TYPES[name]
    answer = {"200": {"description": "", "content": {text: {}}}}
    found = in_media_types([document({"/a": {"get": {"responses": answer}}})])

    assert version_of_media_type(text) == expected
    assert (found.versions if found else None) == ((expected[2],) if expected else None)


@pytest.mark.parametrize(
    ("versions", "scheme"),
    [
        (["v1", "v12"], "vN"),
        (["1", "2"], "integer"),
        (["2024-01-01", "2024-02-01-preview"], "date"),
        (["2024-06"], "month"),
        (["1.0", "2.1"], "major.minor"),
        (["1.0.0"], "semver"),
        (["v1", "v1beta1"], "kubernetes"),
        (["blue", "v1"], "opaque"),
    ],
)
def test_the_scheme_is_the_first_that_all_fit(versions: list[str], scheme: str) -> None:
    """By their texts alone."""
    assert scheme_of(versions) == scheme


def test_versions_are_in_their_order() -> None:
    """Numbers count as numbers."""
    assert ordered(["v10", "v2", "v1"]) == ["v1", "v2", "v10"]


@pytest.mark.parametrize(
    ("versions", "other"), [(["v2"], "v72"), (["2025-01-31"], "2085-01-31"), (["1.4"], "71.4"), (["x"], "x0")]
)
def test_a_version_that_nobody_has(versions: list[str], other: str) -> None:
    """Like the newest, and far from it."""
    assert unknown_like(versions) == other
    assert not {other, *versions} & set(malformed_like(versions))


def test_an_envelope_is_what_all_errors_have() -> None:
    """The members of every body with their one type; the problem's media type; nothing where they differ."""
    assert error_envelope([answer({"error": {}, "id": 1}, 404), answer({"error": {"a": 1}}, 422)]) == {
        "error": "object"
    }
    assert error_envelope([answer({}, 404, "application/problem+json")]) == "application/problem+json"
    assert error_envelope([answer({"a": 1}, 404), answer("<html>", 404, "text/html")]) is None
    assert error_envelope([answer({"a": 1}, 404), answer({"a": "x"}, 404)]) is None
    assert error_envelope([]) is None
