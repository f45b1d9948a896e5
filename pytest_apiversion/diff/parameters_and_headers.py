"""Parameters and headers of two operations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from pytest_apiversion.core.contracts.change import ABSENT
from pytest_apiversion.core.contracts.change_rule import Direction
from pytest_apiversion.diff.document import Document, Node, escape
from pytest_apiversion.diff.left_out import left_out
from pytest_apiversion.diff.lifecycle import compare_marks, removal
from pytest_apiversion.diff.pair import Pair
from pytest_apiversion.diff.pairs import Ground
from pytest_apiversion.diff.schema_keywords import key
from pytest_apiversion.diff.schema_normalization import Views
from pytest_apiversion.diff.schema_values import usable

_IGNORED = frozenset({"accept", "content-type", "authorization"})
_STYLES = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}
_REPEATED, _WHOLE = 3, 2

_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

_TEXT = {"type": "string"}
_FORM = "application/x-www-form-urlencoded"

Key = tuple[str, str]


class Field(NamedTuple):
    """A parameter or header of one document."""

    node: Node
    name: str
    place: str
    required: bool
    schema: Node
    media: str | None
    style: str
    explode: bool
    empty: bool
    reserved: bool

    @property
    def marks(self) -> Mapping[str, Any]:
        """What it is marked with."""
        raw: Mapping[str, Any] = self.node.raw
        return raw


def parameters_of(document: Document, item: Node, operation: Node, template: str) -> dict[Key, Field]:
    """The parameters of an operation, its path's included; path parameters by their position, so that a name of theirs means nothing."""
    positions = {name: str(index) for index, name in enumerate(re.findall(r"\{([^{}]+)\}", template))}
    found: dict[Key, Field] = {}
    for holder in (item, operation):
        listed = holder.raw.get("parameters")
        for index, raw_part in enumerate(listed if isinstance(listed, list) else ()):
            node = document.follow(Node(raw_part, f"{holder.place}/parameters/{index}", ""))
            raw = node.raw
            if not isinstance(raw, dict) or not isinstance(raw.get("name"), str) or not isinstance(raw.get("in"), str):
                continue
            name, where = str(raw["name"]), str(raw["in"])
            if where == "header" and name.lower() in _IGNORED:
                continue
            known = positions.get(name, name) if where == "path" else name.lower() if where == "header" else name
            found[where, known] = field_of(document, node, name, where)
    free = [position for name, position in positions.items() if ("path", position) not in found]
    unplaced = [part for part in found if part[0] == "path" and not part[1].isdigit()]
    for position, part in zip(free, unplaced, strict=False):
        found["path", position] = found.pop(part)  # the name is not the template's: its place is the only one left
    return found


def lacks_parameters(document: Document, item: Node, operation: Node) -> bool:
    """Whether an operation may have parameters that were left out."""
    lists = [holder.raw.get("parameters") for holder in (item, operation)]
    return any(
        left_out(listed)
        or (isinstance(listed, list) and any(left_out(document.follow(Node(part, "", "")).raw) for part in listed))
        for listed in lists
    )


def headers_of(document: Document, response: Node) -> dict[Key, Field]:
    """The headers of a response."""
    listed = response.raw.get("headers")
    found: dict[Key, Field] = {}
    for name, part in listed.items() if isinstance(listed, dict) else ():
        node = document.follow(Node(part, f"{response.place}/headers/{escape(name)}", name))
        if isinstance(node.raw, dict) and name.lower() != "content-type":
            found["header", name.lower()] = field_of(document, node, name, "header")
    return found


def field_of(document: Document, node: Node, name: str, where: str) -> Field:
    """A parameter or header, its defaults filled in."""
    raw = node.raw
    content = raw.get("content")
    media = next(iter(content), None) if isinstance(content, dict) else None
    if media is not None:
        place = f"{node.place}/content/{escape(media)}/schema"
        holder = document.follow(Node(content[media], place.removesuffix("/schema"), name)).raw
        value = holder if left_out(holder) else holder.get("schema") if isinstance(holder, dict) else None
    else:
        place, value = f"{node.place}/schema", raw.get("schema")
    schema = Node(value, place, name) if isinstance(value, (dict, bool)) else document.nothing(place, name)
    style = str(raw.get("style") or _STYLES.get(where, "simple"))
    explode = raw.get("explode")
    return Field(
        node=Node(raw, node.place, name),
        name=name,
        place=where,
        required=raw.get("required") is True or where == "path",
        schema=schema,
        media=media,
        style=style,
        explode=explode if isinstance(explode, bool) else style == "form",
        empty=raw.get("allowEmptyValue") is True,
        reserved=raw.get("allowReserved") is True and where == "query",
    )


