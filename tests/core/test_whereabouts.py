"""Where the carriers of a policy stand: what they write tells."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.core.checking.exchange import Request
from pytest_apiversion.core.policy.carrier_positions import headers_of, in_address, negotiates, prefix_carrier, prefixed
from pytest_apiversion.core.policy.selection import Carrier
from tests.checks.builders import ACCEPT, COOKIE, HEADER, JAR, MATRIX, PATH, QUERY, REALM, SITE, VENDOR, policy


def _signed(request: Request, carrier: Carrier, text: str) -> Request:
    return request.with_header(carrier.name, text).with_header("X-Signature", f"sha256:{text}")


def _inside(request: Request, carrier: Carrier, text: str) -> Request:
    return replace(request, path=f"{request.path};{carrier.name}={text}")


SIGNED = replace(HEADER, form=replace(HEADER.form, kind="signed", write=_signed))
INSIDE = replace(QUERY, form=replace(QUERY.form, kind="inside", write=_inside))

STANDS: dict[str, tuple[Carrier, tuple[str, ...], bool]] = {
    # name: the carrier, its headers, and whether an address holds it
    "path": (PATH, (), True),
    "header": (HEADER, ("X-API-Version",), False),
    "query": (QUERY, (), True),
    "accept": (ACCEPT, ("Accept",), False),
    "a-media-types-name": (replace(ACCEPT, name="", template="application/vnd.a.{version}+json"), ("Accept",), False),
    "host": (SITE, (), True),
    "a-cookie": (JAR, ("Cookie",), False),
    "a-signed-header": (SIGNED, ("X-API-Version", "X-Signature"), False),
    "inside-the-path": (INSIDE, (), True),
}


@pytest.mark.parametrize("name", STANDS)
def test_a_carrier_stands_where_it_writes(name: str) -> None:
    """Nobody says twice where a carrier stands, and nobody has to know its kind."""
    carrier, headers, address = STANDS[name]
    rules = policy(carrier)

    assert headers_of(rules, carrier.kind) == headers
    assert in_address(rules, carrier.kind) is address
    assert negotiates(rules, carrier.kind) is (headers == ("Accept",))


PREFIXES: dict[str, tuple[tuple[Any, ...], str | None, str]] = {
    # name: the carriers, the kind that stands before paths, and where v2 has an operation
    "path": ((HEADER, PATH), "path", "/api/v2/things"),
    "a-kind-of-its-own": ((REALM, HEADER), "realm", "/api/v2/things"),
    "inside-is-not-before": ((INSIDE,), None, "/api/things"),
    "header": ((HEADER, COOKIE, VENDOR, MATRIX), None, "/api/things"),
}


@pytest.mark.parametrize("name", PREFIXES)
def test_an_operation_stands_behind_its_version(name: str) -> None:
    """Or behind the base path, where paths name no version."""
    carriers, kind, path = PREFIXES[name]
    rules = policy(*carriers)
    found = prefix_carrier(rules)

    assert (found.kind if found else None) == kind
    assert prefixed(rules, "/things", "v2") == path
