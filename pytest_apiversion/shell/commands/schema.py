"""The `apiversion schema` command: writes the JSON Schema of policy files or of baselines, for editors; and what keeps one beside a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TextIO

from pytest_apiversion.shell.catalogue.baseline_schema import baseline_schema_text
from pytest_apiversion.shell.catalogue.policy_schema import schema_text


def schema_command(kind: str, *, out: TextIO) -> int:
    """Write it to standard output.

    Args:
        kind: `policy` or `baseline`.
        out: Where it goes.

    Returns:
        0.
    """
    out.write(baseline_schema_text() if kind == "baseline" else schema_text())
    return 0


def may_replace(schema: Path, text: str) -> bool:
    """Whether a file may become the schema with this text: there is none, or one of the same name (`$id`), however old.

    Raises:
        OSError: It cannot be read.
    """
    if not schema.is_file():
        return not schema.exists()
    try:
        found = json.loads(schema.read_bytes())
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("$id") == json.loads(text)["$id"]
