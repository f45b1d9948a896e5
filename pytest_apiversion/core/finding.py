"""What a judge says: findings, and the verdict they add up to."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_apiversion.core.checking.exchange import Exchange


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

    @property
    def identity(self) -> tuple[str, str, str, str, str]:
        """What makes two findings the same defect."""
        return (self.code, self.version, self.operation, self.summary, self.place)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for reports that cross processes."""
        return {name: getattr(self, name) for name in _PLAIN} | {"severity": self.severity.value}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Finding:
        """The inverse of `to_dict`."""
        return cls(**{name: data[name] for name in _PLAIN}, severity=Severity(data["severity"]))


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
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Broken:
    """What a judge yields: the part of a finding only the judge knows.

    The shell adds version, operation and reproduction from the exchange.
    """

    summary: str
    expected: str
    received: str
    place: str
    severity: Severity | None = None
    exchange: Exchange | None = None
    """The exchange to blame, where a judge looked at several."""
