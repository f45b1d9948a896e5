"""What stands in a path for the parameters of its template."""

from __future__ import annotations

import re
from functools import cache

_PARAMETER = re.compile(r"\{([^{}]*)\}")


def path_parameters(template: str) -> list[str]:
    """The names of a template's parameters, in its order."""
    return _PARAMETER.findall(template)


@cache
def bare(template: str) -> str:
    """A template without the names of its parameters and without a final slash: what is the same in two spellings of a path."""
    return _PARAMETER.sub("{}", template).rstrip("/") or "/"


def path_values(template: str, path: str) -> list[str] | None:
    """The texts that stand for a template's parameters, each as short as it can be; None where the path does not belong to it.

    No parameter is empty or goes on over a slash.
    """
    first, *literals = _PARAMETER.split(template)[::2]
    if not literals or not path.startswith(first):
        return [] if path == template else None
    *between, last = literals
    values, position = [], len(first)
    for literal in between:
        end = path.find(literal, position + 1)
        if end < 0:
            return None
        values.append(path[position:end])
        position = end + len(literal)
    end = len(path) - len(last)
    if end <= position or not path.endswith(last):
        return None
    values.append(path[position:end])
    return None if any("/" in value for value in values) else values
