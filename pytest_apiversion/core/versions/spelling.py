"""Spellings: how a version is written in one place, and which version a text there spells.

The law is `read(write(v)) == v` for every version of the scheme, as long as the template names enough of its fields.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from pytest_apiversion.core.versions.schemes import SCHEMES, UNBOUNDED, Scheme, parse


@dataclass(frozen=True, kw_only=True)
class Spelling:
    """How versions are written in one place; made by `spelling`.

    Attributes:
        template: Literal text and `{fields}`.
        scheme: Name of the version scheme.
        codenames: Declared codenames, oldest first.
        exceptions: Pairs of a version and how it is written where the template does not say so.
        greedy: Reads the template, every field as long as it can be.
        lazy: Reads the template, the earlier fields as short as they can be.
    """

    template: str
    scheme: str
    codenames: tuple[str, ...]
    exceptions: tuple[tuple[str, str], ...]
    greedy: re.Pattern[str]
    lazy: re.Pattern[str]

    def write(self, version: str) -> str:
        """How the version is written here. Raises `ValueError` when it is no version of the scheme."""
        for name, text in self.exceptions:
            if name == version:
                return text
        found = parse(self.scheme, version, self.codenames)
        if found is None:
            message = f"{version!r} is no version of the scheme {self.scheme!r}"
            raise ValueError(message)
        fields = {**dict.fromkeys(SCHEMES[self.scheme].field_patterns, ""), **found.fields, "version": version}
        return "".join(part if literal else fields[part] for literal, part in _parts(self.template))

    def read(self, text: str) -> str | None:
        """The version a text spells, declared or not; None when it spells none, or cannot say which."""
        return _read(self, text)

    def _spelled(self, text: str) -> str | None:
        for name, written in self.exceptions:
            if written == text:
                return name
        versions = set()
        for pattern in (self.greedy, self.lazy):
            match = pattern.fullmatch(text)
            version = match and self._version({k: v for k, v in match.groupdict().items() if v})
            if version and parse(self.scheme, version, self.codenames) and self.write(version) == text:
                versions.add(version)
        return versions.pop() if len(versions) == 1 else None

    def _version(self, fields: Mapping[str, str]) -> str | None:
        return fields.get("version") or SCHEMES[self.scheme].compose(fields)


@lru_cache(maxsize=4096)
def _read(how: Spelling, text: str) -> str | None:
    """What a text spells: paths of one document all begin with the same few."""
    return how._spelled(text)  # noqa: SLF001  this module's


def spelling(
    template: str, scheme: str, codenames: Sequence[str] = (), exceptions: Mapping[str, str] | None = None
) -> Spelling:
    """A spelling of a scheme's versions.

    A field a version lacks is written as nothing. A text is read as the version that lacks the optional fields the
    template does not name; where the template leaves out a required field, only exceptions can be read.

    Args:
        template: Literal text and fields of the scheme, such as `{version}`, `{number}` or `{date}`.
        scheme: A name of `SCHEMES`.
        codenames: Declared codenames, oldest first.
        exceptions: Version → how it is written where the template does not say so.

    Raises:
        ValueError: The template is malformed, not ASCII, names an unknown field, or cannot be read back; or two
            exceptions are written alike.
    """
    return _spelling(template, scheme, tuple(codenames), tuple((exceptions or {}).items()))


@cache
def _spelling(
    template: str, scheme: str, codenames: tuple[str, ...], exceptions: tuple[tuple[str, str], ...]
) -> Spelling:
    parts = tuple(_parts(template))
    _validate(template, parts, SCHEMES[scheme])
    written = [text for _, text in exceptions]
    if twice := sorted({text for text in written if written.count(text) > 1}):
        message = f"two versions are written {twice[0]!r}"
        raise ValueError(message)
    return Spelling(
        template=template,
        scheme=scheme,
        codenames=codenames,
        exceptions=exceptions,
        greedy=_pattern(parts, SCHEMES[scheme], lazy=False),
        lazy=_pattern(parts, SCHEMES[scheme], lazy=True),
    )


def _parts(template: str) -> Iterator[tuple[bool, str]]:
    """The template's pieces in order: (True, literal text) and (False, field name)."""
    for literal, name, spec, conversion in string.Formatter().parse(template):
        if literal:
            yield True, literal
        if name is not None:
            yield False, f"{name}{f'!{conversion}' if conversion else ''}{f':{spec}' if spec else ''}"


def _validate(template: str, parts: tuple[tuple[bool, str], ...], scheme: Scheme) -> None:
    known = sorted(scheme.field_patterns)
    message = "" if template.isascii() else f"{template!r} is not ASCII"
    for literal, name in parts:
        if not literal and name not in known:
            fields = ", ".join(f"{{{field}}}" for field in known)
            message = f"unknown field {{{name}}}; the scheme {scheme.name!r} knows {fields}"
            break
    for (first, one), (second, other) in pairwise(parts):
        if not first and not second and {one, other} <= UNBOUNDED:
            message = message or f"{{{one}}} and {{{other}}} stand side by side: nothing tells where one ends"
    if message:
        raise ValueError(message)


def _pattern(parts: tuple[tuple[bool, str], ...], scheme: Scheme, *, lazy: bool) -> re.Pattern[str]:
    regex, seen = "", set()
    for literal, part in parts:
        if literal:
            regex += re.escape(part)
        elif part in seen:
            regex += f"(?P={part})"
        else:
            seen.add(part)
            field = scheme.field_patterns[part]
            field = _REPEATED.sub(r"\1?", field) if lazy else field
            nothing = "" if part not in scheme.optional else "??" if lazy else "?"
            regex += f"(?P<{part}>(?:{field}){nothing})"
    return re.compile(regex, re.ASCII)


_REPEATED = re.compile(r"((?<!\\)[*+]|(?<=\))\?)")
"""A repetition or an option in a field's pattern."""
