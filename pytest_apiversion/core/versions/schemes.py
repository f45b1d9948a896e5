"""Version schemes: which texts are versions, what they are made of, and which is older.

A scheme is one line of data: its form. The form gives the pattern that reads a version, and puts one together from its
fields. ASCII throughout: `٢` is a digit to `str.isdigit` and to `int`, and no version.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

Fields = Mapping[str, str]
"""The parts of a version by name; parts it does not have are absent."""

Key = tuple[Any, ...]
"""Orders versions of one scheme, oldest first."""

Order = Callable[[Fields, Sequence[str]], "Key | None"]
"""Gives a version's key from its fields and the declared codenames; None when the fields make no version after all."""

_TOKEN = re.compile(r"(?P<open>\[)|(?P<close>\])|\{(?P<field>[a-z]+)\}|(?P<literal>[^\[\]{}]+)")

_POSITIVE = "[1-9][0-9]*"
_COUNT = "(?:0|[1-9][0-9]*)"
_IDENTIFIER = "(?!0[0-9]+(?![0-9A-Za-z-]))[0-9A-Za-z-]+"
_MONTH = "(?:0[1-9]|1[0-2])"
_DAY = "(?:0[1-9]|[12][0-9]|3[01])"

_FIELDS: Mapping[str, str] = {
    "number": _POSITIVE,
    "major": _COUNT,
    "minor": _COUNT,
    "patch": _COUNT,
    "prerelease": rf"{_IDENTIFIER}(?:\.{_IDENTIFIER})*",
    "build": r"[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*",
    "year": "[0-9]{4}",
    "month": _MONTH,
    "day": _DAY,
    "codename": "[a-z][a-z0-9]*",
    "preview": _POSITIVE,
    "stability": "(?:alpha|beta)",
    "revision": _POSITIVE,
    "text": "[!-.0-~]+",
}

UNBOUNDED = frozenset({"number", "major", "minor", "patch", "preview", "revision"})
"""Fields of any number of digits: two of them side by side cannot be told apart."""


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionId:
    """A version's text, taken apart.

    Attributes:
        text: As declared.
        fields: Its parts by name.
        key: Its place in the order of its scheme.
    """

    text: str
    fields: Fields = field(compare=False)
    key: Key = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """One way to name versions.

    Attributes:
        name: Its name in the policy file.
        form: Its parts: `{field}`, literal text, and optional groups in square brackets.
        order: Gives the key.
        example: A version of this scheme.
        patterns: Patterns of fields that differ from the usual.
    """

    name: str
    form: str
    order: Order
    example: str
    patterns: Fields = field(default_factory=dict)

    @cached_property
    def tokens(self) -> tuple[tuple[str, str], ...]:
        """The form as (kind, text) pairs; kinds are `open`, `close`, `field` and `literal`."""
        return tuple((match.lastgroup or "", match[match.lastgroup or ""]) for match in _TOKEN.finditer(self.form))

    @cached_property
    def own_fields(self) -> tuple[str, ...]:
        """The fields of the form, in its order."""
        return tuple(text for kind, text in self.tokens if kind == "field")

    @cached_property
    def optional(self) -> frozenset[str]:
        """The fields a version may lack."""
        inside = re.findall(r"\[([^\[\]]*)\]", self.form)
        return frozenset(name for group in inside for name in re.findall(r"\{([a-z]+)\}", group))

    @cached_property
    def field_patterns(self) -> Fields:
        """Every field a spelling may use, with the pattern that reads it: the form's own, `date` and `version`."""
        own = {name: self.patterns.get(name, _FIELDS[name]) for name in self.own_fields}
        if {"year", "month", "day"} <= own.keys():
            own["date"] = f"{own['year']}-{own['month']}-{own['day']}"
        return own | {"version": self._regex(named=False)}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Fully matches the scheme's versions, impossible dates included; one group per field."""
        return re.compile(self._regex(named=True), re.ASCII)

    def _regex(self, *, named: bool) -> str:
        parts = []
        for kind, text in self.tokens:
            if kind == "field":
                pattern = self.patterns.get(text, _FIELDS[text])
                parts.append(f"(?P<{text}>{pattern})" if named else f"(?:{pattern})")
            else:
                parts.append({"open": "(?:", "close": ")?"}.get(kind) or re.escape(text))
        return "".join(parts)

    def compose(self, fields: Fields) -> str | None:
        """The text made of these fields; None when a required one is missing. An optional group is whole or absent."""
        if "date" in fields:
            fields = dict(zip(("year", "month", "day"), fields["date"].split("-"), strict=False)) | dict(fields)
        done, group, whole = "", None, True
        for kind, text in self.tokens:
            if kind == "open":
                group, whole = "", True
            elif kind == "close":
                done, group = done + (group or "" if whole else ""), None
            else:
                value = fields.get(text, "") if kind == "field" else text
                if group is not None:
                    group, whole = group + value, whole and bool(value)
                elif value:
                    done += value
                else:
                    return None
        return done


def number_key(digits: str) -> tuple[int, str]:
    """Orders digits without leading zeros as numbers, however many there are (`int` refuses more than 4,300)."""
    return (len(digits), digits)


def _by_number(fields: Fields, _codenames: Sequence[str]) -> Key:
    return number_key(fields["number"])


