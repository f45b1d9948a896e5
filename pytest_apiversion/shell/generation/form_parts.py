"""The parts of a `multipart/form-data` body as clients write them: a file has a name and a media type, an object is JSON.

Source: RFC 7578 §4.2 and §4.4, OpenAPI 3.1 §4.8.15 ("Encoding Object", default values of `contentType`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pytest_apiversion.shell.openapi.request_shapes import Shapes

_BYTES = "application/octet-stream"
_ANY = {"image": "image/png", "audio": "audio/mpeg", "video": "video/mp4", "text": "text/plain"}
"""A media type of each kind, for an encoding that takes all of them."""
_ENDINGS = {"text/plain": "txt", "image/svg+xml": "svg", "audio/mpeg": "mp3", "image/jpeg": "jpg"}
_NAME = re.compile(r"[^A-Za-z0-9_.-]+")

Part = tuple[str, tuple[Any, ...]]
"""A part's name, and its file name or None, its value and, perhaps, its media type."""


def as_clients_send(
    shapes: Shapes, media: Mapping[str, Any], parts: Iterable[tuple[str, Any]], body: Any
) -> list[Part]:
    """The parts with what every client writes beside their values.

    Args:
        shapes: What references lead to.
        media: The media type object of the form: its schema and its encoding.
        parts: What was drawn: names with file name or None, value and perhaps media type; a bare value from older releases of schemathesis.
        body: The values by their names. Older releases write an object into a part as Python does, and each of a list into one of its own.
    """
    members, encoding = _members(shapes, media.get("schema")), media.get("encoding", {})
    made: list[Part] = []
    for name, drawn_part in parts:
        told = drawn_part if isinstance(drawn_part, tuple) else (None, drawn_part)
        schema = _followed(shapes, members.get(name, True))
        declared = str(encoding.get(name, {}).get("contentType", "")) if isinstance(encoding, Mapping) else ""
        media_type = _first(str(told[2]) if len(told) > 2 else declared)  # noqa: PLR2004  the third is the media type
        if is_file(shapes, schema):
            drawn = str(told[0] or "")
            file_name = drawn if "." in drawn and not media_type else _file_name(name, media_type or _BYTES)
            made.append((name, (file_name, told[1], media_type or _BYTES)))
        elif media_type or _is_object(shapes, schema):
            value, objects = told[1], _is_object(shapes, schema)
            if objects and not _is_json(value) and isinstance(body, Mapping):
                if any(each == name for each, _ in made):
                    continue
                value = json.dumps(body.get(name))
            made.append((name, (None, value, media_type or "application/json")))
        else:
            made.append((name, (None, *told[1:])))
    return made


def _is_json(value: Any) -> bool:
    try:
        json.loads(value)
    except (TypeError, ValueError, RecursionError):
        return False
    return True


def is_file(shapes: Shapes, schema: Any) -> bool:
    """Whether a part, or each of a list of them, is a file."""
    schema = _followed(shapes, schema)
    if not isinstance(schema, dict):
        return False
    if "items" in schema:
        return is_file(shapes, schema["items"])
    kind = schema.get("contentMediaType")
    return schema.get("format") == "binary" or (
        isinstance(kind, str) and "contentEncoding" not in schema and not kind.startswith("text/")
    )


def _is_object(shapes: Shapes, schema: Any) -> bool:
    schema = _followed(shapes, schema)
    if not isinstance(schema, dict):
        return False
    return "properties" in schema or schema.get("type") == "object" or _is_object(shapes, schema.get("items"))


def _members(shapes: Shapes, schema: Any) -> Mapping[str, Any]:
    schema = _followed(shapes, schema)
    found = schema.get("properties") if isinstance(schema, dict) else None
    return found if isinstance(found, dict) else {}


def _followed(shapes: Shapes, schema: Any) -> Any:
    seen: set[str] = set()
    while isinstance(schema, dict) and isinstance(schema.get("$ref"), str) and schema["$ref"] not in seen:
        seen.add(schema["$ref"])
        schema = shapes.component(schema["$ref"])
    return schema


def _first(declared: str) -> str:
    """The first of the media types an encoding takes, one of its kind where it takes a kind."""
    media_type = declared.partition(",")[0].strip()
    kind = media_type.partition("/")[0]
    return _ANY.get(kind, _BYTES) if "*" in media_type else media_type


def _file_name(name: str, media_type: str) -> str:
    kind = media_type.partition(";")[0].strip().lower()
    last = kind.partition("/")[2]
    ending = _ENDINGS.get(kind, last if re.fullmatch("[a-z0-9]{1,4}", last) else "bin")
    return f"{_NAME.sub('-', name).strip('-.') or 'file'}.{ending}"
