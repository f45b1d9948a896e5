"""Reads `[[lifecycle]]`, the lives of parts of versions, and finds mistakes in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_apiversion.core.contracts.elements import Element, ElementKind
from pytest_apiversion.core.policy.parts import Part
from pytest_apiversion.core.versions.lifecycle import Boundary, Brownout, Lifecycle, Stage, Tie, day, instant, moment
from pytest_apiversion.shell.policy_file.answers import read_sunset
from pytest_apiversion.shell.policy_file.maintenance import read_notice
from pytest_apiversion.shell.policy_file.promises import read_announcement
from pytest_apiversion.shell.policy_file.tied_dates import read_ties
from pytest_apiversion.shell.policy_file.walk import rows, table, texts
from pytest_apiversion.shell.texts.suggestions import nearest, quoted
from pytest_apiversion.shell.texts.toml_text import Mistake

_KINDS = ("operations", "paths", "tags")
_ELEMENTS = {
    "parameters": ElementKind.PARAMETER,
    "request_members": ElementKind.REQUEST,
    "response_members": ElementKind.RESPONSE,
}
"""Keys of a row that are about elements of operations."""
_DATES = ("released", "deprecated", "sunset")


def read_lifecycle(
    row: Mapping[str, Any],
    sunset: Mapping[str, Any],
    successor: str | None,
    *,
    heir: str | None = None,
    place: str = "",
    ties: tuple[Tie, ...] = (),
) -> Lifecycle:
    """The dates of a version, an alias or a part; `sunset` is the table that says what the day of a sunset is."""
    return Lifecycle(
        released=moment(row.get("released")),
        deprecated=moment(row.get("deprecated")),
        sunset=moment(row.get("sunset")),
        successor=successor,
        preview=row.get("preview", False),
        boundary=Boundary(sunset.get("boundary", Boundary.START_OF_DAY.value)),
        boundary_declared="boundary" in sunset,
        announced=moment(row.get("announced")),
        deprecated_in=row.get("deprecated_in"),
        sunset_in=row.get("sunset_in"),
        status=Stage(row["status"]) if "status" in row else None,
        undated=row.get("deprecated") is True,
        heir=heir,
        place=place,
        ties=ties,
        brownouts=tuple(sorted(map(read_brownout, row.get("brownouts", ())), key=lambda each: each.begins)),
    )


def read_brownout(row: Mapping[str, Any]) -> Brownout:
    """A window; one that is a day alone lasts the day."""
    begins, until = moment(row["from"]), moment(row.get("until"))
    begins = instant(begins) if begins is not None else dt.datetime.max.replace(tzinfo=dt.UTC)
    return Brownout(begins=begins, ends=instant(until) if until is not None else begins + dt.timedelta(days=1))


def brownout_mistakes(life: Mapping[str, Any], place: str) -> Iterator[Mistake]:
    """Windows without an end, that end before they begin, that lie outside a life or in one another."""
    known = {key: instant(when) for key in ("released", "sunset") if (when := moment(life.get(key))) is not None}
    before: dt.datetime | None = None
    for index, row in rows(life.get("brownouts")):
        here, begins, until = f"{place}.brownouts[{index}]", moment(row.get("from")), moment(row.get("until"))
        if begins is None:
            continue
        if isinstance(begins, dt.datetime) and "until" not in row:
            text = "expected an instant at which it serves again, for a brownout that begins at one, got nothing"
            yield Mistake(place=f"{here}.until", text=text)
            continue
        if until is not None and instant(until) <= instant(begins):
            yield Mistake(
                place=f"{here}.until", text=f"expected an instant after from ({day(begins)}), got {day(until)}"
            )
            continue
        if "until" in row and until is None:
            continue
        window = read_brownout(row)
        if "released" in known and window.begins < known["released"]:
            text = f"expected an instant not before released ({day(known['released'])}), got {day(begins)}"
            yield Mistake(place=f"{here}.from", text=text)
        elif "sunset" in known and window.ends > known["sunset"]:
            text = f"expected a window that is over by the sunset ({day(known['sunset'])}), got one until {day(window.ends)}"
            yield Mistake(place=here, text=text)
        elif before is not None and window.begins < before:
            text = (
                f"expected the windows in their order, each after the one before it ({day(before)}), got {day(begins)}"
            )
            yield Mistake(place=f"{here}.from", text=text)
        else:
            before = window.ends


def read_parts(document: Mapping[str, Any]) -> tuple[Part, ...]:
    """The rows of `[[lifecycle]]`, in the order of the file."""
    return tuple(_part(document, row, f"lifecycle[{index}]") for index, row in enumerate(document.get("lifecycle", [])))


def _part(document: Mapping[str, Any], row: Mapping[str, Any], place: str) -> Part:
    successor, sunset = row.get("successor"), document.get("sunset", {})
    version, heir = successor_of(successor)
    names = [*row.get("operations", ()), *(f"{each}/*" for each in row.get("paths", ()))]
    names += [f"tag {each}" for each in row.get("tags", ())]
    elements = tuple(
        _element(kind, each, f"{place}.{key}[{n}]")
        for key, kind in _ELEMENTS.items()
        for n, each in enumerate(row.get(key, ()))
    )
    if elements:
        names = [f"{', '.join(each.title for each in elements)}{' of ' if names else ''}{', '.join(names)}"]
    told = row.get("from_contract", False)
    marks = frozenset(_ELEMENTS[each] for each in told if each in _ELEMENTS) if isinstance(told, list) else frozenset()
    return Part(
        name=", ".join(names) or "what its contract deprecates",
        place=place,
        lifecycle=read_lifecycle(
            row,
            {**sunset, **row.get("gone", {})},
            version,
            heir=heir,
            place=place,
            ties=read_ties(document, row, place),
        ),
        operations=tuple(row.get("operations", ())),
        paths=tuple(row.get("paths", ())),
        tags=tuple(row.get("tags", ())),
        versions=frozenset(row["versions"]) if "versions" in row else None,
        deprecation=read_announcement(document, row, place),
        gone=read_sunset(row["gone"], f"{place}.gone") if "gone" in row else None,
        notice=read_notice(document, row, place),
        from_contract="operations" in told if isinstance(told, list) else told,
        elements=elements,
        marks=marks,
    )


def _element(kind: ElementKind, said: Any, place: str) -> Element:
    table = said if isinstance(said, Mapping) else {"name": said}
    return Element(
        kind=kind,
        name=table.get("name") or table["pointer"],
        place=table.get("in"),
        values=tuple(table.get("values", ())),
        source=place,
    )


def successor_of(said: Any) -> tuple[str | None, str | None]:
    """The version and the operation that a part's `successor` names, each None where it does not."""
    if isinstance(said, Mapping):
        version, operation = said.get("version"), said.get("operation")
        return version if isinstance(version, str) else None, operation if isinstance(operation, str) else None
    return None, said if isinstance(said, str) else None


