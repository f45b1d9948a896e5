"""Request became not nullable.

Requests that were valid may now be refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-became-not-nullable",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.REQUIREDNESS,
    action=Action.NARROW,
    subject="null",
    severity=Severity.ERROR,
    text="`{name}` may no longer be null",
)
