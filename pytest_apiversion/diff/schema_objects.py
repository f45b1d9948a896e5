"""Properties of two schemas: which there are, which are required, and what other members an object may have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_apiversion.core.contracts.change_rule import Direction
from pytest_apiversion.diff.document import Node
from pytest_apiversion.diff.lifecycle import compare_marks, removal
from pytest_apiversion.diff.normalized_schema import View
from pytest_apiversion.diff.pair import FORM, MEMBER_OF_FORM, Pair
from pytest_apiversion.diff.pairs import Ground
from pytest_apiversion.diff.schema_composition import describe
from pytest_apiversion.diff.schema_normalization import Views
from pytest_apiversion.diff.values.free_parts import compare_unevaluated
from pytest_apiversion.diff.values.patterns import covering

_MANY = 20
"""Patterns that are asked whether they take in another one."""


def compare_members(ground: Ground, pair: Pair, old: View, new: View) -> None:
    """Compare properties, what is required, and what else an object may have."""
    if old.properties or new.properties or old.required or new.required:
        hidden = "readOnly" if pair.direction is Direction.REQUEST else "writeOnly"
        for name in {**old.properties, **new.properties, **old.required, **new.required}:
            _member(ground, pair, old, new, name, hidden)
    _others(ground, pair, old, new)
    compare_unevaluated(ground, pair, old, new)
    _patterns(ground, pair, old, new)


def _member(  # noqa: C901, PLR0911  one way out a case
    ground: Ground, pair: Pair, old: View, new: View, name: str, hidden: str
) -> None:
    was, now = _shown(pair, ground.old_views, old, name), _shown(pair, ground.new_views, new, name)
    if was is None and now is None and (name in old.properties or name in new.properties):
        return
    required_was, required_now = name in old.required, name in new.required
    if was is None and now is None:
        if required_was != required_now:
            _undescribed(ground, pair, old, new, name, hidden)
        return
    before = ground.old.merged(was) if was else None
    after = ground.new.merged(now) if now else None
    if (
        before
        and after
        and required_was == required_now
        and ground.equal(before.raw, after.raw)
        and not isinstance(before.raw, tuple)
    ):
        return
    marks_was = ground.old_views.of(before).values if before else {}
    marks_now = ground.new_views.of(after).values if after else {}
    shown_was, shown_now = (
        before is not None and not marks_was.get(hidden),
        after is not None and not marks_now.get(hidden),
    )
    if not shown_was and not shown_now:
        return
    if before is None or after is None:
        _come_or_gone(ground, pair, old, new, name, before, after, marks_was)
        return
    where = {"place": after.place, "old_place": before.place, "label": after.label}
    word = "read-only" if hidden == "readOnly" else "write-only"
    if shown_was and not shown_now:
        pair.say(f"*-property-became-{word}", **where)
        return
    if not shown_was:
        needed = required_now and hidden == "readOnly"
        pair.say(f"*-required-property-became-not-{word}" if needed else f"*-property-became-not-{word}", **where)
        return
    compare_marks(pair, f"{pair.direction.value}-property", marks_was, marks_now, ground.setting, **where)
    if ground.setting.promises_nothing(marks_was):
        return
    if required_was != required_now:
        _requiredness(pair, old, new, name, after.label)
    ground.pair(pair, before, after, text=MEMBER_OF_FORM if pair.text == FORM else min(pair.text, 1))


def _undescribed(ground: Ground, pair: Pair, old: View, new: View, name: str, hidden: str) -> None:
    """Tell that a member which neither schema describes has to be there, or no longer has to."""
    label = f"{pair.new.label}.{name}"
    described = _described_around(ground, pair, name)
    if described and not any(marks.get(hidden) for marks in described):
        _requiredness(pair, old, new, name, label)
    elif not described and name in new.required:
        pair.say("*-undescribed-property-required", place=new.required[name], label=label)
    elif not described:
        pair.say("*-undescribed-property-not-required", old_place=old.required[name], label=label)


def _described_around(ground: Ground, pair: Pair, name: str) -> list[Mapping[str, Any]]:
    """What the schemas say of a member, in both documents, of which the pair's are alternatives or hold under a condition; nothing where one does not."""
    around = pair.within
    while around is not None:
        nodes = [
            (document, views, views.of(node).properties.get(name))
            for document, views, node in (
                (ground.old, ground.old_views, around.old),
                (ground.new, ground.new_views, around.new),
            )
        ]
        found: list[Mapping[str, Any]] = [
            views.of(document.merged(listed)).values for document, views, listed in nodes if listed
        ]
        if len(found) == len(nodes):
            return found
        around = around.within
    return []


