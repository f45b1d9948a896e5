# mypy: ignore-errors
"""A tiny versioned WSGI application: books, under /v1 (deprecated) and /v2. `SHELF_BUG=price` makes v2 forget a price."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from typing import Any

BOOKS = {"b1": ("Dune", 9)}


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer one request."""
    version, _, rest = environ["PATH_INFO"].lstrip("/").partition("/")
    status, body = answer(version, environ["REQUEST_METHOD"], f"/{rest}", environ.get("HTTP_AUTHORIZATION"))
    headers = [("Content-Type", "application/json")]
    if version == "v1":
        headers.append(("Sunset", "Tue, 01 Jan 2030 00:00:00 GMT"))
    start_response(f"{status} whatever", headers)
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else json.dumps(body).encode()]


def answer(version: str, method: str, path: str, key: str | None) -> tuple[int, Any]:
    """Status and body."""
    book = BOOKS.get(path.removeprefix("/books/"))
    if version not in {"v1", "v2"} or not (path == "/books" or path.startswith("/books/")) or path.count("/") > 2:
        return 404, {"error": "no such path"}
    if method not in {"GET", "HEAD"}:
        return 405, {"error": "read only"}
    if key != f"Bearer {os.environ['SHELF_KEY']}":
        return 401, {"error": "who are you?"}
    if path == "/books":
        return 200, [_shown(version, name) for name in BOOKS]
    return (200, _shown(version, path.removeprefix("/books/"))) if book else (404, {"error": "no such book"})


def _shown(version: str, name: str) -> dict[str, Any]:
    title, price = BOOKS[name]
    if version == "v1":
        return {"id": name, "title": title}
    return (
        {"id": name, "title": title, "price": price}
        if os.environ.get("SHELF_BUG") != "price"
        else {"id": name, "title": title}
    )
