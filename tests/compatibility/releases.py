"""Which releases of a dependency are tried, and which two are known not to work together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

TRIED = 4
"""Releases tried of each dependency: the oldest allowed, the newest, and as many between as are left."""

MISFITS = {"schemathesis": SpecifierSet("<4.25"), "hypothesis": SpecifierSet(">=6.170")}
"""The pair that an installer may choose and that cannot draw together; a comment in pyproject.toml says why."""
_WAYS_OUT = {"schemathesis": "schemathesis>=4.25", "hypothesis": "hypothesis<6.170"}
_LIST = re.compile(r":\s*(\S+(?:,\s*\S+)*)\s*$", re.MULTILINE)


def dependencies(pyproject: Path) -> dict[str, SpecifierSet]:
    """Each run-time dependency and the releases that are allowed, in the order of `pyproject.toml`."""
    lines = tomllib.loads(pyproject.read_text("utf-8"))["project"]["dependencies"]
    return {each.name: each.specifier for each in map(Requirement, lines)}


def listed(text: str) -> list[Version]:
    """The releases that `pip index versions` tells of, the oldest first.

    They are the longest list behind a colon, whatever words stand before it. What is no version by PEP 440 is left out.
    """
    found = [sorted(_versions(each[1].split(","))) for each in _LIST.finditer(text)]
    return max(found, key=len, default=[])


def _versions(texts: Iterable[str]) -> Iterable[Version]:
    for text in texts:
        try:
            yield Version(text.strip())
        except InvalidVersion:
            continue


def chosen(releases: Iterable[Version], allowed: SpecifierSet, count: int = TRIED) -> list[Version]:
    """The oldest, the newest and those between at even steps, among the stable releases that are allowed.

    All of them where there are not more than `count`.
    """
    stable = sorted({each for each in releases if not each.is_prerelease and each in allowed})
    if len(stable) <= count:
        return stable
    return [stable[round(step * (len(stable) - 1) / (count - 1))] for step in range(count)]


def way_out(tried: str, installed: Mapping[str, Version]) -> str | None:
    """What to ask for besides, where the installed releases are known not to work together; None where they are not.

    The release that is tried stays, and the other one gives way.

    Args:
        tried: The dependency whose release is tried.
        installed: Every dependency and its release.
    """
    if not all(installed[name] in releases for name, releases in MISFITS.items()):
        return None
    return _WAYS_OUT["schemathesis" if canonicalize_name(tried) == "hypothesis" else "hypothesis"]
