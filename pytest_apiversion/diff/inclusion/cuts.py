"""Where alternatives cut a set of values in parts that each of them takes one of."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from pytest_apiversion.diff.document import Node
from pytest_apiversion.diff.schema_normalization import Views

_MOST_GROUPS = 3

_Bound = tuple[float, bool]


def cuts(views: Views, kind: str, alternatives: list[Any], depth: int = 0) -> Iterator[tuple[_Bound, _Bound]]:
    """Where the limits of alternatives cut numbers or lengths: the upper limit of what is below, and the lower one of what is above."""
    for part in alternatives if depth < _MOST_GROUPS else ():
        view = views.of(Node(part, "", ""))
        if kind == "string":
            least, most = view.values.get("minLength"), view.values.get("maxLength")
            lower = None if least is None else (least, False)
            upper = None if most is None else (most, False)
        else:
            lower, upper = view.lower, view.upper
        if lower:
            first = math.floor(lower[0]) + 1 if lower[1] else math.ceil(lower[0])
            yield ((lower[0], not lower[1]), lower) if kind == "fraction" else ((first - 1, False), (first, False))
        if upper:
            last = math.ceil(upper[0]) - 1 if upper[1] else math.floor(upper[0])
            yield (upper, (upper[0], not upper[1])) if kind == "fraction" else ((last, False), (last + 1, False))
        for group in view.groups:
            yield from cuts(views, kind, [node.raw for node in group.nodes], depth + 1)


def but(raw: Any) -> tuple[Any, list[Any]]:
    """A schema without its `not`, and the values that this lists; none where it says anything else."""
    refused = raw.get("not") if isinstance(raw, dict) else None
    if not isinstance(refused, dict) or not refused.keys() <= {"enum", "const", "type"}:
        return raw, []
    listed = [refused["const"]] if "const" in refused else refused.get("enum")
    return {word: part for word, part in raw.items() if word != "not"}, listed if isinstance(listed, list) else []


def is_pattern(raw: Any) -> bool:
    """Whether a schema says that its values are texts that match a pattern, and nothing else."""
    return isinstance(raw, dict) and raw.keys() == {"type", "pattern"} and raw["type"] == "string"
