"""What a policy file says of the service itself: rate limits, its release, what rejections list; what is read, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.policy.publishing import Release
from pytest_apiversion.core.policy.responses import RateLimit
from pytest_apiversion.shell.target.load import Target, load_target
from tests.shell.policies import ENVIRONMENT, WHOLE, write

MORE = """
[rate_limit]
limit = "X-Limit"
remaining = "X-Left"
reset = "X-Reset"
form = "seconds"
versions = ["v2"]
limits = { "POST /things" = 60 }

[service.version]
operation = "GET /things/{id}"
version = "/release"
commit = "/build"
deployed = "/since"
"""
LISTS = ('code = "NO_SUCH_VERSION" }', 'code = "NO_SUCH_VERSION", lists = ["/error/lowest", "/error/highest"] }')


def read(folder: Path, *changes: tuple[str, str]) -> Target:
    """The whole file with these tables, some things in it said otherwise."""
    text = WHOLE + MORE
    for right, wrong in changes:
        assert text.count(right) == 1, right
        text = text.replace(right, wrong)
    return load_target(write(folder, text), ENVIRONMENT)


def test_what_is_said_is_read(tmp_path: Path) -> None:
    """Every key arrives."""
    more = 'vary = true\nundeclared_carriers = "ignored"\npreflight = "https://app.shop.example"'
    policy = read(tmp_path, LISTS, ("fall_through = false", more)).policy

    assert policy.rate_limit == RateLimit(
        limit="X-Limit",
        remaining="X-Left",
        reset="X-Reset",
        form="seconds",
        versions=frozenset({"v2"}),
        limits={"POST /things": 60},
    )
    assert policy.release == Release(
        operation="GET /things/{id}", version="/release", commit="/build", deployed="/since"
    )
    assert policy.answers["unknown"].lists == ("/error/lowest", "/error/highest")
    assert policy.vary
    assert policy.exclusive
    assert policy.preflight == "https://app.shop.example"


def test_what_is_not_said_is_not_promised(tmp_path: Path) -> None:
    """A file without these tables promises none of it."""
    policy = load_target(write(tmp_path, WHOLE), ENVIRONMENT).policy

    assert (policy.rate_limit, policy.release, policy.preflight) == (None, None, None)
    assert (policy.vary, policy.exclusive, policy.decoys) == (False, False, ())
    assert not any(answer.lists for answer in policy.answers.values())


SLIPS = {
    # name: what is right, what stands there instead, and what is said of it
    "form": ('form = "seconds"', 'form = "minutes"', "rate_limit.form: expected one of "),
    "limited-version": (
        'form = "seconds"\nversions = ["v2"]',
        'form = "seconds"\nversions = ["v3"]',
        'rate_limit.versions[0]: expected a declared version, got "v3"',
    ),
    "limited-operation": (
        '{ "POST /things" = 60 }',
        '{ "POST /thingz" = 60 }',
        'rate_limit.limits."POST /thingz": expected an operation of any contract, got "POST /thingz"; did you mean "POST /thing"?',
    ),
    "limit-below-none": ('"POST /things" = 60', '"POST /things" = -1', 'rate_limit.limits."POST /things": expected '),
    "version-operation": (
        'operation = "GET /things/{id}"',
        'operation = "GET /release"',
        'service.version.operation: expected an operation of any contract, got "GET /release"',
    ),
    "no-release": ('version = "/release"\n', "", "service.version.version: expected "),
    "no-pointer": ('commit = "/build"', 'commit = "build"', "service.version.commit: expected a JSON pointer"),
    "lists-of-no-rejection": (
        'missing = { default = "v1" }',
        'missing = { default = "v1", lists = "/error/supported" }',
        "versioning.missing.lists: expected it beside reject, got it without",
    ),
    "a-list-nowhere": (
        "fall_through = false",
        'lists = [{ stages = ["live"] }]',
        "versioning.lists[0]: expected exactly one of header and path, got none",
    ),
    "a-list-in-two-places": (
        "fall_through = false",
        'lists = [{ header = "X-Versions", path = "/versions", stages = ["live"] }]',
        "versioning.lists[0]: expected exactly one of header and path, got header and path",
    ),
    "a-pointer-into-a-header": (
        "fall_through = false",
        'lists = [{ header = "X-Versions", pointer = "/versions", stages = ["live"] }]',
        "versioning.lists[0].pointer: expected it beside path, got it without",
    ),
    "a-list-at-no-path": (
        "fall_through = false",
        'lists = [{ path = "versions", stages = ["live"] }]',
        'versioning.lists[0].path: expected a path such as "/versions"',
    ),
    "decoy-nobody-has": (
        "fall_through = false",
        'decoys = ["v7"]',
        'versioning.decoys[0]: expected a segment of some path, got "v7"',
    ),
    "decoy-without-a-number": (
        "fall_through = false",
        'decoys = ["things"]',
        "versioning.decoys[0]: expected a path segment with a number in it",
    ),
    "undeclared-carriers": (
        "fall_through = false",
        'undeclared_carriers = "refused"',
        "versioning.undeclared_carriers: expected ",
    ),
    "no-origin": (
        "fall_through = false",
        'preflight = "https://app.shop.example/page"',
        "versioning.preflight: expected an origin",
    ),
    "vary": ("fall_through = false", 'vary = "Accept"', "versioning.vary: expected true or false"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_with_its_place(name: str, tmp_path: Path) -> None:
    """Each mistake has its dotted place and what was expected, and hides nothing else."""
    right, wrong, expected = SLIPS[name]
    with pytest.raises(PolicyError) as caught:
        read(tmp_path, (right, wrong))

    assert len(caught.value.mistakes) == 1, caught.value.mistakes
    assert expected in caught.value.mistakes[0]
