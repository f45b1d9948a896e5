"""Request discriminator mapping changed.

The same name leads to another schema.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-discriminator-mapping-changed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.STRUCTURE,
    action=Action.CHANGE,
    subject="discriminator-mapping",
    severity=Severity.WARNING,
    text="a name means the alternative `{after}` of `{name}`, meant `{before}`",
)
