"""AV106: the samples the documentation shows are written as the headers are, and an old form is owned up to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.checks.header_samples import CHECK
from pytest_apiversion.core.checking.check import Scene
from pytest_apiversion.core.policy.responses import Deprecation, DeprecationHeader
from pytest_apiversion.dialects import dialects
from tests.checks.builders import IMF_FIXDATE, SF_DATE, agrees, inspected, policy, scene


def announced(*headers: DeprecationHeader, subject: str = "v3") -> Scene:
    """A scene of a version of an API whose deprecations are announced by these headers."""
    return scene(policy(deprecation=Deprecation(headers=headers)), subject, None)


def header(name: str, dialect: str | None, sample: str | None = None, **changes: object) -> DeprecationHeader:
    """A header in a dialect, with what the documentation shows of it."""
    found = dialects()[dialect] if dialect else None
    return replace(DeprecationHeader(name=name, dialect=found, sample=sample), **changes)  # type: ignore[arg-type]


SILENT = {
    "standard": (announced(SF_DATE, IMF_FIXDATE), "held"),
    "samples-in-form": (
        announced(replace(SF_DATE, sample="@1735689600"), replace(IMF_FIXDATE, sample="Wed, 01 Jul 2026 00:00:00 GMT")),
        "held",
    ),
    "old-and-owned-up-to": (announced(header("Deprecation", "literal-true", "true", legacy=True)), "held"),
    "a-vendors-own": (announced(header("X-API-Sunset", "rfc3339", "2027-01-15T00:00:00Z")), "held"),
    "a-vendors-own-without-a-sample": (announced(header("X-API-Sunset", "rfc3339")), "unpromised"),
    "a-pattern": (
        announced(header("X-Notice", None, "Migrate to /api/v2/workflows", pattern="Migrate to {successor}")),
        "held",
    ),
    "nothing-announced": (announced(), "unpromised"),
    "told-once": (announced(SF_DATE, subject="v1"), "unpromised"),
}

SPEAK = {
    "wrong-weekday": (
        announced(replace(IMF_FIXDATE, sample="Thu, 01 Jul 2026 00:00:00 GMT")),
        ("the sample of Sunset is no imf-fixdate: 01 Jul 2026 is a Wed, not a Thu",),
    ),
    "not-gmt": (
        announced(replace(IMF_FIXDATE, sample="Wed, 01 Jul 2026 00:00:00 UTC")),
        ("the sample of Sunset is no imf-fixdate",),
    ),
    "true-is-no-date": (announced(replace(SF_DATE, sample="true")), ("the sample of Deprecation is no sf-date",)),
    "another-text": (
        announced(header("X-Level", None, "Warning", pattern="warning|critical")),
        ("the sample of X-Level has not the promised form",),
    ),
    "old-form": (
        announced(header("Deprecation", "literal-true")),
        ("Deprecation is not written as its standard says",),
    ),
    "old-form-in-lower-case": (
        announced(header("sunset", "iso-date")),
        ("sunset is not written as its standard says",),
    ),
    "pattern-for-a-standard-header": (
        announced(header("Sunset", None, pattern=".*")),
        ("Sunset is not written as its standard says",),
    ),
    "both": (
        announced(header("Deprecation", "literal-true", "True")),
        ("the sample of Deprecation is no literal-true", "Deprecation is not written as its standard says"),
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """Samples in the promised form, and forms that are the standard's or owned up to, make no finding."""
    where, expected = SILENT[name]

    found = inspected(CHECK, where)

    assert agrees(found, expected), found


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """A sample nobody could parse, and an old form nobody owned up to, are told."""
    where, expected = SPEAK[name]

    found = inspected(CHECK, where)

    assert agrees(found, expected), found
