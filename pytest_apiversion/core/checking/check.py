"""Checks: one promise put to the test. `plan` says what to ask, `judge` says what the answer means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.finding import Severity

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.aim import Aim
    from pytest_apiversion.core.checking.broken import Broken
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.elements import Element
    from pytest_apiversion.core.http.messages import Pairs, Request
    from pytest_apiversion.core.http.response_differences import Differ
    from pytest_apiversion.core.policy.credentials import CredentialField


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """One planned request, as values: the shell fills in data and credentials, writes the selection, and sends it.

    Attributes:
        aim: What it tries to show.
        selection: Pairs of carrier kind and the text to write there, strongest carrier first; empty names no version.
        via: The carrier (or alias) under test.
        probe: The text written where a version belongs, for reports.
        expected_version: The declared version whose answer is due.
        method: A method other than the operation's.
        prefix: An alias' prefix to stand before the path.
        compare: Versions to ask the same request plainly, for telling answers apart.
        anonymous: Whether it goes without credentials.
        credential: Name of the one credential it goes with instead of the operation's own.
        wrong_credential: Name of the one of the operation's own credentials that it goes with a wrong value of.
        wrong: The places of that one with what stands there instead.
        path: A path of its own instead of the operation's.
        whole: Whether that is the whole path, and no base path stands before it.
        body: Bytes sent instead of the operation's body, in its media type.
        template: A path template instead of the operation's, to be filled with the parameters of the request that succeeded.
        like: A version and one of its operations whose body stands instead.
        headers: Headers it has beside, each instead of any of its name.
        query: Query parameters it has beside.
        without: Headers it has not, those included that every request has.
        uses: An element of the operation with a life of its own that it has, and no other such one.
        members: Members that its JSON body has, whatever the operation's has, each by the way to it from the body; what has no such body is not
            asked.
        lacks: Members that its JSON body has not, named likewise.
        padded: Bytes that its JSON body is brought to with white space, which means nothing there.
        once: Whether one operation of a version is enough, or one for each method that writes: the first that succeeds, and whose answers
            tell `compare` apart.
        fault: What else is wrong with it, where the answer goes before that: `credentials`, `validation` or `routing`.
        alike: Whether, of what is asked once, the first that succeeds is asked too where its answers do not tell `compare` apart.
    """

    aim: Aim
    selection: tuple[tuple[str, str], ...] = ()
    via: str = ""
    probe: str | None = None
    expected_version: str | None = None
    method: str | None = None
    prefix: str | None = None
    compare: tuple[str, ...] = ()
    anonymous: bool = False
    credential: str | None = None
    wrong_credential: str | None = None
    wrong: tuple[CredentialField, ...] = ()
    path: str | None = None
    whole: bool = False
    body: bytes | None = None
    template: str | None = None
    like: tuple[str, str] | None = None
    headers: Pairs = ()
    query: Pairs = ()
    without: tuple[str, ...] = ()
    uses: Element | None = None
    members: tuple[tuple[tuple[str, ...], Any], ...] = ()
    lacks: tuple[tuple[str, ...], ...] = ()
    padded: int | None = None
    once: bool = False
    alike: bool = False
    fault: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Twin:
    """An exchange whose request is to be asked elsewhere too, to hold the two answers against each other.

    Where they differ, both are asked again, until nothing is left of the difference or it is beyond doubt.

    Attributes:
        aim: What it tries to show.
        of: The exchange; it has a `base`.
        differ: Given both requests, the exchange's first: what tells their answers apart.
        version: The version that is asked, through `via` or, without it, plainly; None asks the same version through `via`, and the
            exchange is about that.
        via: The carrier to ask through.
        same_thing: Whether it is asked about the same thing, by what the other version calls that, and not at the same address.
        query: What its query has there beside what it has here.
    """

    aim: Aim
    of: Exchange
    differ: Callable[[Request, Request], Differ]
    version: str | None = None
    via: str = ""
    same_thing: bool = False
    query: Pairs = ()


Promised = Callable[["Scene"], str | None]
"""The dotted place where the policy promises this for the scene's subject, or None where it does not."""
Plan = Callable[["Scene"], Iterable["Ask"]]
"""What to ask for one operation of a version, beyond the drawn requests."""
Twins = Callable[["Sequence[Exchange]", "Scene"], "Iterable[Twin]"]
"""Which of an operation's exchanges to ask elsewhere too; each gives one exchange with a `comparison`."""
Judge = Callable[["Exchange", "Scene"], "Iterable[Broken] | None"]
"""What one exchange means: None when it cannot show this promise, else what is broken (nothing when held)."""
Inspect = Callable[["Scene"], "Iterable[Broken] | None"]
"""What the policy and its files say by themselves, offline."""
Conclude = Callable[["Sequence[Exchange]", "Scene"], "Iterable[Broken] | None"]
"""What all exchanges of one operation mean together; same answers as a judge."""
Memory = dict[str, Any]
"""What a check remembers of the operations of a version or alias that it has seen so far."""
Across = Callable[["Sequence[Exchange]", "Scene"], "Callable[[Memory], Iterable[Broken] | None] | None"]
"""What an operation's exchanges say beside those of the operations before it; None where they say nothing.

What it gives is called with one memory for all operations of a version or alias, one after the other in the order of their items, in whatever
order and in how many threads they were asked; the answers are a judge's.
"""
Yields = Callable[["Exchange", "Sequence[Exchange]", "Scene"], bool]
"""Whether what a judge calls broken in one exchange is, in the light of all, a defect another check reports already."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One promise put to the test.

    Attributes:
        code: Stable for ever; the hundreds digit groups them.
        name: Kebab-case, as the file is named.
        title: The promise, as the matrix shows it.
        promised: Where the policy promises it, if it does.
        plan: What to ask.
        twins: What to ask elsewhere too, of what was asked.
        judge: What one exchange means.
        conclude: What an operation's exchanges mean together.
        across: What they mean beside those of the operations before it.
        yields: Whether a broken exchange is left to another check: one defect has one code.
        inspect: What the policy and its files say by themselves.
        of_parts: Whether the same is inspected of each part of a version that has a life of its own.
        severity: How much a finding weighs unless the judge says otherwise.
        about: What it asks, why that matters, where it is written and how to silence it, for who asks; a check of the package says that in
            its file.
    """

    code: str
    name: str
    title: str
    promised: Promised
    plan: Plan | None = None
    twins: Twins | None = None
    judge: Judge | None = None
    conclude: Conclude | None = None
    across: Across | None = None
    yields: Yields | None = None
    inspect: Inspect | None = None
    of_parts: bool = False
    severity: Severity = Severity.ERROR
    about: str = ""
