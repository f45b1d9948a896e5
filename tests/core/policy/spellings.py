"""The ways services write a text they were given: what a mask must see through."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus

Spelling = Callable[[str], str]


def _units(text: str) -> str:
    raw = text.encode("utf-16-be")
    return "".join(f"\\u{raw[at]:02x}{raw[at + 1]:02X}" for at in range(0, len(raw), 2))


def _some(text: str, spell: Callable[[str], str]) -> str:
    """Every second letter spelled otherwise."""
    return "".join(spell(letter) if index % 2 else letter for index, letter in enumerate(text))


def _encoded(before: bytes, after: bytes, encode: Callable[[bytes], bytes]) -> Spelling:
    return lambda text: encode(before + text.encode() + after).decode()


SPELLINGS: dict[str, Spelling] = {
    "plain": str,
    "upper case": str.upper,
    "lower case": str.lower,
    "swapped case": str.swapcase,
    "json": lambda text: json.dumps(text)[1:-1],
    "json as it is": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "json with slashes": lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    "json in json": lambda text: json.dumps(json.dumps(text))[1:-1],
    "json, all escaped": _units,
    "json, half escaped": lambda text: _some(json.dumps(text)[1:-1] if text.isalnum() else _units(text), str),
    "url": quote,
    "url, all": lambda text: quote(text, safe=""),
    "url, lower": lambda text: quote(text, safe="").lower(),
    "url, twice": lambda text: quote(quote(text, safe=""), safe=""),
    "url, every byte": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "form": quote_plus,
    "html": html.escape,
    "html, decimal": lambda text: "".join(f"&#{ord(each)};" for each in text),
    "html, hexadecimal": lambda text: "".join(f"&#x{ord(each):X};" for each in text),
    "html, half": lambda text: _some(text, lambda each: f"&#{ord(each)};"),
    "html of json": lambda text: html.escape(json.dumps(text)[1:-1]),
    "hex": lambda text: text.encode().hex(),
    "hex, upper": lambda text: text.encode().hex().upper(),
    "hex, colons": lambda text: text.encode().hex(":"),
    "hex escapes": lambda text: (
        "".join(f"\\x{byte:02x}" for byte in text.encode("latin-1", "ignore")) if text.isascii() else text
    ),
    "base64": _encoded(b"", b"", base64.b64encode),
    "base64, second place": _encoded(b"u", b"rest", base64.b64encode),
    "base64, third place": _encoded(b"u:", b"!", base64.b64encode),
    "base64, of a url": _encoded(b"key=", b"", base64.urlsafe_b64encode),
    "base64, in json": lambda text: base64.b64encode(text.encode()).decode().replace("/", "\\/"),
    "base64, in a url": lambda text: quote(base64.b64encode(text.encode()).decode(), safe=""),
    "repr": lambda text: repr(text)[1:-1],
    "mojibake": lambda text: text.encode().decode("latin-1"),
    "zero width": "\u200b".join,
    "soft hyphens": lambda text: text[:3] + "\u00ad" + text[3:],
    "coloured": lambda text: f"{text[:2]}\x1b[1m{text[2:]}\x1b[0m",
    "continued": lambda text: f"{text[:3]}\\\n{text[3:]}",
}
"""By name: spells a text."""
