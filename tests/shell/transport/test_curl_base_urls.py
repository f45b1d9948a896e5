"""The printed line with a base URL that a variable holds: the shell makes the URL of it that was asked, and no secret stands in it."""

from __future__ import annotations

import shlex
import subprocess

import pytest

from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.core.policy.secrets import Secrets
from pytest_apiversion.shell.transport.curl import curl

CASES = [
    ("http://h.example/shop/", "/v1/things", "http://h.example/shop/v1/things"),
    ("http://h.example/shop", "/shop/things", "http://h.example/shop/shop/things"),
    ("http://h.example/things/", "/things", "http://h.example/things/things"),
    ("http://h.example/things", "/things", "http://h.example/things/things"),
    ("http://h.example/api", "/v1/api-keys", "http://h.example/api/v1/api-keys"),
    ("http://h.example/api/", "/v1/apiary", "http://h.example/api/v1/apiary"),
    ("http://h.example/hooks/T0K-3N9x/", "/v1/things", "http://h.example/hooks/T0K-3N9x/v1/things"),
]


def expanded(line: str, **variables: str) -> list[str]:
    """The words that a shell makes of a line."""
    done = subprocess.run(
        ["/bin/sh", "-c", f"printf '%s\\n' {line}"], env=variables, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize(("base", "path", "url"), CASES, ids=[f"{base}+{path}" for base, path, _ in CASES])
def test_the_shell_makes_the_url_that_was_sent(base: str, path: str, url: str) -> None:
    """The base URL is replaced once, also after the line is masked a second time, as reports do; a path in other places is no base URL."""
    secrets = Secrets({"U": base})
    headers = (("Referer", f"{base.rstrip('/')}ping"), ("X-Path", path))
    request = Request(method="POST", path=path, headers=headers, body=f'{{"at":"{path}"}}'.encode())
    line = secrets.masked_line(curl(request, base, secrets=secrets))
    words = expanded(line, U=base)

    assert url in words
    assert f"X-Path: {path}" in words
    assert f'{{"at":"{path}"}}' in words
    assert "h.example" not in line
    assert "T0K" not in line


def test_a_variable_stands_apart_from_what_follows() -> None:
    """`$TOKENabc` would be another variable, and `$TOKEN[` and `$TOKEN:` something else in some shells."""
    secrets = Secrets({"TOKEN": "s3cr3t-value"})
    for after in ("abc", "_", "9", "[1]", ":h", "é", "-", "/"):
        request = Request(method="GET", path="/", headers=(("X-Key", f"s3cr3t-value{after}"),))
        line = curl(request, "http://h.example", secrets=secrets)

        assert f"X-Key: s3cr3t-value{after}" in expanded(line, TOKEN="s3cr3t-value")
        assert "s3cr3t" not in line
        assert shlex.split(line)[-1] == (f"X-Key: ${{TOKEN}}{after}" if after not in "-/" else f"X-Key: $TOKEN{after}")


def test_a_secret_path_is_printed_nowhere() -> None:
    """A path that may hold a token is masked in whatever place of the request it stands."""
    secrets = Secrets({"U": "http://h.example/hooks/T0K-3N9x"})
    request = Request(method="GET", path="/hooks/T0K-3N9x/a", headers=(("Referer", "/hooks/T0K-3N9x"),))

    assert "T0K" not in curl(request, "http://h.example/hooks/T0K-3N9x", secrets=secrets)
