"""Aragora's records: debates, agents, webhooks and the rest, in memory, seeded and bounded, and how bodies are read."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

from tests.apps.kit import ApiError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Request

Json = Any
Record = TypeVar("Record")

AGENT_NAMES = ("claude", "gpt-4", "gemini", "mistral", "grok")
EVENTS = ("debate.created", "debate.closed", "consensus.reached")
LARGEST = 2000
"""Records a collection holds before the oldest one that was not seeded is dropped."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Debate:
    """One debate; versions differ only in how they show it."""

    id: str
    task: str
    agents: tuple[str, ...]
    rounds: int
    consensus: str
    auto_select: bool
    context: str | None
    status: str
    created_at: str
    answer: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Agent:
    """One debating model."""

    id: str
    name: str
    provider: str
    elo: int
    wins: int
    losses: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Webhook:
    """One subscription of a URL to events."""

    id: str
    url: str
    events: tuple[str, ...]
    active: bool
    created_at: str


class Table(Generic[Record]):
    """Records by id in order of creation; seeded ones are never dropped for room."""

    def __init__(self, prefix: str) -> None:
        """Start empty; ids are `prefix` and six or more hexadecimal digits, counting from one."""
        self._prefix = prefix
        self._numbers = itertools.count(1)
        self._records: dict[str, Record] = {}
        self._seeded: frozenset[str] = frozenset()

    def next_id(self) -> str:
        """An id that was never given out."""
        return f"{self._prefix}{next(self._numbers):06x}"

    def put(self, key: str, record: Record) -> None:
        """Add or replace a record, dropping the oldest unseeded one when there are too many."""
        self._records[key] = record
        if len(self._records) > LARGEST:
            del self._records[next(each for each in self._records if each not in self._seeded)]

    def seal(self) -> None:
        """Declare everything stored so far as seeded."""
        self._seeded = frozenset(self._records)

    def get(self, key: str) -> Record | None:
        """The record, or None."""
        return self._records.get(key)

    def remove(self, key: str) -> None:
        """Forget a record that exists."""
        del self._records[key]

    def newest_first(self) -> list[Record]:
        """All records."""
        return list(reversed(self._records.values()))


class Store:
    """Everything the service remembers."""

    def __init__(self, today: dt.datetime) -> None:
        """Seed the records; their times lie in the days before `today`."""
        self.today = today
        self.debates: Table[Debate] = Table("deb_")
        self.webhooks: Table[Webhook] = Table("whk_")
        self.agents = {
            f"agt_{name.replace('-', '')}": Agent(
                id=f"agt_{name.replace('-', '')}", name=name, provider=provider, elo=elo, wins=wins, losses=losses
            )
            for name, provider, elo, wins, losses in (
                ("claude", "anthropic", 1612, 48, 12),
                ("gpt-4", "openai", 1588, 45, 16),
                ("gemini", "google", 1547, 37, 21),
                ("mistral", "mistral", 1490, 28, 30),
                ("grok", "xai", 1463, 22, 33),
            )
        }
        self.organizations: dict[str, Json] = {
            "org_000001": {"id": "org_000001", "name": "Agora Research", "plan": "enterprise", "seats": 40},
            "org_000002": {"id": "org_000002", "name": "Stoa Labs", "plan": "pro", "seats": 5},
        }
        self.user: Json = {"id": "usr_000001", "email": "hypatia@example.org", "display_name": "Hypatia"}
        for task, rounds, status, answer in (
            ("Should we use microservices?", 3, "closed", "Start with a modular monolith."),
            ("Which database fits an event log?", 5, "closed", None),
            ("Is a four day week worth a trial?", 4, "open", None),
        ):
            self.add_debate(task=task, rounds=rounds, status=status, answer=answer)
        self.debates.seal()
        for name, event in (("aragora", "debate.closed"), ("archive", "debate.created")):
            self.add_webhook(url=f"https://hooks.example.org/{name}", events=(event,), active=True)
        self.webhooks.seal()

    def stamp(self) -> str:
        """The moment the service lives at, as RFC 3339 in UTC."""
        return self.today.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def add_debate(self, *, task: str, **values: Json) -> Debate:
        """Create a debate; what is not given takes the documented default."""
        key = self.debates.next_id()
        defaults: dict[str, Json] = {
            "agents": ("claude", "gpt-4"),
            "rounds": 3,
            "consensus": "majority",
            "auto_select": True,
            "context": None,
            "status": "open",
        }
        debate = Debate(id=key, task=task, created_at=self.stamp(), **{**defaults, **values})
        self.debates.put(key, debate)
        return debate

    def add_webhook(self, *, url: str, events: tuple[str, ...], active: bool) -> Webhook:
        """Create a webhook."""
        key = self.webhooks.next_id()
        webhook = Webhook(id=key, url=url, events=events, active=active, created_at=self.stamp())
        self.webhooks.put(key, webhook)
        return webhook

    def ranked(self) -> list[Agent]:
        """Agents, best first."""
        return sorted(self.agents.values(), key=lambda agent: -agent.elo)


