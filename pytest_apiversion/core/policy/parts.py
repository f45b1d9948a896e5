"""Parts of versions with a life of their own: operations, and all below a path or with a tag, that end while their version lives on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from pytest_apiversion.core.contracts.named_queries import belongs_to, whole
from pytest_apiversion.core.versions.lifecycle import Lifecycle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.contracts.elements import Element, ElementKind
    from pytest_apiversion.core.policy.responses import Deprecation, Sunset
    from pytest_apiversion.core.policy.subjects import Alias, Version
    from pytest_apiversion.core.versions.notice_period import Notice

Whole = TypeVar("Whole", "Version", "Alias")


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One row of `[[lifecycle]]`: what it is about, and its life.

    Attributes:
        name: What reports call it: `GET /reports`, `/reports/*`, `tag beta`.
        place: Dotted place in the policy file.
        lifecycle: Its dates.
        operations: `METHOD /template` of contracts.
        paths: Path prefixes, whole segments.
        tags: Tags of operations.
        versions: The versions it is about; None is all that have it.
        deprecation: How it is announced, where that is not as `[deprecation]` says.
        gone: What it gets after its end, where that is not as `[sunset]` says.
        notice: The least notice before its end, or None where none is promised.
        from_contract: Whether the row stands for the operations that the contracts mark `deprecated`.
        elements: Parameters, members and values of these operations, which the row is about instead.
        marks: The kinds of elements that contracts mark `deprecated`, which the row stands for.
    """

    name: str
    place: str
    lifecycle: Lifecycle
    operations: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    versions: frozenset[str] | None = None
    deprecation: Deprecation | None = None
    gone: Sunset | None = None
    notice: Notice | None = None
    from_contract: bool = False
    elements: tuple[Element, ...] = ()
    marks: frozenset[ElementKind] = frozenset()

    @property
    def of_elements(self) -> bool:
        """Whether the row is about elements of operations, and not about operations."""
        return bool(self.elements or (self.marks and not self.from_contract))

    def covers(self, version: str, operation: Operation) -> bool:
        """Whether an operation of a version is, or belongs to, this part."""
        if operation.neutral or self.of_elements:
            return False
        if self.from_contract:
            return operation.deprecated and (self.versions is None or version in self.versions)
        return self.names(version, operation.key, operation.tags)

    def names(self, version: str, key: str, tags: Iterable[str]) -> bool:
        """Whether the row names an operation of a version, its path, or one of its tags."""
        if not (self.versions is None or version in self.versions):
            return False
        return (
            any(belongs_to(key, each) for each in self.operations)
            or any(below(whole(key).partition(" ")[2], prefix) for prefix in self.paths)
            or not set(self.tags).isdisjoint(tags)
        )


Parts = Mapping[str, Mapping[str, Part]]
"""The part that an operation belongs to, by version and `METHOD /template`."""

Elements = Mapping[str, Mapping[str, tuple[Part, ...]]]
"""The lives of an operation's elements, by version and `METHOD /template`."""


def parts_of(operations: Mapping[str, Part], elements: Mapping[str, tuple[Part, ...]]) -> tuple[Part, ...]:
    """The parts among what belongs to the operations of a version, each once: operations first, then elements of them."""
    found = [*operations.values(), *(part for parts in elements.values() for part in parts)]
    return tuple({(part.place, part.name): part for part in found}.values())


def part_name(version: str, part: Part) -> str:
    """What a lock calls a part of a version."""
    return f"{version} {part.name}"


def below(path: str, prefix: str) -> bool:
    """Whether a path is a prefix itself or below it, segment by segment."""
    return path == prefix or path.startswith(f"{prefix.rstrip('/')}/")


def located_parts(rows: Iterable[Part], contracts: Mapping[str, Contract]) -> dict[str, dict[str, Part]]:
    """Which part each operation of the contracts belongs to: the first row that covers it, and rows that read the contracts last."""
    found: dict[str, dict[str, Part]] = {name: {} for name in contracts}
    for row in _nearest_first(rows):
        for version, contract in contracts.items():
            for operation in contract.every:
                key = operation.key
                if key not in found[version] and row.covers(version, operation):
                    part = marked(row, operation) if row.from_contract else row
                    found[version][key] = part if part.lifecycle.heir is None else succeeded(part, version)
    return {version: parts for version, parts in found.items() if parts}


def _nearest_first(rows: Iterable[Part]) -> Iterator[Part]:
    """Each row, that about operations with a query before what is said of the whole operation, and what contracts mark last."""
    told = list(rows)
    for row in told:
        if queried := tuple(key for key in row.operations if key != whole(key)):
            yield replace(row, operations=queried, paths=(), tags=())
    yield from sorted(told, key=lambda each: each.from_contract)


def succeeded(part: Part, version: str) -> Part:
    """The part with the version of the operation that takes over: its own, where none is named."""
    return replace(part, lifecycle=replace(part.lifecycle, successor=part.lifecycle.successor or version))


def marked(row: Part, operation: Operation) -> Part:
    """The part that an operation's marks in its contract make of it: `x-deprecated-since` and `x-sunset`, where they are there."""
    life = replace(
        row.lifecycle,
        deprecated=operation.deprecated_since,
        undated=operation.deprecated_since is None,
        sunset=operation.sunset,
    )
    return replace(row, name=operation.key, operations=(operation.key,), from_contract=False, lifecycle=life)


def within(part: Lifecycle, whole: Lifecycle) -> Lifecycle:
    """The life of a part as its version's life bounds it: nothing outlives its version, and what the version announces holds of it too."""
    ends, its = part.ends, whole.ends
    if ends is None or (its is not None and its < ends):
        part = replace(part, sunset=whole.sunset, boundary=whole.boundary, boundary_declared=whole.boundary_declared)
    known = [each for each in (part.deprecated, whole.deprecated) if each is not None]
    begins = min(known, key=lambda each: Lifecycle(released=each).milestones()[0][1]) if known else None
    return replace(
        part,
        released=part.released or whole.released,
        deprecated=begins,
        undated=part.undated or whole.undated,
        successor=part.successor or whole.successor,
        preview=whole.preview,
        brownouts=(*part.brownouts, *whole.brownouts),
    )


def ending_with(versions: Mapping[str, Version], name: str, part: Part) -> Mapping[str, Version]:
    """The versions, one of them ending as a part does; as they are where the part says nothing of that."""
    return (
        versions
        if part.gone is None and part.deprecation is None
        else {**versions, name: ending_as(versions[name], part)}
    )


def ending_as(whole: Whole, part: Part) -> Whole:
    """A version or an alias with what a part says of its own end: how it is announced, and what is answered after it."""
    return replace(whole, gone=part.gone or whole.gone, deprecation=part.deprecation or whole.deprecation)
