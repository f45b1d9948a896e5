"""Ways to members, in rows of `[[fields]]`, that lead nowhere in a contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.json.members import followed, unnamed
from pytest_apiversion.core.json.pointer import MISSING
from pytest_apiversion.shell.texts.suggestions import near_name, nearest, quoted
from pytest_apiversion.shell.texts.toml_text import Mistake, dotted

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract
    from pytest_apiversion.core.policy.policy import Policy

_BESIDE = ("allOf", "anyOf", "oneOf", "then", "else")
_ELEMENTS = ("items", "prefixItems", "additionalProperties")
_NAMED = ("properties", "patternProperties")
_TURNED = 4
"""Steps of a way that is looked for in another order."""


def unknown_ways(policy: Policy, contracts: Mapping[str, Contract]) -> Iterator[Mistake]:
    """Ways such as `config.model` that are in no body and no answer of the contract, where it tells that they cannot be.

    A plain name may be one that no contract tells, and there are plain names with dots in them (`@odata.etag`). So a way is wrong only where it
    begins with a member that takes no other members; into an object that takes others it is none, however near a name is.
    """
    for place, version, name, found in _read_ways(policy, contracts):
        if found.sure:
            text = f"expected the way to a member of {contracts[version].source}, got {quoted(name)}: {found.text}"
            yield Mistake(place=place, text=text)


def likely_ways(policy: Policy, contracts: Mapping[str, Contract]) -> Iterator[tuple[str, str]]:
    """Notes on ways that the contract does not tell and that may be there, where a near name or another order leads to a member; by version."""
    for place, version, name, found in _read_ways(policy, contracts):
        if not found.sure:
            yield version, f"{place}: {contracts[version].source} tells no {quoted(name)}: {found.text}"


def _read_ways(policy: Policy, contracts: Mapping[str, Contract]) -> Iterator[tuple[str, str, str, _Wrong]]:
    """The ways that are or may be wrong: their place, version and text, and why."""
    objects: dict[str, list[_Object]] = {}
    for index, row in enumerate(policy.fields):
        for version, name in row.items():
            if "." not in name or version not in contracts:
                continue
            if version not in objects:
                objects[version] = list(_objects(contracts[version]))
            if (wrong := _wrong(name, objects[version])) is not None:
                yield dotted(f"fields[{index}]", version), version, name, wrong


@dataclass(frozen=True, kw_only=True)
class _Wrong:
    """Why a way leads nowhere, and whether that is sure."""

    text: str
    sure: bool


@dataclass(frozen=True, kw_only=True)
class _Object:
    """What a contract says of an object: the schemas of each member, and whether it takes other ones; a scalar has none and takes none."""

    document: Mapping[str, Any]
    named: Mapping[str, Sequence[Any]]
    open: bool

    def end(self, steps: Sequence[str]) -> tuple[int, _Object] | None:
        """How many steps of a way lead on, and the object that does not have the next one; None where all do."""
        here = self
        for taken, step in enumerate(steps):
            if step not in here.named:
                return taken, here
            here = _read(self.document, here.named[step])
        return None


def _wrong(name: str, objects: Sequence[_Object]) -> _Wrong | None:
    """What is wrong with a way; None where it leads to a member, or may be the name of one and is near to none."""
    steps = name.split(".")
    if any(name in each.named or each.end(steps) is None for each in objects):
        return None
    ends = [end for each in objects if (end := each.end(steps)) is not None and end[0]]
    if not ends:
        said = _begins_wrong(steps, objects)
        return None if said is None else _Wrong(text=said, sure=not any(each.open for each in objects))
    sure = not any(inside.open for _, inside in ends)
    for taken, inside in ends:
        if near_name(steps[taken], sorted(inside.named)) is not None:
            return _Wrong(text=_stopped(steps, taken, inside), sure=sure)
    turned = permutations(steps) if len(steps) <= _TURNED else ()
    other = next((way for way in turned if any(each.end(way) is None for each in objects)), None)
    if other is not None:
        return _Wrong(text=f'nothing there has it; did you mean "{".".join(other)}"?', sure=sure)
    scalar = any(not inside.named for _, inside in ends)  # beside it there may be a plain name with dots
    return _Wrong(text=_stopped(steps, *ends[0]), sure=True) if sure and not scalar else None


def _stopped(steps: Sequence[str], taken: int, inside: _Object) -> str:
    return f"{'.'.join(steps[:taken])} has no {quoted(steps[taken])}{nearest(steps[taken], sorted(inside.named))}"


def _begins_wrong(steps: Sequence[str], objects: Iterable[_Object]) -> str | None:
    """What is wrong with a way that would lead to a member if it began with a name near to its first step."""
    for each in objects:
        near = near_name(steps[0], sorted(each.named))
        if near is not None and each.end([near, *steps[1:]]) is None:
            return f"nothing there has {quoted(steps[0])}{nearest(steps[0], [near])}"
    return None


def _objects(contract: Contract) -> Iterator[_Object]:
    """Every object in the bodies and answers of a contract's operations, at whatever depth, as the document has them."""
    waiting: list[Any] = []
    for operation in contract.operations.values():
        answers = operation.raw.get("responses")
        for part in (operation.raw.get("requestBody"), *(answers.values() if isinstance(answers, dict) else ())):
            held = followed(contract.document, part)
            content = held.get("content") if isinstance(held, dict) else None
            kinds = content.values() if isinstance(content, dict) else ()
            waiting += [kind.get("schema") for kind in kinds if isinstance(kind, dict)]
    seen: set[int] = set()
    while waiting:
        node = followed(contract.document, waiting.pop())
        if isinstance(node, dict) and id(node) not in seen:
            seen.add(id(node))
            if (found := _read(contract.document, [node])).named:
                yield found
            for key in (*_BESIDE, *_ELEMENTS):
                waiting += _listed(node.get(key))
            for key in _NAMED:
                inner = node.get(key)
                waiting += inner.values() if isinstance(inner, dict) else ()


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _read(document: Mapping[str, Any], schemas: Iterable[Any]) -> _Object:
    """What schemas say together of an object, with all that stands beside them as a part or as an alternative."""
    named: dict[str, list[Any]] = {}
    waiting, seen = list(schemas), set[int]()
    takes_others = any(unnamed(document, schema) is not MISSING for schema in waiting)
    while waiting:
        node = followed(document, waiting.pop())
        if not isinstance(node, dict) or id(node) in seen:
            continue
        seen.add(id(node))
        own = node.get("properties")
        for name, schema in own.items() if isinstance(own, dict) else ():
            named.setdefault(name, []).append(schema)
        for key in _BESIDE:
            waiting += _listed(node.get(key))
    return _Object(document=document, named=named, open=takes_others)
