"""Request discriminator mapping removed.

A name that clients send is gone.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-discriminator-mapping-removed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.STRUCTURE,
    action=Action.REMOVE,
    subject="discriminator-mapping",
    severity=Severity.WARNING,
    text="`{before}` no longer names an alternative of `{name}`",
)
