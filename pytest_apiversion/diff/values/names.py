"""Objects that are held to names: `propertyNames` in the words of closed objects, so that both spellings are one."""

from __future__ import annotations

import copy
from typing import Any

from pytest_apiversion.diff.document import Node
from pytest_apiversion.diff.normalized_schema import View
from pytest_apiversion.diff.values.patterns import matches

_WORDS = frozenset({"type", "title", "description", "$comment"})
_WORD = "propertyNames"


def in_one_spelling(old: View, new: View) -> tuple[View, View]:
    """Two views; where one of them is held to names and the other one is closed, both as closed ones, if plain words can say it."""
    held = _WORD in old.schemas, _WORD in new.schemas
    if held == (True, False) and new.closed:
        return _closed(old) or old, new
    if held == (False, True) and old.closed:
        return old, _closed(new) or new
    return old, new


def settle_names(view: View) -> None:
    """Leave out what `propertyNames` says of every name anyway: that it is a text."""
    nodes = view.schemas.get(_WORD, [])
    kept = [node for node in nodes if node.raw not in (True, {}, {"type": "string"})]
    if nodes and not kept:
        del view.schemas[_WORD]


def _closed(view: View) -> View | None:
    """The same as a closed object; None where it cannot be said so."""
    nodes = view.schemas[_WORD]
    raw = nodes[0].raw
    if len(nodes) > 1 or not isinstance(raw, dict) or raw.get("type", "string") != "string":
        return None
    words = raw.keys() - _WORDS
    made = copy.copy(view)
    made.schemas = {word: parts for word, parts in view.schemas.items() if word != _WORD}
    made.closed, made.others = view.closed or nodes[0].place, []
    others = [] if view.closed else view.others or [nodes[0]._replace(raw=True, label=f"{nodes[0].label}.*")]
    if words == {"pattern"}:
        return made if _by_pattern(view, made, raw["pattern"], others) else None
    if words == {"enum"} and isinstance(raw["enum"], list) and not view.patterns:
        names = [name for name in raw["enum"] if isinstance(name, str)]
        described = {name: view.properties.get(name) or others for name in names}
        made.properties = {name: parts for name, parts in described.items() if parts}
        return made
    return None


def _by_pattern(view: View, made: View, pattern: Any, others: list[Node]) -> bool:
    """Hold a closed view to the names that match a pattern; gives whether that can be said."""
    told = {name: matches(pattern, name) for name in view.properties} if isinstance(pattern, str) else {"": None}
    if None in told.values() or view.patterns.keys() - {pattern} or (view.properties and view.others):
        return False
    made.properties = {name: parts for name, parts in view.properties.items() if told[name]}
    parts = view.patterns.get(pattern) or others
    made.patterns = {pattern: parts} if parts else {}
    return True
