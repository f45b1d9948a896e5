"""Response discriminator mapping removed.

A name that clients know is no longer sent.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-discriminator-mapping-removed",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.STRUCTURE,
    action=Action.REMOVE,
    subject="discriminator-mapping",
    severity=Severity.INFO,
    text="`{before}` no longer names an alternative of `{name}`",
)
