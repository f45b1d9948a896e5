"""Secrets: what environment variables hold, found in a text however it is spelled, and masked before the text is cut."""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from pytest_apiversion.core.http.masked_members import NAMES, without_members
from pytest_apiversion.core.policy.escaped_text import Layer, layers, without_space

SHORTEST = 4
"""Characters; what is shorter stands in ordinary words, and to mask it would garble them."""

_LONG = 12
"""Characters of a secret that is also found with white space in it: a shorter one could be the ends of two words."""

_BEGINNING = 8
"""Characters at least, and three quarters, of a secret's beginning that are masked wherever they stand: somebody may have cut the rest off."""

_ELLIPSIS = "…"
_CUT = re.compile(rf"[\\%&#xXu0-9a-fA-F;]{{0,8}}{_ELLIPSIS}")
"""Where a text was cut, with what is left of an escape before it."""

_MARGIN = 16
"""Characters that one character of a secret may take, escapes upon escapes included."""

_KEPT = 2_048
"""Characters of the texts whose secrets are not looked for again: the same headers, paths and short bodies stand in many exchanges."""

_BASE64 = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=")
_ORDINARY = re.compile(r"(?:/(?:[a-z]{1,12}(?:[-_.][a-z]{1,12})*|v?\d{1,4}(?:[.-]\d{1,2}){0,2}))+", re.IGNORECASE)
"""A path of words, dates and numbers of versions, which other paths and texts hold as well."""

_PLAIN_PIECE = re.compile(r"[a-z]{0,20}\d{0,4}|v?\d+", re.IGNORECASE)
"""Between the marks of a segment of a path: a word or a number."""
_MARKS = re.compile(r"[-._~,;:=@+!$&'()*]")
"""What stands between words in a segment (RFC 3986 §3.3)."""

