"""The Augno reference server: a version in a required header, codenames as majors, previews, and a `/v1` that means nothing.

With no bug planted it keeps every promise of its policy and of the contracts in `contracts/augno`, at any date.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import partial
from typing import Any

from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Request, Response

from tests.apps import augno_data as data
from tests.apps.augno_data import Version
from tests.apps.augno_operations import CUSTOMERS, ORDERS, PRICES, Operations
from tests.apps.kit import ApiError, App, reply

Json = Any

HEADER = "Augno-Version"
TOKEN = "augno_sk_sandbox_7Qd1"
ENVIRONMENT = {"AUGNO_TOKEN": TOKEN}
"""Environment variable -> the credential this server accepts."""

BUGS = {
    "missing-version-served": "A request without a version header is served by 2.0.forge.",
    "missing-version-served-on-get": "A GET without a version header is served by 2.0.forge; other methods are rejected.",
    "missing-version-wrong-code": "A missing version is rejected with another code.",
    "empty-version-served": "An empty version header is served by 2.0.forge.",
    "unknown-version-rounded": "A well-formed unknown forge version is served by 2.0.forge.",
    "unknown-version-wrong-code": "An unknown version is rejected with another code.",
    "unknown-version-404": "An unknown version gets 404 where 400 is promised.",
    "version-leading-zero-accepted": "`01.0.forge` is read as `1.0.forge`.",
    "version-uppercase-accepted": "`1.0.FORGE` is read as `1.0.forge`.",
    "version-trailing-text-accepted": "`1.0.forge-rc.1` is read as `1.0.forge`.",
    "preview-without-number-accepted": "`1.3.forge-preview` is read as its first preview.",
    "malformed-version-crashes": "A malformed version gets a 500.",
    "path-prefix-selects": "The `/v1` of the path selects 1.0.forge, whatever forge version the header names.",
    "version-rounded-up": "A request for 1.0.forge is served by 2.0.forge and says so.",
    "next-version-already-answers": "The undeclared 3.0.forge is served like 2.0.forge.",
    "echo-missing": "The version header is missing on every answer.",
    "echo-missing-on-errors": "The version header is missing on error answers.",
    "echo-wrong-on-previews": "A preview says it is 2.0.forge.",
    "router-404-plain-text": "An unknown path gets a plain-text 404.",
    "method-405-without-allow": "405 carries no Allow.",
    "method-405-other-envelope": "405 is written in an envelope of its own.",
    "unauthorized-other-envelope": "401 is written in an envelope of its own.",
    "validation-crucible-envelope": "A forge version writes validation errors in crucible's envelope.",
    "crucible-forge-envelope": "Crucible writes its errors in forge's envelope.",
    "broken-json-500": "A body that is not JSON gets a 500.",
    "orders-open-to-all": "Reading orders needs no credential.",
    "credit-limit-as-string": "A customer's `credit_limit_cents` is a string in forge.",
    "customer-without-email": "A customer lacks the required `email` in forge.",
    "create-customer-200": "Creating a customer in forge answers 200 where 201 is declared.",
    "order-list-as-html": "The list of orders is labelled text/html.",
    "customer-name-tightened": "A customer's name of more than 60 characters is refused in forge.",
    "phone-now-required": "The optional `phone` is required on creating a customer in forge.",
    "tags-vanished": "2.0.forge no longer answers the optional `tags` of a customer.",
    "limit-tightened": "`limit` above 50 is refused.",
    "preview-2-old-name": "1.3.forge-preview.2 writes `customer_segment` where its contract says `segment`.",
    "crucible-served-after-sunset": "Crucible still answers after its sunset.",
    "sunset-404": "Crucible answers 404 after its sunset where 410 is promised.",
    "sunset-only-get": "After crucible's sunset only GET gets 410; writes are served.",
    "sunset-wrong-code": "The 410 of crucible carries another code.",
    "sunset-redirects": "After its sunset crucible redirects.",
    "sunset-side-effect": "After its sunset crucible answers 410 and yet creates the customer it was sent.",
    "sunset-day-early": "Crucible is gone one day before its sunset.",
    "sunset-order-list-served": "After crucible's sunset its list of orders is still served.",
}
"""Bug name -> the one promise it breaks."""

_GRAMMAR = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.([a-z][a-z0-9]*)(-preview\.([1-9][0-9]*))?")
_VERSION = "augno.version"


class Augno(Operations):
    """The server: selection, lifecycle, one routing table per version."""

    def __init__(self, *, today: dt.datetime, bugs: frozenset[str] = frozenset()) -> None:
        """Lay the routes of every version."""
        super().__init__(today=today, bugs=bugs)
        self.route("GET", "/neutral/healthz", lambda _request: reply({"status": "ok"}))
        for version in data.VERSIONS.values():
            self._lay_routes(version)

    def _lay_routes(self, version: Version) -> None:
        """Add the routes of `version` under `/<its name>`."""
        customer, order, price = f"{CUSTOMERS}/<id>", f"{ORDERS}/<id>", f"{PRICES}/<id>"
        table: list[tuple[str, str, Any]] = [
            ("GET", CUSTOMERS, self.list_customers),
            ("POST", CUSTOMERS, self.create_customer),
            ("GET", customer, self.read_customer),
            ("DELETE", customer, self.delete_customer),
            ("GET", ORDERS, self.list_orders),
            ("GET", order, self.read_order),
            ("POST", f"{customer}/orders", self.create_order),
            ("PUT" if version.crucible else "PATCH", customer, self.change_customer),
        ]
        if not version.crucible:
            table.append(("POST", f"{order}/cancel", self.cancel_order))
        if version.tags:
            table.append(("GET", f"{customer}/orders", self.list_customer_orders))
        if version.prices:
            table += [
                ("GET", PRICES, self.list_prices),
                ("POST", PRICES, self.create_price),
                ("GET", price, self.read_price),
            ]
        if version.prices == "money":
            table.append(("DELETE", price, self.delete_price))
        for methods, path, handler in table:
            self.route(methods, f"/{version.name}{path}", partial(handler, version))

    # -- version selection and lifecycle -------------------------------------------------------------------------------

    def dispatch(self, request: Request) -> Response:
        """Version first, then sunset, routing, credential, and only then the operation."""
        if request.path == "/healthz":
            handler, arguments = self.match(request, "/neutral/healthz")
            return handler(request, **arguments)
        version = self.select(request)
        if self.is_sunset(version, request):
            self.refuse_sunset(version, request)
        request.environ[_VERSION] = version
        try:
            handler, arguments = self.match(request, f"/{version.name}{request.path}")
        except HTTPException:
            if self.bug("router-404-plain-text") and "/core/" not in request.path:
                return self.mark(request, Response("Not Found", 404))
            raise
        self.authorize(request)
        return self.mark(request, handler(request, **arguments))

    def select(self, request: Request) -> Version:
        """The version the header names.

        Raises:
            ApiError: 400 `version_required`, `version_invalid` or `version_unknown`.
        """
        raw = request.headers.get(HEADER)
        if raw is None and (
            self.bug("missing-version-served")
            or (self.bug("missing-version-served-on-get") and request.method == "GET")
        ):
            return data.FORGE_2_0
        value = (raw or "").strip(" \t")
        if not value:
            if self.bug("empty-version-served") and raw is not None:
                return data.FORGE_2_0
            code = "version_absent" if self.bug("missing-version-wrong-code") and raw is None else "version_required"
            raise ApiError(400, code, f"every request names its version in {HEADER}")
        if not _GRAMMAR.fullmatch(value):
            value = self.mend(value)
        version = data.VERSIONS.get(value)
        if version is None or self.today < version.released:
            return self.unknown(value)
        if self.bug("path-prefix-selects") and request.path.startswith("/v1/") and not version.crucible:
            return data.FORGE_1_0
        if self.bug("version-rounded-up") and version is data.FORGE_1_0:
            return data.FORGE_2_0
        return version

    def mend(self, value: str) -> str:
        """Refuse a malformed version; a planted bug reads it all the same.

        Raises:
            ApiError: 400 `version_invalid`.
        """
        if self.bug("malformed-version-crashes"):
            raise ApiError(500, "internal", "unexpected error")
        if self.bug("version-leading-zero-accepted") and value[:1] == "0":
            return value.lstrip("0")
        if self.bug("version-uppercase-accepted") and value.lower() in data.VERSIONS:
            return value.lower()
        if self.bug("version-trailing-text-accepted") and (found := _GRAMMAR.match(value)):
            return found[0]
        if self.bug("preview-without-number-accepted") and value.endswith("-preview"):
            return f"{value}.1"
        raise ApiError(400, "version_invalid", "a version reads <minor>.<patch>.<codename>, optionally -preview.<n>")

    def unknown(self, value: str) -> Version:
        """Refuse a well-formed version that does not exist (yet).

        Raises:
            ApiError: 400 `version_unknown`.
        """
        if self.bug("unknown-version-rounded") and value.endswith(".forge"):
            return data.FORGE_2_0
        if self.bug("next-version-already-answers") and value == "3.0.forge":
            return data.FORGE_2_0
        code = "no_such_version" if self.bug("unknown-version-wrong-code") else "version_unknown"
        raise ApiError(404 if self.bug("unknown-version-404") else 400, code, "this version does not exist")

    def is_sunset(self, version: Version, request: Request) -> bool:
        """Whether `version` is gone at this server's date."""
        if version.sunset is None or self.bug("crucible-served-after-sunset"):
            return False
        if self.bug("sunset-order-list-served") and request.path == ORDERS and request.method == "GET":
            return False
        if self.bug("sunset-only-get") and request.method not in {"GET", "HEAD"}:
            return False
        early = dt.timedelta(days=1 if self.bug("sunset-day-early") else 0)
        return self.today >= version.sunset - early

    def refuse_sunset(self, version: Version, request: Request) -> None:
        """Answer for a version that is gone.

        Raises:
            ApiError: 410 `version_sunset`.
        """
        if self.bug("sunset-side-effect") and request.method == "POST" and request.path == CUSTOMERS:
            self.create_customer(version, request)
        if self.bug("sunset-redirects"):
            raise ApiError(301, "moved", "use 1.0.forge", location="/v1/core")
        code = "version_gone" if self.bug("sunset-wrong-code") else "version_sunset"
        raise ApiError(
            404 if self.bug("sunset-404") else 410, code, f"{version.name} is gone, use {data.FORGE_1_0.name}"
        )

    def authorize(self, request: Request) -> None:
        """Check the bearer token.

        Raises:
            ApiError: 401 `unauthorized`.
        """
        if self.bug("orders-open-to-all") and request.path.startswith(ORDERS) and request.method == "GET":
            return
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or token.strip() != TOKEN:
            raise ApiError(401, "unauthorized", "send Authorization: Bearer <API key>")

    # -- answers -------------------------------------------------------------------------------------------------------

    def mark(self, request: Request, response: Response) -> Response:
        """Say on an answer which version gave it."""
        response.headers["Vary"] = HEADER
        version: Version | None = request.environ.get(_VERSION)
        if version is None or self.bug("echo-missing"):
            return response
        if self.bug("echo-missing-on-errors") and response.status_code >= 400:
            return response
        response.headers[HEADER] = version.name
        if self.bug("echo-wrong-on-previews") and version.prices:
            response.headers[HEADER] = data.FORGE_2_0.name
        return response

    def render_error(self, request: Request, error: ApiError) -> Response:
        """Write an error in the envelope of its version; forge's when no version was accepted."""
        version: Version | None = request.environ.get(_VERSION)
        status, code = error.status, error.code.lower()
        if status == 308:
            status, code = 404, "not_found"
        if self.bug("broken-json-500") and code == "invalid_json":
            status = 500
        crucible = version is not None and version.crucible and not self.bug("crucible-forge-envelope")
        if self.bug("validation-crucible-envelope") and code == "validation_failed":
            crucible = True
        if crucible:
            body: Json = {"error": {"type": code, "message": error.message}}
        else:
            body = {"error": {"code": code, "message": error.message, "request_id": self.store.next_id("req")}}
        if self.bug("method-405-other-envelope") and status == MethodNotAllowed.code:
            body = {"detail": error.message}
        if self.bug("unauthorized-other-envelope") and code == "unauthorized":
            body = {"message": error.message}
        response = reply(body, status)
        if "allow" in error.details and not self.bug("method-405-without-allow"):
            response.headers["Allow"] = error.details["allow"]
        if "location" in error.details:
            response.headers["Location"] = error.details["location"]
        if code == "unauthorized":
            response.headers["WWW-Authenticate"] = 'Bearer realm="augno"'
        return self.mark(request, response)


def create_app(*, today: dt.datetime, bugs: frozenset[str] = frozenset()) -> App:
    """The Augno server at `today`, with these bugs planted."""
    return Augno(today=today, bugs=bugs)
