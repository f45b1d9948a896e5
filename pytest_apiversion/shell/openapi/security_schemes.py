"""Where the keys of a document's security schemes stand in a request, and what gives one to a run."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

_AUTHORIZATION = ("header", "authorization")


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


def credential_table(document: Mapping[str, Any], name: str) -> str:
    """The table of the policy file, in one line, that gives a run a key for a security scheme.

    Args:
        document: The OpenAPI document.
        name: The scheme, or any other name where the document has none.
    """
    scheme = _schemes(document).get(name)
    if isinstance(scheme, Mapping) and isinstance(scheme.get("$ref"), str):
        scheme = _schemes(document).get(scheme["$ref"].rpartition("/")[2])
    scheme = scheme if isinstance(scheme, Mapping) else {}
    variable = re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_") or "KEY"
    key = name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else f'"{name}"'
    kind, field, before = "header", "Authorization", "Bearer "
    if scheme.get("type") == "apiKey":
        kind, field, before = str(scheme.get("in", "header")), str(scheme.get("name", "")), ""
    elif scheme.get("type") == "basic" or str(scheme.get("scheme", "")).lower() == "basic":
        before = "Basic "
    return f'[credentials.{key}] {kind} = "{field}", value = "{before}${{{variable}}}"'


def _schemes(document: Mapping[str, Any]) -> Mapping[str, Any]:
    components = document.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, Mapping) else None
    schemes = schemes if isinstance(schemes, Mapping) else document.get("securityDefinitions")
    return schemes if isinstance(schemes, Mapping) else {}
