"""What the fixtures for other suites do."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from pytest_apiversion.core.errors import ApiVersionWarning, ContractBroken, PolicyError, ServiceUnreachable
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.versions.lifecycle import Stage
from pytest_apiversion.shell import POLICY_FILE
from pytest_apiversion.shell.execution.options import limited
from pytest_apiversion.shell.pytest_plugin.application_fixture import NOWHERE, named
from pytest_apiversion.shell.pytest_plugin.client import ApiClient
from pytest_apiversion.shell.pytest_plugin.contract_assertion import findings_of
from pytest_apiversion.shell.pytest_plugin.option_definitions import text_option
from pytest_apiversion.shell.pytest_plugin.session import session_of
from pytest_apiversion.shell.reporting.finding_text import finding_text
from pytest_apiversion.shell.reporting.masking import Cleaner
from pytest_apiversion.shell.target.load import Target, load_target
from pytest_apiversion.shell.texts.real_paths import is_file
from pytest_apiversion.shell.texts.suggestions import nearest
from pytest_apiversion.shell.transport.application_host import host_of
from pytest_apiversion.shell.transport.base_url import address
from pytest_apiversion.shell.transport.in_process import Host
from pytest_apiversion.shell.transport.requests_adapter import ApplicationAdapter, connect

if TYPE_CHECKING:
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.shell.transport.in_process import Application

_TARGET: pytest.StashKey[Target] = pytest.StashKey()
_HOSTS: pytest.StashKey[dict[int, Host]] = pytest.StashKey()


def suite_target(config: pytest.Config) -> Target:
    """The policy file the fixtures of a suite are about, with its contracts. Fails the test when there is none or it is wrong."""
    if _TARGET not in config.stash:
        session = session_of(config)
        path = _policy_path(config)
        if not is_file(path):
            _fail(f"no policy file {path}; name one with --apiversion-policy, or apiversion_policy in the ini file")
        try:
            target = load_target(path, os.environ, base_url=session.options.base_url, as_of=session.options.as_of)
        except PolicyError as error:
            _fail(str(error))
        if target.policy.app is not None and target.policy.base_url is None:
            target = replace(target, policy=replace(target.policy, base_url=NOWHERE))
        config.stash[_TARGET] = limited(target, session.options)
        session.known.update((*target.policy.versions, *target.policy.aliases))
    return config.stash[_TARGET]


def _policy_path(config: pytest.Config) -> Path:
    """A path on the command line is below the current directory, one in the ini file beside that file."""
    name = text_option(config, "policy") or POLICY_FILE
    if config.getoption("--apiversion-policy") is not None:
        return config.invocation_params.dir / name
    return (config.inipath.parent if config.inipath else config.rootpath) / name


def _fail(message: str) -> NoReturn:
    pytest.fail(message, pytrace=False)


def parametrise(metafunc: pytest.Metafunc) -> None:
    """Give `api_version` every version that answers and that the test's markers and `--apiversion-versions` admit.

    A test that parametrises `api_version` itself is left alone. Where there is no policy, or a marker names what is not in
    it, the test fails at its setup: an error in the midst of collecting would be told with the frames of other plugins.
    """
    try:
        _parametrise(metafunc)
    except pytest.fail.Exception as error:
        metafunc.parametrize("api_version", [Mistake(message=str(error.msg))], indirect=True, ids=["unknown"])


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """What `api_version` is where nobody can say what it should be."""

    message: str


def version_of(parameter: object) -> str:
    """The version that a parameter of `api_version` stands for. Fails the test where it stands for a mistake."""
    if isinstance(parameter, Mistake):
        _fail(parameter.message)
    return str(parameter)


def _parametrise(metafunc: pytest.Metafunc) -> None:
    for marker in metafunc.definition.iter_markers("parametrize"):
        names = marker.args[0] if marker.args else marker.kwargs.get("argnames", ())
        if "api_version" in ([name.strip() for name in names.split(",")] if isinstance(names, str) else names):
            return
    target = suite_target(metafunc.config)
    options = session_of(metafunc.config).options
    chosen = [
        name for name in target.policy.answering(options.as_of) if not options.versions or name in options.versions
    ]
    for marker in metafunc.definition.iter_markers("api_versions"):
        admitted = _admitted(target.policy, marker, options.as_of)
        chosen = [name for name in chosen if name in admitted]
    metafunc.parametrize("api_version", chosen, indirect=True, ids=chosen)


def _admitted(policy: Policy, marker: pytest.Mark, as_of: dt.datetime) -> list[str]:
    """The versions a marker admits, oldest first."""
    order = list(policy.versions)
    given = {name: value for name, value in marker.kwargs.items() if value is not None}
    if wrong := sorted(given.keys() - {"since", "until", "stages"}):
        _fail(f"@pytest.mark.api_versions: {wrong[0]}{nearest(wrong[0], ['since', 'until', 'stages'])}")
    bounds = [given[name] for name in ("since", "until") if name in given]
    if unknown := [name for name in (*marker.args, *bounds) if name not in order]:
        _fail(f"@pytest.mark.api_versions: no version is named {unknown[0]!r}{nearest(str(unknown[0]), order)}")
    stages = [stage.value for stage in Stage]
    wanted = given.get("stages", stages)
    wanted = [wanted] if isinstance(wanted, str) else wanted
    if unknown := [stage for stage in wanted if stage not in stages]:
        _fail(f"@pytest.mark.api_versions: no stage is named {unknown[0]!r}{nearest(str(unknown[0]), stages)}")
    first = order.index(given["since"]) if "since" in given else 0
    last = order.index(given["until"]) if "until" in given else len(order) - 1
    named = [name for name in order[first : last + 1] if not marker.args or name in marker.args]
    return [name for name in named if policy.stage(name, as_of).value in wanted]


@contextlib.contextmanager
def client_of(config: pytest.Config, request: pytest.FixtureRequest, base_url: str | None) -> Iterator[ApiClient]:
    """A session pinned to the test's version."""
    target, application = suite_target(config), request.getfixturevalue("api_app")
    if base_url is None and application is not None:
        base_url = NOWHERE
    if base_url is None:
        _fail(
            f"{target.policy.source}: api.base_url: missing; set it, give --apiversion-base-url, or override the fixture api_base_url or api_app"
        )
    target = replace(target, policy=replace(target.policy, base_url=base_url))
    with ApiClient(target, _version(config, request)) as client:
        try:
            connect(client, target.policy.limits.connection, base_url)
        except ServiceUnreachable as error:
            _fail(str(error))
        if application is not None:
            origin = address(base_url).origin
            client.mount(f"{origin}/", ApplicationAdapter(_host(config, application, origin, target.policy)))
        yield client


