"""Conditions beside the alternatives that they stand for, and what a list contains beside what its items are."""

from __future__ import annotations

from typing import Any

from tests.diff.documents import answered, sent
from tests.diff.verdict_parts import BREAKS, STR, TELLS, members

X: dict[str, Any] = {"const": "x"}
KIND = {"enum": ["x", "y"]}
ASKED = {"properties": {"k": X}}
NEEDS = {"required": ["b"]}
SWITCHED = members({"k": KIND, "b": STR}, required=["k"], **{"if": ASKED, "then": NEEDS})
SWITCHED_ALL = members(
    {"k": KIND, "b": STR}, required=["k"], **{"if": ASKED, "then": NEEDS, "else": {"maxProperties": 1}}
)
APART = {
    "oneOf": [
        members({"k": X, "b": STR}, required=["k", "b"]),
        members({"k": {"const": "y"}, "b": STR}, required=["k"]),
    ]
}
LEFT_OUT = {**SWITCHED, "required": []}
TIED = {**LEFT_OUT, "if": {**ASKED, "required": ["k"]}}
CHAIN = members(
    {"k": KIND, "b": STR, "c": STR},
    required=["k"],
    allOf=[
        {"if": ASKED, "then": NEEDS},
        {"if": {"properties": {"k": {"const": "y"}}}, "then": {"required": ["c"]}},
    ],
)
CHAIN_APART = {
    "anyOf": [
        members({"k": X, "b": STR, "c": STR}, required=["k", "b"]),
        members({"k": {"const": "y"}, "b": STR, "c": STR}, required=["k", "c"]),
    ]
}
ONE_LEFT = members({"k": KIND}, **{"if": {"properties": {"k": {"enum": ["x", "y"]}}}, "then": {"properties": {"k": X}}})
SAYS_LESS = members({"k": KIND}, **{"if": {"properties": {"k": {"enum": ["x", "y"]}}}, "then": {"required": ["k"]}})
TWO_SHARES = {"anyOf": [members({"k": {"const": "z"}}, required=["k"]), members({"k": X})]}
ONE_SHARED = members({"k": {"enum": ["x", "y", "z"]}}, **{"if": {"properties": {"k": {"const": "y"}}}, "then": NEEDS})


def _list(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


CONDITIONS: dict[str, tuple[Any, Any, str]] = {
    # A condition about one member, and the alternatives that it stands for
    "condition-as-alternatives": (sent(SWITCHED), sent(APART), TELLS),
    "alternatives-as-a-condition": (sent(APART), sent(SWITCHED), TELLS),
    "condition-as-alternatives-answered": (answered(SWITCHED), answered(APART), TELLS),
    "alternatives-as-a-condition-answered": (answered(APART), answered(SWITCHED), TELLS),
    "conditions-in-a-row-as-alternatives": (sent(CHAIN), sent(CHAIN_APART), TELLS),
    "alternatives-as-conditions-in-a-row": (sent(CHAIN_APART), sent(CHAIN), TELLS),
    "alternatives-as-a-condition-that-asks-for-more": (sent(APART), sent(SWITCHED_ALL), BREAKS),
    "condition-that-holds-of-what-is-left-out": (sent(TIED), sent(LEFT_OUT), BREAKS),
    "condition-that-no-longer-holds-of-what-is-left-out": (sent(LEFT_OUT), sent(TIED), TELLS),
    # What holds under a condition, beside what holds anyway
    "condition-that-forbids-a-value": (sent(SAYS_LESS), sent(ONE_LEFT), BREAKS),
    "condition-that-forbids-a-value-no-more": (sent(ONE_LEFT), sent(SAYS_LESS), BREAKS),
    "condition-on-one-of-two-shares": (sent(TWO_SHARES), sent(ONE_SHARED), BREAKS),
    # What a list contains, and what its items are
    "contains-what-each-item-is": (sent(_list(X, minItems=1)), sent(_list(X, minItems=1, contains=X)), TELLS),
    "contains-what-each-item-is-if-any": (sent(_list(X)), sent(_list(X, contains=X)), BREAKS),
    "contains-as-many-as-there-are": (
        sent(_list(X, minItems=2)),
        sent(_list(X, minItems=2, contains=X, minContains=2)),
        TELLS,
    ),
    "contains-more-than-there-are": (
        sent(_list(X, minItems=1)),
        sent(_list(X, minItems=1, contains=X, minContains=2)),
        BREAKS,
    ),
    "contains-what-the-first-item-is": (
        sent(_list(STR, prefixItems=[X], minItems=1)),
        sent(_list(STR, prefixItems=[X], minItems=1, contains=X)),
        TELLS,
    ),
    "contains-what-the-second-item-is-if-any": (
        sent(_list(STR, prefixItems=[STR, X], minItems=1)),
        sent(_list(STR, prefixItems=[STR, X], minItems=1, contains=X)),
        BREAKS,
    ),
}
"""Name -> the old document, the new one, and the verdict."""
