"""The `apiversion` command; each subcommand is one call into the shell."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run the command.

    Returns:
        0 when all is well, 1 when something is not as locked, 2 when the input cannot be used.
    """
    parser = argparse.ArgumentParser(
        prog="apiversion", description="Policies and frozen contracts of versioned HTTP APIs."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    lock = commands.add_parser("lock", help="write, or check, the digests of a policy's frozen contracts")
    lock.add_argument("policy", type=Path, help="the policy file")
    lock.add_argument("--check", action="store_true", help="write nothing; fail when a contract is not as locked")
    given = parser.parse_args(arguments)
    from pytest_apiversion.shell.locking import lock_command  # noqa: PLC0415  `--help` needs none of it

    return lock_command(given.policy, check=given.check, out=sys.stdout, errors=sys.stderr)
