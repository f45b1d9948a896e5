"""Request default removed.

A request that leaves the value out may come to mean something else.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-default-removed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.VALUES,
    action=Action.REMOVE,
    subject="default",
    severity=Severity.WARNING,
    text="`{name}` has no default, was `{before}`",
)
