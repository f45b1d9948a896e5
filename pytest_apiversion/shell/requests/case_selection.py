"""Chooses which drawn cases are sent, and reads what answers say of their data."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from pytest_apiversion.core.checking.aim import Aim, Receiver
from pytest_apiversion.core.checking.exchange import Exchange
from pytest_apiversion.core.http.conditions import PRECONDITIONS
from pytest_apiversion.core.http.link_header import parse_links, parts
from pytest_apiversion.core.http.messages import SAFE_METHODS, NoAnswer, Request, Response
from pytest_apiversion.core.http.statuses import CONFLICT, FIRST_ERROR, NOT_NOW, TOO_MANY
from pytest_apiversion.core.judging.error_envelopes import problems
from pytest_apiversion.core.judging.promises import answer_for
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.policy.announcements import announcement
from pytest_apiversion.core.policy.requests import SAFE_ONLY
from pytest_apiversion.core.policy.version_texts import spell
from pytest_apiversion.selection import served_path
from pytest_apiversion.shell.data.identifiers import unlikely
from pytest_apiversion.shell.generation.body_values import fits
from pytest_apiversion.shell.requests.building import credentials_for, with_credentials

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.policy.policy import Policy

FRESH = 3
"""Requests that use their data up, at most; and cases tried where the first does not do."""
_INVALID = frozenset({400, 422})
"""What frameworks answer to a form that is not valid."""
_ALREADY = re.compile(r"already|duplicat|unique|taken|in[ _-]use", re.IGNORECASE)
_READ = 4096
"""Characters of an answer in which such words are looked for."""
_UNCHANGED = 304
"""RFC 9110 §15.4.5."""
_DATA_STATUSES = frozenset({403, 404, 409, 410, 412, 423, 428})
"""Refusals that may be due to the data a request is about."""


def positive(cases: Sequence[DrawnCase]) -> list[DrawnCase]:
    """The cases a contract accepts."""
    return [case for case in cases if case.aim is Aim.UNKNOWN_DATA]


def consumes(operation: Operation) -> bool:
    """Whether a success of the operation uses up what its path names."""
    return operation.method == "DELETE" and bool(operation.path_parameters)


def used_up(
    policy: Policy,
    won: Mapping[tuple[str, str], tuple[DrawnCase, Mapping[str, str]]],
    scene: Scene,
    operation: Operation,
    path: Mapping[str, str],
) -> bool:
    """Whether another version did to the same thing what may be done to it only once.

    Args:
        policy: The policy.
        won: What succeeded so far, and with which path parameters, by version or alias and operation.
        scene: The version that asks now.
        operation: Its operation; a thing that is only read is not used up.
        path: What it is asked about.
    """
    if operation.method in SAFE_METHODS:
        return False
    for subject in (*policy.versions, *policy.aliases):
        counterpart = policy.counterpart(operation.key, scene.version, policy.version_of(subject))
        if subject != scene.subject and counterpart is not None and (subject, counterpart) in won:
            _, done = won[subject, counterpart]
            if set(done.values()) & set(path.values()):
                return True
    return False


def guarded(operation: Operation) -> bool:
    """Whether a request of the operation says which state of the thing it is meant for, and changes it."""
    conditions = {each.name.lower() for each in operation.parameters if each.place == "header"}
    return operation.method not in SAFE_METHODS and not conditions.isdisjoint(PRECONDITIONS)


def of_data(exchange: Exchange) -> bool:
    """Whether an answer may be what it is because of the data it was about."""
    return exchange.response is not None and exchange.response.status in _DATA_STATUSES


def conflicts(answer: Response | NoAnswer) -> bool:
    """Whether a request met something that was there already: by its status (RFC 9110 §15.5.10), or by the words of who validates a form."""
    if not isinstance(answer, Response):
        return False
    return answer.status == CONFLICT or (answer.status in _INVALID and _ALREADY.search(answer.text[:_READ]) is not None)


def about_nothing(accepted: Sequence[DrawnCase], operation: Operation) -> list[DrawnCase]:
    """Two cases about drawn identifiers, the longest and the last; where they could do harm, only what names nothing by chance, and no examples."""
    if not operation.path_parameters:
        return []
    last = operation.path_parameters[-1]
    found = [
        case for case in accepted if operation.method in SAFE_METHODS or unlikely(case.path_parameters.get(last, ""))
    ]
    found = [case for case in found if operation.method in SAFE_METHODS or case.origin != "example"]
    others = [case for case in found[:-1] if case.origin != "example"] or found[:-1]
    longest = max(others, key=lambda case: len(case.path_parameters.get(last, "")), default=None)
    return [*([longest] if longest is not None else []), *found[-1:]]


def safely_named(operation: Operation, path: Mapping[str, str]) -> bool:
    """Whether path parameters stay in their segments and, where an answer could do harm, name nothing by chance."""
    texts = path.values()
    if any(not text or text in {".", ".."} or set(text) & set("/?#") for text in texts):
        return False
    return operation.method in SAFE_METHODS or all(unlikely(text) for text in texts)


NOTHING_OWN = (
    "not sent: there is nothing of this run's own that it may alter or use up; "
    "values or harmless = true in its [operations.rules] offers something"
)
"""What is said of an operation that would alter what this run did not create. It names none: operations are told together."""


def nothing_known(operation: Operation, *, altering: bool) -> str:
    """What is said where nothing was found that an operation could be about; one that alters things is offered only what is its run's own."""
    if altering:
        return NOTHING_OWN
    names = ", ".join(operation.path_parameters)
    return (
        f"no existing data for {names}: give [values], [operations.rules] values, an example or a link in the contract"
    )


