"""Operations that are one in several versions, though their templates call a path parameter otherwise: `/things/{id}`, `/things/{thingId}`.

The name of a path parameter is on no wire: a client who writes the path cannot tell one from the other. Where the names say that the
thing itself is told otherwise (`{id}` here, `{slug}` there), they are two all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pytest_apiversion.core.contracts.names import words
from pytest_apiversion.core.contracts.path_values import bare, path_parameters

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract

_ID = "id"


def alike_templates(contracts: Mapping[str, Contract]) -> dict[tuple[str, str], Mapping[str, str]]:
    """What an operation is called in the other versions that have it under another template, by version and name.

    An operation that a version has by the very name, or that two templates of a version could be, is left out there.

    Args:
        contracts: Contracts by version.
    """
    shapes: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for version, contract in contracts.items():
        for each in contract.every:
            if not each.neutral:
                shapes[bare(each.key)].setdefault(version, []).append(each.key)
    found: dict[tuple[str, str], Mapping[str, str]] = {}
    for named in shapes.values():
        if len({key for keys in named.values() for key in keys}) > 1:
            for version, keys in named.items():
                for key in keys:
                    others = ((other, there) for other, there in named.items() if other != version and key not in there)
                    if there := {name: one[0] for name, one in others if len(one) == 1 and _same_names(key, one[0])}:
                        found[version, key] = there
    return found


def _same_names(one: str, other: str) -> bool:
    return all(map(_same_name, path_parameters(one), path_parameters(other)))


def _same_name(one: str, other: str) -> bool:
    """Whether two names tell a thing by the same: `id`, `thing_id`, `thingId`; `thing` and `thingId`."""
    shorter, longer = sorted(map(words, (one, other)), key=len)
    return shorter[-1:] == longer[-1:] or [*shorter, _ID] == longer
