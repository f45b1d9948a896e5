"""`python -m tests.detection`: run planted bugs, and print which check found which."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby

from tests.detection.harness import Detection, detect
from tests.detection.honest import HONEST
from tests.detection.table import CURATED, POLICIES, ROWS, Row
from tests.lives.catalogue import LIVES
from tests.presets.catalogue import SHOWN

_LINE = "{:<42} {:<10} {:<11} {:<9} {:<14} {}\n"
_LINES = 2
"""Findings told of each code that is not as expected."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 0 when every bug is found by exactly its check and the honest servers by none, 1 otherwise."""
    options = _options(arguments)
    table = ROWS if options.all or options.bug else CURATED
    rows = [row for row in (gated(table) if options.gate else table) if _wanted(row, options)]
    honest = [
        row
        for row in (gated_honest(HONEST) if options.gate else HONEST)
        if not options.policy or row.policy in options.policy
    ]
    if options.bug:
        honest = [row for row in honest if row.form in options.bug]
    if not rows and not honest:
        sys.stderr.write("no such bug\n")
        return 2
    if not options.json:
        sys.stdout.write(_LINE.format("bug", "policy", "date", "expected", "found", "ok"))
    found: list[Detection] = []
    for each in _all([*honest, *rows], options):
        found.append(each)
        _say(each, quiet=options.json)
    if options.json:
        sys.stdout.write(json.dumps([each.to_dict() for each in found if each.row.bug], indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _summary(found))
    return 0 if all(each.ok for each in found) else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.detection", description=__doc__)
    parser.add_argument("--all", action="store_true", help="every bug of the table, not only the short run")
    parser.add_argument(
        "--gate",
        action="store_true",
        help="a bug of each check, the policies in turn, and the honest servers at five instants, with few requests each",
    )
    parser.add_argument("--json", action="store_true", help="print a list of objects and nothing else")
    parser.add_argument("--bug", action="append", help="only this bug, or this honest form; may be given again")
    parser.add_argument(
        "--policy",
        action="append",
        choices=(*POLICIES, *SHOWN, *LIVES),
        metavar="NAME",
        help="only this policy; may be given again",
    )
    parser.add_argument(
        "--examples", type=int, metavar="N", help="requests drawn for each operation (default: the policy's)"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (default: one a processor)")
    parser.add_argument("--seed", type=int, action="append", help="decides what is drawn (1); may be given again")
    parser.add_argument(
        "--seeds", type=int, metavar="N", help="the same with the seeds from 1 to N, one after the other"
    )
    return parser.parse_args(arguments)


def _seeds(options: argparse.Namespace) -> list[int]:
    return list(dict.fromkeys([*(options.seed or ()), *range(1, (options.seeds or 0) + 1)])) or [1]


def _wanted(row: Row, options: argparse.Namespace) -> bool:
    return (not options.policy or row.policy in options.policy) and (not options.bug or row.bug in options.bug)


def gated(rows: Iterable[Row]) -> list[Row]:
    """A bug of each check, the policies in turn: what the gate has the time for."""
    by_check: dict[tuple[str, ...], dict[str, Row]] = {}
    for row in rows:
        if not row.whole:
            by_check.setdefault(row.expected, {}).setdefault(row.policy, row)
    chosen, turns = [], Counter[str]()
    for _, by_policy in sorted(by_check.items()):
        policy = min(by_policy, key=lambda each: (turns[each], each))
        turns[policy] += 1
        chosen.append(by_policy[policy])
    return chosen


def gated_honest(rows: Iterable[Row]) -> list[Row]:
    """The honest servers at their five instants, and in each of their other honest ways once."""
    first: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        if row.instant or row.form or row.policy not in POLICIES:
            first.setdefault((row.policy, row.form, row.instant), row)
    return list(first.values())


def _all(rows: list[Row], options: argparse.Namespace) -> Iterator[Detection]:
    """The detections: seed by seed, in the order of the rows."""
    work = [(row, seed, options.examples, options.gate) for seed in _seeds(options) for row in rows]
    if options.jobs <= 1:
        yield from map(_detect, work)
        return
    gc.collect()
    gc.freeze()  # what is imported lives to the end: no process looks through it for cycles
    with ProcessPoolExecutor(min(options.jobs, len(work))) as pool:
        yield from pool.map(_detect, work)


def _detect(work: tuple[Row, int, int | None, bool]) -> Detection:
    row, seed, examples, brief = work
    return detect(row, seed=seed, examples=examples, brief=brief)


def _say(each: Detection, *, quiet: bool) -> None:
    row = each.row
    if not quiet:
        found = ",".join(each.found) or ("not yet" if row.bug and not row.expected else "-")
        verdict = "yes" if each.ok else "NO"
        name = row.bug or row.form or row.instant or "(honest)"
        sys.stdout.write(_LINE.format(name, row.policy, row.day, ",".join(row.expected) or "-", found, verdict))
        sys.stdout.flush()
    if not each.ok:
        told = Counter[str]()
        for line in dict.fromkeys(each.lines):
            told[line.partition(" ")[0]] += 1
            if told[line.partition(" ")[0]] <= _LINES:
                sys.stderr.write(f"    {line}\n")
        if not row.bug:
            sys.stderr.writelines(f"    not exercised: {line}\n" for line in each.unexercised)


def _summary(found: Sequence[Detection]) -> Iterator[str]:
    """What the run says as a whole: the matrix of bugs and checks, each seed, the work."""
    bugs = [each for each in found if each.row.bug]
    own = Counter(code for each in bugs for code in each.found if code in each.row.expected)
    if own:
        yield "found by: " + ", ".join(f"{code} {count}" for code, count in sorted(own.items()))
    strange = [
        f"  {code} spoke of {each.row.policy}/{each.row.bug} (seed {each.seed})"
        for each in bugs
        for code in each.told
        if code not in each.row.expected
    ]
    yield f"checks that spoke of a bug that is not theirs: {len(strange) or 'none'}"
    yield from strange
    for seed, mine in groupby(found, key=lambda each: each.seed):
        yield _seed_line(seed, mine)
    yield (
        f"{sum(each.ok for each in bugs)} of {len(bugs)} bugs as expected, "
        f"{sum(not each.row.expected for each in bugs)} of them held by no check yet; {len(found) - len(bugs)} honest runs; "
        f"{sum(each.requests for each in found)} requests, {sum(each.seconds for each in found):.0f} s of work"
    )


def _seed_line(seed: int, found: Iterable[Detection]) -> str:
    """What differs from the table with one seed."""
    differs = [
        f"{each.row.policy}/{each.row.bug or each.row.day} found by {','.join(each.found) or 'none'}"
        for each in found
        if not each.ok
    ]
    return f"seed {seed}: {'; '.join(differs) or 'nothing differs'}"


if __name__ == "__main__":
    sys.exit(main())
