"""The `apiversion token` command: writes the token of a credential, for a line that sends a request again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from pytest_apiversion.core.errors import PolicyError, ServiceUnreachable
from pytest_apiversion.shell.policy_file.load import load_policy
from pytest_apiversion.shell.texts.suggestions import nearest, quoted
from pytest_apiversion.shell.transport.opening import tokens_of


def token_command(policy: Path, name: str, environment: Mapping[str, str], *, out: TextIO, errors: TextIO) -> int:
    """Write a token, and nothing else.

    Returns:
        0 when it was written, 2 when there is none.
    """
    try:
        read = load_policy(policy, environment)
        tokens = tokens_of(read)
        token = tokens.token(name) if tokens is not None else None
    except (PolicyError, ServiceUnreachable) as error:
        errors.write(f"{error}\n")
        return 2
    if token is None:
        known = [each.name for each in read.credentials if each.minted is not None]
        errors.write(
            f"{policy}: expected a credential with command or token, got {quoted(name)}{nearest(name, known)}\n"
        )
        return 2
    out.write(f"{token}\n")
    return 0
