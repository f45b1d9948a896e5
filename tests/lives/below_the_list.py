"""Runs and hooks that are made one step below their list, one at a time or many at once: what the run made there is its own to stop and to delete."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import (
    ENVELOPE,
    PATHS,
    TEXT,
    Api,
    by_path,
    document,
    error,
    json_object,
    operation,
    parameter,
    record,
    reply,
    text_member,
)

DAY = "2026-11-20"
POLICY = f"""{PATHS}{ENVELOPE}
[sequences]
read_your_writes = true
listed = true

[requests]
max_examples = 2
"""
_AGENT = record(id=TEXT, name=TEXT)
_STATE = {"enum": ["open", "stopped"]}
_RUN = record(token=TEXT, agent_id=TEXT, note=TEXT, state=_STATE)
_HOOK = record(id=TEXT, name=TEXT)
_CLOSED = {"additionalProperties": False}
_START = {**record(agent_id=TEXT, note=TEXT), **_CLOSED}
_NEW = {"type": "array", "minItems": 1, "maxItems": 4, "items": {**record(name=TEXT), **_CLOSED}}
_MADE = record(results={"type": "array", "items": record(index={"type": "integer"}, hook=_HOOK)})


def _list(of: Any) -> Any:
    return operation({200: record(data={"type": "array", "items": of}), "4XX": {}})


def _on(name: str, answers: dict[int | str, Any], **more: Any) -> Any:
    called = {"type": "string", "pattern": "^run_[0-9]{1,6}$"} if name == "token" else TEXT
    return operation({**answers, "4XX": {}}, parameters=[parameter(name, schema=called)], **more)


DOCUMENT: Any = document(
    {
        "/agents/audit": {
            "get": _list(_AGENT),
            "post": operation({201: _AGENT, "4XX": {}}, body={**record(name=TEXT), **_CLOSED}),
        },
        "/agents/audit/{agent}": {"get": _on("agent", {200: _AGENT})},
        "/runs": {"get": _list(_RUN)},
        "/runs/start": {"post": operation({201: _RUN, "4XX": {}}, body=_START)},
        "/runs/{token}": {"get": _on("token", {200: _RUN})},
        "/runs/{token}/stop": {"post": _on("token", {200: _RUN})},
        "/runs/{token}/say": {
            "post": _on(
                "token", {201: record(id={"type": "integer"}, note=TEXT)}, body={**record(note=TEXT), **_CLOSED}
            )
        },
        "/hooks": {"get": _list(_HOOK)},
        "/hooks/bulk": {
            "post": operation({201: _MADE, "4XX": {}}, body={**record(hooks=_NEW), **_CLOSED}),
        },
        "/hooks/{hook}": {"get": _on("hook", {200: _HOOK}), "delete": _on("hook", {204: None})},
    }
)


class Service(Api):
    """The runs and hooks, the same on every day; one of each was there before, and is nobody's to touch."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug, self.numbers = bug, itertools.count(1)
        self.agents: dict[str, Any] = {"agt_0": {"id": "agt_0", "name": "first"}}
        self.runs: dict[str, Any] = {"run_0": {"token": "run_0", "agent_id": "agt_0", "note": "n", "state": "open"}}
        self.hooks: dict[str, Any] = {"hook_0": {"id": "hook_0", "name": "first"}}
        self.on("GET", "/agents/audit")(lambda *_: reply({"data": list(self.agents.values())}))
        self.on("POST", "/agents/audit")(self.named)
        self.on("GET", "/agents/audit/{agent}")(lambda _, __, agent: reply(self.known(self.agents, agent)))
        self.on("GET", "/runs")(lambda *_: reply({"data": list(self.runs.values())}))
        self.on("POST", "/runs/start")(self.started)
        self.on("GET", "/runs/{token}")(lambda _, __, token: reply(self.known(self.runs, token)))
        self.on("POST", "/runs/{token}/stop")(self.stopped)
        self.on("POST", "/runs/{token}/say")(self.said)
        self.on("GET", "/hooks")(lambda *_: reply({"data": list(self.hooks.values())}))
        self.on("POST", "/hooks/bulk")(self.hooked)
        self.on("GET", "/hooks/{hook}")(lambda _, __, hook: reply(self.known(self.hooks, hook)))
        self.on("DELETE", "/hooks/{hook}")(self.unhooked)

    def known(self, things: dict[str, Any], key: str) -> Any:
        """A thing that is there."""
        if key not in things:
            raise error(404, "nothing")
        return things[key]

    def named(self, request: Request, __: str) -> Response:
        """`POST /agents/audit`."""
        name = text_member(json_object(request), "name")
        key = f"agt_{next(self.numbers)}"
        self.agents[key] = {"id": key, "name": name}
        return reply(self.agents[key], 201)

    def started(self, request: Request, __: str) -> Response:
        """`POST /runs/start`, about an agent that is there."""
        body = json_object(request)
        agent, note = text_member(body, "agent_id"), text_member(body, "note")
        if agent not in self.agents:
            raise error(404, "no_agent")
        token = f"run_{next(self.numbers)}"
        kept = note[:1] if self.bug == "start-cuts-the-note" else note
        self.runs[token] = {"token": token, "agent_id": agent, "note": kept, "state": "open"}
        return reply({**self.runs[token], "note": note}, 201)

    def stopped(self, _: Request, version: str, token: str) -> Response:
        """`POST /runs/{token}/stop`."""
        run = self.known(self.runs, token)
        if run["state"] != "open":
            raise error(409, "not_open")
        run["state"] = "stopped"
        shown = {name: value for name, value in run.items() if name != "state"}
        return reply(shown if self.bug == "stopped-in-v2-shows-no-state" and version == "v2" else run)

    def said(self, request: Request, _: str, token: str) -> Response:
        """`POST /runs/{token}/say`: what is said has a number, and no place of its own."""
        note = text_member(json_object(request), "note")
        self.known(self.runs, token)
        return reply({"id": next(self.numbers), "note": note}, 201)

    def hooked(self, request: Request, __: str) -> Response:
        """`POST /hooks/bulk`."""
        told = json_object(request).get("hooks")
        if not isinstance(told, list) or not 1 <= len(told) <= 4:
            raise error(422, "hooks")
        names = [text_member(each if isinstance(each, dict) else {}, "name") for each in told]
        made = [{"id": f"hook_{next(self.numbers)}", "name": name} for name in names]
        self.hooks |= {each["id"]: each for each in made}
        return reply({"results": [{"index": index, "hook": each} for index, each in enumerate(made)]}, 201)

    def unhooked(self, _: Request, version: str, hook: str) -> Response:
        """`DELETE /hooks/{hook}`."""
        assert hook != "hook_0", "it was there before"
        self.known(self.hooks, hook)
        del self.hooks[hook]
        told = self.bug == "deleted-in-v2-is-told-with-a-body" and version == "v2"
        return reply({"deleted": True}, 200) if told else reply(None, 204)


LIFE = Life(
    name="below-the-list",
    policy=POLICY,
    documents={"v1.json": DOCUMENT, "v2.json": DOCUMENT},
    make=Service,
    honest={DAY: frozenset({"AV301", "AV302", "AV318"})},
    bugs={
        "start-cuts-the-note": Bug(day=DAY, codes=("AV318",)),
        "stopped-in-v2-shows-no-state": Bug(day=DAY, codes=("AV301",)),
        "deleted-in-v2-is-told-with-a-body": Bug(day=DAY, codes=("AV301",)),
    },
)
