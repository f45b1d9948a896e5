"""What a server object of OpenAPI puts before the paths of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_SCHEME = re.compile(r"^(([A-Za-z{][A-Za-z0-9+.{}_-]*:)?//[^/?#]*|\{[^{}/?#]+\}(?=/|$))")


def first_server(servers: Any) -> Mapping[str, Any] | None:
    """The first server of a list that is one; None where none is."""
    found = servers if isinstance(servers, list | tuple) else ()
    return next((each for each in found if isinstance(each, Mapping)), None)


def path_of_base(document: Mapping[str, Any]) -> str:
    """The same of a Swagger document, which has a `basePath` in the place of servers; empty where it has none."""
    base = document.get("basePath")
    return path_of_server({"url": f"/{base.lstrip('/')}"}) if isinstance(base, str) else ""


def path_of_server(server: Mapping[str, Any]) -> str:
    """The path of a server, without a slash at its end; variables have their defaults, and one before the first slash that has none is an address.

    Of a relative path, `..` leads no higher than to the root (RFC 3986 §5.2.4), for clients send no such segment.
    """
    given, variables = server.get("url"), server.get("variables")
    url = given if isinstance(given, str) else ""
    for name, variable in variables.items() if isinstance(variables, Mapping) else ():
        default = variable.get("default") if isinstance(variable, Mapping) else None
        if isinstance(default, str | int | float):
            url = url.replace(f"{{{name}}}", str(default))
    segments: list[str] = []
    for segment in _SCHEME.sub("", url).partition("?")[0].partition("#")[0].strip("/").split("/"):
        if segment == "..":
            segments = segments[:-1]
        elif segment != ".":
            segments.append(segment)
    path = "/".join(segments).strip("/")
    return f"/{path}" if path else ""


_MOST = 100
"""Paths of servers that are told one by one."""


def paths_of_servers(servers: Iterable[Any]) -> list[str]:
    """The paths of all servers, with each value that their variables list; in their order, each once, of many the first hundred."""
    found: dict[str, None] = {}
    for server in servers:
        if isinstance(server, Mapping):
            found |= dict.fromkeys(map(path_of_server, _with_each_value(server)))
    return list(found)[:_MOST]


def _with_each_value(server: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A server once for each value that its variables list, which stands in the place of the default."""
    made = [dict(server)]
    variables = server.get("variables")
    for name, variable in variables.items() if isinstance(variables, Mapping) else ():
        listed = variable.get("enum") if isinstance(variable, Mapping) else None
        if isinstance(listed, list) and listed:
            made = [
                {**one, "variables": {**one["variables"], name: {"default": value}}} for one in made for value in listed
            ][:_MOST]
    return made
