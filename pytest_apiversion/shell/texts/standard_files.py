"""The three standard files, where somebody closed them before: `pytest >&-`, a job without a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

NAMES = ("stdin", "stdout", "stderr")


def fill_closed(names: Sequence[str] = NAMES) -> None:
    """Open each that is closed to nothing: what is written there is lost, as was asked for, and no other file takes its number."""
    for name in names:
        if getattr(sys, name) is None:
            file = open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8")  # noqa: PTH123, SIM115  as long as the process lives
            setattr(sys, name, file)
            setattr(sys, f"__{name}__", file)
