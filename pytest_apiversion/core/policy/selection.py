"""Version selection: what a request gets whose version is missing or wrong, and where an answer names or lists versions."""

from __future__ import annotations

import enum
from dataclasses import dataclass


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
        envelope_of: The version whose envelope it wears, declared or floating, as it is on the day; None where `envelope` says.
        before: Other faults of a request that it goes before: `credentials`, `validation`, `routing`.
        lists: JSON pointers to where the rejection says which versions are supported; empty promises none.
        order: In which order it names them: `oldest-first` or `newest-first`; None is any.
        place: Dotted place in the policy file.
    """

    kind: AnswerKind
    statuses: frozenset[int] = frozenset()
    codes: frozenset[str] = frozenset()
    version: str | None = None
    envelope: str | None = None
    envelope_of: str | None = None
    before: frozenset[str] = frozenset()
    lists: tuple[str, ...] = ()
    order: str | None = None
    place: str = ""


FLOATING = ("oldest", "newest")
"""What stands for a version that changes with the calendar: `Policy.serving` says which it is at an instant."""

WRONGS = ("missing", "empty", "unknown", "malformed", "conflicting", "duplicated")
"""The kinds of wrong a policy can answer apart."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """A list of versions: in a response header, separated by commas, or in a document.

    Attributes:
        header: The header; empty for a document.
        path: Where the document is, from the base URL on, `{version}` for each version's own; empty for a header.
        pointer: Where in the document the list stands, or, with `*` for every element, each version; empty is the document itself.
        stages: Names of the stages whose versions it lists.
        required: Whether it must be there; else it is held where it is.
        order: `oldest-first` or `newest-first`, as the policy file declares the versions; None where any order will do.
        place: Dotted place in the policy file.
    """

    header: str = ""
    path: str = ""
    pointer: str = ""
    stages: frozenset[str]
    required: bool = False
    order: str | None = None
    place: str = ""


class RefusedEcho(enum.Enum):
    """What the refusal of a version says where other answers name the version that served."""

    REPEATED = "repeated"
    ABSENT = "absent"


@dataclass(frozen=True, kw_only=True, slots=True)
class Echo:
    """Where a response says which version served it.

    Attributes:
        header: Response header, or None.
        pointer: JSON pointer into the body (RFC 6901), or None.
        spelling: How the version is written there.
        statuses: Status patterns (`2xx`, `404`) the echo is promised on.
        versions: The versions it is promised for; None is all.
        aliases: Whether what is asked for by an alias says so, too; where it need not, it names no other version.
        refused: What it says where a version is refused; None promises nothing of that.
    """

    header: str | None = None
    pointer: str | None = None
    spelling: str = "{version}"
    statuses: tuple[str, ...] = ("2xx",)
    versions: frozenset[str] | None = None
    aliases: bool = True
    refused: RefusedEcho | None = None
