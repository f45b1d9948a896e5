"""Parameters that are told as what they are on the wire: an object that is written as several of them, a name in other capitals, another place."""

from __future__ import annotations

from collections.abc import Mapping

from pytest_apiversion.diff.document import Document, Node
from pytest_apiversion.diff.fields.field import Field, Key
from pytest_apiversion.diff.left_out import left_out
from pytest_apiversion.diff.lifecycle import removal
from pytest_apiversion.diff.pair import Pair
from pytest_apiversion.diff.pairs import Ground
from pytest_apiversion.diff.schema_normalization import Views

_FORM = "application/x-www-form-urlencoded"

_Fields = Mapping[Key, Field]
_Parts = Mapping[Key, _Fields]


def spread(ground: Ground, old: _Fields, new: _Fields) -> tuple[_Fields, _Fields]:
    """The parameters of both sides: objects whose members the other side writes in another parameter are the parameters that they come to.

    A name that is nowhere written (of an exploded object, and of the whole query string) means nothing then.
    """
    parts = _parts(ground.old, ground.old_views, old), _parts(ground.new, ground.new_views, new)
    apart = {
        *(known for known in parts[0] if _elsewhere(known, parts[0], old, new, parts[1])),
        *(known for known in parts[1] if _elsewhere(known, parts[1], new, old, parts[0])),
    }
    if not apart:
        return old, new
    before, after = _apart(old, parts[0], apart), _apart(new, parts[1], apart)
    return before, {known: _held(field, before.get(known)) for known, field in after.items()}


def _held(now: Field, was: Field | None) -> Field:
    """A parameter as one that has to be there, where calls that were right without it had others of its object, and are wrong now."""
    known = was is not None and (was.together or was.required)
    return now._replace(required=True) if now.together and not known else now


def _elsewhere(known: Key, parts: _Parts, own: _Fields, others: _Fields, theirs: _Parts) -> bool:
    """Whether the other side writes a part of an object in a parameter of another name, and this side writes it nowhere else."""
    written = {name for other in others if other != known for name in (other, *theirs.get(other, ()))}
    return bool(parts[known].keys() & (written - (own.keys() & others.keys())))


def _parts(document: Document, views: Views, fields: _Fields) -> _Parts:
    """The parameters that objects come to, by the object's own."""
    found: dict[Key, _Fields] = {}
    for known, field in fields.items():
        if field.place not in {"query", "querystring"}:
            continue
        deep, schema = field.style == "deepObject", views.of(field.schema)
        plain = field.media is None and (deep or (field.style == "form" and field.explode))
        if (plain or field.media == _FORM) and schema.properties:
            found[known] = dict(
                _part(
                    field,
                    name,
                    document.merged(nodes),
                    needed=name in schema.required,
                    alone=len(schema.properties) == 1,
                )
                for name, nodes in schema.properties.items()
            )
    return found


def _part(field: Field, name: str, node: Node, *, needed: bool, alone: bool) -> tuple[Key, Field]:
    told = f"{field.name}[{name}]" if field.style == "deepObject" else name
    made = field._replace(
        name=told,
        place="query",
        required=field.required and needed,
        schema=Node(node.raw, node.place, told),
        media=None,
        style="form",
        explode=True,
        together=needed and not field.required and not alone,
    )
    return ("query", told), made


def _apart(fields: _Fields, parts: _Parts, apart: set[Key]) -> _Fields:
    found = {known: field for known, field in fields.items() if known not in apart or known not in parts}
    for known in parts:
        found = {**parts[known], **found} if known in apart else found
    return found


_MOVING = frozenset({"query", "header", "cookie"})
"""Places between which a parameter moves; one in the path is a part of the address."""


def moved(ground: Ground, pair: Pair, old: _Fields, new: _Fields) -> _Fields:
    """The old parameters in their new places, where a request has one of that name in one other place only."""
    waiting: dict[str, list[Key]] = {}
    for known in new.keys() - old.keys():
        if known[0] in _MOVING:
            waiting.setdefault(known[1].lower(), []).append(known)
    found: dict[Key, Field] = {}
    for known, field in old.items():
        places = waiting.get(known[1].lower(), []) if known not in new and known[0] in _MOVING else []
        if len(places) != 1 or _stays_apart(ground, field, new[places[0]]):
            found[known] = field
            continue
        where = places.pop()
        now = new[where]
        found[where] = field._replace(
            place=now.place, required=now.required, style=now.style, explode=now.explode, reserved=now.reserved
        )
        pair.say(
            f"request-{'required-' if now.required else ''}parameter-moved",
            place=now.node.place,
            old_place=field.node.place,
            label=field.name,
            before=field.place,
            after=now.place,
        )
    return found


def _stays_apart(ground: Ground, was: Field, now: Field) -> bool:
    """Whether what is said of a parameter that goes, and of one that comes, says nothing of one that moves."""
    return left_out(was.node.raw) or left_out(now.node.raw) or removal(was.marks, ground.setting) is not None


def respelled(pair: Pair, old: _Fields, new: _Fields) -> _Fields:
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
