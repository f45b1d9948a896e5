"""Reads OpenAPI 3.0, 3.1, 3.2 and Swagger 2.0 documents into contracts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contract import BodySpec, Contract, HeaderSpec, Link, Operation, Parameter, ResponseSpec
from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.grammar import METHODS, resolve, unescape
from pytest_apiversion.shell.parsing import pointer
from pytest_apiversion.shell.schemas import Normaliser
from pytest_apiversion.shell.shapes import Shapes, request_of, style_of
from pytest_apiversion.shell.swagger import modernise
from pytest_apiversion.shell.validators import Validators, reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pytest_apiversion.core.contract import SchemaProblem, Validate

MAX_WARNINGS = 100
"""Oddities that are named; the rest are counted."""

_IGNORED_HEADERS = frozenset({"accept", "content-type", "authorization"})
_PLACES = frozenset({"path", "query", "header", "cookie"})
_STATUS = re.compile(r"[1-5]([0-9]{2}|[xX]{2})|default")


def read_contract(document: Mapping[str, Any], *, source: str, version: str, digest: str, locate: Callable[[str], str | None],
                  neutral: frozenset[str] = frozenset(), additions: bool = True, formats: bool = True) -> Contract:
    """Read a document as the frozen contract of one version.

    Args:
        document: The document, as `contract_store.read_document` gives it.
        source: Its file, as the policy names it.
        version: The version it is frozen for.
        digest: Its digest.
        locate: Maps a full path template (server path and path) to the template without version; None where the path belongs to
            another version.
        neutral: Operations without a version, `METHOD /full/path`.
        additions: Whether answers may have members the contract does not name.
        formats: Whether `format` is held.

    Raises:
        PolicyError: It is no OpenAPI document this package reads.
    """
    return _Reader(document, source, additions=additions, formats=formats).read(version, digest, locate, neutral)


def is_json(media_type: str) -> bool:
    """Whether a media type, without parameters, holds JSON."""
    return media_type in {"application/json", "text/json"} or media_type.endswith("+json")


class _Reader:
    def __init__(self, document: Mapping[str, Any], source: str, *, additions: bool, formats: bool) -> None:
        self._document = document
        self._source = source
        self._warnings: dict[str, None] = {}
        self._dialect = self._say_dialect()
        self._responses = Normaliser(document, dialect=self._dialect, response=True, additions=additions, formats=formats, warn=self._warn)
        self._requests = Normaliser(document, dialect=self._dialect, response=False, warn=self._warn)
        self._validators = Validators(self._responses.resource)

    def _say_dialect(self) -> str:
        mistakes = []
        told = str(self._document.get("openapi", self._document.get("swagger", "")))
        if "openapi" in self._document:
            known = re.fullmatch(r"(3\.[012])(\.\d+)?(-.*)?", told)
        else:
            known = re.fullmatch(r"(2\.0)()", "2.0" if told == "2" else told)
        if not known:
            field = "swagger" if "swagger" in self._document and "openapi" not in self._document else "openapi"
            mistakes.append(f"{self._source} /{field}: expected 3.0, 3.1, 3.2 (or `swagger` 2.0), got {told or 'none'}")
        if not isinstance(self._document.get("paths", {}), dict):
            mistakes.append(f"{self._source} /paths: expected an object, got something else")
        if mistakes:
            raise PolicyError(self._source, mistakes)
        return known[1] if known else ""

    def read(self, version: str, digest: str, locate: Callable[[str], str | None], neutral: frozenset[str]) -> Contract:
        raw: dict[str, dict[str, Any]] = {}
        for place, method, full, item, operation in self._operations():
            is_neutral = f"{method} {full}" in neutral
            path = full if is_neutral else locate(full)
            if path is None:
                continue
            key = f"{method} {path}"
            if key in raw:
                self._warn(f"{pointer(place)}: {key} is there twice; the first counts")
                continue
            raw[key] = self._operation(place, method, path, item, operation, locate)
            raw[key]["neutral"] = is_neutral
        self._responses.finish()
        self._requests.finish()
        shapes = Shapes(self._requests.resource)
        operations = {key: Operation(**fields, shape=shapes.digest(fields["method"], fields["path"], fields["request"]))
                      for key, fields in raw.items()}
        if not operations:
            self._warn("no operation belongs to this version")
        warnings = tuple(self._warnings)
        if len(warnings) > MAX_WARNINGS:
            warnings = (*warnings[:MAX_WARNINGS], f"and {len(warnings) - MAX_WARNINGS} more")
        return Contract(source=self._source, version=version, operations=operations, digest=digest, document=self._document,
                        schemas=self._requests.resource, warnings=warnings)

    def _operations(self) -> Iterator[tuple[tuple[str, ...], str, str, dict[str, Any], dict[str, Any]]]:
        paths = self._document.get("paths", {})
        for template, value in paths.items():
            if not template.startswith("/"):
                if not template.startswith("x-"):
                    self._warn(f"{pointer(('paths', template))}: expected a path that begins with a slash; left out")
                continue
            item = self._follow(value)
            if not isinstance(item, dict):
                self._warn(f"{pointer(('paths', template))}: expected an object; left out")
                continue
            if isinstance(value, dict) and "$ref" in value:
                item = {**item, **{key: part for key, part in value.items() if key != "$ref"}}
            more = item.get("additionalOperations")
            named = {**{method.upper(): item[method] for method in METHODS if method in item}, **(more if isinstance(more, dict) else {})}
            for method in [key.upper() for key in item if key.lower() in METHODS] + list(more if isinstance(more, dict) else ()):
                operation = named.get(method)
                if isinstance(operation, dict):
                    yield ("paths", template, method.lower()), method.upper(), self._prefix(operation, item) + template, item, operation
                else:
                    self._warn(f"{pointer(('paths', template, method.lower()))}: expected an operation; left out")

    def _prefix(self, *holders: dict[str, Any]) -> str:
        """The path of the first server that holds for an operation, without a slash at its end."""
        if self._dialect == "2.0":
            return "/" + base.strip("/") if (base := str(self._document.get("basePath") or "")).strip("/") else ""
        for holder in (*holders, self._document):
            servers = holder.get("servers")
            if isinstance(servers, list) and servers and isinstance(servers[0], dict):
                url = str(servers[0].get("url", ""))
                variables = servers[0].get("variables")
                for name, variable in (variables.items() if isinstance(variables, dict) else ()):
                    if isinstance(variable, dict) and "default" in variable:
                        url = url.replace("{" + name + "}", str(variable["default"]))
                path = re.sub(r"^([A-Za-z{][A-Za-z0-9+.{}_-]*:)?//[^/?#]*", "", url).partition("?")[0].partition("#")[0].strip("/")
                return f"/{path}" if path not in {"", "."} else ""
        return ""

    def _operation(self, place: tuple[str, ...], method: str, path: str, item: dict[str, Any], operation: dict[str, Any],
                   locate: Callable[[str], str | None]) -> dict[str, Any]:
        parameters = self._parameters(place, item, operation)
        if self._dialect == "2.0":
            operation, parameters = modernise(operation, parameters, self._document, self._follow)
        declared, drawn = self._declare(place, path, parameters)
        body = self._body(place, operation)
        media_types = tuple(body["content"]) if body else ()
        chosen = next((name for name in media_types if is_json(_plain(name))), next((name for name in media_types if "*" in name), None))
        content = self._content(self._follow(operation.get("requestBody")))
        operation_id = operation.get("operationId")
        return {
            "method": method, "path": path, "operation_id": operation_id if isinstance(operation_id, str) else None,
            "parameters": declared,
            "responses": self._answers(place, operation),
            "security": self._security(operation),
            "links": tuple(self._links(place, operation, locate)),
            "body_media_types": media_types,
            "body_schema": body["content"][chosen].get("schema") if body and chosen else None,
            "body_examples": self._examples(content[chosen]) if chosen else (),
            "request": request_of(drawn, body),
            "deprecated": operation.get("deprecated") is True,
        }

    def _parameters(self, place: tuple[str, ...], item: dict[str, Any], operation: dict[str, Any]) -> list[dict[str, Any]]:
        """Parameters of path and operation, references followed; the operation's win."""
        merged: dict[tuple[str, str], dict[str, Any]] = {}
        for holder in (item, operation):
            listed = holder.get("parameters", [])
            for index, value in enumerate(listed if isinstance(listed, list) else []):
                parameter = self._follow(value)
                if isinstance(parameter, dict) and isinstance(parameter.get("name"), str) and isinstance(parameter.get("in"), str):
                    merged[parameter["in"], parameter["name"]] = parameter
                else:
                    self._warn(f"{pointer((*place, 'parameters', index))}: expected a parameter with `name` and `in`; left out")
        return list(merged.values())

    def _declare(self, place: tuple[str, ...], path: str, parameters: list[dict[str, Any]]
                 ) -> tuple[tuple[Parameter, ...], list[dict[str, Any]]]:
        declared: list[Parameter] = []
        drawn: list[dict[str, Any]] = []
        named = re.findall(r"\{([^{}]+)\}", path)
        for parameter in parameters:
            name, where = parameter["name"], parameter["in"]
            if where not in _PLACES or (where == "header" and name.lower() in _IGNORED_HEADERS and self._dialect != "2.0"):
                if where not in _PLACES:
                    self._warn(f"{pointer(place)}: parameters in `{where}` are not known; `{name}` is left out")
                continue
            if where == "path" and name not in named:
                continue  # a parameter of the version's own prefix, or of nothing
            content = self._content(parameter)
            media = next(iter(content), None)
            holder = content[media] if media else parameter
            schema = self._requests.read(holder.get("schema", True), (*place, "parameters", name))
            required = parameter.get("required") is True or where == "path"
            declared.append(Parameter(name=name, place=where, required=required, schema=schema,
                                      examples=self._examples(parameter) + (self._examples(holder) if media else ())))
            made = {"name": name, "in": where, "required": required, **style_of(parameter)}
            drawn.append({**made, "content": {media: {"schema": schema}}} if media else {**made, "schema": schema})
        have = {parameter.name for parameter in declared if parameter.place == "path"}
        for name in dict.fromkeys(named):
            if name not in have:
                self._warn(f"{pointer(place)}: the path parameter `{name}` is not declared; read as any text")
                declared.append(Parameter(name=name, place="path", required=True, schema={"type": "string"}))
                drawn.append({"name": name, "in": "path", "required": True, "schema": {"type": "string"}})
        return tuple(declared), drawn

    def _body(self, place: tuple[str, ...], operation: dict[str, Any]) -> dict[str, Any] | None:
        body = self._follow(operation.get("requestBody"))
        if not isinstance(body, dict):
            return None
        made: dict[str, Any] = {}
        for name, media in self._content(body).items():
            made[name] = {}
            if "schema" in media:
                made[name]["schema"] = self._requests.read(media["schema"], (*place, "requestBody", name))
            encoding = media.get("encoding")
            if isinstance(encoding, dict):
                kept = {part: {key: rule[key] for key in ("contentType", "style", "explode", "allowReserved") if key in rule}
                        for part, rule in encoding.items() if isinstance(rule, dict)}
                made[name] |= {"encoding": kept} if kept else {}
        return {"content": made, "required": body.get("required") is True} if made else None

    def _answers(self, place: tuple[str, ...], operation: dict[str, Any]) -> dict[str, ResponseSpec]:
        responses = operation.get("responses")
        if not isinstance(responses, dict) or not responses:
            self._warn(f"{pointer(place)}: no responses are declared")
            return {}
        made: dict[str, ResponseSpec] = {}
        for key, value in responses.items():
            status, response = str(key).lower(), self._follow(value)
            if not _STATUS.fullmatch(status) or not isinstance(response, dict):
                if not status.startswith("x-"):
                    self._warn(f"{pointer((*place, 'responses', key))}: expected a response; left out")
                continue
            here = (*place, "responses", str(key))
            made[status] = ResponseSpec(status=status, bodies=self._bodies(here, response), headers=tuple(self._headers(here, response)))
        return made

    def _bodies(self, place: tuple[str, ...], response: dict[str, Any]) -> dict[str, BodySpec]:
        alternatives: dict[str, list[tuple[dict[str, Any], Any]]] = {}
        for name, media in self._content(response).items():
            schema = self._responses.read(media["schema"], (*place, name)) if "schema" in media else None
            alternatives.setdefault(_plain(name), []).append((media, schema))
        made: dict[str, BodySpec] = {}
        for name, parts in alternatives.items():
            schemas = [schema for _, schema in parts if schema is not None]
            schema = None if len(schemas) < len(parts) else schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
            held = self._hold(schema) if schema is not None and (is_json(name) or "*" in name) else None
            made[name] = BodySpec(media_type=name, schema=schema, validate=held,
                                  examples=tuple(example for media, _ in parts for example in self._examples(media)))
        return made

    def _headers(self, place: tuple[str, ...], response: dict[str, Any]) -> Iterator[HeaderSpec]:
        headers = response.get("headers")
        for name, value in (headers.items() if isinstance(headers, dict) else ()):
            header = self._follow(value)
            if not isinstance(header, dict) or name.lower() == "content-type":
                continue  # OpenAPI 3 §4.8.17: Content-Type is not described here
            schema = self._responses.read(header["schema"], (*place, "headers", name)) if "schema" in header else True
            held = None if schema is True else self._hold_text(schema)
            yield HeaderSpec(name=name, required=header.get("required") is True, validate=held)

    def _hold(self, schema: Any) -> Validate:
        reference = schema["$ref"] if isinstance(schema, dict) and list(schema) == ["$ref"] else self._responses.hoist(schema)
        return self._validators.of(reference)

    def _hold_text(self, schema: Any) -> Validate:
        held = self._hold(schema)
        read: Callable[[str], Any] | None = None

        def validate(value: Any) -> tuple[SchemaProblem, ...]:
            nonlocal read
            read = read or reader(schema, self._validators.schema)
            return held(read(value) if isinstance(value, str) else value)

        return validate

    def _security(self, operation: dict[str, Any]) -> tuple[Mapping[str, tuple[str, ...]], ...] | None:
        told = operation.get("security", self._document.get("security"))
        if not isinstance(told, list):
            return None
        return tuple({name: tuple(str(scope) for scope in scopes) if isinstance(scopes, list) else () for name, scopes in entry.items()}
                     for entry in told if isinstance(entry, dict))

    def _links(self, place: tuple[str, ...], operation: dict[str, Any], locate: Callable[[str], str | None]) -> Iterator[Link]:
        responses = operation.get("responses")
        for status, value in (responses.items() if isinstance(responses, dict) else ()):
            response = self._follow(value)
            links = response.get("links") if isinstance(response, dict) else None
            for name, entry in (links.items() if isinstance(links, dict) else ()):
                link = self._follow(entry)
                if not isinstance(link, dict):
                    continue
                target = link.get("operationId") or self._link_target(str(link.get("operationRef", "")), locate)
                parameters = link.get("parameters")
                if isinstance(target, str) and target:
                    told = {key: part if isinstance(part, str) else str(part) for key, part in parameters.items()} \
                        if isinstance(parameters, dict) else {}
                    yield Link(status=str(status).lower(), target=target, parameters=told)
                else:
                    self._warn(f"{pointer((*place, 'responses', status, 'links', name))}: leads to no operation of this document; left out")

    def _link_target(self, reference: str, locate: Callable[[str], str | None]) -> str | None:
        parts = unescape(reference.partition("#")[2])
        try:
            operation, item = resolve(self._document, parts), resolve(self._document, parts[:2])
        except LookupError:
            return None
        if parts[:1] != ("paths",) or len(parts) != 3 or not isinstance(operation, dict):  # noqa: PLR2004  paths, template, method
            return None
        path = locate(self._prefix(operation, item) + parts[1])
        return f"{parts[2].upper()} {path}" if path is not None else None

    def _examples(self, holder: dict[str, Any]) -> tuple[Any, ...]:
        """The examples of a parameter or media type; those of its schema where it has none."""
        found: list[Any] = [holder["example"]] if "example" in holder else []
        examples = holder.get("examples")
        for value in examples.values() if isinstance(examples, dict) else ():
            example = self._follow(value)
            if isinstance(example, dict):
                found.extend(example[key] for key in ("value", "dataValue") if key in example)
        if not found:
            schema = self._follow(holder.get("schema"))
            if isinstance(schema, dict):
                found.extend([schema["example"]] if "example" in schema else [])
                found.extend(schema["examples"] if isinstance(schema.get("examples"), list) else [])
        return tuple(found)

    def _content(self, holder: Any) -> dict[str, dict[str, Any]]:
        content = holder.get("content") if isinstance(holder, dict) else None
        made = {str(name).strip().lower(): self._follow(media) for name, media in content.items()} if isinstance(content, dict) else {}
        return {name: media if isinstance(media, dict) else {} for name, media in made.items()}

    def _follow(self, value: Any) -> Any:
        """What a reference leads to, through others; None where that is nothing."""
        for _ in range(50):
            reference = value.get("$ref") if isinstance(value, dict) else None
            if not isinstance(reference, str):
                return value
            try:
                value = resolve(self._document, unescape(reference[1:])) if reference.startswith("#/") else None
            except LookupError:
                value = None
            if value is None:
                self._warn(f"{reference}: nothing stands there")
        self._warn("a reference leads round in a ring")
        return None

    def _warn(self, line: str) -> None:
        self._warnings.setdefault(line)


def _plain(media_type: str) -> str:
    return media_type.partition(";")[0].strip()
