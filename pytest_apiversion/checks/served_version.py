"""The version that was asked for is the version that answers.

Where the policy declares an echo, every answer it is promised on names the version asked for. Through the weaker carriers the
answer must also look like the one the strongest carrier gets. What is asked for by an alias names the version that the alias stands for,
or with `echo.aliases = false` none.
A 304 that has the header names the version as its 200 does.
With `echo.refused` the refusals of a wrong version are held as well: they repeat the text that was asked for, or say nothing there.

Source: AUG-22, ARA-22; Shopify, Square, OpenStack microversions. Silence: leave `versioning.echo` out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.judging.answer_kinds import Displacement
from pytest_apiversion.core.judging.reading import Reading, read
from pytest_apiversion.core.judging.served_version import echo_due, said_at
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.policy.selection import RefusedEcho

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.selection import Echo


_TEXTS = frozenset({("empty",), ("unknown",), ("malformed",)})
"""Kinds of wrong with one text that an echo could repeat."""
_REPORTED = frozenset({Displacement.EARLY_SUNSET, Displacement.FAILURE, Displacement.DISGUISED_ERROR})
"""What the echo says there is no defect of its own."""


def _promised(scene: Scene) -> str | None:
    if not scene.stage.answers:
        return None
    echo = scene.policy.echo
    if echo is not None and (echo.versions is None or scene.version in echo.versions):
        return "versioning.echo"
    if scene.is_alias:
        return None
    several = len(scene.policy.carriers) > 1 and len(scene.policy.answering(scene.as_of)) > 1
    return "versioning.carriers" if several else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    reading = read(exchange, scene)
    response, policy = exchange.response, scene.policy
    operation, echo = reading.operation, policy.echo
    if (
        response is not None
        and echo is not None
        and echo.refused is not None
        and _promised(scene) is not None
        and exchange.aim.meaning.wrongs in _TEXTS
        and reading.version_refused
    ):
        return _by_refusal(exchange, response, echo, echo.refused)
    if (
        response is None
        or not exchange.aim.meaning.contract
        or _promised(scene) is None
        or (operation and operation.neutral)
    ):
        return None
    seen = exchange.request.method != "HEAD" or (policy.echo is not None and policy.echo.header is not None)
    if policy.echo is not None and seen and echo_due(policy, scene.version, response):
        return _by_echo(exchange, reading, policy.echo)
    if not reading.comparable:
        return None
    served = reading.served_by
    if served is None or served == exchange.version:
        return None if served is None else ()
    return [
        Broken(
            summary=f"asked for {exchange.version} in the {exchange.via}, {served} answers",
            expected=f"the answer of {exchange.version}",
            received=answer_text(exchange),
            place="versioning.carriers",
        )
    ]


def _by_refusal(exchange: Exchange, response: Response, echo: Echo, refused: RefusedEcho) -> Iterable[Broken] | None:
    if exchange.request.method == "HEAD" and echo.header is None:
        return None
    text, place = said_at(echo, response), echo.header or echo.pointer
    asked = (exchange.probe or "").strip() if refused is RefusedEcho.REPEATED else None
    if text == asked or (not asked and text in {None, *([""] if refused is RefusedEcho.REPEATED else [])}):
        return ()
    return [
        Broken(
            summary=f"a version is refused, and {place} says {text or 'nothing'}",
            expected=f"{place} repeats {asked}" if asked else f"no {place}",
            received=answer_text(exchange),
            place="versioning.echo.refused",
        )
    ]


def _answer(exchange: Exchange) -> str:
    return f"a {exchange.response.status}" if exchange.response is not None else "an answer"


def _by_echo(exchange: Exchange, reading: Reading, echo: Echo) -> Iterable[Broken] | None:
    text, place = reading.echo, echo.header or echo.pointer
    if reading.own_named or (text is None and reading.scene.is_alias and not echo.aliases):
        return ()
    told = reading.body_broken or not reading.body_counts
    left = text is None and echo.header is None and told and not reading.displaced
    if reading.displacements & _REPORTED or left:
        return None  # AV604's, AV402's, AV406's; AV301's or AV401's, which miss the place of the echo itself
    return [
        Broken(
            summary=f"asked for {exchange.version}, {place} says {text or f'nothing on {_answer(exchange)}'}",
            expected=f"{place} names {reading.scene.version}",
            received=answer_text(exchange),
            place="versioning.echo",
        )
    ]


CHECK = Check(
    code="AV210", name="served-version", title="served version is the one asked for", promised=_promised, judge=_judge
)
