"""Secrets: whatever goes wrong, and however much is asked for, no secret is written anywhere."""

from __future__ import annotations

import json
from urllib.parse import quote, quote_plus

import pytest

from pytest_apiversion.core.finding import Finding
from pytest_apiversion.shell.reporting.masking import Cleaner, cut, printable
from pytest_apiversion.shell.target.load import load_target
from tests.plugin.conftest import Small, Start
from tests.plugin.small_api import POLICY, SECRET, write_suite
from tests.shell.hostile import refusing

LOUD = [
    "-vv",
    "--showlocals",
    "--tb=long",
    "-rA",
    "--junit-xml=junit.xml",
    "-o",
    "junit_logging=all",
    "-o",
    "log_level=DEBUG",
]


def _silent(result: pytest.RunResult, pytester: pytest.Pytester) -> str:
    """Everything a run wrote; fails where a secret is in it."""
    files = [path for path in pytester.path.rglob("*") if path.is_file() and path.name != "apiversion.toml"]
    written = [path.read_text("utf-8", "replace") for path in files if "runpytest" not in str(path)]
    said = "\n".join([result.stdout.str(), result.stderr.str(), *written])
    for form in (SECRET, quote(SECRET), quote(SECRET, safe=""), json.dumps(SECRET)[1:-1]):
        assert form not in said
    return said


def test_a_service_that_repeats_the_key(start: Start) -> None:
    """An answer with the key in it, however written, is shown with the variable's name instead."""
    small = start("echo")

    result = small.spawn(*LOUD)

    result.assert_outcomes(passed=8, failed=1)
    assert "$SMALL_TOKEN" in _silent(result, small.pytester)


@pytest.mark.parametrize("bugs", [("beginning",), ("beginning", "echo"), ("echo-wrong",), ("echo-wrong", "no-notice")])
def test_a_near_miss_of_the_key(bugs: tuple[str, ...], start: Start) -> None:
    """A key that lacks its end, or goes on, is shown nowhere either: not where it is let in, and not where a refusal repeats it."""
    small = start(*bugs)

    said = _silent(small.spawn(*LOUD), small.pytester)

    assert SECRET[:11] not in said
    assert ("with the beginning of Key alone" in said) is ("beginning" in bugs)


def test_a_service_that_is_gone(small: Small) -> None:
    """A service nobody can reach is told without what it would have been sent."""
    with refusing() as url:
        result = small.run(f"--apiversion-base-url={url}", *LOUD)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    _silent(result, small.pytester)


def test_a_key_that_cannot_be_sent(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key with a line end in it is an error of one line that does not repeat it."""
    monkeypatch.setenv("SMALL_TOKEN", f"{SECRET}\n")

    result = small.run(*LOUD)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert "the value of its header X-Key holds" in _silent(result, small.pytester)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param('header = "X-Key"', 'header = "X-Key ${SMALL_TOKEN}"', id="in a header's name"),
        pytest.param('scheme = "vN"', 'scheme = "${SMALL_TOKEN}"', id="in a scheme"),
        pytest.param(
            'base_url = "${SMALL_URL}"', 'base_url = "http://u:${SMALL_TOKEN}@localhost"', id="in the base URL"
        ),
        pytest.param('value = "Key ${SMALL_TOKEN}"', f'value = "Key {SECRET}', id="in a line that is no TOML"),
        pytest.param('value = "Key ${SMALL_TOKEN}"', f'value = "Key {SECRET}"', id="written out"),
        pytest.param("[credentials.Key]", "[credentials.${SMALL_TOKEN}]", id="in a key"),
    ],
)
def test_a_secret_in_the_wrong_place(small: Small, old: str, new: str) -> None:
    """A mistake of the policy file does not repeat what a variable holds."""
    path = write_suite(small.pytester.path, policy=POLICY.replace(old, new))

    result = small.run(*LOUD)

    assert path.is_file()
    assert result.ret not in {pytest.ExitCode.OK, pytest.ExitCode.INTERNAL_ERROR}
    _silent(result, small.pytester)


_TOKEN_OF_A_PATH = """
[credentials.Key]
header = "X-Key"
[credentials.Key.token]
url = "${SMALL_URL}/oauth/${SMALL_TOKEN}/token"
client_id = "us"
client_secret = "${SMALL_OTHER}"
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param(
            '"${SMALL_URL}"', '"${SMALL_URL}/${SMALL_TOKEN}/api"', "/$SMALL_TOKEN/api/v", id="of the base URL"
        ),
        pytest.param(
            '[credentials.Key]\nheader = "X-Key"\nvalue = "Key ${SMALL_TOKEN}"',
            _TOKEN_OF_A_PATH.strip(),
            "credentials.Key has no token: ",
            id="of a token endpoint",
        ),
    ],
)
def test_a_secret_in_the_path(small: Small, monkeypatch: pytest.MonkeyPatch, old: str, new: str, told: str) -> None:
    """A secret in the path of an address is shown in no report and no message, whatever comes back from there."""
    monkeypatch.setenv("SMALL_OTHER", "another-s3cret")
    monkeypatch.setenv("SMALL_TOKEN", quote(SECRET, safe=""))
    assert old in POLICY
    write_suite(small.pytester.path, policy=POLICY.replace(old, new, 1))
    files = [f"--apiversion-{each}=run.{each}" for each in ("json", "html", "har", "sarif", "markdown", "code-quality")]

    result = small.run(*LOUD, *files)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert told in _silent(result, small.pytester)


