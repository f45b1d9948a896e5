"""Request xml changed.

XML of the old shape may not be understood.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-xml-changed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.TYPE,
    action=Action.CHANGE,
    subject="xml",
    severity=Severity.WARNING,
    text="`{name}` is written in XML as `{after}`, was `{before}`",
)
