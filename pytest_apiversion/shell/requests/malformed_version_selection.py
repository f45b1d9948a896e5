"""Malformed version texts, spread over the operations in turns."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_apiversion.core.policy.version_texts import malformed, near_miss_texts
from pytest_apiversion.core.versions.lifecycle import Stage
from pytest_apiversion.shell.generation.drawing import malformed_texts

if TYPE_CHECKING:
    import datetime as dt

    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.shell.target.load import Target

_TURN = 8
"""Malformed texts tried on each operation but the first, which gets all of them; the operations take turns."""
_DRAWN = 12
"""Malformed texts drawn for each carrier, beside the near misses."""


@dataclass(kw_only=True, eq=False)
class MalformedVersions:
    """The malformed texts of one policy; those of a carrier are drawn once.

    Attributes:
        target: The policy and its contracts.
        as_of: The instant the policy is read at.
        seed: Decides what is drawn.
    """

    target: Target
    as_of: dt.datetime
    seed: int
    _drawn: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _turns: dict[str, dict[str, int]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def policy(self) -> Policy:
        """The policy."""
        return self.target.policy

    def texts(self, version: str, operation: Operation | None) -> dict[str, tuple[str, ...]]:
        """This operation's turn of malformed texts, by carrier."""
        if (
            operation is None
            or self.policy.scheme == "opaque"
            or self.policy.stage(version, self.as_of) is Stage.SUNSET
        ):
            return {}
        turn = self._turn(version, operation)
        found = {}
        for kind in self.policy.carriers:
            texts = self._all_texts(kind)
            start = (turn * _TURN) % max(len(texts), 1)
            found[kind] = texts if turn == 0 else (texts[start:] + texts[:start])[:_TURN]
        return found

    def _turn(self, version: str, operation: Operation) -> int:
        """Where an operation stands in its contract."""
        if version not in self._turns:
            every = self.target.contracts[version].every
            self._turns[version] = {each.key: number for number, each in enumerate(every)}
        return self._turns[version][operation.key]

    def _all_texts(self, kind: str) -> tuple[str, ...]:
        with self._lock:
            if kind not in self._drawn:
                carrier = self.policy.carriers[kind]
                taken = self._segments() if carrier.form.in_path else frozenset[str]()

                def accept(text: str) -> bool:
                    return (
                        text.isprintable()
                        and text not in taken
                        and malformed(self.policy, kind, text)
                        and carrier.form.can_carry(text, carrier)
                    )

                self._drawn[kind] = malformed_texts(
                    near_miss_texts(self.policy, kind), accept, seed=self.seed, examples=_DRAWN
                )
            return self._drawn[kind]

    def _segments(self) -> frozenset[str]:
        """Literal segments of paths that are there: in the place of a version they would make another path, not a bad version."""
        contracts, policy = self.target.contracts.values(), self.policy
        paths = [operation.path for contract in contracts for operation in contract.operations.values()]
        paths += [alias.prefix for alias in policy.aliases.values()]
        paths += [key.partition(" ")[2].partition("?")[0] for key in policy.neutral | policy.without_version]
        return frozenset(segment for path in paths for segment in path.split("/") if "{" not in segment)
