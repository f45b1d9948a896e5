"""Mistakes in `[envelopes]`: keys that do not go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_apiversion.shell.texts.toml_text import Mistake

_JSON = ("schema", "schema_file", "code", "status")
_XML = ("root", "xpath")
_CODES = ("code", "code_header", "xpath")


def envelope_mistakes(place: str, envelope: Mapping[str, Any]) -> Iterator[Mistake]:
    """What one envelope says twice, or of bodies of two kinds.

    Args:
        place: Its dotted place.
        envelope: Its table.
    """
    if "schema" in envelope and "schema_file" in envelope:
        yield Mistake(place=f"{place}.schema_file", text="expected schema or schema_file, got both")
    if envelope.get("empty") is True and (more := [key for key in (*_JSON, *_XML) if key in envelope]):
        yield Mistake(place=f"{place}.empty", text=f"expected nothing else of an empty body, got {' and '.join(more)}")
    xml = [key for key in _XML if key in envelope]
    json = [key for key in _JSON if key in envelope]
    codes = [key for key in _CODES if key in envelope]
    if xml and json:
        text = f"expected a body of JSON or of XML, got {' and '.join(json)} beside {' and '.join(xml)}"
        yield Mistake(place=f"{place}.{xml[0]}", text=text)
    elif len(codes) > 1:
        yield Mistake(place=f"{place}.{codes[-1]}", text=f"expected one place of the code, got {' and '.join(codes)}")
