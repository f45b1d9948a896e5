"""Aragora v1: bare answers, `{error, status}`, API keys, and where each of its paths went in v2."""

from __future__ import annotations

import dataclasses
import re
import urllib.parse
from typing import TYPE_CHECKING

from tests.apps.aragora_data import (
    AGENT_NAMES,
    Agent,
    Debate,
    Json,
    Store,
    body,
    choice,
    choices,
    query_choice,
    query_whole,
    required,
    text,
    whole,
)
from tests.apps.kit import ApiError, App, reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Request, Response

SUCCESSORS = {
    "/debates": "/debates",
    "/debate": "/debates",
    "/debate/{id}": "/debates/{id}",
    "/consensus/{id}": "/debates/{id}/consensus",
    "/agents": "/agents",
    "/agents/{id}": "/agents/{id}",
    "/leaderboard": "/agents/leaderboard",
    "/rankings": "/agents/rankings",
    "/auth/login": "/auth/token",
    "/user": "/users/me",
    "/metrics": "/system/metrics",
    "/health": "/system/health",
}
"""Path below `/api/v1` to path below `/api/v2`."""

_SUCCESSOR_PATTERNS = [
    (re.compile(re.escape(old).replace(r"\{id\}", "(?P<id>[^/]{1,100})")), new) for old, new in SUCCESSORS.items()
]

TOKEN = "sk_v1_aragora-reference-key"


def successor(path: str, bug: Callable[[str], bool]) -> str:
    """The v2 path that replaces a v1 path; the list of debates for a path v1 never had."""
    if bug("link-not-mapped"):
        return "/api/v2" + urllib.parse.quote(path[:300])
    for pattern, new in _SUCCESSOR_PATTERNS:
        found = pattern.fullmatch(path)
        if found:
            return "/api/v2" + new.replace("{id}", urllib.parse.quote(found.groupdict().get("id") or "", safe=""))
    return "/api/v2/debates"


class V1:
    """The operations of v1."""

    def __init__(self, app: App, store: Store) -> None:
        """Add the routes to `app`."""
        self.app = app
        self.bug = app.bug
        self.store = store
        app.route("GET", "/v1/debates", self.list_debates)
        app.route("POST", "/v1/debate", self.create_debate)
        app.route("GET", "/v1/debate/<key>", self.read_debate)
        app.route("PATCH", "/v1/debate/<key>", self.update_debate)
        app.route("DELETE", "/v1/debate/<key>", self.delete_debate)
        app.route("GET", "/v1/consensus/<key>", self.consensus)
        app.route("GET", "/v1/agents", self.list_agents)
        app.route("GET", "/v1/agents/<key>", self.read_agent)
        app.route("GET", "/v1/leaderboard", self.leaderboard)
        app.route("GET", "/v1/rankings", self.rankings)
        app.route("POST", "/v1/auth/login", self.login)
        app.route("GET", "/v1/user", self.user)
        app.route("GET", "/v1/metrics", self.metrics)
        app.route("GET", "/v1/health", self.health)

    def list_debates(self, request: Request) -> Response:
        """Debates, newest first."""
        limit = query_whole(request, "limit", default=20, smallest=1, largest=100)
        offset = query_whole(request, "offset", default=0, smallest=0, largest=10_000)
        status = query_choice(request, "status", ("open", "closed"))
        debates = [each for each in self.store.debates.newest_first() if status in (None, each.status)]
        listed: Json = {
            "debates": [self._debate(each) for each in debates[offset : offset + limit]],
            "total": len(debates),
        }
        return reply({"data": listed} if self.bug("v1-debates-wrapped") else listed)

    def create_debate(self, request: Request) -> Response:
        """Open a debate."""
        values = body(request)
        required(values, "topic", *(["max_rounds"] if self.bug("v1-max-rounds-required") else []))
        known: dict[str, Json] = {"task": text(values, "topic", smallest=1, largest=500)}
        if "agents" in values:
            known["agents"] = choices(values, "agents", AGENT_NAMES, largest=5)
        if "max_rounds" in values:
            known["rounds"] = whole(values, "max_rounds", smallest=1, largest=10)
        debate = self.store.add_debate(**known)
        return reply(self._debate(debate), 201, {"Location": f"/api/v1/debate/{debate.id}"})

    def read_debate(self, request: Request, key: str) -> Response:
        """One debate."""
        return reply(self._debate(self._find(key)))

    def update_debate(self, request: Request, key: str) -> Response:
        """Change topic or status."""
        debate = self._find(key)
        values = body(request)
        changes: dict[str, Json] = {}
        if "topic" in values:
            changes["task"] = text(values, "topic", smallest=1, largest=500)
        if "status" in values:
            changes["status"] = choice(values, "status", ("open", "closed"))
        debate = dataclasses.replace(debate, **changes)
        self.store.debates.put(key, debate)
        return reply(self._debate(debate))

    def delete_debate(self, request: Request, key: str) -> Response:
        """Forget a debate."""
        self._find(key)
        self.store.debates.remove(key)
        return reply(None, 204)

    def consensus(self, request: Request, key: str) -> Response:
        """What a debate agreed on."""
        debate = self._find(key)
        return reply({"debate_id": debate.id, "reached": debate.answer is not None, "answer": debate.answer})

    def list_agents(self, request: Request) -> Response:
        """All agents."""
        agents = [self._agent(each) for each in self.store.agents.values()]
        return reply({"agents": agents, "total": len(agents)})

    def read_agent(self, request: Request, key: str) -> Response:
        """One agent."""
        if key not in self.store.agents:
            raise ApiError(404, "NOT_FOUND", "Agent not found")
        return reply(self._agent(self.store.agents[key]))

    def leaderboard(self, request: Request) -> Response:
        """Wins and losses, best agent first."""
        return reply(
            {
                "leaderboard": [
                    {"agent": each.name, "wins": each.wins, "losses": each.losses} for each in self.store.ranked()
                ]
            }
        )

    def rankings(self, request: Request) -> Response:
        """Agents by rating."""
        ranked = enumerate(self.store.ranked(), start=1)
        return reply({"rankings": [{"rank": rank, "agent": each.name, "elo": each.elo} for rank, each in ranked]})

    def login(self, request: Request) -> Response:
        """Exchange an API key for a session."""
        values = body(request)
        required(values, "client")
        text(values, "client", smallest=1, largest=80)
        expires = whole(values, "expires_in", smallest=60, largest=86_400) if "expires_in" in values else 3600
        return reply({"token": TOKEN, "expires_in": expires})

    def user(self, request: Request) -> Response:
        """The owner of the key."""
        user = self.store.user
        return reply({"id": user["id"], "email": user["email"], "name": user["display_name"]})

    def metrics(self, request: Request) -> Response:
        """Counts."""
        return reply({"debates": len(self.store.debates.newest_first()), "agents": len(self.store.agents)})

    def health(self, request: Request) -> Response:
        """Whether the service is up."""
        return reply({"status": "ok"})

    def _find(self, key: str) -> Debate:
        debate = self.store.debates.get(key)
        if debate is None:
            raise ApiError(404, "NOT_FOUND", "Debate not found")
        return debate

    def _debate(self, debate: Debate) -> Json:
        return {
            "id": debate.id,
            "topic": debate.task,
            "agents": list(debate.agents),
            "max_rounds": str(debate.rounds) if self.bug("v1-max-rounds-as-string") else debate.rounds,
            "status": debate.status,
            "created_at": debate.created_at,
        }

    def _agent(self, agent: Agent) -> Json:
        return {"name": agent.name, "model": agent.id, "elo": agent.elo}
