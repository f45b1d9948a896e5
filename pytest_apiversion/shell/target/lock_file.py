"""The lock beside a policy file: digests of frozen contracts, and when versions end."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.policy.parts import part_name
from pytest_apiversion.core.versions.lifecycle import instant

if TYPE_CHECKING:
    from pytest_apiversion.core.policy.policy import Policy


LOCK_NAME = "apiversion.lock"
"""The lock's file name, beside the policy file."""


def read_lock(path: Path) -> Mapping[str, str] | None:
    """The digests of a lock file, or None where there is none.

    Raises:
        PolicyError: The file is no lock.
    """
    if not path.is_file():
        return None
    try:
        locked = json.loads(path.read_text("utf-8"))["contracts"]
        return {str(name): str(digest) for name, digest in locked.items()}
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise PolicyError(
            str(path), ["not a lock: expected a JSON object with the digests under 'contracts'"]
        ) from error


def read_sunsets(path: Path) -> Mapping[str, dt.datetime]:
    """The sunsets of a lock file; empty where there is no lock, or one that was written before locks had them.

    Raises:
        PolicyError: They are no instants.
    """
    if not path.is_file():
        return {}
    try:
        rows = json.loads(path.read_text("utf-8")).get("sunsets", {})
        return {str(name): dt.datetime.fromisoformat(text).astimezone(dt.UTC) for name, text in rows.items()}
    except (ValueError, AttributeError, TypeError, OverflowError) as error:
        raise PolicyError(str(path), ["not a lock: expected instants under 'sunsets'"]) from error


def sunsets(policy: Policy) -> dict[str, dt.datetime]:
    """The first instant without service of every version and alias, and of every part of a version, that has a sunset."""
    lives = {name: policy.lifecycle(name) for name in (*policy.versions, *policy.aliases)}
    lives |= {part_name(version, part): part.lifecycle for version in policy.parts for part in policy.parts_of(version)}
    return {
        name: instant(life.sunset, boundary=life.boundary) for name, life in lives.items() if life.sunset is not None
    }


def lock_bytes(digests: Mapping[str, str], ends: Mapping[str, dt.datetime]) -> bytes:
    """The content of a lock file: the digests of contracts, and when versions end."""
    lock: dict[str, Any] = {"algorithm": "sha256", "contracts": dict(sorted(digests.items()))}
    if ends:
        lock["sunsets"] = {name: when.isoformat().replace("+00:00", "Z") for name, when in sorted(ends.items())}
    return f"{json.dumps(lock, indent=2)}\n".encode()
