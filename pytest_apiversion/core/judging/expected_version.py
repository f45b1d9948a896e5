"""Expected versions: which version must answer a request that names none, or names it by another word, and whether it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.http.statuses import FIRST_FAILURE, ok
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.policy.sunset_answers import sunset_answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response


def contrasting_version(scene: Scene, name: str) -> str | None:
    """A version to tell one from: the scene's own, or the newest that is released; None where there is no other.

    Of a sunset version nothing can be told apart by asking it, so it comes last.
    """
    others = scene.released(but=name)
    serving = [each for each in others if scene.policy.stage(each, scene.as_of).answers]
    found = serving or others
    return scene.subject if scene.subject in serving else found[-1] if found else None


def compared_versions(scene: Scene, due: str) -> tuple[str, ...]:
    """The versions that are asked plainly beside a request that stands for one: that one, and another to tell it from, if there is any.

    A sunset version that another one serves answers nothing of its own.
    """
    other, policy = contrasting_version(scene, due), scene.policy
    if other is None or (
        sunset_answer(policy, other).served_by is not None and not policy.stage(other, scene.as_of).answers
    ):
        return (due,)
    return (due, other)


def judge_expected_version(
    exchange: Exchange, scene: Scene, what: str, role: str, place: str
) -> Iterable[Broken] | None:
    """Judge whether the version that is due gave an answer; None where that cannot be told.

    Where that version succeeds when it is asked plainly, a refusal is no answer of its own.

    Args:
        exchange: With the version that is due, and what that one and another get.
        scene: The scene.
        what: What was asked, in words.
        role: What the version that is due is to it, in words.
        place: Dotted place in the policy file.
    """
    due, response = exchange.expected_version, exchange.response
    if due is None or response is None:
        return None
    served = read(exchange, scene).served_by
    if is_refused(exchange, response, served):
        summary = f"{what} " + ("is refused" if response.status < FIRST_FAILURE else f"gets {response.status}")
    elif served is None or served == due:
        alone = len(exchange.peers) == 1 and response.status != exchange.peers[due].status
        return None if served is None or alone else ()
    else:
        summary = f"{what} is answered by {served}"
    return [
        Broken(
            summary=summary,
            expected=f"{role} {due} answers",
            received=answer_text(exchange),
            place=place,
        )
    ]


def is_refused(exchange: Exchange, response: Response, served: str | None) -> bool:
    """Whether a request is refused where a version that is due succeeds when it is asked plainly.

    Args:
        exchange: With the version that is due, and what that one and another get.
        response: Its answer.
        served: The version whose answer it looks like, if any. Where that one is refused with the same status, the answer is its own.
    """
    plain = exchange.peers.get(exchange.expected_version or "")
    if plain is None or not ok(plain) or ok(response):
        return False
    other = exchange.peers.get(served or "")
    return other is None or other is plain or response.status != other.status
