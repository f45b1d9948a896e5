"""Deprecation, sunset and stability of an operation, a parameter or a member."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from pytest_apiversion.core.contracts.change import ABSENT
from pytest_apiversion.diff.pairs import Pair, Setting

STABILITIES = ("draft", "alpha", "preview", "beta", "stable")
"""Levels of `x-stability-level`, weakest first; nothing said is the strongest."""

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})([Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})?)?", re.ASCII)


def sunset_of(marks: Mapping[str, Any]) -> dt.date | None:
    """The day of an `x-sunset`; None where there is none that can be read."""
    known = _DAY.fullmatch(str(marks.get("x-sunset", "")).strip())
    try:
        return dt.date.fromisoformat(known[1]) if known else None
    except ValueError:
        return None


def removal(marks: Mapping[str, Any], setting: Setting) -> tuple[str, Any] | None:
    """How the removal of something marked so is judged: `unstable`, `after-sunset`, `before-sunset` or `deprecated`, and the mark.

    None where no mark says anything.
    """
    if setting.promises_nothing(marks):
        return "unstable", marks["x-stability-level"]
    if marks.get("deprecated") is not True:
        return None
    day = sunset_of(marks)
    if day is None:
        return ("deprecated", ABSENT) if "x-sunset" not in marks else ("before-sunset", marks["x-sunset"])
    passed = setting.as_of is not None and setting.as_of >= day
    return ("after-sunset" if passed else "before-sunset"), day.isoformat()


def compare_marks(
    pair: Pair, prefix: str, old: Mapping[str, Any], new: Mapping[str, Any], setting: Setting, **where: Any
) -> None:
    """Compare what two things of one kind are marked with.

    Args:
        pair: Where to note it.
        prefix: The rules' prefix.
        old: The old marks.
        new: The new marks.
        setting: The day and the time of grace.
        **where: `place`, `old_place` and `label` of the change.
    """
    before, after = old.get("x-stability-level"), new.get("x-stability-level")
    if before != after:
        if (before is not None and before not in STABILITIES) or (after is not None and after not in STABILITIES):
            pair.say(f"{prefix}-stability-invalid", before=_told(before), after=_told(after), **where)
        else:
            ranks = [STABILITIES.index(level or "stable") for level in (before, after)]
            if ranks[0] < ranks[1] or (ranks[0] > ranks[1] and not setting.promises_nothing(old)):
                word = "decreased" if ranks[1] < ranks[0] else "increased"
                pair.say(f"{prefix}-stability-{word}", before=before or "stable", after=after or "stable", **where)
    was, now = old.get("deprecated") is True, new.get("deprecated") is True
    if was and not now:
        pair.say(f"{prefix}-reactivated", **where)
    elif now and not setting.promises_nothing(old):
        _sunset(pair, prefix, old if was else None, new, setting, where)


def _sunset(
    pair: Pair,
    prefix: str,
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any],
    setting: Setting,
    where: Mapping[str, Any],
) -> None:
    text, day = new.get("x-sunset"), sunset_of(new)
    before = old.get("x-sunset") if old else None
    grace = setting.grace(new.get("x-stability-level"))
    if old is not None and before == text:
        return
    if (text is not None and day is None) or (before is not None and old is not None and sunset_of(old) is None):
        pair.say(f"{prefix}-sunset-invalid", before=_told(before), after=_told(text), **where)
        return
    too_soon = grace > 0 and day is not None and setting.as_of is not None and (day - setting.as_of).days < grace
    if old is None:
        if day is None and grace > 0:
            pair.say(f"{prefix}-deprecated-without-sunset", **where)
        elif too_soon:
            pair.say(f"{prefix}-sunset-too-soon", after=text, **where)
        else:
            pair.say(f"{prefix}-deprecated", after=_told(text), **where)
        return
    earlier = sunset_of(old)
    if day is None:
        pair.say(f"{prefix}-sunset-removed", before=before, **where)
    elif earlier is None:
        pair.say(f"{prefix}-sunset-too-soon" if too_soon else f"{prefix}-sunset-added", after=text, **where)
    elif day != earlier:
        pair.say(f"{prefix}-sunset-moved-{'earlier' if day < earlier else 'later'}", before=before, after=text, **where)


def _told(value: Any) -> Any:
    return ABSENT if value is None else value
