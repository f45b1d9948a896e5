"""Reads the minor releases of versions, and finds mistakes in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from pytest_apiversion.core.policy.subjects import MinorRelease
from pytest_apiversion.core.versions.lifecycle import instant, moment
from pytest_apiversion.core.versions.schemes import parse
from pytest_apiversion.shell.policy_file.answers import header_mistakes
from pytest_apiversion.shell.policy_file.promises import read_headers
from pytest_apiversion.shell.policy_file.tiers import read_tiers, tier_mistakes
from pytest_apiversion.shell.policy_file.walk import rows, table
from pytest_apiversion.shell.texts.suggestions import quoted
from pytest_apiversion.shell.texts.toml_text import Mistake, dotted


def read_releases(name: str, said: Mapping[str, Any]) -> tuple[MinorRelease, ...]:
    """The minor releases of a version, oldest first."""
    found = []
    for index, row in enumerate(said.get("releases", ())):
        place, begins = f"{dotted('versions', name)}.releases[{index}]", moment(row["from"])
        if begins is None:
            continue  # a date it is, by the schema
        found.append(
            MinorRelease(
                release=row["version"],
                begins=begins,
                contract=row["contract"],
                served=row.get("served"),
                headers=read_headers(row.get("headers", ()), f"{place}.headers", name),
                tiers=read_tiers(row.get("tiers", ()), f"{place}.tiers", name),
                copies=tuple(tuple(group) for group in row.get("copies", ())),
                place=place,
            )
        )
    return tuple(found)


def release_mistakes(document: Mapping[str, Any]) -> Iterator[Mistake]:
    """Releases that do not follow each other, of two majors, or outside the life of their version."""
    for name in table(document, "versions"):
        said, place = table(document, "versions", name), f"{dotted('versions', name)}.releases"
        found = [(index, row) for index, row in rows(said.get("releases")) if isinstance(row.get("version"), str)]
        for (_, before), (index, row) in pairwise(found):
            yield from _follows(before, row, f"{place}[{index}]")
        for index, row in rows(said.get("releases")):
            yield from _lived(said, row, f"{place}[{index}]")
            for n, header in rows(row.get("headers")):
                if more := [key for key in ("versions", "aliases") if key in header]:
                    text = f"expected it without {' and '.join(more)}: the release is {name}'s"
                    yield Mistake(place=f"{place}[{index}].headers[{n}]", text=text)
            yield from header_mistakes(document, row.get("headers"), f"{place}[{index}].headers")
            yield from tier_mistakes(document, row.get("tiers"), f"{place}[{index}].tiers")


def _follows(before: Mapping[str, Any], row: Mapping[str, Any], place: str) -> Iterator[Mistake]:
    one, other = parse("semver", before["version"]), parse("semver", row["version"])
    if one is not None and other is not None and one.fields["major"] != other.fields["major"]:
        text = f"expected a release of {one.fields['major']}.x: another major is another version, got {quoted(row['version'])}"
        yield Mistake(place=f"{place}.version", text=text)
    elif one is not None and other is not None and other.key <= one.key:
        text = f"expected a release after {before['version']}, got {quoted(row['version'])}"
        yield Mistake(place=f"{place}.version", text=text)
    first, second = moment(before.get("from")), moment(row.get("from"))
    if first is not None and second is not None and instant(second) <= instant(first):
        yield Mistake(place=f"{place}.from", text=f"expected a day after {before['from']}, got {row['from']}")


def _lived(said: Mapping[str, Any], row: Mapping[str, Any], place: str) -> Iterator[Mistake]:
    begins = moment(row.get("from"))
    released, ends = moment(said.get("released")), moment(said.get("sunset"))
    if begins is None:
        return
    if released is not None and instant(begins) < instant(released):
        text = f"expected a day not before released ({said['released']}), got {row['from']}"
        yield Mistake(place=f"{place}.from", text=text)
    if ends is not None and instant(begins) >= instant(ends):
        text = f"expected a day before the sunset ({said['sunset']}), got {row['from']}"
        yield Mistake(place=f"{place}.from", text=text)
