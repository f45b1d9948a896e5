"""Reads what single credentials see more, and finds mistakes in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pytest_apiversion.core.policy.credentials import Tier
from pytest_apiversion.shell.policy_file.walk import rows, table
from pytest_apiversion.shell.texts.suggestions import nearest, quoted
from pytest_apiversion.shell.texts.toml_text import Mistake


def read_tiers(rows: Iterable[Mapping[str, Any]], place: str = "tiers", version: str | None = None) -> tuple[Tier, ...]:
    """What single credentials see more; in one version alone, where one is named."""
    return tuple(
        Tier(
            credential=row["credential"],
            members=tuple(row["members"]),
            operations=frozenset(row["operations"]),
            versions=None if version is None else frozenset({version}),
            place=f"{place}[{index}]",
        )
        for index, row in enumerate(rows)
    )


def tier_mistakes(document: Mapping[str, Any], tiers: Any, where: str) -> Iterator[Mistake]:
    """Tiers of no credential, and of one that all requests go with.

    Args:
        document: The whole document.
        tiers: The tiers in it.
        where: Their dotted place.
    """
    known = table(document, "credentials")
    schemes = {name: table(known, name).get("scheme", name) for name in known}
    for n, row in rows(tiers):
        name, place = row.get("credential"), f"{where}[{n}].credential"
        if isinstance(name, str) and name not in known:
            yield Mistake(place=place, text=f"expected a credential, got {quoted(name)}{nearest(name, known)}")
        elif isinstance(name, str) and name == next(each for each in known if schemes[each] == schemes[name]):
            text = f"expected one that another of its scheme stands before, which requests go with, got {quoted(name)}"
            yield Mistake(place=place, text=text)
