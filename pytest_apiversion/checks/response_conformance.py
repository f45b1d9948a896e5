"""Live answers conform to the contract frozen for their version: status, content type, headers, schema.

Members the contract does not name are additions and allowed, unless `contract.additions = false`. Statuses most contracts leave
out (401, 405, 429 …) need no declaration; `contract.undeclared` lists them. Bodies of errors are held to the envelope first: an
answer outside the envelope is reported there, once. What comes through a weaker carrier is held like what comes through the strongest; where the
version stands in `Accept`, a JSON answer may have the media type that names it. A body that two readers may take for two things is warned of: a
member that comes twice in one object, a text in another charset than its content type says.

Source: RFC 8259 §4 and §8.1; GIR-09, MOO-03, VEL-04, AUG-09, AUG-10; OpenAPI 3.1 §4.8.17. Silence: amend the contract, which is what its lock is for; `contract.unambiguous = false`
for what is warned of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.http.ambiguities import ambiguities
from pytest_apiversion.core.http.statuses import FIRST_ERROR, NOT_MODIFIED, status_matches
from pytest_apiversion.core.judging.error_envelopes import denied
from pytest_apiversion.core.judging.promises import due_on, promised_headers
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.served_version import echo_due
from pytest_apiversion.core.judging.wording import answer_text, place_text
from pytest_apiversion.core.policy.carrier_positions import negotiates
from pytest_apiversion.core.policy.published_documents import document_path
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation, ResponseSpec
    from pytest_apiversion.core.http.messages import Response

_BODYLESS = frozenset({204, 205, NOT_MODIFIED})


def _promised(scene: Scene) -> str | None:
    return f"versions.{scene.version}.contract" if scene.stage.answers and scene.version in scene.contracts else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    reading = read(exchange, scene)
    operation, response = reading.contract_operation, exchange.response
    if operation is None or response is None or not operation.responses:
        return None
    if reading.displaced or _needs_no_contract(exchange, scene, operation, response):
        return None
    return _broken(exchange, scene, operation, response)


def _broken(exchange: Exchange, scene: Scene, operation: Operation, response: Response) -> Iterator[Broken]:
    spec = operation.response(response.status) if operation.declares(response.status) else None
    source = scene.contracts[scene.version].source
    place = f"{source} {operation.key} {response.status}"
    if spec is None:
        yield Broken(
            summary=f"status {response.status} is not in the contract",
            expected=f"{' or '.join(operation.responses)}",
            received=answer_text(exchange),
            place=f"{source} {operation.key} responses",
        )
        return
    yield from _headers(exchange, scene, spec, response, place)
    if exchange.request.method == "HEAD" or (
        response.status >= FIRST_ERROR and not read(exchange, scene).wears_envelope
    ):
        return
    if scene.policy.rules.unambiguous:
        yield from (
            Broken(
                summary=text,
                expected="a body that every reader takes for the same (contract.unambiguous)",
                received=answer_text(exchange),
                place=f"{place} content",
                severity=Severity.WARNING,
            )
            for text in ambiguities(response)
        )
    document = document_path(scene.policy, scene.version, scene.as_of)
    if document is None or exchange.request.path != document[0] or response.status >= FIRST_ERROR:  # else AV305's
        yield from _body(exchange, scene, spec, response, place)


def _needs_no_contract(exchange: Exchange, scene: Scene, operation: Operation, response: Response) -> bool:
    """Whether an answer has a status that no contract has to name, and this one does not: there is nothing to hold it to."""
    if operation.declares(response.status):
        return False
    return status_matches(response.status, scene.policy.rules.undeclared) or _is_unchanged(exchange)


def _is_unchanged(exchange: Exchange) -> bool:
    """Whether an answer is HTTP's own to a conditional reading (RFC 9110 §15.4.5): no contract has to name it."""
    asked = any(exchange.request.header(name) is not None for name in ("if-none-match", "if-modified-since"))
    return asked and exchange.response is not None and exchange.response.status == NOT_MODIFIED


