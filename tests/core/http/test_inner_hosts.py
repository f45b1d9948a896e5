"""Addresses whose host only the service's own network knows."""

from __future__ import annotations

import pytest

from pytest_apiversion.core.http.inner_hosts import inner_host

INNER = [
    ("https://api.example.org", "http://backend:8080/things/1", "backend"),
    ("https://api.example.org", "http://things.shop.svc.cluster.local/things/1", "things.shop.svc.cluster.local"),
    ("https://api.example.org", "http://things.internal./things/1", "things.internal"),
    ("https://api.example.org", "http://localhost:5000/things/1", "localhost"),
    ("https://api.example.org", "http://127.0.0.1:5000/things/1", "127.0.0.1"),
    ("https://api.example.org", "http://[::1]:5000/things/1", "::1"),
    ("https://api.example.org", "http://10.1.2.3/things/1", "10.1.2.3"),
    ("http://127.0.0.1:5000", "http://backend:8080/things/1", "backend"),
    ("http://localhost:5000/api", "http://things.internal/things/1", "things.internal"),
]
KNOWN = [
    ("https://api.example.org", "/things/1"),
    ("https://api.example.org", "things/1"),
    ("https://api.example.org", ""),
    ("https://api.example.org", "urn:thing:1"),
    ("https://api.example.org", "http://[bad/things"),
    ("https://api.example.org", "https://API.example.org:8443/things/1"),
    ("https://api.example.org", "https://files.example.net/things/1"),
    ("https://api.example.org", "https://8.8.8.8/things/1"),
    ("http://127.0.0.1:5000", "http://localhost:5000/things/1"),
    ("http://127.0.0.1:5000", "http://172.17.0.2:5000/things/1"),
    ("http://127.0.0.1:5000", "https://api.example.org/things/1"),
    ("http://gateway:8080", "http://backend:8080/things/1"),
    ("http://things.internal", "http://10.1.2.3/things/1"),
    ("http://192.168.1.7", "http://nas/things/1"),
    ("", "http://backend:8080/things/1"),
]


@pytest.mark.parametrize(("base", "address", "host"), INNER)
def test_inner_hosts_are_told(base: str, address: str, host: str) -> None:
    """A name of one word, an inner ending, and one's own machine are of no use to who stands outside."""
    assert inner_host(base, address) == host


@pytest.mark.parametrize(("base", "address"), KNOWN)
def test_what_a_client_may_reach_is_not(base: str, address: str) -> None:
    """Relative addresses, public hosts, the base URL's own, and whatever a client in the same network may know."""
    assert inner_host(base, address) is None