_ORIGIN = re.compile(r"https?://[^/?#@\s]+/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Secrets:
    """What must never be shown.

    Attributes:
        values: Each secret by the name of the environment variable that holds it.
        members: Names of members whose values no report shows either, whoever made them.
        learned: Tokens that were made in the course of the run, each behind the name that stands for it. The one thing that grows: what
            is asked for a token's mask was sent after it.
    """

    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    members: tuple[str, ...] = NAMES
    learned: list[tuple[str, str]] = field(default_factory=list, repr=False)

    @property
    def known(self) -> tuple[tuple[str, str], ...]:
        """Every secret behind its name."""
        return (*self.values.items(), *self.learned)

    def masked(self, text: str) -> str:
        """The text with `$NAME` in the place of the secret that the environment variable NAME holds, however it is spelled."""
        return "".join(f"${piece}" if secret else piece for piece, secret in self.pieces(text))

    def shown(self, text: str) -> str:
        """The same without what a service calls a token or a password: as messages and values are told, but not what is sent again."""
        return without_members(self.masked(text), self.members)

    def masked_line(self, text: str) -> str:
        """A line of shell masked: every variable stands by itself, and an address's path is masked only where it may be a secret."""
        pieces = self.pieces(text, paths=False)
        return "".join(f"${{{piece}}}" if secret else piece for piece, secret in pieces)

    def beginning(self, text: str, longest: int) -> str:
        """The beginning of a text, masked before it is cut; an ellipsis at its end where there was more."""
        margin = _MARGIN * max((len(value) for _, value in self.known), default=0)
        window = 8 * longest + 2 * margin
        masked = self.masked(text[:window])
        if len(text) > window:
            masked = masked[: max(0, len(masked) - margin)]  # what is cut there may be the beginning of a secret
        return masked if len(masked) <= longest and len(text) <= window else f"{masked[:longest]}…"

    def pieces(self, text: str, *, paths: bool = True) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it is the name of the variable whose secret stood there.

        Args:
            text: What is taken apart.
            paths: Whether the path of an address counts where it stands alone and is made of ordinary words. Where a shell is to put the
                variable back it must not, since that gives the whole address.
        """
        end, found = 0, []
        for start, stop, name in _merged(self._found(text, paths=paths)):
            found += [(text[end:start], False), (name, True)]
            end = stop
        return [piece for piece in (*found, (text[end:], False)) if piece[0]]

    def _found(self, text: str, *, paths: bool) -> Iterator[tuple[int, int, str]]:
        """Every place of a secret: where it begins, where it ends, and whose it is."""
        known = self.known
        if not known:
            return
        find = _kept_places if len(text) <= _KEPT else _places
        yield from (
            (start, end, form.name) for start, end, form in find(tuple(sorted(known)), text) if paths or not form.path
        )


NO_SECRETS = Secrets()


def masks_beginning(secret: str, size: int) -> bool:
    """Whether so many characters of a secret's beginning are masked wherever they stand."""
    return not _is_address(secret) and size >= _least(secret)


def _least(text: str) -> int:
    return max(min(_BEGINNING, len(text)), len(text) * 3 // 4)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Form:
    """One way to write a secret.

    Attributes:
        name: Of its variable.
        text: What is looked for; in lower case where case does not matter.
        exact: Whether case matters, as in base64, whose neighbours are masked too: they hold a part of it.
        begins: Whether its beginning alone gives it away.
        spaced: Whether it is also found with white space in it.
        path: Whether it is only the path of an address, in ordinary words.
    """

    name: str
    text: str = field(repr=False)
    exact: bool = False
    begins: bool = True
    spaced: bool = False
    path: bool = False

    def places(self, layer: Layer, folded: str) -> Iterator[tuple[int, int, _Form]]:
        """Where it stands in a reading of a text, in places of the text as it was."""
        said = layer.text if self.exact else folded
        for start, end in self._spans(said):
            begin, stop = start, end
            if self.exact:
                while begin > max(0, start - 3) and said[begin - 1] in _BASE64:
                    begin -= 1
                while stop < min(len(said), end + 3) and said[stop] in _BASE64:
                    stop += 1
            yield (*layer.span(begin, stop), self)

    def _spans(self, said: str) -> Iterator[tuple[int, int]]:
        size = _least(self.text) if self.begins else len(self.text)
        start = said.find(self.text[:size])
        while start >= 0:
            end = start + size
            while end < len(said) and end - start < len(self.text) and said[end] == self.text[end - start]:
                end += 1
            yield start, end
            start = said.find(self.text[:size], end)
        for cut in _CUT.finditer(said) if _ELLIPSIS in said else ():
            for end in range(cut.start(), cut.end()):
                known = next(
                    (n for n in range(min(size, end), SHORTEST - 1, -1) if said.startswith(self.text[:n], end - n)), 0
                )
                if known:
                    yield end - known, cut.end() - 1
                    break


def _places(known: tuple[tuple[str, str], ...], text: str) -> tuple[tuple[int, int, _Form], ...]:
    """Every place of a secret in a text: where it begins, where it ends, and how it is written."""
    return tuple(_each_place(_spelled(known), text))


_kept_places = lru_cache(maxsize=1024)(_places)


def _each_place(spelled: tuple[_Form, ...], text: str) -> Iterator[tuple[int, int, _Form]]:
    for layer in layers(text):
        folded = _folded(layer.text)
        for form in spelled:
            yield from form.places(layer, folded)
        close = without_space(layer)
        if close is not None:
            folded = _folded(close.text)
            for form in spelled:
                if form.spaced:
                    yield from form.places(close, folded)


@lru_cache(maxsize=8)
def _spelled(values: tuple[tuple[str, str], ...]) -> tuple[_Form, ...]:
    """Every form of every secret, those of the longest first."""
    found = dict.fromkeys(
        form for name, value in sorted(values, key=lambda row: -len(row[1])) if value for form in _forms(name, value)
    )
    return tuple(form for form in found if len(form.text) >= SHORTEST)


def _forms(name: str, value: str) -> Iterator[_Form]:
    """The ways one secret is written, escapes apart."""
    address = _is_address(value)
    parts = list(dict.fromkeys((value, *_parts(value))))
    for part in parts:
        path = address and _ORDINARY.fullmatch(part) is not None
        for text in _texts(part):
            yield _Form(name=name, text=_folded(text), begins=not address, path=path)
            if len(part) >= _LONG:
                yield _Form(name=name, text="".join(_folded(text).split()), begins=not address, spaced=True, path=path)
        for encoded in _encoded(part):
            yield _Form(name=name, text=encoded, exact=True, spaced=len(part) >= _LONG, path=path)
        digits = part.encode("utf-8", "surrogatepass").hex()
        yield _Form(name=name, text=digits, spaced=True, path=path)
        yield _Form(name=name, text=":".join(re.findall("..", digits)), path=path)


def _texts(value: str) -> Iterator[str]:
    """A value as it may have been read wrongly, composed otherwise, or changed in case."""
    for text in dict.fromkeys(
        layer.text for layer in layers(value)
    ):  # what looks like an escape in it is undone with the others
        yield from (text, text.upper(), text.casefold(), " ".join(text.split()), text.replace(" ", "+"))
        yield from (unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKC"))
        raw = text.encode("utf-8", "surrogatepass")
        yield from (raw.decode("latin-1"), raw.decode("ascii", "replace"), text.encode("ascii", "replace").decode())
        yield "".join(each if each.isprintable() or each == " " else "\ufffd" for each in text)


def _encoded(value: str) -> Iterator[str]:
    """What of a value is the same in every base64 text that holds it, for the three places it may begin at (RFC 4648 §4, §5)."""
    raw = value.encode("utf-8", "surrogatepass")
    for shift in range(3):
        text = base64.b64encode(b"\0" * shift + raw).decode()
        first, last = -(-shift * 8 // 6), (shift + len(raw)) * 8 // 6
        for form in (text[first:last], text[first:last].translate(str.maketrans("+/", "-_"))):
            if len(form) >= SHORTEST:
                yield form


def _is_address(value: str) -> bool:
    return value.lower().startswith(("http://", "https://"))


def _parts(value: str) -> Iterator[str]:
    """What in a value is a secret by itself: password, path and segments of an address, name and password of a basic credential."""
    if _is_address(value):
        try:
            parts = urlsplit(value)
        except ValueError:
            return
        segments = secret_segments(parts.path)
        alone = [form for each in (parts.password or "", *segments) for form in (each, unquote(each))]
        yield from (part for part in (*alone, parts.path.rstrip("/"), value.rstrip("/")) if part)
        return
    try:
        decoded = base64.b64decode(value, validate=True).decode()
    except ValueError:
        return
    if decoded.isprintable() and ":" in decoded:
        yield from (decoded, decoded.partition(":")[2])


def secret_segments(path: str) -> Iterator[str]:
    """What in the path of an address looks like a secret: segments with some characters that are no words, numbers or dates. They may stand elsewhere alone."""
    for segment in path.split("/"):
        if sum(len(each) for each in _MARKS.split(unquote(segment)) if not _PLAIN_PIECE.fullmatch(each)) >= _BEGINNING:
            yield segment


def _folded(text: str) -> str:
    """The text in lower case, as long as it was."""
    lower = text.lower()
    return (
        lower if len(lower) == len(text) else "".join(each.lower() if len(each.lower()) == 1 else each for each in text)
    )


def _merged(found: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Places that do not overlap, in their order: of those that do, the longest gives the name."""
    merged: list[tuple[int, int, str, int]] = []
    for start, end, name in sorted(found, key=lambda row: (row[0], -row[1])):
        if merged and start < merged[-1][1]:
            first, last, known, size = merged[-1]
            longer = end - start > size
            merged[-1] = (first, max(last, end), name if longer else known, max(size, end - start))
        else:
            merged.append((start, end, name, end - start))
    return ((start, end, name) for start, end, name, _ in merged)


def is_origin(value: str) -> bool:
    """Whether a value is the address of a host and nothing else, which is where everybody may see that requests go."""
    return _ORIGIN.fullmatch(value) is not None
