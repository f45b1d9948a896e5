"""Responses: envelopes, required headers, how a deprecation is announced, and what comes after a sunset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pytest_apiversion.core.json.bounded_patterns import BoundedPattern
    from pytest_apiversion.core.policy.dialect import Dialect
    from pytest_apiversion.core.versions.deprecation_levels import DeprecationLevel


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
        code_header: Header that has the error code, instead of the body, or None.
        root: Local name of the root of an XML body, or None where it is not XML.
        xpath: Where the error code is in an XML body, or None.
    """

    name: str
    media_types: tuple[str, ...] = ()
    schema: Mapping[str, Any] | bool | None = None
    code: str | None = None
    status: str | None = None
    empty: bool = False
    code_header: str | None = None
    root: str | None = None
    xpath: str | None = None

    @property
    def code_place(self) -> str | None:
        """Where the error code is, in words or as a pointer; None where there is none."""
        return self.code or self.xpath or (f"the header {self.code_header}" if self.code_header else None)

    @property
    def is_xml(self) -> bool:
        """Whether the body is XML."""
        return self.root is not None or self.xpath is not None

    @property
    def tells(self) -> bool:
        """Whether its shape tells an error from a success."""
        return self.code_place is not None or self.schema is not None or self.is_xml


@dataclass(frozen=True, kw_only=True, slots=True)
class Success:
    """The shape that all successes of a version have in common.

    Attributes:
        name: Its name in the policy file.
        schema: JSON Schema (2020-12) of every JSON body with a 2xx, or None where nothing is promised of it.
        unique: JSON pointers to values that no two answers share.
    """

    name: str
    schema: Mapping[str, Any] | bool | None = None
    unique: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ErrorClass:
    """Errors that wear another envelope than the usual one: those with these statuses, in these versions."""

    statuses: tuple[str, ...]
    envelope: str
    versions: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TooLarge:
    """How large the body of a request may be.

    Attributes:
        bytes: Bytes that are taken at most.
        statuses: What a larger body gets.
    """

    bytes: int
    statuses: frozenset[int]


@dataclass(frozen=True, kw_only=True, slots=True)
class ErrorRules:
    """What is promised of errors beside their envelopes.

    Attributes:
        codes: Status patterns each error code comes with, by code.
        open: Whether errors may have other codes than those.
        never: What no error's body says: values by JSON pointer.
        wrong_method: Statuses a method gets that the contract does not have on a path; empty promises none.
        not_acceptable: Statuses of a reading that takes nothing there is; empty asks none, None those whose contract declares 406.
        unauthorized: Statuses a request gets without a credential where the contract asks for one.
        too_large: How large a body may be, and what a larger one gets; None where nothing is promised.
    """

    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open: bool = True
    never: Mapping[str, Any] = field(default_factory=dict)
    wrong_method: frozenset[int] = frozenset()
    not_acceptable: frozenset[int] | None = None
    unauthorized: frozenset[int] = frozenset({401, 403})
    too_large: TooLarge | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RequiredHeader:
    """A response header that is promised.

    Attributes:
        name: The header.
        statuses: Status patterns it is required on.
        unless: Status patterns it is not required on.
        pattern: What its value fully matches, or None.
        equals: JSON pointer to the text or number of the body that it repeats, or None.
        versions: The versions it is promised for; None is all.
        everywhere: Whether the file itself says `on = ["*"]`: then it is required on what no version answers, too.
        absent: Whether it is promised not to be there.
        methods: Methods whose answers it is promised on; None is all.
        refusals: Whether it is promised of the refusals of a wrong version, and of these only.
        carriers: Kinds of carriers: it is promised on answers to requests that name the version in one of them; None is any request.
        aliases: The aliases it is promised for; where they are named and no versions are, it is promised for nothing else.
        unique: Whether no two answers share its value.
        place: Dotted place in the policy file.
    """

    name: str
    statuses: tuple[str, ...] = ("*",)
    unless: tuple[str, ...] = ()
    pattern: BoundedPattern | None = None
    equals: str | None = None
    versions: frozenset[str] | None = None
    everywhere: bool = False
    absent: bool = False
    methods: frozenset[str] | None = None
    refusals: bool = False
    carriers: frozenset[str] | None = None
    aliases: frozenset[str] | None = None
    unique: bool = False
    place: str = ""

    def promised_for(self, version: str, alias: str | None) -> bool:
        """Whether it is promised for a version, or for an alias of it."""
        if alias is not None and self.aliases is not None and alias in self.aliases:
            return True
        return version in self.versions if self.versions is not None else self.aliases is None


