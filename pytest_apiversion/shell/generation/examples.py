"""The contract's own examples as requests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.shell.generation.client_numbers import as_clients_write
from pytest_apiversion.shell.generation.operation_document import drawn_media_type
from pytest_apiversion.shell.json_schema.validators import holds
from pytest_apiversion.shell.openapi.request_shapes import Shapes
from pytest_apiversion.shell.openapi.serialization import body_bytes, header_text, pairs, path_text

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract, Operation


def examples_of(contract: Contract, operation: Operation, base: DrawnCase | None, limit: int) -> Iterator[DrawnCase]:
    """The contract's own examples as cases, what they leave open taken from a drawn case; those that break their schema are left out."""
    schemas = dict(contract.schemas)
    shapes = Shapes(schemas)
    told = {
        (parameter.place, parameter.name): [
            as_clients_write(shapes, parameter.schema, value, exactly=True)
            for value in parameter.examples
            if holds(schemas, parameter.schema, value)
        ]
        for parameter in operation.parameters
    }
    bodies = [
        as_clients_write(shapes, operation.body_schema, value, exactly=True)
        for value in operation.body_examples
        if operation.body_schema is None or holds(schemas, operation.body_schema, value)
    ]
    rounds = min(limit, max((len(values) for values in (*told.values(), bodies)), default=0))
    written = {(parameter["in"], parameter["name"]): parameter for parameter in operation.request.get("parameters", ())}
    required = {
        (parameter.place, parameter.name)
        for parameter in operation.parameters
        if parameter.required and not told[parameter.place, parameter.name]
    }
    content = operation.request.get("requestBody", {}).get("content", {})
    if base is None and (required or (operation.request.get("requestBody", {}).get("required") and not bodies)):
        return
    for number in range(rounds):
        chosen = {place: values[min(number, len(values) - 1)] for place, values in told.items() if values}
        path = dict(base.path_parameters) if base else {}
        path |= {
            name: path_text(written[where, name], value) for (where, name), value in chosen.items() if where == "path"
        }
        groups = [
            tuple(pair for place, value in chosen.items() if place[0] == where for pair in pairs(written[place], value))
            + tuple(pair for pair in (getattr(base, field) if base else ()) if (where, pair[0]) in required)
            for where, field in (("query", "query"), ("cookie", "cookies"))
        ]
        headers = tuple(
            (name, header_text(written[where, name], value))
            for (where, name), value in chosen.items()
            if where == "header"
        )
        headers += tuple(pair for pair in (base.headers if base else ()) if ("header", pair[0]) in required)
        case = DrawnCase(
            aim=Aim.UNKNOWN_DATA,
            origin="example",
            path_parameters=path,
            query=groups[0],
            headers=headers,
            cookies=groups[1],
            body=base.body if base else None,
            media_type=base.media_type if base else None,
            json=base.json if base else None,
        )
        if bodies and content:
            value = bodies[min(number, len(bodies) - 1)]
            name = drawn_media_type(content)
            name = name if "*" not in name else "application/json"
            raw = body_bytes(name, value)
            if raw is not None:
                case = replace(
                    case, body=raw, media_type=name, json=value if name.partition(";")[0].endswith("json") else None
                )
        yield case
