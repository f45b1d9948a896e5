"""An honest API of notes, and bugs that only some input shows: for the shrinking.

Each bug is planted alone. Its row says what the smallest request that shows it has to carry.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import pytest
from hypothesis import database
from jsonschema import Draft202012Validator
from werkzeug.wrappers import Request, Response

from tests.shell.servers.kit import ENVELOPE, PATHS, Api, by_path, document, error, operation, parameter, record, reply
from tests.shell.servers.odd import Odd

TELLS_THE_LEAST = pytest.mark.skipif(
    not hasattr(database, "choices_to_bytes"),
    reason="old libraries draw something else, and their Hypothesis shrinks one choice at a time, not always to the least",
)
"""For tests that know which request is the smallest."""

NOTE: dict[str, Any] = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 60},
        "text": {"type": "string"},
        "tags": {"type": "array", "items": {"type": "string", "maxLength": 30}},
        "tree": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}},
        "size": {"type": "integer", "minimum": 0, "maximum": 10_000},
        "urgent": {"type": "boolean"},
        "owner": {
            "type": "object",
            "properties": {"name": {"type": "string"}, "mail": {"type": "string"}},
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}
SHOWN = record(name={"type": "string"}, id={"type": "string"})
LIMIT = {"type": "integer", "minimum": 1, "maximum": 100}
SORTS = ["name", "size"]


@dataclass(frozen=True, kw_only=True)
class Bug:
    """One bug.

    Attributes:
        code: What it trips.
        operation: Where it is.
        sick: Whether a request, its body read, meets it.
        least: What the smallest request that shows it carries, as the `curl` line writes it, members in any order.
        status: What is answered; 0 is a success with a wrong body.
        bytes: Of what the smallest request has drawn, where that is not the length of `least`.
        refused: Whether the contract accepts no request that shows it.
    """

    code: str
    operation: str
    sick: Callable[[Request, Any], bool]
    least: str
    status: int = 500
    bytes: int | None = None
    refused: bool = False

    @property
    def size(self) -> int:
        """Bytes the smallest request has drawn."""
        return len(self.least) if self.bytes is None else self.bytes

    def is_least(self, line: str) -> bool:
        """Whether a `curl` line is the smallest request that shows it."""
        if not self.least.startswith("{"):
            return self.least in line
        orders = permutations(json.loads(self.least).items())
        return any(json.dumps(dict(members)) in line for members in orders)


@dataclass
class _Times:
    """Meets the first requests with a query, so many of them."""

    left: int

    def __call__(self, request: Request, _body: Any) -> bool:
        met = bool(request.args) and self.left > 0
        self.left -= met
        return met


def _has(body: Any, name: str) -> bool:
    return isinstance(body, dict) and name in body


def _of(body: Any, name: str) -> Any:
    return body.get(name) if isinstance(body, dict) else None


BUGS: Mapping[str, Bug] = {
    "long-name": Bug(
        code="AV402",
        operation="POST /notes",
        sick=lambda _, body: isinstance(_of(body, "name"), str) and 40 < len(body["name"]) <= 60,
        least=json.dumps({"name": "0" * 41}),
    ),
    "empty-branch": Bug(
        code="AV402",
        operation="POST /notes",
        sick=lambda _, body: isinstance(_of(body, "tree"), list) and [] in body["tree"],
        least='{"tree": [[]], "name": "0"}',
    ),
    "two-members": Bug(
        code="AV402",
        operation="POST /notes",
        sick=lambda _, body: _has(body, "tags") and _has(body, "owner"),
        least='{"name": "0", "owner": {}, "tags": []}',
    ),
    "large-size": Bug(
        code="AV402",
        operation="POST /notes",
        sick=lambda _, body: isinstance(_of(body, "size"), int) and 1000 < body["size"] <= 10_000,
        least='{"name": "0", "size": 1001}',
    ),
    "urgent": Bug(
        code="AV301",
        operation="POST /notes",
        sick=lambda _, body: _of(body, "urgent") is True,
        least='{"name": "0", "urgent": true}',
        status=0,
    ),
    "two-tags": Bug(
        code="AV302",
        operation="POST /notes",
        sick=lambda _, body: isinstance(_of(body, "tags"), list) and len(body["tags"]) > 1,
        least='{"tags": ["", ""], "name": "0"}',
        status=422,
    ),
    "owner-as-text": Bug(
        code="AV402",
        operation="POST /notes",
        sick=lambda _, body: isinstance(_of(body, "owner"), str),
        least='{"owner": ""}',
        refused=True,
    ),
    "negative-offset": Bug(
        code="AV402",
        operation="GET /notes",
        sick=lambda request, _: request.args.get("offset", "0").startswith("-"),
        least="offset=-1",
        bytes=len("offset-1"),
    ),
    "two-parameters": Bug(
        code="AV402",
        operation="GET /notes",
        sick=lambda request, _: request.args.get("sort") == "name" and request.args.get("q", "") != "",
        least="?q=0&sort=name",
        bytes=len("q0sortname"),
    ),
    "long-identifier": Bug(
        code="AV402",
        operation="GET /notes/{note_id}",
        sick=lambda request, _: len(request.path.rpartition("/")[2]) > 5,
        least="/notes/000000",
        bytes=len("000000"),
    ),
    "reason": Bug(
        code="AV402",
        operation="DELETE /notes/{note_id}",
        sick=lambda request, _: len(request.args.get("reason", "")) > 1,
        least="?reason=00",
        bytes=len("reason00"),
    ),
}

OTHERS: Mapping[str, Bug] = {
    "always": Bug(code="AV301", operation="POST /notes", sick=lambda _, __: True, least="", status=0),
    "once": Bug(code="AV402", operation="GET /notes", sick=_Times(1), least=""),
}
"""Bugs that no input decides."""


def picky(bug: str = "") -> Odd:  # noqa: C901  an API on one page
    """The API, with a bug or none."""
    api = Api(select=by_path("v1", "v2"))
    notes: dict[str, dict[str, Any]] = {"n1": {"name": "first"}}
    count = iter(range(2, 10**6))
    planted = {**BUGS, **OTHERS}.get(bug)

    def meets(operation: str, request: Request, body: Any = None) -> bool:
        if planted is None or planted.operation != operation or not planted.sick(request, body):
            return False
        if planted.status:
            raise error(planted.status, "oops")
        return True

    def whole(text: str | None, low: int | None = None, high: int | None = None) -> None:
        if text is None:
            return
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 4_000):
            raise error(400, "number")
        if (low is not None and int(text) < low) or (high is not None and int(text) > high):
            raise error(400, "number")

    @api.on("GET", "/notes")
    def search(request: Request, _version: str) -> Response:
        whole(request.args.get("offset"))
        whole(request.args.get("limit"), 1, 100)
        if request.args.get("sort") not in {None, *SORTS} or any(len(each) > 1 for _, each in request.args.lists()):
            raise error(400, "parameters")
        meets("GET /notes", request)
        return reply([{"id": key, **note} for key, note in list(notes.items())[:-21:-1]])

    @api.on("POST", "/notes")
    def create(request: Request, _version: str) -> Response:
        if request.mimetype != "application/json":
            raise error(415, "media_type")
        try:
            body = json.loads(request.get_data().decode())
        except ValueError:
            raise error(400, "json") from None
        wrong = meets("POST /notes", request, body)
        if not Draft202012Validator(NOTE).is_valid(body):
            raise error(422, "note")
        key = f"n{next(count)}"
        notes[key] = {"name": body["name"]}
        return reply({"id": 7 if wrong else key, "name": body["name"]}, 201)

    @api.on("GET", "/notes/{note_id}")
    def read(request: Request, _version: str, note_id: str) -> Response:
        meets("GET /notes/{note_id}", request)
        if note_id not in notes:
            raise error(404, "no_note")
        return reply({"id": note_id, **notes[note_id]})

    @api.on("DELETE", "/notes/{note_id}")
    def delete(request: Request, _version: str, note_id: str) -> Response:
        if note_id not in notes:
            raise error(404, "no_note")
        meets("DELETE /notes/{note_id}", request)
        del notes[note_id]
        return reply(status=204)

    identifier = parameter("note_id", schema={"type": "string", "minLength": 1})
    optional = {"required": False}
    contract = document(
        {
            "/notes": {
                "get": operation(
                    {200: {"type": "array", "items": SHOWN}},
                    parameters=[
                        parameter("offset", "query", {"type": "integer"}, **optional),
                        parameter("limit", "query", LIMIT, **optional),
                        parameter("q", "query", {"type": "string"}, **optional),
                        parameter("sort", "query", {"enum": SORTS, "type": "string"}, **optional),
                    ],
                ),
                "post": operation({201: SHOWN}, body=NOTE),
            },
            "/notes/{note_id}": {
                "get": operation({200: SHOWN, 404: None}, parameters=[identifier]),
                "delete": operation(
                    {204: None, 404: None},
                    parameters=[identifier, parameter("reason", "query", {"type": "string"}, **optional)],
                ),
            },
        }
    )
    return Odd(app=api, policy=PATHS + ENVELOPE, contracts={"v1": contract, "v2": contract})
