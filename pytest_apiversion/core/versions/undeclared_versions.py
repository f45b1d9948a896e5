"""Undeclared versions to ask a service about: far from the declared ones, and next to them.

Pure and deterministic: the same declared versions give the same texts, the most telling first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise

from pytest_apiversion.core.versions.schemes import SCHEMES, UNBOUNDED, Fields, Scheme, VersionId, parse

_FAR = (9973, 7919, 6661, 5449, 4177, 3041, 2029, 1013)
"""Primes no API has reached, in the order they are tried."""
_NEAR = 2
"""A number this close to a declared one is a neighbour."""
_WRAP = 2**32
"""A number this much larger is the declared one again to a parser of 32 bits."""
_NAMES = ("quarry", "zephyr", "obelisk", "wharf", "juniper")
"""Codenames nobody declared, unless they did."""
_YEARS_BEFORE = (20, 31)
_YEARS_AFTER = (40, 53)
_MOST_UNKNOWN = 4
_MOST_NEIGHBOURS = 6
_DIGITS = 15
"""Numbers longer than this are left alone."""


def unknown(
    scheme: str, declared: Sequence[str], codenames: Sequence[str] = (), *, after: bool = True
) -> tuple[str, ...]:
    """Well-formed versions nobody declared, far from those that are: two to four, fewer only where there is no room.

    Args:
        scheme: A name of `SCHEMES`.
        declared: The declared versions.
        codenames: Declared codenames, oldest first.
        after: Whether dates far after the newest may be among them; a service that rounds dates down answers those.
    """
    ids = ids_of(scheme, declared, codenames)
    found = _undeclared(scheme, _far(SCHEMES[scheme], ids, codenames, after=after), declared)
    return tuple(islice(found, _MOST_UNKNOWN))


def neighbours(scheme: str, declared: Sequence[str], codenames: Sequence[str] = ()) -> tuple[str, ...]:
    """Well-formed versions nobody declared, next to those that are: at most six.

    The stable version of a preview, the next number of each part, gaps between the declared, the one before the oldest,
    the day (or month) before and after, codenames without a version.
    """
    ids = ids_of(scheme, declared, codenames)
    found = _undeclared(scheme, _close(SCHEMES[scheme], ids, codenames), declared)
    return tuple(islice(found, _MOST_NEIGHBOURS))


def between(scheme: str, earlier: str, later: str, codenames: Sequence[str] = ()) -> str | None:
    """A version strictly between two: the next day or month, or the next of the lightest number that has room; None without room."""
    low, high = parse(scheme, earlier, codenames), parse(scheme, later, codenames)
    if low is None or high is None:
        return None
    kind = SCHEMES[scheme]
    texts = [_shifted(kind, low.fields, 1)]
    texts += [_with(kind, low.fields, name, (_number(low.fields, name) or 0) + 1) for name in reversed(_numbers(kind))]
    for text in texts:
        if text is not None and (found := parse(scheme, text, codenames)) and low.key < found.key < high.key:
            return text
    return None


def ids_of(scheme: str, declared: Sequence[str], codenames: Sequence[str]) -> list[VersionId]:
    """The declared versions, oldest first; the scheme's example when there are none."""
    found = [version for text in declared if (version := parse(scheme, text, codenames))]
    if not found and (example := parse(scheme, SCHEMES[scheme].example, codenames)):
        found = [example]
    return sorted(found, key=lambda version: version.key)


def _undeclared(scheme: str, texts: Iterable[str | None], declared: Sequence[str]) -> Iterator[str]:
    for text in dict.fromkeys(texts):
        if text is not None and text not in declared and parse(scheme, text):
            yield text


def _far(scheme: Scheme, ids: list[VersionId], codenames: Sequence[str], *, after: bool) -> Iterator[str | None]:
    newest = ids[-1].fields
    if scheme.name == "opaque":
        yield from ("undeclared-9973", "nobody-declared-this", "zz7919")
        return
    if "codename" in scheme.own_fields:
        known = {*codenames, *(each.fields.get("codename") for each in ids)}
        free = next((name for name in _NAMES if name not in known), f"x{len(known)}x")
        yield scheme.compose({name: value for name, value in newest.items() if name != "preview"} | {"codename": free})
    if "year" in newest:
        yield from _far_dates(scheme, ids, after=after)
    numbers = _numbers(scheme)
    for position, name in chain(enumerate(numbers[:1]), [(len(numbers) - 1, name) for name in numbers[-1:]]):
        taken = [number for each in ids if (number := _number(each.fields, name)) is not None]
        far = [number for number in _FAR if all(abs(number - other) > _NEAR for other in taken)]
        for number in far[: 2 if position == 0 else 1]:
            yield _with(scheme, newest, name, number)
    if len(numbers) == 1 and (first := _number(ids[0].fields, numbers[0])) is not None:
        yield _with(scheme, newest, numbers[0], first + _WRAP)


