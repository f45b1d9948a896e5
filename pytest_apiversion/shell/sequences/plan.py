"""Plans sequences: which resources a contract lets be created, read, updated and deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.path_values import bare
from pytest_apiversion.core.contracts.resource import Resource
from pytest_apiversion.shell.data.identifiers import singular
from pytest_apiversion.shell.data.located_paths import LOCATIONS
from pytest_apiversion.shell.data.operation_index import Index, reads_one

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator

    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.policy.policy import Policy


Resources = Mapping[str, tuple[Resource, ...]]
"""What can be created and read, by version."""


def resources_of(policy: Policy, contracts: Mapping[str, Contract], as_of: dt.datetime) -> Resources:
    """The resources of every version that answers, in the order of its contract.

    Args:
        policy: For its map of operations, and what it skips.
        contracts: Contracts by version.
        as_of: The instant the policy is read at.
    """
    answering = [name for name in policy.answering(as_of) if name in contracts]
    skipped = {key for key, rule in policy.operations.items() if rule.skip}
    ended = {
        name: {key for key in parts if not policy.seen_by(name, key).stage(name, as_of).answers}
        for name, parts in policy.parts.items()
    }
    return {
        name: tuple(_resources(policy, contracts, name, answering, skipped | ended.get(name, set())))
        for name in answering
    }


def _resources(
    policy: Policy, contracts: Mapping[str, Contract], version: str, answering: list[str], skipped: Collection[str]
) -> Iterator[Resource]:
    index = Index(contracts[version])

    def usable(found: Operation | None) -> Operation | None:
        return None if found is None or found.neutral or found.idle or found.key in skipped else found

    for create in contracts[version].operations.values():
        if create.method != "POST" or usable(create) is None or not (_creates(create) or begins(create)):
            continue
        read = usable(_reader(index, create) or (_status_reader(index, create) if begins(create) else None))
        if read is None:
            continue
        place = bare(read.path)
        updates = (usable(index.at.get(f"{method} {place}")) for method in ("PUT", "PATCH"))
        yield Resource(
            create=create,
            read=read,
            listing=usable(_lister(index, create)),
            updates=tuple(each for each in updates if each is not None and each.body_schema is not None),
            delete=usable(index.at.get(f"DELETE {place}")),
            elsewhere=_neighbours(policy, contracts, read, version, answering),
        )


def _creates(operation: Operation) -> bool:
    """Whether a success may say that something is there now; 202 promises nothing yet (RFC 9110 §15.3.3)."""
    return bool({"200", "201", "2xx"} & operation.responses.keys()) and operation.body_schema is not None


def begins(operation: Operation) -> bool:
    """Whether a success may say that something was begun, which is there, or done, later (RFC 9110 §15.3.3)."""
    return "202" in operation.responses


def _status_reader(index: Index, create: Operation) -> Operation | None:
    """What reads the thing that an operation begins, where its answer says where that is: `Location` says which, at last."""
    if not any(each.name.lower() in LOCATIONS for each in create.responses["202"].headers):
        return None
    above = bare(create.path)
    return next((each for each in index.readers if not above.startswith(f"{bare(each.path)}/")), None)


def _reader(index: Index, create: Operation) -> Operation | None:
    """What reads one of the things an operation creates."""
    for link in create.links:
        if (linked := index.reader_called.get(link.target)) is not None:
            return linked
    own = index.at.get(f"GET {bare(create.path).rstrip('/')}/{{}}")
    if own is not None:
        return own
    above, _, last = bare(create.path).rpartition("/")
    if last in {"", "{}"}:
        return None
    beside = index.at.get(f"GET {above}/{{}}")  # `POST /sessions/start` makes what `GET /sessions/{id}` shows
    if beside is not None and _shown(create, "201") is not None and _shown(create, "201") == _shown(beside, "200"):
        return beside
    return index.reader_of.get(singular(last))


def _shown(operation: Operation, status: str) -> Any:
    """The schema of what an operation answers with a status; None where it has none."""
    bodies = operation.responses[status].bodies if status in operation.responses else {}
    return next((body.schema for kind, body in bodies.items() if kind.endswith("json")), None)


def _lister(index: Index, create: Operation) -> Operation | None:
    """What lists the things an operation creates, by no other parameters than its own."""
    found = (each for each in index.around("GET", create.path) if not reads_one(each))
    return next((each for each in found if set(each.path_parameters) <= set(create.path_parameters)), None)


def _neighbours(
    policy: Policy, contracts: Mapping[str, Contract], read: Operation, version: str, answering: list[str]
) -> dict[str, Operation]:
    """What reads the same thing in the nearest older and the nearest newer version: round trips between neighbours make up all others."""
    position = answering.index(version)
    found = {}
    for side in (reversed(answering[:position]), answering[position + 1 :]):
        for other in side:
            operation = counterpart_of(policy, contracts, read, version, other)
            if operation is not None:
                found[other] = operation
                break
    return found


def counterpart_of(
    policy: Policy, contracts: Mapping[str, Contract], operation: Operation, version: str, other: str
) -> Operation | None:
    """What an operation of a version is in another one, about the same thing; None where nothing is."""
    key = policy.counterpart(operation.key, version, other)
    found = contracts[other].operations.get(key) if key else None
    if found is None or found.neutral or len(found.path_parameters) != len(operation.path_parameters):
        return None
    return found
