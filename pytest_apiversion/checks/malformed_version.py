"""A text that is no version of the scheme is rejected as declared, and never makes the server fail.

Near misses (`V1`, `v01`, a digit of another alphabet) come first, then drawn ones: careless parsers take what they should not,
or fall over it. On the contract's first reading, what the service itself says of it is asked too: the release
in its contract's `info.version` (`v1.4` and `v1.4.2` of `v1`), and its text with each digit behind it, where that is no version.

`before` in the answer promises that it comes before no credential, a body that is none, or a path nobody has; the first text is asked so.

Where who names no version gets a default, what stands in the path and is no version may be a path of that one, which nobody has: where nothing
is said of what is malformed, its 404 will do, and where the default is over its answer.

Source: AUG-02, AUG-05, AUG-14, GIR-03; OpenStack microversions (400). Silence: `malformed = { accept = true }`; a 5xx is still
reported.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.http.media_ranges import is_token
from pytest_apiversion.core.http.statuses import FIRST_FAILURE
from pytest_apiversion.core.judging.credentials import missing_answer
from pytest_apiversion.core.judging.probing_methods import as_head, reads_first
from pytest_apiversion.core.judging.promises import answer_for
from pytest_apiversion.core.judging.rejections import flawless_too, no_head, plainer, rejected_as, rejection
from pytest_apiversion.core.judging.request_faults import with_faults
from pytest_apiversion.core.judging.version_families import malformed_family
from pytest_apiversion.core.judging.wording import answer_text, probe_text
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.policy.sunset_answers import sunset_answer
from pytest_apiversion.core.policy.version_texts import debatable
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene

_NOWHERE = 404
"""What a path that nobody has gets."""


def _promised(scene: Scene) -> str | None:
    if scene.is_alias or not scene.stage.answers or scene.policy.scheme == "opaque":
        return None
    answer = scene.policy.answers.get("malformed")
    return answer.place if answer else None


def _plan(scene: Scene) -> Iterator[Ask]:
    if scene.operation is None or _promised(scene) is None:
        return
    for kind, texts in scene.malformed.items():
        answer = scene.policy.answer("malformed", carrier=kind, operation=scene.operation.key)
        for text in texts:
            ask = Ask(aim=Aim.MALFORMED, selection=((kind, text),), via=kind, probe=text)
            if answer is None or text != texts[0]:
                yield ask
            else:
                yield from (*with_faults(scene, answer, ask), *as_head(scene, ask))
    for kind in scene.policy.carriers:
        for text in malformed_family(scene, kind) if reads_first(scene) else ():
            yield Ask(aim=Aim.MALFORMED, selection=((kind, text),), via=kind, probe=text, once=True)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if exchange.aim is not Aim.MALFORMED or response is None:
        return None
    rejected = rejection(exchange, scene, "a malformed version")
    if rejected is None and no_head(exchange, response):
        return None
    found = list(rejected or ())
    failed = response.status >= FIRST_FAILURE and (rejected is None or not _declared(exchange, scene))
    if not found and not failed:
        return ()
    if _of_the_default(exchange, scene) or _as_unknown(exchange, scene):
        return ()
    if not failed:
        unknown = rejected_as(exchange, scene, "unknown") and not rejected_as(exchange, scene, "malformed")
        return (
            [replace(each, summary=f"{each.summary}, as an unknown one does") for each in found] if unknown else found
        )
    return [
        Broken(
            summary=f"a malformed version makes the server fail with {response.status} ({exchange.via})",
            expected="a rejection, never a 5xx that the policy does not declare",
            received=f"{answer_text(exchange)} for {probe_text(exchange)}",
            place=_promised(scene) or "versioning.malformed",
        )
    ]


def _declared(exchange: Exchange, scene: Scene) -> bool:
    """Whether the status is one that a malformed version is to get: 501, 503 and 505 may be."""
    answer, response = answer_for(scene.policy, exchange), exchange.response
    return answer is not None and response is not None and response.status in answer.statuses


def _as_unknown(exchange: Exchange, scene: Scene) -> bool:
    """Whether a text that may be read as a version nobody declared got what such a version gets."""
    if not exchange.probe or not debatable(scene.policy, exchange.via, exchange.probe):
        return False
    return rejected_as(exchange, scene, "unknown")


def _of_the_default(exchange: Exchange, scene: Scene) -> bool:
    """Whether who names no version gets a default, and this is its answer to a path that nobody has: a segment that is no version is none.

    Where the policy says what is malformed, it is that which counts while the default serves.
    """
    carrier, response = scene.policy.carriers.get(exchange.via), exchange.response
    missing = missing_answer(scene, exchange.operation or None)
    if carrier is None or not carrier.form.in_path or response is None or missing is None:
        return False
    default = scene.policy.serving(missing.version, scene.as_of) if missing.kind is AnswerKind.DEFAULT else None
    if default is None:
        return False
    if scene.policy.stage(default, scene.as_of) is Stage.SUNSET:
        return response.status in sunset_answer(scene.policy, default).statuses
    answer = answer_for(scene.policy, exchange)
    return answer is not None and answer.place.endswith(".unknown") and response.status == _NOWHERE


def _yields(exchange: Exchange, exchanges: Sequence[Exchange], scene: Scene) -> bool:
    """What unknown versions wrongly get too is AV203's, quotes that are not read at all AV215's."""
    if flawless_too(exchange, exchanges, scene):
        return True
    return plainer(exchange, exchanges, scene) or _quotes_unread(exchange, exchanges, scene)


def _quotes_unread(exchange: Exchange, exchanges: Sequence[Exchange], scene: Scene) -> bool:
    """Whether all texts that must be quoted in this carrier get one and the same wrong answer, and those that need no quotes none."""
    carrier = scene.policy.carriers.get(exchange.via)
    if carrier is None or not carrier.form.quotes or is_token(exchange.probe or ""):
        return False
    alike = [each for each in exchanges if each.aim is Aim.MALFORMED and each.via == exchange.via]
    quoted, bare = (
        [each.response.status for each in alike if each.response and is_token(each.probe or "") is token]
        for token in (False, True)
    )
    return len(set(quoted)) == 1 and bool(bare) and quoted[0] not in bare


CHECK = Check(
    code="AV204",
    name="malformed-version",
    title="malformed version rejected",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    yields=_yields,
)
