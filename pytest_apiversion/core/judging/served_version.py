"""Served versions: which version gave a response, by its echo or by its likeness to what known versions gave, or whichever was asked first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.http.statuses import NOT_MODIFIED, SUCCESS, status_matches
from pytest_apiversion.core.json.pointer import lookup
from pytest_apiversion.core.policy.version_texts import echoes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.selection import Echo

_OK = 200
REPLAYED = "requests that name the version in different ways get one answer, as from a cache"
"""What is said of an answer that was given again."""
_DEEPEST = 24
"""Levels of a body that count; a hostile body has more."""


def echo_due(policy: Policy, version: str, response: Response) -> bool:
    """Whether a version's answer must say which version served it."""
    echo = policy.echo
    if echo is None or (echo.versions is not None and version not in echo.versions):
        return False
    return _echoes_on(echo, response) and (echo.header is not None or bool(response.body))


def echo_text(policy: Policy, response: Response) -> str | None:
    """What an answer itself says served it, as written; None where it says nothing or nothing is promised."""
    echo = policy.echo
    return None if echo is None or not _echoes_on(echo, response) else said_at(echo, response)


def said_at(echo: Echo, response: Response) -> str | None:
    """What an answer of any status says where an echo stands, as written; None where it says nothing there."""
    if echo.header is not None:
        return response.header(echo.header)
    found = lookup(response.json, echo.pointer or "")
    return found if isinstance(found, str) else None


def _echoes_on(echo: Echo, response: Response) -> bool:
    """Whether an answer's echo counts: its status is named, or a 304 says of itself what its 200 would."""
    if status_matches(response.status, echo.statuses):
        return True
    said = response.status == NOT_MODIFIED and echo.header is not None and response.header(echo.header) is not None
    return said and status_matches(_OK, echo.statuses)


def shape(response: Response) -> frozenset[str]:
    """What can be told of an answer without its values: status, media type, header names, and the members of its body."""
    found = {f"status {response.status}", f"type {response.media_type}"}
    found |= {f"header {name.lower()}" for name, _ in response.headers}
    if response.parsed.problem is None:
        _members(response.json, "", found, _DEEPEST)
    return frozenset(found)


def _members(value: Any, place: str, found: set[str], depth: int) -> None:
    found.add(f"{place} {type(value).__name__}")
    if depth == 0:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            _members(item, f"{place}/{key}", found, depth - 1)
    elif isinstance(value, list):
        for item in value[:50]:
            _members(item, f"{place}/*", found, depth - 1)


def served_by(policy: Policy, response: Response, peers: Mapping[str, Response]) -> str | None:
    """Which version gave an answer, or None where that cannot be told.

    Args:
        policy: The policy.
        response: The answer in question.
        peers: What the same request got when each version was asked plainly.
    """
    if (named := named_by(policy, response, peers)) is not None:
        return named
    alike = any(peer.status == response.status for peer in peers.values())
    mine = _told(response, alike=alike)
    scores = sorted(((_overlap(mine, _told(peer, alike=alike)), name) for name, peer in peers.items()), reverse=True)
    if not scores or (len(scores) > 1 and scores[0][0] == scores[1][0]):
        return None
    return scores[0][1]


def named_by(policy: Policy, response: Response, peers: Mapping[str, Response]) -> str | None:
    """Which version an answer itself says gave it, where the answers of known versions name themselves; None where it does not say so."""
    text = echo_text(policy, response)
    return echoes(policy, text) if text is not None and _honest(policy, peers) else None


def replayed(exchanges: Sequence[Exchange], policy: Policy) -> bool:
    """Whether exchanges whose answers share what no two answers should are one answer, given again where the version is named in another way.

    A number that is made once for the whole service is shared by unlike bodies, and at unlike addresses, too.
    """
    carriers = policy.carriers.values()
    named = {tuple(carrier.form.read(each.request, carrier) for carrier in carriers) for each in exchanges}
    answers = {
        (each.request.method, each.request.target, each.response.body)
        if each.response is not None and each.response.status in SUCCESS
        else None
        for each in exchanges
    }
    return len(named) > 1 and len(answers) == 1 and None not in answers


def shared_by_some(values: Iterable[str]) -> str | None:
    """A value that several of these have and others have not; None where there is none: what all have was made once for the whole service."""
    counts = Counter(values)
    return next((value for value, times in counts.items() if 1 < times < counts.total()), None)


def told_apart(policy: Policy, peers: Mapping[str, Response]) -> bool:
    """Whether the answers of known versions show which version gave each."""
    return all(served_by(policy, response, peers) == name for name, response in peers.items())


def _told(response: Response, *, alike: bool) -> frozenset[str]:
    """What tells versions apart in an answer: its shape, or its headers alone where no known answer has its status."""
    return shape(response) if alike else frozenset(f"header {name.lower()}" for name, _ in response.headers)


def _honest(policy: Policy, peers: Mapping[str, Response]) -> bool:
    """Whether the answers of known versions name themselves; an echo that lies there tells nothing elsewhere."""
    said = {name: echo_text(policy, peer) for name, peer in peers.items()}
    return all(text is None or echoes(policy, text) == name for name, text in said.items())


def changed(before: Response, again: Response, after: Response) -> bool:
    """Whether an answer differs from two earlier ones in more than those two differ among themselves."""
    if after.status != before.status:
        return True
    volatile = {place for place, text in _leaves(before.json) ^ _leaves(again.json)}
    return any(place not in volatile for place, text in _leaves(before.json) ^ _leaves(after.json))


def _leaves(value: Any, place: str = "", depth: int = _DEEPEST) -> set[tuple[str, str]]:
    if depth and isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return {leaf for key, item in items for leaf in _leaves(item, f"{place}/{key}", depth - 1)} | {(place, "")}
    return {(place, repr(value))}


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)
