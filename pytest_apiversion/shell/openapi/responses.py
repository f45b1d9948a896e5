"""Reads what an OpenAPI operation answers: bodies and headers by status, and what holds values to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.contract import BodySpec, HeaderSpec, ResponseSpec
from pytest_apiversion.shell.json_schema.validators import Validators
from pytest_apiversion.shell.openapi.header_values import reader
from pytest_apiversion.shell.openapi.parts import is_json, plain
from pytest_apiversion.shell.texts.json_text import pointer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_apiversion.core.contracts.contract import SchemaProblem, Validate
    from pytest_apiversion.shell.openapi.parts import Parts
    from pytest_apiversion.shell.openapi.schemas import Normaliser

_STATUS = re.compile(r"[1-5]([0-9]{2}|[xX]{2})|default")


class Responses:
    """Reads the answers of one document.

    Args:
        parts: Reads the document's parts.
        schemas: Reads its schemas, for answers; to be finished before the first value is held.
    """

    def __init__(self, parts: Parts, schemas: Normaliser) -> None:
        self._parts = parts
        self._schemas = schemas
        self._validators = Validators(schemas.resource)

    def read(self, place: tuple[str, ...], operation: dict[str, Any]) -> dict[str, ResponseSpec]:
        """The answers an operation declares, by status (`200`, `4xx`, `default`)."""
        responses = operation.get("responses")
        if not isinstance(responses, dict) or not responses:
            self._parts.warn(f"{pointer(place)}: no responses are declared")
            return {}
        made: dict[str, ResponseSpec] = {}
        for key, value in responses.items():
            status, response = str(key).lower(), self._parts.follow(value)
            if not _STATUS.fullmatch(status) or not isinstance(response, dict):
                if not status.startswith("x-"):
                    self._parts.warn(f"{pointer((*place, 'responses', key))}: expected a response; left out")
                continue
            here = (*place, "responses", str(key))
            made[status] = ResponseSpec(
                status=status, bodies=self._bodies(here, response), headers=tuple(self._headers(here, response))
            )
        return made

    def _bodies(self, place: tuple[str, ...], response: dict[str, Any]) -> dict[str, BodySpec]:
        alternatives: dict[str, list[tuple[dict[str, Any], Any]]] = {}
        for name, media in self._parts.content(response).items():
            schema = self._schemas.read(media["schema"], (*place, name)) if "schema" in media else None
            alternatives.setdefault(plain(name), []).append((media, schema))
        made: dict[str, BodySpec] = {}
        for name, parts in alternatives.items():
            schemas = [schema for _, schema in parts if schema is not None]
            schema = None if len(schemas) < len(parts) else schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
            held = self._hold(schema) if schema is not None and (is_json(name) or "*" in name) else None
            made[name] = BodySpec(
                media_type=name,
                schema=schema,
                validate=held,
                examples=tuple(example for media, _ in parts for example in self._parts.examples(media)),
            )
        return made

    def _headers(self, place: tuple[str, ...], response: dict[str, Any]) -> Iterator[HeaderSpec]:
        headers = response.get("headers")
        for name, value in headers.items() if isinstance(headers, dict) else ():
            header = self._parts.follow(value)
            if not isinstance(header, dict) or name.lower() == "content-type":
                continue  # OpenAPI 3 §4.8.17: Content-Type is not described here
            schema = self._schemas.read(header["schema"], (*place, "headers", name)) if "schema" in header else True
            held = None if schema is True else self._hold_text(schema)
            yield HeaderSpec(name=name, required=header.get("required") is True, validate=held)

    def _hold(self, schema: Any) -> Validate:
        reference = (
            schema["$ref"] if isinstance(schema, dict) and list(schema) == ["$ref"] else self._schemas.hoist(schema)
        )
        return self._validators.of(reference)

    def _hold_text(self, schema: Any) -> Validate:
        held = self._hold(schema)
        read: Callable[[str], Any] | None = None

        def validate(value: Any) -> tuple[SchemaProblem, ...]:
            nonlocal read
            read = read or reader(schema, self._validators.schema)
            return held(read(value) if isinstance(value, str) else value)

        return validate
