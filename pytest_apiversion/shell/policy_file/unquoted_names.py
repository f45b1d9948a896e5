"""Names of versions with dots that were written without quotes: to TOML `[versions.1.1.0]` is a table in a table in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_apiversion.shell.catalogue.policy_schema import policy_schema
from pytest_apiversion.shell.policy_file.walk import table
from pytest_apiversion.shell.texts.toml_text import Mistake, dotted


def put_in_quotes(document: dict[str, Any]) -> tuple[list[Mistake], dict[str, str]]:
    """Take such tables for the versions that they are meant to be, in place.

    Returns:
        A mistake for each, and for its place what it is called in the file.
    """
    versions, mistakes, written = table(document, "versions"), list[Mistake](), dict[str, str]()
    keys = policy_schema()["properties"]["versions"]["additionalProperties"]["properties"].keys()
    for first in list(versions):
        found = dict(_meant(versions[first], first, keys)) if isinstance(versions[first], dict) else {}
        if not found or first in found or found.keys() & versions.keys():
            continue
        del versions[first]
        for name, life in found.items():
            versions[name] = life
            written[dotted("versions", name)] = f"versions.{name}"
            text = f'expected the name in quotes, since it has dots: [versions."{name}"]'
            mistakes.append(Mistake(place=f"versions.{name}", text=text))
    return mistakes, written


def _meant(value: Mapping[str, Any], name: str, keys: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The versions below a table, by the names they are meant to have: it says nothing itself, and a number follows."""
    if value.keys() & keys:
        yield name, dict(value)
        return
    for key, below in value.items():
        if isinstance(below, dict) and (re.match(r"[0-9]", key) or "." in name):
            yield from _meant(below, f"{name}.{key}", keys)
