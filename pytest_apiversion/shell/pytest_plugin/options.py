"""Reads the options of a run from the command line, the ini file and the environment."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.execution.options import Options
from pytest_apiversion.shell.generation.example_database import wrong
from pytest_apiversion.shell.publishing.formats import FORMATS
from pytest_apiversion.shell.pytest_plugin.connection_options import read_connection
from pytest_apiversion.shell.pytest_plugin.option_definitions import flag, shared, text_option
from pytest_apiversion.shell.pytest_plugin.shards import read_shard
from pytest_apiversion.shell.pytest_plugin.uncollected import refuse_other_names
from pytest_apiversion.shell.reporting.baseline import Known, read_baseline
from pytest_apiversion.shell.reporting.gates import Gate, read_gates
from pytest_apiversion.shell.texts.shown_addresses import without_user

Number = TypeVar("Number", int, float)


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
        safe=flag(config, "safe"),
        shrink=_number(config, "shrink", int, least=0),
        max_time=_number(config, "max-time", float),
        shard=read_shard(config),
        database=_database(config),
        connection=read_connection(config),
    )


def check_options(config: pytest.Config) -> None:
    """Refuse options that are not what they should be, and policy files that are not called so, before anything is collected.

    Raises:
        pytest.UsageError: One of them is not.
    """
    refuse_other_names(config)
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
    read_connection(config)
    _check_files(config)
    read_known(config)
    gates_of(config)


def read_known(config: pytest.Config) -> tuple[Known, ...] | None:
    """The known findings, or None where no baseline is named.

    Raises:
        pytest.UsageError: It cannot be read.
    """
    text = text_option(config, "baseline")
    if text is None:
        return None
    try:
        return read_baseline(config.invocation_params.dir / text)
    except (OSError, UnicodeDecodeError, PolicyError) as error:
        said = error.strerror if isinstance(error, OSError) else error
        message = f"--apiversion-baseline: {text}: {said}"
        raise pytest.UsageError(message) from error


def gates_of(config: pytest.Config) -> tuple[Gate, ...]:
    """The least shares that the run must reach.

    Raises:
        pytest.UsageError: They are written otherwise.
    """
    try:
        return read_gates(text_option(config, "fail-under") or "")
    except ValueError as error:
        message = f"--apiversion-fail-under: {error}"
        raise pytest.UsageError(message) from error


def _check_files(config: pytest.Config) -> None:
    """What a report's format needs is there, or the run does not begin."""
    for name, each in FORMATS.items():
        if text_option(config, name) is not None and (said := each.lacks()):
            message = f"--apiversion-{name}: {said}"
            raise pytest.UsageError(message)


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
        message = f"--apiversion-base-url: expected scheme, host, port and path, as in https://api.example.org, got {without_user(text)!r}"
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
