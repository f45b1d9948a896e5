"""Request parameter default added.

A request that leaves it out comes to mean something else.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-parameter-default-added",
    direction=Direction.REQUEST,
    area=Area.PARAMETERS,
    kind=Kind.VALUES,
    action=Action.ADD,
    subject="parameter-default",
    severity=Severity.ERROR,
    text="`{name}` is `{after}` where it is left out, was as if absent",
)
