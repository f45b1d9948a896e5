"""Aims: what each request of a run tries to show, and the one table of what each can mean."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType


class Aim(enum.Enum):
    """What a request tries to show; judges use it to know what the answer should be."""

    ACCEPTED = "a request the contract accepts"
    UNKNOWN_DATA = "a request the contract accepts, about data that may not exist"
    REFUSED = "a request the contract does not accept"
    UNCHANGED = "a reading that the client has already"
    ANONYMOUS = "no credential"
    LESSER = "a credential the operation does not take"
    FORGED = "a wrong credential"
    SHORTENED = "a credential without its end"
    LENGTHENED = "a credential with more behind it"
    BLANK = "a credential without a text"
    USED_UP = "a credential that is used up"
    READ_ONLY = "a credential that may only read"
    TOO_LARGE = "a body that is too large"
    LARGEST = "the largest body that is taken"
    TIER = "a request of another tier"
    UNACCEPTABLE = "a request for a media type that nothing has"
    UNROUTED = "a path or method no contract has"
    MISSING = "no version"
    PINNED = "no version, and an account that is pinned to one"
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
    OFFERED = "a method that answers without being declared"
    ABSENT = "a path that has no alias"
    SUNSET = "a version after its sunset"
    SUNSET_FIRST = "a version after its sunset, by a request with another fault"
    POINTER = "the place a sunset answer points to"
    HEIR = "the successor of an operation after its sunset"
    SUCCESSOR = "the place a deprecation points to"
    LOCATED = "the place where a created thing is said to be"
    NEXT_PAGE = "the place a list's next page is said to be at"
    REPEATED_PAGE = "a list's next page, which shows what the page before it shows"
    LOST_BETWEEN = "a list's next page, before which something is left out"
    UNFILTERED = "a list's next page, which shows what the filter of the page before it leaves out"
    SIDE_EFFECT = "what a request to a sunset version left behind"
    DOCUMENT = "the document that describes a version"
    COPY = "a published copy of a document"
    LISTING = "a document that lists versions"
    FOREIGN = "an operation that only another version has"
    FOREIGN_BODY = "a body in another version's shape"
    FOREIGN_MEMBER = "a body with another version's name in it"
    WRITTEN = "a version written in another way"
    STRAY = "a version where nobody declared one"
    STRAY_ALONE = "a version where nobody declared one, and nowhere else"
    DECOY = "another number where no version stands"
    NEUTRAL = "a version for what has none"
    PREFLIGHT = "a browser's question before its request"
    STALE = "a write that names a state which the thing is not in"
    OWN = "what a check from outside this package asks"
    OTHER_CARRIER = "a request in another carrier than the strongest"
    TARGET = "a request to an alias, and to what it stands for"
    WRITTEN_OUT = "a list with and without its defaults in the query"
    OLDER = "a request to a version, and to the one before it"
    TAGGED = "a reading with an entity tag, of a version and of the one before it"
    SAME_FAULT = "a wrong request to a version, and to the one before it"

    @cached_property
    def meaning(self) -> Meaning:
        """What it can mean."""
        return MEANINGS[self]


class Receiver(enum.Enum):
    """What gets a request, and so which answers can come back."""

    OPERATION = "an operation of the version's contract, in its own method"
    PATH = "a path of the version in a method that it has not, or a path that nobody has"
    TIER = "an operation of the version's contract, by somebody who may see more"
    LIMITED = "an operation of the version's contract, by somebody who may do less"
    OTHER_VERSION = "what only another version has"
    NO_ALIAS = "a path that has no alias"
    SELECTION = "the code that selects a version, or gives one back that is not asked for in the usual way"
    SUNSET = "a version after its sunset"
    EFFECT = "a version that still answers, to read what another request did"
    FOLLOWED = "a place that an answer, or the operation map, leads to"
    PUBLISHED = "what an API says of itself, at a whole path"
    UNVERSIONED = "what has no version"
    BESIDE = "a path beside those that the API has, where another application may answer"
    TWIN = "the same as another exchange, elsewhere"
    FREE = "whatever the check that plans it likes, and no other judges"


class Fault(enum.Enum):
    """What is wrong with a request beside its version."""

    NOT_FOUND = "what is not there"
    INVALID = "data that is not valid"
    METHOD = "a method the path does not have"
    SIZE = "a body that is too large"
    REPRESENTATION = "a media type that nothing has"
    CREDENTIAL = "no credentials"


@dataclass(frozen=True, kw_only=True, slots=True)
class Meaning:
    """What an aim can mean: a row of `MEANINGS`.

    Attributes:
        receiver: What the request is sent to.
        fault: What is wrong with it; None where nothing is, or nothing but its version.
        wrongs: The kinds of wrong version whose declared answers are due, any of which will do; empty where no rejection is.
        plainer: Aims of plainer kinds of wrong. Where such a probe got the same wrong answer, the defect is theirs.
        ranked: Whether the rank of carriers, and no rejection, may decide.
        own_failure: Whether the check that plans it reports a 5xx too, so that AV402 does not.
        forged: What is wrong with the credential of the operation that it goes with, its name left open; empty where that is right, or
            not there.
        told: Whether its probe is a sentence that tells what was tried.
        unnamed: Whether it names no version at all, so that the default may answer.
    """

    receiver: Receiver
    fault: Fault | None = None
    wrongs: tuple[str, ...] = ()
    plainer: tuple[Aim, ...] = ()
    ranked: bool = False
    own_failure: bool = False
    forged: str = ""
    told: bool = False
    unnamed: bool = False

    @property
    def contract(self) -> bool:
        """Whether the answer is held to the contract: the version's own operation was asked, in its own method."""
        return self.receiver is Receiver.OPERATION

    @property
    def own(self) -> bool:
        """Whether the answer is the version's own, whatever the method."""
        return self.receiver in {Receiver.OPERATION, Receiver.PATH}

    @property
    def of_operation(self) -> bool:
        """Whether an operation of the contract answers, in its own method and for whomever."""
        return self.receiver in {Receiver.OPERATION, Receiver.TIER}

    @property
    def well_formed(self) -> bool:
        """Whether the contract accepts the request, if not always what it is about."""
        return self.contract and self.fault in {None, Fault.NOT_FOUND}

    @property
    def disguise(self) -> bool:
        """Whether a success may be an error in disguise. What comes without the right credential is AV316's."""
        return self.contract and self.fault is not Fault.CREDENTIAL

    @property
    def of_text(self) -> bool:
        """Whether what is tried is a text that stands where a version belongs: not who asks, another operation, a path, or several things."""
        apart = self.receiver in {Receiver.LIMITED, Receiver.OTHER_VERSION, Receiver.BESIDE}
        return not (self.told or apart or self.fault is Fault.CREDENTIAL)

    @property
    def published(self) -> bool:
        """Whether it asks for what an API says of itself, at a whole path."""
        return self.receiver is Receiver.PUBLISHED

    @property
    def elsewhere(self) -> bool:
        """Whether somebody else than the version answers."""
        return self.receiver in {Receiver.FOLLOWED, Receiver.PUBLISHED, Receiver.EFFECT, Receiver.BESIDE}

    @property
    def envelope(self) -> bool:
        """Whether an error is held to an envelope: the version's, its rejection's or its sunset's."""
        return not self.elsewhere and self.receiver is not Receiver.UNVERSIONED

    @property
    def selects(self) -> bool:
        """Whether the code that selects a version has been run, so that the answer depends on where the version stands."""
        return self.receiver not in {Receiver.FOLLOWED, Receiver.PUBLISHED, Receiver.PATH, Receiver.BESIDE}