def suite_application(config: pytest.Config) -> Application | None:
    """The application the suite's policy names, or None. Fails the test when it cannot be imported."""
    try:
        return named(suite_target(config).policy)
    except PolicyError as error:
        _fail(str(error))


def _host(config: pytest.Config, application: Application, origin: str, policy: Policy) -> Host:
    """What asks an application; one for the whole session, and ended with it."""
    hosts = config.stash.setdefault(_HOSTS, {})
    if id(application) not in hosts:
        limits = policy.limits
        host = host_of(application, address(origin), timeout=limits.timeout, max_body=limits.max_body)
        session_of(config).opened(host)
        hosts[id(application)] = host
    return hosts[id(application)]


def asserter(config: pytest.Config, request: pytest.FixtureRequest) -> Callable[..., None]:
    """The function behind `assert_api_contract`."""
    options = session_of(config).options
    cleaner = Cleaner(suite_target(config).policy)

    def assert_contract(response: object, *, version: str | None = None) -> None:
        """Hold a response to the contract of its version and to the policy.

        Args:
            response: From requests, httpx, or a Django, Flask or Starlette test client.
            version: The version that was asked for; the test's version, or what the request says, where it is absent.

        What the policy wants to be warned of only is a warning, `ApiVersionWarning`, at the line of the call.

        Raises:
            ContractBroken: With every finding that is an error; also where a filter makes errors of warnings.
            ToolError: The response is none, or names no version.
        """
        __tracebackhide__ = True
        target = suite_target(config)
        asked = version or getattr(response, "api_version", None)
        if asked is None and "api_version" in request.fixturenames:
            asked = _version(config, request)
        findings = [cleaner.finding(each) for each in findings_of(target, response, asked, as_of=options.as_of)]
        broken = [each for each in findings if each.severity is Severity.ERROR]
        source = Path(target.policy.source).name
        try:
            for each in findings:
                if each.severity is Severity.WARNING:
                    warnings.warn(finding_text(each, source), ApiVersionWarning, stacklevel=2)
        finally:
            if broken:
                raise ContractBroken(broken, "\n\n".join(finding_text(each, source) for each in broken))

    return assert_contract


def _version(config: pytest.Config, request: pytest.FixtureRequest) -> str:
    if "api_version" in request.fixturenames:
        return str(request.getfixturevalue("api_version"))
    policy, options = suite_target(config).policy, session_of(config).options
    live = [
        name
        for name in policy.answering(options.as_of)
        if policy.stage(name, options.as_of) is not Stage.PREVIEW and (not options.versions or name in options.versions)
    ]
    if not live:
        _fail(f"{policy.source}: no version is live at {options.as_of:%Y-%m-%d}")
    return live[-1]
