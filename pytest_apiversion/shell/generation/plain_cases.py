"""A case of schemathesis as plain values, written as clients write them; heavy, imported by the first drawing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import requests

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.contracts.path_values import path_parameters, path_values
from pytest_apiversion.shell.compat.requests_internals import requoted
from pytest_apiversion.shell.generation.client_numbers import as_clients_write, text_as_clients_write
from pytest_apiversion.shell.generation.form_parts import as_clients_send

if TYPE_CHECKING:
    from pytest_apiversion.shell.openapi.request_shapes import Shapes

_BASE = "http://draw.invalid"
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_NO_COOKIE = re.compile(r"[\x00-\x20\",;\\\x7f]")
_BOUNDARY = re.compile(rb"boundary=\"?([^\";\s]+)")
_HOLDERS = {"path": "path_parameters", "query": "query", "header": "headers", "cookie": "cookies"}
"""Where a schemathesis case has its parameters, by their place."""


def _written(shapes: Shapes, case: Any, operation: dict[str, Any], *, negative: bool) -> Any:
    """A schemathesis case whose numbers are written as clients write them."""
    media: Any = next(iter(operation.get("requestBody", {}).get("content", {}).values()), {})
    case.body = as_clients_write(shapes, media.get("schema", True), case.body, exactly=negative)
    if negative:
        return case  # what breaks the contract as a text is to stay that text
    for parameter in operation.get("parameters", ()):
        held = getattr(case, _HOLDERS[parameter["in"]]) or {}
        name = parameter["name"]
        if name not in held:
            continue
        if "content" in parameter:
            schema = next(iter(parameter["content"].values())).get("schema", True)
            held[name] = _rewritten(shapes, schema, held[name])
        elif isinstance(held[name], str):
            held[name] = text_as_clients_write(shapes, parameter.get("schema", True), held[name])
        else:
            held[name] = as_clients_write(shapes, parameter.get("schema", True), held[name])
    return case


def _rewritten(shapes: Shapes, schema: Any, text: Any) -> Any:
    """JSON in a parameter, its numbers as clients write them."""
    try:
        value = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return text
    made = as_clients_write(shapes, schema, value)
    return text if repr(made) == repr(value) else json.dumps(made)


def plain_case(
    case: Any, shapes: Shapes, template: str, operation: dict[str, Any], *, negative: bool
) -> DrawnCase | None:
    """A schemathesis case as plain values; None where it cannot go on the wire, or not as drawn.

    Args:
        case: The case.
        shapes: What references lead to.
        template: The path it is for.
        operation: The operation, as OpenAPI has it.
        negative: Whether it is to break the contract.
    """
    case = _written(shapes, case, operation, negative=negative)
    values = dict(case.body) if isinstance(case.body, dict) else case.body  # 4.10 writes the parts into the body itself
    try:
        kwargs = case.as_transport_kwargs(base_url=_BASE)
        url = kwargs.pop("url")
        cookies = kwargs.pop("cookies", None) or {}
        kwargs.pop("auth", None)
        lines = dict(kwargs.pop("headers", None) or {})
        sent = {name: _wire(value) for name, value in lines.items() if name.lower() == "content-type"}
        method = kwargs.pop("method")
        if isinstance(kwargs.get("files"), list):
            media = next(iter(operation["requestBody"]["content"].values()))
            kwargs["files"] = as_clients_send(shapes, media, kwargs["files"], values)
        prepared = requests.Request(method, f"{_BASE}/", headers=sent, **kwargs).prepare()
        body: Any = prepared.body
        body = body.encode() if isinstance(body, str) else body
        if body is not None and not isinstance(body, bytes):
            return None
        if (
            body is None and kwargs.get("data") is not None
        ):  # an empty text or form is a body of no bytes, not the want of one
            body = b""
    except Exception:  # noqa: BLE001  a value no client can write is no case
        return None
    path = path_values(template, url.removeprefix(_BASE).partition("?")[0])
    if path is None or any(part in {".", ".."} or "#" in part for part in path):
        return None
    declared = {(parameter["in"], parameter["name"].lower()) for parameter in operation.get("parameters", ())}
    drawn = {name.lower() for name in (case.headers or {})}
    headers = tuple(
        (name, _wire(value))
        for name, value in lines.items()
        if name.lower() in drawn and ("header", name.lower()) in declared
    )
    query = tuple(parse_qsl(urlsplit(prepared.url or "").query, keep_blank_values=True, errors="surrogateescape"))
    crumbs = tuple((name, str(value)) for name, value in cookies.items() if ("cookie", name.lower()) in declared)
    media_type = _wire(prepared.headers.get("Content-Type") or case.media_type) if body is not None else None
    body, media_type = _steady(body, media_type)
    if not negative and (not _clean(query, headers, crumbs) or any("%00" in part for part in path)):
        return None
    return DrawnCase(
        aim=Aim.REFUSED if negative else Aim.UNKNOWN_DATA,
        origin="negative" if negative else "drawn",
        path_parameters=dict(zip(path_parameters(template), map(requoted, path), strict=True)),
        query=query,
        headers=headers,
        cookies=crumbs,
        body=body,
        media_type=media_type,
        json=_json(body, media_type),
    )


def _wire(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _clean(
    query: tuple[tuple[str, str], ...], headers: tuple[tuple[str, str], ...], cookies: tuple[tuple[str, str], ...]
) -> bool:
    """Whether every text can be sent as it is: no NUL and no half of a surrogate pair anywhere.

    In a header no control and no space at either end (RFC 9110 §5.5), in a cookie only what one is made of (RFC 6265 §4.1.1).
    """
    texts = [text for group in (query, headers, cookies) for pair in group for text in pair]
    return (
        not any("\x00" in text or any("\ud800" <= char <= "\udfff" for char in text) for text in texts)
        and not any(_CONTROL.search(text) or text != text.strip(" \t") for pair in headers for text in pair)
        and not any(_NO_COOKIE.search(text) for pair in cookies for text in pair)
    )


def _steady(body: bytes | None, media_type: str | None) -> tuple[bytes | None, str | None]:
    """A multipart body with a boundary of our own instead of one drawn by chance."""
    found = _BOUNDARY.search((media_type or "").encode("latin-1", "replace")) if body else None
    if body is None or media_type is None or found is None:
        return body, media_type
    ours, number = b"apiversion-boundary", 0
    while ours in body:
        number += 1
        ours = b"apiversion-boundary-%d" % number
    return body.replace(found[1], ours), media_type.replace(found[1].decode("latin-1"), ours.decode())


def _json(body: bytes | None, media_type: str | None) -> Any:
    kind = (media_type or "").partition(";")[0].strip().lower()
    if not body or not kind.endswith(("/json", "+json")):
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