def test_an_error_of_the_tool_itself(small: Small) -> None:
    """A traceback of this tool shows no local variables, whatever `--showlocals` says."""
    small.pytester.makeconftest("""
    import pytest
    from pytest_apiversion.shell.execution.runner import Runner

    def broken(self, subject):
        secret = self.policy.credentials[0].fields[0].value
        raise ZeroDivisionError(secret)

    Runner.router_item = broken
    """)

    result = small.spawn("-k", "v2 and router", *LOUD)

    result.assert_outcomes(failed=1, deselected=8)
    said = _silent(result, small.pytester)
    assert (
        "pytest-apiversion itself failed, which says nothing about the service: ZeroDivisionError: Key $SMALL_TOKEN"
        in said
    )


FOREIGN = """
def test_policy(api_policy):
    assert api_policy is None

def test_client(api_client):
    credentials = api_client._target.policy.credentials
    assert api_client.get("/things").status_code == 999

def test_contract(api_client, assert_api_contract):
    assert_api_contract(api_client.get("/things/t1"))
"""


@pytest.mark.parametrize("gone", [False, True], ids=["there", "gone"])
def test_a_suite_with_our_fixtures(start: Start, monkeypatch: pytest.MonkeyPatch, *, gone: bool) -> None:
    """Failing tests that use the fixtures show their local variables, and no secret among them."""
    small = start("echo")
    small.pytester.makepyfile(FOREIGN)
    with refusing() as url:
        result = small.spawn("-k", "test_", *LOUD, *([f"--apiversion-base-url={url}"] if gone else []))

    result.assert_outcomes(failed=3, deselected=9)
    _silent(result, small.pytester)


def _cleaner(pytester: pytest.Pytester, token: str, value: str = "Key ${SMALL_TOKEN}") -> Cleaner:
    path = write_suite(pytester.path, policy=POLICY.replace("Key ${SMALL_TOKEN}", value))
    return Cleaner(
        load_target(path, {"SMALL_URL": "http://localhost", "SMALL_TOKEN": token, "OTHER": "0ther-s3cret"}).policy
    )


@pytest.mark.parametrize(
    "write", [str, quote, lambda text: quote(text, safe=""), quote_plus, json.dumps, repr], ids=range(6)
)
@pytest.mark.parametrize("token", ["pässword", 'quo"ted', "a b&c/d+e", "back\\slash", "tab\tbed"])
def test_forms_of_a_secret(pytester: pytest.Pytester, token: str, write: type[str]) -> None:
    """A secret is recognised as services write it: plain, in a URL, in a form, in JSON."""
    said = _cleaner(pytester, token).mask(f"<{write(token)}>")

    assert said.strip("<>\"'") == "$SMALL_TOKEN"


def test_two_secrets_in_one_value(pytester: pytest.Pytester) -> None:
    """Each part of a value goes by the name of its own variable."""
    cleaner = _cleaner(pytester, SECRET, "${OTHER}:${SMALL_TOKEN}")

    assert cleaner.mask(f"0ther-s3cret and {SECRET}") == "$OTHER and $SMALL_TOKEN"


@pytest.mark.parametrize(("token", "got"), [("", "none"), ("abc", "3")])
def test_what_is_too_short_to_be_masked(small: Small, monkeypatch: pytest.MonkeyPatch, token: str, got: str) -> None:
    """A secret that would be found in every word is refused, in a sentence that says how to call it no secret."""
    monkeypatch.setenv("SMALL_TOKEN", token)

    result = small.run()

    assert result.ret == pytest.ExitCode.INTERRUPTED
    sentence = (
        f"credentials.Key.value: expected at least 4 characters in the environment variable SMALL_TOKEN, got {got}"
    )
    assert sentence in result.stdout.str()
    assert 'if it is no secret, write public = ["SMALL_TOKEN"]' in result.stdout.str()


def test_a_variable_that_is_public(pytester: pytest.Pytester) -> None:
    """What the file says is public is shown; what it says is a secret is masked though it uses it nowhere."""
    path = write_suite(pytester.path, policy=f'public = ["SMALL_TOKEN"]\nsecrets = ["OTHER", "UNSET"]\n{POLICY}')
    cleaner = Cleaner(
        load_target(path, {"SMALL_URL": "http://localhost", "SMALL_TOKEN": "abc", "OTHER": SECRET}).policy
    )

    assert cleaner.mask(f"abc {SECRET}") == "abc $OTHER"


