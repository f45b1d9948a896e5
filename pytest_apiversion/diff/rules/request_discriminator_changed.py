"""Request discriminator changed.

A service may read the new member only.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-discriminator-changed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.STRUCTURE,
    action=Action.CHANGE,
    subject="discriminator",
    severity=Severity.WARNING,
    text="`{name}` is told apart by `{after}`, was by `{before}`",
)
