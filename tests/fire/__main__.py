"""`python -m tests.fire`: put the package under what is worst for it, and print what came out, a row a part."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from tests.fire.answers import answers
from tests.fire.commands import commands
from tests.fire.ends import deaths, interruptions
from tests.fire.hidden import secrets
from tests.fire.mutations import mutations
from tests.fire.result import Result

PARTS: dict[str, tuple[Callable[[int, int], Result], int]] = {
    "answers": (answers, 1000),
    "mutations": (mutations, 5000),
    "secrets": (secrets, 2000),
    "commands": (commands, 1000),
    "interruptions": (interruptions, 40),
    "deaths": (deaths, 40),
}
"""By name: what runs a part with a seed, and how many cases it has at most."""

KINDS = ("hang", "traceback", "leak", "green")
_MEMORY = 4 << 30
"""Bytes of address space that the parts may take."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run parts; 0 when nothing went wrong, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.fire", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all where none is named")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, help="how many of each part, at most")
    given = parser.parse_args(arguments)
    if unknown := [each for each in given.parts if each not in PARTS]:
        parser.error(f"no part is named {unknown[0]}")
    faults = 0
    sys.stdout.write(
        f"| part | cases | {' | '.join(f'{kind}s' for kind in KINDS)} | seconds |\n|---|---|---|---|---|---|---|\n"
    )
    for name in given.parts or PARTS:
        run, most = PARTS[name]
        result = run(given.seed, given.cases or most)
        counts = " | ".join(str(result.count(kind)) for kind in KINDS)
        sys.stdout.write(f"| {name}: {result.name} | {result.cases} | {counts} | {result.seconds:.0f} |\n")
        sys.stdout.flush()
        sys.stderr.writelines(f"{kind}: {case}\n" for kind, case in result.faults[:20])
        faults += len(result.faults)
    return 1 if faults else 0


def _bounded() -> None:
    """Bound the memory, where the system lets us."""
    try:
        import resource  # noqa: PLC0415  POSIX only
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    _bounded()
    sys.exit(main())
