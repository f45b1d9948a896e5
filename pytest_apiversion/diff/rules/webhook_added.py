"""Webhook added.

A client registers for it or does not.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="webhook-added",
    direction=Direction.NONE,
    area=Area.WEBHOOKS,
    kind=Kind.EXISTENCE,
    action=Action.ADD,
    subject="webhook",
    severity=Severity.INFO,
    text="the webhook `{name}` was added",
)
