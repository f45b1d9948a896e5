"""Lengths, numbers of items and members, least and greatest values, patterns and multiples of two schemas."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.change import ABSENT
from pytest_apiversion.core.contracts.change_rule import Direction
from pytest_apiversion.diff.normalized_schema import SHARE, View
from pytest_apiversion.diff.pair import Pair
from pytest_apiversion.diff.schema_keywords import is_number
from pytest_apiversion.diff.values.few_values import lengths, more_said
from pytest_apiversion.diff.values.formats import PATTERNS
from pytest_apiversion.diff.values.numbers_as_texts import compare_numbers_as_texts
from pytest_apiversion.diff.values.patterns import matches
from pytest_apiversion.diff.values.ranges import bound_of_format, same_range
from pytest_apiversion.diff.values.steps import step_within

if TYPE_CHECKING:
    from pytest_apiversion.diff.values.pattern_sets import Texts

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


def compare_limits(texts: Callable[[], Texts], pair: Pair, old: View, new: View) -> None:
    """Compare lengths, numbers of items and members, least and greatest values, patterns and multiples."""
    alone = not (old.several_contained or new.several_contained)
    for word, name, least in _COUNTS if alone else _COUNTS[:-1]:
        was, now = _told(old, new, word, least), _told(new, old, word, least)
        follows = max(was, now) <= _at_least(old if now > was else new, word)
        if was != now and not follows and not _length_kept(texts, old, new, word, was, now):
            _say_limit(pair, old, new, word, f"{name}-{'increased' if now > was else 'decreased'}")
    for word, name in _LIMITS if alone else _LIMITS[:-1]:
        was, now = _told(old, new, word), _told(new, old, word)
        if was != now and not _length_kept(texts, old, new, word, was, now):
            wider = now is None or (was is not None and now > was)
            if word == "maxItems" and None in (was, now) and _by_unevaluated(new if was is None else old):
                at = {"place": new.at.get(word, pair.new.place), "old_place": old.at.get(word, pair.old.place)}
                pair.say(f"*-unevaluated-items-{'opened' if wider else 'closed'}", **at)
            else:
                _say_limit(pair, old, new, word, f"{name}-{'increased' if wider else 'decreased'}")
    _bounds(pair, old, new)
    _patterns(texts, pair, old, new)
    compare_numbers_as_texts(pair, old, new)
    _multiples(pair, old, new)
    unique = [
        not _idle(view, other, "uniqueItems")
        and view.values.get("uniqueItems", False)
        and max(one.values.get("maxItems", 2) for one in (old, new)) > 1
        for view, other in ((old, new), (new, old))
    ]
    if unique[0] != unique[1]:
        pair.say("*-unique-items-added" if unique[1] else "*-unique-items-removed")


def _by_unevaluated(view: View) -> bool:
    """Whether a list takes no more items because nothing evaluates them."""
    return view.at["maxItems"].endswith("/unevaluatedItems")


def _at_least(view: View, word: str) -> int:
    """How many members or items there are by what else a schema says."""
    if word == "minProperties":
        return len(view.required)
    return max((least for least, _ in view.counts), default=-1) if word == "minItems" else -1


_LENGTH, _COUNT = frozenset({"string"}), frozenset({"array"})
_OF = {
    **dict.fromkeys(("minLength", "maxLength", "pattern"), _LENGTH),
    **dict.fromkeys(("minItems", "maxItems", "minContains", "maxContains", "uniqueItems"), _COUNT),
    **dict.fromkeys(("minProperties", "maxProperties"), frozenset({"object"})),
    **dict.fromkeys(("minimum", "maximum", "multipleOf"), frozenset({"integer", "fraction"})),
}
"""What a value has to be for a keyword to say something about it."""


def _idle(old: View, new: View, word: str) -> bool:
    """Whether a keyword is about values that only one of two schemas allows: then that they differ in types is all there is to tell.

    Where the type stays, a limit that somebody wrote down and changes is taken to be meant, whatever the type says.
    """
    if old.types is None or new.types is None:
        return False
    if old.types == new.types and not (old.values.get(SHARE) or new.values.get(SHARE)):
        return False
    return not old.types & new.types & _OF[word]


def _told(view: View, other: View, word: str, otherwise: Any = None) -> Any:
    """What a keyword comes to; nothing where it is idle."""
    limit = view.values.get(word, otherwise)
    return otherwise if _idle(view, other, word) else limit


def _listed(view: View, holds: Callable[[Any], bool]) -> bool:
    """Whether the values of a schema are listed and all keep a limit, so that it makes no difference to them."""
    return view.enum is not None and all(map(holds, view.enum))


def _length_kept(texts: Callable[[], Texts], old: View, new: View, word: str, was: Any, now: Any) -> bool:
    """Whether lengths that differ make no difference: values are listed, and keep both, or all that a pattern takes do."""

    def holds(value: Any) -> bool:
        size = len(value) if isinstance(value, str) else 0
        limits = [limit for limit in (was, now) if limit is not None]
        return not isinstance(value, str) or all(
            size >= limit if word == "minLength" else size <= limit for limit in limits
        )

    if word not in {"minLength", "maxLength"}:
        return False
    looser, limit = (
        (new, was) if now is None or (was is not None and (now < was) == (word == "minLength")) else (old, now)
    )
    return _listed(old, holds) or _listed(new, holds) or _long_by_pattern(texts, looser, word, limit)


def _long_by_pattern(texts: Callable[[], Texts], view: View, word: str, limit: int) -> bool:
    """Whether all texts that the patterns of a schema take keep a length."""
    patterns, length = view.values.get("pattern", ()), f"{{{limit},}}" if word == "minLength" else f"{{0,{limit}}}"
    return bool(patterns) and texts().includes(patterns, [f"^[^]{length}$"], *lengths(view)) is True


def _say_limit(pair: Pair, old: View, new: View, word: str, rule: str) -> None:
    pair.say(
        f"*-{rule}",
        place=new.at.get(word, pair.new.place),
        old_place=old.at.get(word, pair.old.place),
        before=old.values.get(word, ABSENT),
        after=new.values.get(word, ABSENT),
    )


def _bounds(pair: Pair, old: View, new: View) -> None:
    if same_range(old, new):
        return
    for word, sign in (("minimum", 1), ("maximum", -1)):
        was, now = _bound_of(old, new, sign), _bound_of(new, old, sign)
        if was is None or now is None:  # not where both are formats, which are told as such
            was, now = (
                was or (now and bound_of_format(old, new, sign)),
                now or (was and bound_of_format(new, old, sign)),
            )
        holds = _within((was, now), sign)
        if was == now or _listed(old, holds) or _listed(new, holds):
            continue
        if step_within(old, was, sign) == step_within(new, now, sign) is not None:
            continue
        tighter = was is None if was is None or now is None else (now[0] * sign, now[1]) > (was[0] * sign, was[1])
        pair.say(
            f"*-{word}-{'increased' if tighter == (sign > 0) else 'decreased'}",
            place=new.at.get(word, pair.new.place),
            old_place=old.at.get(word, pair.old.place),
            before=_bound(was),
            after=_bound(now),
        )


def _bound_of(view: View, other: View, sign: int) -> tuple[float, bool] | None:
    """The least or the greatest value; of an integer the one that it can be."""
    bound = view.lower if sign > 0 else view.upper
    if bound is None or _idle(view, other, "minimum"):
        return None
    if view.types != frozenset({"integer"}):
        return bound
    if bound[0] != int(bound[0]):
        return (math.ceil(bound[0]) if sign > 0 else math.floor(bound[0]), False)
    return (bound[0] + sign, False) if bound[1] else bound


def _within(bounds: tuple[tuple[float, bool] | None, ...], sign: int) -> Callable[[Any], bool]:
    def holds(value: Any) -> bool:
        return not is_number(value) or all(
            (value - bound[0]) * sign > 0 or (value == bound[0] and not bound[1]) for bound in bounds if bound
        )

    return holds


def _bound(bound: tuple[float, bool] | None) -> Any:
    return ABSENT if bound is None else f"beyond {bound[0]}" if bound[1] else bound[0]


_ONE_LINE = "^.*$"


def _patterns(texts: Callable[[], Texts], pair: Pair, old: View, new: View) -> None:
    was, now = (
        set(() if _idle(view, other, "pattern") else view.values.get("pattern", ()))
        for view, other in ((old, new), (new, old))
    )
    if was == now or any(_listed(view, _matching(was | now)) for view in (old, new)):
        return
    lost, won = _lost(texts, old, was, now), _lost(texts, new, now, was)
    at = {"place": new.at.get("pattern", pair.new.place), "old_place": old.at.get("pattern", pair.old.place)}
    gone, come = " and ".join(sorted(was - now)), " and ".join(sorted(now - was))
    if lost is False and won is False:
        return  # one set of texts
    if not gone:
        pair.say("*-pattern-added", after=come, **at)
    elif not come:
        pair.say("*-pattern-removed", before=gone, **at)
    else:
        first, other = ("narrowed", "widened") if pair.direction is Direction.REQUEST else ("widened", "narrowed")
        worse = lost if pair.direction is Direction.REQUEST else won
        pair.say(
            f"*-pattern-{'changed' if worse is None else first if worse else other}", before=gone, after=come, **at
        )


def _lost(texts: Callable[[], Texts], view: View, own: set[str], others: set[str]) -> bool | None:
    """Whether a text that a schema takes is one that patterns do not take; None where that is not found out."""
    if view.enum is not None:
        told = [matches(one, value) for value in view.enum if isinstance(value, str) for one in others]
        return True if False in told else None if None in told else False
    limits = lengths(view)
    by_format = {PATTERNS[name] for name in view.values.get("format", ()) if name in PATTERNS}
    try:
        if texts().missing(own | by_format, others, *limits) is None:
            return False
        # who writes a dot seldom thinks of the ends of lines, which it is not
        one_line = {_ONE_LINE} if any("." in one for one in own | others) else set()
        return None if more_said(view) or texts().missing(own | one_line, others, *limits) is None else True
    except ValueError:
        return None


def _matching(patterns: set[str]) -> Callable[[Any], bool]:
    return lambda value: not isinstance(value, str) or all(matches(one, value) for one in patterns)


def _multiples(pair: Pair, old: View, new: View) -> None:
    was, now = (
        () if _idle(view, other, "multipleOf") else view.values.get("multipleOf", ())
        for view, other in ((old, new), (new, old))
    )
    if not (was and now):
        was, now = was or _whole_ones(old, now), now or _whole_ones(new, was)
    if set(was) == set(now) or any(_listed(view, _whole((*was, *now))) for view in (old, new)):
        return
    at: dict[str, Any] = {
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


def _whole_ones(view: View, others: tuple[Any, ...]) -> tuple[int, ...]:
    """The step of whole numbers, where the other side has a step that they all keep."""
    whole = view.types is not None and "integer" in view.types and "fraction" not in view.types
    return (1,) if whole and others and all(_divides(step, 1) for step in others) else ()


def _whole(steps: Any) -> Callable[[Any], bool]:
    return lambda value: not is_number(value) or all(_divides(step, value) for step in steps)


def _divides(part: Any, whole: Any) -> bool:
    numbers = isinstance(part, (int, float)) and isinstance(whole, (int, float)) and part
    return bool(numbers) and abs(whole / part - round(whole / part)) < 1e-9  # noqa: PLR2004  as far as floats can tell
