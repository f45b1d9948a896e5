"""What the command line, the ini file and the environment say of a run."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import pytest

from pytest_apiversion.shell.generation.example_database import wrong
from pytest_apiversion.shell.pytest_plugin.option_definitions import flag, shared, text_option
from pytest_apiversion.shell.pytest_plugin.shards import Shard, read_shard

if TYPE_CHECKING:
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.requests import Limits
    from pytest_apiversion.shell.target.load import Target

Number = TypeVar("Number", int, float)


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
        shrink: Requests spent on making the request behind one finding smaller, or None for the policy file's word.
        max_time: Seconds after which nothing new is begun, or None for no limit.
        shard: Which shard of the items runs, or None for all.
        database: Where past failures are kept, or None for the word of the Hypothesis profile.
    """

    as_of: dt.datetime
    seed: int
    base_url: str | None = None
    versions: frozenset[str] = frozenset()
    max_examples: int | None = None
    rate: float | None = None
    concurrency: int | None = None
    all_methods: bool = False
    shrink: int | None = None
    max_time: float | None = None
    shard: Shard | None = None
    database: str | None = None


def read_options(config: pytest.Config) -> Options:
    """The options of this process.

    Raises:
        pytest.UsageError: An option is not what it should be.
    """
    return Options(
        as_of=_as_of(config),
        seed=_seed(config),
        base_url=_base_url(config),
        versions=frozenset(name.strip() for name in (text_option(config, "versions") or "").split(",") if name.strip()),
        max_examples=_number(config, "max-examples", int),
        rate=_number(config, "rate", float),
        concurrency=_number(config, "concurrency", int),
        all_methods=flag(config, "all-methods"),
        shrink=_number(config, "shrink", int, least=0),
        max_time=_number(config, "max-time", float),
        shard=read_shard(config),
        database=_database(config),
    )


def check_options(config: pytest.Config) -> None:
    """Refuse options that are not what they should be, before anything is collected.

    Raises:
        pytest.UsageError: One of them is not.
    """
    _as_of(config)
    _base_url(config)
    _given_seed(config)
    _number(config, "max-examples", int)
    _number(config, "rate", float)
    _number(config, "concurrency", int)
    _number(config, "shrink", int, least=0)
    _number(config, "max-time", float)
    read_shard(config)
    _database(config)


def _as_of(config: pytest.Config) -> dt.datetime:
    text = text_option(config, "today")
    if text is None:
        return dt.datetime.fromisoformat(str(shared(config)[0]))
    try:
        moment = dt.datetime.fromisoformat(text)
        return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
    except (ValueError, OverflowError) as error:
        message = f"--apiversion-today: expected a date such as 2026-06-01 or an instant such as 2026-06-01T12:00Z, got {text!r}"
        raise pytest.UsageError(message) from error


def _base_url(config: pytest.Config) -> str | None:
    text = text_option(config, "base-url")
    if text is None:
        return None
    try:
        parts = urlsplit(text)
        fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    if not fine or parts.username is not None or parts.query or parts.fragment:
        shown = re.sub(r"//[^/?#]*@", "//…@", text)
        message = (
            f"--apiversion-base-url: expected scheme, host, port and path, as in https://api.example.org, got {shown!r}"
        )
        raise pytest.UsageError(message)
    return text


def _given_seed(config: pytest.Config) -> int | None:
    given = config.getoption("--hypothesis-seed", default=None)
    if given in {None, "random"}:
        return None
    try:
        return int(given)
    except ValueError as error:
        message = f"--hypothesis-seed: expected a number, got {given!r}"
        raise pytest.UsageError(message) from error


def _seed(config: pytest.Config) -> int:
    """Hypothesis' own seed where one is given; none under a derandomized profile; else a new one for each run."""
    given = _given_seed(config)
    if given is not None:
        return given
    from hypothesis import settings  # noqa: PLC0415  heavy; only a run with a policy file pays for it

    return 0 if settings.default is not None and settings.default.derandomize else int(shared(config)[1])


def _database(config: pytest.Config) -> str | None:
    text = text_option(config, "database")
    if (said := wrong(text)) is not None:
        message = f"--apiversion-database: {said}"
        raise pytest.UsageError(message)
    return text


def _number(
    config: pytest.Config, name: str, kind: Callable[[str], Number], *, least: int | None = None
) -> Number | None:
    """A number above 0, or from a least one on."""
    text = text_option(config, name)
    if text is None:
        return None
    try:
        value = kind(text)
    except ValueError as error:
        message = f"--apiversion-{name}: expected a number, got {text!r}"
        raise pytest.UsageError(message) from error
    if not value < math.inf or (value <= 0 if least is None else value < least):
        wanted = "a number above 0" if least is None else f"a number from {least} on"
        message = f"--apiversion-{name}: expected {wanted}, got {text!r}"
        raise pytest.UsageError(message)
    return value


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
        shrink=limits.shrink if options.shrink is None else options.shrink,
    )
    return replace(target, policy=replace(policy, limits=changed))
