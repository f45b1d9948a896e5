"""Request default changed.

A request that leaves the value out means something else.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-default-changed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.VALUES,
    action=Action.CHANGE,
    subject="default",
    severity=Severity.WARNING,
    text="`{name}` is `{after}` where it is left out, was `{before}`",
)
