"""What a server object of OpenAPI puts before the paths of a document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_SCHEME = re.compile(r"^(([A-Za-z{][A-Za-z0-9+.{}_-]*:)?//[^/?#]*|\{[^{}/?#]+\}(?=/|$))")


def path_of_server(server: Mapping[str, Any]) -> str:
    """The path of a server, without a slash at its end; variables have their defaults, and one before the first slash that has none is an address."""
    url, variables = str(server.get("url", "")), server.get("variables")
    for name, variable in variables.items() if isinstance(variables, Mapping) else ():
        if isinstance(variable, Mapping) and "default" in variable:
            url = url.replace("{" + name + "}", str(variable["default"]))
    path = _SCHEME.sub("", url).partition("?")[0].partition("#")[0].strip("/")
    return f"/{path}" if path not in {"", "."} else ""
