"""Discriminators of two schemas: the member that tells alternatives apart, and the names by which it does.

An alternative has the names that the mapping gives it; one to which the mapping gives none has that of its component.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from pytest_apiversion.core.contracts.change import ABSENT
from pytest_apiversion.diff.document import Document, Node, escape, unescape
from pytest_apiversion.diff.normalized_schema import View
from pytest_apiversion.diff.pair import AS_TEXT, Pair
from pytest_apiversion.diff.pairs import Ground
from pytest_apiversion.diff.schema_normalization import Views

_MOST = 100
"""Names that are held against each other; of more, none is taken for another one's new name."""

Same = Callable[[Ground, Node, Node], bool]


class _Side(NamedTuple):
    """The discriminator of one schema.

    Attributes:
        document: Where it stands.
        views: The views of that document.
        member: The member that has the names; None where there is no discriminator.
        mapped: The names that the mapping gives, and what they lead to.
        free: The names of components that the mapping gives none, and the alternatives that refer to them.
        known: The components that are alternatives, or that the mapping leads to.
        listed: The components that are alternatives.
        heirs: The names of components that take the schema over, which has no alternatives, and what refers to them.
        default: What a value is whose name no alternative has; None where nobody says.
    """

    document: Document
    views: Views
    member: Any
    mapped: dict[str, str]
    free: dict[str, str]
    known: frozenset[str]
    listed: frozenset[str]
    heirs: dict[str, str]
    default: str | None

    def target(self, name: str) -> Node:
        """What a name leads to, `nothing` where that is not there."""
        told = self.mapped.get(name) or self.free[name]
        return self.document.target(told if "/" in told else f"#/components/schemas/{escape(told)}")

    def has(self, component: str) -> bool:
        """Whether the document has a schema of a name."""
        return self.document.target(f"#/components/schemas/{escape(component)}").raw not in ({}, True)

    def leads(self, name: str) -> bool:
        """Whether a name leads to a schema that is there, in this file or in another one."""
        return self.target(name).raw not in ({}, True)

    def tells(self, name: str) -> bool:
        """Whether what a name leads to says itself which values the member has."""
        nodes = self.views.of(self.target(name)).properties.get(self.member) if isinstance(self.member, str) else None
        return bool(nodes) and self.views.of(self.document.merged(nodes or [])).enum is not None


def compare_discriminators(ground: Ground, pair: Pair, old: View, new: View, same: Same) -> None:
    """Compare what tells alternatives apart; `same` says whether two schemas mean the same."""
    was = _side(ground.old, ground.old_views, old, pair.old.place)
    now = _side(ground.new, ground.new_views, new, pair.new.place)
    at = {
        "place": new.at.get("discriminator", pair.new.place),
        "old_place": old.at.get("discriminator", pair.old.place),
    }
    if was.member is None or now.member is None:
        if was.member is not now.member:
            pair.say(
                "*-discriminator-added" if was.member is None else "*-discriminator-removed",
                before=ABSENT if was.member is None else was.member,
                after=ABSENT if now.member is None else now.member,
                **at,
            )
        return
    if was.member != now.member:
        pair.say("*-discriminator-changed", before=was.member, after=now.member, **at)
    for name in [name for name in was.mapped if name in now.mapped]:
        before, after = _last(was.mapped[name]), _last(now.mapped[name])
        if before == after:
            if before not in was.listed:  # what takes the schema over, and is no alternative of it
                ground.pair(pair, was.target(name), now.target(name), text=min(pair.text, AS_TEXT))
        elif before in now.known or not (was.leads(name) and now.leads(name)):
            told = {"before": unescape(before), "after": unescape(after)}
            pair.say("*-discriminator-mapping-changed", **told, **at)
        else:  # the component has another name, which nobody sends
            ground.pair(pair, was.target(name), now.target(name), text=min(pair.text, AS_TEXT), branch=True)
    for name in was.heirs.keys() & now.heirs.keys():
        ground.pair(pair, was.target(name), now.target(name), text=min(pair.text, AS_TEXT))
    _names(ground, pair, was, now, same, at)
    _compare_defaults(pair, was, now, at)


def _compare_defaults(pair: Pair, was: _Side, now: _Side, at: dict[str, str]) -> None:
    """Compare what a value is whose name no alternative has (OpenAPI 3.2, `defaultMapping`)."""
    if was.default is None and now.default is None:
        return
    told: dict[str, Any] = {
        word: ABSENT if side.default is None else unescape(_last(side.default))
        for word, side in (("before", was), ("after", now))
    }
    if was.default is None or now.default is None:
        pair.say(f"*-discriminator-default-{'added' if was.default is None else 'removed'}", **told, **at)
    elif told["before"] != told["after"]:
        pair.say("*-discriminator-default-changed", **told, **at)


