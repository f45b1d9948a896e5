"""Texts that are held to patterns, to lengths and to lists: each pair in a request and in an answer, there and back."""

from __future__ import annotations

from typing import Any

from tests.diff.documents import answered, sent
from tests.diff.verdict_parts import BREAKS, SILENT, STR, TELLS, WARNS, members

Row = tuple[Any, Any, str]


def like(pattern: str, **more: Any) -> dict[str, Any]:
    """Texts in which a pattern occurs."""
    return {**STR, "pattern": pattern, **more}


def both(name: str, one: Any, other: Any, *verdicts: str) -> dict[str, Row]:
    """A pair as a request there and back, and as an answer there and back."""
    ways = [(sent, one, other), (sent, other, one), (answered, one, other), (answered, other, one)]
    names = [f"{name}-{way}" for way in ("sent", "sent-back", "answered", "answered-back")]
    return {
        key: (wrap(before), wrap(after), verdict)
        for key, (wrap, before, after), verdict in zip(names, ways, verdicts, strict=True)
    }


SAME = (SILENT,) * 4
NARROWER = (BREAKS, TELLS, TELLS, WARNS)
APART = (BREAKS, BREAKS, WARNS, WARNS)
UNKNOWN = (WARNS,) * 4

TWO_KINDS = {"anyOf": [like("^a[0-9]+$"), like("^b[0-9]+$")]}

PATTERNS: dict[str, Row] = {
    **both("digits-in-two-spellings", like("^[0-9]{3}$"), like(r"^\d{3}$"), *SAME),
    **both("alternatives-as-a-class", like("^(a|b|c)$"), like("^[a-c]$"), *SAME),
    **both("fewer-letters", like("^[a-zA-Z]+$"), like("^[a-z]+$"), *NARROWER),
    **both("other-letters", like("^[a-z]+$"), like("^[A-Z]+$"), *APART),
    **both("length-in-the-pattern", like("^[A-Z]{2}$"), like("^[A-Z]+$", minLength=2, maxLength=2), *SAME),
    **both("pattern-that-the-length-keeps", like("^.{0,9}$", maxLength=3), like("^.{0,5}$", maxLength=3), *SAME),
    **both("length-that-the-pattern-keeps", like("^[a-z]{2,4}$"), like("^[a-z]{2,4}$", maxLength=8), *SAME),
    **both("length-that-the-pattern-does-not-keep", like("^[a-z]{2,4}$"), like("^[a-z]{2,4}$", maxLength=3), BREAKS, TELLS, TELLS, BREAKS),
    **both("pattern-of-any-text-of-a-length", {**STR, "minLength": 1}, like(r"^[\s\S]+$"), *SAME),
    **both("pattern-that-another-one-says", {"allOf": [like("^a"), like("^ab")]}, like("^ab"), *SAME),
    **both("pattern-that-refers-back", like(r"^(a|b)\1$"), like("^(a|b)$"), *UNKNOWN),
    **both("pattern-beside-a-format", like("^[a-z-]+$", format="hostname"), like("^[a-z]+$", format="hostname"), WARNS, TELLS, TELLS, WARNS),
    **both("listed-as-a-pattern", {**STR, "enum": ["asc", "desc"]}, like("^(asc|desc)$"), *SAME),
    **both("one-value-as-a-pattern", {"const": "asc"}, like("^asc$"), *SAME),
    **both("fewer-listed-than-the-pattern-takes", like("^(asc|desc)$"), {**STR, "enum": ["asc"]}, BREAKS, TELLS, TELLS, WARNS),
    **both("pattern-of-many-texts-as-a-list", like("^[a-z]{2}$"), {**STR, "enum": ["de"]}, BREAKS, TELLS, TELLS, WARNS),
    "one-kind-of-texts-as-two-sent": (sent(like("^(a|b)[0-9]+$")), sent(TWO_KINDS), TELLS),
    "one-kind-of-texts-as-two-sent-back": (sent(TWO_KINDS), sent(like("^(a|b)[0-9]+$")), TELLS),
    "one-kind-of-texts-as-two-answered": (answered(like("^(a|b)[0-9]+$")), answered(TWO_KINDS), TELLS),
    **both(
        "one-kind-of-texts-as-two-of-three",
        like("^[abc][0-9]+$"),
        TWO_KINDS,
        BREAKS,
        TELLS,
        TELLS,
        WARNS,
    ),
    **both(
        "shorter-texts-of-what-another-alternative-takes",
        {"anyOf": [like("^a"), like("^ab", maxLength=9)]},
        {"anyOf": [like("^a"), like("^ab", maxLength=5)]},
        TELLS,
        TELLS,
        TELLS,
        TELLS,
    ),
    **both(
        "alternatives-that-a-pattern-takes-in",
        {"anyOf": [like("^a[0-9]+$"), like("^b[0-9]+$")]},
        {"anyOf": [like("^[ab][0-9]+$"), members({"n": like("^[ab]$")}, required=["n"])]},
        TELLS,
        BREAKS,
        BREAKS,
        TELLS,
    ),
}  # fmt: skip
