"""HTTP requests and responses as plain values, and why a request got no usable response."""

from __future__ import annotations

import codecs
import enum
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

Pairs = tuple[tuple[str, str], ...]
"""Name-value pairs in wire order; a name may come twice."""


SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""RFC 9110 §9.2.1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One HTTP request, before or after a version was written into it.

    Attributes:
        method: Upper-case method.
        path: Percent-encoded path below the base URL, beginning with `/`; without a version until a carrier wrote one, and until then
            empty where nothing stands behind it.
        query: Decoded pairs; encoded when the URL is built.
        headers: Pairs in order; the same name may come twice.
        body: Bytes, or None for no body.
        host: The `Host` to ask for, where it is not the base URL's own.
        without: Headers, in lower case, that every request has and this one has not.
        secrets: Header or query names whose values a report must never show, each with the text to show instead.
        operation: What it asks, as silences are counted; no part of its value.
        waits: Whether it is sent again when the answer says when to come back (429, 503); no part of its value.
        renews: Whether it is sent again with another token when one that was good is refused; no part of its value.
    """

    method: str
    path: str
    query: Pairs = ()
    headers: Pairs = ()
    body: bytes | None = None
    host: str | None = None
    without: frozenset[str] = frozenset()
    secrets: tuple[tuple[str, str], ...] = ()
    operation: str = field(default="", repr=False, compare=False)
    waits: bool = field(default=True, repr=False, compare=False)
    renews: bool = field(default=True, repr=False, compare=False)

    @property
    def target(self) -> str:
        """Path and encoded query, as it stands in the request line."""
        return f"{self.path}?{urlencode(self.query, quote_via=quote)}" if self.query else self.path

    @property
    def media_type(self) -> str:
        """The content type without parameters, lower case; empty when there is none."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()

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
        anomalies: What was wrong with it on the wire, where it could be read all the same: in words, and what there is to see of it.
    """

    status: int
    headers: Pairs = ()
    body: bytes = b""
    elapsed: float = 0.0
    received: float = 0.0
    anomalies: Pairs = ()

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
            text = self.body.removeprefix(codecs.BOM_UTF8).decode()  # no other encoding: RFC 8259 §8.1
            return Json(value=_READER.decode(text))
        except UnicodeDecodeError:
            return Json(problem="in UTF-8 (RFC 8259 §8.1)")
        except RecursionError:
            return Json(problem="nested less deeply", readable=False)
        except json.JSONDecodeError:
            return Json(problem="")
        except ValueError:  # a number of more digits than Python reads
            return Json(problem="with shorter numbers", readable=False)

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
    message = "no JSON"
    raise json.JSONDecodeError(message, name, 0)


_READER = json.JSONDecoder(parse_constant=_no_constant)
"""Made once: `json.loads` makes one for each text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Json:
    """The outcome of reading a body as JSON: a value, or a problem.

    Attributes:
        value: The value.
        problem: What JSON is expected instead, where more is known than that it is none; None where there is a value.
        readable: Whether it could be read, had it been JSON; some JSON is more than is read here.
    """

    value: Any = None
    problem: str | None = None
    readable: bool = True


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
