"""The document of one operation that schemathesis draws from: whole, or with required parts only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.http.conditions import UNKNOWN, is_conditional
from pytest_apiversion.shell.generation.composed_schemas import composed, plain
from pytest_apiversion.shell.generation.drawn_components import components_of, without_endless
from pytest_apiversion.shell.generation.non_empty_schemas import non_empty_schema
from pytest_apiversion.shell.json_schema.unknown_formats import without_unknown_formats
from pytest_apiversion.shell.openapi.request_shapes import Shapes

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Operation

_METHODS = frozenset({"GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"})


_DEPENDENT = frozenset(
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
"""Keywords by which one member of an object decides about another."""


def drawing_document(
    shapes: Shapes, operation: Operation, request: Mapping[str, Any], *, whole: bool = False
) -> dict[str, Any]:
    """A document of this operation alone, with what it refers to, and nothing an equal shape has not.

    Args:
        shapes: What references lead to.
        operation: The operation.
        request: What it takes.
        whole: Whether anything the contract allows may be drawn, and not only what every client and server reads alike.
    """
    parameters = request.get("parameters", ())
    path = "/draw" + "".join("/{" + parameter["name"] + "}" for parameter in parameters if parameter["in"] == "path")
    method = operation.method if operation.method in _METHODS else "POST"
    made: dict[str, Any] = {"responses": {"200": {"description": "whatever"}}}
    if parameters:
        made["parameters"] = list(parameters)
    body = request.get("requestBody")
    if body:
        media_type = drawn_media_type(body["content"])
        name = media_type if "*" not in media_type else "application/json"
        made["requestBody"] = {"required": body["required"], "content": {name: body["content"][media_type]}}
    known = components_of(shapes)
    closure = shapes.closure(made)
    if whole:
        components = {reference: known.whole(reference) for reference in closure}
    else:
        made, components = known.interoperable(made, closure)
    return with_components(without_endless({"paths": {path: {method.lower(): made}}}), components)


def with_components(part: Mapping[str, Any], components: Mapping[str, Any]) -> dict[str, Any]:
    """A document of some paths, with schemas where references look for them."""
    document: dict[str, Any] = {"openapi": "3.1.0", "info": {"title": "drawing", "version": "1"}, **part}
    for reference, schema in components.items():
        *upper, name = (each.replace("~1", "/").replace("~0", "~") for each in reference[2:].split("/"))
        holder = document
        for each in upper:
            holder = holder.setdefault(each, {})
        holder[name] = schema
    return document


def writable_request(shapes: Shapes, request: Mapping[str, Any]) -> dict[str, Any]:
    """The request with nothing in parameters and forms that has no way of being written there (see `non_empty_schema`), or that nobody knows how to."""
    made = dict(request)
    if request.get("parameters"):
        made["parameters"] = [
            {
                **parameter,
                "schema": non_empty_schema(shapes, parameter["schema"], empty=parameter.get("allowEmptyValue", False)),
            }
            if "schema" in parameter
            else parameter
            for parameter in without_unknown_formats(shapes.canonical_component, request["parameters"])
        ]
    if body := request.get("requestBody"):
        content = {
            name: _as_form(shapes, name, media) if _is_form(name) and "schema" in media else media
            for name, media in body["content"].items()
        }
        made["requestBody"] = {**body, "content": content}
    return made


def _is_form(media_type: str) -> bool:
    return media_type.lower().startswith(("application/x-www-form-urlencoded", "multipart/"))


def _as_form(shapes: Shapes, media_type: str, media: Mapping[str, Any]) -> dict[str, Any]:
    """A form, its schema fit to be written, and its encoding with the media types its schema tells."""
    target = _whole(shapes, media["schema"])
    members = target.get("properties") if isinstance(target, dict) else None
    told = {
        name: {"contentType": part["contentMediaType"]}
        for name, part in (members or {}).items()
        if isinstance(part, dict) and isinstance(part.get("contentMediaType"), str)
    }
    declared = media.get("encoding", {})
    encoding = {name: {**told.get(name, {}), **declared.get(name, {})} for name in sorted({*told, *declared})}
    made = {**media, "schema": _form(shapes, media_type, media["schema"])}
    return {**made, "encoding": encoding} if encoding else made


def _form(shapes: Shapes, media_type: str, schema: Any) -> Any:
    """A form's schema, its members fit to be written; bytes (OpenAPI 3.1 §4.14.3) as the drawing library knows files."""
    target = _whole(shapes, schema)
    if not isinstance(target, dict) or not isinstance(target.get("properties"), dict):
        return schema
    members = {name: non_empty_schema(shapes, part) for name, part in target["properties"].items()}
    if media_type.lower().startswith("multipart/"):
        members = {name: _file(part) for name, part in members.items()}
    return {**target, "properties": members}


