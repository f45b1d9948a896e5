"""Where a header names the version, what a cache may keep says so in `Vary`.

A cache finds an answer by its URL. Where two versions share the URL, and the answer does not name the header that told them apart, a
proxy or a browser hands the answer of one version to who asked for the other; errors are kept too. Judged are answers to GET and
HEAD with a status that is kept unless it says otherwise (RFC 9110 §15.1), where no version stands in the path, the query or the host. An
answer with `no-store`, `private` or `no-cache` keeps the promise as well, and so does `Vary: *`. What must be named is the header that
decided, and those that would have come before it. The refusal of a wrong version is such an answer too, on paths that nobody declared as
well, and so is what a version answers after its sunset (410 is kept as 200 is), unless `sunset.cache_control` says how that is kept. A 304, which a cache takes for news of what it keeps, says it as its 200 does.

Source: SEL-15, ARA-02, ARA-03; RFC 9110 §12.5.5 and §15.4.5, RFC 9111 §4.1. Silence: leave `versioning.vary` out; a policy that promises `Vary` under
`[[headers]]` is held to that by AV701 instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.http.statuses import CACHEABLE, NOT_MODIFIED
from pytest_apiversion.core.judging.promises import refused_after_end, sunset_of
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.policy.carrier_positions import headers_of, in_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.policy import Policy

_KEPT = CACHEABLE | {NOT_MODIFIED}
_EXCUSES = frozenset({"no-store", "private", "no-cache"})


def _promised(scene: Scene) -> str | None:
    policy = scene.policy
    if scene.is_alias or not policy.vary or not (scene.stage.answers or _kept_after_end(scene)):
        return None
    if any(header.name.lower() == "vary" for header in policy.headers):
        return None
    return "versioning.vary" if any(headers_of(policy, kind) for kind in policy.carriers) else None


def _kept_after_end(scene: Scene) -> bool:
    """Whether caches keep what is answered after the end, and nothing else says how."""
    sunset = refused_after_end(scene)
    return sunset is not None and not sunset.cache_control and bool(CACHEABLE & sunset.statuses)


def _deciding(exchange: Exchange, policy: Policy) -> list[str]:
    """The headers that decided which version answers: those down to the carrier it was named in; none where that is in the URL."""
    found: list[str] = []
    for kind in policy.carriers:
        found += headers_of(policy, kind)
        if kind == exchange.via:
            return [] if in_address(policy, kind) else found
    return [] if exchange.via else found


def _excused(response: Response) -> bool:
    """Whether an answer says that caches do not keep it for others."""
    control = {part.partition("=")[0].strip().lower() for part in (response.header("cache-control") or "").split(",")}
    return bool(control & _EXCUSES)


def _left(response: Response, due: Iterable[str]) -> list[str]:
    """The headers that an answer does not say it varies with."""
    named = {part.strip().lower() for part in (response.header("vary") or "").split(",")}
    return [] if "*" in named else [name for name in due if name.lower() not in named]


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response, request = exchange.response, exchange.request
    reading = read(exchange, scene)
    if response is None or request.method not in {"GET", "HEAD"} or response.status not in _KEPT:
        return None
    selected = reading.operation is not None or reading.version_refused  # nobody's path may be refused before
    if not exchange.aim.meaning.selects or reading.is_neutral or not selected:
        return None
    due = _deciding(exchange, scene.policy)
    sunset = sunset_of(scene)
    if not due or (sunset.cache_control and response.status in sunset.statuses):  # how a sunset is kept, AV606 says
        return None
    known = exchange.peers.get(exchange.version) if response.status == NOT_MODIFIED else None
    if known is not None and (_excused(known) or _left(known, due)):
        return None  # no cache keeps it, or it does not vary itself, which is its own defect
    left = _left(response, due)
    if _excused(response) or not left:
        return ()
    kept = "that renews what caches keep" if response.status == NOT_MODIFIED else "that caches keep"
    return [
        Broken(
            summary=f"a {response.status} {kept} does not say that it varies with {' and '.join(left)}",
            expected=f"Vary: {', '.join(due)}{'; or Cache-Control: no-store, private or no-cache' if known is None else ', as its 200 says'}",
            received=f"Vary: {response.header('vary') or 'absent'}; Cache-Control: {response.header('cache-control') or 'absent'}",
            place="versioning.vary",
        )
    ]


CHECK = Check(
    code="AV214",
    name="vary",
    title="caches can tell versions apart",
    promised=_promised,
    judge=_judge,
    severity=Severity.WARNING,
)
