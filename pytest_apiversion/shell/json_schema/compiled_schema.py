"""A schema as `jsonschema_rs` compiled it, and which of its refusals nobody needs to look at again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_SURE = frozenset(
    {
        *("type", "required", "enum", "const"),
        *("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
    }
)
"""Keywords that all libraries hold alike. Not among them: what depends on regular expressions, formats, decimals or equality of elements."""
_BOUNDS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})
"""The same of numbers that every library has exactly."""
_EXACT = 2**53
_LEADING = {"properties": 1, "allOf": 1, "prefixItems": 1, "items": 0, "$ref": 0}
"""Keywords that surely hold a value to a schema inside, and how many steps after each name that. Not among them: alternatives,
conditions, and members that a regular expression chooses."""


class CompiledSchema:
    """One schema of several that were compiled together, each as that of a member.

    Args:
        validator: The compiled validator.
        member: The name of the member.
    """

    def __init__(self, validator: Any, member: str) -> None:
        self._is_valid, self._errors, self._member = validator.is_valid, validator.iter_errors, member

    def __call__(self, value: Any) -> bool:
        """Whether a value is what the schema says."""
        valid: bool = self._is_valid({self._member: value})
        return valid

    def surely_refuses(self, value: Any) -> bool:
        """Whether a value is not what the schema says for a reason that holds by any reading."""
        error = next(iter(self._errors({self._member: value})), None)
        path: Sequence[str | int] = getattr(error, "evaluation_path", ())  # which older releases do not tell
        return bool(path) and _leads(path, error)


def _leads(path: Sequence[str | int], error: Any) -> bool:
    """Whether the keywords of a path lead to one that says no."""
    place = 0
    while place < len(path) - 1:
        steps = _LEADING.get(str(path[place]))
        if steps is None:
            return False
        place += 1 + steps
    if place != len(path) - 1:
        return False
    return path[place] in _SURE or (path[place] in _BOUNDS and abs(error.instance) < _EXACT)
