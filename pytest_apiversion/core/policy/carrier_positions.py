"""Positions of carriers: in which header, or which part of the URL, each writes the version."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pytest_apiversion.core.http.media_ranges import is_token
from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.core.policy.version_texts import spell

if TYPE_CHECKING:
    from pytest_apiversion.core.policy.carriers import Carrier
    from pytest_apiversion.core.policy.policy import Policy

_OF_HTTP = frozenset({"accept", "content-type", "cookie"})
"""Headers that say other things than a version, too."""
_BARE = Request(method="GET", path="/")


@lru_cache(maxsize=512)
def headers_of(policy: Policy, kind: str) -> tuple[str, ...]:
    """The names of the request headers that one carrier of a policy stands in; none where it stands in the URL."""
    return tuple(dict.fromkeys(name for name, _ in _written(policy, kind).headers))


def negotiates(policy: Policy, kind: str) -> bool:
    """Whether one carrier of a policy stands in `Accept`, so that the media type of an answer may follow it.

    An alias, and a request that names no version, are asked through no carrier: there it does not.
    """
    return kind in policy.carriers and any(name.lower() == "accept" for name in headers_of(policy, kind))


def names_version(carrier: Carrier, media_type: str) -> bool:
    """Whether a media type names a version as a carrier in `Accept` writes it."""
    return bool(carrier.form.read(Request(method="GET", path="/", headers=(("Accept", media_type),)), carrier))


@lru_cache(maxsize=512)
def in_address(policy: Policy, kind: str) -> bool:
    """Whether one carrier of a policy is a part of the URL, as a path, a query and a host are, so that links name versions with it."""
    wrote = _written(policy, kind)
    return (wrote.path, wrote.query, wrote.host) != (_BARE.path, _BARE.query, _BARE.host)


def parameters_of(policy: Policy) -> frozenset[tuple[str, str]]:
    """Where the version and the credentials of a policy stand, as an OpenAPI parameter would say it: place and name.

    Names of headers are in lower case.
    """
    found: set[tuple[str, str]] = set()
    for kind in policy.carriers:
        wrote = _written(policy, kind)
        found |= {("header", name.lower()) for name, _ in wrote.headers}
        found |= {("query", each) for name, _ in wrote.query for each in _cases(name, policy.carriers[kind])}
        found |= {("header", "host")} if wrote.host is not None else set()
    fields = [part for each in policy.credentials for part in each.fields]
    found |= {(each.kind, each.name.lower() if each.kind == "header" else each.name) for each in fields}
    return frozenset(found)


def _cases(name: str, carrier: Carrier) -> tuple[str, ...]:
    """The cases in which documents write a parameter's name: its own, or small letters and capitals where any is read."""
    return (name, name.lower(), name.upper(), name.lower().capitalize()) if carrier.any_case else (name,)


def opposite_places(policy: Policy) -> tuple[tuple[str, str], ...]:
    """Where no carrier of a policy stands and its name could: a header's name in the query, and a query's as a header; place and name.

    What one setting names, some libraries read in both. A query tells cases apart, and its parameters are mostly small.
    """
    found: dict[tuple[str, str], None] = {}
    for kind in policy.carriers:
        wrote = _written(policy, kind)
        names = [name for name, _ in wrote.headers if name.lower() not in _OF_HTTP]
        found |= {("query", each): None for name in names for each in (name, name.lower())}
        found |= {("header", name): None for name, _ in wrote.query if is_token(name)}
    return tuple(found)


def prefix_carrier(policy: Policy) -> Carrier | None:
    """The strongest carrier that stands before what operations are called; None where a path has no version."""
    return next((carrier for carrier in policy.carriers.values() if carrier.form.in_path), None)


def prefixed(policy: Policy, path: str, version: str) -> str:
    """An operation's path as a version has it: behind the version, or behind the base path where the path names none."""
    carrier = prefix_carrier(policy)
    if carrier is None:
        return policy.base_path + path
    return carrier.form.write(Request(method="GET", path=path), carrier, spell(policy, carrier.kind, version)).path


def _written(policy: Policy, kind: str) -> Request:
    carrier = policy.carriers[kind]
    return carrier.form.write(_BARE, carrier, spell(policy, kind, next(iter(policy.versions))))
