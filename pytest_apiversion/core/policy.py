"""The policy: what an API promises about its versions, as frozen values. Parsed once, at the edge; nothing here does I/O."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pytest_apiversion.core.dialect import Dialect


class Stage(enum.Enum):
    """Where a version is in its life at one instant."""

    PLANNED = "planned"
    PREVIEW = "preview"
    LIVE = "live"
    DEPRECATED = "deprecated"
    SUNSET = "sunset"

    @property
    def answers(self) -> bool:
        """Whether a version in this stage serves requests."""
        return self in _ANSWERING


_ANSWERING = frozenset({Stage.PREVIEW, Stage.LIVE, Stage.DEPRECATED})


class Boundary(enum.Enum):
    """Whether the day of a date-only sunset is the first day without, or the last day with, service."""

    START_OF_DAY = "start-of-day"
    END_OF_DAY = "end-of-day"


Moment = dt.date | dt.datetime
"""A declared date (a whole day, UTC) or an instant (an aware datetime)."""


def instant(moment: Moment, *, boundary: Boundary = Boundary.START_OF_DAY) -> dt.datetime:
    """The instant a moment begins (or, at the end-of-day boundary, the instant after its day), in UTC.

    What lies beyond the calendar is its last instant: 9999-12-31 is how some write "never".
    """
    try:
        if isinstance(moment, dt.datetime):
            return moment.astimezone(dt.UTC)
        start = dt.datetime(moment.year, moment.month, moment.day, tzinfo=dt.UTC)
        return start if boundary is Boundary.START_OF_DAY else start + dt.timedelta(days=1)
    except OverflowError:
        return dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lifecycle:
    """The dates of one version or alias.

    Attributes:
        released: First day of service; None means always.
        deprecated: When it became deprecated, or will.
        sunset: When it stops answering.
        successor: The version to move to.
        preview: Whether it is a preview.
        boundary: What a date-only sunset means.
    """

    released: Moment | None = None
    deprecated: Moment | None = None
    sunset: Moment | None = None
    successor: str | None = None
    preview: bool = False
    boundary: Boundary = Boundary.START_OF_DAY

    def stage(self, as_of: dt.datetime) -> Stage:
        """The stage at an instant: a date has come when the instant is at or after it."""
        if self.sunset is not None and as_of >= instant(self.sunset, boundary=self.boundary):
            return Stage.SUNSET
        if self.released is not None and as_of < instant(self.released):
            return Stage.PLANNED
        if self.deprecated is not None and as_of >= instant(self.deprecated):
            return Stage.DEPRECATED
        return Stage.PREVIEW if self.preview else Stage.LIVE

    def milestones(self) -> tuple[tuple[str, dt.datetime], ...]:
        """The named instants of this life, earliest first."""
        named = (("released", self.released), ("deprecated", self.deprecated))
        rows = [(name, instant(moment)) for name, moment in named if moment is not None]
        if self.sunset is not None:
            rows.append(("sunset", instant(self.sunset, boundary=self.boundary)))
        return tuple(sorted(rows, key=lambda row: row[1]))


class AnswerKind(enum.Enum):
    """What a request gets whose version is missing, empty, unknown, malformed, conflicting or duplicated."""

    REJECT = "reject"
    DEFAULT = "default"
    ACCEPT = "accept"


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The declared answer to one kind of wrong.

    Attributes:
        kind: Rejection, a default version, or acceptance (nothing promised).
        statuses: Statuses that reject; empty for the other kinds.
        codes: Error codes, any of which will do; empty promises none.
        version: The version a default answers as.
        envelope: Name of the envelope the rejection wears; None is the usual one.
        place: Dotted place in the policy file.
    """

    kind: AnswerKind
    statuses: frozenset[int] = frozenset()
    codes: frozenset[str] = frozenset()
    version: str | None = None
    envelope: str | None = None
    place: str = ""