def _by_major_minor(fields: Fields, _codenames: Sequence[str]) -> Key:
    return (number_key(fields["major"]), number_key(fields["minor"]))


def _by_semver(fields: Fields, _codenames: Sequence[str]) -> Key:
    """Precedence of semver.org 2.0.0 item 11; build metadata, which it ignores, only breaks ties."""
    core = tuple(number_key(fields[name]) for name in ("major", "minor", "patch"))
    prerelease = fields.get("prerelease")
    identifiers = tuple(
        (0, *number_key(part)) if part.isdigit() else (1, 0, part) for part in (prerelease or "").split(".")
    )
    return (*core, prerelease is None, identifiers, fields.get("build", ""))


def _by_date(fields: Fields, _codenames: Sequence[str]) -> Key | None:
    day = _day(fields)
    return None if day is None else (day, "preview" not in fields)


def _by_month(fields: Fields, _codenames: Sequence[str]) -> Key | None:
    return None if _day({**fields, "day": "01"}) is None else (fields["year"], fields["month"])


def _by_date_codename(fields: Fields, codenames: Sequence[str]) -> Key | None:
    day = _day(fields)
    return None if day is None else (day, *_codename_key(fields.get("codename"), codenames))


def _by_codename(fields: Fields, codenames: Sequence[str]) -> Key:
    """Codename first, then minor, patch, and previews by number below the version they lead to."""
    preview = fields.get("preview")
    counts = (number_key(fields["minor"]), number_key(fields["patch"]))
    return (*_codename_key(fields["codename"], codenames), *counts, preview is None, number_key(preview or "0"))


def _by_stability(fields: Fields, _codenames: Sequence[str]) -> Key:
    """Kubernetes' version priority: every alpha, then every beta, then stable; numbers only inside each."""
    rank = ("alpha", "beta", "").index(fields.get("stability", ""))
    return (rank, number_key(fields["number"]), number_key(fields.get("revision", "0")))


def _as_declared(fields: Fields, codenames: Sequence[str]) -> Key:
    """The place among `codenames` where given; else equal for all, so that a stable sort keeps the declared order."""
    return _codename_key(fields["text"], codenames)[:1]


def _codename_key(codename: str | None, codenames: Sequence[str]) -> tuple[int, str]:
    """None comes first, then the declared order, then undeclared names by the alphabet."""
    if codename is None:
        return (-1, "")
    return (list(codenames).index(codename), "") if codename in codenames else (len(codenames), codename)


def _day(fields: Fields) -> dt.date | None:
    try:
        return dt.date(int(fields["year"]), int(fields["month"]), int(fields["day"]))
    except ValueError:
        return None


SCHEMES: Mapping[str, Scheme] = {
    scheme.name: scheme
    for scheme in (
        Scheme(name="vN", form="v{number}", order=_by_number, example="v1"),
        Scheme(name="integer", form="{number}", order=_by_number, example="1"),
        Scheme(name="major.minor", form="{major}.{minor}", order=_by_major_minor, example="1.0"),
        Scheme(
            name="semver",
            form="{major}.{minor}.{patch}[-{prerelease}][+{build}]",
            order=_by_semver,
            example="1.0.0",
        ),
        Scheme(
            name="date",
            form="{year}-{month}-{day}[-{preview}]",
            order=_by_date,
            example="2026-01-31",
            patterns={"preview": "preview"},
        ),
        Scheme(name="month", form="{year}-{month}", order=_by_month, example="2026-01"),
        Scheme(name="yearmonth", form="{year}{month}", order=_by_month, example="202601"),
        Scheme(
            name="date.codename",
            form="{year}-{month}-{day}[.{codename}]",
            order=_by_date_codename,
            example="2026-01-31.amber",
        ),
        Scheme(
            name="minor.patch.codename",
            form="{minor}.{patch}.{codename}[-preview.{preview}]",
            order=_by_codename,
            example="1.0.amber",
        ),
        Scheme(name="kubernetes", form="v{number}[{stability}{revision}]", order=_by_stability, example="v1"),
        Scheme(name="opaque", form="{text}", order=_as_declared, example="stable"),
    )
}
"""The schemes by the name the policy file uses."""


def parse(scheme: str, text: str, codenames: Sequence[str] = ()) -> VersionId | None:
    """Takes a version apart; None when the text is no version of the scheme. Never raises, whatever the text.

    Args:
        scheme: A name of `SCHEMES`.
        text: Any text.
        codenames: The declared order of codenames, oldest first; an undeclared codename is well-formed and comes last.
    """
    return _parsed(scheme, text, tuple(codenames))


@lru_cache(maxsize=4096)
def _parsed(scheme: str, text: str, codenames: tuple[str, ...]) -> VersionId | None:
    """The same, kept: the texts of a run are asked about for each of its answers."""
    kind = SCHEMES[scheme]
    match = kind.pattern.fullmatch(text)
    if match is None:
        return None
    fields = {name: value for name, value in match.groupdict().items() if value is not None}
    key = kind.order(fields, codenames)
    if key is None:
        return None
    if "day" in fields:
        fields["date"] = f"{fields['year']}-{fields['month']}-{fields['day']}"
    return VersionId(text=text, fields=fields, key=key)
