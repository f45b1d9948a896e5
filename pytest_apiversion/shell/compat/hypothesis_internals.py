"""What is used of Hypothesis beyond its documentation. Hypothesis is heavy: import this when something is to be drawn."""

from __future__ import annotations

import inspect
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import hypothesis

from pytest_apiversion.shell.compat.names import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_CHARMAP = "hypothesis.internal.charmap"
_OF_CODEC = "intervals_from_codec"

TRIED = "6.108 to 6.170"
"""The releases that were tried."""

_PROVIDERS = "hypothesis.internal.conjecture.providers"
_BACKENDS: Any = find(_PROVIDERS, "AVAILABLE_PROVIDERS")
_PROVIDER: Any = find(_PROVIDERS, "HypothesisProvider")
_CONSTANTS = "_maybe_draw_constant"
_FIRST_WITH_CONSTANTS = (6, 131, 1)
"""The release that began to draw constants of the modules a process has imported."""

OWN = "hypothesis"
"""The name of Hypothesis' own backend."""

many_has_more: bool = hasattr(find("hypothesis.internal.conjecture.utils", "many"), "more")
"""Whether there is the method that schemathesis before 4.25 draws with."""

choices_to_bytes: Callable[[Iterable[Any]], bytes] | None = find("hypothesis.database", "choices_to_bytes")
"""Writes choices as the example database keeps them; None where it is not there, as in releases that keep bytes instead of choices."""


def constants_can_be_left_out() -> bool:
    """Whether a backend can be made that draws no constants."""
    return _BACKENDS is not None and hasattr(_PROVIDER, _CONSTANTS)


def register_without_constants(name: str, module: str, attribute: str) -> type:
    """Make Hypothesis' own backend without constants, and register it.

    Args:
        name: What settings call it.
        module: The module whose attribute it will be, for releases that take dotted names only.
        attribute: The attribute.
    """
    made = type(attribute, (_PROVIDER,), {_CONSTANTS: lambda *_, **__: None, "__module__": module})
    _BACKENDS[name] = f"{module}.{attribute}"
    return made


def unsteady() -> str | None:
    """Why a seed may draw something else in another process; None where it does not."""
    if constants_can_be_left_out() or hypothesis.__version_info__ < _FIRST_WITH_CONSTANTS:
        return None
    return (
        f"the same seed may draw other requests in another process: Hypothesis {hypothesis.__version__} cannot be told to "
        f"leave out what the imported modules hold (tried: {TRIED})"
    )


def answer_utf_8_at_once() -> None:
    """Tell Hypothesis which characters UTF-8 can write: all but the surrogates (RFC 3629 §3).

    It encodes each of the 1,114,112 code points to find out, and keeps the answer in a folder that is not there yet in a fresh clone or
    a job of CI, and in none of its processes. Where a release asks in another way, nothing is told.
    """
    asked: Any = find(_CHARMAP, _OF_CODEC)
    intervals: Any = find("hypothesis.internal.intervalsets", "IntervalSet")
    if asked is None or intervals is None or asked.__module__ != _CHARMAP:
        return
    all_of_them = intervals(((0, 0xD7FF), (0xE000, sys.maxunicode)))
    answers = {intervals: all_of_them, tuple[intervals, intervals]: (all_of_them, intervals(()))}
    with suppress(NameError, TypeError):
        answer = answers.get(inspect.get_annotations(asked, eval_str=True).get("return"))
        if answer is not None:
            setattr(sys.modules[_CHARMAP], _OF_CODEC, lambda name: answer if name == "utf-8" else asked(name))
