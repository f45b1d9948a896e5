"""The type of a check: one promise put to the test. `plan` says what to ask, `judge` says what the answer means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.policy.version_texts import spell
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    import datetime as dt

    from pytest_apiversion.core.checking.exchange import Aim, Exchange, Pairs, Request
    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.contracts.resource import Resource
    from pytest_apiversion.core.finding import Broken
    from pytest_apiversion.core.http.response_differences import Differ
    from pytest_apiversion.core.policy.compatibility import Objection, Step
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.published_documents import Digests


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
        path: A path of its own instead of the operation's.
        body: Bytes sent instead of the operation's body, in its media type.
        template: A path template instead of the operation's, to be filled with the parameters of the request that succeeded.
        like: A version and one of its operations whose body stands instead.
        headers: Headers it has beside, each instead of any of its name.
        query: Query parameters it has beside.
        once: Whether one operation of a version is enough: the first GET that succeeds, and whose answers tell `compare` apart.
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
    path: str | None = None
    body: bytes | None = None
    template: str | None = None
    like: tuple[str, str] | None = None
    headers: Pairs = ()
    query: Pairs = ()
    once: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Twin:
    """An exchange whose request is to be asked elsewhere too, to hold the two answers against each other.

    Where they differ, both are asked again, until nothing is left of the difference or it is beyond doubt.

    Attributes:
        aim: What it tries to show.
        of: The exchange; it has a `base`.
        differ: Given both requests, the exchange's first: what tells their answers apart.
        version: The version that is asked plainly; None asks the same version through `via`, and the exchange is about that.
        via: The carrier to ask through.
    """

    aim: Aim
    of: Exchange
    differ: Callable[[Request, Request], Differ]
    version: str | None = None
    via: str = ""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What a check may look at: the policy, the contracts, the instant, and the subject under test.

    Attributes:
        policy: The policy.
        contracts: Contracts by version.
        as_of: The instant the policy is read at.
        subject: The version or alias under test.
        version: The version whose contract applies (an alias' version).
        operation: The operation under test; None in scenes of a whole version.
        malformed: Drawn malformed texts by carrier kind.
        unsafe: Whether unsafe methods may be sent.
        locked: Digests of the lock file by contract file; None where there is no lock.
        steps: Gives the steps to a version that may not carry anything, with what they carry beyond that; compares when it is called.
        objections: Gives what there is to say of the waivers a version answers for; compares when it is called.
        sunsets: When the lock says a version or alias ends; empty where it says nothing.
        copies: Digests of the declared copies that are files.
        resources: What can be created and read, by version that answers.
    """

    policy: Policy
    contracts: Mapping[str, Contract]
    as_of: dt.datetime
    subject: str
    version: str
    operation: Operation | None = None
    malformed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unsafe: bool = True
    locked: Mapping[str, str] | None = None
    steps: Callable[[str], Iterable[Step]] = lambda _: ()
    objections: Callable[[str], Iterable[Objection]] = lambda _: ()
    sunsets: Mapping[str, dt.datetime] = field(default_factory=dict)
    copies: Digests = field(default_factory=dict)
    resources: Mapping[str, tuple[Resource, ...]] = field(default_factory=dict)

    @property
    def stage(self) -> Stage:
        """The subject's stage."""
        return self.policy.stage(self.subject, self.as_of)

    @property
    def is_alias(self) -> bool:
        """Whether the subject is an alias."""
        return self.subject in self.policy.aliases

    @property
    def selection(self) -> tuple[tuple[str, str], ...]:
        """What names the subject where it does not matter how, for an `Ask`: its strongest carrier; an alias is its prefix, and no more."""
        if self.is_alias:
            return ()
        kind = next(iter(self.policy.carriers))
        return ((kind, spell(self.policy, kind, self.subject)),)

    def released(self, *, but: str) -> tuple[str, ...]:
        """The released versions without one, oldest first: those a request can name beside it, after their sunset too."""
        found = (name for name in self.policy.versions if name != but)
        return tuple(name for name in found if self.policy.stage(name, self.as_of) is not Stage.PLANNED)

    def operation_named(self, version: str, key: str) -> Operation | None:
        """An operation of a version's contract, by key."""
        contract = self.contracts.get(version)
        return contract.operations.get(key) if contract else None


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
        yields: Whether a broken exchange is left to another check: one defect has one code.
        inspect: What the policy and its files say by themselves.
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
    yields: Yields | None = None
    inspect: Inspect | None = None
    severity: Severity = Severity.ERROR
    about: str = ""
