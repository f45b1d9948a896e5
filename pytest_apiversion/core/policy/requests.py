"""Requests: data for single operations, limits, and how strictly responses are held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_apiversion.core.policy.connection import PLAIN, Connection
from pytest_apiversion.core.policy.selection import Answer

SAFE_ONLY = "safe"
"""The value of `requests.methods` that lets safe methods through and nothing else."""

TURNS, EACH = "turns", "each"
"""The values of `requests.probes`: operations take turns with the selection probes, or each gets all of them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Values:
    """Values the policy file gives for one operation's requests, used instead of drawn ones."""

    path: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class OperationRule:
    """What the policy says of one operation, over what it says of all.

    Attributes:
        answers: What its wrongs get.
        values: Data for its requests.
        skip: Whether it is never requested.
        refusals: Status patterns a request that the contract accepts may get here, for reasons the contract cannot say.
        harmless: Whether it may be sent about data that the run did not create.
        reads: Whether it writes nothing, whatever its method.
        additions: Whether its answers may carry members the contract does not name; None leaves that to what is said of all.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    values: Values = field(default_factory=Values)
    skip: bool = False
    refusals: tuple[str, ...] = ()
    harmless: bool = False
    reads: bool = False
    additions: bool | None = None


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
        shrink: Requests spent on making the request behind one finding smaller; 0 leaves it as it was drawn.
        methods: `safe` for safe methods only, wherever the service is; `all` otherwise.
        probes: `turns` where the operations of a version take turns with its selection probes, `each` where each gets all of them; None leaves
            that to how many they are.
        clean_up: Whether what the run created is deleted at its end.
        connection: Whom TLS believes, who the client is, and the proxy.
    """

    max_examples: int = 10
    timeout: float = 10.0
    max_body: int = 5_000_000
    rate: float | None = None
    concurrency: int = 8
    all_methods: bool = False
    shrink: int = 100
    methods: str = "all"
    probes: str | None = None
    clean_up: bool = True
    connection: Connection = PLAIN


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """How strictly live answers are held to the frozen contract.

    Attributes:
        additions: Whether answers may carry members the contract does not name, whatever its `additionalProperties` says.
        undeclared: Status patterns an answer may have without the contract declaring them.
        formats: Whether `format` is held.
        refusals: Status patterns a request that the contract accepts may get, for reasons the contract cannot say.
        unambiguous: Whether an answer that two readers may take for two things is told.
        defaults: Whether what a creating request or the query of a list leaves out gets the default the contract declares.
    """

    additions: bool = True
    undeclared: tuple[str, ...] = (
        "400",
        "401",
        "403",
        "404",
        "405",
        "406",
        "408",
        "409",
        "411",
        "412",
        "413",
        "414",
        "415",
        "417",
        "421",
        "422",
        "423",
        "426",
        "428",
        "429",
        "431",
        "503",
    )
    formats: bool = True
    refusals: tuple[str, ...] = ()
    unambiguous: bool = True
    defaults: bool = False
