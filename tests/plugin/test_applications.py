"""A policy file over an application in this process: named in the file, or given by a fixture."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.plugin.small_api import SECRET, SEED, TODAY, write_suite

APPLICATION = f"""
import datetime as dt, sys
sys.path.append({str(Path(__file__).parents[2])!r})
from tests.plugin.small_api import SmallApi

def make(*bugs):
    return SmallApi(today=dt.datetime(2026, 6, 1, tzinfo=dt.UTC), bugs=frozenset(bugs))

honest = make()

def buggy():
    return make("nameless")
"""


def suite(pytester: pytest.Pytester, api: str, conftest: str = "") -> None:
    """A suite over an application, with what stands in `[api]` and in its conftest.py."""
    write_suite(pytester.path)
    path = pytester.path / "apiversion.toml"
    path.write_text(path.read_text("utf-8").replace('base_url = "${SMALL_URL}"', api), "utf-8")
    pytester.makepyfile(shop=APPLICATION)
    if conftest:
        pytester.makeconftest(conftest)


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Pytest in this process, as of the day of the application; it knows nothing of earlier runs."""
    given = (f"--apiversion-today={TODAY}", f"--hypothesis-seed={SEED}", "--apiversion-database=none")
    return pytester.runpytest_inprocess(*given, *arguments)


def test_the_policy_names_it(pytester: pytest.Pytester) -> None:
    """`api.app` is imported and asked; no base URL is needed."""
    suite(pytester, 'app = "shop:honest"')

    result = run(pytester, "apiversion.toml", "--apiversion-strict")

    result.assert_outcomes(passed=9)
    assert result.ret == pytest.ExitCode.OK


def test_a_finding_can_be_repeated_in_one_paste(pytester: pytest.Pytester, python: str) -> None:
    """A factory is called; a finding names a command that asks the application the same, without the key in it."""
    suite(pytester, 'app = "shop:buggy"')

    result = run(pytester, "apiversion.toml", "-k", "GET and things")

    line = next(line for line in result.outlines if "apiversion send shop:buggy" in line)
    assert SECRET not in result.stdout.str()
    command = line[line.index("apiversion send") :].replace("apiversion send", f"{python} -c '{_MAIN}' send", 1)
    answer = subprocess.run(["/bin/sh", "-c", command], cwd=pytester.path, capture_output=True, text=True, check=True)
    assert answer.stdout.startswith("HTTP/1.1 200")


_MAIN = "import sys; from pytest_apiversion.cli import main; sys.exit(main())"


def test_a_fixture_gives_it(pytester: pytest.Pytester) -> None:
    """`api_app` of a conftest.py is asked, also where the policy has no base URL."""
    suite(pytester, "", GIVEN.format(scope='(scope="session")', bugs='"nameless"'))

    result = run(pytester, "apiversion.toml", "-k", "GET and things")

    result.stdout.fnmatch_lines(["*AV301*"])


GIVEN = """
import pytest
import shop

@pytest.fixture{scope}
def api_app():
    return shop.make({bugs})
"""


def test_a_fixture_of_a_test_is_refused(pytester: pytest.Pytester) -> None:
    """An application made anew for each test is a mistake of the suite, told in a sentence."""
    suite(pytester, "", GIVEN.format(scope="", bugs=""))

    result = run(pytester, "apiversion.toml", "-k", "GET and things")

    result.stdout.fnmatch_lines(['*the fixture api_app is of scope "function": expected "session"*'])


def test_a_base_url_of_the_run_goes_first(pytester: pytest.Pytester) -> None:
    """`--apiversion-base-url` is where the run asks, whatever application there is."""
    suite(pytester, 'app = "shop:honest"')

    result = run(pytester, "apiversion.toml", "-k", "GET and things", "--apiversion-base-url=http://127.0.0.1:9")

    result.stdout.fnmatch_lines(["*http://127.0.0.1:9 cannot be reached*"])


@pytest.mark.parametrize(
    ("app", "told"),
    [
        ("shop", '*api.app: expected "package.module:attribute", got "shop"*'),
        ("shop:honst", '*api.app: shop has no honst; did you mean "honest"?*'),
        ("shap:honest", "*api.app: shap could not be imported (ModuleNotFoundError*"),
        ("shop:dt", "*api.app: expected a WSGI or ASGI application, or a factory of one, got module*"),
    ],
)
def test_a_wrong_name(pytester: pytest.Pytester, app: str, told: str) -> None:
    """What is no application is a mistake of the policy file, with its place."""
    suite(pytester, f'app = "{app}"')

    result = run(pytester, "apiversion.toml")

    result.stdout.fnmatch_lines([told])
    assert result.ret == pytest.ExitCode.INTERRUPTED


def test_the_client_asks_it(pytester: pytest.Pytester) -> None:
    """The fixture `api_client` asks the application too."""
    suite(pytester, 'app = "shop:honest"')
    pytester.makepyfile(
        test_things="""
        def test_things(api_version, api_client, assert_api_contract):
            response = api_client.get("/things")
            assert response.json()
            assert_api_contract(response)
        """
    )

    result = run(pytester, "test_things.py")

    result.assert_outcomes(passed=2)
