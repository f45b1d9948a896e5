"""Expected versions: which version must answer a request that names none, or names it by another word, and whether it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def contrasting_version(scene: Scene, name: str) -> str | None:
    """A version to tell one from: the scene's own, or the newest that is released; None where there is no other.

    Of a sunset version nothing can be told apart by asking it, so it comes last.
    """
    others = scene.released(but=name)
    serving = [each for each in others if scene.policy.stage(each, scene.as_of).answers]
    found = serving or others
    return scene.subject if scene.subject in serving else found[-1] if found else None


def judge_expected_version(
    exchange: Exchange, scene: Scene, what: str, role: str, place: str
) -> Iterable[Broken] | None:
    """Judge whether the version that is due gave an answer; None where that cannot be told.

    Args:
        exchange: With the version that is due, and what that one and another get.
        scene: The scene.
        what: What was asked, in words.
        role: What the version that is due is to it, in words.
        place: Dotted place in the policy file.
    """
    if exchange.expected_version is None or exchange.response is None:
        return None
    served = read(exchange, scene).served_by
    if served is None or served == exchange.expected_version:
        return None if served is None else ()
    return [
        Broken(
            summary=f"{what} is answered by {served}",
            expected=f"{role} {exchange.expected_version} answers",
            received=answer_text(exchange),
            place=place,
        )
    ]
