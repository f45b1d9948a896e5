"""What gives a run a key for a security scheme, to paste into the policy file."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from pytest_apiversion.shell.openapi.security_schemes import credential_table

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
def test_the_table_names_where_the_key_stands(name: str) -> None:
    """It is TOML, and has the scheme's name, its place, and a variable of the environment for its secret."""
    line = credential_table({"components": {"securitySchemes": SCHEMES}}, name)
    head, _, rest = line.partition("] ")

    assert tomllib.loads(f"{head}]\n" + rest.replace('", ', '"\n'))["credentials"] == {name: TABLES[name]}


def test_swagger_has_them_elsewhere() -> None:
    """A document of Swagger 2.0 is read too."""
    assert credential_table({"securityDefinitions": {"b": {"type": "basic"}}}, "b").endswith('value = "Basic ${B}"')
