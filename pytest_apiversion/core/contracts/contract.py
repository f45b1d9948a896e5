"""A contract: an OpenAPI document frozen for one version, as plain values.

The shell reads documents and resolves references; here is only what checks need to know. Schemas are JSON Schema 2020-12,
whatever dialect the document was written in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.named_queries import asks_for, pairs_of, whole
from pytest_apiversion.core.contracts.path_index import PathIndex
from pytest_apiversion.core.contracts.path_values import bare
from pytest_apiversion.core.http.statuses import status_matches

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from pytest_apiversion.core.http.messages import Pairs


@dataclass(frozen=True, kw_only=True, slots=True)
class SchemaProblem:
    """One way in which a value differs from its schema.

    Attributes:
        where: JSON pointer into the value; empty is the whole.
        message: What is wrong, in one line, no longer than a line of a terminal should be.
        keyword: The schema keyword that says so (`type`, `required`, `format` …).
        member: The member that is missing, or those that nobody names, where that is wrong and they are no keys of a map.
    """

    where: str
    message: str
    keyword: str
    member: str = ""


Validate = Callable[[Any], tuple[SchemaProblem, ...]]
"""Holds a JSON value to a schema; gives every problem, in document order, empty when there is none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HeaderSpec:
    """A response header a contract declares; its schema holds the value after it is read as the schema's type."""

    name: str
    required: bool
    validate: Validate | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BodySpec:
    """A response body a contract declares for one media type.

    Attributes:
        media_type: As declared, lower case; may be a range such as `application/*`.
        validate: Holds the body to its schema; None when the contract gives none.
        schema: The schema with local references unresolved; None when the contract gives none.
        examples: The contract's example bodies.
    """

    media_type: str
    validate: Validate | None = None
    schema: Mapping[str, Any] | bool | None = None
    examples: tuple[Any, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ResponseSpec:
    """What a contract declares for one status: a code, a range such as `4XX`, or `default`."""

    status: str
    bodies: Mapping[str, BodySpec] = field(default_factory=dict)
    headers: tuple[HeaderSpec, ...] = ()

    def body(self, media_type: str) -> BodySpec | None:
        """The body declared for a media type: exact first, then `type/*`, then `*/*`, then a `+json` sibling's own name."""
        kind = media_type.partition("/")[0]
        for candidate in (media_type, f"{kind}/*", "*/*"):
            if candidate in self.bodies:
                return self.bodies[candidate]
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """A request parameter.

    Attributes:
        name: Its name.
        place: `path`, `query`, `header` or `cookie`.
        required: Whether a request must have it.
        schema: Its schema.
        examples: The contract's example values.
        default: What the contract says is meant where it is left out; None where that is nothing, or null.
    """

    name: str
    place: str
    required: bool
    schema: Mapping[str, Any] | bool = True
    examples: tuple[Any, ...] = ()
    default: Any = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """An OpenAPI link: the answer of one operation names a parameter of another.

    Attributes:
        status: The status of the answer that carries it.
        target: Operation id or `METHOD /template` of the operation it leads to.
        parameters: Parameter name → runtime expression (`$response.body#/id`).
    """

    status: str
    target: str
    parameters: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Operation:
    """A method and a path template of a contract.

    Attributes:
        method: Upper case.
        path: The template without the version's prefix, beginning with `/`.
        operation_id: The contract's operationId, or None.
        parameters: Request parameters of every place.
        responses: Declared responses by status text, lower-case ranges (`4xx`) and `default`.
        security: Alternatives; each maps scheme names to scopes. None when the contract says nothing.
        links: OpenAPI links of its responses.
        body_media_types: Media types of its request body, in document order.
        body_schema: The schema of the first JSON request body, references resolved one level; None when it has none.
        written_body_schema: The same as the document writes it, with what says something and asserts nothing (`default`).
        body_examples: Example request bodies of the first JSON media type.
        shape: A digest of everything that decides which requests are valid: equal shapes have equal drawn cases.
        request: What requests are made of (`parameters`, `requestBody`) as OpenAPI 3.1, schemas read; for the drawing.
        deprecated: Whether the contract marks it deprecated.
        neutral: Whether it has no version.
        bare: Whether its path, `/` here, is asked without a slash: it is the version's prefix, or the base path, itself.
        tags: Its tags.
        deprecated_since: Its `x-deprecated-since`, or None where there is none that is a date.
        sunset: Its `x-sunset`, or None where there is none that is a date.
        raw: The operation as the document has it, references unresolved; for what is said beside schemas.
        raw_parameters: The parameters of its path and its own as the document has them, references followed.
        query: What a policy names it with, for an operation that is those requests of another which have this query; else empty.
        apart: The queries of such operations of this one.
        idle: Whether no request is left to it beside those.
    """

    method: str
    path: str
    operation_id: str | None = None
    parameters: tuple[Parameter, ...] = ()
    responses: Mapping[str, ResponseSpec] = field(default_factory=dict)
    security: tuple[Mapping[str, tuple[str, ...]], ...] | None = None
    links: tuple[Link, ...] = ()
    body_media_types: tuple[str, ...] = ()
    body_schema: Mapping[str, Any] | bool | None = None
    body_examples: tuple[Any, ...] = ()
    shape: str = ""
    request: Mapping[str, Any] = field(default_factory=dict, repr=False)
    deprecated: bool = False
    neutral: bool = False
    bare: bool = False
    tags: tuple[str, ...] = ()
    deprecated_since: dt.date | None = None
    sunset: dt.date | None = None
    written_body_schema: Any = field(default=None, repr=False, compare=False)
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    raw_parameters: tuple[Mapping[str, Any], ...] = field(default=(), repr=False, compare=False)
    query: str = ""
    apart: tuple[str, ...] = ()
    idle: bool = False

    @property
    def key(self) -> str:
        """`METHOD /template`: the operation's identity inside its contract; with `?query` where it is named so."""
        return f"{self.method} {self.path}?{self.query}" if self.query else f"{self.method} {self.path}"

    def response(self, status: int) -> ResponseSpec | None:
        """What the contract declares for a status: the code, else its range, else `default`."""
        for name in (str(status), f"{status // 100}xx", "default"):
            if name in self.responses:
                return self.responses[name]
        return None

    @property
    def path_parameters(self) -> tuple[str, ...]:
        """Names of the path parameters, in template order."""
        return tuple(part.partition("}")[0] for part in self.path.split("{")[1:])

    def declares(self, status: int) -> bool:
        """Whether the contract names this status, by code or range (a bare `default` does not name a success)."""
        if status_matches(status, tuple(self.responses)):
            return True
        return "default" in self.responses and status >= 300  # noqa: PLR2004  `default` documents the errors


@dataclass(frozen=True, kw_only=True)
class Contract:
    """The frozen document of one version.

    Attributes:
        source: The file, as the policy names it.
        version: The version it is frozen for.
        operations: Operations by key, in document order.
        queries: Operations that a policy names with a query, by key: requests of some of those operations.
        digest: SHA-256 of the file's bytes, hex.
        document: The parsed document, for the drawing and the diff.
        schemas: What the references in `Operation.request` and request schemas lead to, by place (`components`, `definitions`).
        warnings: What was odd about the document but could be read, one line each.
    """

    source: str
    version: str
    operations: Mapping[str, Operation]
    digest: str
    document: Mapping[str, Any]
    schemas: Mapping[str, Any] = field(default_factory=dict, repr=False)
    warnings: tuple[str, ...] = ()
    queries: Mapping[str, Operation] = field(default_factory=dict, repr=False)

    def named(self, key: str) -> Operation | None:
        """The operation of a name; where that has a query and no operation here is named so, the one that the query is asked of."""
        return self.operations.get(key) or self.queries.get(key) or self.operations.get(whole(key))

    @property
    def every(self) -> Iterator[Operation]:
        """The operations, and behind them those that are named with a query."""
        return chain(self.operations.values(), self.queries.values())

    @property
    def asked(self) -> Iterator[Operation]:
        """Those of them that have requests of their own, which an operation has not of whose requests a policy names each with a query."""
        return (each for each in self.every if not each.idle)

    def match(self, method: str, path: str, query: Pairs = ()) -> Operation | None:
        """The operation a concrete version-less path belongs to; literal segments win over parameters.

        Where the policy names such requests by a query, and they have it, it is that one: the first of those that have most parameters.
        """
        found = self._match(method, path)
        own = [each for each in (found.apart if found else ()) if asks_for(query, each)]
        key = f"{found.key}?{max(own, key=lambda each: len(pairs_of(each)))}" if found and own else ""
        return self.queries.get(key, found)

    def _match(self, method: str, path: str) -> Operation | None:
        parts = path.split("/")
        best: tuple[int, Operation] | None = None
        for operation in self._by_path.candidates(path):
            if operation.method != method:
                continue
            literals = 0
            for want, have in zip(operation.path.split("/"), parts, strict=True):
                if want == have:
                    literals += 1
                elif not (want.startswith("{") and have):
                    break
            else:
                if best is None or literals > best[0]:
                    best = (literals, operation)
        return best[1] if best else None

    def methods(self, template: str) -> tuple[str, ...]:
        """The methods of the operations that have exactly this path template, in document order."""
        return self._methods.get(template, ())

    def alike(self, template: str) -> tuple[Operation, ...]:
        """The operations whose templates differ from one in the names of parameters and a slash at the end, if at all."""
        return tuple(self._by_bare.get(bare(template), ()))

    @cached_property
    def _by_bare(self) -> dict[str, list[Operation]]:
        found: dict[str, list[Operation]] = {}
        for each in self.operations.values():
            found.setdefault(bare(each.path), []).append(each)
        return found

    @cached_property
    def _by_path(self) -> PathIndex[Operation]:
        return PathIndex((each.path, each) for each in self.operations.values())

    @cached_property
    def _methods(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for each in self.operations.values():
            found.setdefault(each.path, []).append(each.method)
        return {template: tuple(methods) for template, methods in found.items()}
