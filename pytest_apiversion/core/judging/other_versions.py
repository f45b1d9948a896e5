"""Other versions: the operations, the request bodies and the names of members that they have and a version has not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.json.members import members, said_together
from pytest_apiversion.core.json.nested_members import schema_of, steps_in
from pytest_apiversion.core.json.other_values import other_value
from pytest_apiversion.core.json.pointer import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Contract, Operation

WRITES = frozenset({"POST", "PUT", "PATCH"})
"""Methods whose bodies another version may shape otherwise."""
_MOST = 4
"""Names that are tried on one operation; each costs two requests."""
_LIKE = 2
"""Foreign names that are tried for one member, where no row of `[[fields]]` says which is its own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherOperation:
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


def other_operations(scene: Scene) -> Iterator[OtherOperation]:
    """The operations that only other released versions have, and that are to be tried beside the scene's own operation.

    Each is tried once in a version: beside its counterpart by the operation map, else beside the GET whose path is most like its own
    and gives it its parameters. Where no template of this version covers its path and method, a success means that it is routed.
    """
    if scene.operation is not None:
        yield from scene.once("other operations", lambda: _hosted(scene)).get(scene.operation.key, ())


def _hosted(scene: Scene) -> dict[str, list[OtherOperation]]:
    """What `other_operations` gives, by the operation it is tried beside."""
    own, seen = scene.contracts[scene.version], set[str]()
    nearest = _Nearest(own)
    found: dict[str, list[OtherOperation]] = {}
    for version in reversed(scene.released(but=scene.version)):
        contract = scene.contracts.get(version)
        for foreign in contract.operations.values() if contract else ():
            if foreign.neutral or foreign.key in seen or own.match(foreign.method, foreign.path) is not None:
                continue
            seen.add(foreign.key)
            counterpart = scene.policy.counterpart(foreign.key, version, scene.version)
            named = own.named(counterpart) if counterpart is not None else None
            host = named if named is not None and not named.idle else nearest.to(foreign)
            if host is not None and (foreign.method != "DELETE" or host.method == "DELETE"):
                found.setdefault(host.key, []).append(_foreign(version, foreign))
    return found


def other_bodies(scene: Scene) -> Iterator[OtherOperation]:
    """The counterparts of the scene's operation whose bodies have names that this version does not know.

    Only those that lack what this version requires, unless old names are promised to be rejected: whoever ignores what it does not
    know has nothing to object to the others.
    """
    operation = scene.operation
    if operation is None or operation.method not in WRITES or operation.body_schema is None:
        return
    own = scene.contracts[scene.version]
    known = members(own.document, operation.body_schema, "").keys()
    needed = set(required(own.document, operation.body_schema))
    for version, foreign in counterparts(scene):
        document = scene.contracts[version].document
        unknown = set(required(document, foreign.body_schema)) - known
        lacking = needed - members(document, foreign.body_schema, "").keys()
        if known and unknown and (lacking or scene.policy.old_names_rejected):
            yield _foreign(version, foreign)


def counterparts(scene: Scene) -> Iterator[tuple[str, Operation]]:
    """The scene's operation in each other released version where it takes a body of its own, with the version."""
    operation = scene.operation
    if operation is None:
        return
    for version in scene.released(but=scene.version):
        key = scene.policy.counterpart(operation.key, scene.version, version)
        foreign = scene.operation_named(version, key) if key is not None else None
        if foreign is not None and foreign.body_schema is not None:
            yield version, foreign


def _foreign(version: str, operation: Operation) -> OtherOperation:
    sends = bool(operation.body_media_types)
    return OtherOperation(version=version, method=operation.method, path=operation.path, sends=sends)


class _Nearest:
    """The GETs of a version by what their paths begin with, and by their path parameters.

    Args:
        own: The version's contract.
    """

    def __init__(self, own: Contract) -> None:
        self._first: dict[str, Operation] = {}
        self._knowing: dict[tuple[str, str], dict[frozenset[str], Operation]] = {}
        for each in own.asked:
            if each.method == "GET" and not each.neutral:
                for beginning in _beginnings(each.path):
                    self._first.setdefault(beginning, each)
                    for name in each.path_parameters:
                        known = self._knowing.setdefault((beginning, name), {})
                        known.setdefault(frozenset(each.path_parameters), each)

    def to(self, foreign: Operation) -> Operation | None:
        """The GET that knows the path parameters of a foreign operation, and whose path begins most like its own; the first of several."""
        wanted = set(foreign.path_parameters)
        for beginning in _beginnings(foreign.path):
            if not wanted:
                if found := self._first.get(beginning):
                    return found
                continue
            rows = min((self._knowing.get((beginning, name), {}) for name in wanted), key=len)
            for names, found in rows.items():  # in document order: the first of each set of names
                if wanted <= names:
                    return found
        return None


