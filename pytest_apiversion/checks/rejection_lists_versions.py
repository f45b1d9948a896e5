"""A rejected version is told which versions there are, where the policy says that a rejection lists them.

A client that asks for a version that was removed, or mistypes one, learns from the answer itself what to ask for instead. Held are
rejections with the declared status and envelope; all others are found by the check of their kind. Every version that is live or deprecated must be
named there, as it is declared or as its carrier writes it, and none that does not serve. With `versioning.range` it is enough to name the
oldest and the newest. The text that was asked for may be repeated.

Source: SEL-18; RFC 9110 §15.5.7; Azure REST API Guidelines, OpenStack microversions. Silence: leave `lists` out of `versioning.unknown`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.json.pointer import lookup
from pytest_apiversion.core.judging.error_envelopes import answer_for, wears
from pytest_apiversion.core.judging.reading import told
from pytest_apiversion.core.policy.version_texts import spell
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange, Response

_NAMING = frozenset({Stage.LIVE, Stage.DEPRECATED})


def _promised(scene: Scene) -> str | None:
    policy = scene.policy
    if scene.is_alias or not scene.stage.answers:
        return None
    holders = (policy.answers, *(carrier.answers for carrier in policy.carriers.values()))
    places = (f"{answer.place}.lists" for holder in holders for answer in holder.values() if answer.lists)
    return next(places, None)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response, answer = exchange.response, answer_for(scene.policy, exchange)
    if response is None or answer is None or not answer.lists or response.status not in answer.statuses:
        return None
    if exchange.request.method == "HEAD" or not wears(scene.policy, exchange):
        return None
    said = [text for pointer in answer.lists for text in _texts(lookup(response.json, pointer))]
    return list(_wrong(exchange, scene, said, response, f"{answer.place}.lists"))


def _texts(value: object) -> Iterator[str]:
    """The texts of what stands at a place: itself, or those in it."""
    if isinstance(value, str | int):
        yield str(value)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _wrong(exchange: Exchange, scene: Scene, said: list[str], response: Response, place: str) -> Iterator[Broken]:
    policy, via = scene.policy, exchange.via or next(iter(scene.policy.carriers))
    due = [name for name in policy.versions if policy.stage(name, scene.as_of) in _NAMING]
    if policy.range:
        due = list(dict.fromkeys((*due[:1], *due[-1:])))
    expected = f"{', '.join(due)}, at {place}"
    if left := [name for name in due if not _named(said, {name, spell(policy, via, name)})]:
        yield Broken(
            summary=f"the {response.status} for {exchange.aim.value} does not list {' and '.join(left)}",
            expected=expected,
            received=f"{', '.join(said) or 'nothing'}: {told(exchange)}",
            place=place,
        )
    dead = [name for name in policy.versions if not policy.stage(name, scene.as_of).answers]
    if wrong := [name for name in dead if name not in (exchange.probe or "") and _named(said, {name})]:
        yield Broken(
            summary=f"the {response.status} for {exchange.aim.value} lists {' and '.join(wrong)}, which does not serve",
            expected=expected,
            received=", ".join(said),
            place=place,
        )


def _named(lines: list[str], spellings: set[str]) -> bool:
    """Whether a version stands somewhere as a word of its own: `2.1` is not in `2.10`, nor in `12.1`."""
    words = "|".join(re.escape(text) for text in spellings)
    return any(re.search(rf"(?<![\w.-])(?:{words})(?![\w-]|\.\w)", line) for line in lines)


CHECK = Check(
    code="AV218",
    name="rejection-lists-versions",
    title="rejections list what is supported",
    promised=_promised,
    judge=_judge,
)