def alone_as_row(document: dict[str, Any]) -> dict[str, str]:
    """Take a `[lifecycle]` that is a single table for its only row, in place.

    Returns:
        For the place of the row what it is called in the file; nothing where there is no such table.
    """
    if not isinstance(document.get("lifecycle"), dict):
        return {}
    document["lifecycle"] = [document["lifecycle"]]
    return {"lifecycle[0]": "lifecycle"}


def lifecycle_mistakes(document: Mapping[str, Any]) -> Iterator[Mistake]:
    """Rows about nothing, rows that say nothing, and names of versions that no version has."""
    versions = table(document, "versions")
    for index, row in rows(document.get("lifecycle")):
        place = f"lifecycle[{index}]"
        named = [key for key in (*_KINDS, *_ELEMENTS) if key in row]
        if row.get("from_contract"):
            told = [key for key in (*named, *_DATES, "successor") if key in row]
            if told:
                text = f"expected it without {' and '.join(told)}: the contracts say that"
                yield Mistake(place=f"{place}.from_contract", text=text)
        elif not named:
            keys = ", ".join((*_KINDS, *_ELEMENTS))
            yield Mistake(place=place, text=f"expected {keys} or from_contract = true, got none of them")
        elif not any(key in row for key in _DATES):
            yield Mistake(place=place, text=f"expected {', '.join(_DATES[:-1])} or {_DATES[-1]}, got none of them")
        wanted: list[tuple[str, str | None]] = [
            (f"{place}.versions[{n}]", name) for n, name in enumerate(texts(row.get("versions")))
        ]
        wanted.append((f"{place}.successor", successor_of(row.get("successor"))[0]))
        for where, name in wanted:
            if versions and name is not None and name not in versions:
                text = f"expected a declared version, got {quoted(name)}{nearest(name, versions)}"
                yield Mistake(place=where, text=text)
