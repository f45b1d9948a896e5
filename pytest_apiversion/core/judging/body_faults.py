"""Faults of a body: every way in which it is not what the contract says of an answer with its status."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.conditions import is_unchanged
from pytest_apiversion.core.http.statuses import FIRST_ERROR, GONE, NOT_MODIFIED, status_matches
from pytest_apiversion.core.judging.error_envelopes import denied
from pytest_apiversion.core.policy.carrier_positions import names_version, negotiates
from pytest_apiversion.core.policy.published_documents import document_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import BodySpec, Operation, ResponseSpec, SchemaProblem
    from pytest_apiversion.core.http.messages import Response

BODYLESS = frozenset({204, 205, NOT_MODIFIED})
"""Statuses of answers that have no body (RFC 9110 §15.3.5, §15.3.6 and §15.4.5)."""

_OF_VALUES = frozenset({"enum", "const"})
"""Keywords that say which value stands at a place."""

_NAMED = 3
"""Members that a summary names."""


class BodyFault(NamedTuple):
    """One way in which a body is not as its contract says.

    Attributes:
        summary: What is wrong.
        expected: What the contract says.
        where: JSON Pointer of the place that is wrong; None where it is the whole answer.
        part: Which part of the contract's answer says so, for the place of a finding.
    """

    summary: str
    expected: str
    where: str | None = None
    part: str = " content"


def body_faults(exchange: Exchange, scene: Scene, spec: ResponseSpec, response: Response) -> Iterator[BodyFault]:
    """Every fault of a body, but for a document's (AV305), a wrong echo's (AV210) and what no error says (AV406).

    Args:
        exchange: The exchange.
        scene: What it is about.
        spec: What the contract says of an answer with this status.
        response: Its answer.
    """
    documents = (path for path, _ in document_paths(scene.policy, scene.version, scene.as_of))
    if response.status < FIRST_ERROR and exchange.request.path in documents:
        return
    if not spec.bodies:
        if response.body and response.status in BODYLESS:
            yield BodyFault(f"a {response.status} with a body", "no body", part="")
        return
    if not response.body and response.status in BODYLESS:
        return
    body = declared_body(exchange, scene, spec, response)
    if body is None:
        summary = f"the content type {response.media_type or 'is absent and'} is not in the contract"
        yield BodyFault(summary, " or ".join(spec.bodies))
        return
    if body.validate is None or not is_json(response.media_type):
        return
    if (parsed := response.parsed).problem is not None:
        summary = (
            "the body is not the JSON it says it is" if parsed.readable else "the body is JSON that cannot be read"
        )
        yield BodyFault(summary, f"JSON {parsed.problem}".strip())
        return
    echo = scene.policy.echo.pointer if scene.policy.echo else None
    elsewhere = {echo, denied(scene.policy, response) if response.status >= FIRST_ERROR else None} - {None}
    problems = body.validate(response.json)
    named = _named(problems)
    for problem in problems:
        if problem.where not in elsewhere or problem.keyword not in _OF_VALUES:
            why = f"{problem.keyword}{named[_generic(problem.where), problem.keyword] if problem.member else ''}"
            summary = f"the body does not conform at {_generic(problem.where) or 'its root'} ({why})"
            yield BodyFault(summary, _expected(problem.message), problem.where)


def _named(problems: Iterable[SchemaProblem]) -> Mapping[tuple[str, str], str]:
    """By the place of objects, all elements of a list together, and by the keyword: which members they lack, or have besides, as a summary says it.

    The last problems may be left out.
    """
    names: dict[tuple[str, str], dict[str, None]] = {}
    for problem in problems:
        if problem.member:
            names.setdefault((_generic(problem.where), problem.keyword), {})[problem.member] = None
    return {where: f": {', '.join([*each][:_NAMED])}{_more(len(each) - _NAMED)}" for where, each in names.items()}


def _more(count: int) -> str:
    return f" and {count} more" if count > 0 else ""


def _expected(message: str) -> str:
    """What a schema asks for, in a sentence that can stand after "expected": what is wrong comes after a colon."""
    return message if message.startswith("expected ") else f"conformance: {message}"


def declared_body(exchange: Exchange, scene: Scene, spec: ResponseSpec, response: Response) -> BodySpec | None:
    """What the contract says of a body of this media type; where the version stands in `Accept`, its name may be the version's.

    A contract that writes the version's own names is meant so: an answer without a version in its media type is none of these.
    """
    body = spec.body(response.media_type)
    if body is None and negotiates(scene.policy, exchange.via) and is_json(response.media_type):
        carrier = scene.policy.carriers[exchange.via]
        typed = {name: each for name, each in spec.bodies.items() if is_json(name)}
        if names_version(carrier, response.media_type) or not all(names_version(carrier, name) for name in typed):
            return next(iter(typed.values()), None)
    return body


def needs_no_contract(exchange: Exchange, scene: Scene, operation: Operation, response: Response) -> bool:
    """Whether an answer has a status that no contract has to name, and this one does not: there is nothing to hold it to.

    Of a thing that may not be there, 410 is 404 by a server that remembers it (RFC 9110 §15.5.11).
    """
    if operation.declares(response.status):
        return False
    free = scene.policy.rules.undeclared
    absent = exchange.aim is Aim.UNKNOWN_DATA and response.status in GONE
    alike = GONE if absent else {response.status}
    return any(status_matches(each, free) for each in alike) or is_unchanged(exchange.request, response)


def is_json(media_type: str) -> bool:
    """Whether a media type says that a body is JSON (RFC 6839 §3.1)."""
    return media_type == "application/json" or media_type.endswith("+json")


def _generic(pointer: str) -> str:
    """A pointer without list indices, so that the same defect in each element is one finding."""
    return "/".join("*" if part.isdigit() else part for part in pointer.split("/"))
