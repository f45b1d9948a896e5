"""The `apiversion lock` command: writes the digests of frozen contracts, or says which contract is not as locked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.versions.lifecycle import day
from pytest_apiversion.core.versions.notice_period import counted
from pytest_apiversion.diff.pairs import Setting
from pytest_apiversion.shell.comparison.since_locked import since_locked
from pytest_apiversion.shell.policy_file.environment import AnyEnvironment
from pytest_apiversion.shell.target.load import load_target
from pytest_apiversion.shell.target.lock_file import LOCK_NAME, lock_bytes, read_lock, read_sunsets, sunsets
from pytest_apiversion.shell.texts.atomic_files import replace_files
from pytest_apiversion.shell.texts.printable import printable_line


def lock_command(policy: Path, *, check: bool, out: TextIO, errors: TextIO) -> int:
    """Write the lock beside a policy file, and tell what changed since it was written before, or hold the contracts to it.

    Returns:
        0 when written or as locked, 1 when not as locked, 2 when policy, contracts or lock cannot be read or written.
    """
    path = policy.parent / LOCK_NAME
    try:
        target = load_target(policy, AnyEnvironment(), base_url="http://unset.invalid", with_lock=False)
        if not check:
            digests = target.digests
            ends: Mapping[str, dt.datetime] = sunsets(target.policy)
            changed = list(_since(policy.parent, path, digests, ends))
            replace_files({path: lock_bytes(digests, ends)}, policy.parent)
        else:
            locked, ends = read_lock(path), read_sunsets(path)
    except (PolicyError, OSError) as error:
        errors.write(f"{error}\n")
        return 2
    if not check:
        out.writelines(printable_line(line) + "\n" for line in changed)
        also = f" and {counted(len(ends), 'sunset')}" if ends else ""
        count = len(target.contracts) + sum(len(each) - 1 for each in target.releases.values())
        out.write(f"locked {counted(count, 'contract')}{also} in {path}\n")
        return 0
    if locked is None:
        errors.write(f"{path}: there is no lock; write it with: apiversion lock {policy}\n")
        return 1
    now = target.digests
    wrong = sorted(name for name in {*now, *locked} if now.get(name) != locked.get(name))
    errors.writelines(f"{path.parent / name}: {_difference(name, now, locked)}\n" for name in wrong)
    moved = list(_moved(sunsets(target.policy), ends))
    errors.writelines(f"{policy}: {line}\n" for line in moved)
    out.write("" if wrong or moved else f"{len(now)} contracts are as locked\n")
    return 1 if wrong or moved else 0


def _since(folder: Path, path: Path, digests: Mapping[str, str], ends: Mapping[str, dt.datetime]) -> Iterator[str]:
    """What changed since the lock was written before; nothing where there is none, or one that cannot be read."""
    try:
        locked, known = read_lock(path), read_sunsets(path)
    except (PolicyError, OSError):
        return
    if locked is not None:
        today = dt.datetime.now(dt.UTC).date()  # noqa: TID251  the one place of this command that reads the clock
        yield from since_locked(folder, digests, locked, Setting(as_of=today))
        yield from _moved(ends, known, "was")


def _moved(now: Mapping[str, dt.datetime], locked: Mapping[str, dt.datetime], verb: str = "is") -> Iterator[str]:
    """Sunsets that are not as locked; none in a lock that was written before locks had them."""
    for name in sorted({*now, *locked}) if locked else ():
        before, after = locked.get(name), now.get(name)
        if before != after:
            words = [day(when) if when is not None else "none" for when in (after, before)]
            yield f"the sunset of {name} is {words[0]}, and {words[1]} {verb} locked"


def _difference(name: str, now: Mapping[str, str], locked: Mapping[str, str]) -> str:
    if name not in locked:
        return "is not locked"
    return "differs from what was locked" if name in now else "is locked and gone"
