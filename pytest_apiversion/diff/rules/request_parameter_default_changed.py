"""Request parameter default changed.

A request that leaves it out means something else.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-parameter-default-changed",
    direction=Direction.REQUEST,
    area=Area.PARAMETERS,
    kind=Kind.VALUES,
    action=Action.CHANGE,
    subject="parameter-default",
    severity=Severity.ERROR,
    text="`{name}` is `{after}` where it is left out, was `{before}`",
)
