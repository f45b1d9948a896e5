"""AV306: a version changes no more than its bump allows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.bump import CHECK
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.policy.compatibility import Allowance, Changes, ChangeWaiver
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from pytest_apiversion.diff.document import Document
from pytest_apiversion.diff.rules import names, rule
from pytest_apiversion.shell.comparison.version_steps import Steps
from tests.checks.builders import alias, policy, scene, versions
from tests.diff.documents import answered, document

BARE: dict[str, Any] = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
NOTED: dict[str, Any] = {**BARE, "properties": {**BARE["properties"], "note": {"type": "string"}}}
LOOSE: dict[str, Any] = {**BARE, "required": []}


def wordy(schema: Any) -> dict[str, Any]:
    """The same contract in other words."""
    made = answered(schema)
    made["paths"]["/a"]["get"] |= {"operationId": "other", "summary": "Else", "tags": ["b"]}
    return made


SAME, MORE, LESS, WORDS = answered(BARE), answered(NOTED), answered(LOOSE), wordy(BARE)


def api(scheme: str, names: tuple[str, ...], *previews: str, **changes: Any) -> Policy:
    """The shop's policy with versions of another scheme."""
    lives = {name: Lifecycle(preview=name in previews) for name in names}
    rules = policy(scheme=scheme, codenames=("old", "new"), versions=versions(**lives), **changes)
    whole = {kind: replace(each, spelling="{version}") for kind, each in rules.carriers.items()}
    return replace(rules, carriers=whole)


def scene_of(
    contracts: Mapping[str, dict[str, Any]], scheme: str = "semver", subject: str = "", **changes: Any
) -> Scene:
    """A scene of the newest version (or another), whose contracts are compared as a run compares them."""
    rules = api(scheme, tuple(contracts), **changes)
    steps = Steps(rules, lambda name: Document(contracts[name], "3.1"), dt.date(2026, 11, 20))
    return scene(rules, subject or list(contracts)[-1], None, steps=steps.to, objections=steps.objections)


def inspected(where: Scene) -> list[str] | None:
    """What the check says; None where nothing is promised."""
    assert CHECK.inspect is not None
    if CHECK.promised(where) is None:
        return None
    return [broken.summary for broken in CHECK.inspect(where) or ()]


def unasked(_: str) -> Document:
    """A contract nobody may ask for."""
    raise AssertionError


def bumps(**allowed: str) -> Changes:
    """A table of bumps."""
    return Changes(bumps={name: Allowance(word) for name, word in allowed.items()})


WAIVED = Changes(waivers=(ChangeWaiver(rule="response-property-became-optional", reason="Nobody was ever sent one."),))
LIGHTER = Changes(severities={"response-property-became-optional": Severity.WARNING})
UNHEARD = Changes(severities={"response-optional-property-added": None})

SILENT: dict[str, tuple[Scene, list[str] | None]] = {
    "patch-same": (scene_of({"1.0.0": SAME, "1.0.1": SAME}), []),
    "patch-in-other-words": (scene_of({"1.0.0": SAME, "1.0.1": WORDS}), []),
    "minor-adds": (scene_of({"1.0.0": SAME, "1.1.0": MORE}), []),
    "minor-break-waived": (scene_of({"1.0.0": SAME, "1.1.0": LESS}, changes=WAIVED), []),
    "minor-break-weighed-down": (scene_of({"1.0.0": SAME, "1.1.0": LESS}, changes=LIGHTER), []),
    "patch-adds-what-nobody-hears-of": (scene_of({"1.0.0": SAME, "1.0.1": MORE}, changes=UNHEARD), []),
    "major-breaks": (scene_of({"1.0.0": SAME, "2.0.0": LESS}), None),
    "before-the-first-release": (scene_of({"0.1.0": SAME, "0.1.1": LESS}), None),
    "first-version": (scene_of({"1.0.0": SAME}), None),
    "preview-breaks": (scene_of({"1.0.0": SAME, "1.1.0-rc.1": LESS}), None),
    "between-previews": (scene_of({"1.0.0": SAME, "1.1.0-rc.1": MORE, "1.1.0-rc.2": LESS}), None),
    "vN-breaks": (scene_of({"v1": SAME, "v2": LESS}, "vN"), None),
    "dates-break": (scene_of({"2026-01-01": SAME, "2026-02-01": LESS}, "date"), None),
    "new-codename-breaks": (scene_of({"1.0.old": SAME, "0.0.new": LESS}, "minor.patch.codename"), None),
    "patch-said-to-be-free": (scene_of({"1.0.0": SAME, "1.0.1": LESS}, changes=bumps(patch="any")), None),
    "switched-off-by-promotion": (scene_of({"1.1.0-rc.1": SAME, "1.1.0": LESS}), None),
}
OPTIONAL, ADDED = "`body.id` may be missing", "`body.note` was added"