def compare_fields(
    ground: Ground, pair: Pair, old: Mapping[Key, Field], new: Mapping[Key, Field], direction: Direction
) -> None:
    """Compare parameters, which clients send, or headers, which the service sends."""
    request = direction is Direction.REQUEST
    prefix = "request-parameter" if request else "response-header"
    if request:
        old, new = _spread(ground.old, ground.old_views, old, new), _spread(ground.new, ground.new_views, new, old)
        old = _respelled(pair, old, new)
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


def _spread(
    document: Document, views: Views, fields: Mapping[Key, Field], others: Mapping[Key, Field]
) -> Mapping[Key, Field]:
    """The parameters, an object that is written as several of them (or as the whole query string) as those, where the other side has them so."""
    found = dict(fields)
    for known, field in fields.items():
        if known in others or field.place not in {"query", "querystring"}:
            continue
        deep, schema = field.style == "deepObject", views.of(field.schema)
        plain = field.media is None and (deep or (field.style == "form" and field.explode))
        if not (plain or field.media == _FORM) or not schema.properties:
            continue
        parts: dict[Key, Field] = {}
        for name, nodes in schema.properties.items():
            told, node = f"{field.name}[{name}]" if deep else name, document.merged(nodes)
            parts["query", told] = field._replace(
                name=told,
                place="query",
                required=field.required and name in schema.required,
                schema=Node(node.raw, node.place, told),
                media=None,
                style="form",
                explode=True,
            )
        if parts.keys() & (others.keys() - fields.keys()):
            del found[known]
            found = {**parts, **found}
    return found


def _respelled(pair: Pair, old: Mapping[Key, Field], new: Mapping[Key, Field]) -> Mapping[Key, Field]:
    """The old parameters by their new names, where only capitals differ: names of parameters are read by the letter."""
    waiting = {(place, name.lower()): (place, name) for place, name in new.keys() - old.keys()}
    found: dict[Key, Field] = {}
    for known, field in old.items():
        now = None if known in new else waiting.pop((known[0], known[1].lower()), None)
        found[now or known] = field
        if now:
            pair.say(
                f"request-{'required-' if new[now].required else ''}parameter-respelled",
                place=new[now].node.place,
                old_place=field.node.place,
                label=field.name,
                before=field.name,
                after=new[now].name,
            )
    return found


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
        _written(ground, pair, was, now, where)
        _defaults(ground, pair, was, now, where)
    text = 0 if now.media else _REPEATED if now.place in {"query", "cookie"} and now.style == "form" else _WHOLE
    ground.pair(pair, was.schema, now.schema, direction=direction, text=text)


def without_reserved(views: Views, node: Node) -> bool:
    """Whether no value of a schema has a reserved character (RFC 3986, 2.2), so that it means nothing how these are written."""
    view = views.of(node)
    if view.enum is not None:
        return all(not isinstance(one, str) or set(one) <= _UNRESERVED for one in view.enum)
    plain = view.types is not None and bool(view.types) and view.types <= frozenset({"integer", "boolean"})
    return plain or view.values.get("format") in {("uuid",), ("date",)}


def _written(ground: Ground, pair: Pair, was: Field, now: Field, where: Mapping[str, Any]) -> None:
    if was.media != now.media:
        pair.say(
            "request-parameter-content-changed", before=was.media or was.style, after=now.media or now.style, **where
        )
    elif was.media is None and (was.style, was.explode) != (now.style, now.explode):
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
            pair.say("request-parameter-style-changed", before=_style(was), after=_style(now), **where)


def _style(field: Field) -> str:
    return f"{field.style}, {'exploded' if field.explode else 'in one'}"


def _defaults(ground: Ground, pair: Pair, was: Field, now: Field, where: Mapping[str, Any]) -> None:
    told = [
        views.of(field.schema).values.get("default")
        for views, field in ((ground.old_views, was), (ground.new_views, now))
    ]
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
    elif key(before) != key(after) and (
        usable(before, ground.old_views.of(was.schema)) or usable(after, ground.new_views.of(now.schema))
    ):
        pair.say("request-parameter-default-changed", before=before, after=after, **where)
