"""Statuses (RFC 9110 §15): their classes, what some of them have in common, and patterns such as `4xx`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Response

SUCCESS = range(200, 300)
"""RFC 9110 §15.3."""
NOT_MODIFIED = 304
"""What a conditional reading gets of which the client has the answer already (RFC 9110 §15.4.5)."""
FIRST_ERROR = 400
"""Lowest status of an error (RFC 9110 §15.5)."""
FIRST_FAILURE = 500
"""Lowest status that says the server failed (RFC 9110 §15.6)."""
POLITE = frozenset({501, 503, 505})
"""Failures that say what cannot be done, or not now."""
CREDENTIAL = frozenset({401, 403})
"""Refusals of who asks (RFC 9110 §15.5.2 and §15.5.4)."""
NOWHERE = frozenset({404, 405, 410, 501})
"""What a request gets that no operation is there for."""
CONFLICT = 409
"""What a request gets that the state of a thing is against (RFC 9110 §15.5.10)."""
GONE = frozenset({404, 410})
"""What a request gets for a thing that is not there."""
OF_VALUES = frozenset({400, 422})
"""What a request gets whose values are wrong, perhaps only together with what is stored (RFC 5789 §2.2)."""
TOO_MANY = 429
"""RFC 6585 §4."""
NOT_NOW = frozenset({TOO_MANY, 503})
"""What a request gets that would be answered at another time (RFC 6585 §4, RFC 9110 §15.6.4): it says nothing of the request."""
CACHEABLE = frozenset({200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501})
"""Statuses of answers that a cache may keep without being told for how long (RFC 9110 §15.1)."""


def status_matches(status: int, patterns: tuple[str, ...]) -> bool:
    """Whether a status is among patterns such as `404`, `4xx` and `*`."""
    text = str(status)
    return any(pattern in {"*", text} or pattern.lower() == f"{text[0]}xx" for pattern in patterns)


def ok(response: Response) -> bool:
    """Whether an answer is a success or a redirect."""
    return response.status < FIRST_ERROR


def succeeds(response: Response) -> bool:
    """Whether an answer is a 2xx."""
    return response.status in SUCCESS
