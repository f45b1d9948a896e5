"""What judges share: which exchanges speak of what, and how statuses and answers are put into words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.exchange import Aim, NoAnswer
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.json.pointer import lookup
from pytest_apiversion.core.judging.disguised_errors import disguised
from pytest_apiversion.core.judging.error_envelopes import FIRST_ERROR, answer_for, error_code, wears
from pytest_apiversion.core.judging.served_version import echo_text, served_by
from pytest_apiversion.core.policy.responses import status_matches
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.policy.version_texts import echoes
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange, Response
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.responses import RequiredHeader, Sunset
    from pytest_apiversion.core.policy.selection import Answer

CONTRACT_AIMS = frozenset({Aim.ACCEPTED, Aim.UNKNOWN_DATA, Aim.REFUSED, Aim.ANONYMOUS, Aim.LESSER})
"""Requests to an operation of the contract, in its own method."""

RESOURCE_AIMS = CONTRACT_AIMS | {Aim.UNROUTED}
"""Requests that reach a declared path of a version, whatever the method."""

FOLLOWED = frozenset({Aim.SUCCESSOR, Aim.POINTER, Aim.HEIR})
"""Requests for places that an answer, or the operation map, leads to: no version's own promises."""

PUBLISHED = frozenset({Aim.DOCUMENT, Aim.COPY, Aim.LISTING})
"""Requests for what an API says of itself, at whole paths: no version's own answers."""

AMBIGUOUS = frozenset({200, 400, 401, 403, 404, 405, 406})
"""Statuses a sunset may be declared with that mean something else on a live version."""

_SHORT = 60
"""Characters of a value that are shown."""

_POLITE = frozenset({501, 503, 505})
"""Failures that say what cannot be done, or not now."""

_SUCCESS = range(200, 300)

FIRST_FAILURE = 500
"""Lowest status that says the server failed (RFC 9110 §15.6)."""


def primary(scene: Scene) -> str:
    """How the subject is asked for when it does not matter: the strongest carrier, or the alias itself."""
    return scene.subject if scene.is_alias else next(iter(scene.policy.carriers))


def operation_of(exchange: Exchange, scene: Scene) -> Operation | None:
    """The contract operation a contract request belongs to; None for other requests."""
    operation = scene.operation_named(scene.version, exchange.operation)
    if operation is None or exchange.aim not in CONTRACT_AIMS or exchange.request.method != operation.method:
        return None
    return operation


def broken_body(exchange: Exchange, scene: Scene) -> bool:
    """Whether an answer's body breaks its contract."""
    response, operation = exchange.response, operation_of(exchange, scene)
    spec = operation.response(response.status) if operation is not None and response is not None else None
    body = spec.body(response.media_type) if spec is not None and response is not None else None
    if response is None or spec is None or not spec.bodies:
        return False
    return body is None or (
        body.validate is not None and (response.parsed.problem is not None or bool(body.validate(response.json)))
    )


def ok(response: Response) -> bool:
    """Whether an answer is a success or a redirect."""
    return response.status < FIRST_ERROR


def told(exchange: Exchange) -> str:
    """What came back, in a line."""
    answer = exchange.answer
    if isinstance(answer, NoAnswer):
        return f"{answer.kind.value} ({answer.detail})"
    kind = answer.media_type or "no content type"
    text = " ".join(answer.text[:400].split())
    body = f": {text[:160]}{'…' if len(text) > 160 else ''}" if text else ", empty body"  # noqa: PLR2004  one line
    return f"{answer.status} ({kind}){body}"


def shortly(value: object) -> str:
    """A JSON value in a few words."""
    text = " ".join(json.dumps(value, ensure_ascii=False).split())
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"


def listed(statuses: Collection[int]) -> str:
    """Statuses in words: `400 or 404`, and whole ranges as `4xx`."""
    rest, words = set(statuses), []
    for hundred in range(1, 6):
        whole = set(range(hundred * 100, hundred * 100 + 100))
        if whole <= rest:
            words.append(f"{hundred}xx")
            rest -= whole
    return " or ".join(sorted([*words, *map(str, rest)]))


