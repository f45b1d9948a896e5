"""Media types in one spelling."""

from __future__ import annotations


def media_name(name: str) -> str:
    """A media type in one spelling: lower case, parameters in order, without a character set that goes without saying.

    That is any of what is no text, for its format says how it is written (JSON: RFC 8259, section 8.1), and UTF-8 of what is (RFC 6657).
    """
    kind, *rest = (part.strip() for part in name.lower().split(";"))
    told = sorted(part.replace(" ", "").replace('"', "") for part in rest if part)
    return ";".join([kind, *(part for part in told if not part.startswith("charset=") or _matters(kind, part))])


def _matters(kind: str, charset: str) -> bool:
    return kind.startswith("text/") and charset.partition("=")[2] not in {"utf-8", "utf8", "us-ascii"}