def test_members_that_are_masked(pytester: pytest.Pytester) -> None:
    """What a service calls a token is left out of all that is told but of the lines that repeat a request; the file may name other members."""
    path = write_suite(pytester.path, policy=f'masked_members = ["otp"]\n{POLICY}')
    text = '{"otp": "0123456", "token": "abcdef"}'
    finding = Finding(
        code="AV1",
        promise="p",
        version="v1",
        summary="s",
        expected="e",
        place="p",
        received=text,
        answer=text,
        reproduce=f"curl -d '{text}'",
    )
    environment = {"SMALL_URL": "http://localhost", "SMALL_TOKEN": SECRET}
    found = Cleaner(load_target(path, environment).policy).finding(finding)
    write_suite(pytester.path, policy=POLICY)
    usual = Cleaner(load_target(path, environment).policy).finding(finding)

    assert found.received == found.answer == '{"otp": "…", "token": "abcdef"}'
    assert usual.received == usual.answer == '{"otp": "0123456", "token": "…"}'
    assert found.reproduce == finding.reproduce


@pytest.mark.parametrize(
    ("names", "mistake"),
    [
        (
            'public = ["SMALL_TOKN"]',
            'public[0]: expected a variable that this file uses, got "SMALL_TOKN"; did you mean',
        ),
        (
            'public = ["SMALL_TOKEN"]\nsecrets = ["SMALL_TOKEN"]',
            "public[0]: expected a variable that is not in secrets",
        ),
        ('secrets = ["$SMALL_TOKEN"]', "secrets[0]: expected the name of an environment variable"),
        ('masked_members = ["--"]', "masked_members[0]: expected "),
    ],
)
def test_names_of_variables(small: Small, names: str, mistake: str) -> None:
    """A name that is nobody's is a mistake with its place."""
    write_suite(small.pytester.path, policy=f"{names}\n{POLICY}")

    assert mistake in small.run().stdout.str()


@pytest.mark.parametrize(
    "place",
    [
        pytest.param('[values]\nid = "${SMALL_OTHER}"', id="a value"),
        pytest.param('[operations.rules."GET /things/{id}".values.path]\nid = "${SMALL_OTHER}"', id="of an operation"),
    ],
)
def test_whatever_came_from_a_variable(start: Start, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """What a variable gave to any place of the file is masked, in the line that repeats the request, too."""
    monkeypatch.setenv("SMALL_OTHER", "tenant-s3cr3t")
    small = start("failing", more=place)

    result = small.run(*LOUD)

    files = [path for path in small.pytester.path.rglob("*") if path.suffix in {".xml", ".json"}]
    said = "\n".join([result.stdout.str(), *(path.read_text("utf-8", "replace") for path in files)])
    assert "tenant-s3cr3t" not in said
    assert "/things/$SMALL_OTHER" in said


def test_a_path_in_the_base_url(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """The path of an address that came from a variable is masked with it."""
    small = start("failing")
    monkeypatch.setenv("SMALL_URL", f"{small.url}/tenant-s3cr3t")

    result = small.run(*LOUD)

    said = result.stdout.str() + (small.pytester.path / "junit.xml").read_text("utf-8")
    assert "tenant-s3cr3t" not in said
    assert "$SMALL_URL/v1/things" in said


def test_what_the_fixtures_log(start: Start) -> None:
    """The log of a failing test with `api_client`, and the error of a service that is gone, hold no credential of a query."""
    policy = POLICY.replace('header = "X-Key"', 'query = "key"').replace('"Key ${SMALL_TOKEN}"', '"${SMALL_TOKEN}"')
    small = start("echo")
    write_suite(small.pytester.path, policy=policy)
    small.pytester.makepyfile(FOREIGN)
    with refusing() as url:
        gone = small.spawn("-k", "test_client", *LOUD, f"--apiversion-base-url={url}")
    there = small.spawn("-k", "test_client", *LOUD)

    for result in (gone, there):
        result.assert_outcomes(failed=1, deselected=11)
        _silent(result, small.pytester)
    assert "key=$SMALL_TOKEN" in there.stdout.str()


def test_long_values_are_cut(pytester: pytest.Pytester) -> None:
    """A finding shows the beginning of a long value and says how much more there was; its curl line stays whole."""
    finding = Finding(
        code="AV1",
        promise="p",
        version="v1",
        summary="s" * 999,
        expected="e",
        received="r" * 999,
        place="p",
        reproduce="curl " + "x" * 999,
    )

    found = _cleaner(pytester, SECRET).finding(finding)

    assert found.received == "r" * 400 + "… (599 more characters)"
    assert len(found.summary) < 230
    assert found.reproduce == finding.reproduce
    assert cut("abc", 3) == "abc"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é ✓", "plain é ✓"),
        ("a\nb", "a\nb"),
        ("\x1b[1m", r"\x1b[1m"),
        ("\ud800", r"\ud800"),
        ("\u202e", r"\u202e"),
        ("\r\x00\x7f", r"\r\x00\x7f"),
    ],
    ids=ascii,
)
def test_what_can_be_printed(text: str, shown: str) -> None:
    """Text stays text; what is not printable becomes an escape."""
    assert printable(text) == shown