# fmt: off
MEANINGS: Mapping[Aim, Meaning] = MappingProxyType({
    Aim.ACCEPTED:      Meaning(receiver=Receiver.OPERATION),
    Aim.UNKNOWN_DATA:  Meaning(receiver=Receiver.OPERATION, fault=Fault.NOT_FOUND),
    Aim.REFUSED:       Meaning(receiver=Receiver.OPERATION, fault=Fault.INVALID),
    Aim.UNCHANGED:     Meaning(receiver=Receiver.OPERATION),
    Aim.ANONYMOUS:     Meaning(receiver=Receiver.OPERATION, fault=Fault.CREDENTIAL),
    Aim.LESSER:        Meaning(receiver=Receiver.OPERATION, fault=Fault.CREDENTIAL),
    Aim.FORGED:        Meaning(receiver=Receiver.OPERATION, fault=Fault.CREDENTIAL, forged="a wrong {}"),
    Aim.SHORTENED:     Meaning(receiver=Receiver.OPERATION, fault=Fault.CREDENTIAL, forged="the beginning of {} alone"),
    Aim.LENGTHENED:    Meaning(receiver=Receiver.OPERATION, fault=Fault.CREDENTIAL, forged="{} and more behind it"),
    Aim.BLANK:         Meaning(receiver=Receiver.OPERATION, fault=Fault.CREDENTIAL, forged="an empty {}"),
    Aim.TIER:          Meaning(receiver=Receiver.TIER),
    Aim.USED_UP:       Meaning(receiver=Receiver.LIMITED),
    Aim.READ_ONLY:     Meaning(receiver=Receiver.LIMITED),
    Aim.TOO_LARGE:     Meaning(receiver=Receiver.OPERATION, fault=Fault.SIZE),
    Aim.LARGEST:       Meaning(receiver=Receiver.OPERATION),
    Aim.UNACCEPTABLE:  Meaning(receiver=Receiver.OPERATION, fault=Fault.REPRESENTATION),
    Aim.UNROUTED:      Meaning(receiver=Receiver.PATH, fault=Fault.METHOD),
    Aim.ABSENT:        Meaning(receiver=Receiver.NO_ALIAS),
    Aim.FOREIGN:       Meaning(receiver=Receiver.OTHER_VERSION),
    Aim.FOREIGN_BODY:  Meaning(receiver=Receiver.OTHER_VERSION, fault=Fault.INVALID),
    Aim.FOREIGN_MEMBER: Meaning(receiver=Receiver.OTHER_VERSION, fault=Fault.INVALID),

    Aim.MISSING:       Meaning(receiver=Receiver.SELECTION, wrongs=("missing",), own_failure=True, unnamed=True),
    Aim.PINNED:        Meaning(receiver=Receiver.SELECTION, own_failure=True, unnamed=True),
    Aim.EMPTY:         Meaning(receiver=Receiver.SELECTION, wrongs=("empty",), own_failure=True,
                               plainer=(Aim.MISSING, Aim.UNKNOWN, Aim.MALFORMED)),
    Aim.UNKNOWN:       Meaning(receiver=Receiver.SELECTION, wrongs=("unknown",), own_failure=True),
    Aim.UNDECLARED:    Meaning(receiver=Receiver.SELECTION, wrongs=("unknown",), plainer=(Aim.UNKNOWN,)),
    Aim.MALFORMED:     Meaning(receiver=Receiver.SELECTION, wrongs=("malformed",), own_failure=True, plainer=(Aim.UNKNOWN,)),
    Aim.CONFLICT:      Meaning(receiver=Receiver.SELECTION, wrongs=("conflicting",), own_failure=True, ranked=True),
    Aim.DUPLICATED:    Meaning(receiver=Receiver.SELECTION, wrongs=("duplicated",), own_failure=True,
                               plainer=(Aim.UNKNOWN, Aim.MALFORMED)),
    Aim.FALL_THROUGH:  Meaning(receiver=Receiver.SELECTION, wrongs=("unknown", "malformed"), own_failure=True),
    Aim.FALL_FORWARD:  Meaning(receiver=Receiver.SELECTION, own_failure=True),
    Aim.KEYWORD:       Meaning(receiver=Receiver.SELECTION, own_failure=True),
    Aim.BETWEEN:       Meaning(receiver=Receiver.SELECTION, own_failure=True),
    Aim.WRITTEN:       Meaning(receiver=Receiver.SELECTION, own_failure=True),
    Aim.STRAY:         Meaning(receiver=Receiver.SELECTION, wrongs=("unknown",), ranked=True, told=True),
    Aim.STRAY_ALONE:   Meaning(receiver=Receiver.SELECTION, wrongs=("missing",), plainer=(Aim.MISSING,), told=True),
    Aim.DECOY:         Meaning(receiver=Receiver.BESIDE),

    Aim.SUNSET:        Meaning(receiver=Receiver.SUNSET, own_failure=True),
    Aim.SUNSET_FIRST:  Meaning(receiver=Receiver.SUNSET),
    Aim.SIDE_EFFECT:   Meaning(receiver=Receiver.EFFECT),
    Aim.POINTER:       Meaning(receiver=Receiver.FOLLOWED),
    Aim.HEIR:          Meaning(receiver=Receiver.FOLLOWED),
    Aim.SUCCESSOR:     Meaning(receiver=Receiver.FOLLOWED),
    Aim.LOCATED:       Meaning(receiver=Receiver.FOLLOWED),
    Aim.NEXT_PAGE:     Meaning(receiver=Receiver.FOLLOWED),
    Aim.DOCUMENT:      Meaning(receiver=Receiver.PUBLISHED),
    Aim.COPY:          Meaning(receiver=Receiver.PUBLISHED),
    Aim.LISTING:       Meaning(receiver=Receiver.PUBLISHED),
    Aim.NEUTRAL:       Meaning(receiver=Receiver.UNVERSIONED),
    Aim.PREFLIGHT:     Meaning(receiver=Receiver.UNVERSIONED),

    Aim.OTHER_CARRIER: Meaning(receiver=Receiver.TWIN),
    Aim.TARGET:        Meaning(receiver=Receiver.TWIN),
    Aim.WRITTEN_OUT:   Meaning(receiver=Receiver.TWIN),
    Aim.OLDER:         Meaning(receiver=Receiver.TWIN),
    Aim.TAGGED:        Meaning(receiver=Receiver.TWIN),
    Aim.SAME_FAULT:    Meaning(receiver=Receiver.TWIN),
    Aim.OFFERED:       Meaning(receiver=Receiver.FREE),
    Aim.REPEATED_PAGE: Meaning(receiver=Receiver.FREE),
    Aim.LOST_BETWEEN:  Meaning(receiver=Receiver.FREE),
    Aim.UNFILTERED:    Meaning(receiver=Receiver.FREE),
    Aim.STALE:         Meaning(receiver=Receiver.FREE),
    Aim.OWN:           Meaning(receiver=Receiver.FREE),
})
# fmt: on
"""What each aim can mean: the one table of aims. Whatever depends on what a request was asked as follows from its row."""
