"""Upgrades a Swagger 2.0 document to OpenAPI 3.0, for the comparison."""

from __future__ import annotations

from typing import Any

from pytest_apiversion.core.contracts.servers import path_of_base
from pytest_apiversion.shell.openapi.grammar import METHODS, resolve, unescape, walk
from pytest_apiversion.shell.openapi.swagger2_operations import modernise

_FLOWS = {
    "implicit": "implicit",
    "password": "password",
    "application": "clientCredentials",
    "accessCode": "authorizationCode",
}
_MAX_CHAIN = 50


def upgrade(document: dict[str, Any]) -> dict[str, Any]:
    """The same document in the words of OpenAPI 3.0; schemas stay where they are, and are changed in place."""
    made = {
        key: value
        for key, value in document.items()
        if key not in {"swagger", "paths", "securityDefinitions", "parameters", "responses"}
    }
    made["openapi"] = "3.0.3"
    made["servers"] = [{"url": f"//{document.get('host') or ''}{path_of_base(document) or '/'}"}]
    paths = document.get("paths")
    made["paths"] = {
        template: _item(item, document) for template, item in (paths.items() if isinstance(paths, dict) else ())
    }
    schemes = document.get("securityDefinitions")
    made["components"] = {
        "securitySchemes": {
            name: _scheme(scheme)
            for name, scheme in (schemes.items() if isinstance(schemes, dict) else ())
            if isinstance(scheme, dict)
        }
    }
    for _, kind, node in walk(made, "document"):
        if kind == "schema" and node.get("x-nullable") is True:
            node["nullable"] = True
    return made


def _item(item: Any, document: dict[str, Any]) -> Any:
    item = _follow(item, document)
    if not isinstance(item, dict):
        return {}
    made = {key: value for key, value in item.items() if key != "parameters" and key not in METHODS}
    for method in METHODS:
        operation = item.get(method)
        if isinstance(operation, dict):
            rest, parameters = modernise(
                operation, _parameters(item, operation, document), document, lambda part: _follow(part, document)
            )
            made[method] = {**rest, "parameters": parameters}
    return made


def _parameters(item: dict[str, Any], operation: dict[str, Any], document: dict[str, Any]) -> list[dict[str, Any]]:
    merged: dict[tuple[str, str], dict[str, Any]] = {}
    for holder in (item, operation):
        listed = holder.get("parameters")
        for value in listed if isinstance(listed, list) else ():
            parameter = _follow(value, document)
            if isinstance(parameter, dict):
                merged[str(parameter.get("in")), str(parameter.get("name"))] = parameter
    return list(merged.values())


def _scheme(scheme: dict[str, Any]) -> dict[str, Any]:
    if scheme.get("type") == "basic":
        return {"type": "http", "scheme": "basic"}
    if scheme.get("type") == "oauth2":
        kept = {key: scheme[key] for key in ("authorizationUrl", "tokenUrl", "scopes") if key in scheme}
        return {"type": "oauth2", "flows": {_FLOWS.get(str(scheme.get("flow")), "implicit"): kept}}
    return scheme


def _follow(value: Any, document: dict[str, Any]) -> Any:
    for _ in range(_MAX_CHAIN):
        reference = value.get("$ref") if isinstance(value, dict) else None
        if not isinstance(reference, str):
            return value
        try:
            value = resolve(document, unescape(reference[1:])) if reference.startswith("#/") else None
        except LookupError:
            return None
    return None
