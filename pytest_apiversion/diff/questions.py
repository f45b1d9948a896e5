"""Questions that a comparison asks itself on its way, each once."""

from __future__ import annotations

from typing import Any


class Questions:
    """Whether two schemas mean the same, of one comparison, by their identities.

    Attributes:
        asked: Those that are being asked. What leads back to one takes for granted that it is answered with yes.
        granted: Those that were taken for granted since they were asked.
        answers: Those that are answered for good, each with what it is about, so that nothing else ever has those identities.
        work: Pairs of schemas that were compared for them.
    """

    def __init__(self) -> None:
        self.asked: set[tuple[int, int]] = set()
        self.granted: set[tuple[int, int]] = set()
        self.answers: dict[tuple[int, int], tuple[bool, Any, Any]] = {}
        self.work = 0
