"""Tells where in an API a path leads, whatever version or base path stands before it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from pytest_apiversion.core.contracts.path_index import PathIndex
from pytest_apiversion.core.contracts.path_values import path_parameters, path_values
from pytest_apiversion.core.policy.sequences import rewritten

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.policy import Policy

LOCATIONS = ("location", "operation-location", "content-location")
"""Headers that say where what was created or begun is, the first that is there (RFC 9110 §10.2.2, §8.7; the second is Azure's)."""


def told_location(answer: Response) -> str | None:
    """What an answer of 201 or 202 says of where its thing is; another answer only by `Location`."""
    names = LOCATIONS if answer.status in {201, 202} else LOCATIONS[:1]
    return next((text for name in names if (text := answer.header(name))), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Located:
    """A path as contracts know it.

    Attributes:
        template: The template it belongs to, without a slash at its end.
        path: It, without what stands before it.
        values: Its parameters, percent-encoded.
    """

    template: str
    path: str
    values: dict[str, str]

    @property
    def ends_with_parameter(self) -> bool:
        """Whether it leads to one thing of a collection."""
        return self.template.endswith("}")

    @property
    def last(self) -> str | None:
        """The name of the last parameter."""
        return next(reversed(self.values), None)


_KNOWN = 4096
"""Paths whose place is known at a time, at most: the same few are asked about again and again."""


class Templates:
    """The path templates of an API.

    Args:
        methods: The methods of each, by template, without a version and without a slash at its end.
    """

    def __init__(self, methods: Mapping[str, Collection[str]]) -> None:
        self._methods = methods
        self._templates = list(methods)
        self._deepest = max((each.count("/") for each in self._templates), default=0)
        self._known: dict[tuple[str, str | None], Located | None] = {}

    @cached_property
    def _index(self) -> PathIndex[tuple[int, str, list[str]]]:
        rows = []
        for template in self._templates:
            names = path_parameters(template)
            rows.append((template, (len(template) - sum(len(name) + 2 for name in names), template, names)))
        return PathIndex(rows)

    def located(self, path: str, method: str | None = None) -> Located | None:
        """Where a path leads: the longest template it ends with, the most literal of these; None where to none.

        Args:
            path: The path, with whatever stands before it.
            method: A template that has it comes before longer ones that do not: what stands before a path may be the beginning of another.
        """
        known = self._known
        if (path, method) not in known:
            if len(known) >= _KNOWN:
                self._known = known = {}
            known[path, method] = self._located(path, method)
        return known[path, method]

    def _located(self, path: str, method: str | None) -> Located | None:
        found: Located | None = None
        for each in self._ends(path):
            if method is None or method in self._methods[each.template]:
                return each
            found = found or each
        return found

    def _ends(self, path: str) -> Iterator[Located]:
        parts = [part for part in path.split("/") if part]
        for skipped in range(max(0, len(parts) - self._deepest), len(parts)):
            rest = "/" + "/".join(parts[skipped:])
            fitting = [
                (literal, template, dict(zip(names, values, strict=True)))
                for literal, template, names in self._index.candidates(rest)
                if (values := path_values(template, rest)) is not None
            ]
            if fitting:
                _, template, found = max(fitting, key=lambda each: each[0])
                yield Located(template=template, path=rest, values=found)


def in_each_version(policy: Policy, templates: Templates, paths: Sequence[str], version: str) -> list[str]:
    """The paths of a thing, each once, and those by which other versions call it, as the policy's identifiers have it.

    Args:
        policy: The policy.
        templates: Where paths belong.
        paths: As one version writes them.
        version: That version.
    """
    found = dict.fromkeys(paths)
    located = [where for path in paths if (where := templates.located(path)) is not None] if policy.identifiers else []
    for where in located:
        for other in policy.versions:
            named = where.template
            for name, text in where.values.items():
                there = rewritten(policy.identifiers, name, unquote(text), version, other)
                named = named.replace(f"{{{name}}}", text if there == unquote(text) else quote(there, safe=""))
            found.setdefault(named)
    return list(found)
