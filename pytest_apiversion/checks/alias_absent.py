"""Operations that have no alias do not answer under the alias' prefix.

A catch-all that strips the version exposes every new endpoint under paths that are meant to end.

Source: VEL-18. Silence: take the operation out of `aliases.NAME.absent`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.contracts.named_queries import listed_as
from pytest_apiversion.core.http.statuses import ok
from pytest_apiversion.core.judging.wording import answer_text, statuses_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.policy.subjects import Alias


def _aliases(scene: Scene) -> list[Alias]:
    if scene.is_alias or not scene.stage.answers:
        return []
    return [alias for alias in scene.policy.aliases.values() if alias.version == scene.subject and alias.absent]


def _is_absent(alias: Alias, operation: Operation) -> bool:
    return not alias.absent.isdisjoint(listed_as(operation.key))


def _promised(scene: Scene) -> str | None:
    aliases = _aliases(scene)
    return f"aliases.{aliases[0].name}.absent" if aliases else None


def _plan(scene: Scene) -> Iterator[Ask]:
    operation = scene.operation
    for alias in _aliases(scene):
        if operation is not None and _is_absent(alias, operation):
            yield Ask(aim=Aim.ABSENT, via=alias.name, prefix=alias.prefix)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if exchange.aim is not Aim.ABSENT or response is None:
        return None
    alias = scene.policy.aliases[exchange.via]
    answer = alias.absent_answer
    if (answer is None and not ok(response)) or (answer is not None and response.status in answer.statuses):
        return ()
    return [
        Broken(
            summary=f"{exchange.operation} answers under {alias.prefix or '/'}, where it has no alias",
            expected=f"{statuses_text(answer.statuses) if answer else 'a rejection'}: the operation has no alias",
            received=answer_text(exchange),
            place=f"aliases.{alias.name}.absent",
        )
    ]


CHECK = Check(
    code="AV211",
    name="alias-absent",
    title="no alias where none is declared",
    promised=_promised,
    plan=_plan,
    judge=_judge,
)
