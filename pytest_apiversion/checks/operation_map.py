"""The map from a version to its successor leaves no operation out, and what the documentation counts is counted right.

A migration guide that forgets an operation strands whoever uses it. With `operations.complete` every operation of a version is in
its successor under the same name or stands in a row of `operations.renamed` (a row without the successor says that it is gone), and
every operation of a version with an alias is in the alias or `absent`. `count` repeats a number the documentation gives.

Source: ARA-26, ARA-27, VEL-14. Silence: add the row; correct `count`; leave `complete` out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.judging.promises import is_newest, policy_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation

_SHOWN = 4
"""Operations named before the rest is counted."""


def _count(scene: Scene) -> int | None:
    policy = scene.policy
    return policy.aliases[scene.subject].count if scene.is_alias else policy.versions[scene.subject].count


def _mapped(scene: Scene) -> bool:
    """Whether the subject's operations are promised to be all mapped."""
    life = scene.policy.lifecycle(scene.subject)
    return scene.policy.complete and not life.place and (scene.is_alias or life.successor is not None)


def _promised(scene: Scene) -> str | None:
    if _mapped(scene):
        return "operations.complete"
    if _count(scene) is not None:
        return f"{policy_place(scene)}.count"
    return "operations.count" if is_newest(scene) and scene.policy.renamed_count is not None else None


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    contract = scene.contracts.get(scene.version)
    if contract is None:
        return None
    operations = [each for each in contract.operations.values() if not each.neutral]
    return [*_unmapped(scene, operations), *_miscounted(scene, operations)]


def _unmapped(scene: Scene, operations: list[Operation]) -> Iterator[Broken]:
    if not _mapped(scene):
        return
    policy = scene.policy
    if scene.is_alias:
        alias, where = policy.aliases[scene.subject], f"in aliases.{scene.subject}.operations or absent"
        known = None if alias.operations is None else alias.operations | alias.absent
        missing = [each.key for each in operations if known is not None and not {each.key, each.path} & known]
    else:
        successor = policy.lifecycle(scene.subject).successor or ""
        there, where = scene.contracts.get(successor), f"in {successor}, or in a row of operations.renamed"
        rows = {row[scene.subject] for row in policy.renamed if scene.subject in row}
        kept = there.operations if there else {}
        names = {each.key: policy.counterpart(each.key, scene.subject, successor) for each in operations}
        missing = [key for key, name in names.items() if name not in kept and key not in rows]
    if missing:
        rest = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
        yield Broken(
            summary=f"the map leaves out {', '.join(missing[:_SHOWN])}{rest}",
            expected=f"every operation of {scene.version} {where}",
            received=f"{len(operations) - len(missing)} of {len(operations)}",
            place="operations.complete",
        )


def _miscounted(scene: Scene, operations: list[Operation]) -> Iterator[Broken]:
    policy, said = scene.policy, _count(scene)
    found = len(operations)
    if scene.is_alias and (listed := policy.aliases[scene.subject].operations) is not None:
        found = len(listed)
    rows = [(said, found, "operations", f"{policy_place(scene)}.count")]
    if is_newest(scene):
        rows.append((policy.renamed_count, len(policy.renamed), "rows of operations.renamed", "operations.count"))
    for count, real, what, place in rows:
        if count is not None and count != real:
            yield Broken(
                summary=f"{count} {what} are promised, and there are {real}",
                expected=f"count = {real}",
                received=f"count = {count}",
                place=place,
            )


CHECK = Check(code="AV108", name="operation-map", title="operation map is whole", promised=_promised, inspect=_inspect)
