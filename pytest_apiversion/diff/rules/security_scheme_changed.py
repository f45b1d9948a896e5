"""Security scheme changed.

Clients present credentials in a way that is no longer understood.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="security-scheme-changed",
    direction=Direction.NONE,
    area=Area.SECURITY,
    kind=Kind.TYPE,
    action=Action.CHANGE,
    subject="security-scheme",
    severity=Severity.ERROR,
    text="the credentials `{name}` are `{after}`, were `{before}`",
)
