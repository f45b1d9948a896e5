"""Bugs of links and of what says how an answer is read: types of links, links to what is over, and charsets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.detection.forms import says
from tests.detection.plants import Environ, Plant, Wsgi
from tests.detection.rewriting import merged, rewriting

Pairs = list[tuple[str, str]]

_LINK = 'rel = "deprecation", href = "https://docs.vell.ai/api/versioning/#migration"'
_TYPED = says(_LINK, f'{_LINK}, type = "text/html", hreflang = "en"')


def _sent(change: Callable[[Environ, Pairs], Pairs]) -> Callable[[Wsgi], Wsgi]:
    """What changes the headers of every answer."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            def start(line: str, pairs: Pairs, *rest: Any) -> Any:
                return start_response(line, change(environ, pairs), *rest)

            return app(environ, start)

        return wrapped

    return wrap


def _links(more: str) -> Callable[[Wsgi], Wsgi]:
    """A `Link` with more parameters."""
    return _sent(lambda _, pairs: [(name, text + more if name == "Link" else text) for name, text in pairs])


def _other_charset(environ: Environ, pairs: Pairs) -> Pairs:
    """The list is said to be UTF-16, and is not."""
    if environ["PATH_INFO"] != "/api/v2/workflows":
        return pairs
    return [
        (name, f"{text}; charset=utf-16" if name == "Content-Type" and "json" in text else text) for name, text in pairs
    ]


def _located(at: str) -> Callable[[Wsgi], Wsgi]:
    """What was begun is said to be at another host, whoever asks."""
    return _sent(lambda _, pairs: [(name, at + text if name == "Location" else text) for name, text in pairs])


LINKS: Mapping[tuple[str, str], Plant] = {
    ("vellocity", "link-of-another-type"): Plant(wrap=_links('; type="application/pdf"; hreflang="en"'), folder=_TYPED),
    ("vellocity", "link-in-another-language"): Plant(wrap=_links('; type="text/html"; hreflang="de"'), folder=_TYPED),
    ("vellocity", "v1-links-to-the-gone-alias"): Plant(
        wrap=rewriting("/api/v1/affiliates/", merged({"self": "/api/affiliates/"}))
    ),
    ("vellocity", "v1-links-to-the-fading-alias"): Plant(
        wrap=rewriting("/api(/v1)?/affiliates/", merged({"self": "/api/affiliates/"}))
    ),
    ("vellocity", "v1-links-to-where-no-alias-is"): Plant(
        wrap=rewriting("/api/v1/partners/", merged({"self": "/api/partners/"}))
    ),
    ("girard", "location-names-the-upstream"): Plant(wrap=_located("http://workflows-api:8080")),
    ("girard", "charset-of-another"): Plant(wrap=_sent(_other_charset)),
}
"""By policy and name of the bug."""

HONEST_LINKS: Mapping[tuple[str, str], Plant] = {
    ("vellocity", "typed-link"): Plant(wrap=_links('; hreflang="EN"; type="Text/HTML"'), folder=_TYPED),
    ("girard", "location-names-the-public-host"): Plant(wrap=_located("https://api.girard.example")),
    ("aragora", "ends-with-its-day"): Plant(folder=says('boundary = "start-of-day"', 'boundary = "end-of-day"')),
}
"""By policy and name of the form."""

DAYS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("vellocity", "typed-link"): ("2026-06-15",),
    ("girard", "location-names-the-public-host"): ("2026-11-20",),
    ("aragora", "ends-with-its-day"): ("2026-04-01",),
}
"""When each is held to its policy."""
