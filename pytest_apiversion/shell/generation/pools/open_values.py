"""Arrays and objects of which a schema says nothing but that, made of pools of plain texts and numbers: what may be anything is not drawn anew."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from typing import Any

_EMPTY: Mapping[str, Any] = {"array": [], "object": {}}
_SAYS_NOTHING: Mapping[str, tuple[str, ...]] = {"array": ("items",), "object": ("additionalProperties",)}
_SIZES = (1, 1, 1, 2, 2, 3, 4, 6)
"""Of arrays and objects that are not empty, each as likely as another."""
_DEEPEST = 3
_NESTED = 0.3
"""Of what stands in them, where it is not too deep."""
_ATTEMPTS = 4
"""For each value that is wanted; some come twice."""


def is_open(schema: Any) -> bool:
    """Whether the values of a schema are any array, or any object."""
    if not isinstance(schema, dict) or schema.get("type") not in ("array", "object"):
        return False
    idle = _SAYS_NOTHING[schema["type"]]
    return all(key == "type" or (key in idle and (part is True or part == {})) for key, part in schema.items())


def open_values(kind: str, texts: Sequence[str], numbers: Sequence[Any], seed: int, count: int) -> list[Any]:
    """Arrays or objects, each once, the empty one first.

    Args:
        kind: `array` or `object`.
        texts: What names and texts in them are.
        numbers: What numbers in them are.
        seed: Decides what stands in them.
        count: How many are wanted.
    """
    chooser = random.Random(seed)  # noqa: S311  nothing is secret
    plain: list[Sequence[Any]] = [texts, texts, numbers, (True, False, None)]
    found = {json.dumps(_EMPTY[kind]): type(_EMPTY[kind])()}
    for _ in range(_ATTEMPTS * count):
        if len(found) >= count:
            break
        value = _value(kind, plain, chooser, 1)
        found.setdefault(json.dumps(value), value)
    return [*found.values()][:count]


def _value(kind: str, plain: Sequence[Sequence[Any]], chooser: random.Random, depth: int) -> Any:
    """An array or an object that is not empty, or, further in, may be."""
    size = chooser.choice(_SIZES) - (depth > 1)
    parts = [_part(plain, chooser, depth) for _ in range(size)]
    return parts if kind == "array" else {chooser.choice(plain[0]): part for part in parts}


def _part(plain: Sequence[Sequence[Any]], chooser: random.Random, depth: int) -> Any:
    if depth < _DEEPEST and chooser.random() < _NESTED:
        return _value(chooser.choice(("array", "object")), plain, chooser, depth + 1)
    return chooser.choice(chooser.choice(plain))
