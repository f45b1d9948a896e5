"""The `apiversion lock` command: writes the digests of frozen contracts, or says which contract is not as locked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.judging.policy_checks import day
from pytest_apiversion.core.versions.notice_period import counted
from pytest_apiversion.shell.target.load import LOCK_NAME, load_target, lock_bytes, read_lock, read_sunsets, sunsets
from pytest_apiversion.shell.texts.atomic_files import replace_files


class AnyEnvironment(Mapping[str, str]):
    """An environment in which every variable is set: what reads files only needs no secret."""

    def __getitem__(self, name: str) -> str:
        if re.fullmatch(r"\w+", name):
            return "unset"
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def lock_command(policy: Path, *, check: bool, out: TextIO, errors: TextIO) -> int:
    """Write the lock beside a policy file, or hold the contracts to it.

    Returns:
        0 when written or as locked, 1 when not as locked, 2 when policy, contracts or lock cannot be read or written.
    """
    path = policy.parent / LOCK_NAME
    try:
        target = load_target(policy, AnyEnvironment(), base_url="http://unset.invalid", with_lock=False)
        if not check:
            digests = {contract.source: contract.digest for contract in target.contracts.values()}
            ends: Mapping[str, dt.datetime] = sunsets(target.policy)
            replace_files({path: lock_bytes(digests, ends)}, policy.parent)
            also = f" and {counted(len(ends), 'sunset')}" if ends else ""
            out.write(f"locked {counted(len(target.contracts), 'contract')}{also} in {path}\n")
            return 0
        locked, ends = read_lock(path), read_sunsets(path)
    except (PolicyError, OSError) as error:
        errors.write(f"{error}\n")
        return 2
    if locked is None:
        errors.write(f"{path}: there is no lock; write it with: apiversion lock {policy}\n")
        return 1
    now = {contract.source: contract.digest for contract in target.contracts.values()}
    wrong = sorted(name for name in {*now, *locked} if now.get(name) != locked.get(name))
    errors.writelines(f"{path.parent / name}: {_difference(name, now, locked)}\n" for name in wrong)
    moved = list(_moved(sunsets(target.policy), ends))
    errors.writelines(f"{policy}: {line}\n" for line in moved)
    out.write("" if wrong or moved else f"{len(now)} contracts are as locked\n")
    return 1 if wrong or moved else 0


def _moved(now: Mapping[str, dt.datetime], locked: Mapping[str, dt.datetime]) -> Iterator[str]:
    """Sunsets that are not as locked; none in a lock that was written before locks had them."""
    for name in sorted({*now, *locked}) if locked else ():
        before, after = locked.get(name), now.get(name)
        if before != after:
            words = [day(when) if when is not None else "none" for when in (after, before)]
            yield f"the sunset of {name} is {words[0]}, and {words[1]} is locked"


def _difference(name: str, now: Mapping[str, str], locked: Mapping[str, str]) -> str:
    if name not in locked:
        return "is not locked"
    return "differs from what was locked" if name in now else "is locked and gone"