def _headers(exchange: Exchange, scene: Scene, spec: ResponseSpec, response: Response, place: str) -> Iterator[Broken]:
    held = {"content-type", *_held_elsewhere(exchange, scene, response)}
    for header in spec.headers:
        value = response.header(header.name)
        if header.name.lower() in held:
            continue
        if value is None:
            if header.required:
                yield Broken(
                    summary=f"the header {header.name} is missing",
                    expected=f"{header.name}, required by the contract",
                    received=answer_text(exchange),
                    place=f"{place} headers",
                )
        elif header.validate is not None:
            for problem in header.validate(value)[:1]:
                yield Broken(
                    summary=f"the header {header.name} does not conform: {problem.message}",
                    expected=f"{header.name} as the contract says",
                    received=f"{header.name}: {value}",
                    place=f"{place} headers",
                )


def _held_elsewhere(exchange: Exchange, scene: Scene, response: Response) -> Iterator[str]:
    """Headers the policy itself promises on this answer and whose defect is reported as that promise's, in lower case."""
    policy = scene.policy
    for header in promised_headers(scene):
        value = response.header(header.name)
        if due_on(header, response.status) and (
            value is None or (header.pattern is not None and not header.pattern.fullmatch(value))
        ):
            yield header.name.lower()  # AV701's
    if exchange.stage is Stage.DEPRECATED:
        due = [
            header.name.lower()
            for header in policy.deprecation.headers
            if status_matches(response.status, header.statuses)
        ]
        yield from due  # AV501's, AV503's
        if policy.deprecation.links:
            yield "link"  # AV505's
    if policy.echo is not None and policy.echo.header is not None and echo_due(policy, exchange.version, response):
        yield policy.echo.header.lower()  # AV210's


def _body(exchange: Exchange, scene: Scene, spec: ResponseSpec, response: Response, place: str) -> Iterator[Broken]:
    if not spec.bodies:
        if response.body and response.status in _BODYLESS:
            yield Broken(
                summary=f"a {response.status} with a body",
                expected="no body",
                received=answer_text(exchange),
                place=place,
            )
        return
    if not response.body and response.status in _BODYLESS:
        return
    body = spec.body(response.media_type)
    if body is None and negotiates(scene.policy, exchange.via) and _is_json(response.media_type):
        body = next((each for name, each in spec.bodies.items() if _is_json(name)), None)  # its name is the version's
    if body is None:
        yield Broken(
            summary=f"the content type {response.media_type or 'is absent and'} is not in the contract",
            expected=" or ".join(spec.bodies),
            received=answer_text(exchange),
            place=f"{place} content",
        )
        return
    if body.validate is None or not _is_json(response.media_type):
        return
    if response.parsed.problem is not None:
        yield Broken(
            summary="the body is not the JSON it says it is",
            expected="JSON",
            received=answer_text(exchange),
            place=f"{place} content",
        )
        return
    echo = scene.policy.echo.pointer if scene.policy.echo else None
    elsewhere = {echo, denied(scene.policy, response) if response.status >= FIRST_ERROR else None} - {None}
    for problem in body.validate(response.json):
        if problem.where not in elsewhere or problem.keyword not in {
            "enum",
            "const",
        }:  # a wrong echo is AV210's, the other AV406's
            yield Broken(
                summary=f"the body does not conform at {_generic(problem.where) or 'its root'} ({problem.keyword})",
                expected=problem.message,
                received=place_text(exchange, problem.where),
                place=f"{place} content",
            )


def _is_json(media_type: str) -> bool:
    return media_type == "application/json" or media_type.endswith("+json")


def _generic(pointer: str) -> str:
    """A pointer without list indices, so that the same defect in each element is one finding."""
    return "/".join("*" if part.isdigit() else part for part in pointer.split("/"))


CHECK = Check(
    code="AV301",
    name="response-conformance",
    title="answers conform to the frozen contract",
    promised=_promised,
    judge=_judge,
)
