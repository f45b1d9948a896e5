"""What decides a run, whoever asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.policy.requests import SAFE_ONLY

if TYPE_CHECKING:
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.requests import Limits
    from pytest_apiversion.shell.target.load import Target


@dataclass(frozen=True, kw_only=True)
class Options:
    """What decides a run, the same in every process of it.

    Attributes:
        as_of: The instant policies are read at.
        seed: Decides what is drawn.
        base_url: Where the API answers, or None for the policy file's word.
        versions: The subjects to hold; empty for all.
        max_examples: Requests drawn for each operation, or None for the policy file's word.
        rate: Requests per second, or None for the policy file's word.
        concurrency: Requests in flight, or None for the policy file's word.
        all_methods: Whether unsafe methods go to other hosts.
        safe: Whether safe methods only are sent, wherever the service is.
        shrink: Requests spent on making the request behind one finding smaller, or None for the policy file's word.
        max_time: Seconds after which nothing new is begun, or None for no limit.
        shard: Which shard of the items runs, or None for all.
        database: Where past failures are kept, or None for the word of the Hypothesis profile.
        connection: What is said of TLS and the proxy, by its name in `Connection`; the rest is the policy file's word.
    """

    as_of: dt.datetime
    seed: int
    base_url: str | None = None
    versions: frozenset[str] = frozenset()
    max_examples: int | None = None
    rate: float | None = None
    concurrency: int | None = None
    all_methods: bool = False
    safe: bool = False
    shrink: int | None = None
    max_time: float | None = None
    shard: Shard | None = None
    database: str | None = None
    connection: Mapping[str, Any] = field(default_factory=dict, repr=False)


def limited(target: Target, options: Options) -> Target:
    """The target with the run's limits over the policy file's."""
    policy: Policy = target.policy
    limits: Limits = policy.limits
    changed = replace(
        limits,
        max_examples=options.max_examples or limits.max_examples,
        rate=options.rate or limits.rate,
        concurrency=options.concurrency or limits.concurrency,
        all_methods=options.all_methods or limits.all_methods,
        methods=SAFE_ONLY if options.safe else limits.methods,
        shrink=limits.shrink if options.shrink is None else options.shrink,
        connection=replace(limits.connection, **connected(options.connection)),
    )
    return replace(target, policy=replace(policy, limits=changed))


def connected(given: Mapping[str, Any]) -> dict[str, Any]:
    """What options say of the connection; a certificate takes the key and the password of another one along."""
    return {**({"key": None, "password": None} if "certificate" in given else {}), **given}


@dataclass(frozen=True, kw_only=True, slots=True)
class Shard:
    """One shard of a run, written as `2/4`.

    Attributes:
        number: Which, from 1.
        count: Of how many.
    """

    number: int
    count: int

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a whole run is decided by.

    Attributes:
        as_of: The instant the policy is read at.
        seed: Decides what is drawn.
    """

    as_of: dt.datetime
    seed: int = 0
