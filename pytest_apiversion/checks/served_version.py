"""The version that was asked for is the version that answers.

Where the policy declares an echo, every answer it is promised on names the version asked for. Through the weaker carriers the
answer must also look like the one the strongest carrier gets.

Source: AUG-22, ARA-22; Shopify, Square, OpenStack microversions. Silence: leave `versioning.echo` out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging.disguised_errors import disguised
from pytest_apiversion.core.judging.reading import CONTRACT_AIMS, broken_body, crashed, early_sunset, ok, told
from pytest_apiversion.core.judging.served_version import echo_due, echo_text, served_by
from pytest_apiversion.core.policy.version_texts import echoes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange, Response
    from pytest_apiversion.core.policy.selection import Echo


def _promised(scene: Scene) -> str | None:
    if not scene.stage.answers or scene.is_alias:
        return None
    echo = scene.policy.echo
    if echo is not None and (echo.versions is None or scene.version in echo.versions):
        return "versioning.echo"
    several = len(scene.policy.carriers) > 1 and len(scene.policy.answering(scene.as_of)) > 1
    return "versioning.carriers" if several else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response, policy = exchange.response, scene.policy
    operation = scene.operation_named(scene.version, exchange.operation)
    if (
        response is None
        or exchange.aim not in CONTRACT_AIMS
        or _promised(scene) is None
        or (operation and operation.neutral)
    ):
        return None
    if policy.echo is not None and echo_due(policy, exchange.version, response):
        return _by_echo(exchange, scene, response, policy.echo)
    if exchange.aim is not Aim.ACCEPTED or len(exchange.peers) < 2 or not ok(response):  # noqa: PLR2004  it takes two to compare
        return None
    served = served_by(policy, response, exchange.peers)
    if served is None or served == exchange.version:
        return None if served is None else ()
    return [
        Broken(
            summary=f"asked for {exchange.version} in the {exchange.via}, {served} answers",
            expected=f"the answer of {exchange.version}",
            received=told(exchange),
            place="versioning.carriers",
        )
    ]


def _by_echo(exchange: Exchange, scene: Scene, response: Response, echo: Echo) -> Iterable[Broken] | None:
    if exchange.request.method == "HEAD" and echo.header is None:
        return None
    text, place = echo_text(scene.policy, response), echo.header or echo.pointer
    if text is not None and echoes(scene.policy, text) == exchange.version:
        return ()
    if (
        early_sunset(exchange, scene)
        or crashed(exchange, scene)
        or disguised(exchange, scene) is not None
        or (text is None and echo.header is None and broken_body(exchange, scene))
    ):
        return None  # AV604's, AV402's, AV406's; AV301's, which misses the place of the echo itself
    return [
        Broken(
            summary=f"asked for {exchange.version}, {place} says {text or 'nothing'}",
            expected=f"{place} names {exchange.version}",
            received=told(exchange),
            place="versioning.echo",
        )
    ]


CHECK = Check(
    code="AV210", name="served-version", title="served version is the one asked for", promised=_promised, judge=_judge
)
