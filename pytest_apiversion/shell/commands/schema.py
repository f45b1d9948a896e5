"""The `apiversion schema` command: writes the JSON Schema of policy files, for editors."""

from __future__ import annotations

from typing import TextIO

from pytest_apiversion.shell.catalogue.policy_schema import schema_text


def schema_command(*, out: TextIO) -> int:
    """Write it to standard output.

    Returns:
        0.
    """
    out.write(schema_text())
    return 0
