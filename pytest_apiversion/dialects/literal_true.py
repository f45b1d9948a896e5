"""`true`: the fact, without a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.policy.dialect import Dialect, Problem, Reading

if TYPE_CHECKING:
    from pytest_apiversion.core.versions.lifecycle import Moment

_TRUE = "true"


def write(moment: Moment) -> str:  # noqa: ARG001  the fact has no date
    """The word."""
    return _TRUE


def read(text: str) -> Reading:
    """Exactly the word: `True`, `1`, `?1` and `"true"` are other values."""
    if text == _TRUE:
        return Reading()
    return Reading(problems=(Problem(rule="syntax", message=f"{text[:60]!r} is not exactly 'true'"),))


DIALECT = Dialect(
    name="literal-true",
    source="draft-ietf-httpapi-deprecation-header-02 §2.1; vendors' own headers",
    write=write,
    read=read,
    dated=False,
)