def _whole(shapes: Shapes, schema: Any) -> Any:
    """What an object's schema says, in one place: its own reference followed, and its parts put together."""
    if isinstance(schema, dict) and list(schema) == ["$ref"]:
        schema = shapes.canonical_component(schema["$ref"])
    return plain(shapes.canonical_component, schema) if isinstance(schema, dict) and composed(schema) else schema


def _file(schema: Any) -> Any:
    if not isinstance(schema, dict):
        return schema
    if isinstance(schema.get("items"), dict):
        return {**schema, "items": _file(schema["items"])}
    if (
        "contentMediaType" not in schema
        or "contentEncoding" in schema
        or schema["contentMediaType"].startswith("text/")
    ):
        return schema
    return {
        **{key: part for key, part in schema.items() if key != "contentMediaType"},
        "type": "string",
        "format": "binary",
    }


def least_request(shapes: Shapes, request: Mapping[str, Any]) -> dict[str, Any]:
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


def without_conditions(request: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[tuple[str, str], ...]]:
    """The request without conditional headers, and those of them that every request has: neither is to be broken."""
    parameters = list(request.get("parameters", ()))
    conditions = [each for each in parameters if each["in"] == "header" and is_conditional(each["name"])]
    if not conditions:
        return dict(request), ()
    kept = tuple((each["name"], UNKNOWN[each["name"].lower()]) for each in conditions if each["required"])
    others = [each for each in parameters if each not in conditions]
    made = {key: part for key, part in request.items() if key != "parameters"}
    return {**made, "parameters": others} if others else made, kept


def full_request(shapes: Shapes, request: Mapping[str, Any]) -> dict[str, Any]:
    """The request with everything it may carry at once, each with something in it."""
    made: dict[str, Any] = {}
    if request.get("parameters"):
        made["parameters"] = [{**parameter, "required": True} for parameter in request["parameters"]]
    if body := request.get("requestBody"):
        content = {
            name: {**media, **({"schema": _all_members(shapes, media["schema"])} if "schema" in media else {})}
            for name, media in body["content"].items()
        }
        made["requestBody"] = {**body, "required": True, "content": content}
    return made


def _all_members(shapes: Shapes, schema: Any) -> Any:
    """An object's schema with its optional members required; any other schema as it is."""
    target = _plain_object(shapes, schema)
    if target is None or "maxProperties" in target:
        return schema
    properties = {name: non_empty_schema(shapes, part) for name, part in target["properties"].items()}
    names = [name for name, part in properties.items() if part is not False]
    return {**target, "type": "object", "properties": properties, "required": names}


def _plain_object(shapes: Shapes, schema: Any) -> dict[str, Any] | None:
    """The schema of an object whose members do not depend on one another; None for any other."""
    target = _whole(shapes, schema)
    if not isinstance(target, dict) or not isinstance(target.get("properties"), dict):
        return None
    if not target.keys().isdisjoint(_DEPENDENT) or any(
        name not in target["properties"] for name in target.get("required", [])
    ):
        return None
    return target


def _required_only(shapes: Shapes, schema: Any) -> Any:
    """An object's schema without its optional members; any other schema as it is."""
    target = _plain_object(shapes, schema)
    if target is None:
        return schema
    required = target.get("required", [])
    properties = {name: part for name, part in target["properties"].items() if name in required}
    return {
        **{key: part for key, part in target.items() if key != "unevaluatedProperties"},
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def drawn_media_type(content: Mapping[str, Any]) -> str:
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
