"""Live answers conform to the contract frozen for their version: status, content type, headers, schema.

Members the contract does not name are additions and allowed, unless `contract.additions = false`, or `additions` of the operation's rule: then each object has the members that its
schema names, in whatever parts, and no others, but where it says itself that there may be. Statuses most contracts leave
out (401, 405, 429 …) need no declaration; `contract.undeclared` lists them. Bodies of errors are held to the envelope first: an
answer outside the envelope is reported there, once. What comes through a weaker carrier is held like what comes through the strongest; where the
version stands in `Accept`, a JSON answer may have the media type that names it. Of a list the page after the first is read, too, by the link or
the cursor that the first gave, else by the contract's own parameter; where the link has it at a path that no contract has, it is asked for there, too,
and that nothing is there is warned of. A page that the first leads to and that shows a thing of the first again is warned of, too, where it does so each time
that both are read, and the first is as it was. So is one that leaves out what a page as long as both shows behind the first, and one that shows what the filter
of the page before it leaves out (a parameter with a closed list of values that the elements have a member for). A `Location` whose host only the service's own network knows is warned of: a name of one word, or one that ends
in `.internal` or `.local`, or the service's own machine (`localhost`), where the base URL is of another kind. A body that two readers may take for two things is warned of: a
member that comes twice in one object, a text in another charset than its content type says.

Where a contract declares 406, or `errors.not_acceptable` says what is due, each reading is asked once with an `Accept` that takes nothing there is: a client
that cannot read JSON must not be given JSON. A service may answer all the same (RFC 9110 §12.4.1), so that of the contract alone it is a warning. A version that
stands in `Accept` would be lost, so that none is asked so.

Source: RFC 8259 §4 and §8.1; RFC 9110 §10.2.2 and §15.5.7; GIR-09, MOO-03, VEL-04, AUG-09, AUG-10; OpenAPI 3.1 §4.8.17. Silence: amend the contract, which is what its lock is for; `contract.unambiguous = false`
for bodies that are warned of; `Location` in `links.elsewhere`; `errors.not_acceptable = false`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.http.ambiguities import ambiguities
from pytest_apiversion.core.http.inner_hosts import inner_host
from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.core.http.statuses import GONE, ok, status_matches, succeeds
from pytest_apiversion.core.judging.body_faults import needs_no_contract
from pytest_apiversion.core.judging.promises import unpromised_forms
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.served_version import echo_due
from pytest_apiversion.core.judging.wording import answer_text, place_text, statuses_text
from pytest_apiversion.core.policy.announcements import announcement
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation, ResponseSpec
    from pytest_apiversion.core.http.messages import Response


_NOT_ACCEPTABLE = 406
_NOBODYS = "application/vnd.nobody-has-this"
"""A media type that no operation answers with."""
_OF_THE_REQUEST = frozenset({400, 415, 422})
"""Refusals of what a request brings, and not of what it takes."""


def _promised(scene: Scene) -> str | None:
    return f"versions.{scene.version}.contract" if scene.stage.answers and scene.version in scene.contracts else None


def _plan(scene: Scene) -> Iterator[Ask]:
    """A reading by a client that takes nothing that there is, where something says what it gets."""
    operation = scene.operation
    if operation is None or operation.method != "GET" or operation.neutral or _promised(scene) is None:
        return
    if not _unacceptable(scene, operation) or any(
        "*/" in kind or kind == _NOBODYS for kind in _answered_with(operation)
    ):
        return
    carriers = (scene.policy.carriers.get(kind) for kind, _ in scene.selection)
    written = (each.form.write(Request(method="GET", path="/"), each, "1") for each in carriers if each is not None)
    if not scene.is_alias and all(each.header("accept") is None for each in written):
        yield Ask(aim=Aim.UNACCEPTABLE, selection=scene.selection, via=primary(scene), headers=(("Accept", _NOBODYS),))


def _unacceptable(scene: Scene, operation: Operation) -> frozenset[int]:
    """The statuses of what takes nothing that there is: by the policy, or else by the contract; none where neither says anything of it."""
    said = scene.policy.error_rules.not_acceptable
    return (
        said
        if said is not None
        else frozenset({_NOT_ACCEPTABLE} if str(_NOT_ACCEPTABLE) in operation.responses else ())
    )


def _answered_with(operation: Operation) -> list[str]:
    """The media types that the contract names for successes."""
    return [kind for status, spec in operation.responses.items() if status.startswith("2") for kind in spec.bodies]


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    if exchange.aim is Aim.NEXT_PAGE:
        return _next_page(exchange, scene)
    repeated = exchange.aim is Aim.REPEATED_PAGE
    if repeated or exchange.aim is Aim.LOST_BETWEEN or exchange.aim is Aim.UNFILTERED:
        return [_repeated(exchange, scene) if repeated else _other_page(exchange, scene)]
    reading = read(exchange, scene)
    operation, response = reading.contract_operation, exchange.response
    if operation is None or response is None or not operation.responses:
        return None
    if exchange.aim is Aim.UNACCEPTABLE and (found := _not_refused(exchange, scene, operation, response)) is not None:
        return [found]
    if reading.displaced or needs_no_contract(exchange, scene, operation, response):
        return None
    return _broken(exchange, scene, operation, response)


def _not_refused(exchange: Exchange, scene: Scene, operation: Operation, response: Response) -> Broken | None:
    """What is wrong with an answer to a client that takes nothing that there is; None where it is refused, or for another reason."""
    due, said = _unacceptable(scene, operation), scene.policy.error_rules.not_acceptable
    wrong = ok(response) or response.status in _OF_THE_REQUEST
    if not wrong or response.status in due or read(exchange, scene).displaced or response.media_type == _NOBODYS:
        return None
    return Broken(
        summary=f"a reading that takes nothing but {_NOBODYS} gets {response.status}",
        expected=f"{statuses_text(due)}: nothing that there is can be read by this client",
        received=answer_text(exchange),
        place="errors.not_acceptable" if said else f"{scene.contracts[scene.version].source} {operation.key} 406",
        severity=Severity.ERROR if said else Severity.WARNING,
    )


def _yields(exchange: Exchange, exchanges: Sequence[Exchange], _scene: Scene) -> bool:
    """Whether a reading is refused as what the contract accepts is refused, too, which is another check's."""
    if exchange.aim is not Aim.UNACCEPTABLE or exchange.response is None or ok(exchange.response):
        return False
    same = [each.response for each in exchanges if each.aim is Aim.ACCEPTED and each.operation == exchange.operation]
    return not any(each is not None and ok(each) for each in same)


