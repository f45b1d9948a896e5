"""Requests that name no version, or name one by another word: which declared version must answer, and whether it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging.reading import told
from pytest_apiversion.core.judging.served_version import served_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange


def another(scene: Scene, name: str) -> str | None:
    """A version to tell one from: the scene's own, or the newest that is released; None where there is no other.

    Of a sunset version nothing can be told apart by asking it, so it comes last.
    """
    others = scene.released(but=name)
    serving = [each for each in others if scene.policy.stage(each, scene.as_of).answers]
    found = serving or others
    return scene.subject if scene.subject in serving else found[-1] if found else None


def stands_for(exchange: Exchange, scene: Scene, what: str, role: str, place: str) -> Iterable[Broken] | None:
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
    served = served_by(scene.policy, exchange.response, exchange.peers)
    if served is None or served == exchange.expected_version:
        return None if served is None else ()
    return [
        Broken(
            summary=f"{what} is answered by {served}",
            expected=f"{role} {exchange.expected_version} answers",
            received=told(exchange),
            place=place,
        )
    ]