def _names(ground: Ground, pair: Pair, was: _Side, now: _Side, same: Same, at: dict[str, str]) -> None:
    """Tell the names that came and went; one that only took the place of another is one change."""
    gone, come = _only_mapped(was, now), _only_mapped(now, was)
    for before, after in list(_renamed(ground, was, now, gone, come, same)):
        gone.remove(before)
        come.remove(after)
        pair.say("*-discriminator-mapping-renamed", before=before, after=after, **at)
    for name in gone:
        pair.say("*-discriminator-mapping-removed", before=name, **at)
    for name in come:
        pair.say("*-discriminator-mapping-added", after=name, **at)
    gone, come = _only_free(was, now), _only_free(now, was)
    for before, after in list(_renamed(ground, was, now, gone, come, same)):
        gone.remove(before)
        come.remove(after)
        pair.say("*-discriminator-mapping-renamed", before=before, after=after, **at)
    for name in gone:
        if name in was.heirs:
            pair.say("*-discriminator-mapping-removed", before=name, **at)
    for name in come:
        if name in now.heirs:
            pair.say("*-discriminator-mapping-added", after=name, **at)


def _only_mapped(one: _Side, other: _Side) -> list[str]:
    """The names that one mapping gives and the other side has not, by its mapping or from its components."""
    return [
        name
        for name, target in one.mapped.items()
        if name not in other.mapped
        and not (name in other.free or (name == _last(target) and one.has(name) == other.has(name)))
    ]


def _only_free(one: _Side, other: _Side) -> list[str]:
    """The names from components that the other side has not, of alternatives that do not say the name themselves."""
    return [name for name in one.free if name not in other.known | other.mapped.keys() and not one.tells(name)]


def _renamed(
    ground: Ground, was: _Side, now: _Side, gone: list[str], come: list[str], same: Same
) -> Iterator[tuple[str, str]]:
    """The names that went and those that took their places: they lead to the same."""
    rest = list(come) if max(len(gone), len(come)) <= _MOST else []
    for name in gone:
        nodes = was.target(name), [now.target(other) for other in rest]
        twin = next(
            (
                other
                for other, node in zip(rest, nodes[1], strict=True)
                if nodes[0].label == node.label or (nodes[0].raw and node.raw and same(ground, nodes[0], node))
            ),
            None,
        )
        if twin is not None:
            rest.remove(twin)
            yield name, twin


def _side(document: Document, views: Views, view: View, place: str) -> _Side:
    told = view.values.get("discriminator")
    mapping = told.get("mapping") if isinstance(told, dict) else None
    mapped = {str(name): str(target) for name, target in mapping.items()} if isinstance(mapping, dict) else {}
    reached = frozenset(map(_last, mapped.values()))
    references = {
        _last(node.raw["$ref"]): node.raw["$ref"]
        for group in view.groups
        for node in group.nodes
        if isinstance(node.raw, dict) and isinstance(node.raw.get("$ref"), str)
    }
    member = told if isinstance(told, str) else told.get("propertyName") if isinstance(told, dict) else None
    default = told.get("defaultMapping") if isinstance(told, dict) else None
    takers = document.heirs().get(place) if told is not None else None
    heirs = (
        _heirs(document, views, view, member, [one for one in takers if _last(one) not in reached]) if takers else {}
    )
    return _Side(
        document=document,
        views=views,
        member=member,
        mapped=mapped,
        free=heirs | {name: reference for name, reference in references.items() if name not in reached},
        known=reached | references.keys() | set(map(_last, heirs.values())),
        listed=frozenset(references),
        heirs=heirs,
        default=default if isinstance(default, str) and document.dialect == "3.2" else None,
    )


def _heirs(document: Document, views: Views, view: View, member: Any, references: list[str]) -> dict[str, str]:
    """What takes a schema over, by the names that stand for it; not those that the member itself, by its list of values, never has."""
    nodes = view.properties.get(member) if isinstance(member, str) else None
    listed = views.of(document.merged(nodes)).enum if nodes else None
    named: dict[str, str] = {}
    for one in references:
        raw = document.target(one).raw
        told = raw.get("x-ms-discriminator-value") if isinstance(raw, dict) else None
        name = told if isinstance(told, str) else _last(one)
        if listed is None or name in listed:
            named[name] = one
    return named


def _last(target: Any) -> str:
    return str(target).rpartition("/")[2]