def _shown(pair: Pair, views: Views, view: View, name: str) -> list[Node] | None:
    """What a schema says of a member; nothing where no answer has it."""
    nodes = view.properties.get(name)
    never = pair.direction is Direction.RESPONSE and any(_is_nothing(views, one) for one in nodes or ())
    return None if never else nodes


def _is_nothing(views: Views, node: Node) -> bool:
    """Whether a schema takes no value: `false`, and `not` of anything."""
    if not isinstance(node.raw, dict) or "not" not in node.raw:
        return node.raw is False
    told = views.of(node)
    return told.types == frozenset() and told.null is not True


def _requiredness(pair: Pair, old: View, new: View, name: str, label: str) -> None:
    if name in new.required:
        pair.say("*-property-became-required", place=new.required[name], label=label)
    else:
        pair.say("*-property-became-optional", old_place=old.required[name], label=label)


def _come_or_gone(
    ground: Ground, pair: Pair, old: View, new: View, name: str, before: Node | None, after: Node | None, marks: Any
) -> None:
    if after is not None:
        if name not in old.properties and (cover := _cover(old, name)):
            whole = ground.new.merged([*new.properties[name], *covering(new.patterns, name)[0]])
            ground.pair(pair, ground.old.merged(cover), whole, text=min(pair.text, 1))
        needed = "required" if name in new.required and name not in old.required else "optional"
        pair.say(f"*-{needed}-property-added", place=after.place, label=after.label)
        return
    if before is None:
        return
    where = {"old_place": before.place, "label": before.label}
    judged = removal(marks, ground.setting)
    if judged and judged[0] == "unstable":
        pair.say("*-unstable-property-removed", before=judged[1], **where)
        return
    cover = _cover(new, name) if name not in new.properties else []
    if cover:
        whole = ground.old.merged([*old.properties[name], *covering(old.patterns, name)[0]])
        ground.pair(pair, whole, ground.new.merged(cover), text=min(pair.text, 1))
    if judged and judged[0] != "deprecated":
        pair.say(f"*-property-removed-{judged[0]}", before=judged[1], **where)
    elif cover and name in new.required:
        if name not in old.required:
            pair.say("*-property-became-required", place=new.required[name], label=before.label)
    elif pair.direction is Direction.REQUEST and new.closed and covering(new.patterns, name) == ([], True):
        pair.say("*-property-rejected", **where)
    else:
        pair.say(f"*-{'required' if name in old.required else 'optional'}-property-removed", **where)


def _cover(view: View, name: str) -> list[Node]:
    """What a schema says of a member that it does not name: the patterns it matches, and without one what holds for all others."""
    found, sure = covering(view.patterns, name)
    return found or (view.others if sure and not view.closed else [])


