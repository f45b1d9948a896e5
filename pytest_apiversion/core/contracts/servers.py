"""What a server object of OpenAPI puts before the paths of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_SCHEME = re.compile(r"^(([A-Za-z{][A-Za-z0-9+.{}_-]*:)?//[^/?#]*|\{[^{}/?#]+\}(?=/|$))")


def path_of_server(server: Mapping[str, Any]) -> str:
    """The path of a server, without a slash at its end; variables have their defaults, and one before the first slash that has none is an address."""
    url, variables = str(server.get("url", "")), server.get("variables")
    for name, variable in variables.items() if isinstance(variables, Mapping) else ():
        if isinstance(variable, Mapping) and "default" in variable:
            url = url.replace("{" + name + "}", str(variable["default"]))
    return _path(url)


_MOST = 100
"""Paths of servers that are told one by one."""


def paths_of_servers(servers: Iterable[Any]) -> list[str]:
    """The paths of all servers, with each value that their variables list; in their order, each once, of many the first hundred."""
    found: dict[str, None] = {}
    for server in servers:
        if not isinstance(server, Mapping):
            continue
        urls, variables = [str(server.get("url", ""))], server.get("variables")
        for name, variable in variables.items() if isinstance(variables, Mapping) else ():
            if isinstance(variable, Mapping):
                listed = variable.get("enum")
                values = (
                    listed
                    if isinstance(listed, list) and listed
                    else [variable["default"]]
                    if "default" in variable
                    else []
                )
                urls = [url.replace("{" + name + "}", str(value)) for url in urls for value in values][:_MOST] or urls
        found |= dict.fromkeys(map(_path, urls))
    return list(found)[:_MOST]


def _path(url: str) -> str:
    path = _SCHEME.sub("", url).partition("?")[0].partition("#")[0].strip("/")
    return f"/{path}" if path not in {"", "."} else ""
