"""A word that stands for a version, such as `latest`, is answered by that version, through every carrier.

Clients that say `latest` get what is newest today; a word that lags behind, or runs ahead into a preview, gives them another API
than the documentation does.

Source: OpenStack microversions (`latest`). Silence: leave the word out of `versioning.keywords`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.judging.expected_version import compared_versions, judge_expected_version
from pytest_apiversion.core.judging.wording import probe_text
from pytest_apiversion.core.policy.version_texts import keyword_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def _promised(scene: Scene) -> str | None:
    return "versioning.keywords" if scene.policy.keywords and scene.stage.answers else None


def _plan(scene: Scene) -> Iterator[Ask]:
    operation, policy = scene.operation, scene.policy
    if operation is None or scene.is_alias or _promised(scene) is None or operation.method != "GET":
        return
    for kind in policy.carriers:
        for text, name in keyword_texts(policy, kind).items():
            due = policy.serving(name, scene.as_of)
            if due is not None:
                yield Ask(
                    aim=Aim.KEYWORD,
                    selection=((kind, text),),
                    via=kind,
                    probe=text,
                    expected_version=due,
                    compare=compared_versions(scene, due),
                )


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    if exchange.aim is not Aim.KEYWORD:
        return None
    return judge_expected_version(
        exchange, scene, probe_text(exchange), "the version it stands for,", "versioning.keywords"
    )


CHECK = Check(
    code="AV221",
    name="keyword-version",
    title="keywords stand for their version",
    promised=_promised,
    plan=_plan,
    judge=_judge,
)
