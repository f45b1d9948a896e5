"""The Aragora reference server: two versions, four ways to name one, and a v1 that ends on 2026-06-01.

Order of answers: version selection, sunset, routing, credentials, body.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import time
from dataclasses import dataclass, field
from urllib.parse import quote

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Request, Response

from tests.apps import aragora_v1, aragora_v2
from tests.apps.aragora_bugs import BUGS, NEED_LIVE_V1
from tests.apps.aragora_data import Store
from tests.apps.aragora_versions import Selection, select
from tests.apps.kit import ApiError, App, reply

__all__ = ["BUGS", "DEPRECATED", "ENVIRONMENT", "NEED_LIVE_V1", "RELEASED", "SUNSET", "Aragora", "create_app"]

ENVIRONMENT: dict[str, str] = {
    "ARAGORA_V1_TOKEN": aragora_v1.TOKEN,
    "ARAGORA_V2_TOKEN": aragora_v2.API_KEY,
    "ARAGORA_OAUTH_TOKEN": aragora_v2.OAUTH_TOKEN,
}
"""Credentials the server accepts: the v1 API key, the v2 API key, and the token OAuth-only operations need."""

RELEASED = {"v1": dt.datetime(2024, 1, 1, tzinfo=dt.UTC), "v2": dt.datetime(2025, 1, 1, tzinfo=dt.UTC)}
DEPRECATED = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
SUNSET = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
PARTS_DEPRECATED = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
PARTS_SUNSET = dt.datetime(2027, 7, 1, tzinfo=dt.UTC)
CRITICAL = dt.timedelta(days=30)
SUPPORT_URL = "https://github.com/an0mium/aragora/issues"
PUBLIC = {("v1", "/health"), ("v2", "/system/health")}
"""Version and path of what needs no credentials."""

_LIMIT = 600_000
_WINDOW = 60
_SELECTION = "aragora.selection"


@dataclass(kw_only=True)
class Aragora(App):
    """The server of one day."""

    store: Store = field(init=False)
    v2: aragora_v2.V2 = field(init=False)
    started: float = field(default_factory=time.monotonic)
    used: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        """Seed the records and build both versions."""
        self.store = Store(self.today)
        aragora_v1.V1(self, self.store)
        self.v2 = aragora_v2.V2(self, self.store)
        self.known = frozenset(version for version, since in RELEASED.items() if self.today >= since)

    def dispatch(self, request: Request) -> Response:
        """Answer one request."""
        selection = select(request, known=self.known, bug=self.bug)
        request.environ[_SELECTION] = selection
        if selection.version == "v1" and self.gone(request, selection):
            self.refuse_sunset(request, selection)
        handler, arguments = self.match(request, f"/{selection.version}{selection.path}")
        if (heir := self.heir(selection)) and self.today >= PARTS_SUNSET:
            raise ApiError(410, "ENDPOINT_REMOVED", f"this endpoint was removed on 2027-07-01; use {heir}")
        if (selection.version, selection.path) not in PUBLIC:
            self.authorize(request, selection)
        return self.finish(selection, handler(request, **arguments))

    def gone(self, request: Request, selection: Selection) -> bool:
        """Whether v1 is over for this request."""
        sunset = SUNSET - dt.timedelta(days=1) if self.bug("sunset-day-early") else SUNSET
        spared = (
            (self.bug("sunset-only-get-answers-410") and request.method not in {"GET", "HEAD"})
            or (self.bug("sunset-agents-still-served") and selection.path == "/agents")
            or (self.bug("sunset-header-still-served") and selection.carrier == "header")
            or (self.bug("sunset-accept-still-served") and selection.carrier == "accept")
            or (self.bug("sunset-default-still-served") and selection.carrier == "default")
            or self.bug("sunset-ignored")
        )
        return self.today >= sunset and not spared

    def refuse_sunset(self, request: Request, selection: Selection) -> None:
        """Raise the answer of a version that ended."""
        if self.bug("sunset-needs-credentials"):
            self.authorize(request, selection)
        if self.bug("sunset-post-has-side-effect") and (request.method, selection.path) == ("POST", "/debate"):
            sent = request.get_json(silent=True)
            self.store.add_debate(
                task=str(sent.get("topic")) if isinstance(sent, dict) else "opened by a version that is gone"
            )
        status = 404 if self.bug("sunset-answers-404") else 301 if self.bug("sunset-redirects") else 410
        raise ApiError(status, "VERSION_REMOVED", "API v1 was removed on 2026-06-01; use v2")

    def authorize(self, request: Request, selection: Selection) -> None:
        """Check the credential.

        Raises:
            ApiError: 401 without a credential of the version, 403 with an API key where OAuth is needed.
        """
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        token = token.strip()
        oauth = token == aragora_v2.OAUTH_TOKEN
        if selection.version == "v1":
            accepted = token == aragora_v1.TOKEN
        else:
            accepted = oauth or (token == aragora_v2.API_KEY and not self.bug("v2-api-key-refused"))
        if scheme.lower() != "bearer" or not accepted:
            raise ApiError(401, "UNAUTHORIZED", "a valid bearer token is required")
        root = "/" + selection.path.split("/")[1]
        if (
            selection.version == "v2"
            and root in aragora_v2.OAUTH_ONLY
            and not (oauth or self.bug("oauth-not-required"))
        ):
            raise ApiError(403, "OAUTH_REQUIRED", "this operation needs an OAuth 2.0 access token")

    def render_error(self, request: Request, error: ApiError) -> Response:
        """An error in the envelope of the version that was selected; v2's when none was."""
        selection: Selection | None = request.environ.get(_SELECTION)
        version = selection.version if selection else "v2"
        status = 400 if version == "v1" and error.status == 422 else error.status
        bare = {"error": error.message, "status": 200 if self.bug("v1-error-status-differs") else status}
        coded = {
            "error": error.message,
            "code": error.code,
            "trace_id": self.v2.request_id(),
            "support_url": SUPPORT_URL,
        }
        coded.update({name: value for name, value in error.details.items() if name.startswith("resource_")})
        if status == 401 and self.bug("v2-401-without-code"):
            del coded["code"]
        if self.bug("v2-support-url-missing") and status == 422:
            del coded["support_url"]
        v1_shape = version == "v1" and not (self.bug("sunset-in-v2-envelope") and status == 410)
        v1_shape = v1_shape or (self.bug("v2-405-in-v1-envelope") and status == 405)
        v1_shape = v1_shape or (self.bug("version-rejection-in-v1-envelope") and selection is None)
        response = reply(bare if v1_shape else coded, status)
        if self.bug("router-404-as-text") and error.message == NotFound.description:
            response = Response(error.message, status=404, content_type="text/plain")
        if "allow" in error.details:
            response.headers["Allow"] = error.details["allow"]
        if status == 401:
            response.headers["WWW-Authenticate"] = "Bearer"
        if status == 301:
            response.headers["Location"] = aragora_v1.successor(selection.path if selection else "/", self.bug)
        return self.finish(selection, response)

    def finish(self, selection: Selection | None, response: Response) -> Response:
        """Add the headers a version owes on every answer."""
        response.headers["Cache-Control"] = "no-store"
        if response.status_code == 410 and self.bug("sunset-kept-at-will"):
            del response.headers["Cache-Control"]
        if response.status_code == 410 and self.bug("sunset-kept-for-all"):
            response.headers["Cache-Control"] = "public, max-age=86400"
        elif selection is None or selection.carrier != "path":
            response.headers["Vary"] = "X-API-Version, Accept"
        if selection is not None and selection.version == "v1":
            self.announce(selection, response)
        else:
            self.limit(response)
            if selection is not None and PARTS_DEPRECATED <= self.today < PARTS_SUNSET:
                self.give_way(response, self.heir(selection))
            if self.bug("deprecation-on-v2"):
                response.headers["Deprecation"] = f"@{DEPRECATED.timestamp():.0f}"
        return response

    def announce(self, selection: Selection, response: Response) -> None:
        """Say that v1 ends, and where to go."""
        link = f'<{aragora_v1.successor(selection.path, self.bug)}>; rel="successor-version"'
        if response.status_code == 410:
            response.headers["Link"] = link
        silent = (
            self.today < DEPRECATED
            or response.status_code == 410
            or (self.bug("deprecation-missing-on-errors") and response.status_code >= 400)
            or (self.bug("deprecation-missing-on-agents") and selection.path == "/agents")
        )
        if silent:
            return
        moment = SUNSET if self.bug("deprecation-is-sunset") else DEPRECATED
        value = f"@{moment.timestamp():.0f}"
        if self.bug("deprecation-is-float"):
            value += ".0"
        if self.bug("deprecation-is-true"):
            value = "true"
        sunset = SUNSET + dt.timedelta(days=29) if self.bug("sunset-other-day") else SUNSET
        left = SUNSET - self.today
        critical = left < CRITICAL - dt.timedelta(days=1) if self.bug("level-critical-late") else left <= CRITICAL
        critical = critical or (self.bug("level-critical-months-early") and left <= 3 * CRITICAL)
        level = "critical" if critical and not self.bug("level-never-critical") else "warning"
        response.headers["Deprecation"] = value
        response.headers["Sunset"] = (
            f"{sunset:%a, %d %b %Y %T GMT}" if self.bug("sunset-as-http-date") else f"{sunset:%F}"
        )
        if not self.bug("link-missing"):
            response.headers["Link"] = link
        response.headers["X-Deprecation-Level"] = level.title() if self.bug("level-capitalised") else level

    def heir(self, selection: Selection) -> str:
        """What takes over from an endpoint of v2 that ends while v2 lives on; empty for all others."""
        if selection.version != "v2":
            return ""
        if selection.path == "/agents/rankings":
            return "/api/v2/agents/leaderboard"
        found = re.fullmatch(r"(/debates/[^/]+)/consensus", selection.path)
        return f"/api/v2{quote(found[1])}" if found else ""

    def give_way(self, response: Response, heir: str) -> None:
        """Say that an endpoint ends, and what takes over."""
        if not heir:
            return
        level = "critical" if PARTS_SUNSET - self.today <= CRITICAL else "warning"
        response.headers["Deprecation"] = f"@{PARTS_DEPRECATED.timestamp():.0f}"
        response.headers["Sunset"] = f"{PARTS_SUNSET:%F}"
        response.headers["Link"] = f'<{heir}>; rel="successor-version"'
        response.headers["X-Deprecation-Level"] = level

    def limit(self, response: Response) -> None:
        """State the rate limit; the windows follow the real clock, or `today` when that is later. Never enforced."""
        now = max(time.time(), self.today.timestamp() + time.monotonic() - self.started)
        window = math.floor(now / _WINDOW)
        with self.lock:
            known, count = self.used
            self.used = (window, count + 1 if window == known else 1)
            remaining = max(0, _LIMIT - self.used[1])
        reset = (window + 1) * _WINDOW
        response.date = dt.datetime.fromtimestamp(now, dt.UTC)
        if self.bug("ratelimit-missing-on-errors") and response.status_code >= 400:
            return
        response.headers["X-RateLimit-Limit"] = str(_LIMIT)
        response.headers["X-RateLimit-Remaining"] = str(
            _LIMIT + 1 if self.bug("ratelimit-remaining-above-limit") else remaining
        )
        response.headers["X-RateLimit-Reset"] = str(reset - 31_622_400 if self.bug("ratelimit-reset-past") else reset)


def create_app(*, today: dt.datetime, bugs: frozenset[str] = frozenset()) -> Aragora:
    """Aragora as it is at `today` (aware, UTC), with some of `BUGS` planted.

    Raises:
        ValueError: `bugs` names one that is not in `BUGS`.
    """
    unknown = bugs - BUGS.keys()
    if unknown:
        raise ValueError(f"no such bug: {', '.join(sorted(unknown))}")
    return Aragora(today=today, bugs=bugs)
