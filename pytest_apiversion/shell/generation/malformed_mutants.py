"""Malformed version texts: near misses with an error or three in them, and texts made from nothing. A seed decides them."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS = ("\u0661\u0662\u0663", "\u0967\u0968\u0969", "\uff11\uff12\uff13")
_ERRORS = ("insert", "delete", "replace", "swap", "case", "digit")


def malformed(
    near_misses: tuple[str, ...], *, seed: int, examples: int, accept: Callable[[str], bool]
) -> tuple[str, ...]:
    """Texts made from near misses, and from nothing, that `accept` lets pass; none twice."""
    chance = Random(seed)  # noqa: S311  a seed
    found: dict[str, None] = {}
    for _ in range(max(examples * 4, 20)):
        if len(found) >= examples:
            break
        text = _mutant(chance, chance.choice(near_misses)) if near_misses and chance.randrange(3) else _free(chance)
        if text and accept(text):
            found.setdefault(text)
    return tuple(found)


def _mutant(chance: Random, text: str) -> str:
    for _ in range(chance.randint(1, 3)):
        at = chance.randint(0, len(text))
        match chance.choice(_ERRORS):
            case "insert":
                text = text[:at] + _printed(chance) + text[at:]
            case "delete":
                text = text[:at] + text[at + 1 :]
            case "replace":
                text = text[:at] + _printed(chance) + text[at + 1 :]
            case "swap":
                text = text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
            case "case":
                text = text.swapcase()
            case _:
                row = chance.choice(_DIGITS)
                text = "".join(row[int(letter) % 3] if letter in "0123456789" else letter for letter in text)
    return text


def _free(chance: Random) -> str:
    match chance.randrange(4):
        case 0:
            return "".join(_printed(chance) for _ in range(chance.randint(1, 12)))
        case 1:
            return "".join(_printed(chance) for _ in range(chance.randint(200, 300)))
        case 2:
            return str(chance.randint(2**64, 2**200))
        case _:
            return str(chance.randint(-(10**6), -1))


def _printed(chance: Random) -> str:
    """A character of ASCII that is printed, the space left out."""
    return chr(chance.randint(0x21, 0x7E))
