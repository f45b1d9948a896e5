"""Writes values as parameters and bodies, the way OpenAPI's styles say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_apiversion.core.http.messages import Pairs

_DEFAULTS = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}
_JOINTS = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|"}
FORM = "application/x-www-form-urlencoded"


def text_of(value: Any) -> str:
    """A value as a parameter's text; what has parts as JSON."""
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def path_text(parameter: Mapping[str, Any], value: Any) -> str:
    """The percent-encoded text of a path parameter, in style `simple`, `label` or `matrix`."""
    name, style, explode = parameter["name"], _style(parameter), parameter.get("explode") is True
    lead, joint = {"label": (".", "." if explode else ","), "matrix": (";", ";" if explode else ",")}.get(
        style, ("", ",")
    )
    values = [_escape(text_of(part)) for part in value] if isinstance(value, list) else []
    if "content" in parameter:
        return _escape(json.dumps(value))
    if isinstance(value, list):
        if style == "matrix":
            return "".join(f";{name}={part}" for part in values) if explode else f";{name}={','.join(values)}"
        return lead + joint.join(values)
    if isinstance(value, dict):
        pairs = [(_escape(key), _escape(text_of(part))) for key, part in value.items()]
        if style == "matrix" and not explode:
            return f";{name}=" + ",".join(part for pair in pairs for part in pair)
        return (
            lead + joint.join(f"{key}={part}" for key, part in pairs)
            if explode
            else lead + ",".join(part for pair in pairs for part in pair)
        )
    return f";{name}={_escape(text_of(value))}" if style == "matrix" else lead + _escape(text_of(value))


def pairs(parameter: Mapping[str, Any], value: Any) -> Pairs:
    """The decoded pairs of a query or cookie parameter."""
    name, style = parameter["name"], _style(parameter)
    explode = parameter.get("explode", style in {"form", "cookie"}) is True
    if "content" in parameter:
        return ((name, json.dumps(value)),)
    if isinstance(value, list):
        return (
            tuple((name, text_of(part)) for part in value)
            if explode
            else ((name, _JOINTS.get(style, ",").join(map(text_of, value))),)
        )
    if isinstance(value, dict):
        if style == "deepObject":
            return tuple((f"{name}[{key}]", text_of(part)) for key, part in value.items())
        if explode:
            return tuple((key, text_of(part)) for key, part in value.items())
        return ((name, _JOINTS.get(style, ",").join(text_of(part) for pair in value.items() for part in pair)),)
    return ((name, text_of(value)),)


def header_text(parameter: Mapping[str, Any], value: Any) -> str:
    """The value of a header, in style `simple`."""
    if "content" in parameter:
        return json.dumps(value)
    if isinstance(value, list):
        return ",".join(map(text_of, value))
    if isinstance(value, dict):
        if parameter.get("explode") is True:
            return ",".join(f"{key}={text_of(part)}" for key, part in value.items())
        return ",".join(text_of(part) for pair in value.items() for part in pair)
    return text_of(value)


def body_bytes(media_type: str, value: Any) -> bytes | None:
    """A body value as JSON or a form; None for media types this cannot write."""
    kind = media_type.partition(";")[0].strip()
    if kind.endswith(("/json", "+json")) or "*" in kind:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    if kind == FORM and isinstance(value, dict):
        flat = [
            (key, text_of(part)) for key, held in value.items() for part in (held if isinstance(held, list) else [held])
        ]
        return urlencode(flat, quote_via=quote).encode()
    return value.encode("utf-8", "replace") if isinstance(value, str) and kind.startswith("text/") else None


def _style(parameter: Mapping[str, Any]) -> str:
    return str(parameter.get("style", _DEFAULTS[parameter["in"]]))


def _escape(text: str) -> str:
    escaped = quote(text, safe="")
    return {".": "%2E", "..": "%2E%2E"}.get(escaped, escaped)


def encode(value: object) -> str:
    """A value as one percent-encoded path segment."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    escaped = quote(text, safe="")
    return {".": "%2E", "..": "%2E%2E"}.get(escaped, escaped)


def is_object(schema: Any) -> bool:
    """Whether each value but null, of which nothing is written, is an object, as far as the schema says.

    One with members and no type is taken for one.
    """
    if not isinstance(schema, dict):
        return False
    if parts := schema.get("anyOf") or schema.get("oneOf"):
        told = [part for part in parts if part != {"type": "null"}]
        return bool(told) and all(is_object(part) for part in told)
    kinds = schema.get("type", "object" if "properties" in schema else None)
    return kinds == "object" or (isinstance(kinds, list) and {*kinds} - {"null"} == {"object"})
