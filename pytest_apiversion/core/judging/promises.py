"""Promises: what a policy promises for a scene or an exchange, and in which place of the policy file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.statuses import status_matches
from pytest_apiversion.core.policy.announcements import announcement
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.policy.sunset_answers import sunset_answer
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.responses import DeprecationHeader, RequiredHeader, Sunset
    from pytest_apiversion.core.policy.selection import Answer


def policy_place(scene: Scene) -> str:
    """The dotted place of the scene's version or alias, or of the part of it that has a life of its own."""
    part = scene.policy.lifecycle(scene.subject).place
    return part or f"{'aliases' if scene.is_alias else 'versions'}.{scene.subject}"


def is_newest(scene: Scene) -> bool:
    """Whether what is said of the whole file is said at this subject: the newest version."""
    return scene.subject == list(scene.policy.versions)[-1]


AMBIGUOUS = frozenset({200, 400, 401, 403, 404, 405, 406})
"""Statuses a sunset may be declared with that mean something else on a live version."""

_OF_THE_REQUEST = frozenset({408, 409, 411, 412, 413, 414, 415, 416, 417, 422, 423, 424, 425, 428, 429, 431})
"""Statuses that speak of the request, its body, or the state of a thing (RFC 9110 §15.5, RFC 4918 §11, RFC 6585)."""

_GONE = frozenset({410})

_WHOLE_CLASS = 100
"""As many statuses as a class such as `4xx` has."""


def ends_by_status(sunset: Sunset) -> frozenset[int]:
    """The statuses of a sunset that tell by themselves that something is over.

    Where a whole class may come (`4xx`), that is 410 alone: the others are the ordinary refusals of a live version too.
    """
    named = sunset.statuses if len(sunset.statuses) < _WHOLE_CLASS else sunset.statuses & _GONE
    return named - AMBIGUOUS - _OF_THE_REQUEST


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
    alias = scene.subject if scene.is_alias else None
    return [header for header in scene.policy.headers if header.promised_for(scene.version, alias)]


def due_on(header: RequiredHeader, status: int) -> bool:
    """Whether a promised header is due on a status."""
    return status_matches(status, header.statuses) and not status_matches(status, header.unless)


def due_through(header: RequiredHeader, exchange: Exchange) -> bool:
    """Whether a promised header is due on the answer to a request: by its method, and by where it names the version."""
    method = header.methods is None or exchange.request.method in header.methods
    return method and (header.carriers is None or exchange.via in header.carriers)


def unpromised_forms(exchange: Exchange, scene: Scene, response: Response) -> Iterator[str]:
    """The names of promised headers that are due on an answer and are not there, or have not the form that is promised: AV701's."""
    for header in promised_headers(scene):
        value = response.header(header.name)
        if (
            due_on(header, response.status)
            and due_through(header, exchange)
            and not header.refusals
            and (value is None or (header.pattern is not None and not header.pattern.fullmatch(value)))
        ):
            yield header.name


def refused_after_end(scene: Scene) -> Sunset | None:
    """What the scene's subject answers after its end, once it is over and nothing serves instead; None until then, or where something does."""
    sunset = sunset_of(scene)
    return sunset if scene.stage is Stage.SUNSET and sunset.served_by is None else None


def due_after_end(header: RequiredHeader, status: int) -> bool:
    """Whether a promised header is due on a status of a sunset: the file must name the very status, or say `"*"`."""
    named = header.everywhere or str(status) in header.statuses
    return due_on(header, status) and named and not header.refusals


def sunset_of(scene: Scene) -> Sunset:
    """What the scene's subject answers after its end."""
    return sunset_answer(scene.policy, scene.subject)


def announced_headers(scene: Scene) -> tuple[DeprecationHeader, ...]:
    """The headers that announce the deprecation of the scene's subject now.

    While it is deprecated these are all. After its end they are those that the policy names for that: `on` lists the very status of a
    sunset, or `"*"` (a class such as `4xx`, and silence, are meant of a version that answers), or a level begins with it (`days = 0`).
    """
    headers, sunset = announcement(scene.policy, scene.subject).headers, refused_after_end(scene)
    brownout = scene.policy.lifecycle(scene.subject).brownout(scene.as_of) is not None
    if scene.stage is Stage.DEPRECATED:
        return headers
    return (
        tuple(header for header in headers if _outlasts(header, sunset, over=not brownout))
        if sunset is not None
        else ()
    )


def _outlasts(header: DeprecationHeader, sunset: Sunset, *, over: bool) -> bool:
    """Whether a header of deprecation is promised on the answers after a sunset, or in a brownout, when it is not over."""
    due = [status for status in sunset.statuses if status_matches(status, header.statuses)]
    ended = over and any(step.days == 0 for step in header.levels)
    named = header.everywhere or any(str(status) in header.statuses for status in due)
    return header.within is None and bool(due) and (ended or named)


def deprecated_place(scene: Scene) -> str | None:
    """Where the scene's subject is declared deprecated, while that is announced."""
    if not (announced_headers(scene) or scene.stage is Stage.DEPRECATED):
        return None
    return f"{policy_place(scene)}.deprecated"


def answer_for(policy: Policy, exchange: Exchange) -> Answer | None:
    """What the policy says a selection probe gets."""
    wrongs = exchange.aim.meaning.wrongs
    if len(wrongs) != 1:  # of two kinds, either may be answered as it is declared
        return None
    return policy.answer(wrongs[0], carrier=exchange.via or None, operation=exchange.operation or None)


def limited_answer(policy: Policy, exchange: Exchange) -> Answer | None:
    """What the policy says a credential gets that is used up, or may only read; None for other requests."""
    credential = next((each for each in policy.credentials if each.name == exchange.probe), None)
    if credential is None:
        return None
    return credential.used_up if exchange.aim is Aim.USED_UP else credential.read_only
