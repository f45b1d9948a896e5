"""Request content schema removed.

Every request that was valid still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-content-schema-removed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.STRUCTURE,
    action=Action.REMOVE,
    subject="content-schema",
    severity=Severity.INFO,
    text="the text of `{name}`: no longer held to `{before}`",
)
