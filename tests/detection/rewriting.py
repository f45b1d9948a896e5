"""Bugs that show only when the same request is asked in two places: what stands in front of an honest server rewrites one of the answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.detection.plants import Environ, Plant, Wsgi


def rewriting(
    path: str,
    change: Callable[[Any], Any],
    *,
    method: str = "GET",
    status: int = 200,
    now: int | None = None,
    **environ: str,
) -> Callable[[Wsgi], Wsgi]:
    """What rewrites the JSON of some answers.

    Args:
        path: Matches the whole path of the requests.
        change: Given the body, gives another.
        method: Their method.
        status: The status of the answers.
        now: The status they get instead.
        environ: What else their WSGI environment holds.
    """

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environment: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            held: list[tuple[str, list[tuple[str, str]]]] = []

            def note(line: str, pairs: list[tuple[str, str]], *_: Any) -> None:
                held.append((line, pairs))

            asked = {name: environment.get(name, "") for name in environ}
            fits = re.fullmatch(path, environment["PATH_INFO"]) and environment["REQUEST_METHOD"] == method
            body = b"".join(app(environment, note))
            line, pairs = held[0]
            if fits and asked == environ and line.startswith(f"{status} ") and body:
                body = json.dumps(change(json.loads(body))).encode()
                line = f"{now} Rewritten" if now else line
            kept = [pair for pair in pairs if pair[0].lower() != "content-length"]
            start_response(line, [*kept, ("Content-Length", str(len(body)))])
            return [body]

        return wrapped

    return wrap


def moved(path: str, change: Callable[[str], str], *, method: str = "POST") -> Callable[[Wsgi], Wsgi]:
    """What rewrites the `Location` of answers to some requests."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environment: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            fits = re.fullmatch(path, environment["PATH_INFO"]) and environment["REQUEST_METHOD"] == method

            def start(line: str, pairs: list[tuple[str, str]], *rest: Any) -> Any:
                return start_response(
                    line, [(name, change(text) if fits and name == "Location" else text) for name, text in pairs], *rest
                )

            return app(environment, start)

        return wrapped

    return wrap


def merged(more: Any) -> Callable[[Any], Any]:
    """Changes an object: its members, and those of objects in it, are overwritten."""

    def change(value: Any) -> Any:
        return _merged(value, more)

    return change


def _merged(value: Any, more: Any) -> Any:
    if isinstance(value, dict) and isinstance(more, dict):
        return {**value, **{name: _merged(value.get(name), each) for name, each in more.items()}}
    return more


def _added(member: str, value: Any, *versions: str) -> Callable[[Wsgi], Wsgi]:
    """Augno's customers have a member more in some versions, which no contract names."""

    def wrap(app: Wsgi) -> Wsgi:
        for version in versions:
            change = merged({member: value})
            app = rewriting("/v1/core/customers/[^/]+", change, HTTP_AUGNO_VERSION=version)(app)
        return app

    return wrap


def _both(*wraps: Callable[[Wsgi], Wsgi]) -> Callable[[Wsgi], Wsgi]:
    def wrap(app: Wsgi) -> Wsgi:
        for each in wraps:
            app = each(app)
        return app

    return wrap


def _rated(value: Any) -> Any:
    value["data"]["rating"] += 1
    return value


def _fewer(*path: str) -> Callable[[Any], Any]:
    """Changes a list below an object: its last element is gone."""

    def change(value: Any) -> Any:
        found = value
        for name in path:
            found = found[name]
        found[-1:] = []
        return value

    return change


_WORKFLOW, _PERSONA = "/workflows/[^/]+", "/v2/(personas|memories)/[^/]+"
_OF_V1 = "/api/v1/agents/leaderboard"

_WRAPS: Mapping[tuple[str, str], Callable[[Wsgi], Wsgi]] = {
    ("aragora", "header-rates-agents-otherwise"): rewriting("/api/agents/agt_[^/]+", _rated, HTTP_X_API_VERSION="2"),
    ("aragora", "accept-forgets-an-agent"): rewriting(
        "/api/agents", _fewer("data", "agents"), HTTP_ACCEPT="application/json; version=2"
    ),
    ("girard", "location-of-a-run-leaves-v1"): moved(
        "/api/v1/workflows/[^/]+/execute", lambda text: text.replace("v1", "v2")
    ),
    ("aragora", "agent-links-to-v1"): rewriting(
        "/api(/v2)?/agents/agt_[^/]+", merged({"data": {"leaderboard_url": _OF_V1}})
    ),
    ("aragora", "agents-link-to-no-version"): rewriting(
        "/api(/v2)?/agents", merged({"links": {"self": "/api/agents"}})
    ),
    ("vellocity", "alias-metrics-of-a-week"): rewriting("/api/agents/audit/[^/]+/metrics", merged({"window_days": 7})),
    ("vellocity", "alias-forgets-an-affiliate"): rewriting("/api/affiliates/", _fewer("items")),
    ("augno", "undocumented-member-gone-in-a-minor"): _added("region", "eu", "1.0.forge", "1.1.forge"),
    ("augno", "undocumented-member-gone-in-a-patch"): _added("region", "eu", "1.0.forge"),
    ("augno", "undocumented-member-retyped-in-a-minor"): _both(
        _added("region", "eu", "1.0.forge", "1.1.forge"), _added("region", 7, "2.0.forge")
    ),
    ("girard", "not-found-code-of-v1-differs"): rewriting(
        f"/api/v1{_WORKFLOW}", merged({"error": {"code": "WORKFLOW_MISSING"}}), status=404
    ),
    ("moonborn", "validation-of-v2-answers-422"): rewriting("/v2/personas", merged({}), status=400, now=422),
    ("moonborn", "not-found-code-of-v2-differs"): rewriting(
        _PERSONA, merged({"error": {"code": "gone_missing"}}), status=404
    ),
}

REWRITING: Mapping[tuple[str, str], Plant] = {bug: Plant(wrap=wrap) for bug, wrap in _WRAPS.items()}
"""What stands in front of the server, by policy and name of the bug."""
