"""Bugs of guards that look whether there is a credential, or how it begins, and not which it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.apps import aragora, girard, moonborn
from tests.detection.plants import Environ, Plant, Wsgi


def _taken(header: str, value: str, *, path: str = ".*", known: str = "") -> Callable[[Wsgi], Wsgi]:
    """Whatever stands in a header is taken for a credential's value, but for values that are known."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            if environ.get(header, known) != known and re.fullmatch(path, environ["PATH_INFO"]):
                environ[header] = value
            return app(environ, start_response)

        return wrapped

    return wrap


def _begun(header: str, value: str, begins: Callable[[str, str], bool]) -> Callable[[Wsgi], Wsgi]:
    """What begins like a credential's value is taken for it.

    Args:
        header: The header it stands in, as WSGI names it.
        value: The right one.
        begins: Whether what was sent begins like it.
    """

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            if begins(environ.get(header, ""), value):
                environ[header] = value
            return app(environ, start_response)

        return wrapped

    return wrap


def _blank(header: str, value: str) -> Callable[[Wsgi], Wsgi]:
    """A key that is there and empty is compared with one that was never set."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            if not environ.get(header, value).strip():
                environ[header] = value
            return app(environ, start_response)

        return wrapped

    return wrap


def _unguarded(header: str, token: str, *, path: str) -> Callable[[Wsgi], Wsgi]:
    """Who names the version in a header goes past the guard, which stands where the paths of versions begin."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            if header in environ and not environ["PATH_INFO"].startswith(path):
                environ.setdefault("HTTP_AUTHORIZATION", token)
            return app(environ, start_response)

        return wrapped

    return wrap


def _long_enough(sent: str, value: str) -> bool:
    """It is compared as far as it goes, and has the most of it."""
    return value.startswith(sent) and len(sent) > len(value) * 3 // 4


CREDENTIALS: Mapping[tuple[str, str], Plant] = {
    ("girard", "any-key-opens-runs"): Plant(
        wrap=_taken("HTTP_X_API_KEY", girard.ENVIRONMENT["GIRARD_TOKEN"], path=".*/runs.*")
    ),
    ("girard", "key-may-go-on"): Plant(
        wrap=_begun("HTTP_X_API_KEY", girard.ENVIRONMENT["GIRARD_TOKEN"], str.startswith)
    ),
    ("girard", "empty-key-opens"): Plant(wrap=_blank("HTTP_X_API_KEY", girard.ENVIRONMENT["GIRARD_TOKEN"])),
    ("moonborn", "token-is-compared-as-far-as-it-goes"): Plant(
        wrap=_begun("HTTP_AUTHORIZATION", f"Bearer {moonborn.ENVIRONMENT['MOONBORN_TOKEN']}", _long_enough)
    ),
    ("aragora", "token-is-compared-to-sixteen"): Plant(
        wrap=_begun(
            "HTTP_AUTHORIZATION",
            f"Bearer {aragora.ENVIRONMENT['ARAGORA_V2_TOKEN']}",
            lambda sent, value: sent[:16] == value[:16],
        )
    ),
    ("aragora", "header-goes-past-the-guard"): Plant(
        wrap=_unguarded("HTTP_X_API_VERSION", f"Bearer {aragora.ENVIRONMENT['ARAGORA_OAUTH_TOKEN']}", path="/api/v")
    ),
    ("moonborn", "any-token-is-taken"): Plant(
        wrap=_taken(
            "HTTP_AUTHORIZATION",
            f"Bearer {moonborn.ENVIRONMENT['MOONBORN_TOKEN']}",
            known=f"Bearer {moonborn.ENVIRONMENT['MOONBORN_PRO_TOKEN']}",
        )
    ),
}
"""By policy and name of the bug."""
