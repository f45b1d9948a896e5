"""Requests, responses and exchanges as plain values: what is planned, what came back, and what it was asked as."""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    import datetime as dt

    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.contracts.round_trip import Follows
    from pytest_apiversion.core.http.response_differences import Differences
    from pytest_apiversion.core.policy.published_documents import Described
    from pytest_apiversion.core.versions.lifecycle import Lifecycle, Stage

Pairs = tuple[tuple[str, str], ...]
"""Name-value pairs in wire order; a name may come twice."""

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""RFC 9110 §9.2.1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One HTTP request, before or after a version was written into it.

    Attributes:
        method: Upper-case method.
        path: Percent-encoded path below the base URL, beginning with `/`; without a version until a carrier wrote one.
        query: Decoded pairs; encoded when the URL is built.
        headers: Pairs in order; the same name may come twice.
        body: Bytes, or None for no body.
        host: The `Host` to ask for, where it is not the base URL's own.
        secrets: Header or query names whose values a report must never show, each with the text to show instead.
    """

    method: str
    path: str
    query: Pairs = ()
    headers: Pairs = ()
    body: bytes | None = None
    host: str | None = None
    secrets: tuple[tuple[str, str], ...] = ()

    @property
    def target(self) -> str:
        """Path and encoded query, as it stands in the request line."""
        return f"{self.path}?{urlencode(self.query, quote_via=quote)}" if self.query else self.path

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def with_header(self, name: str, value: str) -> Request:
        """A copy in which the header has exactly this value."""
        return replace(self, headers=(*self.without_header(name).headers, (name, value)))

    def without_header(self, name: str) -> Request:
        """A copy without the header."""
        return replace(self, headers=tuple(pair for pair in self.headers if pair[0].lower() != name.lower()))


@dataclass(frozen=True, kw_only=True)
class Response:
    """One HTTP response, read whole and bounded.

    Attributes:
        status: The status code.
        headers: Pairs as received.
        body: The decoded (unzipped) body.
        elapsed: Seconds from sending to the last byte.
        received: When the last byte came, in seconds of a steady clock that starts anywhere; tells which of two came first.
    """

    status: int
    headers: Pairs = ()
    body: bytes = b""
    elapsed: float = 0.0
    received: float = 0.0

    @cached_property
    def _lines(self) -> Mapping[str, tuple[str, ...]]:
        lines: dict[str, tuple[str, ...]] = {}
        for name, value in self.headers:
            lines[name.lower()] = (*lines.get(name.lower(), ()), value)
        return lines

    def lines(self, name: str) -> tuple[str, ...]:
        """Every line of a header, in order."""
        return self._lines.get(name.lower(), ())

    def header(self, name: str) -> str | None:
        """The header's lines joined by a comma (RFC 9110 §5.3), or None."""
        lines = self.lines(name)
        return ", ".join(lines) if lines else None

    @cached_property
    def media_type(self) -> str:
        """The content type without parameters, lower case; empty when there is none."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()

    @cached_property
    def parsed(self) -> Json:
        """The body as JSON, or the reason why it is not."""
        try:
            return Json(value=json.loads(self.body, parse_constant=_no_constant))
        except (ValueError, RecursionError) as error:
            return Json(problem=str(error) or type(error).__name__)

    @property
    def json(self) -> Any:
        """The body as a JSON value; None when it is not JSON."""
        return self.parsed.value

    @property
    def text(self) -> str:
        """The body as text, undecodable bytes replaced."""
        return self.body.decode("utf-8", "replace")


def _no_constant(name: str) -> None:
    """Refuses `NaN` and the infinities, which Python reads and RFC 8259 §6 does not know."""
    message = f"{name} is no JSON"
    raise ValueError(message)


@dataclass(frozen=True, kw_only=True, slots=True)
class Json:
    """The outcome of reading a body as JSON: a value, or a problem."""

    value: Any = None
    problem: str | None = None


class NoAnswerKind(enum.Enum):
    """Why a request got no usable response."""

    CLOSED = "the connection was closed without an answer"
    TIMEOUT = "no answer in time"
    BROKEN = "the answer could not be read"
    TOO_LARGE = "the answer is larger than the limit"


@dataclass(frozen=True, kw_only=True, slots=True)
class NoAnswer:
    """What came back when no usable response did."""

    kind: NoAnswerKind
    detail: str


class Aim(enum.Enum):
    """What a request tries to show; judges use it to know what the answer should be."""

    ACCEPTED = "a request the contract accepts"
    UNKNOWN_DATA = "a request the contract accepts, about data that may not exist"
    REFUSED = "a request the contract does not accept"
    ANONYMOUS = "no credential"
    LESSER = "a credential the operation does not take"
    TIER = "a request of another tier"
    UNROUTED = "a path or method no contract has"
    MISSING = "no version"
    EMPTY = "an empty version"
    UNKNOWN = "a well-formed version nobody declared"
    MALFORMED = "a malformed version"
    CONFLICT = "two carriers that disagree"
    KEYWORD = "a word that stands for a version"
    BETWEEN = "a version between two declared ones"
    FALL_FORWARD = "a version after its sunset, served by another"
    FALL_THROUGH = "a bad version in a strong carrier, a good one in a weaker"
    DUPLICATED = "the same carrier twice, with two versions"
    UNDECLARED = "a neighbour of the declared versions"
    ABSENT = "a path that has no alias"
    SUNSET = "a version after its sunset"
    SUNSET_FIRST = "a version after its sunset, by a request with another fault"
    POINTER = "the place a sunset answer points to"
    HEIR = "the successor of an operation after its sunset"
    SUCCESSOR = "the place a deprecation points to"
    SIDE_EFFECT = "what a request to a sunset version left behind"
    DOCUMENT = "the document that describes a version"
    COPY = "a published copy of a document"
    LISTING = "a document that lists versions"
    FOREIGN = "an operation that only another version has"
    FOREIGN_BODY = "a body in another version's shape"
    WRITTEN = "a version written in another way"
    STRAY = "a version where nobody declared one"
    DECOY = "another number where no version stands"
    NEUTRAL = "a version for what has none"
    PREFLIGHT = "a browser's question before its request"
    OWN = "what a check from outside this package asks"
    OTHER_CARRIER = "a request in another carrier than the strongest"
    TARGET = "a request to an alias, and to what it stands for"
    OLDER = "a request to a version, and to the one before it"
    SAME_FAULT = "a wrong request to a version, and to the one before it"


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """What came of asking the same here and elsewhere.

    Attributes:
        version: The version that was asked there.
        here: The last answer to what was asked first.
        there: The last answer to its twin.
        differences: Where they differ, each time they were asked.
    """

    version: str
    here: Response
    there: Response
    differences: Differences


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One request, what came back, and what it was asked as.

    Attributes:
        aim: What the request tries to show.
        version: The declared version (or alias) it is asked for.
        via: The carrier that names the version, or the alias it came through; empty when none does.
        operation: `METHOD /template` in the contract of `version`; empty when the request belongs to none.
        request: The request as sent.
        answer: The response, or why there is none.
        as_of: The instant the policy is read at.
        stage: The stage of the version (or alias) at `as_of`.
        lifecycle: The dates of the version (or alias).
        probe: What was written where a version belongs, for selection probes.
        expected_version: The declared version whose answer is due, where that is not `version`.
        peers: What the same request got when each named version was asked plainly; for telling versions apart.
        described: What the answer says beside the frozen contract, where it is the version's document.
        case: What was drawn for the request, with the path parameters as sent; None where nothing was drawn, or something else was meant by it.
        follows: What was written before, where it is a read that must show it.
        base: The request before a version, an alias' prefix and credentials were written into it, where it has an operation's path.
        comparison: What came of asking the same elsewhere, where that was done.
    """

    aim: Aim
    version: str
    via: str = ""
    operation: str = ""
    request: Request
    answer: Response | NoAnswer
    as_of: dt.datetime
    stage: Stage
    lifecycle: Lifecycle
    probe: str | None = None
    expected_version: str | None = None
    peers: Mapping[str, Response] = field(default_factory=dict)
    described: Described | None = None
    case: DrawnCase | None = None
    follows: Follows | None = None
    base: Request | None = None
    comparison: Comparison | None = None

    @property
    def response(self) -> Response | None:
        """The response, or None when there was no answer."""
        return self.answer if isinstance(self.answer, Response) else None
