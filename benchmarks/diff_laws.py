"""Holds the comparison to its laws on large contracts: other spellings are no change, and a planted break is found.

python -m benchmarks.diff_laws CONTRACT... [--plants N]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

from pytest_apiversion.diff.compare import compare
from pytest_apiversion.shell.contract_store import read_document
from pytest_apiversion.shell.diffing import Comparison, document_of
from tests.diff.transforms import SPELLINGS, plant


def main() -> int:
    """Try every contract; gives 0 where every law holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("contracts", nargs="+", type=Path)
    parser.add_argument("--plants", type=int, default=50, metavar="N", help="breaks to plant in each contract")
    given = parser.parse_args()
    bad = 0
    for path in given.contracts:
        contract = read_document(path, path.parent)[0]
        for name, spell in SPELLINGS.items():
            other = spell(contract, random.Random(1))  # noqa: S311  a seed
            began = time.perf_counter()
            found = compare(document_of(contract, path.name), document_of(other, path.name))
            sys.stdout.write(f"{path.name} {name}: {len(found)} changes, {time.perf_counter() - began:.2f} s\n")
            bad += bool(found)
        planted = [made for seed in range(given.plants) if (made := plant(contract, random.Random(seed))) is not None]  # noqa: S311  a seed
        missed = [
            what
            for broken, what in planted
            if not Comparison(
                old="", new="", changes=compare(document_of(contract, path.name), document_of(broken, path.name))
            ).breaking
        ]
        sys.stdout.write(
            f"{path.name}: {len(planted) - len(missed)} of {len(planted)} planted breaks found; missed: {missed or 'none'}\n"
        )
        bad += len(missed)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
