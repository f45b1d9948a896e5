"""Draws requests and malformed version texts: pure functions of contract, seed and numbers.

Importing this costs nothing; Hypothesis and schemathesis are imported by the first drawing.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.case import DrawnCase
from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.core.exchange import Aim
from pytest_apiversion.shell.boundaries import boundaries
from pytest_apiversion.shell.shapes import Shapes
from pytest_apiversion.shell.validators import holds
from pytest_apiversion.shell.writing import body_bytes, header_text, pairs, path_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, MutableMapping

    from pytest_apiversion.core.contract import Contract, Operation

Drawn = tuple[tuple[DrawnCase, ...], str]
"""The cases of one shape, and why some are wanting (empty when none is)."""

_ROOM = 4
"""How many positive cases there must be before two of them are spent on the contract's limits."""
_METHODS = frozenset({"GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"})


def draw(
    contract: Contract,
    operation: Operation,
    *,
    seed: int,
    examples: int,
    negative: int,
    cache: MutableMapping[tuple[object, ...], Drawn] | None = None,
) -> tuple[DrawnCase, ...]:
    """Draw requests of an operation.

    The contract's own examples come first, then a minimal case, then two at the contract's limits, then drawn ones, then negative ones. All but the examples are a function of
    shape, seed and numbers alone: operations of equal shape get equal cases, in every process.

    Args:
        contract: The contract.
        operation: One of its operations.
        seed: Decides what is drawn.
        examples: How many positive cases are drawn at most, the minimal one included; and how many examples are taken at most.
        negative: How many negative cases are drawn at most; fewer, or none, where the operation leaves no room to break it.
        cache: Keeps what was drawn for a shape.

    Raises:
        ToolError: Positive cases were asked for and none could be made.
    """
    key = (operation.shape, seed, examples, negative)
    if cache is not None and key in cache:
        drawn, problem = cache[key]
    else:
        drawn, problem = _draw(contract, operation, seed, examples, negative)
        if cache is not None:
            cache[key] = drawn, problem
    base = next((case for case in drawn if case.aim is Aim.UNKNOWN_DATA), None)
    found: dict[tuple[object, ...], DrawnCase] = {}
    for case in (*_examples(contract, operation, base, examples), *drawn):
        found.setdefault(case.data, case)
    if examples and not any(case.aim is Aim.UNKNOWN_DATA for case in found.values()):
        msg = f"{contract.source}: {operation.key}: no request could be drawn: {problem or 'every drawn one was impossible to send'}"
        raise ToolError(msg)
    return tuple(found.values())


def malformed_texts(
    near_misses: tuple[str, ...], accept: Callable[[str], bool], *, seed: int, examples: int
) -> tuple[str, ...]:
    """Malformed version texts: every near miss that passes, then drawn ones.

    Args:
        near_misses: Texts to start from.
        accept: Says whether a text is malformed and can be sent.
        seed: Decides what is drawn.
        examples: How many are drawn at most.
    """
    kept = tuple(text for text in dict.fromkeys(near_misses) if accept(text))
    if examples <= 0:
        return kept
    from pytest_apiversion.shell.malformed_drawing import malformed  # noqa: PLC0415  Hypothesis and schemathesis are heavy

    drawn = malformed(
        near_misses,
        seed=_mixed(seed, "malformed", *near_misses),
        examples=examples,
        accept=lambda text: text not in kept and accept(text),
    )
    return (*kept, *drawn)


def _draw(contract: Contract, operation: Operation, seed: int, examples: int, negative: int) -> Drawn:
    request = operation.request
    names = {f"{parameter['in']} {parameter['name']}" for parameter in request.get("parameters", ())}
    if not names and "requestBody" not in request:
        bare = DrawnCase(aim=Aim.UNKNOWN_DATA, origin="minimal")
        return ((bare,) if examples else ()), ""
    from pytest_apiversion.shell import engine  # noqa: PLC0415  Hypothesis and schemathesis are heavy

    shapes = Shapes(dict(contract.schemas))
    cases: list[DrawnCase] = []
    problems: list[str] = []
    document = _document(shapes, operation, request)

    def add(more: tuple[DrawnCase, ...], problem: str | None, limit: int) -> None:
        known = {case.data for case in cases}
        cases.extend([case for case in more if case.data not in known][: max(limit, 0)])
        if problem:
            problems.append(problem)

    if examples > 0:
        least = _document(shapes, operation, _least(shapes, request))
        if least["paths"] != document["paths"] or examples == 1:
            more, problem = engine.draw_cases(
                least, negative=False, seed=_mixed(seed, operation.shape, "minimal"), count=1
            )
            add(tuple(replace(case, origin="minimal") for case in more), problem, 1)
        more, problem = engine.draw_cases(
            document, negative=False, seed=_mixed(seed, operation.shape, "positive"), count=examples
        )
        if not cases:
            more = tuple(replace(case, origin="minimal") for case in more[:1]) + more[1:]
        if examples >= _ROOM:
            add(_boundaries(shapes, contract, request, (*cases, *more)), None, examples - len(cases))
        add(more, problem, examples - len(cases))
    if negative > 0:
        more, problem = engine.draw_cases(
            document, negative=True, seed=_mixed(seed, operation.shape, "negative"), count=negative
        )
        add(more, problem, negative)
    return tuple(cases), "; ".join(problems)