def written(exchange: Exchange) -> str:
    """Where a probe put which text, in words."""
    place = exchange.via or "request"
    return f"no version in the {place}" if exchange.probe is None else f"{exchange.probe!r} in the {place}"


def rejection(exchange: Exchange, scene: Scene, what: str) -> Iterator[Broken] | None:
    """Judge a probe that a policy rejects: the status, then the code where the envelope holds.

    A broken envelope is the envelope check's to report, so its code is not missed here a second time.
    """
    answer, response = answer_for(scene.policy, exchange), exchange.response
    if answer is None or answer.kind is not AnswerKind.REJECT or response is None:
        return None
    return _rejection(exchange, scene.policy, answer, response, what)


def rejected_as(exchange: Exchange, scene: Scene, wrong: str) -> bool:
    """Whether an answer is what the policy declares for a kind of wrong."""
    answer, response = (
        scene.policy.answer(wrong, carrier=exchange.via or None, operation=exchange.operation or None),
        exchange.response,
    )
    if answer is None or response is None:
        return False
    return not any(_rejection(exchange, scene.policy, answer, response, wrong))


def _rejection(exchange: Exchange, policy: Policy, answer: Answer, response: Response, what: str) -> Iterator[Broken]:
    expected = f"{listed(answer.statuses)}{_codes(answer.codes)} for {what}"
    served = response.status in _SUCCESS and exchange.request.method != "HEAD" and not wears(policy, exchange)
    if (
        response.status not in answer.statuses or served
    ):  # where errors are a 200, only the envelope tells them from success
        verb = "is accepted" if ok(response) else f"gets {response.status}"
        yield Broken(
            summary=f"{what} {verb} ({written(exchange)})",
            expected=expected,
            received=told(exchange),
            place=answer.place,
        )
    elif answer.codes and exchange.request.method != "HEAD" and wears(policy, exchange):
        code = error_code(policy, exchange)
        if code not in answer.codes:
            yield Broken(
                summary=f"{what} gets the error code {code} ({exchange.via})",
                expected=expected,
                received=told(exchange),
                place=f"{answer.place}.code",
            )


def _codes(codes: Collection[str]) -> str:
    return f" with code {' or '.join(sorted(codes))}" if codes else ""


def selection_place(scene: Scene, wrong: str, kinds: Iterable[AnswerKind] = (AnswerKind.REJECT,)) -> str | None:
    """Where the policy says what a kind of wrong gets for the scene's live version; None where it is not one of the kinds."""
    if scene.is_alias or not scene.stage.answers:
        return None
    policy, allowed = scene.policy, frozenset(kinds)
    holders = [policy.answers, *(carrier.answers for carrier in policy.carriers.values())]
    holders += [rule.answers for rule in policy.operations.values()]
    found = [holder[wrong] for holder in holders if wrong in holder and holder[wrong].kind in allowed]
    return found[0].place if found else None


def promised_headers(scene: Scene) -> list[RequiredHeader]:
    """The response headers the policy promises for the scene's version."""
    return [header for header in scene.policy.headers if header.versions is None or scene.version in header.versions]


def due_on(header: RequiredHeader, status: int) -> bool:
    """Whether a promised header is due on a status."""
    return status_matches(status, header.statuses) and not status_matches(status, header.unless)


def sunset_of(scene: Scene) -> Sunset:
    """What the scene's subject answers after its end."""
    return scene.policy.aliases[scene.subject].gone if scene.is_alias else scene.policy.sunset


def early_sunset(exchange: Exchange, scene: Scene) -> bool:
    """Whether a version that still answers gave a sunset's answer: that is the early sunset's defect, and no other.

    A status the contract declares for the operation may have a reason of its own; then only the error code tells.
    """
    response, sunset = exchange.response, sunset_of(scene)
    if response is None or not exchange.stage.answers or response.status not in sunset.statuses - AMBIGUOUS:
        return False
    operation = scene.operation_named(scene.version, exchange.operation)
    if exchange.aim is Aim.ACCEPTED or operation is None or str(response.status) not in operation.responses:
        return True
    pointers = {envelope.code for envelope in scene.policy.envelopes.values() if envelope.code is not None}
    said = {str(found) for pointer in pointers if isinstance(found := lookup(response.json, pointer), str | int)}
    return not sunset.codes or bool(said & sunset.codes)


