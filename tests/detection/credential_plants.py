"""Bugs of guards that look whether there is a credential, and not which."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.apps import girard, moonborn
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


CREDENTIALS: Mapping[tuple[str, str], Plant] = {
    ("girard", "any-key-opens-runs"): Plant(
        wrap=_taken("HTTP_X_API_KEY", girard.ENVIRONMENT["GIRARD_TOKEN"], path=".*/runs.*")
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
