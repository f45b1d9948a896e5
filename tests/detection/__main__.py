"""`python -m tests.detection`: run planted bugs, and print which check found which."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests.detection.harness import Detection, detect
from tests.detection.table import CURATED, HONEST, POLICIES, ROWS, Row
from tests.presets.catalogue import SHOWN

_LINE = "{:<42} {:<10} {:<11} {:<9} {:<14} {}\n"
_LINES = 2
"""Findings told of each code that is not as expected."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 0 when every bug is found by exactly its check and the honest servers by none, 1 otherwise."""
    options = _options(arguments)
    rows = [row for row in (ROWS if options.all or options.bug else CURATED) if _wanted(row, options)]
    honest = [row for row in HONEST if not options.policy or row.policy in options.policy]
    if not rows:
        sys.stderr.write("no such bug\n")
        return 2
    if not options.json:
        sys.stdout.write(_LINE.format("bug", "policy", "date", "expected", "found", "ok"))
    found: list[Detection] = []
    for each in _all([*([] if options.bug else honest), *rows], options.jobs, options.seed):
        found.append(each)
        _say(each, quiet=options.json)
    bugs = [each for each in found if each.row.bug]
    if options.json:
        sys.stdout.write(json.dumps([each.to_dict() for each in bugs], indent=2) + "\n")
    else:
        later = sum(bool(each.row.reason) for each in bugs)
        right = sum(each.ok for each in bugs)
        sys.stdout.write(
            f"{right} of {len(bugs)} bugs as expected, {later} of them held by no check yet; {len(found) - len(bugs)} honest runs; "
            f"{sum(each.requests for each in found)} requests, {sum(each.seconds for each in found):.0f} s of work\n"
        )
    return 0 if all(each.ok for each in found) else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.detection", description=__doc__)
    parser.add_argument("--all", action="store_true", help="every bug of the table, not only the short run")
    parser.add_argument("--json", action="store_true", help="print a list of objects and nothing else")
    parser.add_argument("--bug", action="append", help="only this bug; may be given again")
    parser.add_argument(
        "--policy",
        action="append",
        choices=(*POLICIES, *SHOWN),
        metavar="NAME",
        help="only this policy; may be given again",
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (default: one a processor)")
    parser.add_argument("--seed", type=int, default=1, help="decides what is drawn")
    return parser.parse_args(arguments)


def _wanted(row: Row, options: argparse.Namespace) -> bool:
    return (not options.policy or row.policy in options.policy) and (not options.bug or row.bug in options.bug)


def _all(rows: list[Row], jobs: int, seed: int) -> Iterator[Detection]:
    """The detections, in the order of the rows."""
    run = partial(detect, seed=seed)
    if jobs <= 1:
        yield from map(run, rows)
        return
    with ProcessPoolExecutor(min(jobs, len(rows))) as pool:
        yield from pool.map(run, rows)


def _say(each: Detection, *, quiet: bool) -> None:
    row = each.row
    if not quiet:
        found = ",".join(each.found) or ("not yet" if row.reason else "-")
        verdict = "yes" if each.ok else "NO"
        sys.stdout.write(
            _LINE.format(row.bug or "(honest)", row.policy, row.day, ",".join(row.expected) or "-", found, verdict)
        )
        sys.stdout.flush()
    if not each.ok:
        told = Counter[str]()
        for line in dict.fromkeys(each.lines):
            told[line.partition(" ")[0]] += 1
            if told[line.partition(" ")[0]] <= _LINES:
                sys.stderr.write(f"    {line}\n")


if __name__ == "__main__":
    sys.exit(main())
