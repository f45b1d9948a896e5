"""Wrong input to the whole plugin: each ends in a clear error or finding within its bound, never in a traceback, never green."""

from __future__ import annotations

import time

import pytest

from tests.plugin.small_api import POLICY, SEED, write_suite
from tests.shell.hostile import answering, hostile, refusing, reply, serving

_BOUND = 20.0
"""Seconds; nine items of a dozen requests each would take minutes if each waited for its own time limit."""


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """A suite with small limits."""
    policy = POLICY.replace("timeout = 2.0", "timeout = 0.5\nmax_body = 100000")
    write_suite(pytester.path, policy=policy)
    return pytester


def _run(suite: pytest.Pytester, url: str, *arguments: str) -> tuple[pytest.RunResult, str]:
    """A run against a URL, ended in time and without a traceback."""
    start = time.monotonic()
    given = (f"--apiversion-base-url={url}", "--apiversion-today=2026-06-01", f"--hypothesis-seed={SEED}")
    result = suite.runpytest_inprocess(*given, *arguments)
    said = result.stdout.str() + result.stderr.str()
    assert time.monotonic() - start < _BOUND
    assert "Traceback" not in said
    assert "INTERNALERROR" not in said
    return result, said


_AGAIN = "*did not answer 3 requests in a row within 0.5 s; the rest was not tried"
_ANSWERS = "AV700 no usable answer: "


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("hangs", f"not tried: {_AGAIN}"),
        ("drips-body", f"not tried: {_AGAIN}"),
        ("drips-open-body", f"not tried: {_AGAIN}"),
        ("endless-interim", f"{_ANSWERS}the answer could not be read"),
        ("closes", f"{_ANSWERS}the connection was closed without an answer"),
        ("garbage", f"{_ANSWERS}the answer could not be read"),
        ("truncated", f"{_ANSWERS}the answer could not be read"),
        ("bad-gzip", f"{_ANSWERS}the answer could not be read"),
        ("50mb", f"{_ANSWERS}the answer is larger than the limit"),
        ("endless", f"{_ANSWERS}the answer is larger than the limit"),
    ],
    ids=lambda value: value if " " not in value else "",
)
def test_a_hostile_server(suite: pytest.Pytester, kind: str, line: str) -> None:
    """Whatever a server does instead of answering, no item that asked it passes, and the reason is one line."""
    with hostile(kind) as url:
        result, _ = _run(suite, url)

    result.assert_outcomes(passed=1, failed=8)
    result.stdout.fnmatch_lines([line])


def test_a_server_that_is_not_there(suite: pytest.Pytester) -> None:
    """It is said once, and nothing is called held but what the policy file says by itself."""
    with refusing() as url:
        result, said = _run(suite, url)

    result.assert_outcomes(passed=1, failed=1, skipped=7)
    result.stdout.fnmatch_lines([f"not tried: {url} cannot be reached: *", "*v2: 4 of 4 items: *not tried*"])
    assert [line[:4] for line in said.splitlines() if "held" in line and not line.startswith("AV1")] == []


def test_a_server_that_dies_in_the_middle(suite: pytest.Pytester) -> None:
    """What was tried before stands; the rest is said not to have been tried, and the run fails."""
    with hostile("dies") as url:
        result, _ = _run(suite, url, "-v")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines([f"not tried: {url} stopped answering after * exchanges: *"])
    result.stdout.re_match_lines([r"AV200 .*not run +not run$"])


def test_a_server_that_fails_on_everything(failing: pytest.RunResult) -> None:
    """A 500 on everything is a finding of every item, told once for all of them."""
    failing.assert_outcomes(passed=1, failed=8)
    failing.stdout.re_match_lines(
        [
            r"AV402 every request gets 500$",
            r"  at        v1 GET /things and 7 more: .*",
            r"  seen      \d+ times; 500; .*",
        ]
    )
    assert len(failing.outlines) < 240


def test_a_server_that_answers_json_to_everything(suite: pytest.Pytester) -> None:
    """A server that answers 200 to whatever it is asked keeps no promise about versions."""
    with serving(answering(reply(b'{"fine": true}'))) as server:
        result, _ = _run(suite, server.base_url)

    result.assert_outcomes(passed=3, failed=6)
    result.stdout.re_match_lines([r"AV203 an unknown version is accepted .*"])


