"""Request content schema added.

Requests that were valid may now be refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-content-schema-added",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.STRUCTURE,
    action=Action.ADD,
    subject="content-schema",
    severity=Severity.ERROR,
    text="the text of `{name}`: held to `{after}`",
)
