"""How far one version is from another, and which steps lead to a version."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest

from pytest_apiversion.core.policy.compatibility import Allowance, Changes, Waiver
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.core.policy.version_bumps import (
    allowance,
    bump_between,
    goes_back,
    held_steps,
    owner,
    release_step,
    steps_to,
)
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from tests.checks.builders import policy, versions

FORGE = "minor.patch.codename"


def api(scheme: str, *names: str, preview: str = "", **changes: Any) -> Policy:
    """A policy with these versions, oldest first."""
    lives = {name: Lifecycle(preview=name == preview) for name in names}
    return policy(scheme=scheme, codenames=("crucible", "forge"), versions=versions(**lives), **changes)


BUMPS = [
    ("semver", "1.2.3", "1.2.4", "patch"),
    ("semver", "1.2.3", "1.3.0", "minor"),
    ("semver", "1.2.3", "2.2.3", "major"),
    ("semver", "1.9.9", "1.10.0", "minor"),
    ("semver", "1.2.3+a", "1.2.3+b", "patch"),
    ("semver", "0.2.3", "0.2.4", "major"),
    ("semver", "0.9.0", "1.0.0", "major"),
    (FORGE, "1.0.forge", "1.3.forge", "patch"),
    (FORGE, "1.3.forge", "2.0.forge", "minor"),
    (FORGE, "9.9.crucible", "0.0.forge", "major"),
    ("major.minor", "2.1", "2.2", "minor"),
    ("major.minor", "2.1", "3.1", "major"),
    ("date.codename", "2025-01-01.crucible", "2025-02-01.crucible", "minor"),
    ("date.codename", "2025-01-01.crucible", "2025-02-01.forge", "major"),
    ("vN", "v1", "v2", "major"),
    ("date", "2026-01-01", "2026-02-01", "major"),
    ("opaque", "red", "blue", "major"),
]


@pytest.mark.parametrize(("scheme", "old", "new", "expected"), BUMPS, ids=[f"{row[1]}-{row[2]}" for row in BUMPS])
def test_the_first_part_that_differs_says_how_far(scheme: str, old: str, new: str, expected: str) -> None:
    """AUG-05, AUG-08: in a codename scheme the minor number comes first, and the codename is the major version."""
    assert bump_between(scheme, old, new) == expected


def told(rules: Policy, version: str) -> list[tuple[str, str, str]]:
    """The steps to a version."""
    return [(step.old, step.bump, step.allowance.value) for step in steps_to(rules, version)]


def test_a_stable_version_follows_the_stable_one_before() -> None:
    """No preview in between carries a break into it; the last preview of the version itself is another way to it."""
    rules = api("semver", "1.0.0", "1.1.0-rc.1", "1.1.0-rc.2", "1.1.0", "1.1.1")

    assert told(rules, "1.0.0") == []
    assert told(rules, "1.1.0-rc.2") == [("1.1.0-rc.1", "preview", "any")]
    assert told(rules, "1.1.0") == [("1.0.0", "minor", "additive"), ("1.1.0-rc.2", "promotion", "any")]
    assert told(rules, "1.1.1") == [("1.1.0", "patch", "none")]


def test_a_preview_of_another_version_promotes_nothing() -> None:
    """AUG-17: only the previews of a version lead to it."""
    rules = api(FORGE, "1.0.forge", "2.0.forge-preview.1", "2.0.forge", "3.0.forge-preview.1", "4.0.forge")

    assert told(rules, "2.0.forge") == [("1.0.forge", "minor", "additive"), ("2.0.forge-preview.1", "promotion", "any")]
    assert told(rules, "4.0.forge") == [("2.0.forge", "minor", "additive")]


def test_the_policys_word_makes_a_preview() -> None:
    """`preview = true` goes for a version whose name does not show it."""
    rules = api("semver", "1.0.0", "1.1.0", "1.2.0", preview="1.1.0")

    assert told(rules, "1.1.0") == [("1.0.0", "preview", "any")]
    assert told(rules, "1.2.0") == [("1.0.0", "minor", "additive")]


def test_the_previews_of_kubernetes_lead_to_the_stable_version() -> None:
    """v1beta2 is a preview of v1, not of v2."""
    rules = api(
        "kubernetes",
        "v1alpha1",
        "v1beta1",
        "v1beta2",
        "v1",
        "v2",
        changes=Changes(bumps={"promotion": Allowance.ADDITIVE}),
    )

    assert told(rules, "v1") == [("v1beta2", "promotion", "additive")]
    assert told(rules, "v2") == [("v1", "major", "any")]


@pytest.mark.parametrize("scheme", ["vN", "integer", "major.minor", "date", "month", "kubernetes", "opaque"])
def test_schemes_that_promise_nothing_hold_nothing(scheme: str) -> None:
    """Only semver and codenames say by themselves what a step may carry."""
    assert {allowance(api(scheme, "v1"), bump) for bump in ("patch", "minor", "major", "preview", "promotion")} == {
        Allowance.ANY
    }


def test_the_policy_goes_before_the_scheme() -> None:
    """What the policy says of a class of steps is what counts."""
    rules = api("semver", "1.0.0", "1.0.1", changes=Changes(bumps={"patch": Allowance.ANY, "major": Allowance.NONE}))

    assert held_steps(rules, "1.0.1") == ()
    assert allowance(rules, "major") is Allowance.NONE


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("1.4.2", "1.4.3", ("patch", "none"), id="patch"),
        pytest.param("1.4.2", "1.5.0", ("minor", "additive"), id="minor"),
        pytest.param("1.4.2", "2.0.0", None, id="major"),
        pytest.param("1.4.2", "1.4.2", None, id="same"),
        pytest.param("1.4.2", "1.4.1", None, id="back"),
    ],
)
def test_releases_of_one_version(old: str, new: str, expected: tuple[str, str] | None) -> None:
    """MOO-24: within a version releases go by semver; a major one would need another version, and gets no leave here."""
    step = release_step(api("vN", "v1"), old, new)

    assert (step and (step.bump, step.allowance.value)) == expected
    assert goes_back(old, new) is (new == "1.4.1")


def test_a_waiver_belongs_to_the_newest_version_it_names() -> None:
    """A waiver that names none belongs to the newest of all."""
    rules = api("vN", "v1", "v2", "v3")

    assert owner(Waiver(rule="*", reason="x", versions=("v2", "v1")), rules) == "v2"
    assert owner(Waiver(rule="*", reason="x"), rules) == "v3"


def test_the_policy_file_knows_the_same_classes() -> None:
    """Each class of steps can be written into the file, and no other."""
    schema = json.loads(resources.files("pytest_apiversion.core").joinpath("policy.schema.json").read_text("utf-8"))
    table = schema["properties"]["changes"]["properties"]["bumps"]["properties"]

    assert set(table) == {row[3] for row in BUMPS} | {"preview", "promotion"}
