"""Stores bytes where the contract takes and shows them at one path, and reads them: a picture, an attachment, a file.

Whoever takes them for a text on the way loses some: bytes that are no UTF-8, ends of lines, a byte order mark, spaces at the end.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.contracts.round_trip import After, Follows
from pytest_apiversion.core.http.statuses import SUCCESS
from pytest_apiversion.shell.requests.building import plainly
from pytest_apiversion.shell.requests.sending import exchange_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Request
    from pytest_apiversion.shell.requests.valid_requests import Requests

BYTES = "application/octet-stream"
"""What may be any bytes; of an image a service may make another one of its own."""
_TRYING = b"\xef\xbb\xbf\r\n" + bytes(range(256)) + b"\r\n \n"
_SAYS_NO_MORE = frozenset({"type", "format", "minLength", "maxLength", "description", "title", "contentMediaType"})
_DONE = frozenset({200, 201, 204})
"""What is only accepted (202) may be stored later, or never."""


def stored_bytes(
    requests: Requests, scene: Scene, operation: Operation, exchanges: Sequence[Exchange]
) -> list[Exchange]:
    """Other bytes put where some were put with success, and what is read there; twice, where that takes its time.

    Args:
        requests: Sends.
        scene: What the exchanges are about.
        operation: Their operation.
        exchanges: What was asked.
    """
    get, sent = _shown_by(requests, scene, operation), _body(operation)
    put = next((each for each in reversed(exchanges) if _stored(each, operation, primary(scene))), None)
    if get is None or sent is None or put is None or put.case is None or scene.is_alias:
        return []
    request = replace(put.request, body=sent)
    if not requests.ownership.harmless(request):
        return []
    write = exchange_of(requests, scene, Aim.ACCEPTED, request, operation=operation.key, via=put.via, base=put.base)
    if write.response is None or write.response.status not in _DONE:
        return [write]
    path = dict(zip(get.path_parameters, put.case.path_parameters.values(), strict=False))
    reading = _reading(requests, scene, get, path)
    if reading is None:
        return [write]
    follows = Follows(
        after=After.STORED,
        write=operation.key,
        version=scene.subject,
        identifier=unquote([*path.values()][-1]) if path else "",
        stored=sent,
    )
    seen = exchange_of(requests, scene, Aim.UNKNOWN_DATA, reading, operation=get.key, via=put.via)
    if seen.response is None or seen.response.status not in SUCCESS or seen.response.body != sent:
        time.sleep(requests.policy.sequences.settle)
        seen = exchange_of(requests, scene, Aim.UNKNOWN_DATA, reading, operation=get.key, via=put.via)
    return [write, replace(seen, follows=follows, before=(request,))]


def _stored(exchange: Exchange, operation: Operation, via: str) -> bool:
    """Whether bytes were put."""
    response = exchange.response
    mine = exchange.operation == operation.key and exchange.request.method == "PUT" and exchange.via == via
    return mine and exchange.aim is Aim.ACCEPTED and response is not None and response.status in _DONE


def _shown_by(requests: Requests, scene: Scene, operation: Operation) -> Operation | None:
    """What shows the bytes that an operation stores, at the same path; None where it stores none, or nothing does that answers by now."""
    get = requests.target.contracts[scene.version].operations.get(f"GET {operation.path}")
    if operation.method != "PUT" or operation.body_media_types != (BYTES,) or get is None or get.neutral or get.idle:
        return None
    policy = requests.policy
    rule = policy.operations.get(get.key)
    there = policy.seen_by(scene.version, get.key).stage(scene.version, requests.as_of).answers
    kinds = {kind for status, spec in get.responses.items() if status.startswith("2") for kind in spec.bodies}
    return get if there and BYTES in kinds and not (rule is not None and rule.skip) else None


def _reading(requests: Requests, scene: Scene, get: Operation, path: Mapping[str, str]) -> Request | None:
    case = requests.first(scene.version, get)
    if case is None:
        return None
    request = requests.build(scene.subject, scene.version, get, case, path)
    return requests.signed(scene.version, get, plainly(requests.policy, scene.subject, get, request))


def _body(operation: Operation) -> bytes | None:
    """Bytes as many as may be; None where the schema says what they are."""
    content: Any = operation.request.get("requestBody", {}).get("content", {}).get(BYTES, {})
    schema: Any = content.get("schema", {})
    if not isinstance(schema, Mapping) or schema.keys() - _SAYS_NO_MORE or schema.get("format") == "byte":
        return _TRYING if schema is True else None
    least: int = schema.get("minLength", 0)
    most: int = schema.get("maxLength", len(_TRYING))
    return (_TRYING * (least // len(_TRYING) + 1))[: max(least, min(most, len(_TRYING)))]
