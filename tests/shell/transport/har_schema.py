"""HAR 1.2 as JSON Schema: what viewers ask for, after the specification (http://www.softwareishard.com/blog/har-12-spec/)."""

from __future__ import annotations

from typing import Any

_TEXT = {"type": "string"}
_WHOLE = {"type": "integer", "minimum": -1}
_TIME = {"type": "number", "minimum": -1}


def _object(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    """An object that has no other members than these and those that begin with an underscore."""
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **optional, "comment": _TEXT},
        "patternProperties": {"^_": {}},
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_PAIR = _object({"name": _TEXT, "value": _TEXT})
_COOKIE = _object({"name": _TEXT, "value": _TEXT}, path=_TEXT, domain=_TEXT, expires=_TEXT)
_POST = _object({"mimeType": _TEXT, "params": _list(_PAIR), "text": _TEXT})
_REQUEST = _object(
    {
        "method": _TEXT,
        "url": {"type": "string", "format": "uri", "pattern": "^https?://"},
        "httpVersion": _TEXT,
        "cookies": _list(_COOKIE),
        "headers": _list(_PAIR),
        "queryString": _list(_PAIR),
        "headersSize": _WHOLE,
        "bodySize": _WHOLE,
    },
    postData=_POST,
)
_RESPONSE = _object(
    {
        "status": {"type": "integer", "minimum": 0, "maximum": 999},
        "statusText": _TEXT,
        "httpVersion": _TEXT,
        "cookies": _list(_COOKIE),
        "headers": _list(_PAIR),
        "content": _object({"size": _WHOLE, "mimeType": _TEXT}, text=_TEXT, encoding=_TEXT, compression=_WHOLE),
        "redirectURL": _TEXT,
        "headersSize": _WHOLE,
        "bodySize": _WHOLE,
    }
)
_ENTRY = _object(
    {
        "startedDateTime": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"},
        "time": {"type": "number", "minimum": 0},
        "request": _REQUEST,
        "response": _RESPONSE,
        "cache": {"type": "object"},
        "timings": _object({"send": _TIME, "wait": _TIME, "receive": _TIME}),
    },
    serverIPAddress=_TEXT,
    connection=_TEXT,
)
_CREATOR = _object({"name": _TEXT, "version": _TEXT})
HAR = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["log"],
    "properties": {"log": _object({"version": {"const": "1.2"}, "creator": _CREATOR, "entries": _list(_ENTRY)})},
    "additionalProperties": False,
}
"""The schema of a file."""
