"""Parameters and headers of two operations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_apiversion.core.contracts.change import ABSENT
from pytest_apiversion.core.contracts.change_rule import Direction
from pytest_apiversion.diff.document import Node
from pytest_apiversion.diff.fields.field import Field, Key
from pytest_apiversion.diff.fields.object_parameters import moved, respelled, spread
from pytest_apiversion.diff.left_out import left_out
from pytest_apiversion.diff.lifecycle import compare_marks, removal
from pytest_apiversion.diff.pair import Pair
from pytest_apiversion.diff.pairs import Ground
from pytest_apiversion.diff.schema_keywords import key
from pytest_apiversion.diff.schema_normalization import Views
from pytest_apiversion.diff.schema_values import usable

_REPEATED, WHOLE = 3, 2
"""The `text` of a parameter that may be repeated, and of a whole parameter or header; see `Pair`."""

_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

_TEXT = {"type": "string"}
_PLAIN = "text/plain"
_SCALARS = frozenset({"string", "integer", "fraction", "boolean"})


def compare_fields(
    ground: Ground, pair: Pair, old: Mapping[Key, Field], new: Mapping[Key, Field], direction: Direction
) -> None:
    """Compare parameters, which clients send, or headers, which the service sends."""
    request = direction is Direction.REQUEST
    prefix = "request-parameter" if request else "response-header"
    if request:
        old, new = spread(ground, old, new)
        old = moved(ground, pair, respelled(pair, old, new), new)
    for known in {**old, **new}:
        was, now = old.get(known), new.get(known)
        if known[0] == "path" and known[1].isdigit() and (was is None or now is None):
            was, now = was or _undeclared(now), now or _undeclared(was)
        if was and now:
            if left_out(was.node.raw) or left_out(now.node.raw):
                continue
            if was.schema.raw is _TEXT or now.schema.raw is _TEXT or not ground.equal(was.node.raw, now.node.raw):
                _both(ground, pair, was, now, direction)
        elif now:
            needed = now.required or known[0] == "path"
            pair.say(
                f"{direction.value}-required-{prefix.partition('-')[2]}-added" if needed else f"{prefix}-added",
                place=now.node.place,
                label=now.name,
            )
        elif was:
            _gone(ground, pair, was, direction)


def _undeclared(twin: Field | None) -> Field | None:
    """A path parameter that only the template names: any text."""
    return twin and twin._replace(schema=Node(_TEXT, twin.schema.place, twin.name), media=None)


def _gone(ground: Ground, pair: Pair, was: Field, direction: Direction) -> None:
    where = {"old_place": was.node.place, "label": was.name}
    word = "parameter" if direction is Direction.REQUEST else "header"
    judged = removal(was.marks, ground.setting) if word == "parameter" else None
    if judged and judged[0] == "unstable":
        pair.say("request-unstable-parameter-removed", before=judged[1], **where)
    elif judged and judged[0] != "deprecated":
        pair.say(f"request-parameter-removed-{judged[0]}", before=judged[1], **where)
    else:
        pair.say(f"{direction.value}-{'required-' if was.required else ''}{word}-removed", **where)


def _both(ground: Ground, pair: Pair, was: Field, now: Field, direction: Direction) -> None:
    request = direction is Direction.REQUEST
    prefix = "request-parameter" if request else "response-header"
    where = {"place": now.node.place, "old_place": was.node.place, "label": now.name}
    if was.required != now.required:
        pair.say(f"{prefix}-became-{'required' if now.required else 'optional'}", **where)
    if request:
        compare_marks(pair, prefix, was.marks, now.marks, ground.setting, **where)
        if ground.setting.promises_nothing(was.marks):
            return
        if was.empty != now.empty:
            pair.say(f"request-parameter-empty-value-{'allowed' if now.empty else 'refused'}", **where)
        if was.reserved != now.reserved and not (
            without_reserved(ground.old_views, was.schema) or without_reserved(ground.new_views, now.schema)
        ):
            pair.say(f"request-parameter-reserved-characters-{'allowed' if now.reserved else 'refused'}", **where)
        _defaults(ground, pair, was, now, where)
    else:
        _deprecation(pair, was, now, where)
    _written(ground, pair, was, now, prefix, where)
    written = now.media if now.media != _PLAIN else None
    text = 0 if written else _REPEATED if now.place in {"query", "cookie"} and now.style == "form" else WHOLE
    ground.pair(pair, was.schema, now.schema, direction=direction, text=text)


def without_reserved(views: Views, node: Node) -> bool:
    """Whether no value of a schema has a reserved character (RFC 3986, 2.2), so that it means nothing how these are written."""
    view = views.of(node)
    if view.enum is not None:
        return all(not isinstance(one, str) or set(one) <= _UNRESERVED for one in view.enum)
    plain = view.types is not None and bool(view.types) and view.types <= frozenset({"integer", "boolean"})
    return plain or view.values.get("format") in {("uuid",), ("date",)}


def _deprecation(pair: Pair, was: Field, now: Field, where: Mapping[str, Any]) -> None:
    before, after = (field.marks.get("deprecated") is True for field in (was, now))
    if before != after:
        pair.say(f"response-header-{'deprecated' if after else 'reactivated'}", **where)


def _written(ground: Ground, pair: Pair, was: Field, now: Field, prefix: str, where: Mapping[str, Any]) -> None:
    if was.media != now.media and not _one_text(ground, was, now):
        pair.say(f"{prefix}-content-changed", before=was.media or was.style, after=now.media or now.style, **where)
    elif was.media is now.media is None and (was.style, was.explode) != (now.style, now.explode):
        compound = [
            view.types is None or bool(view.types & {"array", "object"})
            for view in (ground.old_views.of(was.schema), ground.new_views.of(now.schema))
        ]
        if {was.style, now.style} == {"form", "cookie"} and not any(compound):
            return  # one value is written alike in both
        if was.style == now.style == "deepObject":
            return  # it is written in one way (OpenAPI, Parameter Object)
        if was.style == now.style == "simple" and not any(
            view.types is None or "object" in view.types
            for view in (ground.old_views.of(was.schema), ground.new_views.of(now.schema))
        ):
            return  # a list is written alike in both
        if was.style != now.style or all(compound):
            pair.say(f"{prefix}-style-changed", before=_style(was), after=_style(now), **where)


def _one_text(ground: Ground, was: Field, now: Field) -> bool:
    """Whether one value is one text, by a style and by a media type: a plain text always, a number and a truth value in JSON."""
    media = was.media or now.media
    if (was.media and now.media) or "deepObject" in {was.style, now.style} or now.style != was.style:
        return False
    alike = {_PLAIN: _SCALARS, "application/json": _SCALARS - {"string"}}.get(media or "", frozenset[str]())
    views = ground.old_views.of(was.schema), ground.new_views.of(now.schema)
    return all(view.types is not None and view.types <= alike and view.null is not True for view in views)


def _style(field: Field) -> str:
    return f"{field.style}, {'exploded' if field.explode else 'in one'}"


def _as_written(value: Any) -> Any:
    """A value to look it up by: a single one as the text it is written as."""
    return (
        key(value) if isinstance(value, (dict, list)) else str(value).lower() if isinstance(value, bool) else str(value)
    )


def _defaults(ground: Ground, pair: Pair, was: Field, now: Field, where: Mapping[str, Any]) -> None:
    sides = ground.old_views.of(was.schema), ground.new_views.of(now.schema)
    told = [view.values.get("default") for view in sides]
    stands = [view.at.get("default", "") for view in sides]
    if all(place.startswith("/components/") for place in stands):
        where = {**where, "place": stands[1], "old_place": stands[0]}  # one cause, whichever parameters share it
    before, after = (ABSENT if one is None else one for one in told)  # null is what is not there
    if was.required != now.required or (before is ABSENT and after is ABSENT):
        return  # no request left it out, or that none may is told already
    if was.required and (before is ABSENT or after is ABSENT):
        return  # it is never left out; one that has another default is taken for one that is, whatever `required` says
    if before is ABSENT or after is ABSENT:
        pair.say(
            f"request-parameter-default-{'added' if before is ABSENT else 'removed'}",
            before=before,
            after=after,
            **where,
        )
    elif _as_written(before) != _as_written(after) and (usable(before, sides[0]) or usable(after, sides[1])):
        pair.say("request-parameter-default-changed", before=before, after=after, **where)