def _far_dates(scheme: Scheme, ids: list[VersionId], *, after: bool) -> Iterator[str | None]:
    """Alternately before the first and after the last, as plain dates or with the newest's codename."""
    first = min(int(each.fields["year"]) for each in ids)
    last = max(int(each.fields["year"]) for each in ids)
    kept = {name: value for name, value in ids[-1].fields.items() if name == "codename"}
    for before, later in zip(_YEARS_BEFORE, _YEARS_AFTER, strict=True):
        for year in (first - before, last + later if after else 0):
            if dt.MINYEAR <= year <= dt.MAXYEAR:
                yield scheme.compose({**kept, "year": f"{year:04}", "month": "03", "day": "14"})


def _close(scheme: Scheme, ids: list[VersionId], codenames: Sequence[str]) -> Iterator[str | None]:
    plain = [name for name in scheme.own_fields if name not in scheme.optional]
    for each in reversed(ids):
        if scheme.optional & each.fields.keys():
            yield scheme.compose({name: each.fields[name] for name in plain})
    for base in (ids[-1], ids[0]):
        yield from (_shifted(scheme, base.fields, step) for step in (1, -1))
    yield from _close_previews(scheme, ids)
    yield from _close_numbers(scheme, ids)
    yield from _close_codenames(scheme, ids)
    for codename in codenames:
        if all(codename != each.fields.get("codename") for each in ids):
            yield scheme.compose({**ids[-1].fields, "codename": codename})


def _close_previews(scheme: Scheme, ids: list[VersionId]) -> Iterator[str | None]:
    """The next of each preview."""
    for each in reversed(ids):
        for name in scheme.optional & UNBOUNDED & each.fields.keys():
            yield _with(scheme, each.fields, name, (_number(each.fields, name) or 0) + 1)


def _close_numbers(scheme: Scheme, ids: list[VersionId]) -> Iterator[str | None]:
    """The next of each number, its first previews, the gaps, and the one before the oldest."""
    numbers, newest, oldest = _numbers(scheme), ids[-1].fields, ids[0].fields
    for name in reversed(numbers):
        yield _with(scheme, newest, name, (_number(newest, name) or 0) + 1)
    if "stability" in scheme.own_fields:
        parts = {"number": str((_number(newest, "number") or 0) + 1), "revision": "1"}
        yield from (scheme.compose({**parts, "stability": name}) for name in ("beta", "alpha"))
    for name in reversed(numbers):
        for earlier, later in pairwise(ids):
            yield from _between(scheme, earlier, later, name)
        yield _with(scheme, oldest, name, (_number(oldest, name) or 0) - 1)


def _close_codenames(scheme: Scheme, ids: list[VersionId]) -> Iterator[str | None]:
    """The next numbers of the last version of each codename before the newest: a service may round up within a codename."""
    if "codename" not in scheme.own_fields:
        return
    last = {each.fields["codename"]: each for each in ids if "codename" in each.fields}
    for each in [each for each in reversed(ids) if each is not ids[-1] and each in last.values()]:
        for name in reversed(_numbers(scheme)):
            yield _with(scheme, each.fields, name, (_number(each.fields, name) or 0) + 1)


def _between(scheme: Scheme, earlier: VersionId, later: VersionId, name: str) -> Iterator[str | None]:
    """The number after an earlier version's, where it is still before the later one's."""
    low, high = _number(earlier.fields, name), _number(later.fields, name)
    if low is not None and high is not None and low + 1 < high:
        yield _with(scheme, earlier.fields, name, low + 1)


def _numbers(scheme: Scheme) -> list[str]:
    """The required numbers of a scheme, heaviest first."""
    return [name for name in scheme.own_fields if name in UNBOUNDED and name not in scheme.optional]


def _number(fields: Fields, name: str) -> int | None:
    digits = fields.get(name, "")
    return int(digits) if 0 < len(digits) <= _DIGITS and digits.isdigit() else None


def _with(scheme: Scheme, fields: Fields, name: str, number: int) -> str | None:
    """The version with this number; lighter numbers start again, and optional parts go unless the number is one."""
    numbers = _numbers(scheme)
    if number < 0 or (name in scheme.optional and name not in fields):
        return None
    lighter = numbers[numbers.index(name) + 1 :] if name in numbers else []
    dropped = frozenset() if name in scheme.optional else scheme.optional - {"codename"}
    kept = {key: value for key, value in fields.items() if key not in dropped}
    return scheme.compose({**kept, **dict.fromkeys(lighter, "0"), name: str(number)})


def _shifted(scheme: Scheme, fields: Fields, step: int) -> str | None:
    """The version one day later or earlier, or one month where the scheme has no days."""
    if "year" not in fields:
        return None
    year, month = int(fields["year"]), int(fields["month"])
    try:
        if "day" in fields:
            moved = dt.date(year, month, int(fields["day"])) + dt.timedelta(days=step)
        else:
            months = year * 12 + month - 1 + step
            moved = dt.date(months // 12, months % 12 + 1, 1)
    except (ValueError, OverflowError):
        return None
    parts = {"year": f"{moved.year:04}", "month": f"{moved.month:02}", "day": f"{moved.day:02}"}
    return scheme.compose({key: value for key, value in fields.items() if key != "date"} | parts)
