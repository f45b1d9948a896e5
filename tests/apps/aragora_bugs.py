"""The bugs that can be planted in the Aragora server; each breaks one promise."""

from __future__ import annotations

BUGS: dict[str, str] = {
    # selection
    "header-beats-path": "X-API-Version wins over a version in the path.",
    "accept-beats-header": "The Accept parameter wins over X-API-Version.",
    "default-is-v2": "A request that names no version gets v2 instead of v1.",
    "path-unknown-falls-through": "An unknown version in the path is ignored when X-API-Version names one.",
    "header-unknown-falls-through": "An unknown X-API-Version is ignored instead of refused.",
    "header-empty-accepted": "An empty X-API-Version is treated as absent.",
    "header-v-spelling-accepted": "X-API-Version: v2 is served although the header takes plain numbers.",
    "header-unknown-404": "An unknown X-API-Version gets 404 instead of 400.",
    "accept-unknown-ignored": "An unknown or malformed version parameter in Accept is served as v2.",
    "accept-parameter-by-substring": "Accept parameters are searched as text, so conversion=2 selects v2.",
    "accept-quoted-ignored": 'A quoted media type parameter, version="2", is ignored.',
    "path-uppercase-accepted": "/api/V2 is served.",
    "path-leading-zero-accepted": "/api/v02 is served.",
    "path-unicode-digit-accepted": "A version in the path written with a full-width digit is served.",
    "path-malformed-404": "A malformed version in the path gets 404 instead of 400.",
    "path-malformed-500": "A malformed version in the path gets 500.",
    "path-unknown-400": "An unknown version in the path gets 400 instead of 404.",
    "path-unknown-wrong-code": "An unknown version in the path is refused with the code INVALID_VERSION.",
    "undeclared-v3-answers": "/api/v3 answers like v2 although it was never declared.",
    "version-rejection-in-v1-envelope": "Refused versions are answered in the v1 envelope.",
    # contract
    "v1-debates-wrapped": "The v1 list of debates is wrapped in data.",
    "v1-max-rounds-as-string": "max_rounds of a v1 debate is a string.",
    "v1-max-rounds-required": "max_rounds became required when a v1 debate is created.",
    "v2-agents-unwrapped": "The v2 list of agents lacks the data and meta wrapping.",
    "v2-api-key-refused": "v2 refuses API keys.",
    "v2-auto-select-default-false": "auto_select defaults to false.",
    "v2-context-required": "context became required when a v2 debate is created.",
    "v2-create-answers-200": "Creating a v2 debate answers 200, which the contract does not declare.",
    "v2-created-at-missing": "v2 debates lack created_at.",
    "v2-leaderboard-as-text": "The v2 leaderboard is sent as text/plain.",
    "v2-rounds-as-string": "rounds of a v2 debate is a string.",
    "v2-task-limit-tightened": "A v2 task may have 80 characters instead of 500.",
    "meta-version-wrong": "meta.version of v2 answers says v1.",
    "meta-timestamp-without-zone": "meta.timestamp has no time zone.",
    "request-id-constant": "meta.request_id and trace_id are the same in every answer.",
    "next-link-leaves-v2": "links.next of a v2 list points into v1.",
    "old-name-still-in-v2": "The v1 path /leaderboard also answers in v2.",
    "oauth-not-required": "An API key is enough where v2 needs OAuth.",
    # errors
    "router-404-as-text": "An unknown route is answered in plain text.",
    "v2-405-in-v1-envelope": "A wrong method in v2 is answered in the v1 envelope.",
    "v2-401-without-code": "A v2 401 has no code.",
    "v2-support-url-missing": "A v2 validation error has no support_url.",
    "v1-error-status-differs": "status in a v1 error body is always 200.",
    # deprecation
    "deprecation-missing-on-errors": "v1 errors carry no deprecation headers.",
    "deprecation-missing-on-agents": "GET /agents in v1 carries no deprecation headers.",
    "deprecation-on-v2": "v2 answers carry Deprecation.",
    "deprecation-is-true": "Deprecation is true instead of a date.",
    "deprecation-is-float": "Deprecation is a decimal number.",
    "deprecation-is-sunset": "Deprecation states the moment of the sunset.",
    "sunset-other-day": "Sunset states another day than the declared one.",
    "sunset-as-http-date": "Sunset is an HTTP date instead of an ISO date.",
    "link-missing": "v1 answers carry no Link to the successor.",
    "link-not-mapped": "Link repeats the v1 path under /api/v2, also where v2 renamed it.",
    "level-capitalised": "X-Deprecation-Level is Warning or Critical.",
    "level-critical-months-early": "X-Deprecation-Level turns critical 90 days before the sunset.",
    "level-never-critical": "X-Deprecation-Level never turns critical.",
    "level-critical-late": "X-Deprecation-Level turns critical later than 30 days before the sunset.",
    # sunset
    "sunset-ignored": "v1 is served after its sunset.",
    "sunset-agents-still-served": "GET /agents of v1 is served after the sunset.",
    "sunset-header-still-served": "v1 named by X-API-Version is served after the sunset.",
    "sunset-accept-still-served": "v1 named by Accept is served after the sunset.",
    "sunset-default-still-served": "A request without a version gets v1 after the sunset.",
    "sunset-only-get-answers-410": "After the sunset only GET and HEAD get 410.",
    "sunset-answers-404": "After the sunset v1 answers 404.",
    "sunset-redirects": "After the sunset v1 redirects to v2.",
    "sunset-in-v2-envelope": "The answer after the sunset has the v2 envelope.",
    "sunset-needs-credentials": "After the sunset a request without credentials gets 401 instead of 410.",
    "sunset-post-has-side-effect": "After the sunset POST /debate answers 410 and still creates a debate.",
    "sunset-day-early": "v1 answers 410 one day before its sunset.",
    # rate limit
    "ratelimit-missing-on-errors": "v2 errors carry no X-RateLimit headers.",
    "ratelimit-remaining-above-limit": "X-RateLimit-Remaining is greater than X-RateLimit-Limit.",
    "ratelimit-reset-past": "X-RateLimit-Reset lies a year in the past.",
}
"""Bug name to the promise it breaks."""

NEED_LIVE_V1: frozenset[str] = frozenset(
    {
        *("header-beats-path", "accept-beats-header", "default-is-v2", "deprecation-missing-on-errors"),
        *("deprecation-missing-on-agents", "deprecation-is-true", "deprecation-is-float", "deprecation-is-sunset"),
        *("sunset-other-day", "sunset-as-http-date", "link-missing", "link-not-mapped", "level-capitalised"),
        *("level-critical-months-early", "level-never-critical"),
        *("level-critical-late", "sunset-day-early", "v1-debates-wrapped", "v1-max-rounds-as-string"),
        *("v1-max-rounds-required",),
    }
)
"""Bugs that show best, or only, while v1 lives (before 2026-06-01); `level-critical-late` needs exactly 30 days left,
`sunset-day-early` the last day. The other bugs show at any later date too; those named `sunset-` need one from 2026-06-01 on."""
