"""What a process costs, as the system counts it: on a busy machine this is steadier than the clock."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """What a process cost.

    Attributes:
        seconds: Processor time, of the user and of the system.
        wall: Seconds by the clock.
        megabytes: Memory at its peak.
        status: What it ended with.
    """

    seconds: float
    wall: float
    megabytes: float
    status: int


_ASK = """
import os, subprocess, sys, time
nothing = subprocess.DEVNULL
began = time.monotonic()
process = subprocess.Popen(sys.argv[1:], stdin=nothing, stdout=nothing, stderr=nothing)
_, status, usage = os.wait4(process.pid, 0)
print(usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))
"""
"""Runs a command and prints its cost. A process starts with the memory of the one that starts it, so that has to be a small one."""


def run(command: Sequence[str], folder: Path | None = None, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end; what it prints is thrown away."""
    told = subprocess.run(
        [sys.executable, "-S", "-c", _ASK, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=True,
        text=True,
    )
    seconds, wall, megabytes, status = told.stdout.split()
    return Cost(seconds=float(seconds), wall=float(wall), megabytes=float(megabytes), status=int(status))


def cheapest(
    command: Sequence[str], times: int, folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> Cost:
    """The cheapest of several runs: what is above it, the machine did."""
    return min((run(command, folder, environment) for _ in range(times)), key=lambda cost: cost.seconds)
