"""Finds what rows of `[[lifecycle]]` name and no contract of their versions has: operations, paths, tags and successors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pytest_apiversion.shell.target.unknown_queries import unknown_query
from pytest_apiversion.shell.texts.suggestions import nearest, quoted
from pytest_apiversion.shell.texts.toml_text import Mistake

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract
    from pytest_apiversion.core.policy.policy import Policy


def unknown_parts(policy: Policy, contracts: Mapping[str, Contract]) -> Iterator[Mistake]:
    """Operations, path prefixes, tags and successors of parts that no contract of their versions has."""
    for part in policy.lifecycles:
        of = [name for name in contracts if part.versions is None or name in part.versions]
        there = [each for name in of for each in contracts[name].every]
        segments = [each.path.split("/") for each in there]
        prefixes = ["/".join(each[:n]) for each in segments for n in range(2, len(each) + 1)]
        wanted = [
            ("operations", "an operation", part.operations, [each.key for each in there]),
            ("paths", "a path, or the beginning of one,", part.paths, prefixes),
            ("tags", "a tag", part.tags, [tag for each in there for tag in each.tags]),
        ]
        heir = part.lifecycle.heir
        to = [part.lifecycle.successor] if part.lifecycle.successor else of
        later = [each.key for name in to if name in contracts for each in contracts[name].every]
        wanted.append(("successor", "an operation", () if heir is None else (heir,), later))
        for key, what, names, known in wanted:
            rows = [name for name in (to if key == "successor" else of) if name in contracts]
            owner = ", ".join(dict.fromkeys(contracts[name].source for name in rows))
            for index, name in enumerate(names):
                if name not in known:
                    place = f"{part.place}.{key}" if key == "successor" else f"{part.place}.{key}[{index}]"
                    text = f"expected {what} of {owner}, got {quoted(name)}{nearest(name, dict.fromkeys(known))}"
                    asked = unknown_query(name, {each: contracts[each] for each in rows}, owner)
                    yield Mistake(place=place, text=asked or text)
