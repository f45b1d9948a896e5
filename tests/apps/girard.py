"""The Girard reference server: version in the path (`/api/v1`), `X-API-*` deprecation headers, one envelope for all.

v1 is deprecated from 2026-01-15 and gone from 2027-01-15; v2 renames what an execution takes. Both see the same
workflows and runs.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import pathlib
import re
from dataclasses import dataclass, field
from email.utils import format_datetime
from urllib.parse import quote

from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Request, Response

from tests.apps.girard_bugs import BUGS
from tests.apps.girard_data import (
    EXECUTION_V1,
    EXECUTION_V2,
    WORKFLOW_STATES,
    Store,
    execution_v1,
    instant,
    run_v1,
    run_v2,
    workflow_fields,
    workflow_v1,
    workflow_v2,
)
from tests.apps.girard_fields import Json, Misfit, Reader, Record, query_choice, query_integer, record
from tests.apps.kit import ApiError, App, from_http, read_json, read_yaml, reply

__all__ = ["BUGS", "ENVIRONMENT", "create_app"]

ENVIRONMENT = {"GIRARD_TOKEN": "grd_test_5d0e6c1b9a7f"}
CONTRACTS = pathlib.Path(__file__).parents[2] / "contracts" / "girard"

V1_RELEASED = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
V1_DEPRECATED = V2_RELEASED = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
PARTS_DEPRECATED = dt.datetime(2027, 10, 1, tzinfo=dt.UTC)
PARTS_SUNSET = dt.datetime(2028, 10, 1, tzinfo=dt.UTC)
"""v2 replaces a workflow and lists its runs until then; PATCH, which changes it, and the workflows stay."""
V1_SUNSET = dt.datetime(2027, 1, 15, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
FINAL_WARNING = 30 * DAY
RATE_LIMIT = 100_000
RESOURCES = frozenset({"workflows", "runs"})
SUCCESSOR = "/api/v2/workflows"
"""Where a v1 path without an operation of its own sends people."""

HINTS = {
    "VERSION_NOT_FOUND": "Use one of the versions listed in the documentation.",
    "VERSION_DEPRECATED": "Migrate to /api/v2.",
    "UNAUTHORIZED": "Send a valid key in the X-API-Key header.",
    "VALIDATION_ERROR": "Correct the named field and send the request again.",
    "INVALID_PARAMETER": "Correct the named query parameter.",
    "INVALID_JSON": "Send one JSON object, encoded in UTF-8.",
    "METHOD_NOT_ALLOWED": "Use one of the methods in the Allow header.",
}


@functools.cache
def contract(version: str) -> Json:
    """The frozen contract of `version`, parsed."""
    return read_yaml(CONTRACTS / f"{version}.openapi.yaml")


@dataclass(kw_only=True)
class Girard(App):
    """One Girard service at one date."""

    store: Store = field(init=False)
    asked: int = 0

    def __post_init__(self) -> None:
        """Seed the store and lay the routes of both versions."""
        self.store = Store(today=self.today)
        for version in ("v1", "v2"):

            def on(methods: str, path: str, handler: str, *, at: str = version) -> None:
                self.route(methods, f"/{at}{path}", functools.partial(getattr(self, handler), at))

            on("GET", "/workflows", "list_workflows")
            on("POST", "/workflows", "create_workflow")
            on("GET", "/workflows/<key>", "get_workflow")
            on(
                "PATCH" if version == "v1" and self.bug("put-became-patch") else "PUT",
                "/workflows/<key>",
                "replace_workflow",
            )
            on("DELETE", "/workflows/<key>", "delete_workflow")
            on("POST", "/workflows/<key>/execute", "execute_workflow")
            on("GET", "/workflows/<key>/runs", "list_runs")
            on("GET", "/runs/<key>", "get_run")
            if version == "v2":
                on("PATCH", "/workflows/<key>", "update_workflow")
                on("POST", "/runs/<key>/cancel", "cancel_run")

    # Version selection and lifecycle

    def stage(self, version: str) -> str:
        """`planned`, `live`, `deprecated` or `sunset`, at `today`."""
        if version == "v2":
            return "live" if self.today >= V2_RELEASED else "planned"
        end = V1_SUNSET - DAY * self.bug("sunset-day-early") + DAY * self.bug("sunset-day-late")
        if self.bug("sunset-when-v2-ships"):
            end = V2_RELEASED
        begin = V1_DEPRECATED + 7 * DAY * self.bug("deprecated-header-week-late")
        if self.today >= end:
            return "sunset"
        if self.today >= begin:
            return "deprecated"
        return "live" if self.today >= V1_RELEASED else "planned"

    def select(self, path: str) -> tuple[str, str]:
        """The version that `path` names, and the rest of the path."""
        parts = re.fullmatch(r"/api/([^/]+)(/.*)?", path, re.DOTALL)
        if parts is None:
            raise ApiError(404, "NOT_FOUND", "Nothing lives at this path.")
        name, rest = parts[1], parts[2] or ""
        if name in RESOURCES:
            if self.bug("unversioned-served-as-v1"):
                return "v1", f"/{name}{rest}"
            status = 400 if self.bug("unversioned-answers-400") else 404
            raise ApiError(
                status, "NOT_FOUND", "Nothing lives at this path; a version belongs in front of the resource."
            )
        name = self.misread(name)
        if name not in {"v1", "v2"} or self.stage(name) == "planned":
            code = "NOT_FOUND" if self.bug("unknown-version-code") else "VERSION_NOT_FOUND"
            raise ApiError(
                400 if self.bug("unknown-version-answers-400") else 404, code, "This API version does not exist."
            )
        return name, rest

    def misread(self, name: str) -> str:
        """The version name a server with a planted bug takes `name` for; an honest one takes it as it is."""
        if self.bug("malformed-version-crashes") and not re.fullmatch(r"v[0-9]+", name):
            raise ApiError(500, "INTERNAL", "invalid literal for int()")
        if self.bug("leading-zero-version-served"):
            name = re.sub(r"^v0+(?=[1-9])", "v", name)
        if self.bug("upper-case-version-served"):
            name = name.lower()
        if self.bug("minor-version-served"):
            name = re.sub(r"\.[0-9]+$", "", name)
        if self.bug("unicode-digit-version-served") and re.fullmatch(r"v\d", name):
            name = f"v{int(name[1:])}"
        if self.bug("unknown-version-served-by-newest") and re.fullmatch(r"v[1-9][0-9]*", name) and name != "v1":
            name = "v2"
        if self.bug("v3-already-answers") and name == "v3":
            name = "v2"
        return name

    def dispatch(self, request: Request) -> Response:
        """Version first, then sunset, then the route, the key, the body."""
        if request.path == "/openapi.json":
            return self.document(request)
        version, rest = self.select(request.path)
        if self.stage(version) == "sunset" and not self.outlives(request, rest):
            return self.gone(request, version, rest)
        ending = self.ending(request, version, rest)
        if ending and self.today >= PARTS_SUNSET:
            return self.gone(request, f"v2 {request.method} {rest}", rest)
        matched = True
        try:
            response = self.answer(request, version, rest)
        except (ApiError, HTTPException) as error:
            problem = from_http(error) if isinstance(error, HTTPException) else error
            matched = not (isinstance(error, HTTPException) and problem.status == 404)
            response = self.render_error(request, problem)
        self.announce(response, version, rest if matched else "")
        if ending and self.today >= PARTS_DEPRECATED:
            self.mark(response, PARTS_SUNSET, f"/api/v2{quote(ending)}")
        self.count(response)
        return response

    def ending(self, request: Request, version: str, rest: str) -> str:
        """What takes over from an operation of v2 that ends while v2 lives on; empty for all others."""
        if version != "v2":
            return ""
        if request.method == "PUT" and re.fullmatch(r"/workflows/[^/]+", rest):
            return rest
        lists = request.method in {"GET", "HEAD"} and re.fullmatch(r"/workflows/[^/]+/runs", rest)
        return "/workflows" if lists else ""

    def mark(self, response: Response, sunset: dt.datetime, target: str) -> None:
        """Write what says that an operation is deprecated, until when it serves, and what takes over."""
        response.headers["X-API-Deprecated"] = "true"
        response.headers["X-API-Sunset"] = instant(sunset)
        response.headers["X-API-Deprecation-Notice"] = f"This endpoint is deprecated. Migrate to {target}"
        if sunset - self.today <= FINAL_WARNING:
            response.headers["Warning"] = '299 - "VERSION_SUNSET_SOON"'

    def answer(self, request: Request, version: str, rest: str) -> Response:
        """What the operation says, once version and lifecycle allow it."""
        handler, arguments = self.match(request, f"/{version}{rest}")
        key = request.headers.get("X-API-Key")
        if self.bug("bearer-instead-of-key"):
            key = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if key != ENVIRONMENT["GIRARD_TOKEN"] and not (self.bug("runs-need-no-key") and "/runs" in rest):
            raise ApiError(401, "UNAUTHORIZED", "A valid API key is required.")
        try:
            return handler(request, **arguments)
        except Misfit as misfit:
            query = request.method in {"GET", "HEAD"}
            status, code = (400, "INVALID_PARAMETER") if query else (422, "VALIDATION_ERROR")
            raise ApiError(status, code, str(misfit), field=misfit.where, expected=misfit.expected) from misfit

    def outlives(self, request: Request, rest: str) -> bool:
        """Whether a planted bug keeps this request of a sunset version alive; never so without a bug."""
        return (
            (self.bug("sunset-only-stops-get") and request.method not in {"GET", "HEAD"})
            or (self.bug("sunset-run-read-still-served") and rest.startswith("/runs/"))
            or (self.bug("sunset-unknown-path-is-404") and rest.strip("/").split("/")[0] not in RESOURCES)
            or (self.bug("sunset-asks-for-key-first") and "X-API-Key" not in request.headers)
            or (self.bug("sunset-reads-the-body-first") and self.misfits(request, rest))
        )

    def misfits(self, request: Request, rest: str) -> bool:
        """Whether a request to create a workflow has a body that is none of v1."""
        if (request.method, rest) != ("POST", "/workflows"):
            return False
        try:
            self.workflow_reader("v1")(read_json(request), "")
        except (ApiError, Misfit):
            return True
        return False

    def gone(self, request: Request, version: str, rest: str) -> Response:
        """The answer of a version after its sunset, whatever was asked of it."""
        if self.bug("sunset-redirects"):
            return reply(None, 301, {"Location": f"/api/v2{quote(rest)}"})
        if self.bug("sunset-has-side-effect") and request.method == "POST":
            with contextlib.suppress(ApiError, HTTPException):
                self.answer(request, version, rest)
        code = "VERSION_SUNSET" if self.bug("sunset-code") else "VERSION_DEPRECATED"
        status = 404 if self.bug("sunset-answers-404") else 410
        error = ApiError(status, code, f"API version {version} has been sunset.", successor="/api/v2")
        if self.bug("sunset-envelope-flat"):
            return reply({"error": code, "message": error.message}, status)
        return self.render_error(request, error)

    # Headers

    def announce(self, response: Response, version: str, rest: str) -> None:
        """Write the deprecation headers on an answer of a deprecated version; `rest` is empty when nothing matched."""
        deprecated = self.stage(version) == "deprecated"
        if not deprecated and not (self.bug("deprecated-header-on-v2") and version == "v2"):
            return
        if self.bug("deprecated-header-missing-on-errors") and response.status_code >= 400:
            return
        if self.bug("deprecated-header-missing-on-run-read") and rest.startswith("/runs/"):
            return
        target = f"/api/v2{quote(rest)}" if 0 < len(rest) <= 4000 else SUCCESSOR
        if self.bug("notice-names-v1"):
            target = target.replace("v2", "v1", 1)
        if self.bug("notice-names-dead-path"):
            target = target.replace("workflows", "flows").replace("runs", "executions")
        sunset = V1_SUNSET + DAY * self.bug("sunset-header-other-day")
        written = instant(sunset)
        if self.bug("sunset-header-http-date"):
            written = format_datetime(sunset, usegmt=True)
        if self.bug("sunset-header-no-z"):
            written = written.removesuffix("Z")
        response.headers["X-API-Deprecated"] = "True" if self.bug("deprecated-header-capital") else "true"
        if not self.bug("sunset-header-missing"):
            response.headers["X-API-Sunset"] = written
        response.headers["X-API-Deprecation-Notice"] = f"This endpoint is deprecated. Migrate to {target}"
        left = FINAL_WARNING + 60 * DAY * self.bug("final-warning-months-early")
        left -= 23 * DAY * self.bug("final-warning-a-week-before")
        quiet = self.bug("final-warning-missing-on-runs") and rest.startswith("/runs/")
        if sunset - self.today <= left and not quiet:
            response.headers["Warning"] = '299 - "VERSION_SUNSET_SOON"'

    def count(self, response: Response) -> None:
        """Write the rate limit headers; the window is the hour of `today`."""
        if self.bug("rate-limit-missing-on-errors") and response.status_code >= 400:
            return
        self.asked = self.asked % RATE_LIMIT + 1
        reset = self.today.replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)
        left = (
            reset - self.today
            if self.bug("rate-limit-reset-in-seconds-left")
            else reset - dt.datetime.fromtimestamp(0, dt.UTC)
        )
        response.date = self.today
        response.headers["X-RateLimit-Limit"] = str(RATE_LIMIT)
        response.headers["X-RateLimit-Remaining"] = str(RATE_LIMIT - self.asked)
        response.headers["X-RateLimit-Reset"] = str(int(left.total_seconds()))

    def render_error(self, request: Request, error: ApiError) -> Response:
        """The one envelope of every version."""
        details: Json = {name: value for name, value in error.details.items() if name != "allow"}
        headers = {"Allow": error.details["allow"]} if "allow" in error.details else {}
        code = error.code
        if self.bug("not-found-code-renamed") and code == "NOT_FOUND":
            code = "RESOURCE_NOT_FOUND"
        if self.bug("validation-details-null") and code == "VALIDATION_ERROR":
            details = None
        if self.bug("wrong-method-is-html") and error.status == 405:
            return Response("<h1>Method Not Allowed</h1>", 405, headers, content_type="text/html")
        if self.bug("unknown-route-is-text") and error.status == 404 and "not found on the server" in error.message:
            return Response("404 Not Found", 404, content_type="text/plain")
        if self.bug("allow-missing"):
            headers = {}
        hint = HINTS.get(code, "See the API documentation.")
        body: Record = {"code": code, "message": error.message, "details": details, "hint": hint}
        if self.bug("unauthorized-without-hint") and error.status == 401:
            del body["hint"]
        return reply({"success": False, "error": body}, error.status, headers)

    # Operations; the first argument is the version they are asked in

    def document(self, request: Request) -> Response:
        """`/openapi.json`: the contract of the newest released version, for everyone."""
        if request.method not in {"GET", "HEAD"}:
            raise from_http(MethodNotAllowed(["GET", "HEAD"]))
        if self.bug("openapi-json-needs-key") and "X-API-Key" not in request.headers:
            raise ApiError(401, "UNAUTHORIZED", "A valid API key is required.")
        newest = "v1" if self.stage("v2") == "planned" or self.bug("openapi-json-stale") else "v2"
        return reply(contract(newest))

    def shelved(self, kind: str, key: str) -> Record:
        """The workflow or run with this id."""
        item = (self.store.workflows if kind == "workflow" else self.store.runs).records.get(key)
        if item is None:
            raise ApiError(404, "NOT_FOUND", f"No such {kind}.")
        return item

    def workflow(
        self, version: str, item: Record, status: int = 200, headers: dict[str, str] | None = None
    ) -> Response:
        """A workflow in the view of `version`."""
        shown = workflow_v1(item) if version == "v1" else workflow_v2(item)
        if self.bug("updated-at-missing") and version == "v2":
            del shown["updated_at"]
        if self.bug("owner-vanished") and version == "v1":
            del shown["owner"]
        return reply({"success": True, "data": shown}, status, headers)

    def show_run(self, version: str, item: Record) -> Record:
        """A run in the view of `version`."""
        shown = run_v1(item) if version == "v1" and not self.bug("v1-run-shown-as-v2") else run_v2(item)
        if self.bug("progress-is-text") and version == "v2":
            shown["progress"] = f"{shown['progress']:.0%}"
        return shown

    def workflow_reader(self, version: str, *, partial: bool = False) -> Reader:
        """How a workflow body is read in `version`."""
        longest = 60 if self.bug("name-limit-tightened") and version == "v1" else 120
        required = self.bug("description-now-required") and version == "v1"
        return record(workflow_fields(longest_name=longest, description_required=required), partial=partial)

    def paged(self, request: Request, items: list[Record]) -> Response:
        """One page of `items`."""
        limit = query_integer(
            request, "limit", default=20, lowest=1, highest=50 if self.bug("page-limit-tightened") else 100
        )
        offset = query_integer(request, "offset", default=0, lowest=0, highest=10_000)
        pagination = {"limit": limit, "offset": offset, "total": len(items)}
        return reply({"success": True, "data": items[offset : offset + limit], "pagination": pagination})

    def list_workflows(self, version: str, request: Request) -> Response:
        """The workflows, newest first, of one status if asked so."""
        items = self.store.workflows.newest(status=query_choice(request, "status", WORKFLOW_STATES))
        return self.paged(request, [workflow_v1(item) if version == "v1" else workflow_v2(item) for item in items])

    def create_workflow(self, version: str, request: Request) -> Response:
        """Store a new workflow."""
        item = self.store.add_workflow(self.workflow_reader(version)(read_json(request), ""))
        status = 200 if self.bug("create-answers-200") and version == "v2" else 201
        return self.workflow(version, item, status, {"Location": f"/api/{version}/workflows/{item['id']}"})

    def get_workflow(self, version: str, request: Request, key: str) -> Response:
        """One workflow."""
        return self.workflow(version, self.shelved("workflow", key))

    def replace_workflow(self, version: str, request: Request, key: str) -> Response:
        """Put a new body in the place of a workflow's."""
        item = self.shelved("workflow", key)
        return self.workflow(
            version, self.store.change_workflow(item, self.workflow_reader(version)(read_json(request), ""))
        )

    def update_workflow(self, version: str, request: Request, key: str) -> Response:
        """Change the members of a workflow that are given."""
        item = self.shelved("workflow", key)
        body = self.workflow_reader(version, partial=True)(read_json(request), "")
        return self.workflow(version, self.store.change_workflow(item, body))

    def delete_workflow(self, version: str, request: Request, key: str) -> Response:
        """Remove a workflow; its runs stay."""
        self.store.workflows.drop(self.shelved("workflow", key)["id"])
        return reply(None, 204)

    def execute_workflow(self, version: str, request: Request, key: str) -> Response:
        """Queue a run of a workflow."""
        item, body = self.shelved("workflow", key), read_json(request)
        v1 = version == "v1" and not (self.bug("v1-takes-v2-body") and "prompt" in body)
        stored = execution_v1(EXECUTION_V1(body, "")) if v1 else EXECUTION_V2(body, "")
        run = self.store.add_run(item["id"], stored)
        location = {"Location": f"/api/{version}/runs/{run['id']}"}
        return reply(
            {"success": True, "data": self.show_run(version, run)},
            202,
            {} if self.bug("location-missing") else location,
        )

    def list_runs(self, version: str, request: Request, key: str) -> Response:
        """The runs of one workflow, newest first."""
        items = self.store.runs.newest(workflow_id=self.shelved("workflow", key)["id"])
        response = self.paged(request, [self.show_run(version, item) for item in items])
        if self.bug("run-list-is-text"):
            response.content_type = "text/plain; charset=utf-8"
        return response

    def get_run(self, version: str, request: Request, key: str) -> Response:
        """One run."""
        return reply({"success": True, "data": self.show_run(version, self.shelved("run", key))})

    def cancel_run(self, version: str, request: Request, key: str) -> Response:
        """Cancel a run; one that has finished stays as it is."""
        return reply({"success": True, "data": self.show_run(version, self.store.cancel_run(self.shelved("run", key)))})


def create_app(*, today: dt.datetime, bugs: frozenset[str] = frozenset()) -> Girard:
    """The Girard service as it stands at `today` (aware, UTC), with the named bugs planted."""
    unknown = bugs - BUGS.keys()
    if unknown:
        raise ValueError(f"no such bugs: {', '.join(sorted(unknown))}")
    return Girard(today=today, bugs=bugs)
