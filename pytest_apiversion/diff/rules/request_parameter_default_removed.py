"""Request parameter default removed.

A request that leaves it out comes to mean something else.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-parameter-default-removed",
    direction=Direction.REQUEST,
    area=Area.PARAMETERS,
    kind=Kind.VALUES,
    action=Action.REMOVE,
    subject="parameter-default",
    severity=Severity.ERROR,
    text="`{name}` has no default, was `{before}`",
)
