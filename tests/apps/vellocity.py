"""The Vellocity reference server: a frozen `/api/v1`, and unversioned aliases that are deprecated and then removed.

With no bug planted it keeps every promise of its policy and of `contracts/vellocity/v1.openapi.yaml`, at any date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.http import http_date
from werkzeug.wrappers import Request, Response

from tests.apps import vellocity_data as data
from tests.apps.kit import ApiError, App, Handler, reply
from tests.apps.vellocity_operations import Operations

Json = Any

KEY = "vel_live_4c0ffee"
ENVIRONMENT = {"VELLOCITY_API_KEY": KEY}
"""Environment variable -> the credential this server accepts."""

ALIASED = frozenset({"agents", "dry-run", "affiliates"})
"""First path segments that answer without a version until the aliases are gone."""
V1_ONLY = frozenset({"partners", "content-workflow", "mcp", "gtm-schedule", "invoice-receipts"})
"""First path segments that never answer without a version."""

LINK = '<https://docs.vell.ai/api/versioning/#migration>; rel="deprecation"'

BUGS = {
    "alias-deprecation-missing-on-errors": "Error answers of an alias carry no Deprecation.",
    "alias-deprecation-missing-on-metrics": "The metrics alias carries no Deprecation.",
    "alias-deprecation-as-date": "Deprecation is an RFC 9745 date where `true` is promised.",
    "alias-deprecation-capital": "Deprecation is `True`.",
    "alias-sunset-wrong-weekday": "Sunset names the wrong weekday.",
    "alias-sunset-other-day": "Sunset names the day after.",
    "alias-sunset-iso": "Sunset is an ISO date.",
    "alias-link-missing": "An alias carries no Link.",
    "alias-link-other-rel": "The Link of an alias has rel=sunset.",
    "alias-link-unbracketed": "The target of the Link stands without angle brackets.",
    "alias-link-other-target": "The Link leads to another page.",
    "alias-wraps-answers": "An alias wraps its success answers in `data`.",
    "alias-needs-bearer": "An alias wants Authorization: Bearer and not X-Api-Key.",
    "alias-affiliates-gone-early": "The affiliates alias is 404 while the others live.",
    "alias-served-after-sunset": "The aliases still answer after their end.",
    "alias-redirects-after-sunset": "The aliases redirect to v1 after their end.",
    "alias-404-after-sunset": "The aliases are 404 after their end where 410 is promised.",
    "alias-gone-only-get": "After the end only GET gets 410; writes are served.",
    "alias-gone-wrong-code": "The 410 of an alias carries another code.",
    "alias-gone-day-early": "The aliases are gone one day early.",
    "alias-gone-side-effect": "A gone alias answers 410 and yet creates the affiliate it was sent.",
    "alias-sessions-still-served": "After the end the list of sessions still answers at its alias.",
    "live-version-deprecated": "v1 announces a deprecation.",
    "v1-only-aliased": "The v1-only operations answer without a version.",
    "next-version-already-answers": "The undeclared /api/v2 answers like v1.",
    "unknown-version-served": "Any well-formed unknown version answers like v1.",
    "unknown-version-wrong-code": "An unknown version is refused with another code.",
    "unknown-version-400": "An unknown version gets 400 where 404 is promised.",
    "version-leading-zero-accepted": "`/api/v01` is read as v1.",
    "version-uppercase-accepted": "`/api/V1` is read as v1.",
    "version-unicode-digit-accepted": "A version with a digit one of another script is read as v1.",
    "malformed-version-crashes": "A malformed version gets a 500.",
    "router-404-html": "An unknown path below v1 gets an HTML page.",
    "method-405-without-allow": "405 carries no Allow.",
    "method-405-other-envelope": "405 is written in an envelope of its own.",
    "unauthorized-other-envelope": "401 is written in an envelope of its own.",
    "validation-other-envelope": "A validation error is written in an envelope of its own.",
    "error-status-mismatch": "The status in the body of a 404 is 400.",
    "request-id-missing": "No answer carries X-Request-Id.",
    "request-id-missing-on-errors": "Error answers carry no X-Request-Id.",
    "broken-json-500": "A body that is not JSON gets a 500.",
    "receipts-open-to-all": "Receipts need no API key.",
    "metrics-score-as-string": "The `score` of the metrics is a string.",
    "affiliate-without-email": "An affiliate lacks the required `email`.",
    "partner-seats-vanished": "A partner lacks the optional `seats` that was always there.",
    "mcp-id-dropped": "The answer of an MCP call lacks its `id`.",
    "start-session-200": "Starting a session answers 200 where 201 is declared.",
    "receipts-as-text": "The list of receipts is labelled text/plain.",
    "workflow-title-tightened": "A workflow title of more than 80 characters is refused.",
    "scenario-now-required": "The optional `scenario` is required.",
    "budget-null-refused": "A null `budget_cents` is refused.",
    "schedule-replace-gone": "PUT on a schedule entry is 405.",
}
"""Bug name -> the one promise it breaks."""

_ALIAS = "vellocity.alias"
_SCHEDULE = "vellocity.schedule"
_REQUEST_ID = "vellocity.request_id"


class Vellocity(Operations):
    """The server: paths, aliases, lifecycle, envelope."""

    def __init__(self, *, today: dt.datetime, bugs: frozenset[str] = frozenset()) -> None:
        """Lay the routes of v1 and of the aliases."""
        super().__init__(today=today, bugs=bugs)
        for methods, path, handler in (*self.aliased(), *self.v1_only()):
            if self.bug("schedule-replace-gone") and methods == "PUT":
                methods = "PATCH"  # noqa: PLW2901 - the bug renames the method
            self.route(methods, f"/v1/{path}", handler)
        for methods, path, handler in self.aliased():
            self.route(methods, f"/alias/{path}", handler)

    # -- paths and lifecycle -------------------------------------------------------------------------------------------

    def dispatch(self, request: Request) -> Response:
        """Version or alias first, then routing, credential, and only then the operation."""
        request.environ[_REQUEST_ID] = self.store.next_id("request")
        api, _, path = request.path.lstrip("/").partition("/")
        first, slash, rest = path.partition("/")
        if api != "api" or not (first or slash):
            raise ApiError(404, "not_found", "nothing here")
        if first in ALIASED:
            return self.finish(request, self.serve_alias(request, path))
        if first in V1_ONLY:
            return self.finish(request, self.refuse_v1_only(request, path))
        if self.read_version(first) != "v1" or self.today < data.RELEASED:
            raise self.unknown_version()
        handler, arguments = self.match(request, f"/v1/{rest}")
        if first == "v1" and rest.startswith("gtm-schedule/"):
            self.enter_schedule(request)
        self.authorize(request)
        return self.finish(request, handler(request, **arguments))

    def enter_schedule(self, request: Request) -> None:
        """Settle the date of the schedule, which ends while v1 lives on: mark the answer as deprecated, or refuse.

        Raises:
            ApiError: 410 `endpoint_removed` from its sunset on.
        """
        if self.today >= data.SCHEDULE_SUNSET:
            raise ApiError(410, "endpoint_removed", "the schedule was removed on 2027-07-01")
        request.environ[_SCHEDULE] = self.today >= data.SCHEDULE_DEPRECATED

    def read_version(self, segment: str) -> str:
        """The version a path segment names, as it stands; planted bugs are more generous."""
        if self.bug("next-version-already-answers") and segment == "v2":
            return "v1"
        if self.bug("unknown-version-served") and segment[:1] == "v" and segment[1:].isdecimal() and segment.isascii():
            return "v1" if segment[1] != "0" else segment
        if self.bug("version-leading-zero-accepted") and segment.startswith("v0"):
            return segment.replace("0", "", 1)
        if self.bug("version-uppercase-accepted"):
            return segment.lower()
        if self.bug("version-unicode-digit-accepted") and len(segment) > 1 and segment[1:].isdecimal():
            return f"{segment[0]}{int(segment[1:])}" if not segment.isascii() else segment
        if self.bug("malformed-version-crashes") and not segment[1:].isdecimal():
            raise ApiError(500, "internal", "unexpected error")
        return segment

    def unknown_version(self) -> ApiError:
        """The refusal of a version that does not exist."""
        code = "no_such_version" if self.bug("unknown-version-wrong-code") else "unknown_version"
        return ApiError(400 if self.bug("unknown-version-400") else 404, code, "the only version is v1")

    def serve_alias(self, request: Request, path: str) -> Response:
        """Answer an unversioned path like its v1 target while the aliases live, 410 afterwards."""
        try:
            found = self.match(request, f"/alias/{path}")
        except MethodNotAllowed:
            self.enter_alias(request, path)
            raise
        self.enter_alias(request, path)
        handler, arguments = found
        self.authorize(request)
        response = handler(request, **arguments)
        if self.bug("alias-wraps-answers"):
            response.set_data(b'{"data": ' + response.get_data() + b"}")
        return response

    def enter_alias(self, request: Request, path: str) -> None:
        """Settle the date of an alias: mark the answer as deprecated, or refuse.

        Raises:
            ApiError: 410 `alias_removed` from the sunset on.
        """
        early = dt.timedelta(days=1 if self.bug("alias-gone-day-early") else 0)
        if self.today < data.ALIAS_SUNSET - early:
            request.environ[_ALIAS] = self.today >= data.RELEASED
            if self.bug("alias-affiliates-gone-early") and path.startswith("affiliates"):
                raise ApiError(404, "not_found", "nothing here")
            return
        if self.bug("alias-served-after-sunset"):
            return
        if self.bug("alias-gone-only-get") and request.method not in {"GET", "HEAD"}:
            return
        if self.bug("alias-sessions-still-served") and path == "dry-run/sessions/":
            return
        if self.bug("alias-gone-side-effect") and request.method == "POST" and path == "affiliates/":
            self.create_affiliate(request)
        if self.bug("alias-redirects-after-sunset"):
            raise ApiError(301, "moved", "use /api/v1", location=f"/api/v1/{path}")
        code = "gone" if self.bug("alias-gone-wrong-code") else "alias_removed"
        status = 404 if self.bug("alias-404-after-sunset") else 410
        raise ApiError(status, code, f"unversioned paths were removed on 2026-07-01, use /api/v1/{path[:200]}")

    def refuse_v1_only(self, request: Request, path: str) -> Response:
        """Refuse an unversioned path that never existed; a planted bug serves it.

        Raises:
            ApiError: 404 `not_found`.
        """
        if not self.bug("v1-only-aliased"):
            request.environ[_ALIAS] = False
            raise ApiError(404, "not_found", "this exists under /api/v1 only")
        handler, arguments = self.match(request, f"/v1/{path}")
        self.authorize(request)
        return handler(request, **arguments)

    def authorize(self, request: Request) -> None:
        """Check the API key.

        Raises:
            ApiError: 401 `unauthorized`.
        """
        if self.bug("receipts-open-to-all") and "/invoice-receipts/" in request.path:
            return
        sent = request.headers.get("X-Api-Key")
        if self.bug("alias-needs-bearer") and not request.path.startswith("/api/v1/"):
            sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if sent != KEY:
            raise ApiError(401, "unauthorized", "send X-Api-Key")

    # -- answers -------------------------------------------------------------------------------------------------------

    def finish(self, request: Request, response: Response) -> Response:
        """Add what every answer carries: the request id, and the deprecation headers of a living alias."""
        failed = response.status_code >= 400
        if not self.bug("request-id-missing") and not (failed and self.bug("request-id-missing-on-errors")):
            response.headers["X-Request-Id"] = request.environ[_REQUEST_ID]
        announced = request.environ.get(_ALIAS) or (
            self.bug("live-version-deprecated") and request.path.startswith("/api/v1/")
        )
        if announced:
            self.announce(request, response, failed=failed)
        elif request.environ.get(_SCHEDULE):
            response.headers["Deprecation"] = "true"
            response.headers["Sunset"] = http_date(data.SCHEDULE_SUNSET)
            response.headers["Link"] = LINK
        return response

    def announce(self, request: Request, response: Response, *, failed: bool) -> None:
        """Write the three deprecation headers."""
        silent = failed and self.bug("alias-deprecation-missing-on-errors")
        if self.bug("alias-deprecation-missing-on-metrics") and request.path.endswith("/metrics"):
            silent = True
        if not silent:
            response.headers["Deprecation"] = "true"
        if self.bug("alias-deprecation-as-date"):
            response.headers["Deprecation"] = f"@{int(data.RELEASED.timestamp())}"
        if self.bug("alias-deprecation-capital"):
            response.headers["Deprecation"] = "True"
        response.headers["Sunset"] = self.sunset_value()
        if not self.bug("alias-link-missing"):
            response.headers["Link"] = self.link_value()

    def sunset_value(self) -> str:
        """The Sunset of an alias."""
        sunset = http_date(data.ALIAS_SUNSET)
        if self.bug("alias-sunset-wrong-weekday"):
            sunset = sunset.replace("Wed", "Thu")
        if self.bug("alias-sunset-other-day"):
            sunset = http_date(data.ALIAS_SUNSET + dt.timedelta(days=1))
        if self.bug("alias-sunset-iso"):
            sunset = data.ALIAS_SUNSET.date().isoformat()
        return sunset

    def link_value(self) -> str:
        """The Link of an alias."""
        link = LINK
        if self.bug("alias-link-other-rel"):
            link = link.replace('"deprecation"', '"sunset"')
        if self.bug("alias-link-unbracketed"):
            link = link.replace("<", "").replace(">", "")
        if self.bug("alias-link-other-target"):
            link = link.replace("#migration", "#scheme")
        return link

    def render_error(self, request: Request, error: ApiError) -> Response:
        """Write an error in the one envelope of this API."""
        status, code = error.status, error.code.lower()
        if self.bug("broken-json-500") and code == "invalid_json":
            status = 500
        said = 400 if self.bug("error-status-mismatch") and status == 404 else status
        request_id = request.environ[_REQUEST_ID]
        body: Json = {"error": {"code": code, "message": error.message, "status": said}, "request_id": request_id}
        if self.bug("method-405-other-envelope") and code == "method_not_allowed":
            body = {"detail": error.message}
        if self.bug("unauthorized-other-envelope") and code == "unauthorized":
            body = {"message": error.message}
        if self.bug("validation-other-envelope") and code == "validation_failed":
            body = {"errors": [error.message]}
        response = reply(body, status)
        if self.bug("router-404-html") and "router" in error.details:
            response = Response("<h1>Not Found</h1>", status, content_type="text/html")
        if "allow" in error.details and not self.bug("method-405-without-allow"):
            response.headers["Allow"] = error.details["allow"]
        if "location" in error.details:
            response.headers["Location"] = error.details["location"]
        return self.finish(request, response)

    def match(self, request: Request, path: str) -> tuple[Handler, Mapping[str, Any]]:
        """As the kit does, but a missing trailing slash is a 404 and no redirect."""
        try:
            return super().match(request, path)
        except MethodNotAllowed:
            raise
        except HTTPException as error:
            raise ApiError(404, "not_found", "nothing here", router=True) from error


def create_app(*, today: dt.datetime, bugs: frozenset[str] = frozenset()) -> App:
    """The Vellocity server at `today`, with these bugs planted."""
    return Vellocity(today=today, bugs=bugs)
