"""Requests that together touch every promise of the Aragora server, and the one that shows each planted bug."""

from __future__ import annotations

import re

from tests.apps import aragora_v1, aragora_v2
from tests.apps.aragora import create_app
from tests.apps.girard_loop import Probe, packed, send, utc
from tests.apps.kit import serving

V1 = {"Authorization": f"Bearer {aragora_v1.TOKEN}"}
V2 = {"Authorization": f"Bearer {aragora_v2.API_KEY}"}
OAUTH = {"Authorization": f"Bearer {aragora_v2.OAUTH_TOKEN}"}
JSON = {"Content-Type": "application/json"}

LIVING = utc("2026-03-01")
"""A day on which v1 is deprecated and lives."""
GONE = utc("2026-11-20")
"""A day on which v1 is gone."""

PROBES: dict[str, Probe] = {
    "path and header": ("GET", "/api/v1/agents", {**V1, "X-API-Version": "2"}, None),
    "header and accept": (
        "GET",
        "/api/agents",
        {**V2, "X-API-Version": "2", "Accept": "application/json; version=1"},
        None,
    ),
    "header v1": ("GET", "/api/debates", {**V1, "X-API-Version": "1"}, None),
    "accept v1": ("GET", "/api/debates", {**V1, "Accept": "application/json; version=1"}, None),
    "default": ("GET", "/api/debates", V1, None),
    "path v9, header 2": ("GET", "/api/v9/debates", {**V2, "X-API-Version": "2"}, None),
    "path v9": ("GET", "/api/v9/debates", V2, None),
    "path v3": ("GET", "/api/v3/debates", V2, None),
    "path V2": ("GET", "/api/V2/debates", V2, None),
    "path v02": ("GET", "/api/v02/debates", V2, None),
    "path full-width": ("GET", "/api/v%EF%BC%92/debates", V2, None),
    "path v2x": ("GET", "/api/v2x/debates", V2, None),
    "header 9": ("GET", "/api/debates", {**V1, "X-API-Version": "9"}, None),
    "header empty": ("GET", "/api/debates", {**V1, "X-API-Version": ""}, None),
    "header v2": ("GET", "/api/debates", {**V2, "X-API-Version": "v2"}, None),
    "accept 9": ("GET", "/api/debates", {**V2, "Accept": "application/json; version=9"}, None),
    "accept conversion": ("GET", "/api/debates", {**V2, "Accept": "application/json; conversion=2"}, None),
    "accept quoted": ("GET", "/api/debates", {**V2, "Accept": 'application/json; version="2"'}, None),
    "v1 debates": ("GET", "/api/v1/debates", V1, None),
    "v1 agents": ("GET", "/api/v1/agents", V1, None),
    "v1 agents, nobody": ("GET", "/api/v1/agents", {}, None),
    "v1 leaderboard": ("GET", "/api/v1/leaderboard", V1, None),
    "v1 create": ("POST", "/api/v1/debate", {**V1, **JSON}, packed({"topic": "Ship on Fridays?"})),
    "v1 create, wrong": ("POST", "/api/v1/debate", {**V1, **JSON}, packed({"topic": 7})),
    "v2 create": ("POST", "/api/v2/debates", {**V2, **JSON}, packed({"task": "Ship?"})),
    "v2 create, long": ("POST", "/api/v2/debates", {**V2, **JSON}, packed({"task": "x" * 500, "context": None})),
    "v2 create, wrong": ("POST", "/api/v2/debates", {**V2, **JSON}, packed({"topic": "Ship?"})),
    "v2 page": ("GET", "/api/v2/debates?limit=1", V2, None),
    "v2 all": ("GET", "/api/v2/debates", V2, None),
    "v2 agents": ("GET", "/api/v2/agents", V2, None),
    "v2 leaderboard": ("GET", "/api/v2/agents/leaderboard", V2, None),
    "v2 old name": ("GET", "/api/v2/leaderboard", V2, None),
    "v2 user": ("GET", "/api/v2/users/me", V2, None),
    "v2 nobody": ("GET", "/api/v2/debates", {}, None),
    "v2 wrong method": ("PUT", "/api/v2/debates", V2, None),
    "v2 no route": ("GET", "/api/v2/nothing", V2, None),
}
"""Name to request, in the order they are sent."""

