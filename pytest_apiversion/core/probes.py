"""Texts to ask a service about: versions nobody declared, far and near, and texts that only look like versions.

Pure and deterministic: the same declared versions give the same texts, the most telling first.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

from pytest_apiversion.core.schemes import SCHEMES, UNBOUNDED, Fields, Scheme, VersionId, parse

if TYPE_CHECKING:
    from pytest_apiversion.core.spelling import Spelling

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
    ids = _ids(scheme, declared, codenames)
    found = _undeclared(scheme, _far(SCHEMES[scheme], ids, codenames, after=after), declared)
    return tuple(islice(found, _MOST_UNKNOWN))


def neighbours(scheme: str, declared: Sequence[str], codenames: Sequence[str] = ()) -> tuple[str, ...]:
    """Well-formed versions nobody declared, next to those that are: at most six.

    The stable version of a preview, the next number of each part, gaps between the declared, the one before the oldest,
    the day (or month) before and after, codenames without a version.
    """
    ids = _ids(scheme, declared, codenames)
    found = _undeclared(scheme, _close(SCHEMES[scheme], ids, codenames), declared)
    return tuple(islice(found, _MOST_NEIGHBOURS))


def near_misses(scheme: str, declared: Sequence[str], codenames: Sequence[str] = ()) -> tuple[str, ...]:
    """Texts that look like the declared versions and are no versions of the scheme; none where every text is one."""
    if scheme == "opaque":
        return ()
    bases = _bases(_ids(scheme, declared, codenames))
    texts = chain(
        (form.format_map(_Blank(base.fields)) for base in bases for form in _WRONG_FORMS.get(scheme, ())),
        (text for base in bases for text in _mutations(base.text)),
        _JUNK,
    )
    return tuple(text for text in dict.fromkeys(texts) if text.strip() and parse(scheme, text, codenames) is None)


def misspellings(spelling: Spelling, declared: Sequence[str]) -> tuple[str, ...]:
    """Texts that look like the declared versions as they are written in one place, and spell no version there."""
    if spelling.scheme == "opaque":
        return ()
    bases = _bases(_ids(spelling.scheme, declared, spelling.codenames))
    written = (text for base in bases for text in _mutations(spelling.write(base.text)))
    texts = chain(written, near_misses(spelling.scheme, declared, spelling.codenames))
    return tuple(text for text in dict.fromkeys(texts) if text.strip() and spelling.read(text) is None)


def _ids(scheme: str, declared: Sequence[str], codenames: Sequence[str]) -> list[VersionId]:
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
    names = [name for name in _NAMES if name not in codenames and all(name != each.fields.get("codename") for each in ids)]
    if "codename" in scheme.own_fields:
        yield scheme.compose({**{k: v for k, v in newest.items() if k != "preview"}, "codename": names[0]})
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
    newest, oldest = ids[-1], ids[0]
    plain = [name for name in scheme.own_fields if name not in scheme.optional]
    for each in reversed(ids):
        if scheme.optional & each.fields.keys():
            yield scheme.compose({name: each.fields[name] for name in plain})
    for base in (newest, oldest):
        for step in (1, -1):
            yield _shifted(scheme, base.fields, step)
    numbers = _numbers(scheme)
    for each in reversed(ids):
        for name in scheme.optional & UNBOUNDED & each.fields.keys():
            yield _with(scheme, each.fields, name, (_number(each.fields, name) or 0) + 1)
    for name in reversed(numbers):
        yield _with(scheme, newest.fields, name, (_number(newest.fields, name) or 0) + 1)
    if "stability" in scheme.own_fields:
        upcoming = str((_number(newest.fields, "number") or 0) + 1)
        yield from (scheme.compose({"number": upcoming, "stability": name, "revision": "1"}) for name in ("beta", "alpha"))
    for name in reversed(numbers):
        for earlier, later in pairwise(ids):
            yield from _between(scheme, earlier, later, name)
        yield _with(scheme, oldest.fields, name, (_number(oldest.fields, name) or 0) - 1)
    for codename in codenames:
        if all(codename != each.fields.get("codename") for each in ids):
            yield scheme.compose({**newest.fields, "codename": codename})


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
    kept = {key: value for key, value in fields.items() if name in scheme.optional or key not in scheme.optional or key == "codename"}
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


class _Blank(dict[str, str]):
    """Fields for a format; those a version lacks are empty."""

    def __missing__(self, key: str) -> str:
        return ""


def _bases(ids: list[VersionId]) -> list[VersionId]:
    """The newest, the oldest, and the newest of the other build (preview or stable), once each."""
    other = [each for each in ids if len(each.fields) != len(ids[-1].fields)]
    return list({each.text: each for each in (ids[-1], ids[0], *other[-1:])}.values())


_RUN = re.compile("[0-9]+")
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_LOOKALIKES = str.maketrans("aceijopsvxy", "асеіјорѕνху")


def _mutations(text: str) -> Iterator[str]:
    """What a careless parser takes for the text: other case, zeros, signs, digits, letters, spaces, pieces, more of it."""
    runs = list(_RUN.finditer(text))
    yield from (text.upper(), text.lower(), text.swapcase(), text.title())
    for run in {runs[0].start(): runs[0], runs[-1].start(): runs[-1]}.values() if runs else ():
        before, digits, behind = text[: run.start()], run[0], text[run.end() :]
        for wrong in (f"0{digits}", f"-{digits}", f"+{digits}", digits.translate(_ARABIC), digits.translate(_FULL_WIDTH),
                      f"{digits}.0", f"{digits}e0", f"0x{digits}", f"{digits}_0", f" {digits}", "", "0", "*", "x"):
            yield before + wrong + behind
    yield text.translate(_LOOKALIKES)
    yield text.translate(_FULL_WIDTH)
    for mark in (";", ",", ".", "-", "/", "%00", "%20", "'", '"', "~", "+", "\u200b", " ", "\t", "\u00a0", "x", ".0", "?"):
        yield text + mark
    yield from (f" {text}", f"={text}", f">={text}", f"^{text}", f"v{text}", f"-{text}", f".{text}", f"../{text}")
    yield from (text[1:], text[:-1], text + text, f"{text},{text}", f"{text}, {text}", f'"{text}"', f"<{text}>")


_JUNK = (
    "null", "latest", "undefined", "None", "true", "*", "0", "-1", "NaN", "current", "default", "unknown", "version",
    "1e1", "0x1", "<script>", "' OR '1'='1", "${version}", "{version}", "%", "~", "\u2603", "\U0001f600",
)  # fmt: skip
"""What ends up where a version belongs when a client is broken."""

_WRONG_FORMS: dict[str, tuple[str, ...]] = {
    "vN": ("V{number}", "v0{number}", "v{number}.0", "{number}", "v", "v0", "v-{number}", "v{number}beta", "version{number}"),
    "integer": ("v{number}", "0{number}", "{number}.0", "0", "-{number}", "{number}beta"),
    "major.minor": ("{major}", "{major}.", ".{minor}", "v{major}.{minor}", "{major}.{minor}.0", "0{major}.{minor}",
                    "{major}.0{minor}", "{major},{minor}", "{major}.{minor}-beta", "{major}.x", "{major}.*"),
    "semver": ("{major}", "{major}.{minor}", "v{major}.{minor}.{patch}", "{major}.{minor}.{patch}.0",
               "0{major}.{minor}.{patch}", "{major}.{minor}.0{patch}", "{major}.{minor}.{patch}-",
               "{major}.{minor}.{patch}-01", "{major}.{minor}.{patch}+", "{major}.{minor}.{patch}-a..b",
               "{major}.{minor}.{patch}-rc_1", "{major}.{minor}.x", "{major}.{minor}.*", "~{major}.{minor}"),
    "date": ("{year}-02-30", "{year}-13-01", "{year}-00-10", "{year}-{month}-00", "{year}-04-31", "2023-02-29",
             "0000-01-01", "{year}-{month}", "{year}", "{year}{month}{day}", "{year}-1-1", "{day}-{month}-{year}",
             "{year}/{month}/{day}", "{date}T00:00:00Z", "{date} 00:00", "{date}-beta", "{date}-Preview",
             "{date}-preview.1", "{date}-preview-preview", "{date}preview", "{date}-", "20{date}"),
    "month": ("{year}-13", "{year}-00", "{year}-1", "{year}{month}", "{year}-{month}-01", "{month}-{year}", "{year}",
              "0000-01", "{year}-Q1", "{year}/{month}"),
    "yearmonth": ("{year}13", "{year}00", "{year}1", "{year}-{month}", "{year}{month}01", "{month}{year}", "{year}",
                  "000001", "{year}{month}.01"),
    "date.codename": ("{year}-02-30.{codename}", "{year}-13-01.{codename}", "{year}-02-30", "2023-02-29", "{codename}",
                      "{date}.", "{date}-{codename}", "{date}{codename}", "{date}.Amber", "{date}.1amber",
                      "{date}.{codename}.1", "{year}{month}{day}.{codename}", "{date}.{codename}-preview", "{year}-{month}"),
    "minor.patch.codename": (
        "{minor}.{patch}.{codename}-preview", "{minor}.{patch}.{codename}-preview.0", "{minor}.{patch}.{codename}-preview.01",
        "{minor}.{patch}.{codename}-preview.1.2", "{minor}.{patch}.{codename}-rc.1", "{minor}.{patch}.{codename}-preview1",
        "{minor}.{patch}.{codename}.preview.1", "{minor}.{patch}.{codename}-PREVIEW.1", "{minor}.{patch}.{codename}-preview.-1",
        "{minor}.{patch}", "{minor}.{codename}", "{codename}", "{codename}.{minor}.{patch}", "{minor}.{patch}.0.{codename}",
        "0{minor}.{patch}.{codename}", "{minor}.0{patch}.{codename}", "{minor}.{patch}.1{codename}", "{minor}.{patch}."),
    "kubernetes": ("V{number}", "v0{number}", "v0", "{number}", "v{number}.0", "v{number}alpha", "v{number}beta",
                   "v{number}alpha0", "v{number}beta01", "v{number}Beta1", "v{number}-beta1", "v{number}gamma1",
                   "v{number}rc1", "v{number}alpha1beta1", "v{number}beta1.1"),
}  # fmt: skip
"""Per scheme, forms close to its own."""
