"""The session's view of policies, kept with pytest's configuration."""

from __future__ import annotations

import pytest

from pytest_apiversion.shell.execution.time_limit import Allowance
from pytest_apiversion.shell.pytest_plugin.option_definitions import SESSION, flag, text_option
from pytest_apiversion.shell.pytest_plugin.options import gates_of, read_known, read_options
from pytest_apiversion.shell.reporting.baseline import Baseline
from pytest_apiversion.shell.reporting.session import Session
from pytest_apiversion.shell.transport.har import Recording


def session_of(config: pytest.Config) -> Session:
    """The session's view of policies, made when the first policy file or fixture asks for it."""
    if SESSION not in config.stash:
        options = read_options(config)
        allowance = Allowance(options.max_time)
        known = read_known(config)
        config.stash[SESSION] = Session(
            options=options,
            strict=flag(config, "strict"),
            allowance=allowance,
            gates=gates_of(config),
            recording=Recording() if text_option(config, "har") else None,
            baseline=None if known is None else Baseline(known=known, as_of=options.as_of),
        )
    session: Session = config.stash[SESSION]
    return session


def existing_session(config: pytest.Config) -> Session | None:
    """The session's view of policies, or None where nothing asked for it."""
    return config.stash.get(SESSION, None)
