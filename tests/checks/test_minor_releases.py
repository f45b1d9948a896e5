"""AV114: a minor release of a version is what its documents say they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.minor_releases import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.contracts.described_document import Described
from pytest_apiversion.core.policy.publishing import Covers, Publishing
from pytest_apiversion.core.policy.subjects import MinorRelease
from tests.checks.builders import (
    V1,
    V2,
    agrees,
    alias,
    contract,
    inspected,
    instant,
    policy,
    response,
    row,
    said,
    scene,
    versions,
)

FOURTH = MinorRelease(release="2.4.0", begins=dt.date(2026, 10, 1), contract="v2.yaml", place="versions.v2.releases[0]")


def released(
    current: MinorRelease | None = FOURTH,
    told: Any = "2.4.0",
    subject: str = "v2",
    as_of: str = "2026-11-20",
    **published: Any,
) -> Scene:
    """A scene of a version with a minor release, and the number in its frozen contract."""
    found = versions(v1=V1, v2=V2)
    rules = policy(
        versions={**found, "v2": replace(found["v2"], current=current)},
        aliases={"plain": alias(version="v2")},
        publishing=Publishing(**published),
    )
    frozen = replace(contract("v2"), document={"info": {"version": told}} if told is not None else {})
    return scene(rules, subject, None, contracts={"v2": frozen}, as_of=instant(as_of))


def document(told: Any, status: int = 200) -> Any:
    """A served document."""
    return response(status, {"openapi": "3.1.0", "info": {"version": told}})


WHERE = released()
YAML = response(200, body=b"openapi: 3.1.0", media_type="text/yaml")
SILENT = {
    "the-release": row("held", document("2.4.0"), WHERE, Aim.DOCUMENT),
    "yaml-that-nobody-could-read": row("unspoken", YAML, WHERE, Aim.DOCUMENT, described=Described(problem="none")),
    "the-release-in-yaml": row("held", YAML, WHERE, Aim.DOCUMENT, described=Described(release="2.4.0")),
    "a-number-in-yaml": row("unspoken", YAML, WHERE, Aim.DOCUMENT, described=Described()),
    "no-document": row("unspoken", response(200, {"error": "no"}), WHERE, Aim.DOCUMENT),
    "not-served": row("unspoken", document("2.3.0", 404), WHERE, Aim.DOCUMENT),
    "another-answer": row("unspoken", document("2.3.0"), WHERE),
    "of-several-versions": row("unspoken", document("2.3.0"), released(served="/openapi.json"), Aim.DOCUMENT),
    "before-the-first": row("unpromised", document("2.3.0"), released(None), Aim.DOCUMENT),
    "of-an-alias": row("unpromised", document("2.3.0"), released(subject="plain"), Aim.DOCUMENT),
    "planned": row("unpromised", document("2.3.0"), released(as_of="2025-01-01"), Aim.DOCUMENT),
}
SPEAK = {
    "the-one-before": row(
        ("the document served at /nowhere is not of release 2.4.0",), document("2.3.0"), WHERE, Aim.DOCUMENT
    ),
    "its-own": row(("is not of release 2.4.0",), document("1"), released(served="/{version}.json"), Aim.DOCUMENT),
    "of-the-newest": row(
        ("is not of release 2.4.0",),
        document("1"),
        released(served="/openapi.json", covers=Covers.NEWEST),
        Aim.DOCUMENT,
    ),
    "of-all-that-answer": row(
        ("is not of release 2.4.0",),
        document("1"),
        released(served="/openapi.json", as_of="2030-01-01"),
        Aim.DOCUMENT,
    ),
    "the-one-after": row(("is not of release 2.4.0",), document("2.5.0"), WHERE, Aim.DOCUMENT),
    "the-one-before-in-yaml": row(
        ("the document served at /nowhere is not of release 2.4.0",),
        YAML,
        WHERE,
        Aim.DOCUMENT,
        described=Described(release="2.3.0"),
    ),
    "another-way-to-write-it": row(("is not of release 2.4.0",), document("v2.4.0"), WHERE, Aim.DOCUMENT),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2.4.0", "held"),
        ("2.4", ("v2.yaml is not of release 2.4.0",)),
        ("2.4.1", ("v2.yaml is not of release 2.4.0",)),
        (None, ("v2.yaml is not of release 2.4.0",)),
    ],
)
def test_the_frozen_contract_tells_it(told: str | None, expected: str | tuple[str, ...]) -> None:
    """The contract of the day has the number of the release in force."""
    assert inspected(CHECK, released(told=told)) == expected
