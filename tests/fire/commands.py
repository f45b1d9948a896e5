"""Secrets in commands: in addresses, proxies, variables and policy files, of services that fail, redirect, echo or give odd documents."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import string
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from werkzeug.wrappers import Request, Response

from pytest_apiversion.cli import main
from pytest_apiversion.core.policy.secrets import secret_segments
from tests.apps.kit import serving
from tests.core.policy.spellings import SPELLINGS
from tests.fire.result import Result
from tests.plugin.small_api import POLICY, write_suite

_LETTERS = string.ascii_letters + string.digits
_ALPHABET = _LETTERS + "+/=-_.&%$é"
_KEPT = ("", "+=&$-_.", "+=&$-_.!*'();:,")
"""What is left as it is where a secret stands in an address."""
_DOCUMENTS = (".openapi.json", "v2.json")
"""Contracts, which are written as a service gives them, and asked for without a credential."""
_MINTED = """
[credentials.Minted]
header = "Authorization"
[credentials.Minted.token]
url = "/oauth/token"
client_id = "us"
client_secret = "${SMALL_TOKEN}"

[credentials.Made]
header = "X-Made"
command = ["sh", "-c", 'echo "no: $SMALL_TOKEN" >&2; exit 1']
"""


@dataclass
class _Service:
    """What answers while commands look at it.

    Attributes:
        chance: Decides how.
        secret: What is looked for.
        spelled: How it echoes that.
        document: What it gives where it gives a document.
    """

    chance: random.Random
    secret: str
    spelled: str
    document: Any

    def __call__(self, environ: Any, start: Any) -> Iterable[bytes]:
        """Answer."""
        return self._answer(Request(environ))(environ, start)

    def _answer(self, request: Request) -> Response:
        echo = f"{self.spelled} {request.full_path} {request.headers} {request.get_data(as_text=True)}"
        line = "".join(each for each in self.spelled if each.isprintable() and each.isascii()) or "x"
        act = self.chance.randrange(6)
        if act == 0:
            return Response(echo, self.chance.choice((401, 404, 500, 503, 200)), content_type="text/html")
        if act == 1:
            there = self.chance.choice(
                (
                    f"/{quote(line)}",
                    f"http://u:{quote(line, safe='')}@127.0.0.1:9/",
                    f"http://127.0.0.1:9/?key={quote(line)}",
                )
            )
            return Response(echo, self.chance.choice((301, 302, 307)), {"Location": there})
        if act == 2:
            return Response(
                json.dumps({"error": echo}), self.chance.choice((200, 400, 500)), content_type="application/json"
            )
        if act == 3:
            odd = {
                "openapi": "3.1.0",
                "info": {"title": "x", "version": "1"},
                "paths": {"/x": {"get": {"responses": echo}}},
            }
            return Response(
                json.dumps(self.chance.choice((odd, {**odd, "openapi": echo}, [echo]))), content_type="application/json"
            )
        if act == 4:
            return Response(f"openapi: 3.1.0\n{echo}: [", content_type="application/yaml")
        return Response(json.dumps(self.document), content_type="application/json", headers={"X-Echo": line})


def commands(seed: int, most: int) -> Result:
    """Run commands that are told a secret, and read all that they say and write."""
    result, chance = Result(name="secrets that commands are told"), random.Random(seed)  # noqa: S311  a seed
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_suite(folder)
        contracts = {each.name: each.read_bytes() for each in folder.iterdir()}
        document = json.loads(contracts["v2.json"])
        service = _Service(chance, "", "", document)
        with serving(service) as url:
            for number in range(most):
                for each in folder.iterdir():
                    each.unlink()
                for file, content in contracts.items():
                    (folder / file).write_bytes(content)
                first = chance.choice(_LETTERS)  # what begins like an option is one
                service.secret = first + "".join(chance.choice(_ALPHABET) for _ in range(chance.randint(8, 40)))
                spelling = chance.choice(sorted(SPELLINGS))
                service.spelled = SPELLINGS[spelling](service.secret)
                arguments = chance.choice(_COMMANDS)(folder, url, service.secret, chance)
                case = f"{seed}/{number} {arguments[0]} {spelling}"
                with result.case(case):
                    for output, said in _said(arguments, folder, url, service.secret).items():
                        if any(form in said for form in _forms(service.secret, service.spelled)):
                            result.faults.append(("leak", f"{case} in {output}: {arguments}: {said[:300]}"))
                        if "Traceback (most" in said:
                            result.faults.append(("traceback", f"{case}: {said[-300:]}"))
    return result


def _forms(*texts: str) -> set[str]:
    """Texts as they may stand in an output."""
    return {
        form
        for each in texts
        for form in (each, json.dumps(each)[1:-1], quote(each), *(quote(each, safe=kept) for kept in _KEPT))
    }


def _said(arguments: list[str], folder: Path, url: str, secret: str) -> dict[str, str]:
    """What a command says, and what it writes."""
    out, errors = io.StringIO(), io.StringIO()
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    environment = {"SMALL_URL": url, "SMALL_TOKEN": secret, "KEY": secret, "COLUMNS": "80"}
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(errors),
        _set(environment),
        contextlib.suppress(SystemExit),
    ):
        main(arguments)
    written = {each.name: each.read_bytes() for each in folder.iterdir() if before.get(each.name) != each.read_bytes()}
    return {
        "output": out.getvalue(),
        "errors": errors.getvalue(),
        **{
            name: content.decode("utf-8", "replace")
            for name, content in written.items()
            if not name.endswith(_DOCUMENTS)
        },
    }


@contextlib.contextmanager
def _set(variables: Mapping[str, str]) -> Iterator[None]:
    """Variables of the environment, for a while."""
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _address(url: str, secret: str, chance: random.Random, *, query: bool = True, path_too: bool = True) -> str:
    """The service's address with the secret in it, in its path only where it looks like one."""
    spelled = quote(secret, safe=chance.choice(_KEPT))
    host = url.removeprefix("http://")
    path = chance.choice(("", "/", "/openapi.json", "/spec"))
    segment = quote(secret, safe="")
    return chance.choice(
        (
            *([f"http://{host}/hooks/{segment}{path}"] if path_too and any(secret_segments(segment)) else []),
            f"http://user:{spelled}@{host}{path}",
            f"http://{spelled}@{host}{path}",
            *([f"http://{host}{path}?api_key={spelled}"] if query else []),
        )
    )


