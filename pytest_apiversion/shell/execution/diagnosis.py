"""What keeps a whole run from holding anything, told from a few plain requests before the first: one sentence instead of hundreds of findings.

A healthy service costs one request. Each further one is sent only while all before it said the same, over all versions that answer: an
operation that is gone, slow, or has no data is no reason to hold nothing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pytest_apiversion.core.contracts.servers import first_server, path_of_base, path_of_server
from pytest_apiversion.core.errors import ServiceUnreachable
from pytest_apiversion.core.http.messages import NoAnswer, Request, Response
from pytest_apiversion.core.policy.version_texts import spell
from pytest_apiversion.shell.execution.plain_requests import NOWHERE, Asked, candidates, few, is_open, plain_request
from pytest_apiversion.shell.execution.same_answer import always_the_same, is_strange
from pytest_apiversion.shell.openapi.security_schemes import key_entry
from pytest_apiversion.shell.requests.building import credentials_for
from pytest_apiversion.shell.transport.sender import Transport

if TYPE_CHECKING:
    from pytest_apiversion.core.policy.credentials import Credential
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.shell.execution.runner import Runner

_REFUSED = 6
"""Operations that are asked at most where each asks for a credential, or all answer alike."""
_ENOUGH = 3
"""Paths that must be missing where no other place shows what was meant."""
_AGREEING = 2
"""Requests that must be refused alike."""
_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _FAILED = 401, 403, 404, 500
_REFUSALS = {_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND}
_WORDS = 240
"""Characters of an answer that are shown."""
_TEMPLATES = ("/{version}", "/api/{version}", "/v{version}", "/api/v{version}", "/{version}/api", "/rest/{version}")
_PREFIXES = ("", "/api")

Send = Callable[[Request], Response | NoAnswer]


def diagnose(runner: Runner) -> str | None:
    """Why nothing can be held, in one sentence, and what to do; None where there is no such reason.

    Args:
        runner: Knows the policy, its contracts and how to ask.

    Raises:
        OutOfTimeError: The time of the run is over.
    """
    send = runner.allowance.bounded(runner.transport.send)
    try:
        found = _readings(runner, send)
    except ServiceUnreachable as error:
        return str(error)
    if not found:
        return None
    status = found[0].answer.status
    if status in _REFUSALS - {_NOT_FOUND}:
        return _refused(runner, found) if len(found) >= _AGREEING else None
    with contextlib.suppress(ServiceUnreachable):
        return (
            _elsewhere(runner, found, send)
            if status == _NOT_FOUND
            else always_the_same(found, send, runner.policy.secrets, _again(runner, found[0]))
        )
    return None


def _readings(runner: Runner, send: Send) -> list[Asked]:
    """Plain requests that are all refused with one status, or get what none of them can get; none where one shows that the service can be held, or shows nothing.

    Raises:
        ServiceUnreachable: There is no service; one that goes away later is no case for this.
    """
    found: list[Asked] = []
    for version, operation, guessed in candidates(runner):
        request, below = plain_request(runner.policy, version, operation)
        try:
            answer = send(request)
        except ServiceUnreachable:
            if found:
                return []
            raise
        if not isinstance(answer, Response) or not (answer.status in _REFUSALS or is_strange(operation, answer)):
            return []
        found.append(
            Asked(version=version, operation=operation, below=below, guessed=guessed, request=request, answer=answer)
        )
        if answer.status != found[0].answer.status:
            return []
        if answer.status != _NOT_FOUND and len(found) == _REFUSED:
            break
    return found


# Who asks.


def _standing(credential: Credential) -> str:
    """Where a credential stands, in words."""
    return ", ".join(f"{each.kind} {each.name}" for each in credential.fields)


def _refused(runner: Runner, found: list[Asked]) -> str | None:
    """What every answer asks for is a credential; 403 says so only where none was sent."""
    policy, first = runner.policy, found[0]
    if any(is_open(each.operation) for each in found):
        return None
    sent = {each for asked in found for each in credentials_for(policy, asked.version, asked.operation)}
    if sent and first.answer.status == _FORBIDDEN:
        return None
    head = f"all {len(found)} operations that were asked answer {first.answer.status} ({few(found)}): "
    if sent:
        names = ", ".join(sorted(f"{each.name} ({_standing(each)})" for each in sent))
        return (
            f"{head}the service does not take the credential {names}; look at its value under [credentials]"
            + _answered(runner, first)
            + _again(runner, first)
        )
    schemes = [name for alternative in first.operation.security or () for name in alternative]
    entry = key_entry(runner.target.contracts[first.version].document, schemes[0] if schemes else "default")
    table = "".join(f"\n  {line}" for line in entry.table)
    return f"{head}no credential was sent; put one into the policy file, and its secret into the environment:{table}"


def _answered(runner: Runner, asked: Asked) -> str:
    """What the service itself says of it, where it says anything: that a kind of token is no longer taken, or has run out."""
    said = " ".join(runner.policy.secrets.beginning(asked.answer.text, _WORDS).split())
    return f"; it says: {said}" if said else ""


def _again(runner: Runner, asked: Asked) -> str:
    return f"\n  repeat    {runner.reproduction(asked.request)}"


# Where it is.


@dataclass(frozen=True, kw_only=True)
class _Place:
    """Where the paths of a contract may be instead.

    Attributes:
        base_url: Below this.
        template: And this, with `{version}` where the version stands.
        prefix: The same, filled.
        ends: Whether the base URL of the policy ends in the version.
    """

    base_url: str
    template: str
    prefix: str
    ends: bool = False


def _elsewhere(runner: Runner, found: list[Asked], send: Send) -> str | None:
    """No path is where the policy says; where they are, if that shows."""
    policy, first = runner.policy, found[0]
    base_url = (policy.base_url or "").rstrip("/")
    head = f"no path of the contract is there under {base_url}{_template(policy)} ({few(found)}: {_NOT_FOUND})"
    if first.guessed and not _like_nothing(found, send):
        return None  # what is missing there is data
    for place in _places(runner, first):
        if _is_there(runner, first, place):
            if place.ends:
                return f'{head}: base_url ends in the version, which the carrier writes too; did you mean base_url = "{place.base_url}"?'
            said = [f'"{place.template or "/"}"' if place.template != _template(policy) else ""]
            said.append(f'base_url = "{place.base_url}"' if place.base_url != base_url else "")
            return f"{head}: did you mean {' with '.join(each for each in said if each)}?{_again(runner, first)}"
    if first.guessed or len({each.operation.path for each in found}) < _ENOUGH or not _like_nothing(found, send):
        return None
    where = "base_url and [versioning] path.template" if "{version}" in _template(policy) else "base_url"
    return f"{head}; compare {where} with what the service serves{_again(runner, first)}"


def _template(policy: Policy) -> str:
    """What stands before an operation's path, with `{version}` in it where the version does."""
    strongest = next(iter(policy.carriers.values()))
    return strongest.template if strongest.form.in_path else policy.base_path


