"""What the text of a document says, read with the help of one that was read before."""

from __future__ import annotations

from typing import Any, NamedTuple

from pytest_apiversion.shell.openapi.kinds.map_references import is_likely
from pytest_apiversion.shell.openapi.used_parts import own_references
from pytest_apiversion.shell.texts.json_again import Read, parse_json_again

Seen = Read | tuple[str, Any]
"""A document that stands alone, for the text that is read next: a JSON text that was read, or a YAML text and what it says."""


class Content(NamedTuple):
    """What a text says.

    Attributes:
        value: The value.
        references: Every reference in it, where it stands alone; None where it does not.
        seen: What is kept of it for the text that is read next; None where nothing is.
    """

    value: Any
    references: frozenset[str] | None
    seen: Seen | None = None


def content_of(text: str, *, is_json: bool, before: Seen | None) -> Content:
    """What a text says; what it has in common with one that was read before is taken from there.

    Raises:
        Unreadable: It cannot be read, or nests too deeply.
    """
    found = _json(text, before) if is_json else _yaml(text, before)
    if "$dynamicRef" in text or is_likely(text):  # what these lead to is not found by a place alone
        found = found._replace(references=None)
    if before is not None and (found.references is None or _is_swagger(found.value)):
        return content_of(text, is_json=is_json, before=None)  # it will be changed, in an object of its own
    return found if found.references is not None and not _is_swagger(found.value) else found._replace(seen=None)


def plain_content(value: Any) -> Content:
    """A value that was read in another way.

    Raises:
        Unreadable: It nests too deeply.
    """
    return Content(value, own_references(value) if isinstance(value, (dict, list)) else None)


def digest_of(content: bytes) -> str:
    """SHA-256 of a file's bytes, hex. Lines that end as on Windows count as all others: git may write them so on a checkout."""
    import hashlib  # noqa: PLC0415  a comparison needs none of it, and it loads slowly

    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def _json(text: str, before: Seen | None) -> Content:
    read = parse_json_again(text, before if isinstance(before, Read) else None)
    if read.references is None:
        return plain_content(read.value)
    return Content(read.value, own_references(read.value, read.references), read)


def _yaml(text: str, before: Seen | None) -> Content:
    from pytest_apiversion.shell.texts.yaml_again import parse_again  # noqa: PLC0415  JSON needs none of it, and it loads slowly

    made = plain_content(parse_again(text, None if isinstance(before, Read) else before))
    return made._replace(seen=(text, made.value))


def _is_swagger(value: Any) -> bool:
    """Whether it is written as OpenAPI 3 before it is compared, which changes its schemas in place."""
    return isinstance(value, dict) and "swagger" in value


def kind_told(value: object) -> str:
    """What a value of a text is, in words."""
    names = {dict: "an object", list: "an array", str: "a string", bool: "a boolean", type(None): "nothing"}
    return names.get(type(value), "a number")
