"""Security scheme address changed.

Clients that follow the document find the new address; credentials that exist stay good.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="security-scheme-address-changed",
    direction=Direction.NONE,
    area=Area.SECURITY,
    kind=Kind.VALUES,
    action=Action.CHANGE,
    subject="security-scheme-address",
    severity=Severity.INFO,
    text="credentials `{name}` are given at `{after}`, were at `{before}`",
)
