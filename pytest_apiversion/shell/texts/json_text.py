"""JSON texts as plain values: strict, bounded, with a place for every mistake."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_DEPTH = 200
"""Levels of nesting a document may have."""

_LARGE = 4 * 1024 * 1024
"""Length of a text from which on texts in it that are equal are held once."""

Place = tuple[str | int, ...]
"""Names and indices that lead to a value."""


class Unreadable(ValueError):  # noqa: N818  it is the text that cannot be read
    """A text is neither JSON nor YAML, or not one this package reads; carries `<json pointer>: <what>` lines.

    Args:
        mistakes: These lines.
        line: The line, from 0, where it ceases to be one, as far as that is known.
        position: The same as a position in the text.
        rest: What was read all the same; None where nothing was.
        doubtful: The places in it that could not be told, and why.
    """

    def __init__(
        self,
        *mistakes: str,
        line: int | None = None,
        position: int | None = None,
        rest: Any = None,
        doubtful: tuple[tuple[Place, str], ...] = (),
    ) -> None:
        self.mistakes = mistakes
        self.line = line
        self.position = position
        self.rest = rest
        self.doubtful = doubtful
        super().__init__("; ".join(mistakes))


def unreadable(doubtful: list[tuple[Place, str]], rest: Any) -> Unreadable:
    """What is raised of a text that was read but for some places."""
    return Unreadable(*(f"{pointer(place)}: {what}" for place, what in doubtful), rest=rest, doubtful=tuple(doubtful))


def pointer(parts: tuple[str | int, ...]) -> str:
    """A JSON pointer (RFC 6901) from its unescaped parts; empty for the whole."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def _members(
    repeated: list[tuple[dict[str, Any], str]], *, large: bool
) -> Callable[[list[tuple[str, Any]]], dict[str, Any]]:
    """What makes objects, and notes those with a member that is there twice; of a large text equal texts are held once."""
    known: dict[str, str] = {}

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            seen: set[str] = set()
            repeated.extend((made, key) for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        if large:
            for key, value in pairs:
                if value.__class__ is str:
                    made[key] = known.setdefault(value, value)
        return made

    return members


_SURELY_FINITE = 300
"""Digits of a whole number that every fraction of double precision can hold the size of (IEEE 754: up to 1.8e308)."""


def strict_decoder(repeated: list[tuple[dict[str, Any], str]], *, large: bool) -> json.JSONDecoder:
    """What reads a JSON text, and raises `Unreadable` of numbers JSON has not.

    Args:
        repeated: Where objects are put in which a member is there twice, with its name.
        large: Whether texts in it that are equal are held once.
    """
    return json.JSONDecoder(
        object_pairs_hook=_members(repeated, large=large),
        parse_constant=_no_number,
        parse_float=_finite,
        parse_int=_whole,
    )


def _no_number(name: str) -> Any:
    msg = f": expected a JSON number, got {name}"
    raise Unreadable(msg)


def _finite(digits: str) -> float:
    if math.isfinite(value := float(digits)):
        return value
    msg = f": expected finite numbers, got {digits[:40]}"
    raise Unreadable(msg)


def _whole(digits: str) -> int:
    """A whole number, which libraries compare with fractions: one that no fraction comes near is refused as such fractions are."""
    if len(digits) > _SURELY_FINITE:
        _finite(digits)
    return int(digits)


def parse_json(text: str, *, held: bool = True) -> Any:
    """Read a JSON text.

    Args:
        text: The text.
        held: Whether it is refused where it nests too deeply; where not, who calls this has to call `hold_depth`.

    Raises:
        Unreadable: It is not JSON, repeats a member, holds a number JSON has not, or nests too deeply.
    """
    repeated: list[tuple[dict[str, Any], str]] = []
    try:
        value = strict_decoder(repeated, large=len(text) > _LARGE).decode(text)
    except Unreadable:
        raise
    except RecursionError:
        msg = f": expected at most {MAX_DEPTH} levels of nesting, got more"
        raise Unreadable(msg) from None
    except ValueError as error:
        msg = f": expected JSON, got a text that is none{reason(error)}"
        told = error if isinstance(error, json.JSONDecodeError) else None
        raise Unreadable(msg, line=told.lineno - 1 if told else None, position=told.pos if told else None) from None
    if held:
        hold_depth(value)
    if repeated:
        wanted = {id(holder) for holder, _ in repeated}
        doubtful = [
            ((*place, key), "expected one member of this name, got it twice")
            for place, node in nodes(value)
            if id(node) in wanted
            for holder, key in repeated
            if holder is node
        ]
        raise unreadable(doubtful, value)
    return value


def reason(error: ValueError | RecursionError) -> str:
    """Where a JSON text ceases to be one, and why in the parser's words; begins with a space."""
    if isinstance(error, json.JSONDecodeError):
        return f" at line {error.lineno}, column {error.colno} ({error.msg})"
    return " that can be read: it nests too deeply" if isinstance(error, RecursionError) else f" ({error})"


def nodes(value: Any) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every value inside a value, itself first, with its place; in document order, without recursion."""
    stack: list[tuple[tuple[str | int, ...], Any]] = [((), value)]
    while stack:
        place, node = stack.pop()
        yield place, node
        if isinstance(node, dict):
            stack.extend(((*place, key), child) for key, child in reversed(node.items()))
        elif isinstance(node, list):
            stack.extend(((*place, index), node[index]) for index in range(len(node) - 1, -1, -1))


def hold_depth(value: Any) -> None:
    """Refuse a value, as a parser made it, that nests too deeply.

    Raises:
        Unreadable: It does.
    """
    level, depth = [value] if isinstance(value, (dict, list)) else [], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH + 1:
            msg = f": expected at most {MAX_DEPTH} levels of nesting, got more"
            raise Unreadable(msg)
        level = [
            child
            for node in level
            for child in (node.values() if node.__class__ is dict else node)
            if child.__class__ is dict or child.__class__ is list
        ]


def references_of(value: Any, most: int) -> frozenset[Any]:
    """Everything that stands behind `$ref` in a value and is no object or list.

    Args:
        value: An object or a list, as a parser made it.
        most: Levels it may nest.

    Raises:
        Unreadable: It nests too deeply.
    """
    found: set[Any] = set()
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > most + 1:
            msg = f": expected at most {MAX_DEPTH} levels of nesting, got more"
            raise Unreadable(msg)
        inner: list[Any] = []
        for node in level:
            children: Any = node
            if node.__class__ is dict:
                children = node.values()
                if "$ref" in node and node["$ref"].__class__ not in {dict, list}:
                    found.add(node["$ref"])
            inner += [child for child in children if child.__class__ is dict or child.__class__ is list]
        level = inner
    return frozenset(found)