def _next_page(exchange: Exchange, scene: Scene) -> list[Broken] | None:
    """What is wrong with the place of a next page: that nothing is there, which a server behind a gateway may not know."""
    response = exchange.response
    if response is None or not (succeeds(response) or response.status in GONE):
        return None
    found = Broken(
        summary=f"the link to the next page leads to a {response.status}",
        expected=f"a page of {exchange.operation}, where the page before it says it is",
        received=answer_text(exchange),
        place=f"{scene.contracts[scene.version].source} {exchange.operation}",
        severity=Severity.WARNING,
    )
    return [] if succeeds(response) else [found]


def _repeated(exchange: Exchange, scene: Scene) -> Broken:
    """What is wrong with a next page that shows what the page before it shows, so that who reads on reads it twice, or for ever."""
    whole = not exchange.probe
    return Broken(
        summary=f"the next page {'is the page before it once more' if whole else 'shows again what the page before it shows'}",
        expected=f"what comes after the page before it, which leads to it ({exchange.operation})",
        received=answer_text(exchange) if whole else f"{exchange.probe} on both; {answer_text(exchange)}",
        place=f"{scene.contracts[scene.version].source} {exchange.operation}",
        severity=Severity.WARNING,
    )


def _other_page(exchange: Exchange, scene: Scene) -> Broken:
    """What is wrong with a next page from which who reads on learns too little, or too much."""
    lost = exchange.aim is Aim.LOST_BETWEEN
    before = "the next page leaves out what comes after" if lost else "the next page shows what the filter of"
    return Broken(
        summary=f"{before} the page before it{'' if lost else ' leaves out'}",
        expected=f"{'all that' if lost else 'what'} comes after a page of {exchange.operation}{'' if lost else f' with {exchange.probe}'}",
        received=f"{exchange.probe} on neither; {answer_text(exchange)}" if lost else answer_text(exchange),
        place=f"{scene.contracts[scene.version].source} {exchange.operation}",
        severity=Severity.WARNING,
    )


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
    yield from _location(scene, response, place)
    if not read(exchange, scene).body_counts:
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
    for fault in read(exchange, scene).body_faults:
        yield Broken(
            summary=fault.summary,
            expected=fault.expected,
            received=answer_text(exchange) if fault.where is None else place_text(exchange, fault.where),
            place=f"{place}{fault.part}",
        )


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


def _location(scene: Scene, response: Response, place: str) -> Iterator[Broken]:
    """What is wrong with a place that no client can go to."""
    said = response.header("location") or ""
    host = inner_host(scene.policy.base_url or "", said)
    if host is not None and "Location" not in scene.policy.elsewhere:
        yield Broken(
            summary=f"the header Location leads to {host}, which clients do not know",
            expected="an address that whoever asks this one can follow (RFC 9110 §10.2.2)",
            received=f"Location: {scene.policy.secrets.beginning(said, 200)}",
            place=f"{place} headers",
            severity=Severity.WARNING,
        )


def _held_elsewhere(exchange: Exchange, scene: Scene, response: Response) -> Iterator[str]:
    """Headers the policy itself promises on this answer and whose defect is reported as that promise's, in lower case."""
    policy = scene.policy
    yield from (name.lower() for name in unpromised_forms(exchange, scene, response))  # AV701's
    if exchange.stage is Stage.DEPRECATED:
        told = announcement(policy, scene.subject)
        due = [header.name.lower() for header in told.headers if status_matches(response.status, header.statuses)]
        yield from due  # AV501's, AV503's
        if told.links:
            yield "link"  # AV505's
    if policy.echo is not None and policy.echo.header is not None and echo_due(policy, exchange.version, response):
        yield policy.echo.header.lower()  # AV210's


CHECK = Check(
    code="AV301",
    name="response-conformance",
    title="answers conform to the frozen contract",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    yields=_yields,
)
