"""Holds every exchange to every check that applies; gives findings and counts."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.core.finding import Finding, Setting, Severity
from pytest_apiversion.core.http.message_text import answer_text, request_text
from pytest_apiversion.core.judging.element_use import element_scenes, scene_of
from pytest_apiversion.core.judging.evidence import refusals, shows
from pytest_apiversion.core.judging.wording import deciding_text
from pytest_apiversion.core.policy.version_texts import spell
from pytest_apiversion.core.versions.likenesses import likenesses
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.execution.outcome import Later

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.broken import Broken
    from pytest_apiversion.core.checking.check import Check, Memory
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Request


_FAILURES = (ArithmeticError, LookupError, TypeError, ValueError, AttributeError)
"""What a check that has a fault raises."""


class Tallies(Counter[str]):
    """How many exchanges each check could judge, by code.

    Attributes:
        held: In what circumstances each check saw its promise held, by code.
        later: What checks say once the items before this one have been held; each gives the code, and the findings or None.
    """

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[str, set[Setting]] = {}
        self.later: list[Later] = []

    def take(self, other: Tallies) -> None:
        """Add another's."""
        self.update(other)
        self.later += other.later
        for code, settings in other.held.items():
            self.held.setdefault(code, set()).update(settings)


def judge(
    exchanges: Sequence[Exchange], scene: Scene, reproduce: Callable[[Request], str], *, whole: bool = True
) -> tuple[list[Finding], Tallies]:
    """Let every promised check speak about exchanges.

    Args:
        exchanges: All exchanges of one item.
        scene: What they are about.
        reproduce: Writes a request as a line to paste.
        whole: Whether these are all exchanges of an item; from a part nothing is concluded.

    Returns:
        The findings, and how many exchanges each check could judge, by code.

    Raises:
        ToolError: A check failed.
    """
    findings: list[Finding] = []
    tallies = Tallies()
    refused = refusals(exchanges, scene)
    views = _views(exchanges, scene)
    for check in checks():
        due = {id(view) for view in (scene, *views) if promised(check, view)}
        if not due or (scene.part is not None and not check.of_parts):
            continue
        try:
            for broken, exchange, weight in _verdicts(check, exchanges, scene, due, whole=whole):
                seen = bool(broken) or exchange is None or shows(exchange, scene, refused)
                tallies[check.code] += weight if seen else 0
                findings += [finding(check, each, scene, each.exchange or exchange, reproduce) for each in broken]
                if weight and seen and exchange is not None and not broken:
                    tallies.held.setdefault(check.code, set()).add(_setting(exchange, scene))
            if check.across is not None and whole and id(scene) in due:
                hold = check.across(exchanges, scene)
                tallies.later += [] if hold is None else [partial(_across, check, hold, scene, reproduce)]
        except _FAILURES as error:
            raise _failed(check, error) from error
    return findings, tallies


def _across(
    check: Check, hold: Callable[[Memory], Iterable[Broken] | None], scene: Scene, reproduce: Callable[[Request], str]
) -> tuple[str, list[Finding] | None]:
    """What a check says of an item beside those before it.

    Raises:
        ToolError: It failed.
    """
    memory: Memory = scene.once(f"what {check.code} remembers", dict)
    try:
        said = hold(memory)
        found = None if said is None else [finding(check, each, scene, each.exchange, reproduce) for each in said]
    except _FAILURES as error:
        raise _failed(check, error) from error
    return check.code, found


def _failed(check: Check, error: Exception) -> ToolError:
    return ToolError(f"the check {check.code} {check.name} failed: {type(error).__name__}: {error}")


def _views(exchanges: Sequence[Exchange], scene: Scene) -> tuple[Scene, ...]:
    """The scenes in which some of the exchanges are judged: those that use what has a life of its own."""
    found = (scene_of(each, scene) for each in exchanges if each.elements)
    return tuple({id(view): view for view in found}.values())


def promised(check: Check, scene: Scene) -> bool:
    """Whether the policy promises a check for a scene, and has neither switched it off nor waived it."""
    policy = scene.policy
    if policy.severities.get(check.code) == "off" or any(
        waiver.check == check.code and waiver.version == scene.subject and waiver.counts(scene.as_of)
        for waiver in policy.waivers
    ):
        return False
    return check.promised(scene) is not None


def promised_whole(check: Check, scene: Scene) -> bool:
    """Whether a check is promised for the version or alias of a scene; in the view of an operation with its own life, for that too."""
    if not promised(check, replace(scene, operation=None)):
        return False
    own = scene.operation is not None and scene.policy.lifecycle(scene.subject).place
    return not own or promised(check, scene)


