"""The comparison of two schemas: a request's may only widen, a response's may only narrow."""

from __future__ import annotations

from collections import deque

from pytest_apiversion.core.contracts.change import Change
from pytest_apiversion.core.contracts.change_rule import Direction
from pytest_apiversion.diff.document import Node
from pytest_apiversion.diff.inclusion.disproved import leave_out_disproved
from pytest_apiversion.diff.normalized_schema import View
from pytest_apiversion.diff.one_of import compare_one_ofs, tell_once
from pytest_apiversion.diff.pair import MEMBER_OF_FORM, REPEATED, Pair
from pytest_apiversion.diff.pairs import Ground
from pytest_apiversion.diff.schema_composition import (
    compare_alternatives,
    compare_null,
    describe,
)
from pytest_apiversion.diff.schema_constraints import compare_limits
from pytest_apiversion.diff.schema_objects import compare_dependent, compare_members
from pytest_apiversion.diff.schema_values import compare_formats, compare_types, compare_values, compare_words
from pytest_apiversion.diff.splitting import tell_shares_once
from pytest_apiversion.diff.values.check import takes
from pytest_apiversion.diff.values.conditions import compare_conditions
from pytest_apiversion.diff.values.contained import compare_contained
from pytest_apiversion.diff.values.discriminators import compare_discriminators
from pytest_apiversion.diff.values.few_values import listed_alike
from pytest_apiversion.diff.values.free_parts import compare_free_items
from pytest_apiversion.diff.values.member_spellings import members_in_one_spelling
from pytest_apiversion.diff.values.names import in_one_spelling
from pytest_apiversion.diff.values.negations import compare_negations, forbids_nothing

_MANY = 100
"""Pairs of conditions that are asked whether they mean the same; of more, only those written alike are taken for it."""
_MOST_WORK = 5_000
"""Pairs of schemas that are compared, at most, for the question whether two mean the same."""
_DOUBTFUL = ("-one-of-ambiguous", "-one-of-overlapping")
"""Findings that may be taken back, as errors may be."""


def compare_schemas(ground: Ground, pair: Pair) -> None:
    """Compare two schemas; what is inside them is queued."""
    old, new = members_in_one_spelling(*in_one_spelling(ground.old_views.of(pair.old), ground.new_views.of(pair.new)))
    if (
        pair.text in {REPEATED, MEMBER_OF_FORM}
        and new.types == frozenset({"array"})
        and old.types
        and "array" not in old.types
        and "items" in new.schemas
        and new.values.get("minItems", 0) <= 1
    ):
        ground.pair(pair, pair.old, ground.new.merged(new.schemas["items"]), text=2 if pair.text == REPEATED else 1)
        return
    if _list_of_one(pair, old, new):
        ground.pair(pair, ground.old.merged(old.schemas["items"]), pair.new, text=2 if pair.text == REPEATED else 1)
        return
    compare_discriminators(ground, pair, old, new, _same)
    compare_one_ofs(ground, pair, old, new)
    if _all_taken(ground, pair, old, new) or compare_alternatives(ground, pair, old, new):
        compare_words(pair, old, new)
        return
    alike = compare_types(pair, old, new)
    compare_null(ground, pair, old, new)
    if not alike and not (old.const and new.const):
        compare_words(pair, old, new)
        return  # nothing that either says of its values is about a value of the other one
    if alike:
        compare_formats(pair, old, new)
    old, new = listed_alike(ground.texts, old, new)
    compare_values(pair, old, new)
    compare_limits(ground.texts, pair, old, new)
    compare_words(pair, old, new)
    if old.types is not None and new.types is not None and old.types.isdisjoint(new.types):
        return  # both are texts, and neither has a part that the other one could have
    compare_members(ground, pair, old, new)
    _items(ground, pair, old, new)
    for word, name in (
        ("contains", "contains"),
        ("propertyNames", "property-names"),
        ("contentSchema", "content-schema"),
    ):
        if word == "contains" and (old.several_contained or new.several_contained):
            compare_contained(ground, pair, old, new, _same)
        else:
            _one(ground, pair, old, new, word, name)
    compare_free_items(ground, pair, old, new)
    _negations(ground, pair, old, new)
    compare_conditions(ground, pair, old, new, _same)
    compare_dependent(ground, pair, old, new)


def _list_of_one(pair: Pair, old: View, new: View) -> bool:
    """Whether what may be repeated was a list of at most one, and is written as that one now."""
    return (
        pair.text in {REPEATED, MEMBER_OF_FORM}
        and old.types == frozenset({"array"})
        and old.values.get("maxItems") == 1
        and "items" in old.schemas
        and bool(new.types)
        and "array" not in (new.types or ())
    )


def _all_taken(ground: Ground, pair: Pair, old: View, new: View) -> bool:
    """Whether one side lists its values, and the alternatives of the other side, which may be more, take each of them."""
    request = pair.direction is Direction.REQUEST
    listed, other = (old, new) if request else (new, old)
    document, node = (ground.new, pair.new) if request else (ground.old, pair.old)
    if listed.enum is None or listed.groups or not other.groups or pair.text or len(listed.enum) > _MANY:
        return False
    values = [*listed.enum, *([None] if listed.null else [])]
    hidden = "readOnly" if request else "writeOnly"
    if not all(takes(document, node.raw, value, hidden=hidden) for value in values):
        return False
    if request:
        pair.say("*-enum-removed", before=listed.enum)
    else:
        pair.say("*-enum-added", after=listed.enum)
    return True


def drained(ground: Ground) -> list[Change]:
    """Compare every pair of schemas that waits, and give all that was found."""
    while ground.queue:
        compare_schemas(ground, ground.queue.pop())
    tell_once(ground)
    leave_out_disproved(ground)
    tell_shares_once(ground)  # after that: of two that say the same, one may be disproved
    return ground.changes()


