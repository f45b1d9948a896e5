"""Applies waivers: findings that are excused for a while are still told, and so are waivers nobody needs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.versions.lifecycle import day, instant
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.execution.judging import finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_apiversion.core.checking.check import Check
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.finding import Finding
    from pytest_apiversion.core.policy.maintenance import CheckWaiver


def waived(scene: Scene) -> tuple[list[Finding], list[str]]:
    """What the waivers of a version or alias come to.

    Returns:
        A finding for each waiver that waives nothing, and a note for each that does, or did until it ended.
    """
    findings, notes = [], []
    for waiver in scene.policy.waivers:
        if waiver.version != scene.subject:
            continue
        check = next(check for check in checks() if check.code == waiver.check)
        broken = _said(check, scene)
        if broken and waiver.counts(scene.as_of):
            words = f"waived until {day(waiver.until)} ({waiver.reason})"
            notes += [f"{check.code} {words}: {each.summary}" for each in broken]
        elif broken:
            notes.append(f"{check.code} is waived no more: the waiver ended on {day(waiver.until)} ({waiver.reason})")
        elif waiver.counts(scene.as_of) and not _said(check, replace(scene, as_of=instant(waiver.until))):
            findings.append(finding(check, _needless(waiver), scene, None, str))
    return findings, notes


def _said(check: Check, scene: Scene) -> Sequence[Broken]:
    if check.inspect is None or check.promised(scene) is None or scene.policy.severities.get(check.code) == "off":
        return ()
    return list(check.inspect(scene) or ())


def _needless(waiver: CheckWaiver) -> Broken:
    return Broken(
        summary=f"the waiver of {waiver.check} for {waiver.version} waives nothing",
        expected=f"something that {waiver.check} says of {waiver.version}, today or on {day(waiver.until)}",
        received=f"nothing (waived because: {waiver.reason})",
        place=waiver.place,
    )
