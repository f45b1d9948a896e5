"""Exchanges: one request, what came back, and what it was asked as."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.core.policy.secrets import NO_SECRETS, Secrets

if TYPE_CHECKING:
    import datetime as dt

    from pytest_apiversion.core.checking.aim import Aim
    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.contracts.described_document import Described
    from pytest_apiversion.core.contracts.round_trip import Follows
    from pytest_apiversion.core.http.messages import NoAnswer, Request
    from pytest_apiversion.core.http.response_differences import Differences
    from pytest_apiversion.core.policy.parts import Part
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.versions.lifecycle import Lifecycle, Stage

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """What came of asking the same here and elsewhere.

    Attributes:
        version: The version that was asked there.
        here: The last answer to what was asked first.
        there: The last answer to its twin.
        differences: Where they differ, each time they were asked.
    """

    version: str
    here: Response
    there: Response
    differences: Differences


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One request, what came back, and what it was asked as.

    Attributes:
        aim: What the request tries to show.
        version: The declared version (or alias) it is asked for.
        via: The carrier that names the version, or the alias it came through; empty when none does.
        operation: `METHOD /template` in the contract of `version`; empty when the request belongs to none.
        request: The request as sent.
        answer: The response, or why there is none.
        as_of: The instant the policy is read at.
        stage: The stage of the version (or alias) at `as_of`.
        lifecycle: The dates of the version (or alias).
        probe: What was written where a version belongs, for selection probes.
        expected_version: The declared version whose answer is due, where that is not `version`.
        peers: What the same request got when each named version was asked plainly; for telling versions apart.
        described: What the answer says beside the frozen contract, where it is the version's document.
        case: What was drawn for the request, with the path parameters as sent; None where nothing was drawn, or something else was meant by it.
        follows: What was written before, where it is a read that must show it.
        base: The request before a version, an alias' prefix and credentials were written into it, where it has an operation's path;
            of what an answer points to, that of the request which was answered so.
        of_nothing: Whether it is about a thing that nobody has, where a 404 says nothing of its version.
        comparison: What came of asking the same elsewhere, where that was done.
        fault: What else is wrong with it, where the answer goes before that: `credentials`, `validation` or `routing`.
        elements: The lives of the parameters, members and values that it uses, where they have their own.
        before: The requests that its answer rests on, in the order in which they were sent before it.
        secrets: What no words about it may show.
    """

    aim: Aim
    version: str
    via: str = ""
    operation: str = ""
    request: Request
    answer: Response | NoAnswer
    as_of: dt.datetime
    stage: Stage
    lifecycle: Lifecycle
    probe: str | None = None
    expected_version: str | None = None
    peers: Mapping[str, Response] = field(default_factory=dict)
    described: Described | None = None
    case: DrawnCase | None = None
    follows: Follows | None = None
    base: Request | None = None
    of_nothing: bool = False
    fault: str = ""
    comparison: Comparison | None = None
    elements: tuple[Part, ...] = ()
    before: tuple[Request, ...] = ()
    secrets: Secrets = field(default=NO_SECRETS, repr=False, compare=False)

    @property
    def response(self) -> Response | None:
        """The response, or None when there was no answer."""
        return self.answer if isinstance(self.answer, Response) else None

    @cached_property
    def memo(self) -> dict[str, object]:
        """What was worked out of the exchange, by name; no part of its value, and a changed copy begins without it."""
        return {}

    def once(self, name: str, policy: Policy, make: Callable[[], T]) -> T:
        """What follows from the exchange under a policy: made for the first who asks, and kept until another policy is asked about.

        Args:
            name: What it is, different for each thing that is made.
            policy: The policy.
            make: Makes it.
        """
        known: Any = self.memo.get(name)
        if known is None or known[0] is not policy:
            known = self.memo[name] = policy, make()
        made: T = known[1]
        return made
