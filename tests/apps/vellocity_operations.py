"""The operations of the Vellocity server. Which path means which version is decided in `vellocity`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.apps import vellocity_data as data
from tests.apps.augno_fields import Field, query_choice, query_integer, read_changes, read_fields
from tests.apps.augno_fields import text as text_rule
from tests.apps.kit import ApiError, App, Handler, read_json, reply

Json = Any


class Operations(App):
    """What the server does once path, date, route and credential are settled."""

    def __init__(self, *, today: dt.datetime, bugs: frozenset[str] = frozenset()) -> None:
        """Seed the store."""
        super().__init__(today=today, bugs=bugs)
        self.store = data.Store(today)

    def aliased(self) -> list[tuple[str, str, Handler]]:
        """Methods, path and handler of the operations that also have an unversioned path."""
        return [
            ("GET", "agents/audit/", self.list_audits),
            ("GET", "agents/audit/<agent>/metrics", self.read_metrics),
            ("POST", "agents/audit/<agent>/migrate", self.migrate),
            ("GET", "dry-run/sessions/", self.list_sessions),
            ("POST", "dry-run/sessions/start", self.start_session),
            ("POST", "dry-run/sessions/<token>/message", self.send_message),
            ("GET", "affiliates/", self.list_affiliates),
            ("POST", "affiliates/", self.create_affiliate),
            ("POST", "affiliates/update-reference", self.update_reference),
        ]

    def v1_only(self) -> list[tuple[str, str, Handler]]:
        """Methods, path and handler of the operations that exist under /api/v1 alone."""
        return [
            ("GET", "partners/", self.list_partners),
            ("POST", "partners/", self.create_partner),
            ("GET", "partners/<id>", self.read_partner),
            ("PATCH", "partners/<id>", self.update_partner),
            ("DELETE", "partners/<id>", self.delete_partner),
            ("GET", "partners/webhooks/", self.list_webhooks),
            ("POST", "partners/webhooks/", self.create_webhook),
            ("DELETE", "partners/webhooks/<id>", self.delete_webhook),
            ("GET", "content-workflow/", self.list_workflows),
            ("POST", "content-workflow/", self.create_workflow),
            ("POST", "content-workflow/<id>/advance", self.advance_workflow),
            ("POST", "mcp", self.call_mcp),
            ("GET", "gtm-schedule/", self.list_schedule),
            ("POST", "gtm-schedule/", self.create_entry),
            ("PUT", "gtm-schedule/<id>", self.replace_entry),
            ("GET", "invoice-receipts/", self.list_receipts),
            ("GET", "invoice-receipts/<id>", self.read_receipt),
        ]

    # -- helpers -------------------------------------------------------------------------------------------------------

    def read(self, request: Request, fields: dict[str, Field], *, closed: bool = False) -> dict[str, Json]:
        """The fields of a body with their defaults; 400 when one of them is wrong."""
        return read_fields(read_json(request), fields, closed=closed, status=400)

    def find(self, kind: str, id_: str) -> dict[str, Json]:
        """The record of this kind with this id.

        Raises:
            ApiError: 404 `not_found`.
        """
        records = self.store.records[kind]
        if id_ not in records:
            raise ApiError(404, "not_found", f"no such {kind}")
        return records[id_]

    def drop(self, kind: str, id_: str) -> None:
        """Delete a record; a second time changes nothing.

        Raises:
            ApiError: 404 `not_found` when there never was such a record.
        """
        if not self.store.delete(kind, id_):
            raise ApiError(404, "not_found", f"no such {kind}")

    def page(self, request: Request, records: Iterable[dict[str, Json]], **filters: tuple[str, ...]) -> Response:
        """One page of `records` (given oldest first), newest first; `filters` gives the values of those parameters."""
        rows = list(records)
        try:
            limit = query_integer(request.args.getlist("limit"), 1, 100, 25)
            offset = query_integer(request.args.getlist("offset"), 0, 100_000, 0)
            for name, values in filters.items():
                wanted = query_choice(request.args.getlist(name), values)
                rows = [row for row in rows if wanted in {None, row[name]}]
        except ValueError as error:
            raise ApiError(400, "validation_failed", f"query: {error}") from error
        return reply({"items": rows[::-1][offset : offset + limit], "total": len(rows)})

    def agent(self, name: str) -> str:
        """The agent of this name.

        Raises:
            ApiError: 404 `not_found`.
        """
        if name not in data.AGENTS:
            raise ApiError(404, "not_found", "no such agent")
        return name

    # -- operations with an alias --------------------------------------------------------------------------------------

    def list_audits(self, request: Request) -> Response:
        """`GET agents/audit/`."""
        return self.page(request, self.store.records["audit"].values(), platform=data.PLATFORMS)

    def read_metrics(self, _request: Request, agent: str) -> Response:
        """`GET agents/audit/{agent}/metrics`."""
        score: Json = 0.5 + data.AGENTS.index(self.agent(agent)) / 10
        if self.bug("metrics-score-as-string"):
            score = str(score)
        body = {"agent": agent, "score": score, "runs": 40, "window_days": 30, "last_run_at": data.stamp(self.today)}
        return reply(body)

    def migrate(self, request: Request, agent: str) -> Response:
        """`POST agents/audit/{agent}/migrate`."""
        self.agent(agent)
        values = self.read(request, data.MIGRATE_FIELDS)
        record = self.store.add("migration", {"agent": agent, **values, "state": "queued"})
        return reply(record, 202)

    def list_sessions(self, request: Request) -> Response:
        """`GET dry-run/sessions/`."""
        return self.page(request, [_session(record) for record in self.store.records["session"].values()])

    def start_session(self, request: Request) -> Response:
        """`POST dry-run/sessions/start`."""
        fields = dict(data.START_FIELDS)
        if self.bug("scenario-now-required"):
            fields["scenario"] = Field(rule=fields["scenario"].rule, required=True)
        record = self.store.add("session", {**self.read(request, fields), "turns": 0})
        return reply(_session(record), 200 if self.bug("start-session-200") else 201)

    def send_message(self, request: Request, token: str) -> Response:
        """`POST dry-run/sessions/{token}/message`."""
        session = self.find("session", token)
        values = self.read(request, data.MESSAGE_FIELDS)
        session["turns"] += 1
        answer = {"token": token, "turn": session["turns"], "reply": f"Dry run: {values['message'][:80]}"}
        return reply({"id": self.store.next_id("message"), **answer})

    def affiliate(self, record: dict[str, Json]) -> dict[str, Json]:
        """An affiliate as it is written."""
        if self.bug("affiliate-without-email"):
            return {name: value for name, value in record.items() if name != "email"}
        return record

    def list_affiliates(self, request: Request) -> Response:
        """`GET affiliates/`."""
        return self.page(request, [self.affiliate(record) for record in self.store.records["affiliate"].values()])

    def create_affiliate(self, request: Request) -> Response:
        """`POST affiliates/`."""
        record = self.store.add("affiliate", self.read(request, data.AFFILIATE_FIELDS))
        return reply(self.affiliate(record), 201)

    def update_reference(self, request: Request) -> Response:
        """`POST affiliates/update-reference`."""
        values = self.read(request, data.REFERENCE_FIELDS)
        before, self.store.reference = self.store.reference, values["reference"]
        return reply({"reference": self.store.reference, "changed": before != self.store.reference})

    # -- operations of v1 alone ----------------------------------------------------------------------------------------

    def partner(self, record: dict[str, Json]) -> dict[str, Json]:
        """A partner as it is written."""
        if self.bug("partner-seats-vanished"):
            return {name: value for name, value in record.items() if name != "seats"}
        return record

    def list_partners(self, request: Request) -> Response:
        """`GET partners/`."""
        records = [self.partner(record) for record in self.store.records["partner"].values()]
        return self.page(request, records, plan=data.PLANS)

    def create_partner(self, request: Request) -> Response:
        """`POST partners/`."""
        record = self.store.add("partner", self.read(request, data.PARTNER_FIELDS))
        return reply(self.partner(record), 201)

    def read_partner(self, _request: Request, id: str) -> Response:  # noqa: A002 - the name in the route
        """`GET partners/{id}`."""
        return reply(self.partner(self.find("partner", id)))

    def update_partner(self, request: Request, id: str) -> Response:  # noqa: A002
        """`PATCH partners/{id}`."""
        record = self.find("partner", id)
        record.update(read_changes(read_json(request), data.PARTNER_FIELDS, status=400))
        return reply(self.partner(record))

    def delete_partner(self, _request: Request, id: str) -> Response:  # noqa: A002
        """`DELETE partners/{id}`."""
        self.drop("partner", id)
        return Response(status=204)

    def list_webhooks(self, request: Request) -> Response:
        """`GET partners/webhooks/`."""
        return self.page(request, self.store.records["webhook"].values())

    def create_webhook(self, request: Request) -> Response:
        """`POST partners/webhooks/`."""
        return reply(self.store.add("webhook", self.read(request, data.WEBHOOK_FIELDS)), 201)

    def delete_webhook(self, _request: Request, id: str) -> Response:  # noqa: A002
        """`DELETE partners/webhooks/{id}`."""
        self.drop("webhook", id)
        return Response(status=204)

    def list_workflows(self, request: Request) -> Response:
        """`GET content-workflow/`."""
        return self.page(request, self.store.records["workflow"].values(), channel=data.CHANNELS)

    def create_workflow(self, request: Request) -> Response:
        """`POST content-workflow/`."""
        fields = dict(data.WORKFLOW_FIELDS)
        if self.bug("workflow-title-tightened"):
            fields["title"] = Field(rule=text_rule(1, 80), required=True)
        return reply(self.store.add("workflow", {**self.read(request, fields), "step": data.STEPS[0]}), 201)

    def advance_workflow(self, _request: Request, id: str) -> Response:  # noqa: A002
        """`POST content-workflow/{id}/advance`: one step on; the last step stays."""
        record = self.find("workflow", id)
        record["step"] = data.STEPS[min(data.STEPS.index(record["step"]) + 1, len(data.STEPS) - 1)]
        return reply(record)

    def call_mcp(self, request: Request) -> Response:
        """`POST mcp`: JSON-RPC 2.0."""
        call = self.read(request, data.MCP_FIELDS)
        result: Json = {}
        if call["method"] == "tools/list":
            result = {"tools": [{"name": "audit_agent"}, {"name": "draft_content"}]}
        elif call["method"] == "tools/call":
            result = {"content": [{"type": "text", "text": "done"}]}
        answer = {"jsonrpc": "2.0", "id": call["id"], "result": result}
        if self.bug("mcp-id-dropped"):
            del answer["id"]
        return reply(answer)

    def list_schedule(self, request: Request) -> Response:
        """`GET gtm-schedule/`."""
        return self.page(request, self.store.records["entry"].values())

    def entry_fields(self) -> dict[str, Field]:
        """What is read of a schedule entry."""
        if not self.bug("budget-null-refused"):
            return data.SCHEDULE_FIELDS

        def no_null(value: Json) -> Json:
            if value is None:
                raise ValueError("expected an integer")
            return data.SCHEDULE_FIELDS["budget_cents"].rule(value)

        return {**data.SCHEDULE_FIELDS, "budget_cents": Field(rule=no_null)}

    def create_entry(self, request: Request) -> Response:
        """`POST gtm-schedule/`; unknown members are refused."""
        return reply(self.store.add("entry", self.read(request, self.entry_fields(), closed=True)), 201)

    def replace_entry(self, request: Request, id: str) -> Response:  # noqa: A002
        """`PUT gtm-schedule/{id}`; unknown members are refused."""
        record = self.find("entry", id)
        record.update(self.read(request, self.entry_fields(), closed=True))
        return reply(record)

    def list_receipts(self, request: Request) -> Response:
        """`GET invoice-receipts/`."""
        response = self.page(request, self.store.records["receipt"].values())
        if self.bug("receipts-as-text"):
            response.content_type = "text/plain"
        return response

    def read_receipt(self, _request: Request, id: str) -> Response:  # noqa: A002
        """`GET invoice-receipts/{id}`."""
        return reply(self.find("receipt", id))


def _session(record: dict[str, Json]) -> dict[str, Json]:
    """A dry-run session as it is written: its id is called `token`."""
    return {"token": record["id"], **{name: value for name, value in record.items() if name != "id"}}
