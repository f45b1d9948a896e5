"""Request discriminator mapping added.

There is one name more.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-discriminator-mapping-added",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.STRUCTURE,
    action=Action.ADD,
    subject="discriminator-mapping",
    severity=Severity.INFO,
    text="`{after}` names an alternative of `{name}`",
)
