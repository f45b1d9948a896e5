"""Reads the tables about notice, previews, SDKs and waivers, and the mistakes no schema sees in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pytest_apiversion.core.policy.maintenance import CheckWaiver, Previews, Sdk
from pytest_apiversion.core.policy.requirements import is_code
from pytest_apiversion.core.versions.lifecycle import moment
from pytest_apiversion.core.versions.notice_period import Notice, Start
from pytest_apiversion.shell.catalogue.entries import added, checks
from pytest_apiversion.shell.policy_file.walk import rows, table
from pytest_apiversion.shell.texts.suggestions import nearest, quoted
from pytest_apiversion.shell.texts.toml_text import Mistake, dotted

_COUNTS = ("months", "days", "minor_releases")


def read_notice(document: Mapping[str, Any], life: Mapping[str, Any], place: str) -> Notice | None:
    """The least notice of a version, an alias or a part: its own over the API's; None where neither gives a time, or its own is 0.

    Args:
        document: The whole document.
        life: The version's or alias' table.
        place: Its dotted place.
    """
    own = life.get("notice", {})
    counts = [own[key] for key in _COUNTS if key in own]
    if counts and not any(counts):
        return None  # it says itself that it promises none, whatever the API does
    merged = {**document.get("notice", {}), **own}
    whose = f"{place}.notice" if own else "notice"
    more = f"{place}.notice" if "and" in own else "notice"
    found = replace(
        _time(merged, whose),
        more=tuple(_time(each, f"{more}.and[{index}]") for index, each in enumerate(merged.get("and", ()))),
    )
    return found if found.clauses else None


def _time(table: Mapping[str, Any], place: str) -> Notice:
    return Notice(
        months=table.get("months", 0),
        days=table.get("days", 0),
        minor_releases=table.get("minor_releases", 0),
        start=Start(table.get("from", Start.DEPRECATED.value)),
        place=place,
    )


def read_previews(section: Mapping[str, Any]) -> Previews:
    """How long previews live."""
    age = section.get("max_age")
    return Previews(
        expires=section.get("expires"),
        max_age=Notice(months=age.get("months", 0), days=age.get("days", 0), place="previews.max_age") if age else None,
    )


def read_sdks(document: Mapping[str, Any]) -> tuple[Sdk, ...]:
    """The SDKs and their pins."""
    return tuple(
        Sdk(
            name=row["name"],
            release=row["release"],
            version=row["version"],
            api=row.get("api"),
            deprecated=moment(row.get("deprecated")),
            sunset=moment(row.get("sunset")),
            place=f"sdks[{index}]",
        )
        for index, row in enumerate(document.get("sdks", []))
    )


def read_waivers(document: Mapping[str, Any]) -> tuple[CheckWaiver, ...]:
    """The waivers, in the order of the file."""
    return tuple(
        CheckWaiver(
            check=row["check"],
            version=row["version"],
            reason=row["reason"],
            until=dt.date.fromisoformat(row["until"]),
            place=f"waivers[{index}]",
        )
        for index, row in enumerate(document.get("waivers", []))
    )


def upkeep_mistakes(document: Mapping[str, Any]) -> Iterator[Mistake]:
    """Codes and versions nobody has, in waivers and SDKs."""
    versions, aliases = table(document, "versions"), table(document, "aliases")
    known = [
        check.code for check in checks() if check.inspect and (check in added().checks or check.code.startswith("AV1"))
    ]
    for place, clause in _clauses(document):
        if not any(clause.get(key) for key in _COUNTS):
            yield Mistake(place=place, text=f"expected {', '.join(_COUNTS[:-1])} or {_COUNTS[-1]}, got none of them")
    for index, row in rows(document.get("waivers")):
        place = dotted(f"waivers[{index}]", "check")
        code = row.get("check")
        if (
            isinstance(code, str)
            and is_code(code)
            and code not in known
            and (code.startswith("AV1") or code[:2] != "AV")
        ):
            yield Mistake(place=place, text=f"no check has this code{nearest(code, known)}")
        yield from _version(row, f"waivers[{index}]", [*versions, *aliases], "a declared version or alias")
    for index, row in rows(document.get("sdks")):
        yield from _version(row, f"sdks[{index}]", list(versions), "a declared version")


def _clauses(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The further times of every notice, with their places."""
    notices = [("notice", table(document, "notice"))]
    for kind in ("versions", "aliases"):
        notices += [
            (f"{dotted(kind, name)}.notice", table(document, kind, name, "notice")) for name in table(document, kind)
        ]
    notices += [(f"lifecycle[{n}].notice", table(row, "notice")) for n, row in rows(document.get("lifecycle"))]
    for place, notice in notices:
        yield from ((f"{place}.and[{n}]", clause) for n, clause in rows(notice.get("and")))


def _version(row: Mapping[str, Any], place: str, known: list[str], what: str) -> Iterator[Mistake]:
    name = row.get("version")
    if known and isinstance(name, str) and name not in known:
        yield Mistake(place=f"{place}.version", text=f"expected {what}, got {quoted(name)}{nearest(name, known)}")
