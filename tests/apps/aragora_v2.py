"""Aragora v2: answers wrapped in `data` and `meta`, coded errors, API keys or OAuth tokens."""

from __future__ import annotations

import base64
import dataclasses
import itertools
import re
import urllib.parse
from typing import TYPE_CHECKING

from tests.apps.aragora_data import (
    AGENT_NAMES,
    EVENTS,
    Agent,
    Debate,
    Json,
    Store,
    Webhook,
    body,
    choice,
    choices,
    flag,
    known_only,
    query_choice,
    query_whole,
    required,
    text,
    whole,
)
from tests.apps.kit import ApiError, App, reply

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response

API_KEY = "sk_v2_aragora-reference-key"
OAUTH_TOKEN = ".".join(
    base64.urlsafe_b64encode(part).decode().rstrip("=")
    for part in (b'{"alg":"none","typ":"JWT"}', b'{"sub":"usr_000001"}', b"reference")
)
"""A JSON Web Token that nobody signed; made here, since programs that look for secrets in sources take one for somebody's."""
OAUTH_ONLY = ("/users", "/organizations", "/webhooks")
"""Path prefixes below `/api/v2` that an API key may not use."""

_CREATE = frozenset({"task", "agents", "rounds", "consensus", "auto_select", "context"})
_UPDATE = frozenset({"task", "context", "status"})


