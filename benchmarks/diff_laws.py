"""Holds the comparison to its laws on large contracts: other spellings are no change, a planted break is found, and proved.

python -m benchmarks.diff_laws CONTRACT... [--seeds N] [--plants N] [--proofs N]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pytest_apiversion.core.contracts.change import Change
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.diff.compare import compare
from pytest_apiversion.diff.document import Document
from pytest_apiversion.shell.comparison.witness import prove
from pytest_apiversion.shell.openapi.comparable_document import document_of
from pytest_apiversion.shell.openapi.document_files import read_document
from tests.diff.transforms import SPELLINGS, plant

GOALS = {"found": 0.98, "proved": 0.90}
"""Share of the planted breaks that are to be found, and of those tried that are to be proved."""


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def spellings(name: str, contract: dict[str, Any], seeds: int) -> Iterator[int]:
    """How many changes are found between a contract and each other spelling of it, in both directions."""
    for law, spell in SPELLINGS.items():
        began, found = time.perf_counter(), 0
        for seed in range(seeds):
            other = spell(contract, random.Random(seed))  # noqa: S311  a seed
            for old, new in ((contract, other), (other, contract)):
                changes = compare(document_of(old, name), document_of(new, name))
                found += len(changes)
                for change in changes[:3]:
                    say(f"    {change.text} [{change.rule.id}] at {change.place}")
        say(f"{name} {law}: {found} changes, {seeds} seeds, {time.perf_counter() - began:.1f} s")
        yield found


def planted(name: str, contract: dict[str, Any], plants: int, proofs: int) -> Counter[str]:
    """How many planted breaks there were, how many were found, and of the first of those how many were proved."""
    tally: Counter[str] = Counter()
    old = document_of(contract, name)
    for seed in range(plants):
        made = plant(contract, random.Random(seed))  # noqa: S311  a seed
        if made is None:
            continue
        tally["planted"] += 1
        broken, what = made
        new = document_of(broken, name)
        breaking = [change for change in compare(old, new) if change.severity is Severity.ERROR]
        tally["found"] += bool(breaking)
        if not breaking:
            say(f"    not found: {what} (seed {seed})")
        elif tally["tried"] < proofs:
            tally["tried"] += 1
            tally["proved"] += (shown := _proved(old, new, breaking))
            if not shown:
                say(f"    not proved: {what} (seed {seed}): {breaking[0].text} [{breaking[0].rule.id}]")
    say(
        f"{name}: {tally['found']} of {tally['planted']} planted breaks found, "
        f"{tally['proved']} of {tally['tried']} proved"
    )
    return tally


def _proved(old: Document, new: Document, breaking: list[Change]) -> bool:
    return any(prove(old, new, breaking).values())


def main() -> int:
    """Try every contract; gives 0 where every law holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("contracts", nargs="+", type=Path)
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help="other spellings of each kind")
    parser.add_argument("--plants", type=int, default=50, metavar="N", help="breaks to plant in each contract")
    parser.add_argument("--proofs", type=int, default=20, metavar="N", help="planted breaks to prove in each contract")
    given = parser.parse_args()
    alarms = 0
    total: Counter[str] = Counter()
    for path in given.contracts:
        contract = read_document(path, path.parent)[0]
        alarms += sum(spellings(path.name, contract, given.seeds))
        total += planted(path.name, contract, given.plants, given.proofs)
    shares = {
        "found": total["found"] / max(total["planted"], 1),
        "proved": total["proved"] / max(total["tried"], 1),
    }
    say(f"other spellings: {alarms} changes; meant to be 0")
    for word, share in shares.items():
        say(f"planted breaks {word}: {share:.1%}; meant to be at least {GOALS[word]:.0%}")
    return 1 if alarms or any(shares[word] < goal for word, goal in GOALS.items()) else 0


if __name__ == "__main__":
    sys.exit(main())
