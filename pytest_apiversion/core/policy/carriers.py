"""Carriers: the places of a request that can name a version, and how each kind of place holds its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.core.policy.selection import Answer


class CanCarry(Protocol):
    """Whether a text can be put into a carrier so that it arrives as that text."""

    def __call__(self, text: str, carrier: Carrier | None = None) -> bool:
        """Without a carrier the answer is for the kind's plainest use."""


class WrittenForms(Protocol):
    """The other forms in which clients write a version into the headers of a request, where HTTP makes them mean the same."""

    def __call__(self, carrier: Carrier, text: str, other: str | None) -> Iterable[tuple[str, str]]:
        """Header lines, each of which names one version by itself.

        Args:
            carrier: Where they name it.
            text: How it is written there.
            other: How another version is written there, for what only looks as if it named one; None where there is no other.
        """


@dataclass(frozen=True, kw_only=True, slots=True)
class CarrierKind:
    """How one place of a request holds a version's text.

    The law: `read(write(request, carrier, text), carrier) == (text,)` for every request without a selection in this
    carrier and every text that can be carried. Where it stands, in which header or which part of the URL, `write` tells by what it writes.

    Attributes:
        kind: Its name in the policy file: `path`, `header`, `query`, `accept`, `host`. Only the file that exports it, and what parses
            the policy file, know it by that.
        write: Adds the text; a second writing adds a second one, where a request can hold two.
        read: The texts found, in order.
        clean: Takes the selection away.
        can_carry: Whether a text arrives as that text; one that can be there and be empty carries the empty text.
        in_path: Whether the text stands in the path before what the operations are called, and shares its place with that.
        repeatable: Whether giving it twice is a contradiction; ranges in `Accept` are alternatives, and none.
        separator: What joins two texts on their way into one, or None; a text with it inside may be taken for two.
        quotes: Whether the empty text is written in quotes, which not every server reads.
        forms: What else a client may write; None where that is what holds of every header: a name without case, and white space.
        preferences: How a client names two versions of which it prefers the first; None where it cannot.
    """

    kind: str
    write: Callable[[Request, Carrier, str], Request]
    read: Callable[[Request, Carrier], tuple[str, ...]]
    clean: Callable[[Request, Carrier], Request]
    can_carry: CanCarry
    in_path: bool = False
    repeatable: bool = False
    separator: str | None = None
    quotes: bool = False
    forms: WrittenForms | None = None
    preferences: WrittenForms | None = None


def is_unicode(text: str) -> bool:
    """Whether a text can be encoded at all: it has no lone surrogates."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Carrier:
    """One place where a request can name its version.

    Attributes:
        form: How that place is written and read: the value of a file in `selection/`.
        name: Header or query parameter name, or the media-type parameter.
        template: For `path` and `host`: where `{version}` stands. For `accept`: a whole media type with `{version}` in it.
        media_type: For `accept`: the media type the parameter is put on.
        content_type: For `accept`: whether a request with a body names the version in its `Content-Type` too.
        weights: For `accept`: whether it is promised that the weights of ranges that name versions decide between them.
        other_forms: For headers: whether it is promised that a version is read in every form that HTTP gives them.
        spelling: How a version is written here, from the fields of the scheme: `{version}`, `{number}`, `{date}` …
        answers: What this carrier's wrongs get, where it differs from the rest of the API.
        any_case: For `query`: whether the service reads the parameter's name in any case.
        ranges: How ranges of versions are written here, `node-semver` or `x-ranges`, for a service that reads them; None where it does not.
    """

    form: CarrierKind
    name: str = ""
    template: str = ""
    media_type: str = ""
    content_type: bool = False
    weights: bool = False
    other_forms: bool = True
    any_case: bool = False
    spelling: str = "{version}"
    answers: Mapping[str, Answer] = field(default_factory=dict)
    ranges: str | None = None

    @property
    def kind(self) -> str:
        """Its name in the policy file and in reports: `path`, `header`, `query`, `accept` or `host`."""
        return self.form.kind

    @property
    def can_be_empty(self) -> bool:
        """Whether it can be there without a text; an empty path segment or host label is another request altogether."""
        return self.form.can_carry("", self)
