"""Requirements: the sentences of a published policy, by the ids their owner gave them, and what the policy file answers each with."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CODE = re.compile(r"[A-Z]{2,}[0-9]+", re.ASCII)


def is_code(text: str) -> bool:
    """Whether a text is written as the code of a check, ours or somebody's own; other texts are dotted places."""
    return _CODE.fullmatch(text) is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Requirement:
    """One sentence of a published policy that checks hold.

    Attributes:
        id: Its id, as the owner of the policy tells it: `GIR-15`.
        text: What it says, for the report.
        by: Codes of the checks that hold it, and dotted places of the policy file that say it to them.
    """

    id: str
    text: str
    by: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The checks that hold it."""
        return tuple(each for each in self.by if is_code(each))

    @property
    def places(self) -> tuple[str, ...]:
        """Where the policy file says it."""
        return tuple(each for each in self.by if not is_code(each))
