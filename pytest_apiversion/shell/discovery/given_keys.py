"""The credentials of a first policy file: what a service and its document ask for, and what the environment has of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.policy.credentials import DEFAULT
from pytest_apiversion.shell.discovery.needed_credentials import schemes
from pytest_apiversion.shell.openapi.security_schemes import KeyEntry, key_entry

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Response

CHALLENGES: Mapping[str, KeyEntry] = {
    name.lower(): KeyEntry(
        scheme=DEFAULT, kind="header", field="Authorization", before=f"{name} ", variable=name.upper()
    )
    for name in ("Basic", "Bearer")
}
"""What a service that hides its document may ask for in `WWW-Authenticate`, and the variable that it is looked for in."""


def challenge_of(answer: Response) -> str:
    """The first kind of credential among those above that a 401 asks for; empty where it asks for none."""
    told = [value for name, value in answer.headers if name.lower() == "www-authenticate"]
    words = (word.lower() for value in told for word in re.findall(r"(?:^|,)\s*([A-Za-z]+)(?=\s|,|$)", value))
    return next((each for each in words if each in CHALLENGES), "")


def entries(document: Mapping[str, Any], environment: Mapping[str, str], opened: str = "") -> list[KeyEntry]:
    """The credentials that a run needs, in the document's order.

    Args:
        document: The OpenAPI document of the newest version.
        environment: Where secrets are.
        opened: What opened the service before its document could be read: a name of `CHALLENGES`, or nothing.
    """

    def entry(scheme: str) -> KeyEntry:
        found = key_entry(document, scheme)
        if opened and not environment.get(found.variable) and found.before == CHALLENGES[opened].before:
            return replace(found, variable=CHALLENGES[opened].variable)
        return found

    found = [entry(each) for each in schemes(document, lambda scheme: bool(environment.get(entry(scheme).variable)))]
    if opened and all(each.before != CHALLENGES[opened].before for each in found):
        return [*found, CHALLENGES[opened]]
    return found


def keys(found: Sequence[KeyEntry], environment: Mapping[str, str]) -> dict[str, tuple[str, str, str]]:
    """By scheme, those whose variable the environment has: header or query, its name, and what stands there."""
    return {each.scheme: _key(each, value) for each in found if (value := environment.get(each.variable))}


def offered(environment: Mapping[str, str]) -> dict[str, tuple[str, str, str]]:
    """By challenge, what the environment has for a service that hides its document."""
    return {name: _key(each, value) for name, each in CHALLENGES.items() if (value := environment.get(each.variable))}


def _key(entry: KeyEntry, value: str) -> tuple[str, str, str]:
    if entry.kind == "cookie":
        return "header", "Cookie", f"{entry.field}={value}"
    return entry.kind, entry.field, f"{entry.before}{value}"


def ways(challenge: str, opened: str) -> str:
    """What to do where most places of documents answer 401.

    Args:
        challenge: What they ask for: a name of `CHALLENGES`, or nothing.
        opened: What was sent: another name, or nothing.
    """
    if opened:
        return f"most of them answer 401 to what {CHALLENGES[opened].variable} holds"
    if not challenge:
        return "most of them answer 401, so give the document's file with --base-url"
    entry = CHALLENGES[challenge]
    return (
        f"most of them answer 401 and ask for {entry.before}credentials: export {entry.assignment} and run this command once more, "
        "or give the document's file with --base-url"
    )