def _others(ground: Ground, pair: Pair, old: View, new: View) -> None:
    if bool(old.closed) != bool(new.closed):
        word = "unevaluated" if (new.closed or old.closed or "").endswith("/unevaluatedProperties") else "additional"
        pair.say(
            f"*-{word}-properties-{'closed' if new.closed else 'opened'}",
            place=new.closed or pair.new.place,
            old_place=old.closed or pair.old.place,
        )
    elif not old.closed and (old.others or new.others):
        if old.others and new.others:
            ground.pair(pair, ground.old.merged(old.others), ground.new.merged(new.others), text=min(pair.text, 1))
        elif new.others:
            node = ground.new.merged(new.others)
            if not _is_free(ground.new_views.of(ground.new.schema(node)), pair.text):
                pair.say(
                    "*-additional-properties-typed",
                    place=node.place,
                    after=describe(ground.new, ground.new_views, node),
                )
        else:
            node = ground.old.merged(old.others)
            if not _is_free(ground.old_views.of(ground.old.schema(node)), pair.text):
                pair.say(
                    "*-additional-properties-untyped",
                    old_place=node.place,
                    before=describe(ground.old, ground.old_views, node),
                )


def _is_free(view: View, text: int) -> bool:
    """Whether a schema takes whatever a member may be; where all is written as text, any text."""
    return view.empty or bool(text and view.bare and view.types and "string" in view.types)


def _patterns(ground: Ground, pair: Pair, old: View, new: View) -> None:
    """Compare what holds for members by pattern; a pattern that only one schema has, with what holds for its names in the other one."""
    for pattern in {**old.patterns, **new.patterns}:
        was, now = old.patterns.get(pattern), new.patterns.get(pattern)
        if (now is None or was is None) and (wider := _wider(ground, new if now is None else old, pattern)):
            was, now = was or wider, now or wider
        elif (now and not was and old.closed) or (was and not now and new.closed):
            if old.closed and new.closed:
                word = "opened" if now else "closed"
                pair.say(f"*-additional-properties-{word}", place=now[0].place if now else new.closed)
            continue  # that other members came to be allowed, or forbidden, is told already
        was, now = was or old.others, now or new.others
        if was and now:
            ground.pair(pair, ground.old.merged(was), ground.new.merged(now), text=min(pair.text, 1))
        elif now:
            pair.say("*-pattern-property-added", place=now[0].place, after=pattern)
        elif was:
            pair.say("*-pattern-property-removed", old_place=was[0].place, before=pattern)


def _wider(ground: Ground, view: View, pattern: str) -> list[Node]:
    """What a schema says of all names that match a pattern of the other one, by patterns that surely take them all."""
    known = view.patterns if len(view.patterns) <= _MANY else {}
    found = [nodes for one, nodes in known.items() if ground.texts().includes([pattern], [one])]
    return [node for nodes in found for node in nodes]


def compare_dependent(ground: Ground, pair: Pair, old: View, new: View) -> None:
    """Compare what is required, or held to a schema, where another member is there."""
    was, now = old.maps.get("dependentRequired", {}), new.maps.get("dependentRequired", {})
    demanded = {*old.required, *new.required}  # whatever else is there
    for name in {**was, **now}:
        before, after = was.get(name, ((), pair.old.place)), now.get(name, ((), pair.new.place))
        label = f"{pair.new.label}.{name}"
        if come := [one for one in after[0] if one not in {*before[0], *demanded}]:
            pair.say(
                "*-dependent-required-added", place=after[1], old_place=before[1], label=label, after=", ".join(come)
            )
        if gone := [one for one in before[0] if one not in {*after[0], *demanded}]:
            pair.say(
                "*-dependent-required-removed", place=after[1], old_place=before[1], label=label, before=", ".join(gone)
            )
    schemas_was, schemas_now = old.maps.get("dependentSchemas", {}), new.maps.get("dependentSchemas", {})
    for name in {**schemas_was, **schemas_now}:
        one, other = schemas_was.get(name), schemas_now.get(name)
        if one and other:
            ground.pair(pair, ground.old.merged(one), ground.new.merged(other), branch=True)
        elif other:
            pair.say(
                "*-dependent-schema-added",
                place=other[0].place,
                label=other[0].label,
                after=describe(ground.new, ground.new_views, other[0]),
            )
        elif one:
            pair.say(
                "*-dependent-schema-removed",
                old_place=one[0].place,
                label=one[0].label,
                before=describe(ground.old, ground.old_views, one[0]),
            )