def body(request: Request) -> dict[str, Json]:
    """The JSON object of a request, read strictly.

    Raises:
        ApiError: 415 for another content type, 400 INVALID_JSON for anything that is not a JSON object in UTF-8.
    """
    if request.mimetype != "application/json":
        raise ApiError(415, "UNSUPPORTED_MEDIA_TYPE", "send application/json")
    try:
        value = json.loads(request.get_data().decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ApiError(400, "INVALID_JSON", "the body is not valid JSON") from error
    if not isinstance(value, dict):
        raise ApiError(400, "INVALID_JSON", "the body must be a JSON object")
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def known_only(values: Mapping[str, Json], names: frozenset[str]) -> None:
    """Refuse a field the operation does not have."""
    if not names >= values.keys():
        raise ApiError(422, "VALIDATION_ERROR", "the body has a field this operation does not know")


def text(values: Mapping[str, Json], name: str, *, smallest: int = 0, largest: int) -> str:
    """A string of so many code points."""
    value = values[name]
    if not isinstance(value, str) or not smallest <= len(value) <= largest:
        raise ApiError(422, "VALIDATION_ERROR", f"{name} must be a string of {smallest} to {largest} characters")
    return value


def whole(values: Mapping[str, Json], name: str, *, smallest: int, largest: int) -> int:
    """An integer within bounds; 3.0 is one, true is not."""
    value = values[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not smallest <= value <= largest or value % 1:
        raise ApiError(422, "VALIDATION_ERROR", f"{name} must be an integer from {smallest} to {largest}")
    return int(value)


def flag(values: Mapping[str, Json], name: str) -> bool:
    """A boolean."""
    value = values[name]
    if not isinstance(value, bool):
        raise ApiError(422, "VALIDATION_ERROR", f"{name} must be true or false")
    return value


def choice(values: Mapping[str, Json], name: str, allowed: tuple[str, ...]) -> str:
    """One of some strings."""
    value = values[name]
    if not isinstance(value, str) or value not in allowed:
        raise ApiError(422, "VALIDATION_ERROR", f"{name} must be one of {', '.join(allowed)}")
    return value


def choices(values: Mapping[str, Json], name: str, allowed: tuple[str, ...], *, largest: int) -> tuple[str, ...]:
    """A list of one to `largest` of some strings."""
    items = values[name]
    if not isinstance(items, list) or not 1 <= len(items) <= largest:
        raise ApiError(422, "VALIDATION_ERROR", f"{name} must be a list of 1 to {largest} items")
    return tuple(choice({name: item}, name, allowed) for item in items)


def required(values: Mapping[str, Json], *names: str) -> None:
    """Refuse a body without one of these fields."""
    missing = [name for name in names if name not in values]
    if missing:
        raise ApiError(422, "VALIDATION_ERROR", f"{', '.join(missing)} is required")


def query_whole(request: Request, name: str, *, default: int, smallest: int, largest: int) -> int:
    """A query parameter written in ASCII digits, at most once.

    Raises:
        ApiError: 400 INVALID_PARAMETER.
    """
    given = request.args.getlist(name)
    if not given:
        return default
    if len(given) == 1 and re.fullmatch(r"[0-9]{1,9}", given[0]) and smallest <= int(given[0]) <= largest:
        return int(given[0])
    raise ApiError(400, "INVALID_PARAMETER", f"{name} must be an integer from {smallest} to {largest}")


def query_choice(request: Request, name: str, allowed: tuple[str, ...]) -> str | None:
    """A query parameter with one of some values, at most once.

    Raises:
        ApiError: 400 INVALID_PARAMETER.
    """
    given = request.args.getlist(name)
    if given and (len(given) > 1 or given[0] not in allowed):
        raise ApiError(400, "INVALID_PARAMETER", f"{name} must be one of {', '.join(allowed)}")
    return given[0] if given else None
