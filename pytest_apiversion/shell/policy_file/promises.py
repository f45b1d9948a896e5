"""Reads the tables about error envelopes, required headers and deprecation headers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pytest_apiversion.core.json.bounded_patterns import BoundedPattern
from pytest_apiversion.core.policy.responses import (
    Deprecation,
    DeprecationHeader,
    DeprecationLink,
    Envelope,
    ErrorClass,
    ErrorRules,
    RequiredHeader,
    Success,
    TooLarge,
)
from pytest_apiversion.core.policy.selection import Listing
from pytest_apiversion.core.versions.deprecation_levels import DeprecationLevel
from pytest_apiversion.shell.catalogue.entries import dialects
from pytest_apiversion.shell.policy_file.answers import as_list, read_patterns, read_statuses
from pytest_apiversion.shell.policy_file.referenced_files import read_schema


def read_envelopes(document: Mapping[str, Any], folder: Path) -> dict[str, Envelope]:
    """The error envelopes, schemas in files of their own included."""
    return {
        name: Envelope(
            name=name,
            media_types=tuple(item.lower() for item in as_list(table.get("media_type"))),
            schema=_schema(table, folder),
            code=table.get("code"),
            status=table.get("status"),
            empty=table.get("empty", False),
            code_header=table.get("code_header"),
            root=table.get("root"),
            xpath=table.get("xpath"),
        )
        for name, table in document.get("envelopes", {}).items()
    }


def read_successes(document: Mapping[str, Any], folder: Path) -> dict[str, Success]:
    """The shapes of successes."""
    return {
        name: Success(name=name, schema=_schema(table, folder), unique=tuple(table.get("unique", ())))
        for name, table in document.get("successes", {}).items()
    }


def _schema(table: Mapping[str, Any], folder: Path) -> Any:
    return read_schema(folder / table["schema_file"])[0] if "schema_file" in table else table.get("schema")


def read_error_classes(table: Mapping[str, Any]) -> tuple[ErrorClass, ...]:
    """The errors that wear another envelope than the usual one."""
    return tuple(
        ErrorClass(
            statuses=read_patterns(row["status"], ()),
            envelope=row["envelope"],
            versions=frozenset(row["versions"]) if "versions" in row else None,
        )
        for row in table.get("classes", [])
    )


def read_error_rules(table: Mapping[str, Any]) -> ErrorRules:
    """What is promised of errors beside their envelopes."""
    return ErrorRules(
        codes={code: read_patterns(as_list(statuses), ()) for code, statuses in table.get("codes", {}).items()},
        open=table.get("open", True),
        never=table.get("never", {}),
        wrong_method=read_statuses(table.get("wrong_method")),
        not_acceptable=_not_acceptable(table.get("not_acceptable")),
        unauthorized=read_statuses(table.get("unauthorized", [401, 403])),
        too_large=TooLarge(
            bytes=table["too_large"]["bytes"], statuses=read_statuses(table["too_large"].get("reject", 413))
        )
        if "too_large" in table
        else None,
    )


def _not_acceptable(value: Any) -> frozenset[int] | None:
    """The statuses of what takes no media type that there is; none for false, and None where nothing is said."""
    return value if value is None else frozenset() if value is False else read_statuses(value)


def read_headers(
    rows: Iterable[Mapping[str, Any]], place: str = "headers", version: str | None = None
) -> tuple[RequiredHeader, ...]:
    """The promised response headers; of one version alone, where one is named."""
    return tuple(
        RequiredHeader(
            name=row["name"],
            statuses=read_patterns(row.get("on"), ("*",)),
            unless=read_patterns(row.get("unless"), ()),
            pattern=BoundedPattern(row["pattern"]) if "pattern" in row else None,
            equals=row.get("equals"),
            versions=frozenset({version} if version else row["versions"]) if version or "versions" in row else None,
            everywhere="*" in row.get("on", ()),
            absent=row.get("absent", False),
            methods=frozenset(row["methods"]) if "methods" in row else None,
            refusals=row.get("refusals", False),
            carriers=frozenset(row["carriers"]) if "carriers" in row else None,
            aliases=frozenset(row["aliases"]) if "aliases" in row else None,
            unique=row.get("unique", False),
            place=f"{place}[{index}]",
        )
        for index, row in enumerate(rows)
    )


def read_listings(rows: Iterable[Mapping[str, Any]]) -> tuple[Listing, ...]:
    """The headers and documents that list versions."""
    return tuple(
        Listing(
            header=row.get("header", ""),
            path=row.get("path", ""),
            pointer=row.get("pointer", ""),
            stages=frozenset(row["stages"]),
            required=row.get("required", False),
            order=row.get("order"),
            place=f"versioning.lists[{index}]",
        )
        for index, row in enumerate(rows)
    )


def read_deprecation(table: Mapping[str, Any], holders: Mapping[str, str] | None = None) -> Deprecation:
    """How a deprecation is announced.

    Args:
        table: What is said of it.
        holders: The places of the tables that have the `headers`, the `members` and the `links`, where that is not `deprecation`.
    """
    holders = holders or {}
    return Deprecation(
        headers=(
            *_announcing(table, "headers", holders.get("headers", "deprecation")),
            *_announcing(table, "members", holders.get("members", "deprecation")),
        ),
        links=tuple(
            DeprecationLink(
                rel=row["rel"],
                href=row.get("href"),
                successor=row.get("successor", False),
                media_type=row.get("type"),
                language=row.get("hreflang"),
                place=f"{holders.get('links', 'deprecation')}.links[{index}]",
            )
            for index, row in enumerate(table.get("links", []))
        ),
        on_live=table.get("on_live", False),
        documented=table.get("documented", False),
        not_modified=table.get("not_modified", True),
    )


def _announcing(table: Mapping[str, Any], kind: str, whose: str) -> Iterator[DeprecationHeader]:
    """The headers, or the members of bodies, that announce a deprecation."""
    for index, row in enumerate(table.get(kind, [])):
        yield DeprecationHeader(
            name=row["name"] if kind == "headers" else row["pointer"],
            dialect=dialects()[row["dialect"]] if "dialect" in row else None,
            date=row.get("date"),
            pattern=row.get("pattern", _any_level(row)),
            statuses=read_patterns(row.get("on"), ("*",) if kind == "headers" else ("2xx",)),
            levels=tuple(
                DeprecationLevel(level=step["level"], days=step.get("days")) for step in row.get("levels", ())
            ),
            inclusive=row.get("inclusive", True),
            within=row["within"]["days"] if "within" in row else None,
            sample=row.get("sample"),
            legacy=row.get("legacy", False),
            everywhere="*" in row.get("on", ()),
            place=f"{whose}.{kind}[{index}]",
        )


def read_announcement(document: Mapping[str, Any], table: Mapping[str, Any], place: str) -> Deprecation | None:
    """How a version, an alias or a part tells of its own deprecation; None where it does as `[deprecation]` says.

    Args:
        document: The whole document.
        table: The version's, alias' or part's table.
        place: Its dotted place.
    """
    own = {key: table[key] for key in ("headers", "members", "links") if key in table}
    return read_deprecation({**document.get("deprecation", {}), **own}, dict.fromkeys(own, place)) if own else None


def announced_members(document: Mapping[str, Any]) -> Iterator[str]:
    """Where bodies tell of an end: places that may differ between versions, aliases and days."""
    holders = [document.get("deprecation", {}), *document.get("lifecycle", ())]
    holders += [*document["versions"].values(), *document.get("aliases", {}).values()]
    yield from dict.fromkeys(row["pointer"] for holder in holders for row in holder.get("members", ()))


def _any_level(row: Mapping[str, Any]) -> str | None:
    """What a header fully matches that tells levels; None where it tells none."""
    return "|".join(re.escape(step["level"]) for step in row["levels"]) if "levels" in row else None
