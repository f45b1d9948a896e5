"""Whether the name of a member matches a pattern of `patternProperties`.

Patterns come from other people's documents. So only those are asked that read the same everywhere, and of which the answer takes a bounded
number of steps: few repetitions, none of them of a group, no reference to a group, and no look around.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pytest_apiversion.core.json.bounded_patterns import occurs
from pytest_apiversion.core.json.ecma_patterns import python_pattern

_LONGEST_NAME = 200
_LONGEST_PATTERN = 200
_MOST_REPETITIONS = 3

_REFUSED = re.compile(r"\)[*+?{]|\(\?(?!:)|\\[1-9kpPuxc]")
"""Repeated groups, groups that look around or have a name, references to groups, and escapes that ECMA-262 and Python read differently."""
_REPETITION = re.compile(r"(?<!\\)[*+{]|(?<![\\(])\?")


def matches(pattern: str, name: str) -> bool | None:
    """Whether a name matches a pattern somewhere (ECMA-262, which JSON Schema asks for); None where that is not found out."""
    if len(pattern) > _LONGEST_PATTERN or len(name) > _LONGEST_NAME or _REFUSED.search(pattern):
        return None
    if len(_REPETITION.findall(pattern)) > _MOST_REPETITIONS:
        return None
    compiled = python_pattern(pattern)
    return occurs(pattern, name, compiled) if compiled else None


def covering(patterns: Mapping[str, list[Any]], name: str) -> tuple[list[Any], bool]:
    """The schemas of all patterns that a name matches, and whether that is all that may apply to it."""
    answers = {pattern: matches(pattern, name) for pattern in patterns}
    found = [node for pattern, nodes in patterns.items() if answers[pattern] for node in nodes]
    return found, None not in answers.values()
