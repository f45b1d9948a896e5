"""Draws malformed version texts with Hypothesis, which is heavy: import it when something is to be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from pytest_apiversion.shell.generation.strategies import run

if TYPE_CHECKING:
    from collections.abc import Callable

_ALPHABET = st.characters(min_codepoint=0x21, max_codepoint=0x7E)
_DIGITS = ("\u0661\u0662\u0663", "\u0967\u0968\u0969", "\uff11\uff12\uff13")


def malformed(
    near_misses: tuple[str, ...], *, seed: int, examples: int, accept: Callable[[str], bool]
) -> tuple[str, ...]:
    """Draw texts made from near misses, and from nothing, that `accept` lets pass."""

    @st.composite
    def mutant(draw: st.DrawFn) -> str:
        text = draw(st.sampled_from(near_misses))
        for _ in range(draw(st.integers(1, 3))):
            at = draw(st.integers(0, len(text)))
            char = draw(_ALPHABET)
            match draw(st.sampled_from(("insert", "delete", "replace", "swap", "case", "digit"))):
                case "insert":
                    text = text[:at] + char + text[at:]
                case "delete":
                    text = text[:at] + text[at + 1 :]
                case "replace":
                    text = text[:at] + char + text[at + 1 :]
                case "swap":
                    text = text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
                case "case":
                    text = text.swapcase()
                case _:
                    row = draw(st.sampled_from(_DIGITS))
                    text = "".join(row[int(letter) % 3] if letter in "0123456789" else letter for letter in text)
        return text

    free = st.one_of(
        st.text(_ALPHABET, min_size=1, max_size=12),
        st.text(_ALPHABET, min_size=200, max_size=300),
        st.integers(2**64, 2**200).map(str),
        st.integers(-(10**6), -1).map(str),
    )
    found: dict[str, None] = {}
    strategy = st.one_of(mutant(), mutant(), free) if near_misses else free

    def take(text: str) -> bool:
        if text and accept(text):
            found.setdefault(text)
        return len(found) >= examples

    run(strategy, take, seed=seed, count=max(examples * 4, 20))
    return tuple(found)
