"""Request bodies of two operations, and the media types of whatever has a body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from pytest_apiversion.core.contracts.change_rule import Direction
from pytest_apiversion.diff.document import Document, Node, escape
from pytest_apiversion.diff.encodings import compare_encodings, compare_item_encodings, is_written, media_holds
from pytest_apiversion.diff.left_out import left_out
from pytest_apiversion.diff.normalized_schema import View
from pytest_apiversion.diff.pair import FORM, Pair
from pytest_apiversion.diff.pairs import Ground
from pytest_apiversion.diff.schema_normalization import Views
from pytest_apiversion.diff.schema_values import bytes_in
from pytest_apiversion.diff.values.media_names import media_name

UNSAID = "x-apiversion-unsaid"
"""Marks a media type that a document of Swagger 2.0 does not say: it may be any."""

_OF_BYTES = frozenset({"format", "contentMediaType", "title", "default"})
"""Keywords beside which a schema of bytes says nothing more."""


def compare_bodies(ground: Ground, pair: Pair, old: Node, new: Node, direction: Direction) -> None:
    """Compare the `requestBody` of two operations."""
    was, now = _body(ground.old, old), _body(ground.new, new)
    way = direction.value
    if (was is None and now is None) or any(side is not None and left_out(side.raw) for side in (was, now)):
        return
    if was is None or now is None:
        node = now if was is None else was
        needed = node is not None and node.raw.get("required") is True and direction is Direction.REQUEST
        at = {"place": node.place} if node is now and node else {"old_place": node.place if node else ""}
        pair.say(
            f"{way}-{'required-' if needed else ''}body-{'added' if was is None else 'removed'}", label="body", **at
        )
        return
    if ground.equal(was.raw, now.raw):
        return
    needed_was, needed_now = was.raw.get("required") is True, now.raw.get("required") is True
    if needed_was != needed_now:
        pair.say(
            f"{way}-body-became-{'required' if needed_now else 'optional'}",
            place=now.place,
            old_place=was.place,
            label="body",
        )
    compare_contents(ground, pair, was, now, direction)


def _body(document: Document, operation: Node) -> Node | None:
    if not isinstance(operation.raw.get("requestBody"), dict):
        return None
    node = document.follow(Node(operation.raw["requestBody"], f"{operation.place}/requestBody", "body"))
    return node if isinstance(node.raw, dict) else None


def _contents(document: Document, holder: Node) -> dict[str, Node]:
    content = holder.raw.get("content")
    found: dict[str, Node] = {}
    for name, part in content.items() if isinstance(content, dict) else ():
        node = document.follow(Node(part, f"{holder.place}/content/{escape(name)}", name))
        found[media_name(name)] = node if isinstance(node.raw, dict) else Node({}, node.place, name)
    return found


def _hold_unsaid(one: dict[str, Node], other: dict[str, Node]) -> None:
    """Where no media type is said (Swagger 2.0 needs none), take the one that was guessed for the range of all, if the other side says that."""
    if [*other] == ["*/*"] and len(one) == 1:
        name, node = next(iter(one.items()))
        if node.raw.get(UNSAID) is True:
            del one[name]
            one["*/*"] = node


def _charset(name: str) -> tuple[str, str]:
    """A media type without its character set, and that."""
    parts = name.split(";")
    told = [part.partition("=")[2] for part in parts if part.startswith("charset=")]
    return ";".join(part for part in parts if not part.startswith("charset=")), told[0] if told else "utf-8"


def compare_contents(ground: Ground, pair: Pair, old: Node, new: Node, direction: Direction) -> None:
    """Compare the media types of two bodies."""
    if any(left_out(node.raw.get("content")) for node in (old, new)):
        return
    was, now = _contents(ground.old, old), _contents(ground.new, new)
    _hold_unsaid(was, now)
    _hold_unsaid(now, was)
    rest_was, rest_now = [name for name in was if name not in now], [name for name in now if name not in was]
    for name in was:
        if name in now:
            _media(ground, pair, name, was[name], now[name], direction)
    _charsets(ground, pair, was, now, (rest_was, rest_now), direction)
    holds = partial(media_holds, suffix=direction is Direction.RESPONSE)
    for one in list(rest_was):
        for other in list(rest_now):
            word = "widened" if holds(other, one) else "narrowed" if holds(one, other) else ""
            if word and one in rest_was:
                rest_was.remove(one)
                rest_now.remove(other)
                pair.say(
                    f"{direction.value}-media-type-{word}",
                    place=now[other].place,
                    old_place=was[one].place,
                    label=other,
                    before=one,
                    after=other,
                )
                _media(ground, pair, other, was[one], now[other], direction)
    _came_and_gone(ground, pair, was, now, (rest_was, rest_now), direction)


def _charsets(
    ground: Ground,
    pair: Pair,
    was: Mapping[str, Node],
    now: Mapping[str, Node],
    rest: tuple[list[str], list[str]],
    direction: Direction,
) -> None:
    """Tell texts that are written in another character set, and take them out of the rest."""
    for one in list(rest[0]):
        kind, before = _charset(one)
        other = next((name for name in rest[1] if _charset(name)[0] == kind), None)
        if other is not None:
            rest[0].remove(one)
            rest[1].remove(other)
            at = {"place": now[other].place, "old_place": was[one].place, "label": kind}
            pair.say(f"{direction.value}-charset-changed", before=before, after=_charset(other)[1], **at)
            _media(ground, pair, other, was[one], now[other], direction)


def _came_and_gone(
    ground: Ground,
    pair: Pair,
    was: Mapping[str, Node],
    now: Mapping[str, Node],
    rest: tuple[list[str], list[str]],
    direction: Direction,
) -> None:
    """Tell the media types that only one side has, and hold each against the range that describes it on the other side."""
    for name in rest[0]:
        cover = _range_of(name, now)
        if cover is not None:
            pair.say(
                f"{direction.value}-media-type-left-to-range",
                place=now[cover].place,
                old_place=was[name].place,
                label=name,
                before=name,
                after=cover,
            )
            _media(ground, pair, name, was[name], now[cover], direction)
        elif direction is Direction.RESPONSE or not any(media_holds(other, name, suffix=False) for other in now):
            pair.say(f"{direction.value}-media-type-removed", old_place=was[name].place, label=name, before=name)
    for name in rest[1]:
        pair.say(f"{direction.value}-media-type-added", place=now[name].place, label=name, after=name)
        cover = _range_of(name, was)
        if cover is not None:
            _media(ground, pair, name, was[cover], now[name], direction)


def _range_of(name: str, listed: Iterable[str]) -> str | None:
    """The narrowest range of a list that a media type falls under (`text/*` before `*/*`); None where there is none."""
    kind = name.partition(";")[0]
    ranges = [f"{kind.partition('/')[0]}/*", "*/*"]
    return next((one for one in ranges if one in listed and one != kind), None)


_FORMS = frozenset({"multipart/form-data", "application/x-www-form-urlencoded"})
"""Media types in which the members of the body may be repeated, so that one value is a list of one."""


def _media(ground: Ground, pair: Pair, name: str, old: Node, new: Node, direction: Direction) -> None:
    if ground.equal(old.raw, new.raw) or left_out(old.raw) or left_out(new.raw):
        return
    way = direction.value
    kind = name.partition(";")[0]
    text = FORM if kind in _FORMS else 0 if kind.endswith(("json", "/*")) or "json" in kind else 1
    for word in ("schema", "itemSchema"):
        before, after = (
            _described(ground.old, ground.old_views, old, new, word),
            _described(ground.new, ground.new_views, new, old, word),
        )
        was, now = before.raw, after.raw
        if not is_written(kind) and all(_is_bytes(ground, *side) for side in ((before, True), (after, False))):
            continue
        if isinstance(was, (dict, bool)) and isinstance(now, (dict, bool)):
            ground.pair(pair, before, after, direction=direction, text=text)
        elif _says(ground, after, old=False):
            pair.say(f"{way}-schema-added", place=after.place, old_place=old.place, label=name)
        elif _says(ground, before, old=True):
            pair.say(f"{way}-schema-removed", place=new.place, old_place=before.place, label=name)
    compare_encodings(ground, pair, kind, old, new, direction)
    compare_item_encodings(ground, pair, kind, old, new, direction)


def _described(document: Document, views: Views, media: Node, other: Node, word: str) -> Node:
    """What a media type says of the whole, or of each item; a list of items is said of each where the other side says it so."""
    items = media.raw.get("schema")
    if "itemSchema" not in media.raw and other.raw.keys() & {"schema", "itemSchema"} == {"itemSchema"}:
        node = document.schema(Node(items, f"{media.place}/schema", "body"))
        view = views.of(node) if isinstance(items, dict) else View()
        if view.types == frozenset({"array"}) and view.schemas.keys() == {"items"} and not (view.lists or view.values):
            return document.merged(view.schemas["items"]) if word == "itemSchema" else Node(None, media.place, "body")
    return Node(media.raw.get(word), f"{media.place}/{word}", "body")


def _is_bytes(ground: Ground, node: Node, old: bool) -> bool:  # noqa: FBT001  which side
    """Whether a schema says no more than that a body is bytes, as the one that is not there does (OpenAPI 3.1, 4.8.14.2)."""
    if not _says(ground, node, old=old):
        return True
    views, document = (ground.old_views, ground.old) if old else (ground.new_views, ground.new)
    view = views.of(document.schema(node))
    return view.types == frozenset({"string"}) and bytes_in(view) == "binary" and view.values.keys() <= _OF_BYTES


def _says(ground: Ground, node: Node, *, old: bool) -> bool:
    """Whether a schema is there and holds a body to anything."""
    if node.raw is False:
        return True
    if not isinstance(node.raw, dict):
        return False
    if ground.hidden(*((node, None) if old else (None, node))):
        return False
    views, document = (ground.old_views, ground.old) if old else (ground.new_views, ground.new)
    return not views.of(document.schema(node)).empty
