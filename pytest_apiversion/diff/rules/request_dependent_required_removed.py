"""Request dependent required removed.

Every request that was valid still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-dependent-required-removed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.STRUCTURE,
    action=Action.REMOVE,
    subject="dependent-required",
    severity=Severity.INFO,
    text="members of `{name}` that need others: no longer held to `{before}`",
)