SHOWN_BY: dict[str, tuple[str, str]] = {
    "header-beats-path": ("2026-03-01", "path and header"),
    "accept-beats-header": ("2026-03-01", "header and accept"),
    "default-is-v2": ("2026-03-01", "default"),
    "default-refused": ("2026-03-01", "default"),
    "conflict-refused": ("2026-03-01", "path and header"),
    "path-unknown-falls-through": ("2026-11-20", "path v9, header 2"),
    "header-unknown-falls-through": ("2026-11-20", "header 9"),
    "header-empty-accepted": ("2026-11-20", "header empty"),
    "header-v-spelling-accepted": ("2026-11-20", "header v2"),
    "header-unknown-404": ("2026-11-20", "header 9"),
    "accept-unknown-ignored": ("2026-11-20", "accept 9"),
    "accept-parameter-by-substring": ("2026-11-20", "accept conversion"),
    "accept-quoted-ignored": ("2026-11-20", "accept quoted"),
    "path-uppercase-accepted": ("2026-11-20", "path V2"),
    "path-leading-zero-accepted": ("2026-11-20", "path v02"),
    "path-unicode-digit-accepted": ("2026-11-20", "path full-width"),
    "path-malformed-404": ("2026-11-20", "path v2x"),
    "path-malformed-500": ("2026-11-20", "path v2x"),
    "path-unknown-400": ("2026-11-20", "path v9"),
    "path-unknown-wrong-code": ("2026-11-20", "path v9"),
    "undeclared-v3-answers": ("2026-11-20", "path v3"),
    "version-rejection-in-v1-envelope": ("2026-11-20", "path v9"),
    "v1-debates-wrapped": ("2026-03-01", "v1 debates"),
    "v1-max-rounds-as-string": ("2026-03-01", "v1 create"),
    "v1-max-rounds-required": ("2026-03-01", "v1 create"),
    "v2-agents-unwrapped": ("2026-11-20", "v2 agents"),
    "v2-api-key-refused": ("2026-11-20", "v2 agents"),
    "v2-auto-select-default-false": ("2026-11-20", "v2 create"),
    "v2-context-required": ("2026-11-20", "v2 create"),
    "v2-create-answers-200": ("2026-11-20", "v2 create"),
    "v2-created-at-missing": ("2026-11-20", "v2 create"),
    "v2-leaderboard-as-text": ("2026-11-20", "v2 leaderboard"),
    "v2-rounds-as-string": ("2026-11-20", "v2 create"),
    "v2-task-limit-tightened": ("2026-11-20", "v2 create, long"),
    "meta-version-wrong": ("2026-11-20", "v2 agents"),
    "meta-timestamp-without-zone": ("2026-11-20", "v2 agents"),
    "request-id-constant": ("2026-11-20", "v2 agents"),
    "next-link-leaves-v2": ("2026-11-20", "v2 page"),
    "old-name-still-in-v2": ("2026-11-20", "v2 old name"),
    "oauth-not-required": ("2026-11-20", "v2 user"),
    "router-404-as-text": ("2026-11-20", "v2 no route"),
    "v2-405-in-v1-envelope": ("2026-11-20", "v2 wrong method"),
    "v2-401-without-code": ("2026-11-20", "v2 nobody"),
    "v2-support-url-missing": ("2026-11-20", "v2 create, wrong"),
    "v1-error-status-differs": ("2026-11-20", "v1 create, wrong"),
    "deprecation-missing-on-errors": ("2026-03-01", "v1 create, wrong"),
    "deprecation-missing-on-agents": ("2026-03-01", "v1 agents"),
    "deprecation-on-v2": ("2026-11-20", "v2 agents"),
    "deprecation-is-true": ("2026-03-01", "v1 debates"),
    "deprecation-is-float": ("2026-03-01", "v1 debates"),
    "deprecation-is-sunset": ("2026-03-01", "v1 debates"),
    "sunset-other-day": ("2026-03-01", "v1 debates"),
    "sunset-as-http-date": ("2026-03-01", "v1 debates"),
    "link-missing": ("2026-03-01", "v1 debates"),
    "link-not-mapped": ("2026-03-01", "v1 leaderboard"),
    "level-capitalised": ("2026-03-01", "v1 debates"),
    "level-critical-months-early": ("2026-03-04", "v1 debates"),
    "level-never-critical": ("2026-05-02", "v1 debates"),
    "level-critical-late": ("2026-05-02", "v1 debates"),
    "sunset-ignored": ("2026-11-20", "v1 debates"),
    "sunset-agents-still-served": ("2026-11-20", "v1 agents"),
    "sunset-header-still-served": ("2026-11-20", "header v1"),
    "sunset-accept-still-served": ("2026-11-20", "accept v1"),
    "sunset-default-still-served": ("2026-11-20", "default"),
    "sunset-only-get-answers-410": ("2026-11-20", "v1 create"),
    "sunset-answers-404": ("2026-11-20", "v1 debates"),
    "sunset-redirects": ("2026-11-20", "v1 debates"),
    "sunset-in-v2-envelope": ("2026-11-20", "v1 debates"),
    "sunset-needs-credentials": ("2026-11-20", "v1 agents, nobody"),
    "sunset-kept-at-will": ("2026-11-20", "v1 debates"),
    "sunset-kept-for-all": ("2026-11-20", "header v1"),
    "sunset-post-has-side-effect": ("2026-11-20", "v2 all"),
    "sunset-day-early": ("2026-05-31", "v1 debates"),
    "ratelimit-missing-on-errors": ("2026-11-20", "v2 nobody"),
    "ratelimit-remaining-above-limit": ("2026-11-20", "v2 agents"),
    "ratelimit-reset-past": ("2026-11-20", "v2 agents"),
}
"""Bug to the day and the probe that show it."""


def transcript(day: str, bugs: frozenset[str] = frozenset()) -> dict[str, str]:
    """What the server of that day answers to each probe, on one line, without what differs from run to run."""
    lines = {}
    with serving(create_app(today=utc(day), bugs=bugs)) as url:
        for name, probe in PROBES.items():
            status, headers, body = send(url, probe)
            limit, remaining = headers.pop("x-ratelimit-limit", ""), headers.pop("x-ratelimit-remaining", "")
            reset = int(headers.pop("x-ratelimit-reset", "0")) > utc("2026-11-01").timestamp()
            shown = sorted((key, value) for key, value in headers.items() if key not in {"date", "content-length"})
            text = re.sub(r"req_[0-9a-f]{8}", "req_…", body.decode())
            lines[name] = f"{status} {shown} {bool(limit)} {remaining > limit} {reset} {text}"
    return lines
