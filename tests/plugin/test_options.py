"""Options and their ini twins: each one does what it says, and a wrong value ends the run before it begins."""

from __future__ import annotations

import re
import time

import pytest

from tests.plugin.conftest import Small, Start


def _give(small: Small, how: str, name: str, value: str) -> tuple[str, ...]:
    """The option on the command line, or in the ini file."""
    if how == "option":
        return (f"--apiversion-{name}={value}",)
    ini = f"[pytest]\napiversion_{name.replace('-', '_')} = {value}\n"
    small.pytester.path.joinpath("pytest.ini").write_text(ini, "utf-8")
    return ()


both = pytest.mark.parametrize("how", ["option", "ini"])


@both
def test_base_url_goes_over_the_policy_file(small: Small, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """The API is where the option says, even where the policy file's variable is not set."""
    monkeypatch.delenv("SMALL_URL")

    small.run("-k", "router", *_give(small, how, "base-url", small.url)).assert_outcomes(passed=2, deselected=7)


@both
def test_versions_are_held_alone(small: Small, how: str) -> None:
    """Only the named versions are held; the policy itself always is."""
    result = small.run("--collect-only", "-q", *_give(small, how, "versions", "v2"))

    assert {line.split("::")[1] for line in result.outlines if "::" in line} == {"policy", "v2"}


@both
def test_an_unknown_version_is_a_usage_error(small: Small, how: str) -> None:
    """A version no policy has ends the run with the nearest name there is."""
    result = small.run(*_give(small, how, "versions", "v1, V2"))

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        ["ERROR: --apiversion-versions: no version or alias is named 'V2'; did you mean \"v2\"?"]
    )
    assert small.api.requests == []


def test_a_version_of_another_policy_is_no_usage_error(small: Small) -> None:
    """Of several policy files it is enough that one has the version."""
    other = (small.pytester.path / "apiversion.toml").read_text("utf-8").replace("v2", "v3")
    (small.pytester.path / "v3.json").write_text(
        (small.pytester.path / "v2.json").read_text("utf-8").replace("v2", "v3"), "utf-8"
    )
    (small.pytester.path / "other.apiversion.toml").write_text(other, "utf-8")

    result = small.run("--collect-only", "-q", "--apiversion-versions=v3")

    assert result.ret == 0
    assert {line.split("::")[1] for line in result.outlines if "::" in line} == {"policy", "v3"}


