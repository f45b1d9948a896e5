"""How a request names a version: carriers, what each kind of wrong gets, and the echo."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_apiversion.core.policy.carrier import CarrierKind


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
        version: The version a default answers as: a declared one, or one of `FLOATING`.
        envelope: Name of the envelope the rejection wears; None is the usual one.
        lists: JSON pointers to where the rejection says which versions are supported; empty promises none.
        place: Dotted place in the policy file.
    """

    kind: AnswerKind
    statuses: frozenset[int] = frozenset()
    codes: frozenset[str] = frozenset()
    version: str | None = None
    envelope: str | None = None
    lists: tuple[str, ...] = ()
    place: str = ""


FLOATING = ("oldest", "newest")
"""What stands for a version that changes with the calendar: `Policy.serving` says which it is at an instant."""

WRONGS = ("missing", "empty", "unknown", "malformed", "conflicting", "duplicated")
"""The kinds of wrong a policy can answer apart."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Carrier:
    """One place where a request can name its version.

    Attributes:
        form: How that place is written and read: the value of a file in `selection/`.
        name: Header or query parameter name, or the media-type parameter.
        template: For `path` and `host`: where `{version}` stands. For `accept`: a whole media type with `{version}` in it.
        media_type: For `accept`: the media type the parameter is put on.
        content_type: For `accept`: whether a request with a body names the version in its `Content-Type` too.
        spelling: How a version is written here, from the fields of the scheme: `{version}`, `{number}`, `{date}` …
        answers: What this carrier's wrongs get, where it differs from the rest of the API.
    """

    form: CarrierKind
    name: str = ""
    template: str = ""
    media_type: str = ""
    content_type: bool = False
    spelling: str = "{version}"
    answers: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Its name in the policy file and in reports: `path`, `header`, `query`, `accept` or `host`."""
        return self.form.kind

    @property
    def can_be_empty(self) -> bool:
        """Whether it can be there without a text; an empty path segment or host label is another request altogether."""
        return self.form.can_carry("", self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """A list of versions: in a response header, separated by commas, or in a document.

    Attributes:
        header: The header; empty for a document.
        path: Where the document is, from the base URL on, `{version}` for each version's own; empty for a header.
        pointer: Where in the document the list stands, or, with `*` for every element, each version; empty is the document itself.
        stages: Names of the stages whose versions it lists.
        required: Whether it must be there; else it is held where it is.
        place: Dotted place in the policy file.
    """

    header: str = ""
    path: str = ""
    pointer: str = ""
    stages: frozenset[str]
    required: bool = False
    place: str = ""


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
