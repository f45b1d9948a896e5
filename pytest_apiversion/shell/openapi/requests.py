"""Reads the request of an OpenAPI operation: parameters and body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.contract import Parameter
from pytest_apiversion.core.http.conditions import UNKNOWN, is_conditional
from pytest_apiversion.shell.openapi.request_shapes import style_of
from pytest_apiversion.shell.texts.json_text import pointer

if TYPE_CHECKING:
    from pytest_apiversion.shell.openapi.parts import Parts
    from pytest_apiversion.shell.openapi.schemas import Normaliser

_IGNORED_HEADERS = frozenset({"accept", "content-type", "authorization"})
_PLACES = frozenset({"path", "query", "header", "cookie"})


class Requests:
    """Reads the requests of one document.

    Args:
        parts: Reads the document's parts.
        schemas: Reads its schemas, for requests.
        dialect: `2.0`, `3.0`, `3.1` or `3.2`.
        reserved: Parameters (place, name; of a header in lower case) that are no data: versions and credentials stand there.
    """

    def __init__(
        self, parts: Parts, schemas: Normaliser, *, dialect: str, reserved: frozenset[tuple[str, str]] = frozenset()
    ) -> None:
        self._parts = parts
        self._schemas = schemas
        self._dialect = dialect
        self._reserved = reserved

    def parameters(
        self, place: tuple[str, ...], item: dict[str, Any], operation: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Parameters of path and operation, references followed; the operation's win."""
        merged: dict[tuple[str, str], dict[str, Any]] = {}
        for holder in (item, operation):
            listed = holder.get("parameters", [])
            for index, value in enumerate(listed if isinstance(listed, list) else []):
                parameter = self._parts.follow(value)
                if (
                    isinstance(parameter, dict)
                    and isinstance(parameter.get("name"), str)
                    and isinstance(parameter.get("in"), str)
                ):
                    merged[parameter["in"], parameter["name"]] = parameter
                else:
                    self._parts.warn(
                        f"{pointer((*place, 'parameters', index))}: expected a parameter with `name` and `in`; left out"
                    )
        return list(merged.values())

    def declare(
        self, place: tuple[str, ...], path: str, parameters: list[dict[str, Any]]
    ) -> tuple[tuple[Parameter, ...], list[dict[str, Any]]]:
        """The parameters of a path as the contract names them, and as requests are drawn with them."""
        declared: list[Parameter] = []
        drawn: list[dict[str, Any]] = []
        named = re.findall(r"\{([^{}]+)\}", path)
        for parameter in map(_filled_by_reading, parameters):
            name, where = parameter["name"], parameter["in"]
            if where not in _PLACES or (
                where == "header" and name.lower() in _IGNORED_HEADERS and self._dialect != "2.0"
            ):
                if where not in _PLACES:
                    self._parts.warn(f"{pointer(place)}: parameters in `{where}` are not known; `{name}` is left out")
                continue
            if (where, name.lower() if where == "header" else name) in self._reserved:
                continue  # frameworks export it with the others
            if where == "path" and name not in named:
                continue  # a parameter of the version's own prefix, or of nothing
            content = self._parts.content(parameter)
            media = next(iter(content), None)
            holder = content[media] if media else parameter
            schema = self._schemas.read(holder.get("schema", True), (*place, "parameters", name))
            required = parameter.get("required") is True or where == "path"
            declared.append(
                Parameter(
                    name=name,
                    place=where,
                    required=required,
                    schema=schema,
                    examples=self._parts.examples(parameter) + (self._parts.examples(holder) if media else ()),
                    default=None if media else self._default(parameter.get("schema")),
                )
            )
            made = {"name": name, "in": where, "required": required, **style_of(parameter)}
            if parameter.get("allowEmptyValue") is True:
                made["allowEmptyValue"] = True
            drawn.append({**made, "content": {media: {"schema": schema}}} if media else {**made, "schema": schema})
        have = {parameter.name for parameter in declared if parameter.place == "path"}
        for name in dict.fromkeys(named):
            if name not in have:
                self._parts.warn(f"{pointer(place)}: the path parameter `{name}` is not declared; read as any text")
                declared.append(Parameter(name=name, place="path", required=True, schema={"type": "string"}))
                drawn.append({"name": name, "in": "path", "required": True, "schema": {"type": "string"}})
        return tuple(declared), drawn

    def _default(self, schema: Any) -> Any:
        """The default that a schema says, or what it refers to."""
        told = schema.get("default") if isinstance(schema, dict) else None
        followed = self._parts.follow(schema) if told is None else None
        return followed.get("default") if isinstance(followed, dict) else told

    def body(self, place: tuple[str, ...], operation: dict[str, Any]) -> dict[str, Any] | None:
        """What an operation takes as its body, schemas read; None where it takes none."""
        body = self._parts.follow(operation.get("requestBody"))
        if not isinstance(body, dict):
            return None
        made: dict[str, Any] = {}
        for name, media in self._parts.content(body).items():
            made[name] = {}
            if "schema" in media:
                made[name]["schema"] = self._schemas.read(media["schema"], (*place, "requestBody", name))
            encoding = media.get("encoding")
            if isinstance(encoding, dict):
                kept = {
                    part: {
                        key: rule[key] for key in ("contentType", "style", "explode", "allowReserved") if key in rule
                    }
                    for part, rule in encoding.items()
                    if isinstance(rule, dict)
                }
                made[name] |= {"encoding": kept} if kept else {}
        return {"content": made, "required": body.get("required") is True} if made else None


def _filled_by_reading(parameter: dict[str, Any]) -> dict[str, Any]:
    """A conditional header with what stands there until a reading fills it, and its examples; any other parameter as it is."""
    name = parameter["name"]
    if parameter["in"] != "header" or not is_conditional(name):
        return parameter
    told = {"type": "string", "enum": [UNKNOWN[name.lower()]]}
    shown: dict[str, Any] = {key: parameter[key] for key in ("example", "examples") if key in parameter}
    return {"name": name, "in": "header", "required": parameter.get("required"), "schema": told, **shown}
