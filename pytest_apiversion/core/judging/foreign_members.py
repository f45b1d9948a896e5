"""Foreign members: names of request members that only another version has, each tried in the place of this version's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.json.members import members
from pytest_apiversion.core.json.other_values import other_value
from pytest_apiversion.core.judging.other_versions import WRITES, counterparts, required

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation

_MOST = 4
"""Names that are tried on one operation; each costs two requests."""
_LIKE = 2
"""Foreign names that are tried for one member, where no row of `[[fields]]` says which is its own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeignMember:
    """A member by another version's name.

    Attributes:
        version: The version whose name it is.
        name: That name.
        own: The member's name in the scene's version.
        required: Whether the scene's version requires it.
        value: What is sent: valid for the member, and not its default.
    """

    version: str
    name: str
    own: str
    required: bool
    value: Any

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
    needed = set(required(document, written))
    for version, foreign in counterparts(scene):
        theirs = scene.contracts[version].document
        unknown = {
            name: schema for name, schema in members(theirs, foreign.body_schema, "").items() if name not in known
        }
        told = {
            row[scene.version]: row[version]
            for row in scene.policy.fields
            if row.keys() >= {scene.version, version} and row[version] in unknown
        }
        for own, schema in known.items():
            value = other_value(document, schema)
            if value is None or own in members(theirs, foreign.body_schema, ""):
                continue
            names = [told[own]] if own in told else _alike(theirs, unknown, value) if own in needed else []
            for name in names:
                yield ForeignMember(version=version, name=name, own=own, required=own in needed, value=value)


def _alike(document: Mapping[str, Any], unknown: Mapping[str, Any], value: Any) -> list[str]:
    """Foreign names whose members are of a value's kind."""
    kinds = ((name, other_value(document, schema)) for name, schema in unknown.items())
    return [name for name, other in kinds if type(other) is type(value)][:_LIKE]
