"""Bugs that single members of a body show: an old name that goes on counting, a default that is lost beside certain others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.detection.inline_plants import created
from tests.detection.plants import Plant

_MOST_ROUNDS = 10


def _old_rounds(body: dict[str, Any], method: str) -> None:
    """The number of rounds may go by its old name, where the new one is not there."""
    if method == "POST" and "task" in body and "max_rounds" in body:
        body.setdefault("rounds", body.pop("max_rounds"))


def _old_task(body: dict[str, Any], method: str) -> None:
    """The task may go by its old name; what else v1 sends is refused."""
    if method == "POST" and "topic" in body and "max_rounds" not in body:
        body.setdefault("task", body.pop("topic"))


def _long_debates(body: dict[str, Any], method: str) -> None:
    """Of the longest debates the agents are not chosen, unless that is said."""
    if method == "POST" and body.get("rounds") == _MOST_ROUNDS:
        body.setdefault("auto_select", False)


MEMBERS: Mapping[tuple[str, str], Plant] = {
    ("aragora", "old-rounds-still-count"): Plant(wrap=created(_old_rounds)),
    ("aragora", "old-task-still-counts"): Plant(wrap=created(_old_task)),
    ("aragora", "default-lost-in-long-debates"): Plant(wrap=created(_long_debates)),
}
"""By policy and name of the bug."""
