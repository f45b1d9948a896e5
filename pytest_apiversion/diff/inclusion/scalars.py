"""Whether what a schema says of numbers and of texts takes all of a piece."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pytest_apiversion.diff.document import Node
from pytest_apiversion.diff.inclusion.piece import Piece
from pytest_apiversion.diff.normalized_schema import View
from pytest_apiversion.diff.schema_keywords import is_number, read_bounds

if TYPE_CHECKING:
    from pytest_apiversion.diff.values.pattern_sets import Texts


def text_taken(piece: Piece, raw: dict[str, Any], texts: Callable[[], Texts]) -> bool:
    """Whether lengths and the pattern of a schema take each text of a piece."""
    least, most = piece.lower[0] if piece.lower else 0, piece.upper[0] if piece.upper else math.inf
    if least < raw.get("minLength", 0) or most > raw.get("maxLength", math.inf):
        return False
    pattern, said = raw.get("pattern"), piece.said("pattern")
    if not isinstance(pattern, str) or pattern in said:
        return True
    return texts().includes(said, [pattern], int(least), most) is True


def number_taken(piece: Piece, raw: dict[str, Any]) -> bool:
    """Whether limits and steps of a schema take each number of a piece."""
    said = View()
    read_bounds(said, raw, Node(raw, "", ""))
    for sign, bound, own in ((1, said.lower, piece.lower), (-1, said.upper, piece.upper)):
        if bound is not None and (own is None or (own[0] * sign, own[1]) < (bound[0] * sign, bound[1])):
            return False
    step = raw.get("multipleOf")
    if not is_number(step) or not step:
        return True
    whole = step == int(step)
    known = piece.said("multipleOf") | ({1} if piece.kind == "integer" else set())
    return any(one == step or (whole and one == int(one) and one % step == 0) for one in known)


def beyond(lower: tuple[float, bool] | None, upper: tuple[float, bool] | None, kind: str) -> bool:
    """Whether nothing lies between two limits."""
    if lower is None or upper is None:
        return False
    return lower[0] > upper[0] or (lower[0] == upper[0] and (kind == "fraction" or lower[1] or upper[1]))
