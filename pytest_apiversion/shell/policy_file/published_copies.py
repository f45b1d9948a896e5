"""Declared copies that are files: where they may be, and their digests."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pytest_apiversion.core.policy.publishing import is_served
from pytest_apiversion.shell.openapi.document_files import MAX_BYTES
from pytest_apiversion.shell.texts.real_paths import real_path

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.publishing import Digests


def repository(folder: Path) -> Path:
    """The repository a folder is in, by its `.git`; the folder itself where it is in none.

    Copies often belong to other parts of a project than the policy file (the documentation, a client), and to no other project.
    """
    here = real_path(folder)
    return next((above for above in (here, *here.parents) if (above / ".git").exists()), here)


def is_outside(folder: Path, place: str) -> bool:
    """Whether a copy is a file outside the repository of the policy file, links followed. Never raises, whatever the name."""
    try:
        return not is_served(place) and not real_path(folder / place).is_relative_to(repository(folder))
    except (OSError, ValueError):  # too long, or with a NUL in it
        return True


def digests_of(policy: Policy, folder: Path) -> Digests:
    """The digests of the declared copies that are files: SHA-256 of their bytes as they are.

    Args:
        policy: The policy.
        folder: The policy file's.
    """
    places = [place for group in policy.publishing.copies for place in group if not is_served(place)]
    return {place: _digest(folder / place) for place in dict.fromkeys(places)}


def _digest(path: Path) -> str | None:
    data = contents_of(path)
    return hashlib.sha256(data).hexdigest() if data is not None else None


def contents_of(path: Path) -> bytes | None:
    """The bytes of a copy that is a file; None where there is none, it is too large, or it cannot be read."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        return path.read_bytes()
    except OSError:
        return None
