"""The pytest hooks and fixtures; each body is one call into the shell.

A suite without a policy file pays for this module and nothing else: all of the shell but the option names is imported when needed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_apiversion.shell.processes import early_interrupts, plain_imports
from pytest_apiversion.shell.pytest_plugin import hookspecs
from pytest_apiversion.shell.pytest_plugin.option_definitions import (
    CLEANED,
    COLLECTED,
    MARKERS,
    REFUSAL,
    add_options,
    any_given,
    begin,
    collects,
    in_play,
    is_policy_file,
    left_out,
    take_in_additions,
)

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.created import Created
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.shell.pytest_plugin.client import ApiClient
    from pytest_apiversion.shell.pytest_plugin.collection import PolicyFile

early_interrupts.end_quietly()
plain_imports.install()


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """The hooks by which a suite adds checks, carriers and dialects of its own."""
    pluginmanager.add_hookspecs(hookspecs)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options and their ini twins; before pytest takes hold of the standard files, those that are closed."""
    add_options(parser)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """The report of an earlier run goes before anything can end this one, so that nobody takes it for this one's."""
    begin(early_config)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """The markers, and the hooks that need the configuration; wrong options end the run here."""
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    config.pluginmanager.register(Reports(config), "apiversion-reports")
    take_in_additions(config)
    if any_given(config):
        from pytest_apiversion.shell.pytest_plugin.options import check_options  # noqa: PLC0415  only a suite with options pays

        check_options(config)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """An explanation that is asked for is given, and nothing runs."""
    early_interrupts.session_begins()
    if (code := config.getoption("--apiversion-explain")) is None:
        return None
    take_in_additions(config)
    from pytest_apiversion.shell.commands.explain import explain  # noqa: PLC0415  only who asks pays

    return explain(code, sys.stdout)


