"""Where the operations of one version stand in a document that covers several."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pytest_apiversion.core.policy.carrier_positions import prefix_carrier
from pytest_apiversion.core.policy.version_texts import spell
from pytest_apiversion.selection import served_path

if TYPE_CHECKING:
    from pytest_apiversion.core.policy.policy import Policy


def locate_for(policy: Policy, version: str) -> Callable[[str], str | None]:
    """Where an operation of a version's document is, without its version; None where it belongs to another version."""
    carrier = prefix_carrier(policy)
    mine = spell(policy, carrier.kind, version) if carrier else None

    def locate(full_path: str) -> str | None:
        if mine is not None:
            full_path = full_path.replace("{version}", mine)
        text, path = served_path(policy, full_path)
        return path if text in {None, mine} else None

    return locate
