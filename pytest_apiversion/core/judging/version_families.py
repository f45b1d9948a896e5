"""Families of texts around one declared version: each digit behind it, and the releases that its own contract names.

A router that reads `v1` and whatever follows takes `v13` for it; one that knows the release takes `v1.4`. One text of a family says nothing
of the others: a pattern such as `v1[0-3]?` has all of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.policy.version_texts import (
    keyword_texts,
    malformed,
    near_miss_texts,
    neighbour_texts,
    spell,
    spelling,
    undeclared_texts,
    unknown_texts,
)

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.scene import Scene

_RELEASE = re.compile(r"v?([0-9]{1,6}(?:\.[0-9]{1,6}){1,2})(?![0-9.])")
_NUMBERS = re.compile(r"(?<![0-9])(?<![0-9]\.)[0-9]+(?:\.[0-9]+)*$")


def undeclared_family(scene: Scene, kind: str) -> tuple[str, ...]:
    """Those that are well-formed versions nobody declared, as they are written in one carrier."""
    if not _rejects(scene, "unknown", kind) or scene.policy.waterfall:
        return ()
    read = spelling(scene.policy, kind).read
    names = {text: name for text in _family(scene, kind) if (name := read(text)) is not None}
    left = undeclared_texts(scene.policy, kind, tuple(names.values()))
    known = {*neighbour_texts(scene.policy, kind), *unknown_texts(scene.policy, kind)}
    return tuple(text for text in names if text in left and text not in known)


def malformed_family(scene: Scene, kind: str) -> tuple[str, ...]:
    """Those that are no versions at all, as they are written in one carrier."""
    if not _rejects(scene, "malformed", kind):
        return ()
    known = near_miss_texts(scene.policy, kind)
    return tuple(text for text in _family(scene, kind) if malformed(scene.policy, kind, text) and text not in known)


def _rejects(scene: Scene, wrong: str, kind: str) -> bool:
    answer = scene.policy.answer(wrong, carrier=kind)
    return answer is not None and answer.kind is AnswerKind.REJECT and scene.policy.scheme != "opaque"


def _family(scene: Scene, kind: str) -> tuple[str, ...]:
    """All of them, without what means something."""
    policy = scene.policy
    carrier = policy.carriers[kind]
    taken = {spell(policy, kind, name) for name in policy.versions} | keyword_texts(policy, kind).keys()
    if carrier.form.in_path:
        taken |= scene.once("literal segments", lambda: _segments(scene))
    written = spell(policy, kind, scene.version)
    texts = dict.fromkeys((*(f"{written}{digit}" for digit in range(10)), *_releases(scene, kind, written)))
    return tuple(
        text
        for text in texts
        if text not in taken
        and carrier.form.can_carry(text, carrier)
        and (policy.tolerated is None or not policy.tolerated.fullmatch(text))
    )


def _releases(scene: Scene, kind: str, written: str) -> Iterator[str]:
    """The release that the version's contract was frozen at, and the beginnings of its number."""
    info = scene.contracts[scene.version].document.get("info") if scene.version in scene.contracts else None
    told = info.get("version") if isinstance(info, dict) else None
    release = _RELEASE.match(told) if isinstance(told, str) else None
    if release is None:
        return
    numbers = release[1].split(".")
    beginnings = [".".join(numbers[:count]) for count in range(1, len(numbers) + 1)]
    if (tail := _NUMBERS.search(written)) is not None:  # what stands in it grows: `v1` becomes `v1.4`
        yield from (written[: tail.start()] + each for each in beginnings if each.startswith(f"{tail[0]}."))
    for each in beginnings:  # what is a version by itself is written as versions are
        try:
            yield spelling(scene.policy, kind).write(each)
        except ValueError:
            continue


def _segments(scene: Scene) -> frozenset[str]:
    """Literal segments of the contracts' paths: in the place of a version they make another path."""
    paths = (path for contract in scene.contracts.values() for path in contract.operations)
    return frozenset(part for path in paths for part in path.partition(" ")[2].split("/") if "{" not in part)
