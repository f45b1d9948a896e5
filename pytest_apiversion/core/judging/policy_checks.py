"""What the checks of the policy share: places, days in words, how stable a version is, and who speaks for the whole file."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pytest_apiversion.core.versions.schemes import parse

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.versions.lifecycle import Moment

STABLE = 2
"""How stable a version is that is neither alpha, beta nor a preview."""


def home(scene: Scene) -> str:
    """The dotted place of the scene's version or alias."""
    return f"{'aliases' if scene.is_alias else 'versions'}.{scene.subject}"


def speaks_for_all(scene: Scene) -> bool:
    """Whether what is said of the whole file is said at this subject: the newest version."""
    return scene.subject == list(scene.policy.versions)[-1]


def day(moment: Moment) -> str:
    """A moment as the policy file would write it, in UTC: a date, or an instant where it is not midnight."""
    if not isinstance(moment, dt.datetime):
        return moment.isoformat()
    utc = moment.astimezone(dt.UTC)
    whole = (utc.hour, utc.minute, utc.second, utc.microsecond) == (0, 0, 0, 0)
    return utc.date().isoformat() if whole else utc.isoformat().replace("+00:00", "Z")


def stability(policy: Policy, version: str) -> int:
    """How stable a version is: 0 for an alpha, 1 for a beta or a preview, `STABLE` for the rest."""
    parsed = parse(policy.scheme, version, policy.codenames)
    fields = parsed.fields if parsed else {}
    if fields.get("stability") == "alpha":
        return 0
    unfinished = {"stability", "preview", "prerelease"} & fields.keys()
    return 1 if unfinished or policy.versions[version].lifecycle.preview else STABLE


def stability_word(rank: int) -> str:
    """How stable a version is, in a word."""
    return ("an alpha", "a preview", "stable")[rank]