def misserved(exchange: Exchange, scene: Scene) -> bool:
    """Whether an answer itself says that another declared version gave it: that is the served version's defect, and no other."""
    response = exchange.response
    text = echo_text(scene.policy, response) if response is not None else None
    named = echoes(scene.policy, text) if text is not None else None
    return named is not None and named != scene.version


def crashed(exchange: Exchange, scene: Scene) -> bool:
    """Whether the server failed, in a way the contract does not declare: 501, 503 and 505 are polite."""
    response = exchange.response
    if response is None or response.status < FIRST_FAILURE or response.status in _POLITE:
        return False
    operation = scene.operation_named(scene.version, exchange.operation)
    return (
        operation is None or not operation.declares(response.status) or str(response.status) not in operation.responses
    )


def unserved(exchange: Exchange, scene: Scene) -> bool:
    """Whether a weaker carrier gets no success where the strongest gets one: that is the carrier's defect, and no other."""
    response, plain = exchange.response, exchange.peers.get(exchange.version)
    if exchange.aim is not Aim.ACCEPTED or exchange.via in {"", primary(scene)} or response is None or plain is None:
        return False
    return ok(plain) and not ok(response)


def needs_version(exchange: Exchange, scene: Scene) -> bool:
    """Whether an operation that has no version refuses a request for want of one."""
    operation = scene.operation_named(scene.version, exchange.operation)
    if operation is None or not operation.neutral or exchange.aim is not Aim.ACCEPTED:
        return False
    if all(carrier.form.in_path for carrier in scene.policy.carriers.values()):
        return False
    return rejected_as(exchange, scene, "missing")


def displaced(exchange: Exchange, scene: Scene) -> bool:
    """Whether this is not the answer that was due at all, which one check reports; what it lacks beside is no defect of its own.

    An early sunset (AV604), another version's answer (AV210), a crash (AV402), a carrier that is not served (AV200), an error in
    the status of a success (AV406), a version asked for where there is none (AV213).
    """
    if (
        early_sunset(exchange, scene)
        or disguised(exchange, scene) is not None
        or crashed(exchange, scene)
        or needs_version(exchange, scene)
        or unserved(exchange, scene)
        or misserved(exchange, scene)
    ):
        return True
    peers, response = exchange.peers, exchange.response
    if exchange.aim is not Aim.ACCEPTED or len(peers) < 2 or response is None or not ok(response):  # noqa: PLR2004  it takes two to compare
        return False
    return served_by(scene.policy, response, peers) not in {None, exchange.version}


def same_as(exchange: Exchange, exchanges: Sequence[Exchange], scene: Scene, *aims: Aim) -> bool:
    """Whether probes of other kinds in the same carrier got the same wrong answer.

    A server that looks at no version, or has one wrong answer for all bad ones, has one defect: that of the plainest kind of wrong.
    """
    return any(
        other.aim in aims
        and other.via in {"", exchange.via}
        and _outcome(other, scene) == _outcome(exchange, scene)
        and any(rejection(other, scene, "a version") or ())
        for other in exchanges
    )


def _outcome(exchange: Exchange, scene: Scene) -> tuple[int, str | None] | None:
    response = exchange.response
    if response is None:
        return None
    return (200, None) if ok(response) else (response.status, error_code(scene.policy, exchange))


def deprecated_place(scene: Scene) -> str | None:
    """Where the scene's subject is declared deprecated, while it is."""
    if scene.stage is not Stage.DEPRECATED:
        return None
    return f"aliases.{scene.subject}.deprecated" if scene.is_alias else f"versions.{scene.subject}.deprecated"
