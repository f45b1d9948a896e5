"""What changed between the operations of two documents."""

from __future__ import annotations

from typing import Any

from pytest_apiversion.core.contracts.change import ABSENT
from pytest_apiversion.core.contracts.change_rule import Direction
from pytest_apiversion.diff.bodies import compare_bodies
from pytest_apiversion.diff.document import Document, Node, escape
from pytest_apiversion.diff.fields.compare_fields import compare_fields
from pytest_apiversion.diff.fields.field import lacks_parameters, parameters_of
from pytest_apiversion.diff.left_out import left_out
from pytest_apiversion.diff.lifecycle import compare_marks, removal
from pytest_apiversion.diff.operation_matching import (
    Operation,
    Servers,
    item_of,
    lost_paths,
    matched,
    methods_of,
    operations_of,
    plain_paths,
    renamed_callbacks,
    served_paths,
    servers_of,
    shape,
    unversioned,
    without_version,
)
from pytest_apiversion.diff.pair import Pair
from pytest_apiversion.diff.pairs import Ground
from pytest_apiversion.diff.responses import compare_responses, opposite
from pytest_apiversion.diff.schemas import breaks
from pytest_apiversion.diff.security import compare_security
from pytest_apiversion.diff.taken_over_paths import (
    Cover,
    by_path,
    cover_of,
    in_own_paths,
    without_own_paths,
    without_path_parameters,
)


def compare_operations(ground: Ground) -> None:
    """Compare the paths of both documents."""
    known, base_path = ground.setting.versions, ground.setting.base_path
    old = operations_of(ground.old, served_paths(ground.new))
    new = operations_of(ground.new, frozenset(one.prefix for one in old))
    ground.plain_paths = (plain_paths(old, known, base_path), plain_paths(new, known, base_path))
    pairs, gone, come = matched(old, new, known)
    ground.paths = by_path(new) if gone or come or any("{" in one.template for one in new) else {}
    if ground.partial:
        gone, come = _surely(ground.new, gone, known), _surely(ground.old, come, known)
    prefixes: dict[tuple[str, str], Pair] = {}
    for one, other in pairs:
        pair = Pair(one.node, other.node, Direction.REQUEST)
        ground.operations.append((other.key, pair))
        if (
            unversioned(one.prefix + one.template, known) != unversioned(other.prefix + other.template, known)
            and one.prefix != other.prefix
            and not (left_out(ground.old.raw.get("servers")) or left_out(ground.new.raw.get("servers")))
            and shape(one.prefix + one.template) != shape(other.prefix + other.template)
        ):
            told = prefixes.setdefault(
                (one.prefix, other.prefix), Pair(Node({}, "/servers", ""), Node({}, "/servers", ""), Direction.NONE)
            )
            if not told.found:
                told.say("server-path-changed", before=one.prefix or "/", after=other.prefix or "/", label="servers")
            pair.inner.append(told)
        _compare(ground, pair, one, other, Direction.REQUEST)
    _other_servers(ground, [(*both, pair) for both, (_, pair) in zip(pairs, ground.operations, strict=True)])
    known_paths = by_path(old)
    for one in gone:
        if not in_own_paths(ground.old, ground.old_views, one, ground.paths):
            cover = cover_of(ground.new, ground.new_views, ground.paths, one)
            listed = cover.operation if cover and cover.named else None
            ground.operations.append((one.key, _gone(ground, one) if listed is None else _listed(ground, one, listed)))
    for other in come:
        pair = Pair(Node({}, "", other.template), other.node, Direction.NONE)
        pair.say("operation-added", label=other.key, old_place="")
        ground.operations.append((other.key, pair))
        if cover := cover_of(ground.old, ground.old_views, known_paths, other):
            _taken_over(ground, pair, cover, other)


def _other_servers(ground: Ground, pairs: list[tuple[Operation, Operation, Pair]]) -> None:
    """Tell the paths below which operations stand besides, by another server or another value of a variable, and those that went."""
    if any(left_out(document.raw.get("servers")) for document in (ground.old, ground.new)):
        return
    known = ground.setting.versions
    told: dict[tuple[Servers, Servers], Pair] = {}
    for one, other, pair in pairs:
        if unversioned(one.prefix, known) != unversioned(other.prefix, known):
            continue  # that they moved is told
        if any(left_out(each.raw.get("servers")) for side in (one, other) for each in (side.node, side.item)):
            continue
        sides = servers_of(ground.old, one.item, one.node), servers_of(ground.new, other.item, other.node)
        if sides not in told:
            told[sides] = _paths_of_servers(*sides, known)
        if told[sides].found:
            pair.inner.append(told[sides])