@dataclass(frozen=True, kw_only=True, slots=True)
class RateLimit:
    """What the response headers of a rate limit mean.

    Attributes:
        limit: Header with the requests a window allows, or None.
        remaining: Header with how many of them are left, or None.
        reset: Header with the end of the window, or None.
        form: How that is written: `epoch` (seconds since 1970), `seconds` (from the answer on) or `date` (an HTTP-date).
        versions: The versions they are promised for; None is all.
        limits: What the limit is, by operation, where that is said.
        credentials: What it is for who asks with a credential, by its name, where nothing is said of the operation.
        anonymous: What it is for who asks with none; None where that is not said.
    """

    limit: str | None = None
    remaining: str | None = None
    reset: str | None = None
    form: str = "epoch"
    versions: frozenset[str] | None = None
    limits: Mapping[str, int] = field(default_factory=dict)
    credentials: Mapping[str, int] = field(default_factory=dict)
    anonymous: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DeprecationHeader:
    """One response header that announces deprecation, or one place in JSON bodies that does.

    Attributes:
        name: The header, or a JSON pointer, `*` for every element of a list.
        dialect: How its value is read and written; None where `pattern` alone says what it is.
        date: Which declared date it carries (`deprecated` or `sunset`), or None for dialects without one.
        pattern: What its value fully matches; `{successor}`, the same operation's path there, `{version}` and `{sunset}` are filled in.
        statuses: Status patterns it is promised on.
        levels: The levels it tells as the sunset comes near, most days first; empty where it tells none.
        inclusive: Whether a level holds when exactly its days are left; else from a day later on.
        within: Days before the sunset from which on it is sent, and not before; None from the deprecation on.
        sample: A value the documentation shows, or None.
        legacy: Whether the file owns up to a form that is not the standard's.
        everywhere: Whether the file itself says `on = ["*"]`: then it is promised after the sunset, too.
        place: Dotted place in the policy file.
    """

    name: str
    dialect: Dialect | None = None
    date: str | None = None
    pattern: str | None = None
    statuses: tuple[str, ...] = ("*",)
    levels: tuple[DeprecationLevel, ...] = ()
    inclusive: bool = True
    within: int | None = None
    sample: str | None = None
    legacy: bool = False
    everywhere: bool = False
    place: str = ""

    @property
    def in_body(self) -> bool:
        """Whether it is a place in bodies: no header's name begins with a slash (RFC 9110 §5.6.2)."""
        return self.name.startswith("/")


@dataclass(frozen=True, kw_only=True, slots=True)
class DeprecationLink:
    """A `Link` (RFC 8288) a deprecated version's responses carry.

    Attributes:
        rel: Its relation type.
        href: The exact target, or None.
        successor: Whether the target is the same operation in the successor version, and must be live.
        media_type: Its `type` parameter, or None.
        language: Its `hreflang` parameter, or None.
        place: Dotted place in the policy file.
    """

    rel: str
    href: str | None = None
    successor: bool = False
    media_type: str | None = None
    language: str | None = None
    place: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Deprecation:
    """How deprecation is announced on the wire.

    Attributes:
        headers: Headers on the responses of deprecated versions, then members of their bodies.
        links: Links on them.
        on_live: Whether live versions may carry the headers too (a planned deprecation announced early).
        documented: Whether contracts mark what is announced, and answers announce what contracts mark.
        not_modified: Whether a 304 announces what its 200 would.
    """

    headers: tuple[DeprecationHeader, ...] = ()
    links: tuple[DeprecationLink, ...] = ()
    on_live: bool = False
    documented: bool = False
    not_modified: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Sunset:
    """What a version answers after its sunset.

    Attributes:
        statuses: The statuses, 410 unless declared.
        codes: Error codes; empty promises none.
        envelope: Name of the envelope, or None for the version's own.
        pointers: JSON pointers to where the body says how to migrate; something stands at each.
        cache_control: Whether the answer says itself how long it may be kept.
        before: Other faults of a request that it goes before: `credentials`, `validation`, `routing`.
        served_by: The version that serves its requests from then on, declared or floating; None refuses them.
        place: Dotted place in the policy file.
    """

    statuses: frozenset[int] = frozenset({410})
    codes: frozenset[str] = frozenset()
    envelope: str | None = None
    pointers: tuple[str, ...] = ()
    cache_control: bool = False
    before: frozenset[str] = frozenset()
    served_by: str | None = None
    place: str = "sunset"