def _document(shapes: Shapes, operation: Operation, request: Mapping[str, Any]) -> dict[str, Any]:
    """A document of this operation alone, with what it refers to, and nothing an equal shape has not."""
    parameters = request.get("parameters", ())
    path = "/draw" + "".join("/{" + parameter["name"] + "}" for parameter in parameters if parameter["in"] == "path")
    method = operation.method if operation.method in _METHODS else "POST"
    made: dict[str, Any] = {"responses": {"200": {"description": "whatever"}}}
    if parameters:
        made["parameters"] = list(parameters)
    body = request.get("requestBody")
    if body:
        media_type = _chosen(body["content"])
        name = media_type if "*" not in media_type else "application/json"
        made["requestBody"] = {"required": body["required"], "content": {name: body["content"][media_type]}}
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "drawing", "version": "1"},
        "paths": {path: {method.lower(): made}},
    }
    for reference in shapes.closure(made):
        *upper, name = (part.replace("~1", "/").replace("~0", "~") for part in reference[2:].split("/"))
        holder = document
        for part in upper:
            holder = holder.setdefault(part, {})
        holder[name] = shapes.canonical_component(reference)
    return document


def _boundaries(
    shapes: Shapes, contract: Contract, request: Mapping[str, Any], drawn: tuple[DrawnCase, ...]
) -> tuple[DrawnCase, ...]:
    """Cases at the contract's limits, made from the drawn case that has the most."""
    if not drawn:
        return ()
    content = request.get("requestBody", {}).get("content", {})
    schema = content[_chosen(content)].get("schema") if content else None
    base = max(drawn, key=lambda case: len(case.json) if isinstance(case.json, dict) else 0)

    def held(schema: Any, value: Any) -> bool:
        return _holds(contract, schema, value)

    return tuple(boundaries(shapes, request, schema, base, held))


def _chosen(content: Mapping[str, Any]) -> str:
    """The media type bodies are drawn in: JSON before forms before any other."""

    def rank(name: str) -> tuple[int, str]:
        kind = name.partition(";")[0].strip()
        order = (
            kind == "application/json",
            kind.endswith(("/json", "+json")),
            "*" in kind,
            kind.startswith("application/x-www-form"),
            kind.startswith("multipart/form"),
            kind.startswith("text/"),
        )
        return (order.index(True) if True in order else len(order)), name

    return min(content, key=rank)


def _least(shapes: Shapes, request: Mapping[str, Any]) -> dict[str, Any]:
    """The request with what it requires and nothing else."""
    made: dict[str, Any] = {}
    parameters = [parameter for parameter in request.get("parameters", ()) if parameter["required"]]
    if parameters:
        made["parameters"] = parameters
    body = request.get("requestBody")
    if body and body["required"]:
        content = {
            name: {**media, **({"schema": _required_only(shapes, media["schema"])} if "schema" in media else {})}
            for name, media in body["content"].items()
        }
        made["requestBody"] = {**body, "content": content}
    return made


def _required_only(shapes: Shapes, schema: Any) -> Any:
    """An object's schema without its optional members; any other schema as it is."""
    target = shapes.component(schema["$ref"]) if isinstance(schema, dict) and list(schema) == ["$ref"] else schema
    if (
        not isinstance(target, dict)
        or not isinstance(target.get("properties"), dict)
        or not target.keys().isdisjoint(
            {
                "allOf",
                "anyOf",
                "oneOf",
                "$ref",
                "if",
                "not",
                "minProperties",
                "dependentRequired",
                "dependentSchemas",
                "patternProperties",
            }
        )
    ):
        return schema
    required = target.get("required", [])
    if any(name not in target["properties"] for name in required):
        return schema
    properties = {name: part for name, part in target["properties"].items() if name in required}
    return {
        **{key: part for key, part in target.items() if key != "unevaluatedProperties"},
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _examples(contract: Contract, operation: Operation, base: DrawnCase | None, limit: int) -> Iterator[DrawnCase]:
    """The contract's own examples as cases, what they leave open taken from a drawn case; those that break their schema are left out."""
    told = {
        (parameter.place, parameter.name): [
            value for value in parameter.examples if _holds(contract, parameter.schema, value)
        ]
        for parameter in operation.parameters
    }
    bodies = [
        value
        for value in operation.body_examples
        if operation.body_schema is None or _holds(contract, operation.body_schema, value)
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
            name = _chosen(content)
            name = name if "*" not in name else "application/json"
            raw = body_bytes(name, value)
            if raw is not None:
                case = replace(
                    case, body=raw, media_type=name, json=value if name.partition(";")[0].endswith("json") else None
                )
        yield case


def _holds(contract: Contract, schema: Any, value: Any) -> bool:
    return holds(dict(contract.schemas), schema, value)


def _mixed(seed: int, *parts: str) -> int:
    text = "\n".join([str(seed), *parts])
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big")
