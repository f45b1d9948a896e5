"""Rules of changes: each is one kind of contract change, as a row of a table."""

from __future__ import annotations

import enum
from typing import NamedTuple

from pytest_apiversion.core.finding import Severity


class Direction(enum.Enum):
    """Which way the data travel that a rule is about; a webhook's body is a response, for the service sends it."""

    REQUEST = "request"
    RESPONSE = "response"
    NONE = "none"


class Area(enum.Enum):
    """The OpenAPI object a rule is about."""

    PATHS = "paths"
    PARAMETERS = "parameters"
    BODY = "requestBody"
    RESPONSES = "responses"
    HEADERS = "headers"
    SCHEMA = "schema"
    SECURITY = "security"
    LINKS = "links"
    CALLBACKS = "callbacks"
    WEBHOOKS = "webhooks"
    SERVERS = "servers"


class Kind(enum.Enum):
    """What about the object changes."""

    EXISTENCE = "existence"
    REQUIREDNESS = "requiredness"
    TYPE = "type"
    VALUES = "values"
    CONSTRAINTS = "constraints"
    STRUCTURE = "structure"
    MUTABILITY = "mutability"
    LIFECYCLE = "lifecycle"


class Action(enum.Enum):
    """How it changes."""

    ADD = "add"
    REMOVE = "remove"
    INCREASE = "increase"
    DECREASE = "decrease"
    WIDEN = "widen"
    NARROW = "narrow"
    CHANGE = "change"


class Rule(NamedTuple):
    """One kind of change. A tuple, for a comparison that finds a change makes all of them.

    Attributes:
        id: Kebab-case and for ever: reviews and severities are written down by it.
        direction: Which way the data travel.
        area: The OpenAPI object.
        kind: What about the object changes.
        action: How it changes.
        subject: What changes, in one word; with direction and action it is the rule's place in the table.
        severity: How much it weighs unless the policy says otherwise: an error breaks a client that keeps to the contract, a warning
            breaks a client that relies on more than the contract says or on what cannot be decided, the rest is information.
        text: One sentence about a change, with `{name}`, `{before}` and `{after}`.
        reason: Why it weighs that much, in one sentence.
    """

    id: str
    direction: Direction
    area: Area
    kind: Kind
    action: Action
    subject: str
    severity: Severity
    text: str
    reason: str
