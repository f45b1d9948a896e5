"""Stores bytes below a thing that the sequence created, and reads them: a picture, an attachment, a file.

Whoever takes them for a text on the way loses some: bytes that are no UTF-8, ends of lines, a byte order mark, spaces at the end.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pytest_apiversion.core.contracts.round_trip import After, Follows
from pytest_apiversion.core.http.statuses import SUCCESS

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.shell.sequences.steps import SequenceSteps

BYTES = "application/octet-stream"
"""What may be any bytes; of an image a service may make another one of its own."""
_TRYING = b"\xef\xbb\xbf\r\n" + bytes(range(256)) + b"\r\n \n"
_SAYS_NO_MORE = frozenset({"type", "format", "minLength", "maxLength", "description", "title", "contentMediaType"})


def store_bytes(sequence: SequenceSteps, path: Mapping[str, str]) -> None:
    """Put them wherever the contract takes and shows them, and read them; twice, where that takes its time.

    Args:
        sequence: The sequence.
        path: Encoded path parameters of the thing.
    """
    for put, get in _stores(sequence):
        values = sequence.like(put, path)
        sent = _body(put)
        if sent is None or not sequence.may(put, values):
            continue
        case = replace(sequence.case(sequence.subject, put), body=sent, json=None, media_type=BYTES)
        write = sequence.send(sequence.subject, put, case, values, whole=True)
        if not sequence.done(write):
            continue
        reading = sequence.case(sequence.subject, get)
        seen = sequence.send(sequence.subject, get, reading, values)
        if seen.response is None or seen.response.status not in SUCCESS or seen.response.body != sent:
            time.sleep(sequence.requests.policy.sequences.settle)
            seen = sequence.send(sequence.subject, get, reading, values)
        follows = Follows(
            after=After.STORED,
            write=put.key,
            version=sequence.subject,
            identifier=unquote([*values.values()][-1]),
            stored=sent,
        )
        sequence.exchanges[-1] = replace(seen, follows=follows, before=sequence.writes())


def _stores(sequence: SequenceSteps) -> Iterator[tuple[Operation, Operation]]:
    """What stores bytes of the thing, or below it, each with what shows them, at the same path."""
    contract, read = sequence.contract(sequence.subject), sequence.resource.read
    for put in contract.operations.values():
        get = contract.operations.get(f"GET {put.path}")
        if put.method != "PUT" or get is None or not f"{put.path}/".startswith(f"{read.path}/"):
            continue
        if len(put.path_parameters) != len(read.path_parameters) or put.body_media_types != (BYTES,):
            continue
        policy = sequence.requests.policy
        if all(_answers(policy, sequence, each) for each in (put, get)) and BYTES in _shown_as(get):
            yield put, get


def _answers(policy: Policy, sequence: SequenceSteps, operation: Operation) -> bool:
    """Whether an operation may be asked, and answers by now."""
    rule = policy.operations.get(operation.key)
    there = policy.seen_by(sequence.subject, operation.key).stage(sequence.subject, sequence.requests.as_of).answers
    return there and not operation.neutral and not operation.idle and not (rule is not None and rule.skip)


def _shown_as(operation: Operation) -> set[str]:
    return {kind for status, spec in operation.responses.items() if status.startswith("2") for kind in spec.bodies}


def _body(operation: Operation) -> bytes | None:
    """Bytes as many as may be; None where the schema says what they are."""
    content: Any = operation.request.get("requestBody", {}).get("content", {}).get(BYTES, {})
    schema: Any = content.get("schema", {})
    if not isinstance(schema, Mapping) or schema.keys() - _SAYS_NO_MORE or schema.get("format") == "byte":
        return None if schema is not True else _TRYING
    least: int = schema.get("minLength", 0)
    most: int = schema.get("maxLength", len(_TRYING))
    return (_TRYING * (least // len(_TRYING) + 1))[: max(least, min(most, len(_TRYING)))]
