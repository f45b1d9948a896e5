"""What the Vellocity server stores and the fields it reads; seeded, deterministic, bounded."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from tests.apps.augno_fields import (
    Field,
    anything,
    array,
    boolean,
    choice,
    email,
    full_date,
    integer,
    nullable,
    number,
    text,
)

Json = Any

UTC = dt.UTC
MAX_RECORDS = 2000
"""Records of one kind a server keeps; past that the oldest one that was not seeded goes."""

RELEASED = dt.datetime(2025, 12, 1, tzinfo=UTC)
"""v1 is released, and the unversioned aliases are deprecated."""
SCHEDULE_DEPRECATED = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
SCHEDULE_SUNSET = dt.datetime(2027, 7, 1, tzinfo=dt.UTC)
ALIAS_SUNSET = dt.datetime(2026, 7, 1, tzinfo=UTC)
"""The first moment without the unversioned aliases."""

PLATFORMS = ("bedrock", "openai", "vertex")
PLANS = ("starter", "growth", "scale")
CHANNELS = ("blog", "email", "social", "webinar")
EVENTS = ("partner.created", "partner.updated", "receipt.issued")
STEPS = ("draft", "review", "approved", "published")
MCP_METHODS = ("ping", "tools/list", "tools/call")

MIGRATE_FIELDS = {
    "target_platform": Field(rule=choice(*PLATFORMS), required=True),
    "dry_run": Field(rule=boolean, default=True),
    "notes": Field(rule=nullable(text(0, 500))),
}
START_FIELDS = {
    "agent": Field(rule=text(1, 64), required=True),
    "scenario": Field(rule=choice("smoke", "load", "safety"), default="smoke"),
    "max_turns": Field(rule=integer(1, 50), default=10),
}
MESSAGE_FIELDS = {
    "message": Field(rule=text(1, 4000), required=True),
    "attachments": Field(rule=array(text(1, 200), high=5), default=[]),
}
AFFILIATE_FIELDS = {
    "name": Field(rule=text(1, 100), required=True),
    "email": Field(rule=email, required=True),
    "commission_rate": Field(rule=number(0, 1), default=0.1),
}
REFERENCE_FIELDS = {"reference": Field(rule=text(1, 64), required=True)}
PARTNER_FIELDS = {
    "company": Field(rule=text(1, 100), required=True),
    "contact_email": Field(rule=nullable(email)),
    "plan": Field(rule=choice(*PLANS), default="starter"),
    "seats": Field(rule=integer(1, 10_000), default=1),
}
WEBHOOK_FIELDS = {
    "target": Field(rule=text(1, 300), required=True),
    "events": Field(rule=array(choice(*EVENTS), low=1, high=3), required=True),
    "active": Field(rule=boolean, default=True),
}
WORKFLOW_FIELDS = {
    "title": Field(rule=text(1, 200), required=True),
    "channel": Field(rule=choice(*CHANNELS), required=True),
    "due_on": Field(rule=nullable(full_date)),
}
SCHEDULE_FIELDS = {
    "campaign": Field(rule=text(1, 120), required=True),
    "starts_on": Field(rule=full_date, required=True),
    "budget_cents": Field(rule=nullable(integer(0, 1_000_000_000))),
}


def _rpc_id(value: Json) -> Json:
    """The `id` of a JSON-RPC request: a string, an integer or null."""
    if value is None:
        return None
    return text(0, 100)(value) if isinstance(value, str) else integer(-(2**53), 2**53)(value)


MCP_FIELDS: dict[str, Field] = {
    "jsonrpc": Field(rule=choice("2.0"), required=True),
    "id": Field(rule=_rpc_id, required=True),
    "method": Field(rule=choice(*MCP_METHODS), required=True),
    "params": Field(rule=anything, default={}),
}

KINDS = {
    "audit": "aud",
    "session": "ses",
    "affiliate": "aff",
    "partner": "ptn",
    "webhook": "whk",
    "workflow": "wfl",
    "entry": "gtm",
    "receipt": "rcp",
    "request": "req",
    "migration": "mig",
    "message": "msg",
}
"""Kind of record -> prefix of its ids."""

AGENTS = ("copywriter", "seo-analyst", "lead-scout", "brand-guard")


class Store:
    """The records of one server by kind and id, in the order they were made."""

    def __init__(self, today: dt.datetime) -> None:
        """Seed a dozen affiliates and a few of everything else, all made on days before `today`."""
        self.today = today
        self.records: dict[str, dict[str, dict[str, Json]]] = {kind: {} for kind in KINDS}
        self.reference = "acme-main"
        self._deleted: dict[str, None] = {}
        self._numbers = {kind: itertools.count(1) for kind in KINDS}
        self._seeded: frozenset[str] = frozenset()
        self._seed()
        self._seeded = frozenset(id_ for records in self.records.values() for id_ in records)

    def add(self, kind: str, values: dict[str, Json], *, days_ago: int = 0) -> dict[str, Json]:
        """Keep a new record: `values` and an id and a `created_at`."""
        records = self.records[kind]
        made = stamp(self.today - dt.timedelta(days=days_ago))
        record = {"id": self.next_id(kind), **values, "created_at": made}
        records[record["id"]] = record
        if len(records) > MAX_RECORDS:
            del records[next(id_ for id_ in records if id_ not in self._seeded)]
        return record

    def delete(self, kind: str, id_: str) -> bool:
        """Drop a record; whether there is, or was until it was deleted, such a record."""
        if self.records[kind].pop(id_, None) is not None:
            self._deleted[id_] = None
            if len(self._deleted) > MAX_RECORDS:
                del self._deleted[next(iter(self._deleted))]
        return id_ in self._deleted

    def next_id(self, kind: str) -> str:
        """A fresh id such as `aff_000013`."""
        return f"{KINDS[kind]}_{next(self._numbers[kind]):06d}"

    def _seed(self) -> None:
        """The records a new server starts with."""
        for number_, agent in enumerate(AGENTS, start=1):
            audit = {"agent": agent, "score": 70 + number_, "platform": "openai", "finding_count": number_ - 1}
            self.add("audit", audit, days_ago=number_)
            self.add("session", {"agent": agent, "scenario": "smoke", "max_turns": 10, "turns": 0}, days_ago=number_)
            self.add("workflow", {"title": f"{agent} launch", "channel": "blog", "due_on": None, "step": "draft"})
            self.add("receipt", {"invoice": f"INV-{number_:04d}", "amount_cents": 4900 * number_, "currency": "usd"})
        for number_ in range(1, 13):
            person = {"name": f"Affiliate {number_}", "email": f"a{number_}@affiliates.example", "commission_rate": 0.1}
            self.add("affiliate", person, days_ago=20 - number_)
        for plan in PLANS:
            partner = {"company": f"{plan.title()} Partners", "contact_email": None, "plan": plan, "seats": 3}
            self.add("partner", partner, days_ago=5)
            self.add(
                "webhook", {"target": f"https://hooks.example/{plan}", "events": ["partner.created"], "active": True}
            )
            starts = (self.today + dt.timedelta(days=10)).date().isoformat()
            self.add("entry", {"campaign": f"{plan} push", "starts_on": starts, "budget_cents": None}, days_ago=2)


def stamp(moment: dt.datetime) -> str:
    """RFC 3339 in UTC with seconds, such as `2026-11-20T00:00:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
