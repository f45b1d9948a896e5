"""Live answers only ever add to the frozen ones: what the contract shows in its examples does not vanish.

An optional member that every frozen example of an answer carries is one clients have come to read. When no live answer of the
operation carries it any more, it was removed, whatever `required` says. Members that do come are held by AV301.

Source: GIR-09, VEL-04, MOO-03, AUG-09. Silence: take the member out of the contract's examples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.check import Check
from pytest_apiversion.core.exchange import Aim
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging import misserved, operation_of, primary, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.check import Scene
    from pytest_apiversion.core.contract import BodySpec, Operation
    from pytest_apiversion.core.exchange import Exchange, Response

_DEEPEST = 16
"""Levels of an example that count."""


def _promised(scene: Scene) -> str | None:
    contract = scene.contracts.get(scene.version)
    if contract is None or not scene.stage.answers:
        return None
    shown = any(body.examples for operation in contract.operations.values() for _, body in _successes(operation))
    return f"versions.{scene.version}.contract" if shown else None


def _successes(operation: Operation) -> Iterator[tuple[str, BodySpec]]:
    for status, spec in operation.responses.items():
        if status.startswith("2"):
            yield from ((status, body) for body in spec.bodies.values())


def _conclude(exchanges: Sequence[Exchange], scene: Scene) -> Iterable[Broken] | None:
    answers: dict[str, list[tuple[Exchange, Response]]] = {}
    for exchange in exchanges:
        response, operation = exchange.response, operation_of(exchange, scene)
        if response is None or operation is None or exchange.aim is Aim.REFUSED or exchange.via not in {"", primary(scene)}:
            continue
        if misserved(exchange, scene):
            continue
        spec = operation.response(response.status)
        body = spec.body(response.media_type) if spec else None
        if 200 <= response.status < 300 and body and body.examples and response.parsed.problem is None:  # noqa: PLR2004  RFC 9110 §15.3
            answers.setdefault(str(response.status), []).append((exchange, response))
    if not answers:
        return None
    return [broken for rows in answers.values() for broken in _missing(rows, scene)]


def _missing(rows: list[tuple[Exchange, Response]], scene: Scene) -> Iterator[Broken]:
    exchange, response = rows[-1]
    operation = operation_of(exchange, scene)
    spec = operation.response(response.status) if operation else None
    body = spec.body(response.media_type) if spec else None
    if operation is None or body is None:
        return
    shown = set.intersection(*(set(_places(example, "")) for example in body.examples))
    seen = {place for _, answer in rows for place in _places(answer.json, "")}
    gone = {place for place in shown - seen if _parent(place) in seen or _parent(place) == ""}
    required = {problem.where for _, answer in rows if body.validate for problem in body.validate(answer.json) if problem.keyword == "required"}
    for place in sorted(gone):
        if any(_generic(where) == _parent(place) for where in required):
            continue  # a required member is AV301's
        yield Broken(
            summary=f"{place} is in the frozen example and in none of {len(rows)} live answers",
            expected=f"{place}, as the frozen contract shows it",
            received=told(exchange),
            place=f"{scene.contracts[scene.version].source} {operation.key} {response.status} example",
            exchange=exchange,
        )


def _places(value: Any, place: str, depth: int = _DEEPEST) -> Iterator[str]:
    if depth == 0:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            yield f"{place}/{key}"
            yield from _places(item, f"{place}/{key}", depth - 1)
    elif isinstance(value, list):
        if value:
            yield f"{place}/*"
        for item in value:
            yield from _places(item, f"{place}/*", depth - 1)


def _parent(place: str) -> str:
    return place.rpartition("/")[0]


def _generic(pointer: str) -> str:
    return "/".join("*" if part.isdigit() else part for part in pointer.split("/"))


CHECK = Check(code="AV303", name="additive-response", title="answers only ever add", promised=_promised, conclude=_conclude)
