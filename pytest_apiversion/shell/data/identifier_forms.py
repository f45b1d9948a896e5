"""Requests about one thing as another version calls it: identifiers in the form that version has for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from pytest_apiversion.core.policy.sequences import rewritten

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Request
    from pytest_apiversion.core.policy.policy import Policy


def as_called_in(policy: Policy, operation: Operation, request: Request, version: str, other: str) -> Request:
    """A request, without a version, with the identifiers in its path and query as another version writes them.

    Args:
        policy: The policy, for its rows of `[[identifiers]]`.
        operation: The operation.
        request: The request.
        version: The version whose forms it has.
        other: The other version.
    """
    rows = policy.identifiers
    if not rows:
        return request
    segments = []
    for name, text in zip(operation.path.split("/"), request.path.split("/"), strict=False):
        plain = unquote(text)
        there = (
            rewritten(rows, name[1:-1], plain, version, other) if name.startswith("{") and name.endswith("}") else plain
        )
        segments.append(text if there == plain else quote(there, safe=""))
    spoken = {name for row in rows for name in row.names}
    query = tuple(
        (name, rewritten(rows, name, text, version, other) if name in spoken else text) for name, text in request.query
    )
    return replace(request, path="/".join(segments) or request.path, query=query)
