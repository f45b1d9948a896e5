"""Request type narrowed.

Requests that were valid may now be refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-type-narrowed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.TYPE,
    action=Action.NARROW,
    subject="type",
    severity=Severity.ERROR,
    text="`{name}` may only be `{after}`, was `{before}`",
)
