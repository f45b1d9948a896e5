"""What announces a deprecation is written as the dialect says: to the letter, weekday and all.

`Thu, 01 Jul 2026` is a Wednesday: lenient parsers let it pass and strict ones drop the header, so every reader differs.

Source: RFC 9745 §2.1 (sf-date), RFC 8594 §3 and RFC 9110 §5.6.7 (IMF-fixdate), RFC 3339; VEL-10, VEL-11, ARA-15, ARA-16, GIR-18.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_apiversion.core.announcing import announcing, successor_template
from pytest_apiversion.core.check import Check
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging import deprecated_place
from pytest_apiversion.core.promises import status_matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.check import Scene
    from pytest_apiversion.core.exchange import Exchange, Response
    from pytest_apiversion.core.promises import DeprecationHeader


def _promised(scene: Scene) -> str | None:
    return deprecated_place(scene) if scene.policy.deprecation.headers else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = announcing(exchange, scene)
    if response is None:
        return None
    there = [
        header
        for header in scene.policy.deprecation.headers
        if response.lines(header.name) and status_matches(response.status, header.statuses)
    ]
    if not there:
        return None
    return [broken for header in there for broken in _broken(exchange, scene, response, header)]


def _broken(exchange: Exchange, scene: Scene, response: Response, header: DeprecationHeader) -> Iterator[Broken]:
    lines = response.lines(header.name)
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
    if (
        header.pattern is not None
        and (pattern := _pattern(header.pattern, exchange, scene)) is not None
        and pattern.fullmatch(value) is None
    ):
        yield Broken(
            summary=f"{header.name} has not the promised form",
            expected=f"{header.name}: {_shown(header.pattern, exchange, scene)}",
            received=f"{header.name}: {value}",
            place=header.place,
        )


def _shown(text: str, exchange: Exchange, scene: Scene) -> str:
    """The pattern as it may be read: with the successor's path, where there is one."""
    template = successor_template(exchange, scene)
    return text.replace("{successor}", template) if template else text


def _pattern(text: str, exchange: Exchange, scene: Scene) -> re.Pattern[str] | None:
    """The pattern with the successor's path in it; None where it needs a successor and there is none."""
    if "{successor}" not in text:
        return re.compile(text)
    template = successor_template(exchange, scene)
    if template is None:
        return None
    path = re.sub(r"\\\{[^}]*\\\}", r"[^/]+", re.escape(template))
    return re.compile(text.replace("{successor}", f"(?:{path}|{re.escape(template)})"))


CHECK = Check(code="AV503", name="deprecation-syntax", title="deprecation syntax", promised=_promised, judge=_judge)
