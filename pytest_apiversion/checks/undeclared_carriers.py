"""A version named where nobody declared one has no effect: only the declared carriers select.

A header that some framework or gateway reads besides lets a client reach a version its URL does not name, and caches and logs
never learn. On one reading of a version, the first that succeeds, and on one write for each method, where those may be sent, the version is asked for
where it is declared, and another one in each of the customary places that the policy does not name (`X-API-Version`, `Api-Version`, `?version=`, `?api-version=`, `version` in
`Accept`), and in the query by the name of a header that is declared (as it is written, and in small letters), or the other way round; and an unknown version where it is declared, with this one in those places (not in a `DELETE`). Where it is said what who names no version gets, one reading names this version in those places only.
To refuse such a request is no effect, unless another version says that it did.

Source: VER-02, MOO-29. Silence: leave `versioning.undeclared_carriers` out, or declare the carrier.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.core.http.statuses import GONE, ok
from pytest_apiversion.core.judging.credentials import missing_answer
from pytest_apiversion.core.judging.probing_methods import reads, uses_up, writes
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.served_version import named_by
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.policy.carrier_positions import negotiates, opposite_places
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.policy.version_texts import spell, unknown_texts
from pytest_apiversion.core.versions.schemes import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response

_HEADER, _QUERY, _ACCEPT = "header", "query", "accept"
"""Places of a request, the first two as contracts call those of parameters; no carriers, for nobody declared any there."""
_CUSTOMARY = ((_HEADER, "X-API-Version"), (_HEADER, "Api-Version"), (_QUERY, "version"), (_QUERY, "api-version"))


def _promised(scene: Scene) -> str | None:
    if scene.is_alias or not scene.stage.answers or not scene.policy.exclusive:
        return None
    return "versioning.undeclared_carriers"


def _plan(scene: Scene) -> Iterator[Ask]:
    if not (reads(scene) or writes(scene)) or _promised(scene) is None:
        return
    policy = scene.policy
    kind = next(iter(policy.carriers))
    places = list(_places(scene))
    if (other := next(iter(scene.released(but=scene.subject)), None)) is not None:
        for place in places:
            for text in _texts(scene, other):
                yield _ask(scene, (kind, spell(policy, kind, scene.subject)), place, text, (scene.subject, other))
    answer = policy.answer("unknown", carrier=kind)
    nobody = next(iter(unknown_texts(policy, kind)), None)
    if nobody is not None and answer is not None and answer.kind is AnswerKind.REJECT and not uses_up(scene):
        for place in places:
            for text in _texts(scene, scene.subject):
                yield _ask(scene, (kind, nobody), place, text, ())
    if reads(scene):
        yield from _alone(scene, places)


def _alone(scene: Scene, places: Sequence[tuple[str, str]]) -> Iterator[Ask]:
    """The scene's version in such places and in no declared one, where it is said what who names none gets: that is not this version."""
    answer = missing_answer(scene, scene.operation.key if scene.operation else "")
    if answer is None or answer.kind is AnswerKind.ACCEPT:
        return
    default = scene.policy.serving(answer.version, scene.as_of) if answer.kind is AnswerKind.DEFAULT else None
    if default == scene.subject or (default is None and answer.kind is AnswerKind.DEFAULT):
        return
    for place in places:
        for text in _texts(scene, scene.subject):
            compare = (default, scene.subject) if default is not None else ()
            ask = replace(_ask(scene, None, place, text, compare), aim=Aim.STRAY_ALONE)
            yield replace(ask, expected_version=default)


def _places(scene: Scene) -> Iterator[tuple[str, str]]:
    """The customary places, and those beside declared ones, that neither policy nor operation names: what they are, and by which name."""
    parameters = scene.operation.parameters if scene.operation is not None else ()
    taken = {(each.place, each.name.lower()) for each in parameters}
    wanted: dict[tuple[str, str], str] = {}
    for place, name in (*_CUSTOMARY, *opposite_places(scene.policy)):
        wanted.setdefault((place, name.lower() if place == _HEADER else name), name)
    for (place, _), name in wanted.items():
        if (place, name.lower()) not in taken and not any(
            _reads(scene, kind, place, name) for kind in scene.policy.carriers
        ):
            yield place, name
    if not any(negotiates(scene.policy, kind) for kind in scene.policy.carriers):
        yield _ACCEPT, "version"


