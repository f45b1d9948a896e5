"""The frozen contracts are the ones that were locked: their digests stand in `apiversion.lock` and agree.

A contract that is edited by hand after its freeze is no longer what clients were promised. Line ends of Windows count as others: git
may write them on a checkout.

Source: the frozen-contract promises of all five policies; MOO-28. Silence: `apiversion lock POLICY`, and review the change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.finding import Broken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pytest_apiversion.core.checking.check import Scene


def _promised(scene: Scene) -> str | None:
    return None if scene.locked is None or scene.is_alias else f"versions.{scene.subject}.contract"


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    contract = scene.contracts.get(scene.version)
    if scene.locked is None or contract is None or scene.is_alias:
        return None
    return list(_broken(contract.source, contract.digest, scene.locked, f"versions.{scene.subject}.contract"))


def _broken(source: str, digest: str, known: Mapping[str, str], place: str) -> Iterator[Broken]:
    if source not in known:
        yield Broken(
            summary=f"{source} is not in apiversion.lock",
            expected="every frozen contract is locked",
            received=f"locked: {', '.join(known) or 'nothing'}",
            place=place,
        )
    elif known[source] != digest:
        yield Broken(
            summary=f"{source} differs from what was locked",
            expected=f"sha256 {known[source][:12]}…",
            received=f"sha256 {digest[:12]}…",
            place=place,
        )


CHECK = Check(code="AV304", name="contract-lock", title="contracts are as locked", promised=_promised, inspect=_inspect)
