"""What `not` adds to a view: what plain words can say is said in plain words, so that both spellings are one."""

from __future__ import annotations

from typing import Any

from pytest_apiversion.diff.document import Document, Node
from pytest_apiversion.diff.normalized_schema import ALL, View
from pytest_apiversion.diff.schema_keywords import NAMES_OF_TYPES, is_number, key

_WORDS = frozenset({"title", "description", "$comment"})
_NO_INTEGER, _NO_NULL = {"type": "integer"}, {"type": "null"}
_DEEPEST = 20

_LENGTHS = {
    "minLength": ("maxLength", -1, frozenset({"string"})),
    "maxLength": ("minLength", 1, frozenset({"string"})),
    "minItems": ("maxItems", -1, frozenset({"array"})),
    "maxItems": ("minItems", 1, frozenset({"array"})),
    "minProperties": ("maxProperties", -1, frozenset({"object"})),
    "maxProperties": ("minProperties", 1, frozenset({"object"})),
}
"""Keyword -> the one that says the opposite, how far its limit lies off, and what it is about."""

_NUMBERS = frozenset({"integer", "fraction"})
_BOUNDS = {"minimum": (-1, True), "exclusiveMinimum": (-1, False), "maximum": (1, True), "exclusiveMaximum": (1, False)}
"""Keyword -> the side its opposite is on (1 below, -1 above), and whether the limit itself is refused then."""


def read_negation(document: Document, view: View, value: Any, node: Node, depth: int = 0) -> list[Node]:
    """Take up a `not`; gives the schemas that hold after all, for they stand behind two of them.

    Args:
        document: What its references lead to.
        view: What it is taken up by.
        value: The schema behind `not`.
        node: The schema that has it.
        depth: How many alternatives it stands in.
    """
    place = f"{node.place}/not" if depth == 0 else node.place
    read = document.schema(Node(value, place, node.label)).raw
    words = read.keys() - _WORDS if isinstance(read, dict) else frozenset[str]()
    if words == {"not"}:
        return [Node(read["not"], f"{place}/not", node.label)]
    if words == {"anyOf"} and isinstance(read["anyOf"], list) and depth < _DEEPEST:
        parts = [Node(part, f"{place}/anyOf/{index}", node.label) for index, part in enumerate(read["anyOf"])]
        return [one for part in parts for one in read_negation(document, view, part.raw, part, depth + 1)]
    if isinstance(value, (dict, bool)):
        # what types and values are forbidden is read wherever it stands; all else is called by its name
        plain = words <= {"type"} or words in ({"enum"}, {"const"}) or isinstance(read, bool)
        view.schemas.setdefault("not", []).append(Node(read if plain else value, place, f"{node.label}(not)"))
    return []


def hold_forbidden(view: View) -> None:
    """Take what `not` forbids from a view; a `not` stays of what no other word can say."""
    nodes = [node for node in view.schemas.pop("not", ()) if node.raw is not False]
    if any(node.raw is True or (isinstance(node.raw, dict) and not node.raw.keys() - _WORDS) for node in nodes):
        view.types, view.null = frozenset(), False  # whatever it is, it is forbidden
        return
    kept = _hold_types(view, nodes)
    kept = [node for node in kept if not _hold_limit(view, node)]
    if kept := _hold_values(view, kept):
        view.schemas["not"] = kept


def _hold_types(view: View, nodes: list[Node]) -> list[Node]:
    kept: list[Node] = []
    told: dict[str, Node] = {}
    for node in nodes:
        names = _forbidden(node.raw)
        if not names:
            kept.append(node)
        for kind in frozenset[str]().union(*(NAMES_OF_TYPES[name] or {"null"} for name in names)):
            told.setdefault(kind, node)
    types = ALL if view.types is None else view.types
    left = types - told.keys()
    if "integer" in types and "integer" in told and "fraction" in left:
        left |= {"integer"}  # a number without the whole ones is still called a number
        kept.append(told["integer"]._replace(raw=_NO_INTEGER))
    if "null" in told:
        if view.null is None:
            kept.append(told["null"]._replace(raw=_NO_NULL))
        view.null = None if view.null is None else False
    if left != types:
        view.types = left
        view.at.setdefault("type", next(node.place for kind, node in told.items() if kind in types - left))
    return kept


def _hold_limit(view: View, node: Node) -> bool:
    """Say the opposite of a limit, where a view is of nothing but what the limit is about; gives whether that is all the `not` says."""
    raw = node.raw
    words = raw.keys() - _WORDS - {"type"} if isinstance(raw, dict) else frozenset[str]()
    if len(words) != 1 or view.types is None or view.null is not False:
        return False
    (word,) = words
    limit, said = raw[word], _names(raw)
    kinds = ALL if said is None else frozenset[str]().union(*(NAMES_OF_TYPES[name] for name in said))
    if not is_number(limit) or not view.types <= kinds:
        return False
    if word in _BOUNDS and view.types <= _NUMBERS:
        sign, beyond = _BOUNDS[word]
        _hold_bound(view, (limit, beyond), sign, node.place)
        return True
    opposite, off, about = _LENGTHS.get(word, ("", 0, frozenset[str]()))
    if not opposite or not view.types <= about or limit + off < 0:
        return False
    have = view.values.get(opposite)
    if have is None or (have < limit + off if off > 0 else have > limit + off):
        view.values[opposite] = limit + off
        view.at[opposite] = node.place
    return True


def _hold_bound(view: View, bound: tuple[float, bool], sign: int, place: str) -> None:
    have = view.lower if sign > 0 else view.upper
    if have is not None and (bound[0] * sign, bound[1]) <= (have[0] * sign, have[1]):
        return
    if sign > 0:
        view.lower = bound
    else:
        view.upper = bound
    view.at["minimum" if sign > 0 else "maximum"] = place


def _hold_values(view: View, nodes: list[Node]) -> list[Node]:
    """Make one list of the values that are forbidden; where the values of a view are listed, they are no longer."""
    kept = [node for node in nodes if listed_values(node.raw) is None]
    lists = [node for node in nodes if listed_values(node.raw) is not None]
    known = {key(value): value for node in lists for value in listed_values(node.raw) or ()}
    if not known:
        return kept
    forbidden = list(known.values())
    if view.enum is not None:
        left = [value for value in view.enum if key(value) not in known]
        if left:
            view.enum = left
            forbidden = [value for value in forbidden if value is None]
    if None in forbidden and view.null is not None:
        forbidden.remove(None)
        view.null = False
    if not forbidden:
        return kept
    whole = lists[0] if len(lists) == 1 and len(forbidden) == len(known) else lists[0]._replace(raw={"enum": forbidden})
    return [*kept, whole]


def listed_values(raw: Any) -> list[Any] | None:
    """The values that a schema behind `not` lists; None where it says anything else."""
    words = raw.keys() - _WORDS if isinstance(raw, dict) else frozenset[str]()
    if words == {"const"}:
        return [raw["const"]]
    return raw["enum"] if words == {"enum"} and isinstance(raw["enum"], list) else None


def _forbidden(raw: Any) -> list[str]:
    """The names of the types that a schema behind `not` forbids; none where it says more than types, or one is unknown."""
    if not isinstance(raw, dict) or raw.keys() - _WORDS != {"type"}:
        return []
    return _names(raw) or []


def _names(raw: dict[str, Any]) -> list[str] | None:
    """The types that a schema names; None where it names none that is known."""
    told = raw.get("type")
    names = told if isinstance(told, list) else [told]
    known = [name for name in names if isinstance(name, str) and name in NAMES_OF_TYPES]
    return known if known and len(known) == len(names) else None