def unsafe_reason(policy: Policy, operation: Operation) -> str:
    """Why an operation is not sent where only safe methods may be."""
    why = f"{policy.base_url} is another machine (--apiversion-all-methods sends it)"
    if policy.limits.methods == SAFE_ONLY:
        why = 'only safe methods are wanted (--apiversion-safe, or [requests] methods = "safe")'
    return f"{operation.method} is unsafe and {why}"


def refused_path(
    contract: Contract, operation: Operation, case: DrawnCase, there: Mapping[str, str]
) -> Mapping[str, str]:
    """The path of a case that should be refused: about existing data, unless it is the path that is wrong."""
    schemas = {each.name: each.schema for each in operation.parameters if each.place == "path"}
    if all(fits(contract, schemas.get(name, True), unquote(text)) for name, text in case.path_parameters.items()):
        return {**case.path_parameters, **there}
    return case.path_parameters


def disguised(policy: Policy, response: Response) -> bool:
    """Whether an answer is an error in spite of its status: only where the policy declares such errors."""
    if response.status not in _mild(policy):
        return False
    shaped = [envelope for envelope in policy.envelopes.values() if envelope.tells]
    return any(not any(problems(envelope, response)) for envelope in shaped)


@lru_cache(maxsize=64)
def _mild(policy: Policy) -> frozenset[int]:
    """The statuses below those of errors that the policy declares for wrong versions."""
    answers = [
        *policy.answers.values(),
        *(each for carrier in policy.carriers.values() for each in carrier.answers.values()),
    ]
    return frozenset(status for answer in answers for status in answer.statuses if status < FIRST_ERROR)


def succeeded(policy: Policy, contracts: Mapping[str, Contract], exchange: Exchange) -> bool:
    """Whether an answer is a success: a 2xx, or the redirect an operation is there for, and no error in disguise."""
    response = exchange.response
    if response is None or disguised(policy, response):
        return False
    if response.status < 300:  # noqa: PLR2004  RFC 9110 §15.3
        return True
    if response.status == _UNCHANGED:
        return False  # it shows nothing
    version = policy.aliases[exchange.version].version if exchange.version in policy.aliases else exchange.version
    operation = contracts[version].named(exchange.operation)
    return response.status < FIRST_ERROR and operation is not None and operation.declares(response.status)


def heard(policy: Policy, exchanges: Sequence[Exchange]) -> tuple[list[Exchange], tuple[str, ...]]:
    """The exchanges that can show something, and a note on those that cannot.

    A probe that was still one request too many after all patience, or found the service busy (503), says nothing of what it tries to show;
    that is told, not judged.
    Requests of the contract are kept: their answers are held to it, 429 or not.
    """
    kept = [each for each in exchanges if not _turned_away(policy, each)]
    away = len(exchanges) - len(kept)
    return kept, (f"{away} probe(s) got nothing but 429 or 503: lower the rate in [requests]",) if away else ()


