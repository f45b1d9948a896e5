"""Versions, aliases and parts announce their ends in their own ways, and otherwise as the API does."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pytest_apiversion.core.policy.announcements import announcement, announcing_headers
from pytest_apiversion.core.policy.parts import Part
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.core.policy.responses import Deprecation, DeprecationHeader
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from tests.checks.builders import alias, policy


def telling(name: str) -> Deprecation:
    """A way to tell of a deprecation, by one header."""
    return Deprecation(headers=(DeprecationHeader(name=name),))


API, VERSION, ALIAS, PART = map(telling, ("X-Api", "X-Version", "X-Alias", "X-Part"))
ROW = Part(
    name="GET /things",
    place="lifecycle[0]",
    lifecycle=Lifecycle(deprecated=dt.date(2026, 2, 1), place="lifecycle[0]"),
    deprecation=PART,
)


def rules(*, part: Part | None = None) -> Policy:
    """A policy whose first version and whose alias have ways of their own."""
    plain = policy(deprecation=API, aliases={"old": replace(alias(), deprecation=ALIAS), "plain": alias()})
    first = replace(plain.versions["v1"], deprecation=VERSION)
    parts = {"v1": {"GET /things": part}, "v2": {"GET /things": part}} if part else {}
    return replace(
        plain, versions={**plain.versions, "v1": first}, parts=parts, lifecycles=(part,) if part is not None else ()
    )


def test_its_own_way_goes_before_the_apis() -> None:
    """What has none does as the API does; an alias is no version."""
    told = rules()

    assert [announcement(told, name) for name in ("v1", "v2", "old", "plain")] == [VERSION, API, ALIAS, API]


def test_an_operation_goes_before_its_version() -> None:
    """In its view its version and the aliases announce as it does; other operations' do as before."""
    told = rules(part=ROW)

    assert announcement(told.seen_by("v1", "GET /things"), "v1") is PART
    assert announcement(told.seen_by("v2", "GET /things"), "old") is PART
    assert announcement(told.seen_by("v1", "POST /things"), "v1") is VERSION
    assert announcement(rules(part=replace(ROW, deprecation=None)).seen_by("v1", "GET /things"), "v1") is VERSION


def test_every_way_announces() -> None:
    """A header of any of them on what lives would be believed; each name comes once."""
    told = rules(part=replace(ROW, deprecation=telling("x-API")))

    assert [header.name for header in announcing_headers(told)] == ["X-Api", "X-Version", "X-Alias"]
