"""What other versions have and a version has not: operations, and request bodies of another shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.json.members import followed, members

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.contracts.contract import Contract, Operation

_WRITES = frozenset({"POST", "PUT", "PATCH"})
_NESTED = 8
"""`allOf` inside `allOf` that is looked into."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Foreign:
    """An operation of another version.

    Attributes:
        version: The version that has it.
        method: Its method.
        path: Its path template.
        sends: Whether it takes a body.
    """

    version: str
    method: str
    path: str
    sends: bool

    @property
    def key(self) -> str:
        """`METHOD /template`."""
        return f"{self.method} {self.path}"


def foreign_operations(scene: Scene) -> Iterator[Foreign]:
    """The operations that only other released versions have, and that are to be tried beside the scene's own operation.

    Each is tried once in a version: beside its counterpart by the operation map, else beside the GET whose path is most like its own
    and gives it its parameters. Where no template of this version covers its path and method, a success means that it is routed.
    """
    own, seen = scene.contracts[scene.version], set[str]()
    for version in reversed(scene.released(but=scene.version)):
        contract = scene.contracts.get(version)
        for foreign in contract.operations.values() if contract else ():
            if foreign.neutral or foreign.key in seen or own.match(foreign.method, foreign.path) is not None:
                continue
            seen.add(foreign.key)
            counterpart = scene.policy.counterpart(foreign.key, version, scene.version)
            host = own.operations.get(counterpart or "") or _nearest(own, foreign)
            if host is not None and host is scene.operation and (foreign.method != "DELETE" or host.method == "DELETE"):
                yield _foreign(version, foreign)


def foreign_bodies(scene: Scene) -> Iterator[Foreign]:
    """The counterparts of the scene's operation whose bodies have names that this version does not know.

    Only those that lack what this version requires, unless old names are promised to be rejected: whoever ignores what it does not
    know has nothing to object to the others.
    """
    operation = scene.operation
    if operation is None or operation.method not in _WRITES or operation.body_schema is None:
        return
    own = scene.contracts[scene.version]
    known = members(own.document, operation.body_schema, "").keys()
    needed = set(_required(own.document, operation.body_schema, _NESTED))
    for version in scene.released(but=scene.version):
        key = scene.policy.counterpart(operation.key, scene.version, version)
        foreign = scene.operation_named(version, key) if key is not None else None
        if foreign is None or foreign.body_schema is None:
            continue
        document = scene.contracts[version].document
        unknown = set(_required(document, foreign.body_schema, _NESTED)) - known
        lacking = needed - members(document, foreign.body_schema, "").keys()
        if known and unknown and (lacking or scene.policy.old_names_rejected):
            yield _foreign(version, foreign)


def _foreign(version: str, operation: Operation) -> Foreign:
    sends = bool(operation.body_media_types)
    return Foreign(version=version, method=operation.method, path=operation.path, sends=sends)


def _nearest(own: Contract, foreign: Operation) -> Operation | None:
    """The GET of a version that knows the path parameters of a foreign operation, and whose path begins most like its own."""
    wanted = set(foreign.path_parameters)
    found = [
        each
        for each in own.operations.values()
        if each.method == "GET" and not each.neutral and wanted <= set(each.path_parameters)
    ]
    return max(found, key=lambda each: _shared(each.path, foreign.path), default=None)


def _shared(one: str, other: str) -> int:
    """Segments that two paths begin with alike."""
    count = 0
    for mine, yours in zip(one.split("/"), other.split("/"), strict=False):
        if mine != yours:
            break
        count += 1
    return count


def _required(document: Mapping[str, Any], schema: Any, depth: int) -> Iterator[str]:
    """The members a schema requires of an object, in all of its parts."""
    schema = followed(document, schema)
    if not isinstance(schema, dict) or depth == 0:
        return
    yield from schema.get("required", ())
    for part in schema.get("allOf", ()):
        yield from _required(document, part, depth - 1)
