"""`--apiversion-explain`: what a check is about, without a policy file and without a run."""

from __future__ import annotations

import io

import pytest

from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.commands.explain import explain


@pytest.mark.parametrize("check", checks(), ids=lambda check: check.code)
def test_every_check_is_explained(check: Check) -> None:
    """Code, promise and name; more than a line of what it asks; how to weigh it otherwise; no id that only its authors know."""
    out = io.StringIO()

    assert explain(check.code, out) == 0
    head, *rest = out.getvalue().rstrip("\n").split("\n\n")
    assert head == f"{check.code} {check.title} ({check.name})"
    assert len(rest) >= 2
    assert rest[-1].startswith(f"A finding weighs as {check.severity.value}; {check.code} under [severity]")
    assert max(map(len, out.getvalue().splitlines())) <= 100
    assert not any(row in out.getvalue() for row in ("POL-", "SEL-", "CON-", "ERR-", "DEP-", "SUN-"))


@pytest.mark.parametrize("name", ["AV103", "av103", " AV103 ", "notice-window", "Notice-Window"])
def test_a_check_has_a_code_and_a_name(name: str) -> None:
    """Either will do, in any case."""
    out = io.StringIO()
    explain(name, out)

    assert out.getvalue().startswith("AV103 notice before the end (notice-window)\n\nBetween the start")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("AV1O3", "no check is called 'AV1O3'; did you mean \"AV1", id="code"),
        pytest.param("notice-windw", 'did you mean "notice-window"?', id="name"),
        pytest.param("", "no check is called '' (known: version-order, ", id="nothing"),
    ],
)
def test_a_check_nobody_knows(name: str, said: str) -> None:
    """What is no check is said with the nearest that is one."""
    with pytest.raises(pytest.UsageError) as caught:
        explain(name, io.StringIO())

    assert said in str(caught.value)


def test_nothing_runs(pytester: pytest.Pytester) -> None:
    """Whatever else is asked for, the explanation is all that comes, and the exit code is 0."""
    pytester.makepyfile("def test_one(): open('ran', 'w').close()")

    result = pytester.runpytest_inprocess("--apiversion-explain=AV700")

    assert result.ret == 0
    assert result.outlines[0].startswith("AV700 ")
    assert not (pytester.path / "ran").exists()


def test_a_slip_is_a_usage_error(pytester: pytest.Pytester) -> None:
    """Pytest's own way to say that a command line is wrong."""
    result = pytester.runpytest_inprocess("--apiversion-explain=AV70O")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: --apiversion-explain: no check is called 'AV70O'*did you mean*"])
