"""Response schema removed.

Nothing is promised about the body any more, though nothing need have changed.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-schema-removed",
    direction=Direction.RESPONSE,
    area=Area.RESPONSES,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="schema",
    severity=Severity.WARNING,
    text="the body `{name}` is free, had a schema",
)
