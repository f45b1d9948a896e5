"""Reads dates that are tied to other dates, puts the dates that follow from them into the document, and finds mistakes in them."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_apiversion.core.versions.lifecycle import After, Tie, moment
from pytest_apiversion.core.versions.tied_dates import tied_date
from pytest_apiversion.shell.policy_file.walk import rows, table
from pytest_apiversion.shell.texts.toml_text import Mistake, dotted

TIED = ("deprecated", "sunset")
"""Dates that can be tied, in the order in which one can follow from another."""


def read_tie(of: str, row: Mapping[str, Any], place: str) -> Tie:
    """One tie."""
    return Tie(of=of, after=After(row["after"]), months=row.get("months", 0), days=row.get("days", 0), place=place)


def read_ties(document: Mapping[str, Any], row: Mapping[str, Any], place: str) -> tuple[Tie, ...]:
    """The ties of a life that a date is held to: its own beside a date, and those of `[notice]` for dates that it does not tie itself.

    A tie without a date gives the date: there is nothing to hold to it.

    Args:
        document: The whole document, with the dates that follow from ties.
        row: The life's table in it.
        place: Its dotted place.
    """
    shared, own = table(document, "notice", "ties"), table(row, TIES)
    known = [read_tie(of, own[of], f"{place}.{of}") for of in TIED if "on" in own.get(of, {})]
    return (*known, *(read_tie(of, shared[of], f"notice.ties.{of}") for of in TIED if of in shared and of not in own))


TIES = "tied"
"""Where a document whose dates are known keeps what they are tied to: a key that no policy file has."""


def with_tied_dates(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with a date in the place of each tie: the one that is declared in it, else the one that follows.

    What cannot be read stays as it is; the schema, or `tie_mistakes`, has spoken of it.
    """
    known = copy.deepcopy(dict(document))
    lives = [row for _, row, _ in _lives(known)]
    tied = [row for row in lives if any(_is_tie(row.get(of)) for of in TIED)]
    for row in tied:
        row[TIES] = {of: row[of] for of in TIED if _is_tie(row.get(of))}
    for place, row, successor in _lives(known):
        for of, said in row.get(TIES, {}).items():
            date = (
                said["on"] if moment(said.get("on")) is not None else _following(known, of, said, row, successor, place)
            )
            if date is not None:
                row[of] = date
            else:
                del row[of]
    return known


def tie_mistakes(document: Mapping[str, Any]) -> Iterator[Mistake]:
    """Ties to dates that are not declared, where the tied date is not declared either."""
    known = with_tied_dates(document)
    written = {place: row for place, row, _ in _lives(document)}
    for place, row, successor in _lives(known):
        for of in row.get(TIES, {}):
            if of in row or "on" in written[place][of]:
                continue
            after = written[place][of]["after"]
            wanted = (
                after if after != After.SUCCESSOR_RELEASED.value else f"the release of {successor or 'a successor'}"
            )
            text = f"expected the date on, or {wanted} to count it from, got neither"
            yield Mistake(place=f"{place}.{of}", text=text)


def _is_tie(said: Any) -> bool:
    if not isinstance(said, dict) or said.get("after") not in [each.value for each in After]:
        return False
    counts = [said.get(key, 0) for key in ("months", "days")]
    return all(isinstance(count, int) and not isinstance(count, bool) and 0 <= count <= _MOST for count in counts)


_MOST = 10_000


def _following(
    document: Mapping[str, Any], of: str, said: Mapping[str, Any], row: Mapping[str, Any], successor: str, place: str
) -> str | None:
    """The date that follows from another one of the same life, or from the successor's release."""
    tie = read_tie(of, said, place)
    if tie.after is After.SUCCESSOR_RELEASED:
        start = moment(table(document, "versions", successor).get("released"))
    else:
        start = moment(row.get(tie.after.value))
    return None if start is None else tied_date(tie, start).isoformat()


def _lives(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every table with the dates of a life: its place, and its successor's name; empty where it has none."""
    for name in table(document, "versions"):
        row = table(document, "versions", name)
        yield dotted("versions", name), row, str(row.get("successor", ""))
    for name in table(document, "aliases"):
        row = table(document, "aliases", name)
        yield dotted("aliases", name), row, str(row.get("version", ""))
    for index, row in rows(document.get("lifecycle")):
        yield f"lifecycle[{index}]", row, str(table(row, "successor").get("version", ""))
