"""The `apiversion` command; each sub-command is one call into the shell."""

from __future__ import annotations


def main() -> int:
    """Run the command line.

    Returns:
        The exit status: 0 for success.
    """
    return 0
