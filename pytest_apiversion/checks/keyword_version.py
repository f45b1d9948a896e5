"""A word that stands for a version, such as `latest`, is answered by that version, through every carrier.

Clients that say `latest` get what is newest today; a word that lags behind, or runs ahead into a preview, gives them another API
than the documentation does.

Source: OpenStack microversions (`latest`). Silence: leave the word out of `versioning.keywords`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging.expected_version import another, stands_for
from pytest_apiversion.core.judging.reading import ok, told
from pytest_apiversion.core.policy.version_texts import keyword_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange


def _promised(scene: Scene) -> str | None:
    several = len(scene.policy.answering(scene.as_of)) > 1
    return "versioning.keywords" if scene.policy.keywords and scene.stage.answers and several else None


def _plan(scene: Scene) -> Iterator[Ask]:
    operation, policy = scene.operation, scene.policy
    if operation is None or scene.is_alias or _promised(scene) is None or operation.method != "GET":
        return
    for kind in policy.carriers:
        for text, name in keyword_texts(policy, kind).items():
            due = policy.serving(name, scene.as_of)
            other = another(scene, due) if due is not None else None
            if due is not None and other is not None:
                yield Ask(
                    aim=Aim.KEYWORD,
                    selection=((kind, text),),
                    via=kind,
                    probe=text,
                    expected_version=due,
                    compare=(due, other),
                )


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    if exchange.aim is not Aim.KEYWORD or exchange.response is None or exchange.expected_version is None:
        return None
    plain = exchange.peers[exchange.expected_version]
    if ok(plain) and not ok(exchange.response):
        return [
            Broken(
                summary=f"{exchange.probe!r} in the {exchange.via} is refused",
                expected=f"{exchange.expected_version} answers, which it stands for",
                received=told(exchange),
                place="versioning.keywords",
            )
        ]
    what = f"{exchange.probe!r} in the {exchange.via}"
    return stands_for(exchange, scene, what, "the version it stands for,", "versioning.keywords")


CHECK = Check(
    code="AV221",
    name="keyword-version",
    title="keywords stand for their version",
    promised=_promised,
    plan=_plan,
    judge=_judge,
)
