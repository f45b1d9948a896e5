"""Numbers of every size, made by a seed alone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import islice
from random import Random
from typing import Any

_BITS = (3, 3, 7, 8, 8, 14, 15, 16, 16, 24, 31, 32, 33, 40, 52, 53, 62, 63, 64, 100)
"""How large integers are, in bits."""
_STEPS = (7, 8, 15, 16, 31, 32, 53, 63, 64)
"""Powers of two beside which programs are known to count wrongly."""
_ODD = (
    0.1,
    0.5,
    -0.5,
    1.5,
    -1.5,
    0.3,
    3.14159,
    99.99,
    1e-7,
    1e16,
    1e21,
    1.7976931348623157e308,
    5e-324,
    2.2250738585072014e-308,
)
"""Numbers that are often written, added or rounded wrongly."""
_EXPONENTS = ((-3, 3), (-8, 16), (-300, 300))
_DIGITS = 4
BOUNDS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})
"""Keywords that limit a number."""
_FAR = 2.0**40
"""How far a number is from the one bound it has, at most."""
_DOZEN = 12


def integers(choose: Random, count: int) -> list[int]:
    """Integers, each once, nought first; some have more than 64 bits."""
    made = [0, 1, -1]
    while len(made) < 2 * count:
        if choose.random() < 1 / 4:
            size = 2 ** choose.choice(_STEPS) + choose.randint(-1, 1)
        else:
            size = choose.getrandbits(choose.choice(_BITS))
        made.append(choose.choice((size, -size)))
    others = list(dict.fromkeys(made))[1:count]
    choose.shuffle(others)
    return [0, *others]


def numbers(choose: Random, count: int) -> list[Any]:
    """Finite numbers, each once, nought first: with few digits, with all that there are, and whole ones."""
    made: list[Any] = [0, *choose.sample(_ODD, len(_ODD) // 2)]
    while len(made) < 2 * count:
        number = choose.choice((-1, 1)) * (choose.random() + 0.1) * 10.0 ** choose.randint(*choose.choice(_EXPONENTS))
        made.append(choose.choice((number, round(number, _DIGITS), float(f"{number:.3g}"))))
    others = [each for each in dict.fromkeys(made) if each and math.isfinite(each)][: count - 1]
    choose.shuffle(others)
    return [0, *others]


def bounded(choose: Random, schema: Mapping[str, Any], plain: list[Any], count: int) -> list[Any]:
    """Numbers about the bounds of a schema, each once; some may be beyond them.

    Args:
        choose: Chooses them.
        schema: The schema.
        plain: Numbers of its type.
        count: How many are made.
    """
    step = schema.get("multipleOf", 0)
    whole = schema["type"] == "integer"
    made = (_multiple(each, step) if step else each for each in _within(choose, schema, plain))
    some = [int(each) if whole else each for each in islice(made, count) if math.isfinite(each)]
    return list(dict.fromkeys(some))


def _within(choose: Random, schema: Mapping[str, Any], plain: list[Any]) -> Iterator[float]:
    least = schema.get("minimum", schema.get("exclusiveMinimum"))
    most = schema.get("maximum", schema.get("exclusiveMaximum"))
    reach = abs(schema.get("multipleOf", 0)) * 2**20 or _FAR
    low = least if least is not None else -reach if most is None else most - reach
    high = most if most is not None else low + reach if least is not None else reach
    step = schema.get("multipleOf", 1 if schema["type"] == "integer" else (high - low) / 1000)
    yield from (each for each in (0, 1, low, low + step, high, high - step) if low <= each <= high)
    yield from (each for each in plain if low <= each <= high)
    while True:
        number = choose.uniform(low, high)
        yield choose.choice((number, round(number, 2), round(number)))


def _multiple(number: float, step: float) -> float:
    times = round(number / step)
    return times * step if isinstance(step, int) else round(times * step, _DOZEN)
