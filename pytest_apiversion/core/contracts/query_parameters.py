"""What an operation's contract says of the parameters by which a policy names some of its requests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.named_queries import pairs_of
from pytest_apiversion.core.json.choices import choices
from pytest_apiversion.core.json.members import followed

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Operation, Parameter


def takes(operation: Operation, query: str, schemas: Mapping[str, Any]) -> bool:
    """Whether the contract of an operation has the parameters of a query, and none that lists other values only.

    Args:
        operation: The operation.
        query: The query.
        schemas: What references in its schemas lead to.
    """
    known = query_parameters(operation)
    return all(name in known and _lists(known[name], value, schemas) for name, value in pairs_of(query))


def nothing_left(operation: Operation, queries: Iterable[str], schemas: Mapping[str, Any]) -> bool:
    """Whether an operation has no request but those that are named with a query: a required parameter lists no other value."""
    required = [each for each in query_parameters(operation).values() if each.required]
    return any(unnamed(each, queries, schemas) == () for each in required)


def unnamed(parameter: Parameter, queries: Iterable[str], schemas: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The values that a parameter lists and no query names by itself; None where it lists none."""
    listed = listed_values(parameter, schemas)
    if listed is None:
        return None
    alone = [pairs for query in queries if len(pairs := pairs_of(query)) == 1]
    taken = {value for ((name, value),) in alone if name == parameter.name}
    return tuple(value for value in listed if value not in taken)


def query_parameters(operation: Operation) -> dict[str, Parameter]:
    """The parameters of an operation's query, by name."""
    return {each.name: each for each in operation.parameters if each.place == "query"}


def _lists(parameter: Parameter, value: str, schemas: Mapping[str, Any]) -> bool:
    listed = listed_values(parameter, schemas)
    return listed is None or value in listed


def listed_values(parameter: Parameter, schemas: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The values that a parameter lists; None where it lists none."""
    return _listed(parameter.schema, schemas)


def _listed(schema: Any, schemas: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The values that a schema lists, as texts; None where it lists none."""
    schema = followed(schemas, schema)
    if not isinstance(schema, Mapping):
        return None
    if (listed := choices(schemas, schema)) is not None:
        return tuple(_text(each) for each in listed if each is not None)
    return _listed(schema["items"], schemas) if schema.get("type") == "array" and "items" in schema else None


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
