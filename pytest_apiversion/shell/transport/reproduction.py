"""The line of shell that sends a request again: with curl, or to the application in this process."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from pytest_apiversion.shell.transport.curl import curl, curl_options

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Request
    from pytest_apiversion.core.policy.policy import Policy


def reproduction(policy: Policy, request: Request, base_url: str = "") -> str:
    """A line to paste that sends a request of a policy again; it gets tokens first, where the request needs any.

    Args:
        policy: The policy.
        request: The request as it was sent, with the names of its secrets.
        base_url: What it was sent to, where the policy does not say.
    """
    command = ("apiversion", "send", policy.app) if policy.app else ("curl", "-sS")
    options = () if policy.app else curl_options(policy.limits.connection, policy.secrets)
    line = curl(request, policy.base_url or base_url, (*command, *options), policy.secrets)
    made = (
        f"{each.minted.variable}=$({shlex.join(['apiversion', 'token', policy.source, each.name])}) && "
        for each in policy.credentials
        if each.minted is not None and each.minted.stands_in(line)
    )
    return "".join(made) + line
