"""Partial updates: whether what a service has decides if one of them is valid, though its own schema takes it.

A merge patch (RFC 7396) and a JSON patch (RFC 6902) say what is to change; what comes of it is made of what is stored, too. No client that knows the schema
of the request alone can tell whether the whole is still what its schema says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.json.members import followed, members, possible_members, said_together, unnamed
from pytest_apiversion.core.json.pointer import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.http.messages import Request

_MERGE_PATCH, _JSON_PATCH = "application/merge-patch+json", "application/json-patch+json"
_PARTS = ("allOf", "anyOf", "oneOf")
_CONDITIONS = ("if", "not", "dependentSchemas")
"""Keywords that say something of one member where another is there."""
_OUTER = 2
"""Levels in which the thing is looked for in an answer: behind an envelope such as `data`."""


def rests_on_stored(contract: Contract, operation: Operation, request: Request) -> bool:
    """Whether a request changes a part of a thing, so that the rest of it may be why a service refuses the whole.

    Args:
        contract: The contract.
        operation: Its operation, which accepts the request.
        request: The request as sent.
    """
    media_type = bare_type(request.header("content-type"))
    if media_type == _JSON_PATCH:
        return True  # RFC 6902 §4: what an operation names has to be there, and `test` has to hold
    if not _merges(operation, media_type):
        return False
    try:
        sent = json.loads(request.body or b"null")
    except (ValueError, RecursionError):
        return False
    return isinstance(sent, dict) and _rests(contract, operation, sent, deletes=media_type == _MERGE_PATCH)


def standing_alone(contract: Contract, operation: Operation, media_type: str, sent: Any) -> dict[str, Any] | None:
    """What is left of a partial update without the members that rest on what is stored; None where that is nothing, or all of it.

    Args:
        contract: The contract.
        operation: Its operation.
        media_type: The media type of its body.
        sent: Its body.
    """
    kind = bare_type(media_type)
    if not isinstance(sent, dict) or not _merges(operation, kind):
        return None
    rests = partial(_rests, contract, operation, deletes=kind == _MERGE_PATCH)
    if not rests(sent):
        return None
    left = dict(sent)
    for name in sent:
        if rests(left) and rests({name: sent[name]}):
            del left[name]
    return left if left and not rests(left) else None


def bare_type(media_type: str | None) -> str:
    """A media type without its parameters, in small letters."""
    return (media_type or "").partition(";")[0].strip().lower()


def _merges(operation: Operation, media_type: str) -> bool:
    return operation.method == "PATCH" and media_type != _JSON_PATCH and media_type.endswith("json")


def _rests(contract: Contract, operation: Operation, sent: Mapping[str, Any], *, deletes: bool) -> bool:
    """Whether an object that is merged into what is stored may make of it what the thing must not be."""
    document, body = contract.document, possible_members(contract.schemas, operation.body_schema, "")
    things = [each for schema in _shown(contract, operation) for each in _objects(document, schema, _OUTER)]
    whole = [schema for schema in things if sent.keys() & possible_members(document, schema, "").keys()]
    inner = [(name, value) for name, value in sent.items() if isinstance(value, dict)]
    return any(_bound(document, schema, sent, deletes=deletes) for schema in whole) or any(
        _bound(contract.schemas, body.get(name), value, deletes=deletes) for name, value in inner
    )


def _shown(contract: Contract, operation: Operation) -> Iterator[Any]:
    """What shows the thing that a partial update is about: the reading of it, and the answer to the update."""
    for each in (contract.operations.get(f"GET {operation.path}"), operation):
        for status, spec in each.responses.items() if each is not None else ():
            if status.startswith("2"):
                yield from (body.schema for kind, body in spec.bodies.items() if kind.endswith("json"))


def _objects(document: Mapping[str, Any], schema: Any, depth: int) -> Iterator[Any]:
    yield schema
    for member in members(document, schema, "").values() if depth else ():
        yield from _objects(document, member, depth - 1)


def _bound(document: Mapping[str, Any], schema: Any, sent: Mapping[str, Any], *, deletes: bool) -> bool:
    """Whether an object that gets some members, and keeps others that nobody here knows, may no longer be what its schema says.

    Args:
        document: What references lead into.
        schema: The schema of the whole object.
        sent: The members it gets.
        deletes: Whether null takes a member away (RFC 7396 §2).
    """
    gone = {name for name, value in sent.items() if value is None} if deletes else set()
    parts = list(said_together(document, schema, _PARTS))
    if any(_says(part, sent.keys() - gone, gone) or _differs(document, part, sent) for part in parts):
        return True
    named, other = possible_members(document, schema, ""), unnamed(document, schema)
    inner = ((named.get(name, other), value) for name, value in sent.items() if isinstance(value, dict))
    return any(_bound(document, each, value, deletes=deletes) for each, value in inner if each is not MISSING)


def _says(part: Mapping[str, Any], given: Iterable[str], gone: set[str]) -> bool:
    """Whether a schema says something of a whole object that some members do not decide alone."""
    given = set(given)
    if (given and "maxProperties" in part) or (
        gone and ("minProperties" in part or gone & {*part.get("required", ())})
    ):
        return True
    needs = part.get("dependentRequired", {})
    if any((name in given and {*others} - given) or gone & {*others} for name, others in needs.items()):
        return True
    return any(_speaks_of(part[word], given | gone) for word in _CONDITIONS if word in part)


def _speaks_of(condition: Any, names: set[str]) -> bool:
    """Whether a condition is about one of some members, as far as can be seen."""
    if not isinstance(condition, dict):
        return False
    about = {*condition.get("properties", ()), *condition.get("required", ()), *condition}
    return bool(about & names) or any(word in condition for word in ("$ref", *_PARTS))


def _differs(document: Mapping[str, Any], part: Mapping[str, Any], sent: Mapping[str, Any]) -> bool:
    """Whether the alternatives of an object say different things of what is sent."""
    for word in ("anyOf", "oneOf"):
        ways = [_way(document, each, word) for each in part.get(word, ()) if not _null(document, each)]
        if any(way.get(name) != ways[0].get(name) for way in ways for name in sent):
            return True
    return False


def _way(document: Mapping[str, Any], schema: Any, word: str) -> dict[str, tuple[Any, bool]]:
    """What an alternative says of each member, and whether that it is there tells it from the others."""
    named = possible_members(document, schema, "")
    needed = {name for each in said_together(document, schema) for name in each.get("required", ()) if word == "oneOf"}
    return {name: (named.get(name), name in needed) for name in {*named, *needed}}


def _null(document: Mapping[str, Any], schema: Any) -> bool:
    behind = followed(document, schema)
    return isinstance(behind, dict) and behind.get("type") == "null"