def _verdicts(
    check: Check, exchanges: Sequence[Exchange], scene: Scene, due: Collection[int], *, whole: bool
) -> Iterable[tuple[Sequence[Broken], Exchange | None, int]]:
    if check.judge is not None:
        for exchange in exchanges:
            view = scene_of(exchange, scene)
            said = check.judge(exchange, view) if id(view) in due else None
            if said is not None:
                broken = list(said)
                left = bool(broken) and check.yields is not None and check.yields(exchange, exchanges, view)
                yield ([] if left else broken), exchange, not left  # what is left to another is not held here
    if id(scene) not in due:
        return
    if check.conclude is not None and whole:
        said = check.conclude(exchanges, scene)
        if said is not None:
            yield list(said), None, 1
    if check.inspect is not None and not exchanges and scene.operation is None:
        said = check.inspect(scene)
        if said is not None:
            yield list(said), None, 1


def _setting(exchange: Exchange, scene: Scene) -> Setting:
    """In what circumstances an exchange's answer came; it is worked out once."""
    known = exchange.memo.get("setting")
    if isinstance(known, Setting):
        return known
    policy, response = scene.policy, exchange.response
    texts: tuple[str, ...] = ()
    if exchange.probe is not None and exchange.via in policy.carriers and exchange.aim.meaning.of_text:
        known_texts: dict[str, tuple[str, ...]] = scene.once(f"likenesses {exchange.via}", dict)
        text = deciding_text(exchange.probe, exchange.via)
        if text not in known_texts:
            known_texts[text] = likenesses(text, _declared(scene, exchange.via))
        texts = known_texts[text]
    made = Setting(
        status=str(response.status) if response is not None else "",
        method=exchange.request.method,
        carrier=exchange.via,
        asked=exchange.aim.value,
        texts=texts,
    )
    exchange.memo["setting"] = made
    return made


def _declared(scene: Scene, via: str) -> Mapping[str, bool]:
    """How each version is named through a carrier, and whether it answers."""
    policy = scene.policy
    return scene.once(
        f"declared {via}",
        lambda: {spell(policy, via, each): policy.stage(each, scene.as_of).answers for each in policy.versions},
    )


def _number(exchange: Exchange) -> int:
    """A number that is the same for the same request asked for the same end."""
    request = exchange.request
    body = request.body or b""
    text = f"{exchange.aim.name} {exchange.via} {exchange.probe} {request.method} {request.target} {exchange.operation}"
    return zlib.crc32(body, zlib.crc32(text.encode("utf-8", "replace")))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shown:
    """What every finding about an exchange shows of it, masked."""

    number: int
    repeat: str
    request: str
    answer: str


def _shown(exchange: Exchange, reproduce: Callable[[Request], str]) -> _Shown:
    """What findings show of an exchange; it is worked out once, since many checks may speak of one."""
    known = exchange.memo.get("shown")
    if isinstance(known, _Shown):
        return known
    beginning = exchange.secrets.beginning
    made = _Shown(
        number=_number(exchange),
        repeat="\n".join(map(reproduce, (*exchange.before, exchange.request))),
        request=request_text(exchange.request, beginning),
        answer=answer_text(exchange.answer, beginning),
    )
    exchange.memo["shown"] = made
    return made


def identity(check: Check, broken: Broken, scene: Scene, exchange: Exchange) -> tuple[str, str, str, str, str]:
    """The identity of a finding from what a judge said of an exchange, without the words that tell it."""
    return (check.code, scene.subject, (broken.exchange or exchange).operation, broken.summary, broken.place)


def finding(
    check: Check, broken: Broken, scene: Scene, exchange: Exchange | None, reproduce: Callable[[Request], str]
) -> Finding:
    """A finding from what a judge said and the exchange it said it about."""
    shown = _shown(exchange, reproduce) if exchange else None
    return Finding(
        code=check.code,
        promise=check.title,
        version=scene.subject,
        operation=exchange.operation if exchange else "",
        summary=broken.summary,
        expected=broken.expected,
        received=broken.received,
        place=broken.place,
        kind=broken.kind,
        reproduce=shown.repeat if shown else "",
        severity=Severity(given)
        if (given := scene.policy.severities.get(check.code))
        else broken.severity or check.severity,
        status=exchange.response.status if exchange and exchange.response else None,
        probe=exchange.probe if exchange else None,
        settings=(_setting(exchange, scene),) if exchange else (),
        answers=(shown.number,) if shown else (),
        request=shown.request if shown else "",
        answer=shown.answer if shown else "",
    )


def promised_codes(scene: Scene, parts: Iterable[Scene]) -> tuple[str, ...]:
    """The codes of the checks that a policy promises of a version as a whole, or of an operation with a life of its own.

    Args:
        scene: The version's.
        parts: Those of such operations.
    """
    due = list(scene.once("promised", lambda: [check for check in checks() if promised_whole(check, scene)]))
    for view in element_scenes(scene):  # what is promised of an element and not of its operation
        due += [check for check in checks() if promised(check, view) and not promised(check, scene)]
    due += [check for each in parts for check in checks() if check.of_parts and promised(check, each)]
    return tuple(dict.fromkeys(check.code for check in due))
