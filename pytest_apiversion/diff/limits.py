"""Lengths, numbers of items and members, least and greatest values, patterns and multiples of two schemas."""

from __future__ import annotations

from typing import Any

from pytest_apiversion.core.change import ABSENT
from pytest_apiversion.diff.pairs import Pair
from pytest_apiversion.diff.view import View

_COUNTS = (
    ("minLength", "min-length", 0),
    ("minItems", "min-items", 0),
    ("minProperties", "min-properties", 0),
    ("minContains", "min-contains", 1),
)
_LIMITS = (
    ("maxLength", "max-length"),
    ("maxItems", "max-items"),
    ("maxProperties", "max-properties"),
    ("maxContains", "max-contains"),
)


def compare_limits(pair: Pair, old: View, new: View) -> None:
    """Compare lengths, numbers of items and members, least and greatest values, patterns and multiples."""
    for word, name, least in _COUNTS:
        was, now = old.values.get(word, least), new.values.get(word, least)
        if was != now:
            _say_limit(pair, old, new, word, f"{name}-{'increased' if now > was else 'decreased'}")
    for word, name in _LIMITS:
        was, now = old.values.get(word), new.values.get(word)
        if was != now:
            _say_limit(
                pair,
                old,
                new,
                word,
                f"{name}-{'increased' if now is None or (was is not None and now > was) else 'decreased'}",
            )
    _bounds(pair, old, new)
    _patterns(pair, old, new)
    _multiples(pair, old, new)
    if old.values.get("uniqueItems") != new.values.get("uniqueItems"):
        pair.say("*-unique-items-added" if new.values.get("uniqueItems") else "*-unique-items-removed")


def _say_limit(pair: Pair, old: View, new: View, word: str, rule: str) -> None:
    pair.say(
        f"*-{rule}",
        place=new.at.get(word, pair.new.place),
        old_place=old.at.get(word, pair.old.place),
        before=old.values.get(word, ABSENT),
        after=new.values.get(word, ABSENT),
    )


def _bounds(pair: Pair, old: View, new: View) -> None:
    for word, sign, was, now in (
        ("minimum", 1, _whole(old, old.lower, 1), _whole(new, new.lower, 1)),
        ("maximum", -1, _whole(old, old.upper, -1), _whole(new, new.upper, -1)),
    ):
        if was == now:
            continue
        tighter = was is None if was is None or now is None else (now[0] * sign, now[1]) > (was[0] * sign, was[1])
        pair.say(
            f"*-{word}-{'increased' if tighter == (sign > 0) else 'decreased'}",
            place=new.at.get(word, pair.new.place),
            old_place=old.at.get(word, pair.old.place),
            before=_bound(was),
            after=_bound(now),
        )


def _whole(view: View, bound: tuple[float, bool] | None, sign: int) -> tuple[float, bool] | None:
    """An exclusive bound of an integer as the inclusive one that means the same."""
    if bound and bound[1] and view.types == frozenset({"integer"}) and bound[0] == int(bound[0]):
        return (bound[0] + sign, False)
    return bound


def _bound(bound: tuple[float, bool] | None) -> Any:
    return ABSENT if bound is None else f"beyond {bound[0]}" if bound[1] else bound[0]


def _patterns(pair: Pair, old: View, new: View) -> None:
    was, now = set(old.values.get("pattern", ())), set(new.values.get("pattern", ()))
    if was == now:
        return
    at = {"place": new.at.get("pattern", pair.new.place), "old_place": old.at.get("pattern", pair.old.place)}
    gone, come = " and ".join(sorted(was - now)), " and ".join(sorted(now - was))
    if not gone:
        pair.say("*-pattern-added", after=come, **at)
    elif not come:
        pair.say("*-pattern-removed", before=gone, **at)
    else:
        pair.say("*-pattern-changed", before=gone, after=come, **at)


def _multiples(pair: Pair, old: View, new: View) -> None:
    was, now = old.values.get("multipleOf", ()), new.values.get("multipleOf", ())
    if set(was) == set(now):
        return
    at = {
        "place": new.at.get("multipleOf", pair.new.place),
        "old_place": old.at.get("multipleOf", pair.old.place),
        "before": was[0] if was else ABSENT,
        "after": now[0] if now else ABSENT,
    }
    if not was or all(any(_divides(one, other) for other in now) for one in was):
        pair.say("*-multiple-of-narrowed", **at)
    elif not now or all(any(_divides(one, other) for other in was) for one in now):
        pair.say("*-multiple-of-widened", **at)
    else:
        pair.say("*-multiple-of-changed", **at)


def _divides(part: Any, whole: Any) -> bool:
    numbers = isinstance(part, (int, float)) and isinstance(whole, (int, float)) and part
    return bool(numbers) and abs(whole / part - round(whole / part)) < 1e-9  # noqa: PLR2004  as far as floats can tell
