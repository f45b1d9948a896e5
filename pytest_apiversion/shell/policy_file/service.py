"""Reads the tables about rate-limit headers, pages of other origins, identifiers and the service's own version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_apiversion.core.http.cross_origin import CrossOrigin
from pytest_apiversion.core.policy.publishing import Release
from pytest_apiversion.core.policy.responses import RateLimit
from pytest_apiversion.core.policy.sequences import IdentifierForms
from pytest_apiversion.shell.policy_file.answers import read_patterns


def read_rate_limit(document: Mapping[str, Any]) -> RateLimit | None:
    """What the headers of a rate limit mean, where the file says so."""
    table = document.get("rate_limit")
    if table is None:
        return None
    return RateLimit(
        limit=table.get("limit"),
        remaining=table.get("remaining"),
        reset=table.get("reset"),
        form=table.get("form", "epoch"),
        versions=frozenset(table["versions"]) if "versions" in table else None,
        limits=table.get("limits", {}),
        credentials=table.get("credentials", {}),
        anonymous=table.get("anonymous"),
    )


def read_release(document: Mapping[str, Any]) -> Release | None:
    """Where the service says which release answers, where the file says so."""
    table = document.get("service", {}).get("version")
    return Release(**table) if table is not None else None


def read_cors(document: Mapping[str, Any]) -> CrossOrigin | None:
    """What a page of another origin can read; None where nothing is said of those."""
    section = document.get("cors")
    if section is None:
        return None
    return CrossOrigin(
        origin=section["origin"],
        exposes=tuple(section.get("exposes", ())),
        credentials=section.get("credentials", False),
        unless=read_patterns(section.get("unless"), ()),
    )


def read_identifiers(document: Mapping[str, Any]) -> tuple[IdentifierForms, ...]:
    """How versions write one identifier."""
    return tuple(
        IdentifierForms(
            forms={version: form for version, form in row.items() if version != "names"},
            names=frozenset(row.get("names", ())),
        )
        for row in document.get("identifiers", [])
    )