def _paths_of_servers(was: Servers, now: Servers, known: frozenset[str]) -> Pair:
    told = Pair(Node({}, was.place, ""), Node({}, now.place, ""), Direction.NONE)
    plain = [{unversioned(path, known) for path in side.paths} for side in (was, now)]
    for path in [path for path in was.paths if unversioned(path, known) not in plain[1]]:
        told.say("server-path-removed", before=path or "/", label="servers")
    for path in [path for path in now.paths if unversioned(path, known) not in plain[0]]:
        told.say("server-path-added", after=path or "/", label="servers")
    return told


def _surely(document: Document, told: list[Operation], known: frozenset[str]) -> list[Operation]:
    """Those of some operations that the other document surely has not: not in what was left out of it either."""
    lost = lost_paths(document, known)
    return [one for one in told if lost is not None and unversioned(shape(one.template), known) not in lost]


def _listed(ground: Ground, one: Operation, other: Operation) -> Pair:
    """Hold an operation against the one that lists its path as a value now."""
    old, new = without_path_parameters(ground.old, one), without_path_parameters(ground.new, other)
    pair = Pair(old.node, new.node, Direction.REQUEST)
    _compare(ground, pair, old, new, Direction.REQUEST)
    return pair


def _taken_over(ground: Ground, pair: Pair, cover: Cover, other: Operation) -> None:
    """Hold a new operation against the one that answered its calls; where clients were not told of that very path, one warning says it."""
    one = without_path_parameters(ground.old, cover.operation)
    bare = without_path_parameters(ground.new, other)
    inner = Pair(one.node, bare.node, Direction.REQUEST)
    if cover.named:
        pair.inner.append(inner)
        _compare(ground, inner, one, bare, Direction.REQUEST)
        return
    apart = ground.apart()
    apart.operations.append(("", inner))
    _compare(apart, inner, one, bare, Direction.REQUEST)
    if breaks(apart):
        pair.say("operation-taken-over", label=other.key, old_place=one.node.place, before=cover.operation.key)


def _gone(ground: Ground, one: Operation) -> Pair:
    pair = Pair(one.node, Node({}, "", one.template), Direction.NONE)
    judged = removal(one.node.raw, ground.setting)
    name = "operation-removed"
    if judged:
        name = {"unstable": "unstable-operation-removed", "deprecated": "deprecated-operation-removed"}.get(
            judged[0], f"operation-removed-{judged[0]}"
        )
    pair.say(name, place="", label=one.key, before=judged[1] if judged else ABSENT)
    return pair


def _compare(ground: Ground, pair: Pair, one: Operation, other: Operation, direction: Direction) -> None:
    old, new = one.node, other.node
    if _alike(ground, one, other) or left_out(old.raw) or left_out(new.raw):
        return
    compare_marks(pair, "operation", old.raw, new.raw, ground.setting, label=other.key)
    if ground.setting.promises_nothing(old.raw):
        return
    _compare_names(pair, one, other, ground.setting.versions)
    was, now = (
        parameters_of(document, side.item, side.node, side.template)
        for document, side in ((ground.old, one), (ground.new, other))
    )
    if ground.partial and (
        lacks_parameters(ground.old, one.item, old) or lacks_parameters(ground.new, other.item, new)
    ):
        was, now = ({name: side[name] for name in side if name in was and name in now} for side in (was, now))
    places = [name for name in was if name[0] == "path"] if direction is Direction.REQUEST and other.template else []
    if any(name not in now or was[name].schema.raw != now[name].schema.raw for name in places):
        before = was
        was = without_own_paths(ground.old, ground.old_views, was, ground.paths, other)
        now = {name: field for name, field in now.items() if name[0] != "path" or name in was or name not in before}
    compare_fields(ground, pair, was, now, direction)
    compare_bodies(ground, pair, old, new, direction)
    compare_responses(ground, pair, old, new, opposite(direction), method=other.method)
    if direction is Direction.REQUEST:
        compare_security(ground, pair, other.key, old, new)
    _callbacks(ground, pair, one, other, direction)


