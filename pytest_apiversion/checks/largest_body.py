"""A body that is too large is refused with the declared status, and not before.

Proxies, frameworks and handlers each have a limit of their own, and the smallest counts: a gateway that cuts uploads off at one megabyte
breaks a client that was promised ten. One `POST` of each version that takes JSON and succeeds is sent with exactly as many bytes as are promised to
be taken, and with one more: white space behind the JSON, which means nothing there.

Source: RFC 9110 §15.5.14 (413). Silence: leave `errors.too_large` out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.http.statuses import NOT_NOW, ok
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text, statuses_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.responses import TooLarge

_JSON = "application/json"


def _promised(scene: Scene) -> str | None:
    promised = scene.policy.error_rules.too_large is not None and scene.stage.answers and scene.unsafe
    return "errors.too_large" if promised and not scene.is_alias else None


def _plan(scene: Scene) -> Iterator[Ask]:
    operation, rule = scene.operation, scene.policy.error_rules.too_large
    if operation is None or rule is None or operation.method != "POST" or operation.neutral or _promised(scene) is None:
        return
    if _JSON not in operation.body_media_types:
        return
    for aim, size in ((Aim.LARGEST, rule.bytes), (Aim.TOO_LARGE, rule.bytes + 1)):
        yield Ask(aim=aim, selection=scene.selection, via=primary(scene), padded=size, once=True, alike=True)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response, rule = exchange.response, scene.policy.error_rules.too_large
    if rule is None or response is None or read(exchange, scene).displaced or response.status in NOT_NOW:
        return None
    if exchange.aim is Aim.TOO_LARGE:
        return _too_large(exchange, response, rule)
    if exchange.aim is not Aim.LARGEST:
        return None
    if response.status in rule.statuses:
        return [
            Broken(
                summary=f"a body of {rule.bytes} bytes gets {response.status}",
                expected=f"that it is taken: only what is larger gets {statuses_text(rule.statuses)}",
                received=answer_text(exchange),
                place="errors.too_large.bytes",
            )
        ]
    return () if ok(response) else None


def _too_large(exchange: Exchange, response: Response, rule: TooLarge) -> Iterable[Broken]:
    if response.status in rule.statuses:
        return ()
    return [
        Broken(
            summary=f"a body of {rule.bytes + 1} bytes {'is taken' if ok(response) else f'gets {response.status}'}",
            expected=f"{statuses_text(rule.statuses)}: at most {rule.bytes} bytes are taken",
            received=answer_text(exchange),
            place="errors.too_large",
        )
    ]


CHECK = Check(
    code="AV408",
    name="largest-body",
    title="bodies that are too large are refused",
    promised=_promised,
    plan=_plan,
    judge=_judge,
)
