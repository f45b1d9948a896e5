"""Request required property removed.

Requests that have it are still accepted, but what they say is no longer heard.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-required-property-removed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="required-property",
    severity=Severity.WARNING,
    text="`{name}` was removed, and was always there",
)
