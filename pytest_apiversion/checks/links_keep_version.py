"""Links in answers lead to the version that was asked: in bodies, `Location`, and `Link` to oneself and to other pages.

A page of v2 whose next page is v1's gives a client records of two shapes in one loop. An address counts where it leads to an operation of
the API and stands in a member that is called like one (`links`, `self`, `next`, `href`, `…_url`). One that names no version counts where
the policy says what an unnamed version gets, leads to an alias that is over, or to where there must be none, and the request itself named its version in the address.
One that leads from a version that lives to an alias that is deprecated is a warning: who follows it is let down when the alias ends.
Where the policy says nothing of it, the `Location` of one thing of each kind that this run created is followed once: 404 and 410 show that it leads nowhere. What leads to another version on
purpose is left alone: successors, deprecations, lists of versions. Where a header names the version, an address need not.

Source: ARA-25; RFC 8288 §3; Azure API guidelines (`nextLink` keeps `api-version`). Silence: name the member or header in
`links.elsewhere`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.finding import Severity, quoted_probe
from pytest_apiversion.core.http.statuses import GONE, ok
from pytest_apiversion.core.json.members import generic
from pytest_apiversion.core.judging.credentials import missing_answer
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.response_links import ResponseLink, link_target, response_links
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.policy.carrier_positions import in_address
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.policy.version_texts import keyword_texts, spelling
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.judging.response_links import Target
    from pytest_apiversion.core.policy.subjects import Alias

_FADING = "which is deprecated"
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def _promised(scene: Scene) -> str | None:
    if not scene.stage.answers:
        return None
    return next((f"versioning.{kind}" for kind in scene.policy.carriers if in_address(scene.policy, kind)), None)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    if exchange.aim is Aim.LOCATED:
        return _located(exchange, scene)
    response = read(exchange, scene).own_answer
    if response is None or not ok(response):
        return None
    sent = [value for _, value in exchange.request.query]
    sent.append((exchange.request.body or b"").decode("utf-8", "replace"))
    known = _held_by_contract(exchange, scene, response)
    found: dict[str, Broken] = {}
    for address in response_links(response):
        in_header = not address.place.startswith("/")
        target = link_target(scene.policy, exchange.request, address.text, relative=in_header)
        if (
            target is None
            or address.place in {*scene.policy.elsewhere, *known}
            or any(address.text in text for text in sent)
        ):
            continue
        if _is_ours(target, scene) and (wrong := _leads_out(target, exchange, scene)) is not None:
            found.setdefault(address.place, _broken(address, wrong, scene))
    return list(found.values())


def _located(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    """What is broken where a created thing is not at the place without a version that its `Location` says, and can be read in its version."""
    response = exchange.response
    if response is None:
        return None
    if response.status not in GONE:
        return ()
    said = ResponseLink(place="Location", text=exchange.request.target)
    broken = _broken(said, "no version, where nothing is", scene)
    return [replace(broken, received=f"{broken.received}: {answer_text(exchange)}")]


def _held_by_contract(exchange: Exchange, scene: Scene, response: Response) -> set[str]:
    """Places and headers that break what the contract says of them: AV301's."""
    reading = read(exchange, scene)
    body, spec = reading.body, reading.spec
    problems = body.validate(response.json) if body is not None and body.validate is not None else ()
    found = {generic(problem.where) for problem in problems}
    for header in spec.headers if spec is not None else ():
        value = response.header(header.name)
        if value is not None and header.validate is not None and header.validate(value):
            found.add(header.name)
    return found


def _is_ours(target: Target, scene: Scene) -> bool:
    """Whether an address leads to an operation that the version has too, under whatever name."""
    own = scene.contracts[scene.version]
    for name, contract in scene.contracts.items():
        for method in _METHODS:
            there = contract.match(method, target.path)
            if there is None or there.neutral:
                continue
            key = scene.policy.counterpart(there.key, name, scene.version)
            if key is not None and key in own.operations:
                return True
    return False


def _leads_out(target: Target, exchange: Exchange, scene: Scene) -> str | None:
    """Which version an address leads to, where that is not the one that was asked; None where it is."""
    policy = scene.policy
    for kind, text in target.texts.items():
        if text not in keyword_texts(policy, kind) and (version := spelling(policy, kind).read(text)) != scene.version:
            return version or quoted_probe(text)
    if target.texts or scene.is_alias or exchange.via not in policy.carriers or not in_address(policy, exchange.via):
        return None
    aliases = [each for each in policy.aliases.values() if each.version == scene.version]
    return _without_alias(target, scene, aliases) or _by_default(scene, aliases)


def _without_alias(target: Target, scene: Scene, aliases: Sequence[Alias]) -> str | None:
    """What an address without a version leads to, where that is an alias that is over, or where there must be none."""
    for over in (each for each in aliases if scene.policy.stage(each.name, scene.as_of) is Stage.SUNSET):
        if over.gone.served_by is None and _is_of(over, target, scene):
            return f"the alias {over.name}, which is over"
    if aliases and all(_is_absent(each, target, scene) for each in aliases):
        return "no version, where there is no alias"
    lasting = [each for each in aliases if scene.policy.stage(each.name, scene.as_of) is not Stage.DEPRECATED]
    if aliases and not lasting and scene.stage is Stage.LIVE and all(_is_of(each, target, scene) for each in aliases):
        return f"the alias {aliases[0].name}, {_FADING}"
    return None


def _by_default(scene: Scene, aliases: Sequence[Alias]) -> str | None:
    """What an address without a version leads to by what the policy says of a missing one; None where that is the version, or may be."""
    policy, answer = scene.policy, missing_answer(scene, None)
    if answer is None or answer.kind is AnswerKind.ACCEPT:
        return None
    if answer.kind is AnswerKind.DEFAULT:
        serving = policy.serving(answer.version, scene.as_of)
        return None if serving == scene.version else f"no version, which is {serving}"
    return None if aliases else "no version, which is refused"


def _is_of(alias: Alias, target: Target, scene: Scene) -> bool:
    """Whether an operation that is asked for at an address has, or had, the alias."""
    return alias.operations is None or not alias.operations.isdisjoint(_names(target, scene))


def _is_absent(alias: Alias, target: Target, scene: Scene) -> bool:
    """Whether the alias must not answer at an address (AV211)."""
    return scene.policy.stage(alias.name, scene.as_of).answers and not alias.absent.isdisjoint(_names(target, scene))


def _names(target: Target, scene: Scene) -> set[str]:
    """The operations that an address leads to, and their paths, by which the policy names them."""
    contract = scene.contracts[scene.version]
    keys = {found.key for method in _METHODS if (found := contract.match(method, target.path)) is not None}
    return keys | {key.partition(" ")[2] for key in keys}


def _broken(address: ResponseLink, wrong: str, scene: Scene) -> Broken:
    place = next(f"versioning.{kind}" for kind in scene.policy.carriers if in_address(scene.policy, kind))
    return Broken(
        summary=f"a link at {address.place} leads to {wrong}",
        expected=f"a link that stays in {scene.version}",
        received=scene.policy.secrets.beginning(address.text, 200),
        place=place,
        severity=Severity.WARNING if wrong.endswith(_FADING) else None,
    )


CHECK = Check(
    code="AV312",
    name="links-keep-version",
    title="links keep the version",
    promised=_promised,
    judge=_judge,
)
