"""A drawn case as a row of choices, which shrinking makes smaller: parts kept, texts and numbers.

The row has the same length whatever is chosen, so that one choice can be made simpler without changing what the others mean.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote, unquote

from pytest_apiversion.core.http.conditions import is_conditional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.http.messages import Pairs

Choice = bool | int | float | str

_WHOLE = re.compile(r"-?[0-9]{1,18}")
_DAY = re.compile(r"(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EXACT = 2**53
_DEEPEST = 12
"""Levels of a body that are taken apart."""


class Choosing(Protocol):
    """Makes choices, one after the other."""

    def keep(self) -> bool:
        """Whether a part stays; simpler is False."""

    def text(self, original: str) -> str:
        """A text no longer than the original, in its characters and `0`; simpler is shorter."""

    def number(self, original: float) -> float:
        """A number between 0 and the original, of its type; simpler is nearer to 0."""


class Original:
    """Chooses what was there, and writes the row down."""

    def __init__(self) -> None:
        self.row: list[Choice] = []

    def keep(self) -> bool:
        """It stays."""
        self.row.append(True)
        return True

    def text(self, original: str) -> str:
        """The original."""
        self.row.append(original)
        return original

    def number(self, original: float) -> float:
        """The original."""
        self.row.append(original)
        return original


class Following:
    """Chooses what a row says.

    Args:
        row: The choices, in order.
    """

    def __init__(self, row: list[Choice]) -> None:
        self._rest: Iterator[Choice] = iter(row)

    def keep(self) -> bool:
        """The next choice."""
        return bool(next(self._rest))

    def text(self, original: str) -> str:  # noqa: ARG002  the row knows
        """The next choice."""
        return str(next(self._rest))

    def number(self, original: float) -> float:  # noqa: ARG002  the row knows
        """The next choice."""
        return float(found) if isinstance(found := next(self._rest), float) else int(found)


def simplified(case: DrawnCase, choose: Choosing, *, path: bool) -> DrawnCase:
    """The case with other choices.

    Bodies that are no JSON stay or go as a whole.

    Args:
        case: The case.
        choose: Makes the choices.
        path: Whether path parameters may change.
    """
    made = replace(
        case,
        path_parameters={
            name: quote(_text(unquote(text), choose), safe="") if path else text
            for name, text in case.path_parameters.items()
        },
        query=_pairs(case.query, choose),
        headers=_pairs(case.headers, choose),
        cookies=_pairs(case.cookies, choose),
    )
    if case.body is None:
        return made
    stays = choose.keep()
    if case.json is not None:
        value = _value(case.json, choose, _DEEPEST)
        same = value == case.json
        made = replace(made, json=value, body=case.body if same else json.dumps(value).encode())
    return made if stays else replace(made, json=None, body=None, media_type=None)


def size(case: DrawnCase, *, path: bool = True) -> int:
    """Bytes of what was drawn: path parameters, where they were drawn, query, headers, cookies and body."""
    texts = [*case.path_parameters.values()] if path else []
    texts += [text for pairs in (case.query, case.headers, case.cookies) for pair in pairs for text in pair]
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) + len(case.body or b"")


def _pairs(pairs: Pairs, choose: Choosing) -> Pairs:
    chosen = [(choose.keep(), (name, text if is_conditional(name) else _text(text, choose))) for name, text in pairs]
    return tuple(pair for stays, pair in chosen if stays)


def _text(text: str, choose: Choosing) -> str:
    """A text; one that is a whole number stays one."""
    if _WHOLE.fullmatch(text) and str(int(text)) == text:
        return str(choose.number(int(text))) if text != "0" else text
    return _shorter(text, choose) if text else text


def _shorter(text: str, choose: Choosing) -> str:
    """A text; one that begins with a day does not come to begin with the year 0, which few calendars have: that would be a fault of its own."""
    made = choose.text(text)
    return text if made.startswith("0000-") and _DAY.match(text) else made


def _value(value: Any, choose: Choosing, depth: int) -> Any:
    """A JSON value."""
    if isinstance(value, dict) and depth:
        members = [(choose.keep(), name, _value(part, choose, depth - 1)) for name, part in value.items()]
        return {name: part for stays, name, part in members if stays}
    if isinstance(value, list) and depth:
        elements = [(choose.keep(), _value(part, choose, depth - 1)) for part in value]
        return [part for stays, part in elements if stays]
    if not value or isinstance(value, dict | list):
        return value
    if isinstance(value, bool):
        return choose.keep()
    if isinstance(value, str):
        return _shorter(value, choose)
    return _whole(choose.number(value), value) if math.isfinite(value) else value


def _whole(number: float, original: float) -> float:
    """A number; without a fraction where it has none, as clients write it, unless it is a large one that nobody changed."""
    if not math.isfinite(number) or number != int(number) or (number == original and abs(number) >= _EXACT):
        return number
    return int(number)
