"""Values of plain schemas, made by a seed alone: most leaves of most contracts are such, and drawing them costs a hundred times as much.

What a schema says beside (lengths, bounds, patterns) is not thought of: what it refuses is left out, and where much is left out it is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from pytest_apiversion.shell.generation.pools import plain_patterns
from pytest_apiversion.shell.generation.pools.plain_formats import MADE, formatted
from pytest_apiversion.shell.generation.pools.plain_numbers import BOUNDS, bounded, integers, numbers
from pytest_apiversion.shell.generation.pools.plain_texts import letters, texts
from pytest_apiversion.shell.json_schema.unknown_formats import taught
from pytest_apiversion.shell.json_schema.validators import holds

Values = Callable[[Random, int], list[Any]]
"""Values: chosen by this, so many, the simplest first."""

_LENGTHS = frozenset({"type", "minLength", "maxLength"})
_SIZES = frozenset({"format", *BOUNDS})
_ENOUGH = 16
"""Values that are left of those that were made, where there are so many: with fewer, what limits them says more than what makes them."""
_MORE = 4
"""How many times as many texts are made, where some may have to be left out."""
_SOME = 16
_LONGEST = 8
_MOST_PARTS = 3
_DEEPEST = 2


def values_of(schema: Any) -> Values | None:
    """What makes values of a schema; None where they are to be drawn.

    Args:
        schema: The schema.
    """
    told = schema if isinstance(schema, dict) else {}
    kind, said = str(told.get("type")), told.keys() - {"type"}
    if kind == "string":
        return _texts(told, said)
    if kind in {"integer", "number"}:
        return _numbers(told, said)
    if said or kind not in {"array", "object"}:
        return None
    make: Callable[[Random, int], Any] = _list if kind == "array" else _object
    return lambda choose, count: [[] if kind == "array" else {}, *(make(choose, 0) for _ in range(count - 1))]


def _numbers(schema: Mapping[str, Any], said: set[str]) -> Values | None:
    plain = integers if schema["type"] == "integer" else numbers
    if not said <= _SIZES:
        return None
    if said.isdisjoint(BOUNDS):
        return plain
    return lambda choose, count: _simplest_first(
        _held(schema, bounded(choose, schema, plain(choose, count), count)), lambda each: (each % 1, abs(each))
    )


def _texts(schema: Mapping[str, Any], said: set[str]) -> Values | None:
    if not said:
        return texts
    if said <= {"format", *_LENGTHS} and schema.get("format") in MADE.keys() - taught():
        return lambda choose, count: _held(schema, formatted(choose, schema["format"], count * _MORE))[:count]
    if said <= {"pattern", *_LENGTHS} and isinstance(schema.get("pattern"), str):
        try:
            make = plain_patterns.maker(schema["pattern"])
        except (plain_patterns.UnreadError, RecursionError):
            return None
        return lambda choose, count: _simplest_first(
            _held(schema, list(dict.fromkeys(make(choose) for _ in range(count * _MORE)))), len
        )[:count]
    return None


def _held(schema: Mapping[str, Any], made: list[Any]) -> list[Any]:
    """What of some values a schema takes; none where it refuses so many that what is left says little about it."""
    kept = [each for each in made if holds({}, schema, each)]
    return kept if len(kept) >= min(_ENOUGH, len(made) / 2) else []


def _simplest_first(made: list[Any], size: Callable[[Any], Any]) -> list[Any]:
    if not made:
        return []
    simplest = min(made, key=size)
    return [simplest, *(each for each in made if each != simplest)]


def _any(choose: Random, depth: int) -> Any:
    """A value of any type."""
    makes: list[Callable[[], Any]] = [
        lambda: None,
        lambda: choose.random() < 1 / 2,
        lambda: choose.randint(-1000, 1000),
        lambda: numbers(choose, _SOME)[-1],
        lambda: _text(choose),
    ]
    if depth < _DEEPEST:
        makes += [lambda: _list(choose, depth + 1), lambda: _object(choose, depth + 1)]
    return choose.choice(makes)()


def _text(choose: Random) -> str:
    return letters(choose, choose.randint(0, _LONGEST))


def _list(choose: Random, depth: int) -> list[Any]:
    return [_any(choose, depth) for _ in range(choose.randint(0, _MOST_PARTS))]


def _object(choose: Random, depth: int) -> dict[str, Any]:
    return {_text(choose): _any(choose, depth) for _ in range(choose.randint(0, _MOST_PARTS))}
