"""Reads OpenAPI 3.0, 3.1, 3.2 and Swagger 2.0 documents into contracts."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.contract import Contract, Link, Operation
from pytest_apiversion.core.contracts.servers import first_server, path_of_base, path_of_server
from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.versions.lifecycle import moment
from pytest_apiversion.shell.openapi.grammar import METHODS, resolve, unescape
from pytest_apiversion.shell.openapi.named_queries import with_queries
from pytest_apiversion.shell.openapi.operation_paths import Paths
from pytest_apiversion.shell.openapi.parts import Parts, is_json, plain
from pytest_apiversion.shell.openapi.request_shapes import Shapes, request_of
from pytest_apiversion.shell.openapi.requests import Requests
from pytest_apiversion.shell.openapi.responses import Responses
from pytest_apiversion.shell.openapi.schemas import Normaliser
from pytest_apiversion.shell.openapi.security_schemes import key_places, requirements_of
from pytest_apiversion.shell.openapi.swagger2_operations import modernise
from pytest_apiversion.shell.texts.json_text import pointer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pytest_apiversion.core.contracts.contract import ResponseSpec
    from pytest_apiversion.shell.openapi.named_queries import Queries

MAX_WARNINGS = 100
"""Oddities that are named; the rest are counted."""


def read_contract(
    document: Mapping[str, Any],
    *,
    source: str,
    version: str,
    digest: str,
    locate: Callable[[str], str | None],
    names_version: Callable[[str], bool] = lambda _: False,
    neutral: frozenset[str] = frozenset(),
    ours: frozenset[tuple[str, str]] = frozenset(),
    given: frozenset[str] = frozenset(),
    additions: bool = True,
    told: Mapping[str, bool] = MappingProxyType({}),
    formats: bool = True,
    queries: Queries = MappingProxyType({}),
) -> Contract:
    """Read a document as the frozen contract of one version.

    Args:
        document: The document, as `contract_store.read_document` gives it.
        source: Its file, as the policy names it.
        version: The version it is frozen for.
        digest: Its digest.
        locate: Maps a full path template (server path and path) to the template without version; None where the path belongs to
            another version.
        names_version: Whether a full path template begins with some version's prefix. Where one of the document does, those that do not
            have no version.
        neutral: Operations without a version, `METHOD /full/path`.
        ours: Parameters (place, name) that the policy writes, its version and its credentials: they are no data.
        given: Names that the policy gives values for; a key of a security scheme among them is taken for data.
        additions: Whether answers may have members the contract does not name.
        told: The same of single operations, by `METHOD /template`.
        formats: Whether `format` is held.
        queries: The queries by which requests of operations are named as operations of their own, by `METHOD /template`.

    Raises:
        PolicyError: It is no OpenAPI document this package reads.
    """
    reader = _Reader(
        document, source, ours=ours, given=given, additions=additions, told=told, formats=formats, queries=queries
    )
    return reader.read(version, digest, Paths(locate=locate, names_version=names_version, neutral=neutral))


class _Reader:
    def __init__(
        self,
        document: Mapping[str, Any],
        source: str,
        *,
        ours: frozenset[tuple[str, str]],
        given: frozenset[str],
        additions: bool,
        told: Mapping[str, bool],
        formats: bool,
        queries: Queries,
    ) -> None:
        self._document, self._queries = document, queries
        self._source = source
        self._parts = Parts(document)
        self._dialect = self._say_dialect()
        warn = self._parts.warn
        self._additions, self._told = additions, told
        self._answered = {
            each: Normaliser(
                document,
                dialect=self._dialect,
                response=True,
                additions=each,
                closed=not each,
                formats=formats,
                warn=warn,
            )
            for each in {additions, *told.values()}
        }
        self._taken = Normaliser(document, dialect=self._dialect, response=False, warn=warn)
        self._responses = {each: Responses(self._parts, answered) for each, answered in self._answered.items()}
        keys = {place for place in key_places(document, self._parts.follow) if place[1] not in given}
        self._requests = Requests(self._parts, self._taken, dialect=self._dialect, reserved=ours | keys)

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

    def read(self, version: str, digest: str, paths: Paths) -> Contract:
        raw: dict[str, dict[str, Any]] = {}
        answers: dict[str, Mapping[str, ResponseSpec]] = {}
        told = list(self._operations())
        self._paths = paths.of((method, full) for _, method, full, _, _ in told)
        for place, method, full, item, operation in told:
            located = self._paths.located(method, full)
            if located is None:
                continue
            path = located.path
            key = f"{method} {path}"
            behind = not located.neutral and self._paths.behind_prefix_too(method, full)
            if behind or key in raw:
                counts = "the one behind the version's prefix" if behind else "the first"
                self._parts.warn(f"{pointer(place)}: {key} is there twice; {counts} counts")
                continue
            raw[key] = self._operation(place, method, path, item, operation)
            raw[key] |= {"neutral": located.neutral, "bare": located.bare}
            for name in [f"{key}?{query}" for query in self._queries.get(key, ())]:
                if name in self._told:
                    answers[name] = self._responses[self._told[name]].read(place, operation)
        for answered in self._answered.values():
            answered.finish()
        self._taken.finish()
        shapes = Shapes(self._taken.resource)
        operations = {
            key: Operation(**fields, shape=shapes.digest(fields["method"], fields["path"], fields["request"]))
            for key, fields in raw.items()
        }
        if not operations:
            self._parts.warn("no operation belongs to this version")
        operations, queries = with_queries(operations, self._queries, answers, self._taken.resource)
        warnings = tuple(self._parts.warnings)
        if len(warnings) > MAX_WARNINGS:
            warnings = (*warnings[:MAX_WARNINGS], f"and {len(warnings) - MAX_WARNINGS} more")
        return Contract(
            source=self._source,
            version=version,
            operations=operations,
            digest=digest,
            document=self._document,
            schemas=self._taken.resource,
            warnings=warnings,
            queries=queries,
        )

    def _operations(self) -> Iterator[tuple[tuple[str, ...], str, str, dict[str, Any], dict[str, Any]]]:
        paths = self._document.get("paths", {})
        for template, value in paths.items():
            if not template.startswith("/"):
                if not template.startswith("x-"):
                    self._parts.warn(
                        f"{pointer(('paths', template))}: expected a path that begins with a slash; left out"
                    )
                continue
            item = self._parts.follow(value)
            if not isinstance(item, dict):
                self._parts.warn(f"{pointer(('paths', template))}: expected an object; left out")
                continue
            if isinstance(value, dict) and "$ref" in value:
                item = {**item, **{key: part for key, part in value.items() if key != "$ref"}}
            more = item.get("additionalOperations")
            named = {
                **{method.upper(): item[method] for method in METHODS if method in item},
                **(more if isinstance(more, dict) else {}),
            }
            for method in [key.upper() for key in item if key.lower() in METHODS] + list(
                more if isinstance(more, dict) else ()
            ):
                operation = named.get(method)
                if isinstance(operation, dict):
                    yield (
                        ("paths", template, method.lower()),
                        method.upper(),
                        self._prefix(operation, item) + template,
                        item,
                        operation,
                    )
                else:
                    self._parts.warn(f"{pointer(('paths', template, method.lower()))}: expected an operation; left out")

    def _prefix(self, *holders: dict[str, Any]) -> str:
        """The path of the first server that holds for an operation, without a slash at its end."""
        if self._dialect == "2.0":
            return path_of_base(self._document)
        found = (first_server(holder.get("servers")) for holder in (*holders, self._document))
        return next((path_of_server(server) for server in found if server is not None), "")

    def _operation(
        self,
        place: tuple[str, ...],
        method: str,
        path: str,
        item: dict[str, Any],
        operation: dict[str, Any],
    ) -> dict[str, Any]:
        parameters = self._requests.parameters(place, item, operation)
        if self._dialect == "2.0":
            operation, parameters = modernise(operation, parameters, self._document, self._parts.follow)
        declared, drawn = self._requests.declare(place, path, parameters)
        body = self._requests.body(place, operation)
        media_types = tuple(body["content"]) if body else ()
        chosen = next(
            (name for name in media_types if is_json(plain(name))),
            next((name for name in media_types if "*" in name), None),
        )
        content = self._parts.content(self._parts.follow(operation.get("requestBody")))
        operation_id, tags = operation.get("operationId"), operation.get("tags")
        return {
            "method": method,
            "path": path,
            "operation_id": operation_id if isinstance(operation_id, str) else None,
            "parameters": declared,
            "responses": self._responses[self._told.get(f"{method} {path}", self._additions)].read(place, operation),
            "security": requirements_of(operation.get("security", self._document.get("security"))),
            "links": tuple(self._links(place, operation)),
            "body_media_types": media_types,
            "body_schema": body["content"][chosen].get("schema") if body and chosen else None,
            "written_body_schema": content[chosen].get("schema") if chosen else None,
            "body_examples": self._parts.examples(content[chosen]) if chosen else (),
            "request": request_of(drawn, body),
            "deprecated": operation.get("deprecated") is True,
            "tags": tuple(each for each in tags if isinstance(each, str)) if isinstance(tags, list) else (),
            "deprecated_since": moment(operation.get("x-deprecated-since")),
            "sunset": moment(operation.get("x-sunset")),
            "raw": operation,
            "raw_parameters": tuple(parameters),
        }

    def _links(self, place: tuple[str, ...], operation: dict[str, Any]) -> Iterator[Link]:
        responses = operation.get("responses")
        for status, value in responses.items() if isinstance(responses, dict) else ():
            response = self._parts.follow(value)
            links = response.get("links") if isinstance(response, dict) else None
            for name, entry in links.items() if isinstance(links, dict) else ():
                link = self._parts.follow(entry)
                if not isinstance(link, dict):
                    continue
                target = link.get("operationId") or self._link_target(str(link.get("operationRef", "")))
                parameters = link.get("parameters")
                if isinstance(target, str) and target:
                    told = (
                        {key: part if isinstance(part, str) else str(part) for key, part in parameters.items()}
                        if isinstance(parameters, dict)
                        else {}
                    )
                    yield Link(status=str(status).lower(), target=target, parameters=told)
                else:
                    self._parts.warn(
                        f"{pointer((*place, 'responses', status, 'links', name))}: leads to no operation of this document; left out"
                    )

    def _link_target(self, reference: str) -> str | None:
        parts = unescape(reference.partition("#")[2])
        try:
            operation, item = resolve(self._document, parts), resolve(self._document, parts[:2])
        except LookupError:
            return None
        if parts[:1] != ("paths",) or len(parts) != 3 or not isinstance(operation, dict):  # noqa: PLR2004  paths, template, method
            return None
        located = self._paths.located(parts[2].upper(), self._prefix(operation, item) + parts[1])
        return f"{parts[2].upper()} {located.path}" if located is not None else None