pytest_collection = pytest.hookimpl(tryfirst=True)(early_interrupts.run_begins)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> PolicyFile | None:
    """Policy files are collected like test files."""
    if not collects(parent.config, file_path.name):
        return None
    parent.config.stash[COLLECTED] = True
    early_interrupts.hear_once(parent.config.invocation_params.args)
    from pytest_apiversion.shell.pytest_plugin import collection  # noqa: PLC0415  only a suite with a policy file pays

    return collection.PolicyFile.from_parent(parent, path=file_path)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`api_version` takes every version that answers."""
    if "api_version" in metafunc.fixturenames:
        from pytest_apiversion.shell.pytest_plugin.fixtures import parametrise  # noqa: PLC0415  only a suite that asks pays

        parametrise(metafunc)


class Reports:
    """The hooks that take in what items found, in whichever process they ran."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._refusals: list[str] = []

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Every version that was asked for is one that some policy has; of a shard of the run, the rest is left out."""
        if in_play(self._config):
            from pytest_apiversion.shell.pytest_plugin.hooks import check_names, keep_shard  # noqa: PLC0415  see above

            check_names(self._config, items)
            keep_shard(self._config, items)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Iterator[None]:
        """What an item found travels in its report."""
        outcome: Any = yield
        if in_play(self._config):
            from pytest_apiversion.shell.pytest_plugin.hooks import annotate  # noqa: PLC0415  see above

            annotate(item, outcome.get_result())

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item, nextitem: pytest.Item | None) -> None:
        """What the run created is put away after the last item."""
        if in_play(self._config):
            from pytest_apiversion.shell.pytest_plugin.hooks import put_away  # noqa: PLC0415  see above

            put_away(item, nextitem)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> None:
        """Take down what is to run."""
        if in_play(self._config):
            from pytest_apiversion.shell.pytest_plugin.hooks import select  # noqa: PLC0415  see above

            select(self._config, [item.nodeid for item in session.items])

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Take down what workers are to run: one that dies tells nothing more."""
        if any(is_policy_file(each.partition("::")[0].rpartition("/")[2]) for each in ids):
            from pytest_apiversion.shell.pytest_plugin.hooks import select  # noqa: PLC0415  see above

            select(self._config, ids)

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> Iterator[None]:
        """Take in what a report carries, that there is one, and how others told it."""
        payload = getattr(report, "apiversion", None)
        if payload:
            from pytest_apiversion.shell.pytest_plugin.hooks import receive  # noqa: PLC0415  see above

            receive(self._config, report, payload)
        if in_play(self._config):
            from pytest_apiversion.shell.pytest_plugin.hooks import hear  # noqa: PLC0415  see above

            hear(self._config, report)
        yield
        if payload:
            from pytest_apiversion.shell.pytest_plugin.hooks import received  # noqa: PLC0415  see above

            received(self._config, report, payload)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Iterator[None]:
        """Draw nothing more, and show where the run was."""
        with early_interrupts.pressed_in_vain():
            from pytest_apiversion.shell.pytest_plugin.interrupts import told  # noqa: PLC0415  see above

        with told(self._config, excinfo, ours=in_play(self._config) or COLLECTED in self._config.stash):
            return (yield)

    @pytest.hookimpl(tryfirst=True, specname="pytest_sessionfinish")
    def ending(self) -> None:
        """From the end of the items on, Ctrl-C keeps nothing from being told."""
        if in_play(self._config):
            from pytest_apiversion.shell.pytest_plugin.hooks import begin_end  # noqa: PLC0415  see above

            begin_end(self._config)

    @pytest.hookimpl(hookwrapper=True, trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Iterator[None]:
        """Tell failures by their causes, before anybody writes them; close connections; judge a strict run."""
        if in_play(self._config):
            from pytest_apiversion.shell.pytest_plugin.hooks import retell  # noqa: PLC0415  see above

            retell(self._config)
        yield
        if self._refusals:
            session.exitstatus = pytest.ExitCode.USAGE_ERROR
        if in_play(self._config):
            from pytest_apiversion.shell.pytest_plugin.hooks import finish  # noqa: PLC0415  see above

            finish(session)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter, exitstatus: int) -> None:
        """The page after the run, or why there is none."""
        for refusal in dict.fromkeys(self._refusals):
            terminalreporter.write_line(f"ERROR: {refusal}", red=True)
        if in_play(self._config):
            from pytest_apiversion.shell.pytest_plugin.hooks import summarise  # noqa: PLC0415  see above

            summarise(terminalreporter)
        elif left_out(self._config, exitstatus):
            from pytest_apiversion.shell.pytest_plugin.uncollected import tell_uncollected  # noqa: PLC0415  see above

            tell_uncollected(terminalreporter, exitstatus)

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Workers begin at the same moment, draw the same, and know how items come."""
        from pytest_apiversion.shell.pytest_plugin.xdist_scheduling import tell_worker  # noqa: PLC0415  as below

        tell_worker(self._config, node)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> Any:
        """Under `--dist loadgroup` the items of a resource, or of an operation, go to one worker in all versions."""
        from pytest_apiversion.shell.pytest_plugin.xdist_scheduling import make_scheduler  # noqa: PLC0415  only a run on workers pays

        return make_scheduler(config, log)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """What a worker refused to run, the whole run does; what it left behind is told."""
        output = getattr(node, "workeroutput", {})
        self._refusals += filter(None, [output.get(REFUSAL)])
        if CLEANED in output:
            from pytest_apiversion.shell.pytest_plugin.hooks import take_over  # noqa: PLC0415  see above

            take_over(self._config, output)


@pytest.fixture(scope="session")
def api_policy(pytestconfig: pytest.Config) -> Policy:
    """The policy of the suite: `--apiversion-policy`, else `apiversion.toml` in the root directory."""
    from pytest_apiversion.shell.pytest_plugin.fixtures import suite_target  # noqa: PLC0415  only a suite that asks pays

    return suite_target(pytestconfig).policy


@pytest.fixture(scope="session")
def api_base_url(api_policy: Policy) -> str | None:
    """Where the suite's API answers: the policy's word. Override it where only a fixture knows (a live server)."""
    return api_policy.base_url


@pytest.fixture(scope="session")
def api_app(pytestconfig: pytest.Config) -> Any:
    """The application that is asked in this process instead of a base URL, if any: the policy's `api.app`.

    Override it, at session scope, where a fixture makes the application; the items of policy files around it take it too.
    """
    from pytest_apiversion.shell.pytest_plugin.fixtures import suite_application  # noqa: PLC0415  only a suite that asks pays

    return suite_application(pytestconfig)


@pytest.fixture(scope="session")
def api_cleanup() -> Callable[[Created], bool] | None:
    """How a suite puts away what the run created: a function of one `Created` that gives true where it did.

    Override it, at session scope; the items of policy files around it take it. None leaves all to the contracts.
    """
    return None


@pytest.fixture(scope="session")
def api_version(request: pytest.FixtureRequest) -> str:
    """Every version that answers, one after the other; `@pytest.mark.api_versions` chooses among them."""
    from pytest_apiversion.shell.pytest_plugin.fixtures import version_of  # noqa: PLC0415  only a suite that asks pays

    return version_of(request.param)


@pytest.fixture
def api_client(
    pytestconfig: pytest.Config, request: pytest.FixtureRequest, api_base_url: str | None
) -> Iterator[ApiClient]:
    """A `requests.Session` pinned to `api_version` (the newest live version where a test does not take it)."""
    from pytest_apiversion.shell.pytest_plugin.fixtures import client_of  # noqa: PLC0415  only a suite that asks pays

    with client_of(pytestconfig, request, api_base_url) as client:
        yield client


@pytest.fixture
def assert_api_contract(pytestconfig: pytest.Config, request: pytest.FixtureRequest) -> Callable[..., None]:
    """`assert_api_contract(response)` holds a response to its version's contract and to the policy; see the guide."""
    from pytest_apiversion.shell.pytest_plugin.fixtures import asserter  # noqa: PLC0415  only a suite that asks pays

    return asserter(pytestconfig, request)
