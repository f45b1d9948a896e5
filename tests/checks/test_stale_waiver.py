"""AV307: waivers are not stale."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.stale_waiver import CHECK
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.contracts.change import ABSENT
from pytest_apiversion.core.policy.compatibility import Changes, ChangeWaiver
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.shell.comparison.near_changes import near_told
from pytest_apiversion.shell.comparison.version_steps import Steps
from tests.checks.builders import alias, policy, scene
from tests.checks.test_bump import LESS, MORE, SAME, scene_of

TODAY, YESTERDAY = dt.date(2026, 11, 20), dt.date(2026, 11, 19)
OPTIONAL = "response-property-became-optional"


def waivers(*rows: ChangeWaiver) -> Changes:
    """A table of waivers."""
    return Changes(waivers=rows)


def waived(*rows: ChangeWaiver, new: Any = LESS, subject: str = "", **changes: Any) -> Scene:
    """A scene after a minor version, with waivers."""
    return scene_of({"1.0.0": SAME, "1.1.0": new}, subject=subject, changes=waivers(*rows), **changes)


def waiver(**told: Any) -> ChangeWaiver:
    """A waiver."""
    return ChangeWaiver(**{"rule": OPTIONAL, "reason": "Nobody was ever sent one.", **told})


def inspected(where: Scene) -> list[str] | None:
    """What the check says; None where nothing is promised."""
    assert CHECK.inspect is not None
    if CHECK.promised(where) is None:
        return None
    return [broken.summary for broken in CHECK.inspect(where) or ()]


STEP = ("1.0.0", "1.1.0")
AT = "/paths/~1a/get/responses/200"

SILENT: dict[str, tuple[Scene, list[str] | None]] = {
    "by-rule": (waived(waiver()), []),
    "by-pattern": (waived(waiver(rule="response-*")), []),
    "by-place": (waived(waiver(place=AT)), []),
    "by-operation": (waived(waiver(operations=("GET /a",))), []),
    "by-versions": (waived(waiver(versions=STEP)), []),
    "until-today": (waived(waiver(until=TODAY)), []),
    "for-a-new-document": (waived(waiver(rule="request-*", versions=("1.1.0",))), []),
    "of-another-version": (waived(waiver(versions=STEP), subject="1.0.0"), None),
    "nothing-is-compared": (scene_of({"v1": SAME, "v2": LESS}, "vN", changes=waivers(waiver())), []),
    "no-waivers": (waived(), None),
    "between-versions-that-may-differ-anyhow": (
        scene_of({"v1": SAME, "v2": LESS}, "vN", changes=waivers(waiver(rule="request-*", versions=("v1", "v2")))),
        [],
    ),
}

SPEAK: dict[str, tuple[Scene, list[str]]] = {
    "matches-nothing": (waived(waiver(), new=MORE), [f"the waiver of {OPTIONAL} matches no change"]),
    "other-place": (waived(waiver(place="/components")), ["matches no change"]),
    "other-operation": (waived(waiver(operations=("GET /b",))), ["matches no change"]),
    "ended-yesterday": (waived(waiver(until=YESTERDAY)), ["ended on 2026-11-19: what it waived counts again"]),
    "ended-and-matches-nothing": (waived(waiver(until=YESTERDAY), new=MORE), ["ended on 2026-11-19: and it waives"]),
    "ended-for-a-new-document": (waived(waiver(versions=("1.1.0",), until=YESTERDAY)), ["ended on 2026-11-19"]),
    "one-of-two": (waived(waiver(), waiver(rule="request-*")), ["the waiver of request-* matches"]),
    "wrong-fingerprint": (waived(waiver(rule="", change="0123456789ab")), ["the waiver of 0123456789ab matches"]),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """A waiver that still accepts something, or that a run cannot judge, makes no finding."""
    where, expected = SILENT[name]

    assert inspected(where) == expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """A waiver of nothing and one whose time is over are said, each once."""
    where, expected = SPEAK[name]
    found = inspected(where) or []

    assert len(found) == len(expected)
    assert all(words in text for words, text in zip(expected, found, strict=True))


@pytest.mark.parametrize(
    ("told", "values"),
    [
        pytest.param("response-required-property-removed", {}, id="by-another-rule"),
        pytest.param("response-schema-rewritten", {"before": "a", "after": "b"}, id="with-other-values"),
    ],
)
def test_a_waiver_of_what_another_rule_tells_now_is_told_its_new_fingerprint(told: str, values: dict[str, Any]) -> None:
    """Who waived a change by its fingerprint, and has it told by another rule now, is told by which, and what to write."""
    change = replace(next(iter(waived().steps("1.1.0"))).changes[0], **values)
    before = change.fingerprint_under(told, before=ABSENT, after=change.after)
    text = near_told(waiver(rule="", change=before), [change])

    assert text == f', or write `change = "{change.fingerprint}"`, for what it waived is told by `{OPTIONAL}` now'


NEAR: dict[str, tuple[dict[str, Any], bool]] = {
    "at-its-place": ({"rule": "request-*", "place": AT}, True),
    "below-its-place": ({"rule": "request-*", "place": f"{AT}/content/application~1json/schema/required/0"}, True),
    "of-its-operations": ({"rule": "request-*", "operations": ("GET /a", "GET /b")}, True),
    "by-an-unknown-fingerprint": ({"rule": "", "change": "0123456789ab"}, True),
    "at-another-place": ({"rule": "request-*", "place": "/components"}, False),
    "of-other-operations": ({"rule": "request-*", "operations": ("GET /b",)}, False),
    "anywhere": ({"rule": "request-*"}, False),
}


@pytest.mark.parametrize(("told", "near"), NEAR.values(), ids=NEAR)
def test_a_waiver_of_nothing_is_told_what_is_near(told: dict[str, Any], near: bool) -> None:  # noqa: FBT001  a table
    """A waiver that matches nothing names the changes near it, by rule and fingerprint; where nothing is, none."""
    change = next(iter(waived().steps("1.1.0"))).changes[0]
    (text,) = inspected(waived(waiver(**told))) or [""]

    assert (f"; near it is `{OPTIONAL}` ({change.fingerprint})" in text) == near


def test_of_many_changes_near_a_waiver_some_are_named() -> None:
    """Three are named, and the rest counted."""
    change = next(iter(waived().steps("1.1.0"))).changes[0]
    many = [replace(change, anchor=("", ""), name=str(number)) for number in range(5)]
    text = near_told(waiver(rule="", change="0123456789ab"), [*many, many[0]])

    assert text.startswith("; near it are `response-property-became-optional` (")
    assert text.endswith(") and 2 more")


def test_a_fingerprint_waives_its_change() -> None:
    """The fingerprint a report shows can be written into a waiver, and is then not stale."""
    change = next(iter(waived().steps("1.1.0"))).changes[0]

    assert inspected(waived(waiver(rule="", change=change.fingerprint))) == []


def test_an_alias_has_no_waivers() -> None:
    """An alias is not a version."""
    rules: Policy = policy(aliases={"plain": alias()}, changes=waivers(waiver()))

    assert CHECK.promised(scene(rules, "plain", None)) is None


def test_switched_off() -> None:
    """Where the policy does not want to hear of waivers nothing is said of them."""
    rules = policy(changes=waivers(waiver()), severities={"AV307": "off"})

    assert Steps(rules, lambda _: pytest.fail("asked"), TODAY).objections("v3") == ()
