"""The `Link` header (RFC 8288 §3): targets and their relation types."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

_TARGET = re.compile(r"[\s,]*<([^>]*)>")
"""Empty elements of a list are passed over (RFC 9110 §5.6.1.2)."""
_PARAMETER = re.compile(r"\s*;[\s;]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*(?:=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s;,\"]+)))?")

_COMMA = re.compile(r"[\s;]*,")
"""The end of a link; parameters without a name are passed over (RFC 8288 appendix B.3)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkValue:
    """One link.

    Attributes:
        target: The URI reference between the angle brackets, as written.
        rels: Its relation types in lower case; the first `rel` parameter counts (RFC 8288 §3.3).
        parameters: Its other parameters by lower-case name, as pairs in their order; some may come again, as `hreflang` (RFC 8288 §3.4.1).
    """

    target: str
    rels: frozenset[str]
    parameters: tuple[tuple[str, str], ...] = ()


def parse_links(value: str) -> list[LinkValue]:
    """The links of a header's joined lines; what comes after the first that cannot be read is left out."""
    found: list[LinkValue] = []
    position = 0
    while match := _TARGET.match(value, position):
        position = match.end()
        rel: str | None = None
        others: list[tuple[str, str]] = []
        while parameter := _PARAMETER.match(value, position):
            position = parameter.end()
            name = parameter[1].lower()
            text = re.sub(r"\\(.)", r"\1", parameter[2]) if parameter[2] is not None else parameter[3] or ""
            if name == "rel":
                rel = text if rel is None else rel
            else:
                others.append((name, text))
        found.append(LinkValue(target=match[1], rels=frozenset((rel or "").lower().split()), parameters=tuple(others)))
        comma = _COMMA.match(value, position)
        if comma is None:
            break
        position = comma.end()
    return found


def parts(reference: str) -> SplitResult | None:
    """The parts of a URI reference; None where it is none (`https://[x`), which a service may well send."""
    try:
        return urlsplit(reference)
    except ValueError:
        return None
