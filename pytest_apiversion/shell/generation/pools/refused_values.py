"""Values that a schema refuses, chosen among common ones of every type, so that none are drawn for each schema anew."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from pytest_apiversion.shell.json_schema.validators import holds

DRAWN = ("string", "integer", "number", "array", "object")
"""Types whose values are drawn; there are few of the others."""
_MISSING = object()

Values = Callable[[Any], Sequence[Any]]
"""Some values of a schema."""


def refused(schema: Mapping[str, Any], values: Values, seed: int) -> list[Any]:
    """Values that a schema surely refuses: those of its own type that it does not take first, then one of each other type in turn.

    Args:
        schema: What is said of a value itself, not of its parts.
        values: Gives common values.
        seed: Decides the order.
    """
    chooser = random.Random(seed)  # noqa: S311  nothing is secret
    told = schema.get("type", ())
    own = {told} if isinstance(told, str) else {*told}
    common: list[tuple[str, Sequence[Any]]] = [("null", [None]), ("boolean", [False, True])]
    common += [(kind, values({"type": kind})) for kind in DRAWN]
    groups: list[list[Any]] = []
    for kind, some in common:
        group = [each for each in some if not holds({}, schema, each)]
        chooser.shuffle(group)
        groups.insert(0 if kind in own else len(groups), group)
    rows = zip_longest(*groups, fillvalue=_MISSING)
    return [each for row in rows for each in row if each is not _MISSING]
