"""Where the keys of a document's security schemes stand in a request, and what gives one to a run."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

_AUTHORIZATION = ("header", "authorization")
_PAIR = "user:password in Base64"


def key_places(document: Mapping[str, Any], follow: Callable[[Any], Any]) -> frozenset[tuple[str, str]]:
    """The parameters (place, name; of a header in lower case) that are credentials: API keys, and `Authorization` in any case.

    Args:
        document: The OpenAPI document.
        follow: Follows a reference.
    """
    found = {_AUTHORIZATION}
    for entry in _schemes(document).values():
        scheme = follow(entry)
        if not isinstance(scheme, Mapping) or scheme.get("type") != "apiKey":
            continue
        place, name = str(scheme.get("in")), str(scheme.get("name"))
        found.add((place, name.lower() if place == "header" else name))
    return frozenset(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyEntry:
    """What a policy file needs to give a run a key for a security scheme.

    Attributes:
        scheme: The scheme's name.
        kind: `header`, `query` or `cookie`.
        field: The name of that.
        before: What stands before the secret: `Bearer `, `Basic ` or nothing.
        variable: The variable of the environment that the secret is in.
    """

    scheme: str
    kind: str
    field: str
    before: str
    variable: str

    @property
    def table(self) -> tuple[str, ...]:
        """The table of the policy file, a line each."""
        told = f" # {self.secret}" if self.secret else ""
        return (f"[credentials.{self._key}]", f"{self.kind} = {json.dumps(self.field)}", f"value = {self._value}{told}")

    @property
    def line(self) -> str:
        """The same in one line, which stands above the first table of a file."""
        return f"credentials.{self._key} = {{ {self.kind} = {json.dumps(self.field)}, value = {self._value} }}"

    @property
    def secret(self) -> str:
        """What its variable holds, in words; empty where that is the credential as it was given out."""
        return _PAIR if self._is_pair else ""

    @property
    def assignment(self) -> str:
        """What a shell is told of its variable, the secret left out."""
        return f"{self.variable}=" + ("$(printf %s user:password | base64)" if self._is_pair else "…")

    @property
    def _is_pair(self) -> bool:
        """Whether the secret is a name and a password (RFC 7617)."""
        return self.before == "Basic "

    @property
    def _key(self) -> str:
        return self.scheme if re.fullmatch(r"[A-Za-z0-9_-]+", self.scheme) else json.dumps(self.scheme)

    @property
    def _value(self) -> str:
        return f'"{self.before}${{{self.variable}}}"'


def key_entry(document: Mapping[str, Any], name: str) -> KeyEntry:
    """What gives a run a key for a security scheme.

    Args:
        document: The OpenAPI document.
        name: The scheme, or any other name where the document has none: a bearer's then.
    """
    scheme = _schemes(document).get(name)
    if isinstance(scheme, Mapping) and isinstance(scheme.get("$ref"), str):
        scheme = _schemes(document).get(scheme["$ref"].rpartition("/")[2])
    scheme = scheme if isinstance(scheme, Mapping) else {}
    kind, field, before = "header", "Authorization", "Bearer "
    if scheme.get("type") == "apiKey":
        kind, field, before = str(scheme.get("in", "header")), str(scheme.get("name", "")), ""
    elif scheme.get("type") == "basic" or str(scheme.get("scheme", "")).lower() == "basic":
        before = "Basic "
    variable = re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_") or "KEY"
    return KeyEntry(scheme=name, kind=kind, field=field, before=before, variable=variable)


def scheme_names(document: Mapping[str, Any]) -> list[str]:
    """The names of the security schemes that a document declares."""
    return list(_schemes(document))


def _schemes(document: Mapping[str, Any]) -> Mapping[str, Any]:
    components = document.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, Mapping) else None
    schemes = schemes if isinstance(schemes, Mapping) else document.get("securityDefinitions")
    return schemes if isinstance(schemes, Mapping) else {}


def requirements_of(told: Any) -> tuple[Mapping[str, tuple[str, ...]], ...] | None:
    """The alternatives of a `security`, scopes by scheme; None where nothing is said."""
    if not isinstance(told, list):
        return None
    return tuple(
        {
            name: tuple(str(scope) for scope in scopes) if isinstance(scopes, list) else ()
            for name, scopes in entry.items()
        }
        for entry in told
        if isinstance(entry, dict)
    )