def breaks(ground: Ground) -> bool:
    """Whether an error is among what was found, and among what is found of the pairs that wait: these are compared up to the first one."""
    stack = [pair for _, pair in ground.operations]
    while stack:
        pair = stack.pop()
        if ground.holds_error(pair):
            return True
        stack.extend(pair.inner)  # no schema is compared yet, so that none of them leads further
    waiting = deque(ground.queue)
    while waiting:
        ground.queue = []
        pair = waiting.popleft()
        compare_schemas(ground, pair)
        if ground.holds_error(pair):
            return True
        waiting.extend(ground.queue)
    return False


def _items(ground: Ground, pair: Pair, old: View, new: View) -> None:
    text = min(pair.text, 1)
    for was, now in zip(old.lists, new.lists, strict=False):
        ground.pair(pair, ground.old.merged(was), ground.new.merged(now), text=text)
    for index, nodes in enumerate(new.lists[len(old.lists) :], len(old.lists)):
        if index >= old.values.get("maxItems", index + 1):
            continue  # there was no such item, and that there may be is told of `maxItems`
        if "items" in old.schemas:
            ground.pair(pair, ground.old.merged(old.schemas["items"]), ground.new.merged(nodes), text=text)
        else:
            told = describe(ground.new, ground.new_views, nodes[0])
            pair.say("*-prefix-item-added", place=nodes[0].place, after=told)
    for index, nodes in enumerate(old.lists[len(new.lists) :], len(new.lists)):
        if index >= new.values.get("maxItems", index + 1):
            continue
        if "items" in new.schemas:
            ground.pair(pair, ground.old.merged(nodes), ground.new.merged(new.schemas["items"]), text=text)
        else:
            told = describe(ground.old, ground.old_views, nodes[0])
            pair.say("*-prefix-item-removed", old_place=nodes[0].place, before=told)
    sides = ((ground.old, old, pair.old), (ground.new, new, pair.new))
    some = any("items" in view.schemas for _, view, _ in sides)
    if some and all(_has_others(view) and "unevaluatedItems" not in view.values for _, view, _ in sides):
        rest = [
            document.merged(view.schemas["items"])
            if "items" in view.schemas
            else document.nothing(f"{node.place}/items", f"{node.label}[]")
            for document, view, node in sides
        ]
        ground.pair(pair, *rest, text=text)


def _has_others(view: View) -> bool:
    """Whether a list may have items beyond those that are described by their order."""
    many = view.values.get("maxItems", len(view.lists) + 1) > len(view.lists)
    return many and (view.types is None or "array" in view.types)


def _one(ground: Ground, pair: Pair, old: View, new: View, word: str, name: str) -> None:
    was, now = old.schemas.get(word), new.schemas.get(word)
    counted = word == "contains" and "maxContains" in {*old.values, *new.values}
    if was and now and not (counted and not _same(ground, ground.old.merged(was), ground.new.merged(now))):
        branch = word == "contains"  # another item may be what is asked for
        ground.pair(pair, ground.old.merged(was), ground.new.merged(now), text=min(pair.text, 1), branch=branch)
        return
    if now:
        pair.say(f"*-{name}-added", place=now[0].place, after=describe(ground.new, ground.new_views, now[0]))
    if was:
        pair.say(f"*-{name}-removed", old_place=was[0].place, before=describe(ground.old, ground.old_views, was[0]))


def _negations(ground: Ground, pair: Pair, old: View, new: View) -> None:
    was = [node for node in old.schemas.get("not", ()) if not forbids_nothing(new, ground.old_views.of(node))]
    now = [node for node in new.schemas.get("not", ()) if not forbids_nothing(old, ground.new_views.of(node))]
    compare_negations(ground, pair, old, new, *_differing(ground, was, now))


def _differing(ground: Ground, old: list[Node], new: list[Node]) -> tuple[list[Node], list[Node]]:
    """The schemas of each list that mean the same as none of the other; of long lists, as the one in its place."""
    if len(old) * len(new) > _MANY:
        apart = [(was, now) for was, now in zip(old, new, strict=False) if not _same(ground, was, now)]
        return [was for was, _ in apart] + old[len(new) :], [now for _, now in apart] + new[len(old) :]
    known = [[_same(ground, one, other) for other in new] for one in old]
    return (
        [one for one, row in zip(old, known, strict=True) if not any(row)],
        [other for index, other in enumerate(new) if not any(row[index] for row in known)],
    )


def _same(ground: Ground, old: Node, new: Node) -> bool:
    """Whether two schemas mean the same: nothing is found between them. Where there is too much to ask, they do not."""
    question, questions = (id(old.raw), id(new.raw)), ground.questions
    if question in questions.asked:
        questions.granted.add(question)
        return True
    if question in questions.answers:
        return questions.answers[question][0]
    if questions.work > _MOST_WORK:
        return False
    questions.asked.add(question)
    apart = ground.apart()
    root = Pair(old, new, Direction.REQUEST)
    apart.operations.append(("", root))
    apart.pair(root, old, new)
    same = not _differs(apart)
    questions.asked.discard(question)
    questions.granted.discard(question)
    if not (same and questions.granted):
        questions.answers[question] = same, old.raw, new.raw
    return same


def _differs(ground: Ground) -> bool:
    """Whether anything is found; looked for up to the first thing that nothing takes back."""
    while ground.queue:
        ground.questions.work += 1
        pair = ground.queue.pop()
        compare_schemas(ground, pair)
        if any(not is_error and not name.endswith(_DOUBTFUL) for name, is_error in ground.told(pair)):
            return True
    return bool(drained(ground))
