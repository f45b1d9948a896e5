"""Bugs of what a policy says of the answers after a sunset: planted around an honest server, and a policy that says more of them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.detection.plants import Environ, Plant, Wsgi, copied

_STAGE = '{ name = "X-Stage", levels = [{ level = "old" }, { level = "over", days = 0 }] },'
_MOVED = """[[headers]]
name = "X-Moved-To"
on = [410]

[deprecation]
headers = [
"""


def _says_more(folder: Path) -> contextlib.AbstractContextManager[Path]:
    """A policy that promises a level, and where to go, on the answers after the sunset."""
    old = "[deprecation]\nheaders = [\n"
    return copied(folder, "apiversion.toml", lambda text: text.replace(old, f"{_MOVED}  {_STAGE}\n"), locked=False)


def _ending(headers: Mapping[str, str], *, options: bool = True) -> Plant:
    """A server that adds headers to what it answers for v1 after its end, and may leave OPTIONS to the framework."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            def start(line: str, pairs: list[tuple[str, str]], *rest: Any) -> Any:
                gone = line.startswith("410") and environ["PATH_INFO"].startswith("/api/v1")
                return start_response(line, [*pairs, *headers.items()] if gone else pairs, *rest)

            if environ["REQUEST_METHOD"] == "OPTIONS" and not options:
                start_response("204 No Content", [("Allow", "GET, HEAD, OPTIONS")])
                return []
            return app(environ, start)

        return wrapped

    return Plant(folder=_says_more, wrap=wrap)


_HONEST = {"X-Stage": "over", "X-Moved-To": "/api/v2"}

ENDED: Mapping[tuple[str, str], Plant] = {
    ("girard", "honest-says-more-after-the-end"): _ending(_HONEST),
    ("girard", "moved-to-missing-after-the-end"): _ending({"X-Stage": "over"}),
    ("girard", "stage-missing-after-the-end"): _ending({"X-Moved-To": "/api/v2"}),
    ("girard", "stage-stays-old-after-the-end"): _ending({**_HONEST, "X-Stage": "old"}),
    ("girard", "options-outlives-v1"): _ending(_HONEST, options=False),
}
"""By policy and name of the bug."""
