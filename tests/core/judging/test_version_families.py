"""Whole families of texts around a version: each digit behind it, and the release its contract names."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.core.judging.version_families import malformed_family, undeclared_family
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from tests.checks.builders import ACCEPTS, ANSWERS, HEADER, PATH, V1, V2, contract, operation, policy, scene, versions

TENS = tuple(f"v1{digit}" for digit in range(10))
PLAIN = replace(PATH, spelling="{version}")


def family(rules: Policy, release: str = "1.4.2", kind: str = "path", subject: str = "v1") -> tuple[Any, Any]:
    """The undeclared and the malformed texts around a version whose contract was frozen at a release."""
    frozen = replace(contract(subject, operation("GET /v13/things")), document={"info": {"version": release}})
    where = scene(rules, subject, None, contracts={subject: frozen})
    return undeclared_family(where, kind), malformed_family(where, kind)


def test_a_number_grows_and_its_release_is_known() -> None:
    """`v10` to `v19` are versions nobody declared, but for a path's own segment; the release is none."""
    undeclared, malformed = family(policy(PATH))

    assert undeclared == tuple(text for text in TENS if text != "v13")
    assert malformed == ("v1.4", "v1.4.2")


def test_each_carrier_has_its_own_spelling() -> None:
    """A header that has the number alone is asked with the number alone."""
    undeclared, malformed = family(policy(HEADER), kind="header")

    assert undeclared == tuple(str(number) for number in range(10, 20))
    assert malformed == ("1.4", "1.4.2")


@pytest.mark.parametrize("release", ["1", "2.4.2", "one", "1.4.2.7", "", "14.2"], ids=str)
def test_what_is_no_release_of_the_version_adds_nothing(release: str) -> None:
    """A text without numbers, or with another major number, names no minor version of it."""
    assert family(policy(PATH), release)[1] == ()


def test_the_forms_of_a_version_number_that_are_known_anyway_are_not_asked_twice() -> None:
    """`v1.0` is among what looks like any version."""
    assert family(policy(PATH), "1.0.0")[1] == ("v1.0.0",)


def test_a_release_that_is_a_version_by_itself() -> None:
    """Where versions are minor ones, the release's own is one nobody declared, and its patch is none."""
    rules = policy(PLAIN, scheme="major.minor", versions=versions(**{"1.0": V1, "2.0": V2}))
    undeclared, malformed = family(rules, subject="1.0")

    assert undeclared == ("1.4",)
    assert malformed == tuple(f"1.0{digit}" for digit in range(1, 10)), "1.00 is among what looks like any version"


def test_what_means_something_is_not_asked() -> None:
    """Declared versions, keywords and what the service may take for a version."""
    declared = policy(PATH, versions=versions(v1=V1, v2=V2, v12=Lifecycle()), keywords={"v11": "newest"})

    assert family(declared)[0] == tuple(text for text in TENS if text not in {"v11", "v12", "v13"})
    assert family(policy(PATH, tolerated=re.compile("v[0-9.]+"))) == ((), ())


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param({"waterfall": True}, (0, 2), id="versions-between-are-served"),
        pytest.param({"answers": ANSWERS | {"unknown": ACCEPTS}}, (0, 2), id="unknown-versions-are-taken"),
        pytest.param({"answers": ANSWERS | {"malformed": ACCEPTS}}, (9, 0), id="malformed-versions-are-taken"),
        pytest.param({"answers": {}}, (0, 0), id="nothing-is-said"),
    ],
)
def test_nothing_is_asked_of_which_nothing_is_promised(rules: dict[str, Any], expected: tuple[int, int]) -> None:
    """What is not refused by the policy is not tried."""
    undeclared, malformed = family(policy(PATH, **rules))

    assert (len(undeclared), len(malformed)) == expected
