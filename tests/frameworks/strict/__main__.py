"""`python -m tests.frameworks.strict`: hold the three strict services to their contracts with one seed after the other."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.frameworks.strict.services import SERVICES, run

_LINE = "{:<10} {:>4} {:>10} {:>9} {}\n"


def main(arguments: list[str] | None = None) -> int:
    """Print what each run said; 0 where none said anything."""
    parser = argparse.ArgumentParser(prog="python -m tests.frameworks.strict", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="the seeds from 1 to this one (10)")
    options = parser.parse_args(arguments)
    sys.stdout.write(_LINE.format("service", "seed", "operations", "requests", "findings"))
    quiet = True
    for name in SERVICES:
        for seed in range(1, options.seeds + 1):
            with tempfile.TemporaryDirectory() as folder:
                result = run(name, Path(folder), seed=seed)
            operations = sum(outcome.succeeded is not None for outcome in result.outcomes)
            sys.stdout.write(_LINE.format(name, seed, operations, result.sent, len(result.findings)))
            sys.stdout.writelines(f"  {line}\n" for line in [*result.said, *result.barren])
            sys.stdout.flush()
            quiet = quiet and not result.findings
    return 0 if quiet else 1


if __name__ == "__main__":
    sys.exit(main())
