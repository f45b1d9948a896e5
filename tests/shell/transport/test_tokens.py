"""Tokens that a command or a token endpoint makes: sent, renewed, masked, and told of where there is none."""

from __future__ import annotations

import base64
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from pytest_apiversion.cli import main
from pytest_apiversion.core.errors import PolicyError, ServiceUnreachable
from pytest_apiversion.core.http.messages import NoAnswer
from pytest_apiversion.core.http.messages import Request as Asked
from pytest_apiversion.core.http.messages import Response as Answered
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.shell.policy_file.load import load_policy
from pytest_apiversion.shell.target.load import load_target
from pytest_apiversion.shell.transport.reproduction import reproduction
from pytest_apiversion.shell.transport.tokens import Tokens
from tests.apps.kit import serving
from tests.shell.running import run_file
from tests.shell.servers.kit import (
    ENVELOPE,
    PATHS,
    TEXT,
    Api,
    by_path,
    document,
    error,
    folder,
    operation,
    record,
    reply,
)

SECRET = "s3cret/of=us"
ENVIRONMENT = {"ODD_URL": "http://127.0.0.1:9", "ODD_SECRET": SECRET}
OAUTH: list[Any] = [{"OAuth": []}]
CONTRACT = document(
    {"/things": {"get": operation({200: {"type": "array", "items": record(id=TEXT)}, "4XX": {}}, security=OAUTH)}},
    components={"securitySchemes": {"OAuth": {"type": "oauth2", "flows": {}}}},
)
HEAD = ENVELOPE + PATHS.replace('[versions.v2]\ncontract = "v2.json"\n', "")
ENDPOINT = """
[credentials.OAuth]
header = "Authorization"
[credentials.OAuth.token]
url = "/oauth/token"
client_id = "us:them"
client_secret = "${ODD_SECRET}"
scope = "things:read"
parameters = { audience = "things" }
"""


class Service(Api):
    """Things for who shows a token, and where tokens are given."""

    def __init__(self, *, lives: int = 3600, shows: bool = False) -> None:
        super().__init__(select=by_path("v1"))
        self.lives, self.shows = lives, shows
        self.given: list[str] = []
        self.good: set[str] = set()
        self.forms: list[tuple[str | None, dict[str, str]]] = []
        self.on("GET", "/things")(self.listed)

    def listed(self, request: Request, _: str) -> Response:
        """`GET /things`."""
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind != "Bearer" or token not in self.good:
            raise error(401, "token")
        if request.args.get("revoke"):
            self.good.clear()
        if self.shows:
            return reply([{"name": f"you showed {token}"}])
        return reply([{"id": "a"}])

    def answer(self, request: Request) -> Response:
        """Tokens are given beside the versions."""
        if request.path != "/oauth/token":
            return super().answer(request)
        self.forms.append((request.headers.get("Authorization"), request.form.to_dict()))
        self.given.append(f"token-{len(self.given)}-of-this-run")
        self.good.add(self.given[-1])
        return reply({"access_token": self.given[-1], "token_type": "bearer", "expires_in": self.lives})


def test_a_token_is_asked_for_once_and_sent(tmp_path: Path) -> None:
    """The grant is RFC 6749's: id and secret form-encoded in `Authorization`, the rest in a form."""
    service = Service()
    with serving(service) as url:
        result = run_file(folder(tmp_path, HEAD + ENDPOINT, {"v1": CONTRACT}), {**ENVIRONMENT, "ODD_URL": url})

    assert (result.said, result.barren, len(service.given)) == ([], [], 1)
    assert {"AV301", "AV316"} <= result.exercised("v1")
    authorization, form = service.forms[0]
    assert base64.b64decode((authorization or "").removeprefix("Basic ")) == b"us%3Athem:s3cret%2Fof%3Dus"
    assert form == {"grant_type": "client_credentials", "scope": "things:read", "audience": "things"}


