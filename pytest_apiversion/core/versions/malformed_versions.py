"""Malformed versions: texts that look like versions and are none, as a careless parser or a broken client would write them.

Pure and deterministic: the same declared versions give the same texts, the most telling first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from pytest_apiversion.core.versions.schemes import VersionId, parse
from pytest_apiversion.core.versions.undeclared_versions import ids_of

if TYPE_CHECKING:
    from pytest_apiversion.core.versions.spelling import Spelling


def near_misses(scheme: str, declared: Sequence[str], codenames: Sequence[str] = ()) -> tuple[str, ...]:
    """Texts that look like the declared versions and are no versions of the scheme; none where every text is one."""
    if scheme == "opaque":
        return ()
    bases = _bases(ids_of(scheme, declared, codenames))
    texts = chain(
        (form.format_map(_Blank(base.fields)) for base in bases for form in _WRONG_FORMS.get(scheme, ())),
        (text for base in bases for text in _mutations(base.text)),
        _JUNK,
    )
    return tuple(text for text in dict.fromkeys(texts) if text.strip() and parse(scheme, text, codenames) is None)


def misspellings(spelling: Spelling, declared: Sequence[str]) -> tuple[str, ...]:
    """Texts that look like the declared versions as they are written in one place, and spell no version there.

    What a version is called is not among them, where it is written otherwise: nobody who says so means another version.
    """
    if spelling.scheme == "opaque":
        return ()
    bases = _bases(ids_of(spelling.scheme, declared, spelling.codenames))
    written = (text for base in bases for text in _mutations(spelling.write(base.text)))
    texts = chain(written, near_misses(spelling.scheme, declared, spelling.codenames))
    return tuple(
        text for text in dict.fromkeys(texts) if text.strip() and text not in declared and spelling.read(text) is None
    )


class _Blank(dict[str, str]):
    """Fields for a format; those a version lacks are empty."""

    def __missing__(self, key: str) -> str:
        return ""


def _bases(ids: list[VersionId]) -> list[VersionId]:
    """The newest, the oldest, and the newest of the other build (preview or stable), once each."""
    other = [each for each in ids if len(each.fields) != len(ids[-1].fields)]
    return list({each.text: each for each in (ids[-1], ids[0], *other[-1:])}.values())


_RUN = re.compile("[0-9]+")
_ARABIC = {ord("0") + digit: 0x0660 + digit for digit in range(10)}
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_LOOKALIKES = str.maketrans("aceijopsvxy", "\u0430\u0441\u0435\u0456\u0458\u043e\u0440\u0455\u03bd\u0445\u0443")
"""Latin letters as Cyrillic and Greek ones that look like them."""
_RUN_FORMS = ("0{}", "-{}", "+{}", "{}.0", "{}e0", "0x{}", "{}_0", " {}")
_RUN_TEXTS = ("", "0", "*", "x")
_MARKS = (
    ";",
    ",",
    ".",
    "-",
    "/",
    "%00",
    "%20",
    "'",
    '"',
    "~",
    "+",
    "\u200b",
    " ",
    "\t",
    "\u00a0",
    "x",
    ".0",
    "?",
    "-beta",
)
_FORMS = (
    " {}",
    "={}",
    ">={}",
    "^{}",
    "v{}",
    "-{}",
    ".{}",
    "../{}",
    "{0}{0}",
    "{0},{0}",
    "{0}, {0}",
    "{0} {0}",
    '"{}"',
    "<{}>",
)


def _mutations(text: str) -> Iterator[str]:
    """What a careless parser takes for the text: other case, zeros, signs, digits, letters, spaces, pieces, more of it."""
    yield from (text.upper(), text.lower(), text.swapcase(), text.title())
    runs = list(_RUN.finditer(text))
    for run in dict.fromkeys((runs[0], runs[-1])) if runs else ():
        digits = run[0]
        forms = (form.format(digits) for form in _RUN_FORMS)
        for wrong in (*forms, digits.translate(_ARABIC), digits.translate(_FULL_WIDTH), *_RUN_TEXTS):
            yield text[: run.start()] + wrong + text[run.end() :]
    yield from (text.translate(_LOOKALIKES), text.translate(_FULL_WIDTH))
    yield from (text + mark for mark in _MARKS)
    yield from (form.format(text) for form in _FORMS)
    yield from (text[1:], text[:-1])


_JUNK = (
    "null",
    "latest",
    "undefined",
    "None",
    "true",
    "*",
    "0",
    "-1",
    "NaN",
    "current",
    "default",
    "unknown",
    "version",
    "1e1",
    "0x1",
    "<script>",
    "' OR '1'='1",
    "constructor",
    "__proto__",
    "${version}",
    "{version}",
    "%",
    "~",
    "\u2603",
    "\U0001f600",
)
"""What ends up where a version belongs when a client is broken."""

_WRONG_FORMS: dict[str, tuple[str, ...]] = {
    "vN": (
        "V{number}",
        "v0{number}",
        "v{number}.0",
        "{number}",
        "v",
        "v0",
        "v-{number}",
        "v{number}beta",
        "version{number}",
    ),
    "integer": ("v{number}", "0{number}", "{number}.0", "0", "-{number}", "{number}beta"),
    "major.minor": (
        "{major}",
        "{major}.",
        ".{minor}",
        "v{major}.{minor}",
        "{major}.{minor}.0",
        "0{major}.{minor}",
        "{major}.0{minor}",
        "{major},{minor}",
        "{major}.{minor}-beta",
        "{major}.x",
        "{major}.*",
    ),
    "semver": (
        "{major}",
        "{major}.{minor}",
        "v{major}.{minor}.{patch}",
        "{major}.{minor}.{patch}.0",
        "0{major}.{minor}.{patch}",
        "{major}.{minor}.0{patch}",
        "{major}.{minor}.{patch}-",
        "{major}.{minor}.{patch}-01",
        "{major}.{minor}.{patch}+",
        "{major}.{minor}.{patch}-a..b",
        "{major}.{minor}.{patch}-rc_1",
        "{major}.{minor}.x",
        "{major}.{minor}.*",
        "~{major}.{minor}",
    ),
    "date": (
        "{year}-02-30",
        "{year}-13-01",
        "{year}-00-10",
        "{year}-{month}-00",
        "{year}-04-31",
        "2023-02-29",
        "0000-01-01",
        "{year}-{month}",
        "{year}",
        "{year}{month}{day}",
        "{year}-1-1",
        "{day}-{month}-{year}",
        "{year}/{month}/{day}",
        "{date}T00:00:00Z",
        "{date} 00:00",
        "{date}-beta",
        "{date}-Preview",
        "{date}-preview.1",
        "{date}-preview-preview",
        "{date}preview",
        "{date}-",
        "20{date}",
    ),
    "month": (
        "{year}-13",
        "{year}-00",
        "{year}-1",
        "{year}{month}",
        "{year}-{month}-01",
        "{month}-{year}",
        "{year}",
        "0000-01",
        "{year}-Q1",
        "{year}/{month}",
    ),
    "yearmonth": (
        "{year}13",
        "{year}00",
        "{year}1",
        "{year}-{month}",
        "{year}{month}01",
        "{month}{year}",
        "{year}",
        "000001",
        "{year}{month}.01",
    ),
    "date.codename": (
        "{year}-02-30.{codename}",
        "{year}-13-01.{codename}",
        "{year}-02-30",
        "2023-02-29",
        "{codename}",
        "{date}.",
        "{date}-{codename}",
        "{date}{codename}",
        "{date}.Amber",
        "{date}.1amber",
        "{date}.{codename}.1",
        "{year}{month}{day}.{codename}",
        "{date}.{codename}-preview",
        "{year}-{month}",
    ),
    "minor.patch.codename": (
        "{minor}.{patch}.{codename}-preview",
        "{minor}.{patch}.{codename}-preview.0",
        "{minor}.{patch}.{codename}-preview.01",
        "{minor}.{patch}.{codename}-preview.1.2",
        "{minor}.{patch}.{codename}-rc.1",
        "{minor}.{patch}.{codename}-preview1",
        "{minor}.{patch}.{codename}.preview.1",
        "{minor}.{patch}.{codename}-PREVIEW.1",
        "{minor}.{patch}.{codename}-preview.-1",
        "{minor}.{patch}",
        "{minor}.{codename}",
        "{codename}",
        "{codename}.{minor}.{patch}",
        "{minor}.{patch}.0.{codename}",
        "0{minor}.{patch}.{codename}",
        "{minor}.0{patch}.{codename}",
        "{minor}.{patch}.1{codename}",
        "{minor}.{patch}.",
    ),
    "kubernetes": (
        "V{number}",
        "v0{number}",
        "v0",
        "{number}",
        "v{number}.0",
        "v{number}alpha",
        "v{number}beta",
        "v{number}alpha0",
        "v{number}beta01",
        "v{number}Beta1",
        "v{number}-beta1",
        "v{number}gamma1",
        "v{number}rc1",
        "v{number}alpha1beta1",
        "v{number}beta1.1",
    ),
}
"""Per scheme, forms close to its own."""
