"""A rejected version is told which versions there are, where the policy says that a rejection lists them.

A client that asks for a version that was removed, or mistypes one, learns from the answer itself what to ask for instead. Held are
rejections with the declared status and envelope; all others are found by the check of their kind. Every version that is live or deprecated must be
named there, as it is declared or as its carrier writes it, and none that does not serve. With `versioning.range` it is enough to name the
oldest and the newest. One that is away for the hours of a brownout may be named, or not. The text that was asked for may be repeated. With `order` they come oldest or newest first.

Source: SEL-18; RFC 9110 §15.5.7; Azure REST API Guidelines, OpenStack microversions. Silence: leave `lists` out of `versioning.unknown`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.json.pointer import lookup
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.policy.version_texts import spell
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.selection import Answer

_NAMING = frozenset({Stage.LIVE, Stage.DEPRECATED})


def _promised(scene: Scene) -> str | None:
    policy = scene.policy
    if scene.is_alias or not scene.stage.answers:
        return None
    holders = (policy.answers, *(carrier.answers for carrier in policy.carriers.values()))
    places = (f"{answer.place}.lists" for holder in holders for answer in holder.values() if answer.lists)
    return next(places, None)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    reading = read(exchange, scene)
    response, answer = exchange.response, reading.declared
    if response is None or answer is None or not answer.lists or response.status not in answer.statuses:
        return None
    if exchange.request.method == "HEAD" or not reading.wears_envelope:
        return None
    said = [text for pointer in answer.lists for text in _texts(lookup(response.json, pointer))]
    found = list(_wrong(exchange, scene, said, response, f"{answer.place}.lists"))
    return found or list(_order(exchange, scene, said, answer))


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
            received=f"{', '.join(said) or 'nothing'}: {answer_text(exchange)}",
            place=place,
        )
    dead = [
        name
        for name in policy.versions
        if not policy.stage(name, scene.as_of).answers and policy.lifecycle(name).brownout(scene.as_of) is None
    ]
    if wrong := [name for name in dead if name not in (exchange.probe or "") and _named(said, {name})]:
        yield Broken(
            summary=f"the {response.status} for {exchange.aim.value} lists {' and '.join(wrong)}, which does not serve",
            expected=expected,
            received=", ".join(said),
            place=place,
        )


def _order(exchange: Exchange, scene: Scene, said: list[str], answer: Answer) -> Iterator[Broken]:
    """Versions that are all named, and not in the order that the answer promises."""
    policy, via = scene.policy, exchange.via or next(iter(scene.policy.carriers))
    if answer.order is None:
        return
    serving = {
        name: {name, spell(policy, via, name)} for name in policy.versions if policy.stage(name, scene.as_of) in _NAMING
    }
    if any(_named([exchange.probe or ""], spellings) for spellings in serving.values()):
        return  # a rejection may repeat what was asked for, before it lists what there is
    places = {name: _first(said, spellings) for name, spellings in serving.items()}
    named = [name for name in serving if places[name] is not None]
    due = named[::-1] if answer.order == "newest-first" else named
    got = sorted(named, key=lambda name: places[name] or (0, 0))
    if got != due:
        yield Broken(
            summary=f"the {exchange.response.status if exchange.response else ''} for {exchange.aim.value} does not list versions {answer.order}",
            expected=f"{', '.join(due)}, at {answer.place}.lists",
            received=f"{', '.join(said)}: {answer_text(exchange)}",
            place=f"{answer.place}.order",
        )


def _first(lines: list[str], spellings: set[str]) -> tuple[int, int] | None:
    """Where a version stands first as a word of its own: the line, and where in it; None where it stands nowhere."""
    pattern = _word(spellings)
    found = ((number, match.start()) for number, line in enumerate(lines) if (match := pattern.search(line)))
    return next(found, None)


def _word(spellings: set[str]) -> re.Pattern[str]:
    words = "|".join(re.escape(text) for text in sorted(spellings))
    return re.compile(rf"(?<![\w.-])(?:{words})(?![\w-]|\.\w)")


def _named(lines: list[str], spellings: set[str]) -> bool:
    """Whether a version stands somewhere as a word of its own: `2.1` is not in `2.10`, nor in `12.1`."""
    return _first(lines, spellings) is not None


CHECK = Check(
    code="AV218",
    name="rejection-lists-versions",
    title="rejections list what is supported",
    promised=_promised,
    judge=_judge,
)