@both
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("today", "tomorrow", "expected a date such as 2026-06-01*, got 'tomorrow'"),
        ("today", "2026-02-30", "expected a date*, got '2026-02-30'"),
        ("today", "9999-12-31T23:59:59-10:00", "expected a date*"),
        ("max-examples", "many", "expected a number, got 'many'"),
        ("max-examples", "0", "expected a number above 0, got '0'"),
        ("rate", "-1", "expected a number above 0, got '-1'"),
        ("rate", "nan", "expected a number above 0, got 'nan'"),
        ("concurrency", "0", "expected a number above 0, got '0'"),
        ("rate", "inf", "expected a number above 0, got 'inf'"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_a_wrong_value_is_a_usage_error(small: Small, how: str, name: str, value: str, said: str) -> None:
    """A value that is none is said in one line, and nothing runs."""
    result = small.run(*_give(small, how, name, value), today=None)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: --apiversion-{name}: {said}"])
    assert small.api.requests == []


def test_a_wrong_seed_is_a_usage_error(small: Small) -> None:
    """Hypothesis takes any text for a seed; a run that is to be repeated needs a number."""
    result = small.run("--hypothesis-seed=seven")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: --hypothesis-seed: expected a number, got 'seven'"])


@pytest.mark.parametrize(
    ("how", "today", "column"),
    [
        pytest.param("option", "2026-02-28", "live", id="before the deprecation"),
        pytest.param("option", "2026-03-01", "deprecated", id="the day of the deprecation"),
        pytest.param("option", "2026-11-30T23:59:59Z", "deprecated", id="the last second"),
        pytest.param("option", "2026-12-01", "sunset", id="the day of the sunset"),
        pytest.param("ini", "2026-12-01", "sunset", id="the ini file"),
    ],
)
def test_today_changes_what_is_expected(start: Start, how: str, today: str, column: str) -> None:
    """Over a deprecation and a sunset, the same API moved along is held to something else, and holds."""
    small = start(today=today)

    result = small.run(*_give(small, how, "today", today), today=None)

    assert result.ret == 0
    result.assert_outcomes(passed=8 if column == "sunset" else 9)
    result.stdout.re_match_lines([rf" +{column} +live$"])


@pytest.mark.parametrize(
    ("lives", "today", "code"),
    [
        pytest.param("2026-02-28", "2026-03-02", "AV501", id="no notice after the deprecation"),
        pytest.param("2026-06-01", "2026-02-28", "AV502", id="a notice before the deprecation"),
        pytest.param("2026-06-01", "2026-12-02", "AV601", id="answers after the sunset"),
        pytest.param("2026-12-02", "2026-06-01", "AV604", id="gone before the sunset"),
    ],
)
def test_an_api_left_behind_is_found(start: Start, lives: str, today: str, code: str) -> None:
    """An API that does not move with the date breaks what the date promises."""
    result = start(today=lives).run("-k", "v1", today=today)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.re_match_lines([rf"{code} .*BROKEN \d.*"])


@both
def test_max_examples_draws_more(small: Small, how: str) -> None:
    """More drawn requests are more requests, of the drawn kind only."""
    item = "apiversion.toml::v2::POST /things"
    small.run(item).assert_outcomes(passed=1)
    few = sum(request.startswith("POST /v2/things?") for request in small.api.requests)
    small.api.requests.clear()

    small.run(item, *_give(small, how, "max-examples", "20")).assert_outcomes(passed=1)

    assert sum(request.startswith("POST /v2/things?") for request in small.api.requests) >= few + 15


@both
def test_rate_slows_down(small: Small, how: str) -> None:
    """Requests a second are no more than said."""
    start = time.monotonic()
    small.run("apiversion.toml::v2::router", *_give(small, how, "rate", "40")).assert_outcomes(passed=1)

    assert len(small.api.requests) / (time.monotonic() - start) <= 45


@both
def test_concurrency_changes_nothing_but_the_speed(small: Small, how: str) -> None:
    """Items that follow each other and items that are begun early give the same outcomes and the same verdicts."""
    verdicts = []
    for number in ("1", "8"):
        result = small.run("-k", "v2", *_give(small, how, "concurrency", number))
        cells = [re.findall(r"held|BROKEN|not exercised|·", line) for line in result.outlines if line.startswith("AV")]
        verdicts.append((result.parseoutcomes(), cells))

    assert verdicts[0] == verdicts[1]


UNSEEN = """
[[headers]]
name = "Retry-After"
on = [429]
"""
"""A promise about an answer nobody gets."""


@both
def test_strict_fails_for_what_was_not_exercised(start: Start, how: str) -> None:
    """A promise nothing could show fails a strict run, and is named."""
    small = start(more=UNSEEN)

    result = small.run(*(_give(small, how, "strict", "true") if how == "ini" else ["--apiversion-strict"]))

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.assert_outcomes(passed=9)
    result.stdout.fnmatch_lines(
        [
            "*not exercised, under --apiversion-strict*",
            "Small: v1: AV701 promised headers",
            "Small: v2: AV701 promised headers",
        ]
    )


def test_what_was_not_exercised_is_shown(start: Start) -> None:
    """Without the flag a promise nothing could show is only shown."""
    loose = start(more=UNSEEN).run()

    assert loose.ret == 0
    loose.assert_outcomes(passed=9)
    loose.stdout.re_match_lines([r"AV701 .* not exercised +not exercised$"])


def test_strict_is_about_each_whole_version(start: Start) -> None:
    """A version selected alone is whole, and the lock, which belongs to the policy, is not asked for with it."""
    result = start(more=UNSEEN).run("--apiversion-strict", "apiversion.toml::v2")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert [line for line in result.outlines if line.startswith("Small: ")] == ["Small: v2: AV701 promised headers"]


def test_strict_passes_when_all_was_exercised(small: Small) -> None:
    """A strict run in which every promise was shown is green."""
    result = small.run("--apiversion-strict")

    assert result.ret == 0
    result.assert_outcomes(passed=9)


def test_strict_is_about_whole_versions(start: Start) -> None:
    """Under `-k` most promises have nothing behind them, which is nobody's fault."""
    result = start(more=UNSEEN).run("--apiversion-strict", "-k", "POST")

    assert result.ret == 0
    result.assert_outcomes(passed=2, deselected=7)


@pytest.mark.parametrize(("arguments", "skipped"), [((), 2), (("--apiversion-all-methods",), 0)], ids=["safe", "all"])
def test_unsafe_methods_stay_at_home(small: Small, arguments: tuple[str, ...], skipped: int) -> None:
    """To another host only safe methods are sent, unless the run says otherwise; what was not tried is said."""
    result = small.run(f"--apiversion-base-url={_elsewhere(small)}", *arguments)

    result.assert_outcomes(passed=9 - skipped, skipped=skipped)
    assert any(request.startswith("POST ") for request in small.api.requests) == (not skipped)
    if skipped:
        result.stdout.re_match_lines(
            [
                r"note: not tried: POST is unsafe and http://.* is another machine \(--apiversion-all-methods sends it\): v1 POST /things, v2.*"
            ]
        )


def test_all_methods_has_an_ini_twin(small: Small) -> None:
    """The ini file can say it as well."""
    result = small.run(
        f"--apiversion-base-url={_elsewhere(small)}", "-k", "POST", *_give(small, "ini", "all-methods", "true")
    )

    result.assert_outcomes(passed=2, deselected=7)


def _elsewhere(small: Small) -> str:
    """The same API under a name that is not known to be this machine: an address as `inet_aton` reads them."""
    return small.url.replace("127.0.0.1", "127.1")


def test_options_cost_nothing_when_wrong_files_are_elsewhere(pytester: pytest.Pytester) -> None:
    """A date in the ini file of a suite without a policy file is checked, and that is all."""
    pytester.makeini("[pytest]\napiversion_today = 2026-06-01\n")
    pytester.makepyfile("def test_one(): pass")

    pytester.runpytest_inprocess().assert_outcomes(passed=1)


def _sent(small: Small, seed: str) -> list[str]:
    """What a run with a seed sends, but for identifiers, which depend on what was created first."""
    small.api.requests.clear()
    small.api.things = {"t1": "one"}
    small.run(f"--hypothesis-seed={seed}", "-k", "v2 and things").assert_outcomes(passed=3, deselected=6)
    return sorted(re.sub(r"/t[0-9]+\?", "/ID?", request) for request in small.api.requests)


def test_a_seed_repeats_a_run(small: Small) -> None:
    """Hypothesis' own option decides what is drawn: the same seed sends the same requests, another one others."""
    assert _sent(small, "7") == _sent(small, "7") != _sent(small, "8")