WRONGS = ("missing", "empty", "unknown", "malformed", "conflicting", "duplicated")
"""The kinds of wrong a policy can answer apart."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Carrier:
    """One place where a request can name its version.

    Attributes:
        kind: `path`, `header`, `query`, `accept` or `host`: the file in `selection/` that reads and writes it.
        name: Header or query parameter name, or the media-type parameter.
        template: For `path` and `host`: where `{version}` stands. For `accept`: a whole media type with `{version}` in it.
        media_type: For `accept`: the media type the parameter is put on.
        spelling: How a version is written here, from the fields of the scheme: `{version}`, `{number}`, `{date}` …
        answers: What this carrier's wrongs get, where it differs from the rest of the API.
    """

    kind: str
    name: str = ""
    template: str = ""
    media_type: str = ""
    spelling: str = "{version}"
    answers: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Echo:
    """Where a response says which version served it.

    Attributes:
        header: Response header, or None.
        pointer: JSON pointer into the body (RFC 6901), or None.
        spelling: How the version is written there.
        statuses: Status patterns (`2xx`, `404`) the echo is promised on.
        versions: The versions it is promised for; None is all.
    """

    header: str | None = None
    pointer: str | None = None
    spelling: str = "{version}"
    statuses: tuple[str, ...] = ("2xx",)
    versions: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Envelope:
    """The shape of an error body.

    Attributes:
        name: Its name in the policy file.
        media_types: Content types it may come as; empty accepts any.
        schema: JSON Schema (2020-12) of the body, or None where the body is not JSON or nothing is promised.
        code: JSON pointer to the error code, or None where it has none.
        status: JSON pointer to the status repeated in the body, or None.
        empty: Whether the body must be empty.
    """

    name: str
    media_types: tuple[str, ...] = ()
    schema: Mapping[str, Any] | bool | None = None
    code: str | None = None
    status: str | None = None
    empty: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ErrorClass:
    """Errors that wear another envelope than the usual one: those with these statuses, in these versions."""

    statuses: tuple[str, ...]
    envelope: str
    versions: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RequiredHeader:
    """A response header that is promised.

    Attributes:
        name: The header.
        statuses: Status patterns it is required on.
        unless: Status patterns it is not required on.
        pattern: What its value fully matches, or None.
        versions: The versions it is promised for; None is all.
        place: Dotted place in the policy file.
    """

    name: str
    statuses: tuple[str, ...] = ("*",)
    unless: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    versions: frozenset[str] | None = None
    place: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DeprecationHeader:
    """One response header that announces deprecation.

    Attributes:
        name: The header.
        dialect: How its value is read and written; None where `pattern` alone says what it is.
        date: Which declared date it carries (`deprecated` or `sunset`), or None for dialects without one.
        pattern: What its value fully matches; `{successor}` stands for the successor's path of the same operation.
        statuses: Status patterns it is promised on.
        place: Dotted place in the policy file.
    """

    name: str
    dialect: Dialect | None = None
    date: str | None = None
    pattern: str | None = None
    statuses: tuple[str, ...] = ("*",)
    place: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DeprecationLink:
    """A `Link` (RFC 8288) a deprecated version's responses carry.

    Attributes:
        rel: Its relation type.
        href: The exact target, or None.
        successor: Whether the target is the same operation in the successor version, and must be live.
        place: Dotted place in the policy file.
    """

    rel: str
    href: str | None = None
    successor: bool = False
    place: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Deprecation:
    """How deprecation is announced on the wire.

    Attributes:
        headers: Headers on the responses of deprecated versions.
        links: Links on them.
        on_live: Whether live versions may carry the headers too (a planned deprecation announced early).
    """

    headers: tuple[DeprecationHeader, ...] = ()
    links: tuple[DeprecationLink, ...] = ()
    on_live: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Sunset:
    """What a version answers after its sunset.

    Attributes:
        statuses: The statuses, 410 unless declared.
        codes: Error codes; empty promises none.
        envelope: Name of the envelope, or None for the version's own.
        pointer: JSON pointer to where the body says how to migrate, or None.
        place: Dotted place in the policy file.
    """

    statuses: frozenset[int] = frozenset({410})
    codes: frozenset[str] = frozenset()
    envelope: str | None = None
    pointer: str | None = None
    place: str = "sunset"


@dataclass(frozen=True, kw_only=True, slots=True)
class Credential:
    """A secret sent with requests, taken from the environment.

    Attributes:
        name: Its name in the policy file.
        scheme: The contract's security scheme it satisfies.
        kind: `header`, `query` or `cookie`.
        field: The header, parameter or cookie name.
        value: The whole value, secret included.
        shown: What reports show instead: the value with `$VARIABLE` where a secret was.
        versions: The versions it is for; None is all.
    """

    name: str
    scheme: str
    kind: str
    field: str
    value: str = field(repr=False)
    shown: str
    versions: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Values:
    """Values the policy file gives for one operation's requests, used instead of drawn ones."""

    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class OperationRule:
    """What the policy says of one operation, over what it says of all.

    Attributes:
        answers: What its wrongs get.
        values: Data for its requests.
        skip: Whether it is never requested.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    values: Values = field(default_factory=Values)
    skip: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """One declared version.

    Attributes:
        name: As declared, and the identity everywhere.
        contract: Path of its frozen contract, relative to the policy file.
        lifecycle: Its dates.
        spellings: How it is written in a carrier kind, where that does not follow from the carrier's spelling.
        envelope: Name of its error envelope, or None for the API's.
        order: Position among the declared versions, oldest first.
    """

    name: str
    contract: str | None
    lifecycle: Lifecycle
    spellings: Mapping[str, str] = field(default_factory=dict)
    envelope: str | None = None
    order: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Alias:
    """Unversioned paths that answer as a version does, until an end of their own.

    Attributes:
        name: Its name in the policy file and in reports.
        version: The version it answers as.
        prefix: What stands before an operation's path instead of the version's prefix.
        operations: `METHOD /template` of the version's contract, or path templates; None is all of them.
        absent: Operations of the contract that have no alias and must not answer under the prefix.
        absent_answer: What those get.
        lifecycle: Its dates.
        gone: What it gets after its end.
    """

    name: str
    version: str
    prefix: str
    operations: frozenset[str] | None = None
    absent: frozenset[str] = frozenset()
    absent_answer: Answer | None = None
    lifecycle: Lifecycle = field(default_factory=Lifecycle)
    gone: Sunset = field(default_factory=Sunset)


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How much is sent, and how gently.

    Attributes:
        max_examples: Drawn positive requests per operation; negative ones are half as many.
        timeout: Seconds a request may take, first byte to last.
        max_body: Bytes of response body read before the answer counts as too large.
        rate: Requests per second for the whole run, or None for no limit.
        concurrency: Requests in flight.
        all_methods: Whether unsafe methods are sent to other hosts than this machine.
    """

    max_examples: int = 10
    timeout: float = 10.0
    max_body: int = 5_000_000
    rate: float | None = None
    concurrency: int = 8
    all_methods: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """How strictly live answers are held to the frozen contract.

    Attributes:
        additions: Whether answers may carry members the contract does not name, whatever its `additionalProperties` says.
        undeclared: Status patterns an answer may have without the contract declaring them.
        formats: Whether `format` is held.
    """

    additions: bool = True
    undeclared: tuple[str, ...] = ("400", "401", "403", "404", "405", "406", "408", "409", "411", "412", "413", "414",
                                   "415", "417", "421", "422", "423", "426", "428", "429", "431", "503")
    formats: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Declared:
    """A promise nobody outside can check; reported, never dropped."""

    id: str
    text: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Policy:
    """Everything one policy file says.

    Attributes:
        name: The API's name.
        source: The policy file, as the user named it.
        base_url: Where the API answers, or None where the run must say.
        scheme: Name of the version scheme.
        codenames: Declared order of codenames, oldest first.
        versions: The declared versions by name, oldest first.
        carriers: The carriers by kind, strongest first.
        base_path: What stands before an operation's path when no version does.
        answers: What each kind of wrong gets; kinds that are absent are not promised.
        waterfall: Whether a date between two versions is served by the earlier one.
        fall_through: Whether a bad version in a strong carrier lets a weaker one speak.
        echo: Where a response says which version served it.
        envelopes: The envelopes by name.
        envelope: Name of the envelope of all versions, or None where none is promised.
        error_classes: Errors that wear another.
        headers: Promised response headers.
        deprecation: How deprecation is announced.
        sunset: What a version answers after its sunset.
        aliases: Unversioned paths by name.
        credentials: Secrets, in the order of the file.
        neutral: `METHOD /path` operations that have no version.
        operations: What is said of single operations.
        renamed: Rows of version → `METHOD /template`: one operation under its names.
        values: Values by parameter name, for any operation.
        limits: How much is sent.
        rules: How strictly contracts are held.
        severities: How much a check's findings weigh, by code, where it is not the check's own: a severity, or `off`.
        declared: Promises that cannot be checked from outside.
    """

    name: str
    source: str
    base_url: str | None
    scheme: str
    codenames: tuple[str, ...] = ()
    versions: Mapping[str, Version]
    carriers: Mapping[str, Carrier]
    base_path: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    waterfall: bool = False
    fall_through: bool = False
    echo: Echo | None = None
    envelopes: Mapping[str, Envelope] = field(default_factory=dict)
    envelope: str | None = None
    error_classes: tuple[ErrorClass, ...] = ()
    headers: tuple[RequiredHeader, ...] = ()
    deprecation: Deprecation = field(default_factory=Deprecation)
    sunset: Sunset = field(default_factory=Sunset)
    aliases: Mapping[str, Alias] = field(default_factory=dict)
    credentials: tuple[Credential, ...] = ()
    neutral: frozenset[str] = frozenset()
    operations: Mapping[str, OperationRule] = field(default_factory=dict)
    renamed: tuple[Mapping[str, str], ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    rules: Rules = field(default_factory=Rules)
    severities: Mapping[str, str] = field(default_factory=dict)
    declared: tuple[Declared, ...] = ()

    def lifecycle(self, subject: str) -> Lifecycle:
        """The dates of a version or an alias, by name."""
        alias = self.aliases.get(subject)
        return alias.lifecycle if alias else self.versions[subject].lifecycle

    def stage(self, subject: str, as_of: dt.datetime) -> Stage:
        """The stage of a version or an alias at an instant."""
        return self.lifecycle(subject).stage(as_of)

    def answering(self, as_of: dt.datetime) -> tuple[str, ...]:
        """The versions that serve requests at an instant, oldest first."""
        return tuple(name for name in self.versions if self.stage(name, as_of).answers)

    def answer(self, wrong: str, *, carrier: str | None = None, operation: str | None = None) -> Answer | None:
        """The declared answer to a kind of wrong: the operation's, else the carrier's, else the API's."""
        if operation and (found := self.operations.get(operation, _NO_RULE).answers.get(wrong)):
            return found
        if carrier and carrier in self.carriers and (found := self.carriers[carrier].answers.get(wrong)):
            return found
        return self.answers.get(wrong)

    def counterpart(self, operation: str, version: str, other: str) -> str | None:
        """The name of a version's operation in another version, by the operation map.

        None when the map says the operation has no counterpart there; the same name when the map does not know it.
        """
        for row in self.renamed:
            if row.get(version) == operation:
                return row.get(other)
        return operation


_NO_RULE = OperationRule()


def status_matches(status: int, patterns: tuple[str, ...]) -> bool:
    """Whether a status is among patterns such as `404`, `4xx` and `*`."""
    text = str(status)
    return any(pattern == "*" or pattern == text or (pattern.lower() == f"{text[0]}xx") for pattern in patterns)
