"""A warning of the end comes when it was promised, not before and not later, and speaks of this version and its day.

The last warning is for those who ignored the others: it has to be there in the last days, on answers that otherwise stay as they were,
and a warning that is always there warns nobody. A text that names a version or a day names the right ones; everything else
about its form is AV503's, and that the body of a success stays one is AV301's.

Source: DEP-10; GIR-19, GIR-25; RFC 9111 §5.5 (`Warning`, which is obsolete and still in use). Silence: leave `within` out of the
header in `[deprecation]`, and `{version}` and `{sunset}` out of its pattern.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.http.statuses import status_matches
from pytest_apiversion.core.judging.deprecation_headers import (
    FACTS,
    can_say,
    header_due,
    pattern_text,
    said,
    said_lines,
    value_pattern,
)
from pytest_apiversion.core.judging.promises import announced_headers
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.versions.lifecycle import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.responses import DeprecationHeader


def _promised(scene: Scene) -> str | None:
    ends = scene.policy.lifecycle(scene.subject).ends is not None
    for header in announced_headers(scene):
        if header.within is not None and ends:
            return f"{header.place}.within"
        if header.within is None and _filled(header):
            return f"{header.place}.pattern"
    return None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = read(exchange, scene).announcing
    if response is None:
        return None
    headers = announced_headers(scene)
    usual = [each for each in headers if each.within is None and status_matches(response.status, each.statuses)]
    if usual and not any(said_lines(response, each) for each in usual):
        return None  # nothing is announced at all: AV501's
    said = [broken for header in headers if (broken := _said(exchange, scene, response, header)) is not None]
    return [each for broken in said for each in broken] if said else None


def _said(exchange: Exchange, scene: Scene, response: Response, header: DeprecationHeader) -> list[Broken] | None:
    """What there is to say of one header; None where the answer cannot show it."""
    value, sunset = said(response, header), exchange.lifecycle.sunset
    on_time = header_due(header, exchange.lifecycle, exchange.as_of)
    general = value_pattern(header, exchange, scene, facts=False)
    fits = value is not None and (general is None or general.fullmatch(value))
    if header.within is None:
        return list(_facts(exchange, scene, header, value)) if fits and value is not None and _filled(header) else None
    if sunset is None or not can_say(response, header):
        return None
    if on_time and not status_matches(response.status, header.statuses):
        return None
    ends = day(sunset)
    if on_time and value is None:
        what = f"is missing on a {response.status}, less than {header.within} days before the sunset"
        expected = f"{header.name}: {pattern_text(header, exchange, scene)}, since {exchange.version} ends on {ends}"
        return [
            _broken(header, "within", what, expected, f"headers: {', '.join(name for name, _ in response.headers)}")
        ]
    if on_time is False and fits:
        what = f"warns more than {header.within} days before the sunset"
        expected = f"no such {header.name} yet: {exchange.version} ends on {ends}"
        return [_broken(header, "within", what, expected, f"{header.name}: {value}")]
    return list(_facts(exchange, scene, header, value)) if on_time and fits and value is not None else []


def _filled(header: DeprecationHeader) -> bool:
    return any(name in (header.pattern or "") for name in FACTS)


def _facts(exchange: Exchange, scene: Scene, header: DeprecationHeader, value: str) -> Iterator[Broken]:
    """What a text says of the version and its end, where its form is the promised one."""
    exact = value_pattern(header, exchange, scene, facts=True)
    if exact is not None and not exact.fullmatch(value):
        what, expected = (
            "speaks of another version or another day",
            f"{header.name}: {pattern_text(header, exchange, scene)}",
        )
        yield _broken(header, "pattern", what, expected, f"{header.name}: {value}")


def _broken(header: DeprecationHeader, key: str, what: str, expected: str, received: str) -> Broken:
    place = f"{header.place}.{key}"
    return Broken(summary=f"{header.name} {what}", expected=expected, received=received, place=place)


CHECK = Check(
    code="AV507", name="deprecation-warning", title="warnings before the end", promised=_promised, judge=_judge
)