def _places(runner: Runner, first: Asked) -> Iterator[_Place]:
    policy = runner.policy
    base_url = (policy.base_url or "").rstrip("/")
    parts = urlsplit(base_url)
    origin = f"{parts.scheme}://{parts.netloc}"
    kind, strongest = next(iter(policy.carriers.items()))
    text = spell(policy, kind, first.version)
    own = _template(policy)
    versions = {spell(policy, kind, each) for each in policy.versions} | set(policy.versions)
    before, _, last = parts.path.rpartition("/")
    seen = {(base_url, own)}
    if last in versions:
        yield _Place(base_url=origin + before, template=own, prefix=own.replace("{version}", text), ends=True)
    told = [_documented(runner.target.contracts[first.version].document, text if strongest.form.in_path else None)]
    templates = [*told, *(_TEMPLATES if strongest.form.in_path else _PREFIXES)]
    for base in (base_url, origin):
        for template in templates:
            if template is None or (base, template) in seen:
                continue
            if strongest.form.in_path and "{version}" not in template:
                continue
            seen.add((base, template))
            yield _Place(base_url=base, template=template, prefix=template.replace("{version}", text))


def _documented(document: Mapping[str, Any], text: str | None) -> str | None:
    """The path of the document's first server, with the version taken out."""
    first = first_server(document.get("servers"))
    path = path_of_base(document) if first is None or "url" not in first else path_of_server(first)
    parts = ["{version}" if text is not None and part == text else part for part in path.split("/")]
    return "/".join(parts) if path.startswith("/") and path.count("{") == 0 else None


def _is_there(runner: Runner, first: Asked, place: _Place) -> bool:
    """Whether the operation answers at another place, where what nobody has does not; of one that needs data, a 404 of its own is an answer."""
    limits, application = runner.policy.limits, runner.application
    with Transport.of(limits, place.base_url, application=application, concurrency=1) as transport:
        send = runner.allowance.bounded(transport.send)
        there = replace(first.request, path=place.prefix + first.below)
        answer = send(there)
        if not isinstance(answer, Response) or answer.status >= _FAILED:
            return False
        if answer.status == _NOT_FOUND and not first.guessed:
            return False
        nothing = send(replace(first.request, path=place.prefix + NOWHERE))
    if not isinstance(nothing, Response) or nothing.status != _NOT_FOUND:
        return False
    return answer.status != _NOT_FOUND or _said(answer, there.path) != _said(nothing, place.prefix + NOWHERE)


def _like_nothing(found: list[Asked], send: Send) -> bool:
    """Whether all paths answer, to the letter, as one that nobody has; what has no data says something else."""
    path = found[0].prefix + NOWHERE
    nothing = send(replace(found[0].request, path=path))
    if not isinstance(nothing, Response) or nothing.status != _NOT_FOUND:
        return False
    return all(_said(each.answer, each.request.path) == _said(nothing, path) for each in found)


def _said(answer: Response, path: str) -> bytes:
    """The body of an answer without the path that was asked for."""
    return answer.body.replace(path.encode(), b"")
