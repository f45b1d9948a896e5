"""What gives a run a key for a security scheme, to paste into the policy file."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from pytest_apiversion.shell.openapi.security_schemes import key_entry

SCHEMES: dict[str, Any] = {
    "key": {"type": "apiKey", "in": "query", "name": "api_key"},
    "Session": {"type": "apiKey", "in": "cookie", "name": "sid"},
    "bearer": {"type": "http", "scheme": "bearer"},
    "plain": {"type": "http", "scheme": "Basic"},
    "o.auth 2": {"type": "oauth2", "flows": {}},
    "again": {"$ref": "#/components/securitySchemes/key"},
}
TABLES = {
    "key": {"query": "api_key", "value": "${KEY}"},
    "Session": {"cookie": "sid", "value": "${SESSION}"},
    "bearer": {"header": "Authorization", "value": "Bearer ${BEARER}"},
    "plain": {"header": "Authorization", "value": "Basic ${PLAIN}"},
    "o.auth 2": {"header": "Authorization", "value": "Bearer ${O_AUTH_2}"},
    "again": {"query": "api_key", "value": "${AGAIN}"},
    "nobody": {"header": "Authorization", "value": "Bearer ${NOBODY}"},
}


@pytest.mark.parametrize("name", TABLES)
def test_the_entry_names_where_the_key_stands(name: str) -> None:
    """As a table, and as the one line above others, it is TOML with the scheme's name, its place, and a variable for its secret."""
    entry = key_entry({"components": {"securitySchemes": SCHEMES}}, name)
    beside = '\n[credentials.beside]\nheader = "X"\n'

    assert tomllib.loads("\n".join(entry.table))["credentials"] == {name: TABLES[name]}
    assert tomllib.loads(entry.line + beside)["credentials"] == {name: TABLES[name], "beside": {"header": "X"}}


def test_swagger_has_them_elsewhere() -> None:
    """A document of Swagger 2.0 is read too."""
    assert key_entry({"securityDefinitions": {"b": {"type": "basic"}}}, "b").table[-1] == (
        'value = "Basic ${B}" # user:password in Base64'
    )
