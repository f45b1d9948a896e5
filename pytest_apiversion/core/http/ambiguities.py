"""Ambiguities of a body: what two readers of the same bytes take for two things."""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_apiversion.core.http.messages import Response

_CHARSET = re.compile(r';\s*charset\s*=\s*"?([A-Za-z0-9_.:-]{1,40})"?', re.IGNORECASE)
_WIDE = re.compile(r"utf[_-]?(?:16|32)", re.IGNORECASE)
"""Names of charsets in which every letter has several bytes."""
_TOLD = 3
"""Members of one body that are told."""


def ambiguities(response: Response) -> Iterator[str]:
    """What is ambiguous in an answer's body, in words: members that come twice (RFC 8259 §4), another charset than is declared."""
    if response.parsed.problem is None and response.body:
        yield from (f"the member {json.dumps(name)} comes twice in one object" for name in _repeated(response.body))
    if (charset := _other_charset(response)) is not None:
        yield f"the body is not in {charset}, as its content type says"


def _repeated(body: bytes) -> list[str]:
    """The names that come twice in one object, each once."""
    text = body.removeprefix(codecs.BOM_UTF8).decode()
    try:
        _SINGLE.decode(text)
    except _RepeatedError:
        pass
    else:
        return []
    found: dict[str, None] = {}

    def pairs(members: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(members)
        if len(made) < len(members):
            names = [name for name, _ in members]
            found.update(dict.fromkeys(name for name in made if names.count(name) > 1))
        return made

    json.loads(text, object_pairs_hook=pairs)
    return list(found)[:_TOLD]


class _RepeatedError(Exception):
    """Some member comes twice."""


def _once(members: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in members}) < len(members):
        raise _RepeatedError


_SINGLE = json.JSONDecoder(object_pairs_hook=_once)
"""Says only whether a member comes twice: made once, for nearly no body has one."""


def _other_charset(response: Response) -> str | None:
    """The declared charset, where the body is a text of another one; None where nothing is declared, known, or to be seen."""
    match = _CHARSET.search(response.header("content-type") or "")
    if match is None or (response.body.isascii() and not _WIDE.match(match[1])):
        return None  # letters of one byte, or of charsets that write all others with them
    try:
        told = response.body.decode(match[1])
    except UnicodeDecodeError:
        return match[1]
    except (LookupError, UnicodeError):
        return None  # a charset that nobody here knows
    try:
        read = response.body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return (
        None if told == read or b"\0" in response.body else match[1]
    )  # bytes that are UTF-8 by chance are so rare that it is what was meant