@pytest.mark.parametrize(
    "url",
    [
        "ftp://localhost/",
        "localhost:8000",
        "http://",
        "http://[",
        "http://user:hunter22@localhost",
        "http://localhost?x=1",
    ],
)
def test_a_base_url_that_is_none(suite: pytest.Pytester, url: str) -> None:
    """A base URL nobody can be asked at is a usage error, without the password in it."""
    result, said = _run(suite, url)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: --apiversion-base-url: expected scheme, host, port and path*"])
    assert "hunter22" not in said


def test_a_host_nobody_knows(suite: pytest.Pytester) -> None:
    """A name that leads nowhere is a service that cannot be reached."""
    result, _ = _run(suite, "http://no-such-host.invalid")

    result.assert_outcomes(passed=1, failed=1, skipped=7)
    result.stdout.fnmatch_lines(["not tried: http://no-such-host.invalid cannot be reached*"])


MISTAKES = """
[api]
name = "Small"
base_url = "${NOT_SET_ANYWHERE}"
speed = 3

[versioning]
scheme = "vNN"
carriers = ["path"]
path = { template = "/{version}" }

[versions.v1]
contract = "v9.json"
released = 2025-13-01
sunset = "soon"
successor = "v3"

[versions.v2]
contract = "v2.json"
"""


def test_mistakes_of_a_policy_file_are_one_collection_error(suite: pytest.Pytester) -> None:
    """Every mistake, in one error of one file, with its place; the tests beside it run."""
    write_suite(suite.path, policy=MISTAKES)
    suite.makepyfile("def test_beside(): pass")

    result = suite.runpytest_inprocess("--continue-on-collection-errors")

    result.assert_outcomes(errors=1, passed=1)
    said = result.stdout.str()
    for part in (
        "api.base_url: *NOT_SET_ANYWHERE",
        "api.speed",
        "versioning.scheme",
        "versions.v1.released",
        "versions.v1.sunset",
    ):
        result.stdout.fnmatch_lines([f"*{part}*"])
    assert "Traceback" not in said
    assert "apiversion.toml: " in said
    assert str(suite.path / "apiversion.toml") not in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(None, "*v1.contract*no such file*v1.json*", id="missing"),
        pytest.param(b"\xff\xfe", "*v1.json*", id="not text"),
        pytest.param(b"{", "*v1.json*", id="not JSON"),
        pytest.param(b"[]", "*v1.json*", id="no document"),
        pytest.param(b'{"openapi": "3.1.0", "info": {}, "paths": {}}', "*v1.json*", id="empty"),
    ],
)
def test_a_contract_that_cannot_be_read(suite: pytest.Pytester, content: bytes | None, said: str) -> None:
    """A contract that is missing or none is a mistake that names the file."""
    path = suite.path / "v1.json"
    path.unlink()
    if content is not None:
        path.write_bytes(content)

    result, output = _run(suite, "http://localhost:9")

    result.assert_outcomes(errors=1)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert "v1.json" in output or "versions.v1.contract" in output


def test_a_missing_base_url_says_how_to_give_one(suite: pytest.Pytester) -> None:
    """Without a base URL nothing can be held."""
    write_suite(suite.path, policy=POLICY.replace('base_url = "${SMALL_URL}"', ""))

    result = suite.runpytest_inprocess()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["apiversion.toml: api.base_url: missing; set it, give --apiversion-base-url, or name an application with *"]
    )


def test_a_variable_that_is_not_set_is_named(suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret nobody gave is a mistake that names its variable and its place."""
    monkeypatch.delenv("SMALL_TOKEN")

    result, _ = _run(suite, "http://localhost:9")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*credentials.Key.value: *SMALL_TOKEN*"])


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"\xff", b"[", b"a = 1\n" * 1000, "é".encode("latin-1")])
def test_a_policy_file_that_is_none(pytester: pytest.Pytester, content: bytes) -> None:
    """Bytes that are no policy are a collection error in a few lines."""
    (pytester.path / "apiversion.toml").write_bytes(content)

    result = pytester.runpytest_inprocess()

    result.assert_outcomes(errors=1)
    assert "Traceback" not in result.stdout.str()
    assert "INTERNALERROR" not in result.stdout.str()


def test_a_folder_of_that_name_is_no_policy_file(pytester: pytest.Pytester) -> None:
    """A folder that is called like a policy file is a folder."""
    (pytester.path / "apiversion.toml").mkdir()
    pytester.makepyfile("def test_one(): pass")

    pytester.runpytest_inprocess().assert_outcomes(passed=1)
