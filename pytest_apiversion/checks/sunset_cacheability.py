"""The answer after a sunset says how long it may be kept, and which header it depends on.

A cache may keep a 410 that says nothing for as long as it likes: it is heuristically cacheable, as 404 is. Where a header names
the version and `Vary` does not, the cache then hands the end of the old version to clients of the new one; and a sunset that is
taken back goes on for those behind the cache. `Cache-Control` or `Expires` decide it; an answer that
may not be stored, or not used again without asking, needs no `Vary`.

Source: SUN-07; RFC 9110 §15.1, §15.5.11 and §12.5.5 (Vary), RFC 9111 §4.2.2. Silence: leave `sunset.cache_control` out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.core.finding import Broken, Severity
from pytest_apiversion.core.judging.reading import sunset_of
from pytest_apiversion.core.policy.carrier_positions import headers_of
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange, Response

_KEPT = frozenset({200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501})
"""RFC 9110 §15.1: what a cache may keep without being told for how long."""


def _promised(scene: Scene) -> str | None:
    sunset = sunset_of(scene)
    return f"{sunset.place}.cache_control" if scene.stage is Stage.SUNSET and sunset.cache_control else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response, sunset = exchange.response, sunset_of(scene)
    if exchange.aim is not Aim.SUNSET or response is None or exchange.request.method not in {"GET", "HEAD"}:
        return None
    if response.status not in sunset.statuses & _KEPT:
        return None
    place = f"{sunset.place}.cache_control"
    told = _directives(response)
    if not told and response.header("expires") is None:
        return [
            Broken(
                summary=f"nothing says how long the {response.status} after the sunset may be kept",
                expected="Cache-Control, or Expires",
                received=f"headers: {', '.join(name for name, _ in response.headers)}",
                place=place,
            )
        ]
    if told & {"no-store", "private", "no-cache"}:
        return ()
    named = {name.strip().lower() for name in (response.header("vary") or "").split(",")}
    missing = [] if "*" in named else [name for name in _headers(exchange, scene) if name.lower() not in named]
    return [
        Broken(
            summary=f"the {response.status} after the sunset may be kept, and Vary does not name {name}",
            expected=f"Vary: {name}, since it names the version; or Cache-Control: no-store",
            received=", ".join(
                f"{each}: {response.header(each) or 'absent'}" for each in ("Vary", "Cache-Control", "Expires")
            ),
            place=place,
        )
        for name in missing
    ]


def _directives(response: Response) -> set[str]:
    """The names of the Cache-Control directives, in lower case."""
    parts = (response.header("cache-control") or "").split(",")
    return {name for part in parts if (name := part.partition("=")[0].strip().lower())}


def _headers(exchange: Exchange, scene: Scene) -> list[str]:
    """The request headers that named the version, or would have where none did."""
    policy = scene.policy
    if scene.is_alias:
        return []
    kinds = [exchange.via] if exchange.via in policy.carriers else list(policy.carriers)
    return list(dict.fromkeys(name for kind in kinds for name in headers_of(policy, kind)))


CHECK = Check(
    code="AV606",
    name="sunset-cacheability",
    title="sunset answer and caches",
    promised=_promised,
    judge=_judge,
    severity=Severity.WARNING,
)
