"""Texts of versions: how a policy's versions are written in each carrier, and which other texts to try there."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pytest_apiversion.core.json.bounded_patterns import BoundedPattern
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.versions.lifecycle import Stage
from pytest_apiversion.core.versions.malformed_versions import misspellings
from pytest_apiversion.core.versions.schemes import UNBOUNDED, VersionId, parse
from pytest_apiversion.core.versions.spelling import Spelling
from pytest_apiversion.core.versions.spelling import spelling as spelling_of
from pytest_apiversion.core.versions.undeclared_versions import between, neighbours, unknown

if TYPE_CHECKING:
    import datetime as dt

    from pytest_apiversion.core.policy.policy import Policy

_FAR = 3
"""Unknown versions tried on each operation and carrier."""


@lru_cache(maxsize=512)
def spelling(policy: Policy, kind: str) -> Spelling:
    """How versions are written in one carrier of a policy."""
    exceptions = {
        name: version.spellings[kind] for name, version in policy.versions.items() if kind in version.spellings
    }
    return spelling_of(policy.carriers[kind].spelling, policy.scheme, policy.codenames, exceptions)


def spell(policy: Policy, kind: str, version: str) -> str:
    """One version as it is written in one carrier."""
    return spelling(policy, kind).write(version)


@lru_cache(maxsize=512)
def unversioned(policy: Policy) -> bool:
    """Whether nothing is asked of what stands in a carrier: there is one version, and whoever names none, or anything, gets it.

    Such a policy holds a service that has no versions yet, and its carrier is one that nothing reads.
    """
    only, *others = policy.versions
    missing = policy.answer("missing")
    return (
        not others
        and not any(carrier.form.in_path for carrier in policy.carriers.values())
        and not any(rule.answers for rule in policy.operations.values())
        and missing is not None
        and (missing.kind, missing.version) == (AnswerKind.DEFAULT, only)
        and policy.tolerated is not None
        and all(map(policy.tolerated.fullmatch, ("", "x", "0", only)))
        and all(
            (found := policy.answer(wrong, carrier=kind)) is not None and found.kind is AnswerKind.ACCEPT
            for wrong in ("unknown", "malformed")
            for kind in policy.carriers
        )
    )


def echoes(policy: Policy, text: str) -> str | None:
    """The declared version an echo names, or None."""
    if policy.echo is None:
        return None
    for name in policy.versions:
        if spelling_of(policy.echo.spelling, policy.scheme, policy.codenames).write(name) == text:
            return name
    return None


_RANGES = {
    "node-semver": BoundedPattern(r"[\s<>=^~v+]*([0-9]+|x|X|\*)(\s*\.\s*([0-9]+|x|X|\*)){0,2}(\s*[-+|\s].*)?"),
    "x-ranges": BoundedPattern(r"([0-9]+\.){0,2}(x|X|\*)(\.(x|X|\*)){0,2}"),
}
"""What may be read as a range of versions: whatever node-semver takes for one, and releases with `x` or `*` in them."""


def malformed(policy: Policy, kind: str, text: str) -> bool:
    """Whether a text written in a carrier is no version of the scheme, declared or not, and none the service may take for one.

    A text that may be taken for two is none: a carrier given twice may be answered otherwise.
    """
    separator = policy.carriers[kind].form.separator
    if separator is not None and separator in text:
        return False
    ranges = _RANGES.get(policy.carriers[kind].ranges or "")
    if ranges is not None and ranges.fullmatch(text):
        return False
    if text in keyword_texts(policy, kind) or (policy.tolerated is not None and policy.tolerated.fullmatch(text)):
        return False
    return spelling(policy, kind).read(text) is None


def debatable(policy: Policy, kind: str, text: str) -> bool:
    """Whether a malformed text could as well be called an unknown version: the zeroth, or one written with another case or zeros."""
    plain = re.sub(r"(?<!\d)0+(?=\d)", "", text.lower())
    return not malformed(policy, kind, re.sub(r"\d+", "1", plain)) or not malformed(policy, kind, plain)


def unlisted(policy: Policy, kind: str, text: str) -> bool:
    """Whether a version has a codename that the policy does not list: who reads only names that there are calls it malformed, and may."""
    name = spelling(policy, kind).read(text)
    found = parse(policy.scheme, name, policy.codenames) if name is not None else None
    return found is not None and found.fields.get("codename", "") not in {"", *policy.codenames}


@lru_cache(maxsize=512)
def unknown_texts(policy: Policy, kind: str) -> tuple[str, ...]:
    """Well-formed versions nobody declared, far from those that are, as written in one carrier."""
    found = unknown(policy.scheme, tuple(policy.versions), policy.codenames)
    if policy.bounds is not None:  # what is far may lie outside: the bounds themselves, and what is near, are left
        found = (*found, *reversed(policy.bounds), *neighbours(policy.scheme, tuple(policy.versions), policy.codenames))
    if policy.waterfall:
        first = min((parse(policy.scheme, name, policy.codenames) for name in policy.versions), key=_key)
        found = tuple(text for text in found if _key(parse(policy.scheme, text, policy.codenames)) < _key(first))
    if policy.range:
        found = _outside(policy, found)
    return _written(policy, kind, found)[:_FAR]


@lru_cache(maxsize=512)
def neighbour_texts(policy: Policy, kind: str) -> tuple[str, ...]:
    """Well-formed versions nobody declared, next to those that are, as written in one carrier."""
    if policy.waterfall:
        return ()
    return undeclared_texts(policy, kind, neighbours(policy.scheme, tuple(policy.versions), policy.codenames))


def undeclared_texts(policy: Policy, kind: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some versions that nobody declared, and that no range serves, as written in one carrier."""
    return _written(policy, kind, _outside(policy, names) if policy.range else names)


