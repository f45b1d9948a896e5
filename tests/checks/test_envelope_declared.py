"""AV109: where errors have a shape, those of every version that answers have one, and every promised code can be read in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.checks.envelope_declared import CHECK
from pytest_apiversion.core.checking.check import Scene
from pytest_apiversion.core.policy.requests import OperationRule
from pytest_apiversion.core.policy.responses import Envelope, ErrorClass, Sunset
from tests.checks.builders import ENVELOPE, HEADER, PATH, alias, inspected, instant, policy, rejects, scene

PLAIN = Envelope(name="plain", media_types=("application/json",))
BOTH = {"error": ENVELOPE, "plain": PLAIN}


def worn(envelope: str | None = None, subject: str = "v2", at: str = "2026-11-20", /, **changes: object) -> Scene:
    """A scene of an API whose `v1` has the envelope `plain`, the others this one."""
    shop = policy(envelopes=BOTH, **changes)
    found = {
        name: replace(each, envelope="plain" if name == "v1" else envelope) for name, each in shop.versions.items()
    }
    settings = {"envelope": None, "answers": {}, **changes}
    return scene(policy(envelopes=BOTH, versions=found, **settings), subject, None, as_of=instant(at))


def coded(name: str | None, *, subject: str = "v3", **changes: object) -> Scene:
    """A scene of the newest version of an API that rejects with a code, in an envelope of this name."""
    answers = {"unknown": rejects(404, code="NO_SUCH_VERSION", envelope=name, place="versioning.unknown")}
    return scene(policy(envelopes=BOTH, **{"answers": answers, **changes}), subject, None, as_of=instant("2028-06-01"))


SILENT = {
    "one-for-all": (scene(policy(), "v2", None), "held"),
    "one-of-its-own": (worn("error"), "held"),
    "only-for-some-errors": (worn(error_classes=(ErrorClass(statuses=("4xx",), envelope="error"),)), "held"),
    "no-envelopes-at-all": (scene(policy(envelopes={}, envelope=None), "v2", None), "unpromised"),
    "planned": (worn(None, "v3"), "unpromised"),
    "alias": (scene(policy(aliases={"plain": alias()}), "plain", None), "unpromised"),
    "code-has-a-place": (coded("error"), "held"),
    "code-in-the-usual-envelope": (coded(None), "held"),
    "told-once": (coded("plain", subject="v2"), "held"),
    "sunset-without-a-code": (worn(None, "v1"), "held"),
}

SPEAK = {
    "forgotten": (worn(), ("v2 has no error envelope, and other versions have one",)),
    "class-of-another-version": (
        worn(
            error_classes=(ErrorClass(statuses=("4xx",), envelope="error", versions=frozenset({"v1"})),),
        ),
        ("v2 has no error envelope, and other versions have one",),
    ),
    "released-today": (worn(None, "v3", "2028-01-01"), ("v3 has no error envelope, and other versions have one",)),
    "code-without-a-place": (
        coded("plain"),
        ("the code NO_SUCH_VERSION has no place in the envelope plain",),
    ),
    "code-of-one-carrier": (
        coded(
            "error",
            carriers={
                "path": PATH,
                "header": replace(HEADER, answers={"empty": rejects(400, code="E", envelope="plain", place="h")}),
            },
        ),
        ("the code E has no place in the envelope plain",),
    ),
    "code-of-one-operation": (
        coded(
            "error",
            operations={
                "GET /things": OperationRule(answers={"missing": rejects(400, code="M", envelope="plain", place="o")})
            },
        ),
        ("the code M has no place in the envelope plain",),
    ),
    "code-after-the-sunset": (
        worn("error", "v1", sunset=Sunset(codes=frozenset({"GONE"}))),
        ("the code GONE has no place in the envelope plain",),
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """Versions that have an envelope, and codes that can be read in it, make no finding."""
    where, expected = SILENT[name]

    assert inspected(CHECK, where) == expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """A version that was forgotten, and a code that cannot be read, are told."""
    where, expected = SPEAK[name]

    assert inspected(CHECK, where) == expected
