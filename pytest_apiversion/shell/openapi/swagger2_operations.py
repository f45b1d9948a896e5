"""Swagger 2.0 operations in the words of OpenAPI 3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_apiversion.diff.bodies import UNSAID

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
_SCHEMA = (
    "type",
    "format",
    "items",
    "enum",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "multipleOf",
    "x-nullable",
    "default",
)
_KEPT = ("name", "in", "required", "allowEmptyValue", "deprecated", "x-sunset", "x-stability-level")
_STYLES = {
    "csv": ("", False),
    "ssv": ("spaceDelimited", False),
    "pipes": ("pipeDelimited", False),
    "tsv": ("tabDelimited", False),
    "multi": ("form", True),
}


def modernise(
    operation: Mapping[str, Any],
    parameters: list[dict[str, Any]],
    document: Mapping[str, Any],
    follow: Callable[[Any], Any],
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """An operation and its parameters, rewritten.

    Args:
        operation: The operation.
        parameters: Its parameters, those of the path included, references followed.
        document: The whole document.
        follow: Gives the object a reference leads to.

    Returns:
        The operation without parameters, and the parameters that are no body.
    """
    made = {key: value for key, value in operation.items() if key not in {"parameters", "responses"}}
    consumes, produces = (
        _types(operation.get(word, document.get(word)), "application/json") for word in ("consumes", "produces")
    )
    free = {word for word in ("consumes", "produces") if not _types(operation.get(word, document.get(word)), "")[0]}
    mark = {UNSAID: True}
    body = next((parameter for parameter in parameters if parameter.get("in") == "body"), None)
    fields = [parameter for parameter in parameters if parameter.get("in") == "formData"]
    if body is not None:
        example = (
            {"examples": {name: {"value": value} for name, value in body["x-examples"].items()}}
            if isinstance(body.get("x-examples"), dict)
            else {}
        )
        made["requestBody"] = {
            "required": body.get("required") is True,
            "content": {
                name: {"schema": body.get("schema", {}), **example, **(mark if "consumes" in free else {})}
                for name in consumes
            },
        }
    elif fields:
        files = any(parameter.get("type") == "file" for parameter in fields)
        kinds = [name for name in consumes if name in _FORMS] or [_FORMS[0 if files else 1]]
        required = [str(parameter.get("name")) for parameter in fields if parameter.get("required") is True]
        schema = {
            "type": "object",
            "properties": {str(parameter.get("name")): _schema(parameter) for parameter in fields},
            **({"required": required} if required else {}),
        }
        made["requestBody"] = {"required": bool(required), "content": {name: {"schema": schema} for name in kinds}}
    responses = operation.get("responses")
    if isinstance(responses, dict):
        made["responses"] = {
            status: _response(follow(value), produces, mark if "produces" in free else {})
            for status, value in responses.items()
        }
    return made, [
        _parameter(parameter) for parameter in parameters if str(parameter.get("in")) not in {"body", "formData"}
    ]


def _types(value: Any, default: str) -> list[str]:
    names = [name for name in value if isinstance(name, str)] if isinstance(value, list) else []
    return names or [default]


def _schema(parameter: dict[str, Any]) -> dict[str, Any]:
    if parameter.get("type") == "file":
        return {"type": "string", "format": "binary"}
    return {key: parameter[key] for key in _SCHEMA if key in parameter}


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {key: parameter[key] for key in _KEPT if key in parameter}
    made["schema"] = _schema(parameter)
    if "x-example" in parameter:
        made["example"] = parameter["x-example"]
    if parameter.get("type") == "array":
        style, explode = _STYLES.get(str(parameter.get("collectionFormat", "csv")), ("", False))
        made["explode"] = explode
        if style:
            made["style"] = style
    return made


def _response(response: Any, produces: list[str], mark: Mapping[str, Any]) -> Any:
    if not isinstance(response, dict):
        return response
    made = {key: value for key, value in response.items() if key not in {"schema", "examples", "headers"}}
    told = response.get("examples")
    examples = told if isinstance(told, dict) else {}
    if "schema" in response:
        schema = response["schema"]
        whole = _schema(schema) if isinstance(schema, dict) and schema.get("type") == "file" else schema
        made["content"] = {
            name: {"schema": whole, **({"example": examples[name]} if name in examples else {}), **mark}
            for name in produces
        }
    headers = response.get("headers")
    if isinstance(headers, dict):
        made["headers"] = {
            name: {"schema": _schema(header)} for name, header in headers.items() if isinstance(header, dict)
        }
    return made
