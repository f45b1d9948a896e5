"""Webhook removed.

Clients wait for calls that do not come.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="webhook-removed",
    direction=Direction.NONE,
    area=Area.WEBHOOKS,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="webhook",
    severity=Severity.ERROR,
    text="the webhook `{name}` was removed",
)
