"""A thing that a run created, as a suite gets it to put it away."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_apiversion.core.http.messages import Request


@dataclass(frozen=True, kw_only=True, slots=True)
class Created:
    """A thing that a run created.

    Attributes:
        policy: The name of the policy's API.
        version: The version it was created in.
        operation: What created it, as `METHOD /template` of that version's contract.
        path: Where it is, percent-encoded, without version and base URL: `/orgs/o1/members/m2`.
        request: The request that created it, without credentials.
    """

    policy: str
    version: str
    operation: str
    path: str
    request: Request
