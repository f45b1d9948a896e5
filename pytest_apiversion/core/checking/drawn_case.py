"""A drawn case: the data of one request, before it has a version and an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_apiversion.core.checking.exchange import Aim, Pairs


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnCase:
    """What one request of an operation carries.

    Attributes:
        aim: `Aim.UNKNOWN_DATA` where the contract accepts it, `Aim.REFUSED` where it does not.
        origin: `example` (of the contract), `minimal` (only what is required), `boundary` (at its limits), `drawn` or `negative`.
        path_parameters: Percent-encoded values, as they stand in the path.
        query: Decoded pairs.
        headers: Pairs, without `Content-Type`.
        cookies: Pairs as they stand in `Cookie`.
        body: Bytes, or None for no body.
        media_type: What `Content-Type` says of the body, parameters included; None without a body.
        json: The body's value where it is JSON; None otherwise.
    """

    aim: Aim
    origin: str
    path_parameters: Mapping[str, str] = field(default_factory=dict)
    query: Pairs = ()
    headers: Pairs = ()
    cookies: Pairs = ()
    body: bytes | None = None
    media_type: str | None = None
    json: Any = None

    @property
    def data(self) -> tuple[object, ...]:
        """Everything that goes on the wire, for comparison."""
        return (tuple(self.path_parameters.items()), self.query, self.headers, self.cookies, self.body, self.media_type)