def _beginnings(path: str) -> list[str]:
    """What a path begins with, segment by segment, the longest first; the last is nothing."""
    parts = path.split("/")
    return ["/".join(parts[:count]) if count else "-" for count in range(len(parts), -1, -1)]


def required(document: Mapping[str, Any], schema: Any) -> Iterator[str]:
    """The members a schema requires of an object, in all of its parts."""
    for part in said_together(document, schema):
        yield from part.get("required", ())


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeignMember:
    """A member by another version's name.

    Attributes:
        version: The version whose name it is.
        name: That name, or the way to the member through objects, as in `config.model`.
        own: The same in the scene's version.
        required: Whether the scene's version requires it.
        value: What is sent: valid for the member, and not its default.
        steps: The names on the way to it by the foreign name.
        own_steps: Those by its own.
    """

    version: str
    name: str
    own: str
    required: bool
    value: Any
    steps: tuple[str, ...]
    own_steps: tuple[str, ...]

    @property
    def probe(self) -> str:
        """What a request with the foreign name is called."""
        return f"{self.name} of {self.version} for {self.own}"

    @property
    def control(self) -> str:
        """What the same request without either name is called."""
        return f"neither {self.name} nor {self.own}"


def foreign_members(scene: Scene) -> tuple[ForeignMember, ...]:
    """The foreign names that are tried on the scene's operation.

    Rows of `[[fields]]` say which member has which name. Without one, a required member that another version does not know is tried by
    the names of its kind that only the other version has.
    """
    operation = scene.operation
    if operation is None or operation.method not in WRITES or not isinstance(operation.body_schema, Mapping):
        return ()
    found = {(each.name, each.own): each for each in _found(scene, operation)}
    return tuple(found.values())[:_MOST]


def _found(scene: Scene, operation: Operation) -> Iterator[ForeignMember]:
    document = scene.contracts[scene.version].document
    written = operation.body_schema if operation.written_body_schema is None else operation.written_body_schema
    known = members(document, written, "")
    rows = [row for row in scene.policy.fields if scene.version in row]
    inside = {row[scene.version]: schema_of(document, written, "", row[scene.version]) for row in rows}
    own_members = {**known, **{name: schema for name, schema in inside.items() if schema is not MISSING}}
    for version, foreign in counterparts(scene):
        theirs, body = scene.contracts[version].document, foreign.body_schema
        named = members(theirs, body, "")
        unknown = {name: schema for name, schema in named.items() if name not in known}
        told = {
            row[scene.version]: row[version]
            for row in rows
            if version in row
            and schema_of(theirs, body, "", row[version]) is not MISSING
            and schema_of(document, written, "", row[version]) is MISSING
        }
        for own, schema in own_members.items():
            value = other_value(document, schema)
            if value is None or schema_of(theirs, body, "", own) is not MISSING:
                continue
            needed = _needed(document, written, own_steps := steps_in(known, own))
            names = [told[own]] if own in told else _alike(theirs, unknown, value) if needed else []
            for name in names:
                steps = steps_in(named, name)
                yield ForeignMember(
                    version=version,
                    name=name,
                    own=own,
                    required=needed,
                    value=value,
                    steps=steps,
                    own_steps=own_steps,
                )


def _needed(document: Mapping[str, Any], schema: Any, steps: tuple[str, ...]) -> bool:
    """Whether a schema requires each step of the way to a member."""
    for step in steps:
        if step not in required(document, schema):
            return False
        schema = members(document, schema, "").get(step)
    return True


def _alike(document: Mapping[str, Any], unknown: Mapping[str, Any], value: Any) -> list[str]:
    """Foreign names whose members are of a value's kind."""
    kinds = ((name, other_value(document, schema)) for name, schema in unknown.items())
    return [name for name, other in kinds if type(other) is type(value)][:_LIKE]
