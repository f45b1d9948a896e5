"""Places of links: a header and a body that tell the same links."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_apiversion.core.causes.cause import Cause

_LEADS = " leads to "
"""What stands between the place of a link and where it leads."""


def again_in_a_body(top: Cause, other: Cause) -> bool:
    """Whether a body tells the links of a header in the same answers again, as bad as they are there."""
    (place, _, where), (again, _, there) = (each.line.partition(_LEADS) for each in (top, other))
    same = other.code == top.code and where == there and other.answers <= top.answers
    return same and "/" not in place and "/" in again
