"""Members of a JSON body: the body of a request with some of them put in, and some left out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.json.nested_members import put, without

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.check import Ask
    from pytest_apiversion.core.http.messages import Request


def takes(ask: Ask, request: Request) -> bool:
    """Whether a request can be made as an ask wants: a smaller JSON body can be made larger, an object can have other members."""
    if (ask.members or ask.lacks) and with_members(request, ask.members, ask.lacks) is None:
        return False
    return ask.padded is None or (
        request.media_type == "application/json" and 0 < len(request.body or b"") <= ask.padded
    )


def with_members(
    request: Request, members: Iterable[tuple[tuple[str, ...], Any]], lacks: Iterable[tuple[str, ...]]
) -> bytes | None:
    """The request's body, a JSON object, with these members and without those; None where it is no such object."""
    if not request.media_type.endswith("json"):
        return None
    try:
        body = json.loads(request.body or b"")
    except ValueError:
        return None
    if not isinstance(body, dict):
        return None
    for way in lacks:
        body = without(body, way)
    for way, value in members:
        body = put(body, way, value)
    return json.dumps(body, separators=(",", ":")).encode("ascii")
