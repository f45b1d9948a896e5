"""How much is drawn: the suite draws a part of it, `tox -e thorough` all of it."""

from __future__ import annotations

import os

_PART = 4
"""What the suite divides by: it is to take five minutes. What is seeded draws the same in every run, and what is not draws other examples in the next."""


def drawn(examples: int) -> int:
    """How many of so many examples to draw: all of them where the environment has `APIVERSION_THOROUGH`, otherwise a quarter, rounded up."""
    return examples if os.environ.get("APIVERSION_THOROUGH") else -(-examples // _PART)