def test_no_finding_shows_a_token(tmp_path: Path) -> None:
    """A service that repeats it is quoted with the name that stands for it, and the line to paste gets one first."""
    service = Service(shows=True)
    with serving(service) as url:
        path = folder(tmp_path, HEAD + ENDPOINT, {"v1": CONTRACT})
        result = run_file(path, {**ENVIRONMENT, "ODD_URL": url})

    assert result.codes == {"AV301"}, result.said
    for each in result.findings:
        assert service.given[0] not in f"{each.received} {each.reproduce} {each.request} {each.answer}"
    found = result.findings[0]
    assert "$OAUTH_TOKEN" in found.answer
    assert found.reproduce.startswith(f"OAUTH_TOKEN=$(apiversion token {path} OAuth) && curl -sS ")
    assert '-H "Authorization: Bearer $OAUTH_TOKEN"' in found.reproduce


def loaded(path: Path, text: str) -> Policy:
    """The policy of a file."""
    return load_target(folder(path, HEAD + text, {"v1": CONTRACT}), ENVIRONMENT).policy


REQUEST = Asked(
    method="GET",
    path="/",
    headers=(("Authorization", "Bearer $OAUTH_TOKEN"), ("X-Note", "$OAUTH_TOKEN")),
    secrets=(("Authorization", "Bearer $OAUTH_TOKEN"),),
)


class Endpoint:
    """Gives tokens that are good for some seconds; None does not say how many."""

    def __init__(self, *answers: Any, seconds: float | None = 100) -> None:
        self.answers, self.seconds, self.asked, self.now = list(answers), seconds, 0, 0.0

    def ask(self, _address: str, _request: Asked) -> Answered | NoAnswer:
        """The next answer, else a token."""
        self.asked += 1
        if self.answers:
            found: Answered = self.answers.pop(0)
            return found
        told = {"access_token": f"token-{self.asked}", **({"expires_in": self.seconds} if self.seconds else {})}
        return Answered(status=200, body=json.dumps(told).encode())

    def tokens(self, policy: Policy) -> Tokens:
        """The tokens of a policy."""
        return Tokens(policy, self.ask, lambda: self.now)


def test_a_token_is_renewed_before_it_ends(tmp_path: Path) -> None:
    """A tenth of its life before, or half a minute; all of them stay secret, and other headers are left alone."""
    policy, endpoint = loaded(tmp_path, ENDPOINT), Endpoint()
    tokens = endpoint.tokens(policy)

    def sent(now: float) -> str | None:
        endpoint.now = now
        return tokens.filled(REQUEST).header("Authorization")

    assert [sent(0), sent(89), sent(90), sent(179)] == ["Bearer token-1"] * 2 + ["Bearer token-2"] * 2
    assert tokens.filled(REQUEST).header("X-Note") == "$OAUTH_TOKEN"
    assert policy.secrets.masked("token-1, token-2") == "$OAUTH_TOKEN, $OAUTH_TOKEN"


def test_a_token_that_is_refused_is_made_anew_where_it_was_good_before(tmp_path: Path) -> None:
    """Once for each token that worked, and a few times in all: a service may refuse for another reason."""
    endpoint = Endpoint(seconds=None)
    tokens = endpoint.tokens(loaded(tmp_path, ENDPOINT))
    refused, fine = Answered(status=401), Answered(status=404)

    sent = tokens.filled(REQUEST)
    assert not tokens.renewed(REQUEST, sent, refused)  # it was never good
    assert not tokens.renewed(REQUEST, sent, fine)
    assert not tokens.renewed(replace(REQUEST, renews=False), sent, refused)  # it may count against somebody
    assert tokens.renewed(REQUEST, sent, refused)
    assert tokens.filled(REQUEST).header("Authorization") == "Bearer token-2"
    for _ in range(30):
        sent = tokens.filled(REQUEST)
        tokens.renewed(REQUEST, sent, fine)
        tokens.renewed(REQUEST, sent, refused)
    tokens.filled(REQUEST)
    assert endpoint.asked == 11


def test_requests_in_flight_share_a_renewal(tmp_path: Path) -> None:
    """What was refused with a token that another request has replaced is sent again, and the new one stays."""
    endpoint = Endpoint(seconds=None)
    tokens = endpoint.tokens(loaded(tmp_path, ENDPOINT))
    one, other = tokens.filled(REQUEST), tokens.filled(REQUEST)
    tokens.renewed(REQUEST, one, Answered(status=200))

    assert tokens.renewed(REQUEST, one, Answered(status=401))
    assert tokens.renewed(REQUEST, other, Answered(status=401))
    new = tokens.filled(REQUEST)
    tokens.renewed(REQUEST, new, Answered(status=200))
    assert tokens.renewed(REQUEST, other, Answered(status=401))
    assert tokens.filled(REQUEST) == new
    assert endpoint.asked == 2


