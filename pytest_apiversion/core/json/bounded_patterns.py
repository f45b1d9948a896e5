r"""Regular expressions that end: matched by an engine that is linear in the text, or gives up after a bounded number of steps.

Python's own engine holds the interpreter while it tries, so that no time limit and no Ctrl-C has an effect; and how long it tries is for the
pattern and the text together to say, of which a service writes one. It is asked only where the other engine has no such pattern, where no
repetition can be read in many ways, and about short texts.

The engine is that of `jsonschema_rs`, which comes with schemathesis. It reads ECMA-262: `\d` and `\w` are ASCII, `$` is the very end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from pytest_apiversion.core.json.ambiguous_repetitions import ambiguous
from pytest_apiversion.core.json.repetition_steps import multiplied

LONGEST = 2_000
"""Characters of a text that Python's engine is asked about."""

_STEPS = 4_000_000
"""What Python's engine may try, roughly."""

_REFUSED, _SAID = "Pattern", "does not match"
"""The kind of the error that a text gets which is not as the pattern says, and words of it where releases have no kinds. Any other is that
the engine gave up. The words of an error are no other sign: the text itself stands among them.
"""


class BoundedPattern:
    """A regular expression of a policy file.

    Args:
        pattern: As it is written.

    Raises:
        re.error: It is none.
    """

    __slots__ = ("_whole", "pattern")

    def __init__(self, pattern: str) -> None:
        re.compile(pattern)
        self.pattern = pattern
        self._whole = f"^(?:{pattern})$"

    def fullmatch(self, text: str) -> bool:
        """Whether the whole text matches; true where that cannot be told within the bound."""
        told = _told(self._whole, text)
        if told is not None:
            return told is not False
        return not _python_may(self.pattern, text) or re.fullmatch(self.pattern, text) is not None

    def __repr__(self) -> str:
        return f"BoundedPattern({self.pattern!r})"


def occurs(pattern: str, text: str, compiled: re.Pattern[str] | None = None) -> bool | None:
    """Whether an ECMA-262 pattern occurs in a text; None where that cannot be told within the bound.

    Args:
        pattern: As a schema has it.
        text: What is looked through.
        compiled: The same for Python, where Python has such a pattern.
    """
    told = _told(pattern, text)
    if told is not None:
        return None if told is _UNKNOWN else bool(told)
    if compiled is None or not _python_may(compiled.pattern, text):
        return None
    return compiled.search(text) is not None


def endless(pattern: str) -> bool:
    """Whether nothing bounds how long a pattern may take: only Python reads it, and what is repeated in it can be read in many ways."""
    return _engine(f"^(?:{pattern})$") is None and ambiguous(pattern)


class _Unknown:
    """That an engine gave up."""


_UNKNOWN = _Unknown()


def _told(pattern: str, text: str) -> bool | _Unknown | None:
    """What the bounded engine says; None where it has no such pattern."""
    engine = _engine(pattern)
    if engine is None:
        return None
    try:
        return engine(text)
    except (ValueError, TypeError):  # half a character
        return _UNKNOWN


@lru_cache(maxsize=4096)
def _engine(pattern: str) -> Callable[[str], bool | _Unknown] | None:
    rust = _rust()
    if rust is None:
        return None
    try:
        held = rust.Draft202012Validator({"pattern": pattern})
    except (ValueError, TypeError, OverflowError):
        return None

    def asked(text: str) -> bool | _Unknown:
        if held.is_valid(text):
            return True
        error: Any = next(iter(held.iter_errors(text)), None)
        kind = getattr(error, "kind", None)
        sure = _SAID in str(error) if kind is None else type(kind).__name__ == _REFUSED
        return False if sure else _UNKNOWN

    return asked


@cache
def _rust() -> Any:
    try:
        import jsonschema_rs  # noqa: PLC0415  older releases of schemathesis come without it
    except ImportError:
        return None
    return jsonschema_rs if hasattr(jsonschema_rs, "Draft202012Validator") else None


def _python_may(pattern: str, text: str) -> bool:
    """Whether Python's engine ends soon: repetitions that can take each other's letters multiply what it tries."""
    most = len(text) ** multiplied(pattern) <= _STEPS
    return most and len(text) <= LONGEST and not ambiguous(pattern)
