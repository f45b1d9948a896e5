"""Our fixtures in a suite that is not ours: `foreign/`, run in a folder and a process of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import Spawn
from tests.plugin.small_api import SEED
from tests.thorough import some

_DAY = "--apiversion-today=2026-06-01"
_SEED = f"--hypothesis-seed={SEED}"
SHELF, CLIENTS, ITEMS = 23, 35, 5
"""What passes: tests of `test_shelf.py` and of `test_clients.py`, and items of the policy file."""


@pytest.fixture
def suite(warm: None, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A copy of the foreign suite."""
    shutil.copytree(
        Path(__file__).parent / "foreign",
        pytester.path,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    for name in ("SHELF_URL", "SHELF_KEY", "SHELF_BUG", "PYTEST_ADDOPTS"):
        monkeypatch.delenv(name, raising=False)
    return pytester


def _run(suite: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Pytest over the suite, or a part of it, in this process; it knows nothing of earlier runs."""
    return suite.runpytest_inprocess(_DAY, _SEED, "--apiversion-database=none", *arguments)


def _ids(result: pytest.RunResult) -> list[str]:
    return [line.partition("::")[2] for line in result.outlines if line.startswith("test_shelf.py::")]


def test_the_suite_passes(suite: pytest.Pytester, spawn: Spawn) -> None:
    """All fixtures, all markers, all clients; and the policy file beside the tests is held in the same run."""
    result = spawn(_DAY, _SEED)

    result.assert_outcomes(passed=SHELF + CLIENTS + ITEMS, skipped=1)
    result.stdout.fnmatch_lines(["*API versions: Shelf*"])


def test_the_suite_passes_in_two_processes(suite: pytest.Pytester, spawn: Spawn) -> None:
    """Parametrised tests are the same in every worker."""
    pytest.importorskip("xdist")

    files, passed, skipped = some(((), SHELF + CLIENTS + ITEMS, 1), (("test_clients.py",), CLIENTS, 0))

    spawn(_DAY, _SEED, "-n", "2", *files).assert_outcomes(passed=passed, skipped=skipped)


def test_the_suite_passes_where_files_stay_together(suite: pytest.Pytester, spawn: Spawn) -> None:
    """So are they where a file's tests stay on one worker."""
    pytest.importorskip("xdist")

    result = spawn(_DAY, _SEED, "-n", "2", "--dist", "loadscope", "apiversion.toml", "test_shelf.py")

    result.assert_outcomes(passed=SHELF + ITEMS, skipped=1)


def test_ids_name_the_versions(suite: pytest.Pytester) -> None:
    """A test that takes `api_version` comes once for each version that answers, and is called by it."""
    ids = _ids(_run(suite, "--collect-only", "-q", "test_shelf.py"))

    assert [each for each in ids if each.startswith("test_every_version")] == [
        "test_every_version[v1]",
        "test_every_version[v2]",
    ]
    assert {"test_beside_other_parameters[/books-v1]", "test_beside_other_parameters[v1-/books]"} & set(ids)
    assert {"test_named[v2]", "test_since[v2]", "test_until[v1]", "test_stages[v1]", "test_own_parameters[v9]"} <= set(
        ids
    )
    assert "test_policy" in ids


def test_versions_that_do_not_answer_are_left_out(suite: pytest.Pytester) -> None:
    """After its sunset a version is no parameter any more."""
    result = suite.runpytest_inprocess("--collect-only", "-q", "test_shelf.py", "--apiversion-today=2031-01-01")

    assert not [each for each in _ids(result) if "[v1" in each or "v1]" in each]


def test_versions_are_chosen_on_the_command_line(suite: pytest.Pytester) -> None:
    """`--apiversion-versions` chooses for the fixtures too; tests for other versions are skipped."""
    result = _run(suite, "test_shelf.py", "--apiversion-versions=v1", "-k", "every or named or until")

    result.assert_outcomes(passed=2, skipped=1, deselected=result.parseoutcomes()["deselected"])


def test_an_unknown_version_on_the_command_line(suite: pytest.Pytester) -> None:
    """A version the suite's policy has not ends the run."""
    result = _run(suite, "test_shelf.py", "--apiversion-versions=v7")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: --apiversion-versions: no version or alias is named 'v7'*"])


def test_a_defect_fails_the_tests_that_see_it(suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """The failure says what was expected, what came, where it is promised, and how to see it again."""
    monkeypatch.setenv("SHELF_BUG", "price")

    result = _run(suite, "test_shelf.py", "-k", "every or newest")

    result.assert_outcomes(passed=1, failed=2, deselected=result.parseoutcomes()["deselected"])
    result.stdout.re_match_lines(
        [
            r".*ContractBroken: AV301 .* · v2 GET /books/\{id\}",
            r".*expected  .*price.*",
            r".*received  200 .*Dune.*",
            r".*promised  shelf\.v2\.yaml .*\(apiversion\.toml\)",
            r".*repeat    curl .*/v2/books/b1.*\$SHELF_KEY.*",
        ]
    )


@pytest.mark.parametrize(
    ("action", "outcomes"),
    [
        pytest.param("default", {"passed": 2, "warnings": 1}, id="shown"),
        pytest.param("error", {"passed": 1, "failed": 1}, id="failing"),
    ],
)
def test_a_finding_that_warns_is_a_warning(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, action: str, outcomes: dict[str, int]
) -> None:
    """What the policy makes a warning fails nothing and is not dropped: pytest shows the finding; a filter makes it fail."""
    monkeypatch.setenv("SHELF_BUG", "price")
    with (suite.path / "apiversion.toml").open("a", encoding="utf-8") as policy:
        policy.write('\n[severity]\nAV301 = "warning"\n')

    result = _run(suite, "test_shelf.py", "-k", "every", f"-W{action}::pytest_apiversion.ApiVersionWarning")

    assert {name: count for name, count in result.parseoutcomes().items() if name != "deselected"} == outcomes
    result.stdout.re_match_lines(
        [r".*ApiVersionWarning: AV301 .* \[warning\] · v2 GET /books/\{id\}", r".*expected  .*price.*"]
    )


def test_an_error_is_not_hidden_by_a_warning(suite: pytest.Pytester) -> None:
    """Where warnings are errors, what breaks the contract is raised all the same, with the warning as its context."""
    with (suite.path / "apiversion.toml").open("a", encoding="utf-8") as policy:
        policy.write('\n[severity]\nAV501 = "warning"\n')
    suite.makepyfile(
        test_own="""
        import requests
        from pytest_apiversion import ApiVersionWarning, ContractBroken

        def test_both(assert_api_contract, api_client, api_version):
            response = api_client.get("/books")
            response.headers.clear()
            response._content = b"{}"
            try:
                assert_api_contract(response)
            except ContractBroken as error:
                print({each.code for each in error.findings}, type(error.__context__).__name__)
        """
    )

    result = _run(suite, "test_own.py", "-s", "-k", "v1", "-W", "error")

    result.stdout.re_match_lines([r".*AV301.* ApiVersionWarning"])


@pytest.mark.parametrize(
    ("marker", "said"),
    [
        ('"v3"', "no version is named 'v3'*v1, v2*"),
        ('since="v0"', "no version is named 'v0'*"),
        ('stages=["dead"]', "no stage is named 'dead'*"),
        ('sice="v1"', 'sice; did you mean "since"?'),
    ],
)
def test_a_marker_with_a_mistake_is_an_error(suite: pytest.Pytester, marker: str, said: str) -> None:
    """A marker that names nothing is said in a line, with the nearest name."""
    suite.makepyfile(test_own=f"import pytest\n@pytest.mark.api_versions({marker})\ndef test_x(api_version): pass\n")

    result = suite.runpytest_inprocess("test_own.py")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"@pytest.mark.api_versions: {said}"])
    assert "Traceback" not in result.stdout.str()


def test_a_suite_without_a_policy_file_is_told(suite: pytest.Pytester) -> None:
    """A fixture without a policy file says where it looked and what to do."""
    (suite.path / "apiversion.toml").unlink()

    result = _run(suite, "test_shelf.py", "-k", "policy or named")

    result.assert_outcomes(errors=2, deselected=result.parseoutcomes()["deselected"])

    result.stdout.fnmatch_lines(
        ["no policy file */apiversion.toml; name one with --apiversion-policy, or apiversion_policy in the ini file"]
    )
    assert "Traceback" not in result.stdout.str()


def test_the_policy_file_can_be_elsewhere(suite: pytest.Pytester) -> None:
    """A path on the command line is below the current directory; one in the ini file beside that file."""
    suite.mkdir("policy")
    for path in [*suite.path.glob("shelf.*.yaml"), suite.path / "apiversion.toml"]:
        path.rename(suite.path / "policy" / path.name)

    _run(suite, "test_shelf.py", "--apiversion-policy=policy/apiversion.toml").assert_outcomes(passed=SHELF, skipped=1)
    with (suite.path / "pytest.ini").open("a", encoding="utf-8") as ini:
        ini.write("apiversion_policy = policy/apiversion.toml\n")
    _run(suite, "test_shelf.py").assert_outcomes(passed=SHELF, skipped=1)


def test_a_live_server_of_a_fixture(suite: pytest.Pytester) -> None:
    """A suite whose server is a fixture overrides `api_base_url`, and its policy file needs no URL."""
    policy = suite.path / "apiversion.toml"
    policy.write_text(policy.read_text("utf-8").replace('base_url = "${SHELF_URL}"', ""), "utf-8")
    suite.makepyfile(
        test_live="""
        import os
        import pytest

        @pytest.fixture(scope="session")
        def api_base_url():
            return os.environ["SHELF_URL"]

        def test_live(api_version, api_client, assert_api_contract):
            assert_api_contract(api_client.get("/books"))
        """
    )

    _run(suite, "test_live.py").assert_outcomes(passed=2)


def test_a_client_without_a_url_is_told(suite: pytest.Pytester) -> None:
    """Without any base URL there is nobody to ask."""
    policy = suite.path / "apiversion.toml"
    policy.write_text(policy.read_text("utf-8").replace('base_url = "${SHELF_URL}"', ""), "utf-8")

    result = _run(suite, "test_shelf.py", "-k", "newest")

    result.assert_outcomes(errors=1, deselected=result.parseoutcomes()["deselected"])
    result.stdout.fnmatch_lines(
        [
            "*apiversion.toml: api.base_url: missing; set it, give --apiversion-base-url, or override the fixture api_base_url*"
        ]
    )
