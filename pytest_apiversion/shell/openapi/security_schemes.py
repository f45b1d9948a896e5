"""Where the keys of a document's security schemes stand in a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

_AUTHORIZATION = ("header", "authorization")


def key_places(document: Mapping[str, Any], follow: Callable[[Any], Any]) -> frozenset[tuple[str, str]]:
    """The parameters (place, name; of a header in lower case) that are credentials: API keys, and `Authorization` in any case.

    Args:
        document: The OpenAPI document.
        follow: Follows a reference.
    """
    components = document.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, Mapping) else None
    schemes = schemes if isinstance(schemes, Mapping) else document.get("securityDefinitions")
    found = {_AUTHORIZATION}
    for entry in schemes.values() if isinstance(schemes, Mapping) else ():
        scheme = follow(entry)
        if not isinstance(scheme, Mapping) or scheme.get("type") != "apiKey":
            continue
        place, name = str(scheme.get("in")), str(scheme.get("name"))
        found.add((place, name.lower() if place == "header" else name))
    return frozenset(found)
