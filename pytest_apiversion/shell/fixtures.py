"""What the fixtures for other suites do."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_apiversion.core.errors import ContractBroken, PolicyError
from pytest_apiversion.core.policy import Stage
from pytest_apiversion.shell.client import ApiClient
from pytest_apiversion.shell.flags import text_option
from pytest_apiversion.shell.options import limited
from pytest_apiversion.shell.session import session_of
from pytest_apiversion.shell.target import Target, load_target
from pytest_apiversion.shell.text import finding_text
from pytest_apiversion.shell.watching import findings_of

if TYPE_CHECKING:
    from pytest_apiversion.core.policy import Policy

_TARGET: pytest.StashKey[Target] = pytest.StashKey()


def suite_target(config: pytest.Config) -> Target:
    """The policy file the fixtures of a suite are about, with its contracts.

    Raises:
        pytest.UsageError: There is no such file, or it is wrong.
    """
    if _TARGET not in config.stash:
        options = session_of(config).options
        path = config.rootpath / (text_option(config, "policy") or "apiversion.toml")
        if not path.is_file():
            message = f"no policy file {path.name!r} in {path.parent}; name one with --apiversion-policy or apiversion_policy in the ini file"
            raise pytest.UsageError(message)
        try:
            config.stash[_TARGET] = limited(load_target(path, os.environ, base_url=options.base_url), options)
        except PolicyError as error:
            raise pytest.UsageError(str(error)) from error
    return config.stash[_TARGET]


def parametrise(metafunc: pytest.Metafunc) -> None:
    """Give `api_version` every version that answers and that the test's markers and `--apiversion-versions` admit.

    Raises:
        pytest.UsageError: A marker names no version.
    """
    target = suite_target(metafunc.config)
    options = session_of(metafunc.config).options
    names = list(target.policy.answering(options.as_of))
    for marker in metafunc.definition.iter_markers("api_versions"):
        names = [name for name in names if name in _admitted(target.policy, marker, options.as_of)]
    chosen = [name for name in names if not options.versions or name in options.versions]
    metafunc.parametrize("api_version", chosen, indirect=True, ids=chosen)


def _admitted(policy: Policy, marker: pytest.Mark, as_of: Any) -> list[str]:  # noqa: ANN401  an instant
    order = list(policy.versions)
    bounds = {key: marker.kwargs[key] for key in ("since", "until") if marker.kwargs.get(key) is not None}
    unknown = [name for name in (*marker.args, *bounds.values()) if name not in order]
    if unknown:
        message = f"@pytest.mark.api_versions: no version is named {unknown[0]!r} (known: {', '.join(order)})"
        raise pytest.UsageError(message)
    first = order.index(bounds["since"]) if "since" in bounds else 0
    last = order.index(bounds["until"]) if "until" in bounds else len(order) - 1
    stages = {Stage(stage) for stage in marker.kwargs.get("stages") or [stage.value for stage in Stage]}
    admitted = [name for name in order[first : last + 1] if policy.stage(name, as_of) in stages]
    return [name for name in admitted if not marker.args or name in marker.args]


@contextlib.contextmanager
def client_of(config: pytest.Config, request: pytest.FixtureRequest) -> Iterator[ApiClient]:
    """A session pinned to the test's version."""
    with ApiClient(suite_target(config), _version(config, request)) as client:
        yield client


def asserter(config: pytest.Config, request: pytest.FixtureRequest) -> Callable[..., None]:
    """The function behind `assert_api_contract`."""
    options = session_of(config).options

    def assert_contract(response: object, *, version: str | None = None) -> None:
        """Hold a response to the contract of its version and to the policy.

        Args:
            response: From requests, httpx, or a Django, Flask or Starlette test client.
            version: The version that was asked for; the test's version, or what the request says, where it is absent.

        Raises:
            ContractBroken: With every finding.
        """
        __tracebackhide__ = True
        target = suite_target(config)
        asked = version or getattr(response, "api_version", None)
        if asked is None and "api_version" in request.fixturenames:
            asked = _version(config, request)
        findings = findings_of(target, response, asked, as_of=options.as_of)
        if findings:
            source = Path(target.policy.source).name
            raise ContractBroken(findings, "\n\n".join(finding_text(finding, source) for finding in findings))

    return assert_contract


def _version(config: pytest.Config, request: pytest.FixtureRequest) -> str:
    if "api_version" in request.fixturenames:
        return str(request.getfixturevalue("api_version"))
    policy, as_of = suite_target(config).policy, session_of(config).options.as_of
    live = [name for name in policy.answering(as_of) if policy.stage(name, as_of) is not Stage.PREVIEW]
    if not live:
        message = f"{policy.source}: no version is live at {as_of:%Y-%m-%d}"
        raise pytest.UsageError(message)
    return live[-1]
