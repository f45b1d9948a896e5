"""Turns: on which operation of a version what is asked once for it is asked: one that reads, and one for each method that writes."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_apiversion.core.http.statuses import succeeds
from pytest_apiversion.core.judging.probing_methods import WRITES
from pytest_apiversion.core.judging.served_version import told_apart
from pytest_apiversion.shell.requests.case_selection import conflicts

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.check import Ask
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.policy import Policy

_METHODS = frozenset({"GET", *WRITES})
"""What can be asked again and again: what alters or uses up a thing is about one of this run's own."""

Key = tuple[object, ...]


@dataclass(kw_only=True, eq=False)
class Turns:
    """Who has the turn, of one policy.

    Attributes:
        policy: Whose versions are told apart.
        won: The operations that succeeded, by version or alias and operation.
    """

    policy: Policy
    won: Container[tuple[str, str]]
    _told: dict[Key, str] = field(default_factory=dict)
    _alike: dict[Key, str] = field(default_factory=dict)

    def possible(self, scene: Scene, operation: Operation | None, ask: Ask) -> bool:
        """Whether it could be asked here: an operation that succeeds, and nobody had the turn before."""
        if operation is None or operation.method not in _METHODS or (scene.subject, operation.key) not in self.won:
            return False
        return self._told.get(_key(scene, operation, ask), operation.key) == operation.key

    def taken(self, scene: Scene, operation: Operation | None, ask: Ask, plain: Mapping[str, Response]) -> bool:
        """Whether it is asked here: where the versions to compare can be told apart; then it is asked nowhere else.

        Args:
            scene: The version.
            operation: One that could have the turn.
            ask: What is asked once.
            plain: What the same request got when versions were asked plainly.
        """
        peers = {version: plain[version] for version in ask.compare if version in plain}
        if operation is None or len(peers) < len(ask.compare):
            return False
        if operation.method in WRITES and not _shows(scene, peers):
            return False
        told = told_apart(self.policy, peers)
        turns = self._told if told else self._alike
        return (told or ask.alike) and turns.setdefault(_key(scene, operation, ask), operation.key) == operation.key


def _shows(scene: Scene, peers: Mapping[str, Response]) -> bool:
    """Whether a write can be asked again: it succeeds for its own version, and for none what is there stands in its way."""
    own = peers.get(scene.subject)
    return (own is None or succeeds(own)) and not any(map(conflicts, peers.values()))


def _key(scene: Scene, operation: Operation, ask: Ask) -> Key:
    return scene.subject, ask.aim, operation.method, ask.wrong_credential
