"""Response discriminator removed.

What tells the alternatives apart is a hint; their schemas are compared.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-discriminator-removed",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.STRUCTURE,
    action=Action.REMOVE,
    subject="discriminator",
    severity=Severity.INFO,
    text="`{name}` is told apart by `{before}` no longer",
)
