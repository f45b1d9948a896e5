"""A page of another origin can read the answers, errors and refusals included, and the headers that are promised to it.

What a browser hides from a page is not there for its script: an error without `Access-Control-Allow-Origin` is a network failure, and a
`Deprecation` that `Access-Control-Expose-Headers` does not name is never seen. Middleware sets both on successes and forgets what the
router, the guard or the version's own refusal answers. With `[cors]` every request but `OPTIONS` is sent with the page's `Origin`, and the
answers of a version, of its end, and to wrong versions are held to let the page read them: `*`, or the very origin; where the page sends
cookies (`credentials`), the very origin and `Access-Control-Allow-Credentials: true`. Of the headers in `exposes`, those that an answer has
are exposed; what every page may read, such as `Content-Type`, needs no leave.

A 304 is left out: what it confirms has been read with the headers it came with. Preflights are AV213's.

Source: Fetch standard, "CORS check" and "CORS-safelisted response-header name". Silence: `unless` in `[cors]`, or leave the table out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.http.statuses import NOT_MODIFIED, status_matches
from pytest_apiversion.core.judging.promises import refused_after_end
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response


def _promised(scene: Scene) -> str | None:
    answers = scene.stage.answers or refused_after_end(scene) is not None
    return "cors" if scene.policy.cors is not None and answers else None


def _readable(exchange: Exchange, scene: Scene) -> Response | None:
    """The answer that a page should be able to read; None for others."""
    reading = read(exchange, scene)
    if (response := reading.own_answer or reading.own_error or reading.after_end) is not None:
        return response
    return exchange.response if reading.version_refused else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    cors, response = scene.policy.cors, _readable(exchange, scene)
    if cors is None or response is None or exchange.request.header("origin") != cors.origin:
        return None
    if response.status == NOT_MODIFIED or status_matches(response.status, cors.unless):
        return None
    if cors.unreadable(response):
        allowed, cookies = response.header("access-control-allow-origin"), ""
        if cors.credentials:
            cookies = f", Access-Control-Allow-Credentials: {response.header('access-control-allow-credentials')}"
        return [
            Broken(
                summary=f"a page of another origin cannot read a {response.status}",
                expected=f"Access-Control-Allow-Origin: {cors.origin}"
                + (", Access-Control-Allow-Credentials: true" if cors.credentials else " or *"),
                received=f"Access-Control-Allow-Origin: {allowed}{cookies}" if allowed else answer_text(exchange),
                place="cors.origin",
            )
        ]
    hidden = cors.hidden(response)
    if not hidden:
        return ()
    exposed = response.header("access-control-expose-headers")
    return [
        Broken(
            summary=f"a page of another origin cannot read {name} of a {response.status}",
            expected=f"Access-Control-Expose-Headers with {name} in it",
            received=f"Access-Control-Expose-Headers: {exposed}" if exposed else "no Access-Control-Expose-Headers",
            place="cors.exposes",
        )
        for name in hidden
    ]


CHECK = Check(
    code="AV704",
    name="cross-origin",
    title="pages of other origins can read",
    promised=_promised,
    judge=_judge,
)
