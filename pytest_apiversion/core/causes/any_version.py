"""Any version: what is taken where a service takes versions that nobody declared, whatever their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_apiversion.core.causes.cause import Cause

_TAKEN = "an unknown version is accepted"
_BESIDE, _ANSWERS = "AV208", "though no such version is declared"
"""Versions beside a declared one that answer."""
_WRITTEN, _ZEROS = "AV204", "with zeros before its number"
"""Texts that are no versions and are taken; what is said of those that only write a number otherwise."""


def of_any_version(top: Cause, other: Cause) -> bool:
    """Whether versions answer that nobody declared, and so do those beside a declared one, or one with zeros before its number."""
    near = other.code == _BESIDE and _ANSWERS in other.line
    same_carriers = {each.carrier for each in other.settings} <= {each.carrier for each in top.settings}
    return top.line.startswith(_TAKEN) and same_carriers and (near or _writes_zeros(other))


def _writes_zeros(cause: Cause) -> bool:
    return cause.code == _WRITTEN and all(
        any(text.endswith(_ZEROS) for text in setting.texts) for setting in cause.settings
    )
