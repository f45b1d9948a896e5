"""Findings: broken promises as a report tells them, how much each weighs, and the verdict they add up to."""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


_LONG = 100
"""Characters of a text that a sentence quotes."""


def quoted_probe(text: str) -> str:
    """A text that stood where a version belongs, as sentences quote it: of a long one its beginning, and how long it is."""
    return repr(text) if len(text) <= _LONG else f"{text[:_LONG]!r}… ({len(text)} characters)"


class Severity(enum.Enum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Verdict(enum.Enum):
    """What a run proved about one promise of one version, weakest claim last."""

    BROKEN = "broken"
    HELD = "held"
    NOT_EXERCISED = "not exercised"
    NOT_PROMISED = "not promised"


class Setting(NamedTuple):
    """In what circumstances an answer came: what findings of one cause have in common, or not.

    Attributes:
        status: The answer's status as text; empty where nothing came.
        method: The request's method.
        carrier: What named the version, or the alias it came through; empty where nothing did.
        asked: What the request was to show, in words.
        texts: What can be said of the text that stood where a version belongs.
    """

    status: str = ""
    method: str = ""
    carrier: str = ""
    asked: str = ""
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One broken promise.

    Attributes:
        code: The check's code.
        promise: The check's title.
        version: The version or alias it was promised for.
        operation: `METHOD /template`, or empty.
        summary: One line: what is wrong.
        expected: What was promised.
        received: What came back.
        place: Where it was promised, as a dotted place in the policy file or a place in a contract.
        reproduce: A shell line that shows it; secrets stand as environment variables.
        severity: How much it weighs.
        count: How many exchanges showed the same.
        shrunk: What was done to make the request smaller; empty where nothing was.
        status: The status of what came back; None where nothing did, or nothing was asked.
        probe: The text that stood where a version belongs; None where no such text was tried.
        settings: In what circumstances it was seen, sorted.
        answers: The answers that show it, as numbers that are the same for the same request; sorted.
        request: The request as text: its line, headers and body; empty where nothing was asked.
        answer: What came back as text: the status, headers and body, or why there was nothing; empty where nothing was asked.
        kind: What tells it from other findings about the same place: the rule of a change; empty where one place is one finding.
    """

    code: str
    promise: str
    version: str
    operation: str = ""
    summary: str
    expected: str
    received: str
    place: str
    reproduce: str = ""
    severity: Severity = Severity.ERROR
    count: int = 1
    shrunk: str = ""
    status: int | None = None
    probe: str | None = None
    settings: tuple[Setting, ...] = ()
    answers: tuple[int, ...] = ()
    request: str = ""
    answer: str = ""
    kind: str = ""

    @property
    def identity(self) -> tuple[str, str, str, str, str]:
        """What makes two findings the same defect."""
        return (self.code, self.version, self.operation, self.summary, self.place)

    @property
    def fingerprint(self) -> str:
        """Sixteen digits that stay the same whatever was drawn, on which day, and how it is told: of the check, of where it is broken, and of the kind."""
        parts = (self.code, self.version, self.operation, self.place, *filter(None, [self.kind]))
        text = "\0".join(parts)
        return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:_DIGITS]

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for reports that cross processes."""
        plain = {name: getattr(self, name) for name in _PLAIN} | {"severity": self.severity.value}
        return plain | {"settings": [list(each) for each in self.settings], "answers": list(self.answers)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Finding:
        """The inverse of `to_dict`."""
        return cls(
            **{"kind": "", **{name: data[name] for name in _PLAIN if name in data or name != "kind"}},
            severity=Severity(data["severity"]),
            settings=settings_of(data["settings"]),
            answers=tuple(data["answers"]),
        )


def settings_of(rows: Iterable[Sequence[Any]]) -> tuple[Setting, ...]:
    """Settings from plain values."""
    return tuple(
        Setting(status=status, method=method, carrier=carrier, asked=asked, texts=tuple(texts))
        for status, method, carrier, asked, texts in rows
    )


_DIGITS = 16
_PLAIN = (
    "code",
    "promise",
    "version",
    "operation",
    "summary",
    "expected",
    "received",
    "place",
    "reproduce",
    "count",
    "shrunk",
    "status",
    "probe",
    "request",
    "answer",
    "kind",
)
