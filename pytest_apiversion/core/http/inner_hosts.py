"""Hosts that only a service's own network knows, in addresses that it gives to clients."""

from __future__ import annotations

import ipaddress

from pytest_apiversion.core.http.link_header import parts

_INNER = (
    *(
        ".local",
        ".localhost",
        ".home.arpa",
        ".internal",
    ),  # RFC 6762 §3, RFC 6761 §6.3, RFC 8375, and the one ICANN keeps free
    *(".localdomain", ".lan", ".intranet", ".corp", ".private", ".svc"),
)
"""How names end that no public server of names knows."""


def inner_host(base_url: str, address: str) -> str | None:
    """The host of an address that who asks the base URL cannot be expected to reach; None of all others.

    So are names of one word and those that end like inner ones, and this machine's for who asks another. Where the base URL's own host is
    of such a kind, the client stands in that network, and nothing is said; but on this machine names of others are not known.

    Args:
        base_url: Where the API is asked.
        address: What an answer says, as it is written there.
    """
    here, there = _host(base_url), _host(address)
    if not here or not there or here == there:
        return None
    if is_loopback(here):
        return there if _is_name(there) and _is_inner(there) and not is_loopback(there) else None
    return there if _is_inner(there) and not _is_inner(here) else None


def _host(address: str) -> str | None:
    url = parts(address)
    if url is None or url.scheme not in {"http", "https"}:
        return None
    return (url.hostname or "").rstrip(".") or None


def _is_inner(host: str) -> bool:
    number = _number(host)
    return not number.is_global if number is not None else "." not in host or host.endswith(_INNER)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its name: `localhost`, below `.localhost`, or a loopback address."""
    number = _number(host)
    if number is None:
        return host == "localhost" or host.endswith(".localhost")
    mapped = number.ipv4_mapped if isinstance(number, ipaddress.IPv6Address) else None
    return (mapped or number).is_loopback or number.is_unspecified


def _is_name(host: str) -> bool:
    return _number(host) is None


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
