"""Request unevaluated properties closed.

Requests that were valid may now be refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-unevaluated-properties-closed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.NARROW,
    subject="unevaluated-properties",
    severity=Severity.ERROR,
    text="`{name}` takes no members but those it names",
)
