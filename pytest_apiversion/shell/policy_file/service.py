"""What a policy says of the service itself: the headers of its rate limit, and where it tells its release."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_apiversion.core.policy.responses import RateLimit, Release


def read_rate_limit(document: Mapping[str, Any]) -> RateLimit | None:
    """What the headers of a rate limit mean, where the file says so."""
    table = document.get("rate_limit")
    if table is None:
        return None
    return RateLimit(
        limit=table.get("limit"),
        remaining=table.get("remaining"),
        reset=table.get("reset"),
        form=table.get("form", "epoch"),
        versions=frozenset(table["versions"]) if "versions" in table else None,
        limits=table.get("limits", {}),
    )


def read_release(document: Mapping[str, Any]) -> Release | None:
    """Where the service says which release answers, where the file says so."""
    table = document.get("service", {}).get("version")
    return Release(**table) if table is not None else None