SPEAK: dict[str, tuple[Scene, list[str]]] = {
    "patch-adds": (scene_of({"1.0.0": SAME, "1.0.1": MORE}), [ADDED]),
    "patch-breaks": (scene_of({"1.0.0": SAME, "1.0.1": LESS}), [OPTIONAL]),
    "minor-breaks": (scene_of({"1.0.0": SAME, "1.1.0": LESS}), [OPTIONAL]),
    "minor-comes-first-in-a-codename": (
        scene_of({"1.0.new": SAME, "2.0.new": LESS}, "minor.patch.codename"),
        [OPTIONAL],
    ),
    "patch-of-a-codename-adds": (scene_of({"1.0.new": SAME, "1.1.new": MORE}, "minor.patch.codename"), [ADDED]),
    "break-carried-by-a-preview": (scene_of({"1.0.0": SAME, "1.1.0-rc.1": LESS, "1.1.0": LESS}), [OPTIONAL]),
    "promotion-held": (
        scene_of({"1.1.0-rc.1": SAME, "1.1.0": LESS}, changes=bumps(promotion="additive")),
        [OPTIONAL],
    ),
    "major-said-to-be-additive": (
        scene_of({"v1": SAME, "v2": LESS}, "vN", changes=bumps(major="additive")),
        [OPTIONAL],
    ),
    "waiver-of-other-versions": (
        scene_of(
            {"1.0.0": SAME, "1.1.0": LESS},
            changes=Changes(waivers=(ChangeWaiver(rule="*", reason="x", versions=("1.1.0",)),)),
        ),
        [OPTIONAL],
    ),
    "waiver-that-ended": (
        scene_of(
            {"1.0.0": SAME, "1.1.0": LESS},
            changes=Changes(waivers=(ChangeWaiver(rule="*", reason="x", until=dt.date(2026, 11, 19)),)),
        ),
        [OPTIONAL],
    ),
    "weighed-up": (
        scene_of(
            {"1.0.0": SAME, "1.1.0": MORE},
            changes=Changes(severities={"response-optional-property-added": Severity.ERROR}),
        ),
        [ADDED],
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What a bump allows, and what is accepted or weighed less, makes no finding; a step that may carry anything is not promised."""
    where, expected = SILENT[name]

    assert inspected(where) == expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What is more than a bump allows is said, each kind of change by itself."""
    where, expected = SPEAK[name]
    found = inspected(where) or []

    assert [text.partition(" [")[0] for text in found] == expected


def test_an_alias_has_no_bump() -> None:
    """An alias is not a version."""
    rules = policy(aliases={"plain": alias()}, changes=bumps(major="none"))

    assert CHECK.promised(scene(rules, "plain", None)) is None


def test_free_steps_are_not_compared() -> None:
    """Where no bump is promised no contract is looked at."""
    rules = api("vN", ("v1", "v2", "v3"))

    assert [Steps(rules, unasked, dt.date(2026, 11, 20)).to(name) for name in rules.versions] == [(), (), ()]


def test_many_versions_are_compared_one_by_one() -> None:
    """The work grows with the number of versions, not with its square: each contract is read once, each step compared once."""
    names = tuple(f"1.{minor}.0" for minor in range(30))
    rules, read = api("semver", names), []

    def give(name: str) -> Document:
        read.append(name)
        return Document(document({}), "3.1")

    steps = Steps(rules, give, dt.date(2026, 11, 20))
    found = [steps.to(name) for name in (*names, *names)]

    assert sum(map(len, found)) == 2 * 29
    assert read == list(names)


def added(count: int) -> Scene:
    """A patch that adds operations."""
    few: dict[str, Any] = {"/a": {"get": {"responses": {}}}}
    many: dict[str, Any] = {f"/{number}": {"get": {"responses": {}}} for number in range(count)}
    return scene_of({"1.0.0": document(few), "1.0.1": document({**few, **many})})


def test_changes_of_one_kind_are_one_finding() -> None:
    """One rule broken in many places is one finding, which counts them, the operations they reach, and names fingerprints for waivers."""
    assert CHECK.inspect is not None
    (found,) = CHECK.inspect(added(30)) or ()
    prints = [change.fingerprint for change in next(iter(added(30).steps("1.0.1"))).changes]

    assert found.summary.startswith("`GET /0` was added, and 29 more changes of that kind [operation-added] at /paths")
    assert found.received == f"reaches GET /0 and 29 more; fingerprints {', '.join(prints[:5])} and 25 more"


def test_a_long_list_ends_with_the_command_that_shows_all() -> None:
    """Twenty kinds of change are told by themselves, the rest are counted."""
    where = added(1)
    (step,) = where.steps("1.0.1")
    (change,) = step.changes
    kinds = [replace(change, rule=rule(name)) for name in names()[:22]]
    where = replace(where, steps=lambda _: (replace(step, changes=(*kinds, kinds[-1])),))
    assert CHECK.inspect is not None
    found = list(CHECK.inspect(where) or ())

    assert len(found) == 21
    assert [each.kind for each in found] == [*names()[:20], "more"]
    assert (found[-1].summary, found[-1].received) == (
        "3 more changes since 1.0.0, of 2 kinds",
        "see: apiversion diff --policy apiversion.toml 1.0.0 1.0.1",
    )


def test_what_cannot_be_compared_is_said() -> None:
    """References that lead round in a ring break no run: the finding says which versions could not be compared."""
    ring: dict[str, Any] = {"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}}
    from pytest_apiversion.shell.openapi.comparable_document import document_of  # noqa: PLC0415  refuses rings

    rules = api("semver", ("1.0.0", "1.1.0"))
    contracts = {"1.0.0": SAME, "1.1.0": answered({"$ref": "#/components/schemas/A"}, **ring)}
    steps = Steps(rules, lambda name: document_of(contracts[name], name), dt.date(2026, 11, 20))

    assert inspected(scene(rules, "1.1.0", None, steps=steps.to)) == ["1.1.0 cannot be compared with 1.0.0"]
