"""What OAuth says of a grant, and not of the request it came in (RFC 6749 §5.2, RFC 8628 §3.5, RFC 7009 §2.2.1)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Request, Response

_OF_THE_GRANT = frozenset({"invalid_grant", "authorization_pending", "slow_down", "expired_token"})
"""Codes that nothing but a token endpoint gives: the request was understood, and its code, password or token is none that was issued."""
_OF_THE_CLIENT = frozenset({"invalid_client", "unauthorized_client", "invalid_scope", "access_denied"})
"""Codes that say the same where a grant was asked for."""
_STATUSES = frozenset({400, 401, 403})


def refuses_grant(request: Request, response: Response) -> bool:
    """Whether a token endpoint refuses what a request names, and not how it says it; `invalid_request` says the latter."""
    code = response.json.get("error") if isinstance(response.json, dict) else None
    if response.status not in _STATUSES or not isinstance(code, str):
        return False
    return code in _OF_THE_GRANT or (code in _OF_THE_CLIENT and "grant_type" in _names(request))


def _names(request: Request) -> set[str]:
    """The members of a form, or of a JSON object."""
    text = (request.body or b"").decode("utf-8", "replace")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {name for name, _ in parse_qsl(text, keep_blank_values=True)}
    return set(value) if isinstance(value, dict) else set()
