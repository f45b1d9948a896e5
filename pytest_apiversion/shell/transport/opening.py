"""Opens the transport of a policy: within its limits, and with the tokens of its credentials."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pytest_apiversion.shell.transport.sender import Transport
from pytest_apiversion.shell.transport.tokens import Tokens

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import NoAnswer, Request, Response
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.secrets import Secrets
    from pytest_apiversion.shell.transport.in_process import Application
    from pytest_apiversion.shell.transport.sender import Record


def transport_of(policy: Policy, *, application: Application | None = None, record: Record | None = None) -> Transport:
    """The transport of a policy."""
    return Transport.of(
        policy.limits,
        policy.base_url or "",
        application=application,
        record=record,
        tokens=tokens_of(policy, application),
    )


_KNOWN: dict[tuple[Secrets, Application | None], Tokens] = {}
"""Tokens live as long as the process, which reads few policies. A policy that is one for a day, or with other limits, has the same secrets."""
_LOCK = threading.Lock()


def tokens_of(policy: Policy, application: Application | None = None) -> Tokens | None:
    """The tokens of a policy's credentials, the same for all that ask in this process; None where no credential has one."""
    if all(each.minted is None for each in policy.credentials):
        return None

    def ask(address: str, request: Request) -> Response | NoAnswer:
        own = address.startswith("/")
        parts = urlsplit(address)
        base = (policy.base_url or "") if own else f"{parts.scheme}://{parts.netloc}"
        path = address if own else f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        with Transport.of(policy.limits, base, application=application if own else None, concurrency=1) as transport:
            return transport.send(replace(request, path=path))

    with _LOCK:
        return _KNOWN.setdefault((policy.secrets, application), Tokens(policy, ask))
