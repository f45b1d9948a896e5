"""Reasons of refusals: what a token endpoint says of a grant, what is missing below a thing, and what an error says is wrong with a request."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote

from pytest_apiversion.core.http.statuses import ok
from pytest_apiversion.core.json.members import places, possible_members
from pytest_apiversion.core.judging.reading import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Request, Response

_OF_THE_GRANT = frozenset({"invalid_grant", "authorization_pending", "slow_down", "expired_token"})
"""Codes that nothing but a token endpoint gives: the request was understood, and its code, password or token is none that was issued."""
_OF_THE_CLIENT = frozenset({"invalid_client", "unauthorized_client", "invalid_scope", "access_denied"})
"""Codes that say the same where a grant was asked for."""
_STATUSES = frozenset({400, 401, 403})
_MISSING = 404
_WORD = re.compile("[A-Za-z]{3,}")
_CODE = re.compile(r"[A-Za-z][\w.:/-]{0,59}")
"""What a code looks like, and no sentence does."""
_STEP = re.compile(r"[/.\[\]#$]+")
_WHERE = frozenset(
    [
        "at",
        "attribute",
        "field",
        "instancepath",
        "key",
        "loc",
        "location",
        "member",
        "name",
        "param",
        "parameter",
        "path",
        "pointer",
        "property",
        "source",
        "target",
    ]
)
"""Members of an error that say which value is wrong, in the ways of frameworks."""
_ENVELOPES_OWN = frozenset(
    ["code", "detail", "details", "error", "errors", "message", "messages", "status", "title", "type"]
)


def refuses_grant(request: Request, response: Response) -> bool:
    """Whether a token endpoint refuses what a request names, and not how it says it; `invalid_request` says the latter.

    RFC 6749 §5.2, RFC 8628 §3.5, RFC 7009 §2.2.1.
    """
    code = response.json.get("error") if isinstance(response.json, dict) else None
    if response.status not in _STATUSES or not isinstance(code, str):
        return False
    return code in _OF_THE_GRANT or (code in _OF_THE_CLIENT and "grant_type" in _names(request))


def _names(request: Request) -> set[str]:
    """The members of a form, or of a JSON object."""
    text = (request.body or b"").decode("utf-8", "replace")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {name for name, _ in parse_qsl(text, keep_blank_values=True)}
    return set(value) if isinstance(value, dict) else set()


def missing_below(exchange: Exchange, exchanges: Sequence[Exchange], scene: Scene) -> bool:
    """Whether an answer says that a thing which is there has nothing of a kind: the operation looked for it, and the contract names that 404.

    A router that has no such operation says so of every thing, those included that nobody has. An operation that says something else of
    these is there.

    Args:
        exchange: A request about a thing that is there.
        exchanges: All requests of the operation.
        scene: What they are about.
    """
    operation, response = read(exchange, scene).contract_operation, exchange.response
    if operation is None or response is None or response.status != _MISSING or not _may_be_missing(operation):
        return False
    if any(ok(peer) for peer in exchange.peers.values()):
        return False
    nobodys = [each for each in exchanges if each.of_nothing and each.response and each.response.status == _MISSING]
    said = _said(exchange, response, scene)
    return bool(nobodys) and all(_said(each, each.response, scene) != said for each in nobodys if each.response)


def _may_be_missing(operation: Operation) -> bool:
    """Whether the contract says that what the end of a path names may not be there, though what is before it is."""
    _, parameter, below = operation.path.partition("}")
    if not parameter or not below.strip("/") or str(_MISSING) not in operation.responses:
        return False
    if not operation.path.endswith("}"):
        return True
    last = next((each.schema for each in operation.parameters if each.name == operation.path_parameters[-1]), None)
    # any other parameter names what was found to be there
    return isinstance(last, Mapping) and ("enum" in last or "const" in last)


def _said(exchange: Exchange, response: Response, scene: Scene) -> object:
    """What an error says, but for what it repeats of its request: its code, or the words of it where it has none."""
    code = read(exchange, scene).error_code
    return code if code is not None else tuple(_words(exchange, response))


def _words(exchange: Exchange, response: Response) -> Iterator[str]:
    named = exchange.case.path_parameters.values() if exchange.case is not None else ()
    own = [
        form
        for text in (exchange.request.path, *named)
        for form in (text, unquote(text), quote(unquote(text), safe=""))
    ]
    for text in _texts(response):
        for each in sorted(filter(None, own), key=len, reverse=True):
            text = text.replace(each, " ")  # noqa: PLW2901  it gets shorter
        yield from _WORD.findall(text)


def _texts(response: Response) -> Iterator[str]:
    if response.parsed.problem is not None:
        yield response.text
        return
    yield from (value for _, value in places(response.json) if isinstance(value, str))


def reason_told(exchange: Exchange, scene: Scene) -> str:
    """What a refusal says is wrong with a request, as far as it is the same in every run: its code, and the parameter or member; empty where nothing is.

    Args:
        exchange: The request, which the contract accepts.
        scene: What it is about.
    """
    reading, response = read(exchange, scene), exchange.response
    operation = reading.contract_operation
    if operation is None or response is None:
        return ""
    code = reading.error_code
    body = possible_members(scene.contracts[scene.version].schemas, operation.body_schema, "")
    named = {*(each.name for each in operation.parameters), *body}
    about = next(_blamed(response, named), None)
    words = [
        code if code is not None and _CODE.fullmatch(code) else None,
        f"for {about}" if about is not None else None,
    ]
    return " ".join(filter(None, words))


def _blamed(response: Response, named: Collection[str]) -> Iterator[str]:
    """The names that an error gives as those of what is wrong, in its order."""
    for place, value in places(response.json) if response.parsed.problem is None else ():
        key = next((step for step in reversed(place.split("/")) if step != "*"), "")
        if isinstance(value, str) and key.lower() in _WHERE:
            yield from (step for step in _STEP.split(value) if step in named)
        elif key in named and key not in _ENVELOPES_OWN and not place.endswith("*") and _are_texts(value):
            yield key


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) for each in value)
