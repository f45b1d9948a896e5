"""Puts other values into a valid body without making it invalid: existing data, texts never sent before."""

from __future__ import annotations

import hashlib
import re
import string
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pytest_apiversion.shell.json_schema.validators import holds, validators_of

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract, Operation

Holds = Callable[[Any], bool]
"""Whether a body is what its schema says."""
Place = tuple[Any, ...]
"""Keys and indices that lead to a part of a body."""

_DEEPEST = 8
"""Levels of a body that are changed."""
_ITEMS = 20
"""Elements of a list that are changed."""
_KINDS = (string.digits, string.ascii_lowercase, string.ascii_uppercase)
"""Characters that can take each other's places."""
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")


def anything(_value: Any) -> bool:
    """Every body is valid."""
    return True


def holder(contract: Contract, operation: Operation) -> Holds:
    """What holds a body to an operation's schema; everything passes where there is none."""
    schema = operation.body_schema
    if schema is None or schema is True:
        return anything
    refuses = validators_of(contract.schemas).refuses_schema(schema)

    def holds_body(value: Any) -> bool:
        try:
            return not refuses(value)
        except Exception:  # noqa: BLE001  a schema no library can hold is no reason to stop
            return True

    return holds_body


def fits(contract: Contract, schema: Any, text: str) -> bool:
    """Whether a decoded path text is a value of a parameter's schema, read as text, number or boolean."""
    readings: list[Any] = [text]
    if _WHOLE.fullmatch(text):
        readings.append(int(text))
    elif re.fullmatch(r"-?[0-9]+\.[0-9]+", text):
        readings.append(float(text))
    elif text in {"true", "false"}:
        readings.append(text == "true")
    # the likeliest first: that a value is wrong takes much longer to tell than that it is right
    return any(holds(contract.schemas, schema, value) for value in reversed(readings))


def names_in(value: Any) -> tuple[str, ...]:
    """Names of the members of a body, each once, in order."""
    return tuple(dict.fromkeys(place[-1] for place in _places(value) if isinstance(place[-1], str)))


def overlaid(value: Any, known: Mapping[str, str], held: Holds) -> Any:
    """A body in which members that name existing data do so; a member whose schema forbids the value keeps its own.

    Args:
        value: The body.
        known: Texts by member name.
        held: Whether a body is valid.
    """
    made = value
    for place in _places(value):
        if place[-1] not in known:
            continue
        fitted = _fitted(_at(made, place), known[place[-1]])
        if fitted is not None and held(changed := _put(made, place, fitted)):
            made = changed
    return made


def varied(value: Any, token: str, held: Holds) -> Any:
    """A body whose free texts and whole numbers are unlike any sent before, as far as its schema lets them be.

    Args:
        value: The body.
        token: A text nobody used: lower-case letters and digits.
        held: Whether a body is valid.
    """
    made = value
    for place in _places(value):
        for text in like(_at(made, place), token):
            changed = _put(made, place, text)
            if held(changed):
                made = changed
                break
    return made


def renewed(value: Any, token: str, held: Holds) -> Any:
    """A body whose texts and whole numbers nobody used, each as long as it was and of the same kinds of characters.

    Args:
        value: The body.
        token: A text nobody used.
        held: Whether a body is valid.
    """
    made, digest = value, hashlib.sha256(token.encode()).hexdigest()
    for place in _places(value):
        part = _at(made, place)
        if isinstance(part, bool) or not isinstance(part, str | int):
            continue
        for text in _in_shape(str(part), digest):
            changed = _put(made, place, int(text) if isinstance(part, int) else text)
            if changed != made and held(changed):
                made = changed
                break
    return made


def marked(value: Any, text: str, held: Holds) -> Iterator[Any]:
    """Valid bodies that carry a text instead of one of their own texts, one place each.

    Args:
        value: The body.
        text: The text.
        held: Whether a body is valid.
    """
    for place in _places(value):
        if isinstance(_at(value, place), str) and held(changed := _put(value, place, text)):
            yield changed


def like(current: Any, token: str) -> Iterator[Any]:
    """Texts and numbers that nobody used, unlike first, then ever more like what stands there; none where nothing free stands there.

    Args:
        current: A text or a whole number.
        token: A text nobody used: lower-case letters and digits.
    """
    digest = hashlib.sha256(token.encode()).hexdigest()
    number = int(digest[:7], 16)
    if isinstance(current, str):
        if re.fullmatch(r"[0-9a-fA-F-]{36}", current):
            yield str(uuid.UUID(digest[:32], version=4))
        elif "@" in current:
            yield f"{token}@example.org"
        elif "://" in current:
            yield f"https://example.org/{token}"
        elif not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", current):  # another kind of text would be no moment
            size = max(len(current), 1)
            letters = "".join(string.ascii_lowercase[int(each, 16)] for each in digest)
            yield from (token, token[-size:], token.upper()[-size:], str(number)[-size:])
            yield from (letters[: max(size, 12)], letters[:12], letters[:8], letters[:size], letters[:size].upper())
            yield from _in_shape(current, digest)
            yield str(number + 10**6)
    elif isinstance(current, int) and not isinstance(current, bool):
        yield from (number, number % 10_000, number % 100)


def _in_shape(text: str, digest: str) -> Iterator[str]:
    """A text with other letters and digits in the places of its own; then with its beginning kept, as after `usr_`."""
    octets = bytes.fromhex(digest)
    chosen = [octets[index % len(octets)] + index // len(octets) for index in range(len(text))]
    changed = "".join(
        next((kind[number % len(kind)] for kind in _KINDS if character in kind), character)
        for character, number in zip(text, chosen, strict=True)
    )
    yield changed
    for mark in ("_", "-", ":", "."):
        if 0 < (cut := text.rfind(mark) + 1) < len(text):
            yield text[:cut] + changed[cut:]
    half = len(text) // 2
    yield text[:half] + changed[half:]


def _fitted(current: Any, text: str) -> Any:
    """The text in the type a member has; None where it does not fit."""
    if isinstance(current, str):
        return text
    if isinstance(current, int) and not isinstance(current, bool):
        return int(text) if _WHOLE.fullmatch(text) else None
    if isinstance(current, list) and current:
        first = _fitted(current[0], text)
        return None if first is None else [first]
    return None


def _places(value: Any, depth: int = _DEEPEST) -> list[Place]:
    """Every member of every object and every element of every list, outer ones first."""
    if depth == 0 or not isinstance(value, dict | list):
        return []
    items = list(value.items() if isinstance(value, dict) else enumerate(value[:_ITEMS]))
    return [(key,) for key, _ in items] + [(key, *rest) for key, item in items for rest in _places(item, depth - 1)]


def _at(value: Any, place: Place) -> Any:
    """What stands at a place; None where it is gone."""
    for key in place:
        try:
            value = value[key]
        except (LookupError, TypeError):
            return None
    return value


def _put(value: Any, place: Place, part: Any) -> Any:
    """A copy with another part at a place; the value itself where there is no such place."""
    if not place:
        return part
    key, rest = place[0], place[1:]
    if isinstance(value, dict) and key in value:
        return {**value, key: _put(value[key], rest, part)}
    if isinstance(value, list) and isinstance(key, int) and key < len(value):
        return [*value[:key], _put(value[key], rest, part), *value[key + 1 :]]
    return value