class V2:
    """The operations of v2."""

    def __init__(self, app: App, store: Store) -> None:
        """Add the routes to `app`."""
        self.app = app
        self.bug = app.bug
        self.store = store
        self.request_numbers = itertools.count(1)
        app.route("GET", "/v2/debates", self.list_debates)
        app.route("POST", "/v2/debates", self.create_debate)
        app.route("GET", "/v2/debates/<key>", self.read_debate)
        app.route("PATCH", "/v2/debates/<key>", self.update_debate)
        app.route("DELETE", "/v2/debates/<key>", self.delete_debate)
        app.route("GET", "/v2/debates/<key>/consensus", self.consensus)
        app.route("GET", "/v2/agents", self.list_agents)
        app.route("GET", "/v2/agents/leaderboard", self.leaderboard)
        app.route("GET", "/v2/agents/rankings", self.rankings)
        app.route("GET", "/v2/agents/<key>", self.read_agent)
        app.route("POST", "/v2/auth/token", self.token)
        app.route("GET", "/v2/users/me", self.me)
        app.route("GET", "/v2/organizations", self.list_organizations)
        app.route("GET", "/v2/organizations/<key>", self.read_organization)
        app.route("GET", "/v2/webhooks", self.list_webhooks)
        app.route("POST", "/v2/webhooks", self.create_webhook)
        app.route("GET", "/v2/webhooks/<key>", self.read_webhook)
        app.route("DELETE", "/v2/webhooks/<key>", self.delete_webhook)
        app.route("GET", "/v2/system/metrics", self.metrics)
        app.route("GET", "/v2/system/health", self.health)
        if self.bug("old-name-still-in-v2"):
            app.route("GET", "/v2/leaderboard", self.leaderboard)

    def request_id(self) -> str:
        """An identifier no other answer carries."""
        return "req_constant" if self.bug("request-id-constant") else f"req_{next(self.request_numbers):08x}"

    def wrap(self, data: Json, status: int = 200, *, links: Json = None, location: str | None = None) -> Response:
        """A success in the shape every v2 answer has."""
        meta = {"version": "v1" if self.bug("meta-version-wrong") else "v2", "timestamp": self.store.stamp()}
        if self.bug("meta-timestamp-without-zone"):
            meta["timestamp"] = meta["timestamp"].removesuffix("Z")
        envelope: Json = {"data": data, "meta": {**meta, "request_id": self.request_id()}}
        if links:
            envelope["links"] = links
        return reply(envelope, status, {"Location": location} if location else None)

    def list_debates(self, request: Request) -> Response:
        """Debates, newest first."""
        limit = query_whole(request, "limit", default=20, smallest=1, largest=100)
        offset = query_whole(request, "offset", default=0, smallest=0, largest=10_000)
        status = query_choice(request, "status", ("open", "closed"))
        debates = [each for each in self.store.debates.newest_first() if status in (None, each.status)]
        shown = [self._debate(each) for each in debates[offset : offset + limit]]
        return self.wrap(
            {"debates": shown, "total": len(debates)}, links=self._links(limit, offset, status, len(debates))
        )

    def create_debate(self, request: Request) -> Response:
        """Open a debate."""
        values = body(request)
        known_only(values, _CREATE)
        required(values, "task", *(["context"] if self.bug("v2-context-required") else []))
        known: dict[str, Json] = {}
        known["task"] = text(values, "task", smallest=1, largest=80 if self.bug("v2-task-limit-tightened") else 500)
        if self.bug("v2-auto-select-default-false"):
            known["auto_select"] = False
        if "agents" in values:
            known["agents"] = choices(values, "agents", AGENT_NAMES, largest=5)
        if "rounds" in values:
            known["rounds"] = whole(values, "rounds", smallest=1, largest=10)
        if "consensus" in values:
            known["consensus"] = choice(values, "consensus", ("majority", "unanimous", "judge"))
        if "auto_select" in values:
            known["auto_select"] = flag(values, "auto_select")
        if values.get("context") is not None:
            known["context"] = text(values, "context", largest=2000)
        debate = self.store.add_debate(**known)
        status = 200 if self.bug("v2-create-answers-200") else 201
        return self.wrap(self._debate(debate), status, location=f"/api/v2/debates/{debate.id}")

    def read_debate(self, request: Request, key: str) -> Response:
        """One debate."""
        return self.wrap(self._debate(self._find(key)), links={"self": f"/api/v2/debates/{key}"})

    def update_debate(self, request: Request, key: str) -> Response:
        """Change task, context or status."""
        debate = self._find(key)
        values = body(request)
        known_only(values, _UPDATE)
        changes: dict[str, Json] = {}
        if "task" in values:
            changes["task"] = text(values, "task", smallest=1, largest=500)
        if "context" in values:
            changes["context"] = text(values, "context", largest=2000) if values["context"] is not None else None
        if "status" in values:
            changes["status"] = choice(values, "status", ("open", "closed"))
        debate = dataclasses.replace(debate, **changes)
        self.store.debates.put(key, debate)
        return self.wrap(self._debate(debate))

    def delete_debate(self, request: Request, key: str) -> Response:
        """Forget a debate."""
        self._find(key)
        self.store.debates.remove(key)
        return reply(None, 204)

    def consensus(self, request: Request, key: str) -> Response:
        """What a debate agreed on, and how sure it is."""
        debate = self._find(key)
        reached = debate.answer is not None
        answer = {"debate_id": debate.id, "method": debate.consensus, "answer": debate.answer}
        return self.wrap({**answer, "state": "reached" if reached else "pending", "confidence": 0.75 if reached else 0})

    def list_agents(self, request: Request) -> Response:
        """All agents."""
        agents = [self._agent(each) for each in self.store.agents.values()]
        data = {"agents": agents, "total": len(agents)}
        return reply(data) if self.bug("v2-agents-unwrapped") else self.wrap(data)

    def read_agent(self, request: Request, key: str) -> Response:
        """One agent."""
        if key not in self.store.agents:
            raise self._missing("agent", key)
        return self.wrap(self._agent(self.store.agents[key]))

    def leaderboard(self, request: Request) -> Response:
        """Share of debates won, best agent first."""
        best = [
            {"agent_id": each.id, "wins": each.wins, "win_rate": round(each.wins / (each.wins + each.losses), 3)}
            for each in self.store.ranked()
        ]
        response = self.wrap({"leaderboard": best})
        if self.bug("v2-leaderboard-as-text"):
            response.content_type = "text/plain"
        return response

    def rankings(self, request: Request) -> Response:
        """Agents by rating."""
        ranked = enumerate(self.store.ranked(), start=1)
        return self.wrap(
            {"rankings": [{"rank": rank, "agent_id": each.id, "rating": each.elo} for rank, each in ranked]}
        )

    def token(self, request: Request) -> Response:
        """Exchange an API key for an OAuth access token."""
        values = body(request)
        known_only(values, frozenset({"grant_type", "scope"}))
        required(values, "grant_type")
        choice(values, "grant_type", ("client_credentials",))
        scope = choice(values, "scope", ("read", "write", "admin")) if "scope" in values else "read"
        return self.wrap({"access_token": OAUTH_TOKEN, "token_type": "Bearer", "expires_in": 3600, "scope": scope})

    def me(self, request: Request) -> Response:
        """The user behind the token."""
        return self.wrap({**self.store.user, "organization_id": "org_000001"})

    def list_organizations(self, request: Request) -> Response:
        """The organisations of the user."""
        organizations = list(self.store.organizations.values())
        return self.wrap({"organizations": organizations, "total": len(organizations)})

    def read_organization(self, request: Request, key: str) -> Response:
        """One organisation."""
        if key not in self.store.organizations:
            raise self._missing("organization", key)
        return self.wrap(self.store.organizations[key])

    def list_webhooks(self, request: Request) -> Response:
        """Webhooks, newest first."""
        limit = query_whole(request, "limit", default=20, smallest=1, largest=100)
        webhooks = self.store.webhooks.newest_first()
        return self.wrap({"webhooks": [self._webhook(each) for each in webhooks[:limit]], "total": len(webhooks)})

    def create_webhook(self, request: Request) -> Response:
        """Subscribe a URL to events."""
        values = body(request)
        known_only(values, frozenset({"url", "events", "active"}))
        required(values, "url", "events")
        url = text(values, "url", smallest=1, largest=300)
        if not re.match(r"https://[a-z0-9.-]+/[A-Za-z0-9/_-]*\Z", url):
            raise ApiError(422, "VALIDATION_ERROR", "url must be an https address")
        events = choices(values, "events", EVENTS, largest=3)
        active = flag(values, "active") if "active" in values else True
        webhook = self.store.add_webhook(url=url, events=events, active=active)
        return self.wrap(self._webhook(webhook), 201, location=f"/api/v2/webhooks/{webhook.id}")

    def read_webhook(self, request: Request, key: str) -> Response:
        """One webhook."""
        return self.wrap(self._webhook(self._find_webhook(key)))

    def delete_webhook(self, request: Request, key: str) -> Response:
        """Unsubscribe."""
        self._find_webhook(key)
        self.store.webhooks.remove(key)
        return reply(None, 204)

    def metrics(self, request: Request) -> Response:
        """Counts."""
        debates = self.store.debates.newest_first()
        active = sum(each.status == "open" for each in debates)
        return self.wrap(
            {"debates": {"total": len(debates), "open": active}, "agents": {"total": len(self.store.agents)}}
        )

    def health(self, request: Request) -> Response:
        """Whether the service is up."""
        return self.wrap({"status": "healthy", "checks": {"store": "healthy"}})

    def _links(self, limit: int, offset: int, status: str | None, total: int) -> Json:
        """Where this page, the next and the previous one are."""

        def page(start: int, version: str = "v2") -> str:
            query = urllib.parse.urlencode({"limit": limit, "offset": start, **({"status": status} if status else {})})
            return f"/api/{version}/debates?{query}"

        links = {"self": page(offset)}
        if offset + limit < total:
            links["next"] = page(offset + limit, "v1" if self.bug("next-link-leaves-v2") else "v2")
        if offset > 0:
            links["prev"] = page(max(0, offset - limit))
        return links

    def _missing(self, kind: str, key: str) -> ApiError:
        return ApiError(404, "NOT_FOUND", f"{kind.capitalize()} not found", resource_type=kind, resource_id=key)

    def _find(self, key: str) -> Debate:
        debate = self.store.debates.get(key)
        if debate is None:
            raise self._missing("debate", key)
        return debate

    def _find_webhook(self, key: str) -> Webhook:
        webhook = self.store.webhooks.get(key)
        if webhook is None:
            raise self._missing("webhook", key)
        return webhook

    def _debate(self, debate: Debate) -> Json:
        shown: Json = {
            "id": debate.id,
            "task": debate.task,
            "agents": list(debate.agents),
            "rounds": debate.rounds,
            "consensus": debate.consensus,
            "auto_select": debate.auto_select,
            "context": debate.context,
            "status": debate.status,
            "created_at": debate.created_at,
        }
        if self.bug("v2-rounds-as-string"):
            shown["rounds"] = str(debate.rounds)
        if self.bug("v2-created-at-missing"):
            del shown["created_at"]
        return shown

    def _agent(self, agent: Agent) -> Json:
        rating = float(agent.elo)
        return {"id": agent.id, "name": agent.name, "provider": agent.provider, "rating": rating}

    def _webhook(self, webhook: Webhook) -> Json:
        return {**dataclasses.asdict(webhook), "events": list(webhook.events)}