@pytest.mark.parametrize("seconds", [0, -5, "soon", "inf", True, None])
def test_a_life_that_says_nothing_is_none(seconds: Any, tmp_path: Path) -> None:
    """The endpoint is asked once; a number in a text is one."""
    answer = Answered(status=200, body=json.dumps({"access_token": "token", "expires_in": seconds}).encode())
    endpoint = Endpoint(answer)
    tokens = endpoint.tokens(loaded(tmp_path, ENDPOINT))

    assert {tokens.filled(REQUEST).header("Authorization") for _ in range(5)} == {"Bearer token"}
    assert endpoint.asked == 1


def test_a_life_may_be_written_as_a_text(tmp_path: Path) -> None:
    """As some endpoints do."""
    endpoint = Endpoint(Answered(status=200, body=b'{"access_token": "token", "expires_in": "100"}'))
    tokens = endpoint.tokens(loaded(tmp_path, ENDPOINT))

    for endpoint.now in (0, 95):
        tokens.filled(REQUEST)
    assert endpoint.asked == 2


def test_one_name_may_begin_another(tmp_path: Path) -> None:
    """Each request gets its own token."""
    text = ENDPOINT + ENDPOINT.replace("OAuth", "OAuth_token").replace('"Authorization"', '"X-Other"')
    contract = document(
        {
            "/things": {
                "get": operation(
                    {200: {"type": "array", "items": record(id=TEXT)}}, security=[{"OAuth": []}, {"OAuth_token": []}]
                )
            }
        },
        components={"securitySchemes": {name: {"type": "oauth2", "flows": {}} for name in ("OAuth", "OAuth_token")}},
    )
    policy = load_target(folder(tmp_path, HEAD + text, {"v1": contract}), ENVIRONMENT).policy
    tokens = Endpoint().tokens(policy)
    long = "$OAUTH_TOKEN_TOKEN"

    assert tokens.filled(REQUEST).header("Authorization") == "Bearer token-1"
    other = Asked(method="GET", path="/", headers=(("X-Other", long),), secrets=(("X-Other", long),))
    assert tokens.filled(other).header("X-Other") == "token-2"
    assert reproduction(policy, other).count("apiversion token") == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param(
            Answered(status=401, body=b'{"error": "invalid_client"}'), "answers 401: invalid_client", id="refused"
        ),
        pytest.param(Answered(status=200, body=b"<html>"), "answers 200 without an access_token", id="no-json"),
        pytest.param(Answered(status=201, body=b'{"access_token": "fresh-one"}'), "answers 201", id="another-status"),
        pytest.param(
            Answered(status=200, body=b'{"id_token": "fresh-one"}'), "without an access_token", id="another-name"
        ),
        pytest.param(Answered(status=200, body=b'{"access_token": "a b"}'), "is no token", id="two-words"),
        pytest.param(Answered(status=200, body=b'{"access_token": "abc"}'), "is no token", id="too-short-to-mask"),
        pytest.param(
            Answered(status=400, body=json.dumps({"error": "x", "error_description": SECRET}).encode()),
            "answers 400: x: $ODD_SECRET",
            id="shows-the-secret",
        ),
    ],
)
def test_without_a_token_nothing_is_asked(answer: Answered, said: str, tmp_path: Path) -> None:
    """One sentence says whose it is and why; the endpoint is not asked again."""
    endpoint = Endpoint(answer)
    tokens = endpoint.tokens(loaded(tmp_path, ENDPOINT))

    for _ in range(2):
        with pytest.raises(ServiceUnreachable, match=r"^credentials\.OAuth has no token: ") as caught:
            tokens.filled(REQUEST)
        assert said in str(caught.value)
        assert "fresh-one" not in str(caught.value)
    assert endpoint.asked == 1