def keyword_texts(policy: Policy, kind: str) -> dict[str, str]:
    """Each keyword as it is written in one carrier, where it stands for a whole version, and what it stands for."""
    template = policy.carriers[kind].spelling
    return {
        template.replace("{version}", word) if "{version}" in template else word: name
        for word, name in policy.keywords.items()
    }


@lru_cache(maxsize=512)
def gap(policy: Policy, earlier: str, later: str) -> str | None:
    """A version nobody declared between two declared ones, as it is called; None where there is no room."""
    return between(policy.scheme, earlier, later, policy.codenames)


def _outside(policy: Policy, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those before the oldest or after the newest declared version."""
    keys = [_key(parse(policy.scheme, name, policy.codenames)) for name in policy.versions]
    own = {name: _key(parse(policy.scheme, name, policy.codenames)) for name in names}
    return tuple(name for name in names if not min(keys) <= own[name] <= max(keys))


def planned_texts(policy: Policy, kind: str, as_of: dt.datetime) -> tuple[str, ...]:
    """Declared versions that are not released yet, as written in one carrier."""
    return tuple(spell(policy, kind, name) for name in policy.versions if policy.stage(name, as_of) is Stage.PLANNED)


@lru_cache(maxsize=512)
def near_miss_texts(policy: Policy, kind: str) -> tuple[str, ...]:
    """Texts that look like versions and are none, as a careless parser would take them in one carrier."""
    texts = misspellings(spelling(policy, kind), tuple(policy.versions))
    return tuple(text for text in texts if malformed(policy, kind, text))


def bounded(policy: Policy, name: str) -> bool:
    """Whether a version lies within the bounds of what the service takes for one: in their order, and no number in it is above the last one's."""
    if policy.bounds is None:
        return True
    first, last = (parse(policy.scheme, each, policy.codenames) for each in policy.bounds)
    version = parse(policy.scheme, name, policy.codenames)
    if version is None or first is None or last is None or not first.key <= version.key <= last.key:
        return False
    numbers = UNBOUNDED & version.fields.keys() & last.fields.keys()
    return all(int(version.fields[each]) <= int(last.fields[each]) for each in numbers)


def _written(policy: Policy, kind: str, names: tuple[str, ...]) -> tuple[str, ...]:
    texts = []
    for name in (each for each in names if bounded(policy, each)):
        try:
            texts.append(spelling(policy, kind).write(name))
        except ValueError:  # the spelling cannot write a version of this form: nothing to ask
            continue
    declared = {spell(policy, kind, name) for name in policy.versions}
    return tuple(dict.fromkeys(text for text in texts if text not in declared))


def _key(version: VersionId | None) -> tuple[object, ...]:
    return version.key if version else ()