def _diff(folder: Path, url: str, secret: str, chance: random.Random) -> list[str]:
    pair = [str(folder / "v2.json"), _address(url, secret, chance)]
    chance.shuffle(pair)
    return ["diff", "--format", chance.choice(("text", "json", "markdown", "github", "sarif")), *pair]


def _diff_under(folder: Path, url: str, secret: str, chance: random.Random) -> list[str]:
    return ["diff", "--policy", str(_policy(folder, chance)), "--version", "v2", _address(url, secret, chance)]


def _freeze(folder: Path, url: str, secret: str, chance: random.Random) -> list[str]:
    return ["freeze", _address(url, secret, chance), "--policy", str(_policy(folder, chance)), "--version", "v2"]


def _init(folder: Path, url: str, secret: str, chance: random.Random) -> list[str]:
    told = chance.choice(
        (
            [_address(url, secret, chance, path_too=False)],  # a policy file has the address
            [str(folder / "v2.json"), "--base-url", _address(url, secret, chance, query=False, path_too=False)],
            [url],
        )
    )
    return [
        "init",
        *told,
        "--policy",
        str(folder / chance.choice(("new.toml", "apiversion.toml"))),
        "--yes",
        "--no-run",
    ]


def _proxied(folder: Path, url: str, secret: str, chance: random.Random) -> list[str]:
    proxy = f"http://user:{quote(secret, safe=chance.choice(_KEPT))}@{chance.choice((url.removeprefix('http://'), '127.0.0.1:9', 'no host'))}"
    told = chance.choice(
        (
            ["diff", str(folder / "v2.json"), url],
            ["init", url, "--policy", str(folder / "new.toml"), "--yes", "--no-run"],
        )
    )
    return [*told, "--proxy", proxy]


def _token(folder: Path, _: str, __: str, chance: random.Random) -> list[str]:
    policy = _policy(folder, chance)
    policy.write_text(policy.read_text("utf-8") + _MINTED, "utf-8")
    return ["token", str(policy), chance.choice(("Minted", "Made", "Other"))]


def _lock(folder: Path, _: str, __: str, chance: random.Random) -> list[str]:
    return ["lock", str(_policy(folder, chance)), *(["--check"] if chance.random() < 1 / 2 else [])]


def _policy(folder: Path, chance: random.Random) -> Path:
    """The policy, with the secret's variable where something else belongs."""
    path = folder / "apiversion.toml"
    lines = POLICY.lstrip().splitlines()
    if chance.random() < 2 / 3:
        at = chance.choice([number for number, line in enumerate(lines) if "=" in line])
        before = chance.choice(("", "http://", "x-", "/"))
        lines[at] = f'{lines[at].partition("=")[0]}= "{before}${{SMALL_TOKEN}}"'
    path.write_text("\n".join(lines), "utf-8")
    return path


_COMMANDS: tuple[Callable[[Path, str, str, random.Random], list[str]], ...] = (
    _diff, _diff_under, _freeze, _init, _proxied, _token, _lock,
)  # fmt: skip