def _turned_away(policy: Policy, exchange: Exchange) -> bool:
    answer = answer_for(policy, exchange)
    response, meaning = exchange.response, exchange.aim.meaning
    by_right = meaning.contract or meaning.receiver is Receiver.LIMITED
    if response is None or response.status not in NOT_NOW or by_right:
        return False
    if response.status != TOO_MANY and (meaning.elsewhere or meaning.receiver is Receiver.SUNSET):
        return False
    return answer is None or response.status not in answer.statuses


def broken_bodies(accepted: Sequence[DrawnCase], operation: Operation) -> list[DrawnCase]:
    """Bodies no draw makes surely: JSON cut short, a content type the operation does not take, and nothing where a body is required."""
    case = next((case for case in accepted if case.json is not None and case.body), None)
    if case is None or case.body is None:
        return []
    cut = replace(case, aim=Aim.REFUSED, body=json.dumps(case.json).encode()[:-1] or b"{", json=None)
    other = replace(case, aim=Aim.REFUSED, media_type="text/plain", json=None)
    nothing = replace(case, aim=Aim.REFUSED, body=b"", json=None)
    required = bool(operation.request.get("requestBody", {}).get("required"))
    return [
        cut,
        *([] if "text/plain" in operation.body_media_types else [other]),
        *([nothing] if required else []),
    ]


def successor_targets(exchange: Exchange, scene: Scene) -> list[str]:
    """Targets of the successor links a deprecated version's success carries; templates of paths, and what is no URI, left out."""
    wanted = {link.rel.lower() for link in announcement(scene.policy, scene.subject).links if link.successor}
    response = read(exchange, scene).announcing
    if response is None or response.status >= 300 or exchange.aim is not Aim.ACCEPTED:  # noqa: PLR2004  RFC 9110 §15.3
        return []
    return [
        link.target
        for link in parse_links(response.header("link") or "")
        if link.rels & wanted and "{" not in link.target and parts(link.target) is not None
    ]


def elsewhere(policy: Policy, target: str) -> str | None:
    """The host a link leads to, where that is not the API's own: such a link is not followed."""
    url = parts(target)
    host = url.netloc if url else ""
    return host if host and host != urlsplit(policy.base_url or "").netloc else None


def following(
    policy: Policy, contracts: Mapping[str, Contract], exchange: Exchange, target: str, heir: str | None = None
) -> Request | None:
    """The request for where an answer says that clients go; None where it must not or need not be asked for.

    Args:
        policy: The policy.
        contracts: Contracts by version.
        exchange: The exchange whose answer has the link.
        target: The link's target, as written.
        heir: The version it leads to where the policy names no successor.
    """
    base = policy.base_url or ""
    if parts(target) is None:
        return None
    url = urlsplit(urljoin(base + exchange.request.path, target))
    successor = exchange.lifecycle.successor or heir
    if successor is None or elsewhere(policy, target):
        return None
    prefix = urlsplit(base).path.rstrip("/")
    full = url.path.removeprefix(prefix) if f"{url.path}/".startswith(f"{prefix}/") else url.path
    contract, path = contracts.get(successor), served_path(policy, full)[1]
    methods = (exchange.request.method, "GET")
    operation = next((found for method in methods if contract and (found := contract.match(method, path))), None)
    if operation is not None and operation.method not in {"GET", "HEAD"}:
        return None  # the contract has the target; asking for it would write
    request = Request(method="GET", path=full or "/", query=tuple(parse_qsl(url.query, keep_blank_values=True)))
    if not any(carrier.form.read(request, carrier) for carrier in policy.carriers.values()):
        carrier = next((each for each in policy.carriers.values() if not each.form.in_path), None)
        if carrier is not None:  # the link says where, and the carrier says which version
            request = carrier.form.write(request, carrier, spell(policy, carrier.kind, successor))
    return with_credentials(request, credentials_for(policy, successor, operation))