def command(code: str, more: str = "") -> str:
    """A credential whose token a Python program writes."""
    words = json.dumps([sys.executable, "-c", code])
    return f'\n[credentials.OAuth]\nheader = "Authorization"\ncommand = {words}\n{more}'


def test_a_command_writes_a_token(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    """It runs in the policy file's folder, without a shell; `apiversion token` writes what it wrote."""
    text = command("import pathlib; print(pathlib.Path('token.txt').read_text())", 'value = "Token {token}!"\n')
    (tmp_path / "token.txt").write_text("from-a-file\n")
    policy = loaded(tmp_path, text)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)

    assert Tokens(policy, Endpoint().ask).token("OAuth") == "from-a-file"
    assert policy.credentials[0].shown == (("Authorization", "Token $OAUTH_TOKEN!"),)
    assert main(["token", policy.source, "OAuth"]) == 0
    assert capsys.readouterr().out == "from-a-file\n"
    assert main(["token", policy.source, "Oauth"]) == 2
    assert 'got "Oauth"; did you mean "OAuth"?' in capsys.readouterr().err


SPARE = """
[credentials.default]
header = "X-Key"
value = "${ODD_SECRET}"
"""


def test_a_command_that_fails_is_told(tmp_path: Path) -> None:
    """What it says of it is shown, without secrets."""
    text = command(f"import sys; sys.exit('no login for {SECRET}')")
    tokens = Tokens(loaded(tmp_path, SPARE + text), Endpoint().ask)

    with pytest.raises(ServiceUnreachable, match=r"ended with 1: no login for \$ODD_SECRET"):
        tokens.token("OAuth")
    missing = command("pass").replace(json.dumps(sys.executable), '"no-such-program-here"')
    with pytest.raises(ServiceUnreachable, match=r"no-such-program-here .* cannot be run"):
        Tokens(loaded(tmp_path, missing), Endpoint().ask).token("OAuth")


SLIPS = {
    "both": (
        'header = "Authorization"',
        'header = "Authorization"\ncommand = ["x"]',
        "OAuth.token: expected command or token, got both",
    ),
    "in-the-open": (
        '"/oauth/token"',
        '"http://login.example/token"',
        "OAuth.token.url: expected an https address, or a path",
    ),
    "written-out": ('"${ODD_SECRET}"', '"abc"', "OAuth.token.client_secret: expected the secret as ${NAME}"),
    "no-hole": (
        'header = "Authorization"',
        'header = "Authorization"\nvalue = "Bearer x"',
        "OAuth.value: expected {token} in it",
    ),
    "a-life-of-its-own": (
        'header = "Authorization"',
        'header = "Authorization"\nlifetime = 7',
        "OAuth.lifetime: expected it beside command",
    ),
    "in-parts": (
        'header = "Authorization"',
        'header = { A = "${ODD_SECRET}" }',
        "OAuth.token: expected the name of one header, parameter or cookie beside it, got a table in header",
    ),
    "the-name-of-a-variable": (
        'scope = "things:read"',
        'scope = "${OAUTH_TOKEN}"',
        "OAuth: expected a name whose token has one of its own, got that of ${OAUTH_TOKEN} (OAUTH_TOKEN)",
    ),
    "no-secret": ('client_secret = "${ODD_SECRET}"\n', "", "OAuth.token.client_secret: expected the client's secret"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_once(name: str, tmp_path: Path) -> None:
    """With its place, and nothing else."""
    right, wrong, told = SLIPS[name]
    assert right in ENDPOINT

    with pytest.raises(PolicyError) as caught:
        load_policy(
            folder(tmp_path, HEAD + ENDPOINT.replace(right, wrong), {"v1": CONTRACT}),
            {**ENVIRONMENT, "OAUTH_TOKEN": "from-outside"},
        )

    assert f"credentials.{told}" in str(caught.value)
    assert "1 mistake\n" in str(caught.value)


def test_a_line_without_a_token_gets_none(tmp_path: Path) -> None:
    """What is sent without the credential is sent again without it."""
    policy = loaded(tmp_path, ENDPOINT)

    assert reproduction(policy, Asked(method="GET", path="/v1/things")) == "curl -sS -i http://127.0.0.1:9/v1/things"
