"""Versions that a service takes for any: nothing outside the bounds is sent as unknown, and something inside is."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.core.policy.version_texts import bounded, neighbour_texts, undeclared_texts, unknown_texts
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from tests.checks.builders import QUERY, policy, versions


def bounds(scheme: str, first: str, last: str, *declared: str, **more: Any) -> Policy:
    """A policy with bounds."""
    lives = versions(**{name: Lifecycle() for name in declared})
    return policy(QUERY, scheme=scheme, versions=lives, bounds=(first, last), **more)


@pytest.mark.parametrize(
    ("rules", "texts"),
    [
        pytest.param(bounds("vN", "v1", "v99", "v1", "v2"), ("v99", "v3"), id="numbers"),
        pytest.param(bounds("vN", "v1", "v99999", "v1", "v2"), ("v9973", "v7919", "v99999"), id="room-for-all"),
        pytest.param(bounds("vN", "v1", "v2", "v1", "v2"), (), id="no-room"),
        pytest.param(bounds("semver", "1.0.0", "9.99.99", "1.0.0", "2.1.0"), ("9.99.99", "2.1.1", "2.2.0"), id="parts"),
        pytest.param(
            bounds("date", "2020-01-01", "2030-12-31", "2024-01-01", "2026-01-01"),
            ("2030-12-31", "2020-01-01", "2026-01-02"),
            id="dates",
        ),
        pytest.param(
            bounds("date", "2020-01-01", "2030-12-31", "2024-01-01", "2026-01-01", waterfall=True),
            ("2020-01-01", "2023-12-31"),
            id="dates-that-are-rounded-down",
        ),
    ],
)
def test_what_is_sent_as_unknown(rules: Policy, texts: tuple[str, ...]) -> None:
    """What is far away, as long as there is room; else the bounds themselves, and what is near."""
    assert unknown_texts(rules, "query") == texts


def test_neighbours_lie_within() -> None:
    """A neighbour outside is sent as nothing."""
    assert neighbour_texts(bounds("vN", "v1", "v2", "v1", "v2"), "query") == ()
    assert neighbour_texts(bounds("vN", "v1", "v3", "v1", "v2"), "query") == ("v3",)
    assert undeclared_texts(bounds("vN", "v1", "v15", "v1"), "query", ("v14", "v15", "v16")) == ("v14", "v15")


def test_no_number_is_above_the_one_at_its_place() -> None:
    """`1.100.0` comes before `9.99.99`, and has a number that a service of two digits cannot read."""
    rules = bounds("semver", "1.0.0", "9.99.99", "1.0.0")

    assert [bounded(rules, name) for name in ("1.99.0", "1.100.0", "0.9.0", "9.99.99", "10.0.0")] == [
        True,
        False,
        False,
        True,
        False,
    ]
    assert bounded(policy(QUERY), "v9973")
