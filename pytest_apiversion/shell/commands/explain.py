"""`--apiversion-explain CODE`: what a check asks, why, where that is written, and how to silence it."""

from __future__ import annotations

import re
import textwrap
from importlib import import_module
from inspect import cleandoc
from typing import TYPE_CHECKING, TextIO

import pytest

from pytest_apiversion.core.policy.requirements import is_code
from pytest_apiversion.shell.catalogue.entries import added, checks
from pytest_apiversion.shell.texts.suggestions import nearest

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.check import Check

_KIND = re.compile(r"\b(?:POL|SEL|CON|ERR|DEP|SUN|RTL|VER)-\d\d\b(?:\s*,\s*|\s*)")
"""A kind of check in this project's own list, which says nothing to a reader; the code does."""
_BEFORE_END = re.compile(r"(?<![;,\s])(?:\s*+[;,])++\s*+\.")
_TWICE = re.compile(r"(?<![;\s])\s*+;(?:\s*+;)++")
"""Separators that are left when kinds are gone."""

_WIDTH = 100


def paragraphs(check: Check) -> list[str]:
    """What the file of a check says of it, without the ids of its own list; of one that was added, what it says `about` itself."""
    if check in added().checks:
        return [" ".join(paragraph.split()) for paragraph in cleandoc(check.about).split("\n\n") if paragraph]
    module = import_module(f"pytest_apiversion.checks.{check.name.replace('-', '_')}")
    found = []
    for paragraph in cleandoc(module.__doc__ or "").split("\n\n"):
        text = _KIND.sub("", " ".join(paragraph.split()))
        text = re.sub(r"Source:\s*\.\s*", "", _BEFORE_END.sub(".", text)).strip()
        text = re.sub(r"Source:\s*[;,]\s*", "Source: ", text)
        found.append(_TWICE.sub(";", text))
    return [text for text in found if text]


def explain(code: str, out: TextIO) -> int:
    """Print what a check is about.

    Args:
        code: The check's code, in whatever case, or its name.
        out: Where to.

    Returns:
        0.

    Raises:
        pytest.UsageError: No check has this code; names the nearest.
    """
    wanted = code.strip()
    check = next((each for each in checks() if wanted.upper() == each.code or wanted.lower() == each.name), None)
    if check is None:
        known = [each.code for each in checks()]
        near = (
            nearest(wanted.upper(), known)
            if is_code(wanted.upper()) or wanted[:2].upper() == "AV"
            else nearest(wanted, _names())
        )
        message = f"--apiversion-explain: no check is called {wanted!r}{near}"
        raise pytest.UsageError(message)
    weight = (
        f"A finding weighs as {check.severity.value}; {check.code} under [severity] in the policy file changes that."
    )
    rows = [f"{check.code} {check.title} ({check.name})", *paragraphs(check), weight]
    out.write("\n\n".join(textwrap.fill(row, _WIDTH, break_on_hyphens=False) for row in rows) + "\n")
    return 0


def _names() -> list[str]:
    return [check.name for check in checks()]
