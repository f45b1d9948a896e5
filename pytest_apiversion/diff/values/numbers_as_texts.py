"""Numbers where everything is written as text: those that a parameter took are held to what a text has to be like now, and the other way round."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pytest_apiversion.core.contracts.change_rule import Direction
from pytest_apiversion.diff.normalized_schema import View
from pytest_apiversion.diff.pair import Pair
from pytest_apiversion.diff.schema_keywords import kind_of
from pytest_apiversion.diff.values.patterns import matches

_TRIED = (0, 1, -1, 10, -1000, 123_456_789, 1.5, True, False)
_WRITTEN = frozenset({"integer", "fraction", "boolean"})


def compare_numbers_as_texts(pair: Pair, old: View, new: View) -> None:
    """Tell the pattern and the lengths that some number or truth does not keep which the other side takes.

    Args:
        pair: Two schemas of what is written as text.
        old: What the old one says.
        new: What the new one says.
    """
    request = pair.direction is Direction.REQUEST
    wide, narrow = (old, new) if request else (new, old)
    if not pair.text or narrow.types != frozenset({"string"}) or not wide.types or not wide.types <= _WRITTEN:
        return
    texts = list(_texts(wide))
    patterns = [one for one in narrow.values.get("pattern", ()) if any(matches(one, text) is False for text in texts)]
    told = " and ".join(patterns)
    if told and request:
        pair.say("*-pattern-added", place=new.at["pattern"], after=told)
    elif told:
        pair.say("*-pattern-removed", old_place=old.at["pattern"], before=told)
    for word, rule, sign in (("minLength", "min-length", 1), ("maxLength", "max-length", -1)):
        limit = narrow.values.get(word)
        if limit is not None and any((len(text) - limit) * sign < 0 for text in texts):
            action = "increased" if request == (sign > 0) else "decreased"
            if request:
                pair.say(f"*-{rule}-{action}", place=new.at[word], after=limit)
            else:
                pair.say(f"*-{rule}-{action}", old_place=old.at[word], before=limit)


def _texts(view: View) -> Iterator[str]:
    """How some of the values of a schema are written."""
    limits = [int(bound[0]) + step for bound in (view.lower, view.upper) if bound for step in (-1, 0, 1)]
    for value in view.enum if view.enum is not None else (*_TRIED, *limits):
        if kind_of(value) in (view.types or ()) and _within(view, value):
            yield json.dumps(value)


def _within(view: View, value: Any) -> bool:
    if isinstance(value, bool) or view.enum is not None:
        return True
    for bound, sign in ((view.lower, 1), (view.upper, -1)):
        if bound and ((value - bound[0]) * sign < 0 or (value == bound[0] and bound[1])):
            return False
    return all(value % step == 0 for step in view.values.get("multipleOf", ()))