def _reads(scene: Scene, kind: str, place: str, name: str) -> bool:
    """Whether a declared carrier finds a version in a customary place; some servers tell no `Version` from `version` in a query either."""
    carrier = scene.policy.carriers[kind]
    called = carrier.name if carrier.name.lower() == name.lower() else name
    pairs = ((called, spell(scene.policy, kind, scene.subject)),)
    request = Request(method="GET", path="/")
    request = replace(request, headers=pairs) if place == _HEADER else replace(request, query=pairs)
    return bool(carrier.form.read(request, carrier))


def _texts(scene: Scene, version: str) -> list[str]:
    """How a version is customarily written: by its name, and by its number."""
    found = parse(scene.policy.scheme, version, scene.policy.codenames)
    number = found.fields.get("number") if found else None
    return list(dict.fromkeys([version, number] if number else [version]))


def _ask(
    scene: Scene, pair: tuple[str, str] | None, place: tuple[str, str], text: str, compare: tuple[str, ...]
) -> Ask:
    kind, name = place
    said = f"?{name}={text}" if kind == _QUERY else f"{name}: {text}"
    headers: tuple[tuple[str, str], ...] = ((name, text),) if kind == _HEADER else ()
    if kind == _ACCEPT:
        said = f"Accept: application/json; {name}={text}"
        headers = (("Accept", f"application/json; {name}={text}"),)
    return Ask(
        aim=Aim.STRAY,
        selection=(pair,) if pair is not None else (),
        via=pair[0] if pair is not None else "",
        probe=f"{pair[1]} in the {pair[0]}, {said}" if pair is not None else f"no version where one belongs, {said}",
        expected_version=scene.subject if compare else None,
        compare=compare,
        headers=headers,
        query=((name, text),) if kind == _QUERY else (),
        once=True,
    )


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if exchange.aim is Aim.STRAY_ALONE and response is not None:
        return _judge_alone(exchange, scene, response)
    if exchange.aim is not Aim.STRAY or response is None:
        return None
    summary, expected = "", ""
    if exchange.peers:
        served = read(exchange, scene).served_by
        if served is None:
            return None if ok(response) else ()
        refused = not ok(response) and response.status not in GONE
        if refused and named_by(scene.policy, response, exchange.peers) is None:
            return ()  # as versions refuse each other's bodies, too
        if served != exchange.version and response.status == exchange.peers[served].status:
            summary = f"{served} answers for {exchange.probe}, which nobody declared"
            expected = f"the answer of {exchange.version}: only the {exchange.via} names a version"
    elif ok(response):
        summary = f"an unknown version is rescued by what nobody declared: {exchange.probe}"
        expected = "a rejection: the version that is asked for is unknown"
    return [_broken(exchange, summary, expected)] if summary else ()


def _judge_alone(exchange: Exchange, scene: Scene, response: Response) -> Iterable[Broken] | None:
    """What is broken where who names a version in no declared place does not get what who names none gets."""
    if not ok(response):
        return ()
    if not exchange.peers:
        summary = f"{exchange.version} is selected by what nobody declared: {exchange.probe}"
        return [_broken(exchange, summary, "what a request without a version gets: a rejection")]
    served = read(exchange, scene).served_by
    if served is None:
        return None
    if served != exchange.version or response.status != exchange.peers[served].status:
        return ()
    summary = f"{served} answers for {exchange.probe}, which nobody declared"
    return [_broken(exchange, summary, f"the answer of {exchange.expected_version}, which who names no version gets")]


def _broken(exchange: Exchange, summary: str, expected: str) -> Broken:
    place = "versioning.undeclared_carriers"
    return Broken(summary=summary, expected=expected, received=answer_text(exchange), place=place)


def _yields(exchange: Exchange, exchanges: Sequence[Exchange], _scene: Scene) -> bool:
    """Where unknown versions are served anyway it is AV203's, where missing ones are it is AV201's."""
    if exchange.aim is Aim.STRAY_ALONE:
        return not exchange.peers and any(
            each.aim is Aim.MISSING and each.response is not None and ok(each.response) for each in exchanges
        )
    return not exchange.peers and any(
        each.aim is Aim.UNKNOWN and each.via == exchange.via and each.response is not None and ok(each.response)
        for each in exchanges
    )


CHECK = Check(
    code="AV219",
    name="undeclared-carriers",
    title="only declared carriers select",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    yields=_yields,
)
