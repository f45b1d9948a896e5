"""What announces a deprecation is written as the dialect says: to the letter, weekday and all.

`Thu, 01 Jul 2026` is a Wednesday: lenient parsers let it pass and strict ones drop the header, so every reader differs.

Source: RFC 9745 §2.1 (sf-date), RFC 8594 §3 and RFC 9110 §5.6.7 (IMF-fixdate), RFC 3339; VEL-10, VEL-11, ARA-15, ARA-16, GIR-18.
Silence: name the `dialect` in `[[deprecation.headers]]` that is really written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.http.statuses import status_matches
from pytest_apiversion.core.judging.deprecation_headers import header_due, pattern_text, said_lines, value_pattern
from pytest_apiversion.core.judging.promises import announced_headers, deprecated_place
from pytest_apiversion.core.judging.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.responses import DeprecationHeader


def _promised(scene: Scene) -> str | None:
    life = scene.policy.lifecycle(scene.subject)
    headers = announced_headers(scene)
    return deprecated_place(scene) if any(header_due(header, life, scene.as_of) for header in headers) else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = read(exchange, scene).announcing
    if response is None:
        return None
    there = [
        header
        for header in announced_headers(scene)
        if said_lines(response, header)
        and status_matches(response.status, header.statuses)
        and header_due(header, exchange.lifecycle, exchange.as_of)
    ]
    if not there:
        return None
    return [broken for header in there for broken in _broken(exchange, scene, response, header)]


def _broken(exchange: Exchange, scene: Scene, response: Response, header: DeprecationHeader) -> Iterator[Broken]:
    lines = said_lines(response, header)
    value = ", ".join(lines)
    dialect = header.dialect
    if dialect is not None:
        if dialect.single and len(lines) > 1:
            yield Broken(
                summary=f"{header.name} is there {len(lines)} times",
                expected="one value",
                received=value,
                place=header.place,
            )
        for problem in dialect.read(lines[0]).problems[:2]:
            yield Broken(
                summary=f"{header.name} is not written as {dialect.name}: {problem.message}",
                expected=f"{dialect.name} ({dialect.source})",
                received=f"{header.name}: {value}",
                place=header.place,
            )
    pattern = value_pattern(header, exchange, scene, facts=False)
    if pattern is not None and not pattern.fullmatch(value):
        yield Broken(
            summary=f"{header.name} has not the promised form",
            expected=f"{header.name}: {pattern_text(header, exchange, scene)}",
            received=f"{header.name}: {value}",
            place=header.place,
        )


CHECK = Check(code="AV503", name="deprecation-syntax", title="deprecation syntax", promised=_promised, judge=_judge)