def _compare_names(pair: Pair, one: Operation, other: Operation, versions: frozenset[str]) -> None:
    """Compare the operation's id and its tags; that both name the version of their path is no change."""
    ids = [told.node.raw.get("operationId", ABSENT) for told in (one, other)]
    if ids[0] != ids[1] and without_version(ids[0], one, versions) != without_version(ids[1], other, versions):
        pair.say("operation-id-changed", label=other.key, before=ids[0], after=ids[1])
    tags = [
        sorted(map(str, told)) if isinstance(told := side.node.raw.get("tags"), list) else [] for side in (one, other)
    ]
    plain = [
        sorted(without_version(tag, side, versions) for tag in told)
        for told, side in zip(tags, (one, other), strict=True)
    ]
    if tags[0] != tags[1] and plain[0] != plain[1]:
        pair.say("operation-tags-changed", label=other.key, before=tags[0], after=tags[1])


def _alike(ground: Ground, one: Operation, other: Operation) -> bool:
    return (
        one.template == other.template
        and ground.equal(one.node.raw, other.node.raw)
        and ground.equal(one.item.raw.get("parameters"), other.item.raw.get("parameters"))
        and ground.old.raw.get("security") == ground.new.raw.get("security")
        and _component(ground.old, "securitySchemes") == _component(ground.new, "securitySchemes")
    )


def _component(document: Document, kind: str) -> Any:
    components = document.raw.get("components")
    return components.get(kind) if isinstance(components, dict) else None


def _callbacks(ground: Ground, pair: Pair, one: Operation, other: Operation, direction: Direction) -> None:
    told_was, told_now = one.node.raw.get("callbacks"), other.node.raw.get("callbacks")
    was, now = (told if isinstance(told, dict) else {} for told in (told_was, told_now))
    if left_out(was) or left_out(now):
        return
    keys = renamed_callbacks(ground.old, was, ground.new, now)
    now = {keys.get(name, name): part for name, part in now.items()}
    written = {old: new for new, old in keys.items()}
    for name in {**was, **now}:
        places = [
            f"{one.node.place}/callbacks/{escape(name)}",
            f"{other.node.place}/callbacks/{escape(written.get(name, name))}",
        ]
        if name not in was or name not in now:
            pair.say(
                "callback-added" if name not in was else "callback-removed",
                place=places[1],
                old_place=places[0],
                label=name,
            )
            continue
        sides = [
            document.follow(Node(part, place, name))
            for document, part, place in ((ground.old, was[name], places[0]), (ground.new, now[name], places[1]))
        ]
        if not ground.equal(sides[0].raw, sides[1].raw) and all(
            isinstance(side.raw, dict) and not left_out(side.raw) for side in sides
        ):
            lists = [
                {
                    key: item_of(document, Node(part, f"{side.place}/{escape(key)}", key))
                    for key, part in side.raw.items()
                    if isinstance(part, dict)
                }
                for document, side in zip((ground.old, ground.new), sides, strict=True)
            ]
            _items(ground, pair, lists[0], lists[1], opposite(direction), "callback")


def _webhooks(document: Document) -> dict[str, Node]:
    told = document.raw.get("webhooks")
    return {
        name: item_of(document, Node(part, f"/webhooks/{escape(name)}", name))
        for name, part in (told.items() if isinstance(told, dict) else ())
    }


def compare_webhooks(ground: Ground) -> None:
    """Compare the webhooks of both documents: the service sends the request, and the client answers it."""
    if any(left_out(document.raw.get("webhooks", document.raw)) for document in (ground.old, ground.new)):
        return
    lists = [_webhooks(ground.old), _webhooks(ground.new)]
    for name in {**lists[0], **lists[1]}:
        pair = Pair(lists[0].get(name, Node({}, "", name)), lists[1].get(name, Node({}, "", name)), Direction.RESPONSE)
        ground.operations.append((f"WEBHOOK {name}", pair))
        was, now = ({name: part[name]} if name in part else {} for part in lists)
        _items(ground, pair, was, now, Direction.RESPONSE, "webhook")


def _items(
    ground: Ground, pair: Pair, old: dict[str, Node], new: dict[str, Node], direction: Direction, word: str
) -> None:
    for name in {**old, **new}:
        if any(name in items and left_out(items[name].raw) for items in (old, new)):
            continue
        was, now = (dict(methods_of(items[name])) if name in items else {} for items in (old, new))
        for method in {**was, **now}:
            label = f"{method} {name}"
            if method in was and method in now:
                one = Operation(method=method, template="", prefix="", item=old[name], node=was[method])
                other = Operation(method=method, template="", prefix="", item=new[name], node=now[method])
                inner = Pair(one.node, other.node, direction)
                pair.inner.append(inner)
                _compare(ground, inner, one, other, direction)
            elif method in now:
                pair.say(f"{word}-added", place=now[method].place, old_place="", label=label)
            else:
                pair.say(f"{word}-removed", place="", old_place=was[method].place, label=label)
