"""Elements of requests and answers: parameters, members of bodies, and single values of either, as a contract declares them."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.json.members import followed

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract, Operation

_DEEPEST = 8
"""Levels of a schema that are looked into."""
_MOST = 5_000
"""Schemas of one body that are looked into."""


class ElementKind(enum.Enum):
    """Where an element is."""

    PARAMETER = "a parameter"
    REQUEST = "a member of requests"
    RESPONSE = "a member of answers"


@dataclass(frozen=True, kw_only=True, slots=True)
class Element:
    """A parameter, a member of a body, or single values of one.

    Attributes:
        kind: Where it is.
        name: The parameter's name, or the member's place: a JSON pointer, `*` for every element of a list.
        place: `query`, `header` or `cookie` of a parameter; None wherever the contract has it.
        values: The values it is about; empty is the element itself, whatever its value.
        source: Dotted place in the policy file, where that names it.
    """

    kind: ElementKind
    name: str
    place: str | None = None
    values: tuple[Any, ...] = ()
    source: str = field(default="", compare=False)

    @property
    def title(self) -> str:
        """What reports call it: `query page`, `sort=legacy`, `request /topic`, `answer /kind=old`."""
        words = {ElementKind.REQUEST: "request", ElementKind.RESPONSE: "answer"}
        lead = words.get(self.kind) or self.place
        held = "|".join(str(each) for each in self.values)
        return f"{lead + ' ' if lead else ''}{self.name}{'=' + held if held else ''}"


def declarations(contract: Contract, operation: Operation, element: Element) -> list[Mapping[str, Any]]:
    """What the contract of an operation says of an element: its parameter objects, or the schemas of the member."""
    if element.kind is ElementKind.PARAMETER:
        return [each for each in operation.raw_parameters if is_parameter(each, element)]
    found = []
    for schema in _bodies(contract, operation, element.kind):
        found += [each for place, each in _schemas(contract.document, schema) if place == element.name]
    return found


def marked(
    contract: Contract, operation: Operation, kinds: Collection[ElementKind]
) -> Iterator[tuple[Element, Mapping[str, Any]]]:
    """The elements of some kinds that a contract marks `deprecated: true`, each once, with what says so."""
    seen: set[Element] = set()
    for element, node in _all(contract, operation, kinds):
        if node.get("deprecated") is True and element not in seen:
            seen.add(element)
            yield element, node


def names(contract: Contract, operation: Operation, kind: ElementKind) -> list[str]:
    """The names of all elements of a kind that an operation's contract declares."""
    return list(dict.fromkeys(element.name for element, _ in _all(contract, operation, {kind})))


def _all(
    contract: Contract, operation: Operation, kinds: Collection[ElementKind]
) -> Iterator[tuple[Element, Mapping[str, Any]]]:
    for kind in (each for each in ElementKind if each in kinds):
        if kind is ElementKind.PARAMETER:
            for each in operation.raw_parameters:
                if each["in"] != "path":
                    yield Element(kind=kind, name=each["name"], place=each["in"]), each
            continue
        for schema in _bodies(contract, operation, kind):
            for place, node in _schemas(contract.document, schema):
                if place:
                    yield Element(kind=kind, name=place), node


def is_parameter(parameter: Mapping[str, Any], element: Element) -> bool:
    """Whether an object of a contract is the parameter that an element names."""
    name, where = parameter["name"], parameter["in"]
    if element.place not in {None, where} or where == "path":
        return False
    return bool(name == element.name or (where == "header" and name.lower() == element.name.lower()))


def _bodies(contract: Contract, operation: Operation, kind: ElementKind) -> Iterator[Any]:
    """The schemas of an operation's request bodies, or of its successes."""
    if kind is ElementKind.REQUEST:
        yield from _contents(contract, operation.raw.get("requestBody"))
        return
    responses = operation.raw.get("responses")
    for status, response in responses.items() if isinstance(responses, dict) else ():
        if str(status)[:1] in {"2", "d"}:
            yield from _contents(contract, response)


def _contents(contract: Contract, holder: Any) -> Iterator[Any]:
    holder = followed(contract.document, holder)
    content = holder.get("content") if isinstance(holder, dict) else None
    for media in content.values() if isinstance(content, dict) else ():
        if isinstance(media, dict) and "schema" in media:
            yield media["schema"]
    if isinstance(holder, dict) and "schema" in holder:
        yield holder["schema"]


def _schemas(document: Mapping[str, Any], schema: Any) -> list[tuple[str, Mapping[str, Any]]]:
    """Every schema below a schema, alternatives too, with the place of what it describes; what is there many times is bounded."""
    found: list[tuple[str, Mapping[str, Any]]] = []
    waiting: list[tuple[str, Any, int]] = [("", schema, 0)]
    while waiting and len(found) < _MOST:
        place, raw, depth = waiting.pop()
        node = followed(document, raw)
        if not isinstance(node, dict) or depth > _DEEPEST:
            continue
        if isinstance(raw, dict) and raw is not node and raw.get("deprecated") is True:
            node = {
                **node,
                **{key: told for key, told in raw.items() if key != "$ref"},
            }  # OpenAPI 3.1 §4.8.24: beside a reference
        found.append((place, node))
        for word in ("allOf", "anyOf", "oneOf"):
            parts = node.get(word)
            waiting += [(place, part, depth + 1) for part in (parts if isinstance(parts, list) else ())]
        properties = node.get("properties")
        for name, part in properties.items() if isinstance(properties, dict) else ():
            if not {"/", "~"} & set(str(name)):
                waiting.append((f"{place}/{name}", part, depth + 1))
        if "items" in node:
            waiting.append((f"{place}/*", node["items"], depth + 1))
    return found
