"""Response discriminator mapping added.

The alternative it names is compared by itself.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-discriminator-mapping-added",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.STRUCTURE,
    action=Action.ADD,
    subject="discriminator-mapping",
    severity=Severity.INFO,
    text="`{after}` names an alternative of `{name}`",
)
