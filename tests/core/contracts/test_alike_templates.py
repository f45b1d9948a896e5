"""Operations that versions have under templates which differ by names of path parameters."""

from __future__ import annotations

import pytest

from pytest_apiversion.core.contracts.alike_templates import alike_templates
from tests.checks.builders import contract, operation

ROWS = {
    "id-and-thing-id": ("GET /things/{id}", "GET /things/{thingId}", True),
    "cases-of-snakes": ("GET /things/{thing_id}/parts/{id}", "GET /things/{thingId}/parts/{partId}", True),
    "thing-and-its-id": ("GET /things/{thing}", "GET /things/{thingId}", True),
    "capitals": ("GET /things/{thingID}", "GET /things/{id}", True),
    "told-by-something-else": ("GET /things/{id}", "GET /things/{slug}", False),
    "the-second-is-something-else": ("GET /things/{id}/parts/{id}", "GET /things/{thingId}/parts/{slug}", False),
    "another-method": ("GET /things/{id}", "PUT /things/{thingId}", False),
    "another-path": ("GET /things/{id}", "GET /gizmos/{thingId}", False),
}


@pytest.mark.parametrize(("one", "other", "alike"), ROWS.values(), ids=ROWS)
def test_templates_are_alike_where_only_the_names_of_what_tells_a_thing_differ(
    one: str, other: str, *, alike: bool
) -> None:
    """The same path with the same kind of parameter is one operation, in both directions."""
    found = alike_templates({"v1": contract("v1", operation(one)), "v2": contract("v2", operation(other))})

    assert found == ({("v1", one): {"v2": other}, ("v2", other): {"v1": one}} if alike else {})


def test_the_very_name_goes_before_a_like_one() -> None:
    """A version that has the operation by its own name, or two that it could be, has no other for it."""
    two = contract("v2", operation("GET /things/{id}"), operation("GET /things/{thingId}"))
    three = contract("v3", operation("GET /things/{theId}"), operation("GET /things/{thingId}"))

    found = alike_templates({"v1": contract("v1", operation("GET /things/{id}")), "v2": two, "v3": three})

    assert ("v1", "GET /things/{id}") not in found
    assert ("v2", "GET /things/{id}") not in found
