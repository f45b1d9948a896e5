"""Leaving a member out of a new record, or a parameter out of a list's query, is the same as sending the default its contract declares.

A default is a promise about everyone who never heard of the member. Additions to a request are safe only while who leaves them out gets
what they always got; the contract says what that is, and the answer shows it. A creating request (`POST`, or a `PUT` answered 201)
that left the member out is held to the answer's record, the object that repeats what was sent, where the contract's answer names the
member with a type the default has. What the answer does not show is not judged. The members of an object that was sent have theirs, too; an object that was not sent has only its own. Each such member
is left out once beside the others: numbers at their greatest, flags and choices not at their default. The first reading of a list is asked
again with the defaults of its query's parameters written out: what differs each time in the number of elements, in their order, in the names of their
members, or in what the answer says of its page, is held.

Source: MOO-08, ARA-28, ARA-29, ARA-30; OpenAPI 3.1 §4.8.24 (JSON Schema `default`), AIP-180. Silence: leave `contract.defaults` out,
or take the default out of the contract where the service derives the value.
"""

from __future__ import annotations

import json
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check, Twin
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.contracts.listed_things import list_items
from pytest_apiversion.core.contracts.query_defaults import left_out, list_differences, written
from pytest_apiversion.core.http.statuses import SUCCESS, succeeds
from pytest_apiversion.core.json.choices import choices
from pytest_apiversion.core.json.members import followed, members, places, without_null
from pytest_apiversion.core.json.other_values import ANNOTATIONS, other_value
from pytest_apiversion.core.json.pointer import MISSING, lookup
from pytest_apiversion.core.judging.differential import first_success
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import BodySpec, Operation
    from pytest_apiversion.core.http.messages import Pairs, Response

Way = tuple[str, ...]
"""The names that lead to a member from the body."""

_CREATED = 201
_DEEP = 4
"""Steps that lead to a member whose default is held."""
_MOST = 4
"""Members that are left out one by one; each costs a request."""
_PLAIN = ANNOTATIONS | {"type", "properties", "required", "additionalProperties"}
"""What the schema of a body says that is valid with whatever values its members take."""
_OUTER = 3
"""Levels of an answer in which the record is looked for: behind an envelope such as `data`."""
_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}


def _promised(scene: Scene) -> str | None:
    if not scene.policy.rules.defaults or not scene.stage.answers or scene.version not in scene.contracts:
        return None
    document = scene.contracts[scene.version].document
    operations = scene.contracts[scene.version].asked
    declared = scene.once(
        "declared defaults",
        lambda: any(_lists(each) or any(True for _ in _declared(document, each, None)) for each in operations),
    )
    return "contract.defaults" if declared else None


def _defaults(
    document: Mapping[str, Any], schema: Any, sent: Any, way: Way = (), around: frozenset[int] = frozenset()
) -> Iterator[tuple[Way, Any]]:
    """What the contract declares for the members that were not sent, each by the way to it: those of objects that were, too.

    Where nothing says what was sent, what an object has again inside itself is not looked into.
    """
    for name, each in members(document, schema, "").items():
        inside = followed(document, each)
        here = (*way, name)
        if sent is not None and name in sent:
            if isinstance(sent[name], dict) and len(here) < _DEEP:
                yield from _defaults(document, inside, sent[name], here)
        elif isinstance(inside, dict) and inside.get("default") is not None:
            yield here, inside["default"]
        elif sent is None and len(here) < _DEEP and id(inside) not in around:
            yield from _defaults(document, inside, None, here, around | {id(inside)})


def _declared(
    document: Mapping[str, Any], operation: Operation, sent: Mapping[str, Any] | None
) -> Iterator[tuple[Way, Any]]:
    """The defaults of a creating operation's body, for what was not sent; all of them where nothing says what was."""
    if operation.method in {"POST", "PUT"} and operation.body_schema is not None:
        yield from _defaults(document, _written(operation), sent)


def _plan(scene: Scene) -> Iterator[Ask]:
    operation = scene.operation
    if (
        operation is None
        or operation.method != "POST"
        or not scene.unsafe
        or scene.is_alias
        or _promised(scene) is None
    ):
        return
    document = scene.contracts[scene.version].document
    schema = followed(document, _written(operation))
    for way, _ in islice(_declared(document, operation, None), _MOST):
        place = "".join(f"/{step}" for step in way[:-1])
        others = _others(document, members(document, schema, place), way)
        if others and _objects(document, schema, way, others):
            beside = tuple(((*way[:-1], name), value) for name, value in others.items())
            yield Ask(aim=Aim.ACCEPTED, selection=scene.selection, via=primary(scene), members=beside, lacks=(way,))


def _objects(document: Mapping[str, Any], schema: Any, way: Way, others: Mapping[str, Any]) -> bool:
    """Whether the objects on the way to a member are valid with these others in the last of them, and without that member."""
    for level, step in enumerate(way, 1):
        schema = followed(document, schema)
        if not isinstance(schema, dict) or schema.keys() - _PLAIN:
            return False
        required = set(schema.get("required", ()))
        if level == len(way):
            return step not in required and (level == 1 or required <= others.keys())
        if level > 1 and not required <= {step}:
            return False  # what is sent need not have it yet, and this alone is no such object
        schema = members(document, schema, "").get(step)
    return False


def _others(document: Mapping[str, Any], named: Mapping[str, Any], way: Way) -> dict[str, Any]:
    """Values for the members beside the one that is left out."""
    return {
        name: value
        for name, each in named.items()
        if name != way[-1]
        and (
            isinstance(value := other_value(document, each), bool | int | float)
            or (value is not None and choices(document, without_null(document, each)) is not None)
        )
    }


def _written(operation: Operation) -> Any:
    """The schema of a body as the document writes it, defaults included."""
    return operation.body_schema if operation.written_body_schema is None else operation.written_body_schema


def _lists(operation: Operation, query: Pairs = ()) -> dict[str, bool | int | float | str]:
    """The defaults that a reading leaves out of its query."""
    return left_out(operation, query) if operation.method == "GET" else {}


def _twins(exchanges: Sequence[Exchange], scene: Scene) -> Iterator[Twin]:
    first, operation = first_success(exchanges, scene), scene.operation
    if first is None or first.base is None or first.response is None or operation is None or scene.is_alias:
        return
    defaults = _lists(operation, first.base.query)
    if defaults and list_items(first.response.json):
        differ = partial(list_differences, defaults=defaults)
        yield Twin(
            aim=Aim.WRITTEN_OUT, of=first, differ=lambda _, __: differ, via=primary(scene), query=written(defaults)
        )


def _held(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    """What a list says of its defaults."""
    comparison = exchange.comparison
    operation = scene.operation_named(scene.version, exchange.operation)
    if comparison is None or operation is None or not (succeeds(comparison.here) and succeeds(comparison.there)):
        return None  # AV302's
    defaults = _lists(operation, exchange.base.query if exchange.base is not None else ())
    told = ", ".join(f"{name} = {value}" for name, value in written(defaults))
    return [
        Broken(
            summary=f"a list without {' and '.join(defaults)} is not the one with the default",
            expected=f"{found.other}, as with {told}, the default of the contract",
            received=f"{found.mine} without",
            place=f"{scene.contracts[scene.version].source} {operation.key} parameters",
        )
        for found in list(comparison.differences.values())[:1]
    ]


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    if exchange.aim is Aim.WRITTEN_OUT:
        return _held(exchange, scene)
    reading = read(exchange, scene)
    response, operation = exchange.response, reading.contract_operation
    if response is None or operation is None or exchange.aim is not Aim.ACCEPTED or reading.displaced:
        return None
    creates = exchange.request.method == "POST" or response.status == _CREATED
    sent, spec = _sent(exchange), operation.response(response.status)
    body = spec.body(response.media_type) if spec else None
    if not creates or response.status not in SUCCESS or sent is None or body is None:
        return None
    if body.validate is not None and any(True for _ in body.validate(response.json)):
        return None  # AV301's
    document = scene.contracts[scene.version].document
    declared = dict(_declared(document, operation, sent))
    shown = list(_shown(document, body, response, sent, declared))
    if not shown:
        return None
    return [
        Broken(
            summary=f"{'.'.join(way)} was left out and is not its default",
            expected=f"{'.'.join(way)} = {json.dumps(declared[way])}, the default of the contract",
            received=f"{'.'.join(way)} = {exchange.secrets.beginning(json.dumps(value), 80)}; {answer_text(exchange)}",
            place=f"{scene.contracts[scene.version].source} {operation.key} requestBody",
        )
        for way, value in shown
        if not _alike(value, declared[way])
    ]


def _sent(exchange: Exchange) -> dict[str, Any] | None:
    """The members of a request's JSON body; None where it has none."""
    try:
        value = json.loads(exchange.request.body or b"")
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _shown(
    document: Mapping[str, Any],
    body: BodySpec,
    response: Response,
    sent: Mapping[str, Any],
    declared: Mapping[Way, Any],
) -> Iterator[tuple[Way, Any]]:
    """The members that were left out, as the record in an answer has them."""
    for place, value in places(response.json, depth=_OUTER):
        if not isinstance(value, dict) or not any(name in value and _alike(value[name], sent[name]) for name in sent):
            continue  # not the record the request was about
        for way, default in declared.items():
            within = lookup(value, "".join(f"/{step}" for step in way))
            named = members(document, body.schema, "/".join((place, *way[:-1])))
            if within is not MISSING and way[-1] in named and _fits(followed(document, named[way[-1]]), default):
                yield way, within
        return


def _fits(schema: Any, default: Any) -> bool:
    """Whether an answer's member may have a default's type."""
    wanted = schema.get("type") if isinstance(schema, dict) else None
    types = [wanted] if isinstance(wanted, str) else wanted if isinstance(wanted, list) else []
    mine = _TYPES[type(default)]
    return not types or mine in types or (mine == "integer" and "number" in types)


def _alike(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal; `true` is not 1."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True) or (
        type(one) is not bool and type(other) is not bool and one == other
    )


CHECK = Check(
    code="AV313",
    name="declared-defaults",
    title="declared defaults are kept",
    promised=_promised,
    plan=_plan,
    twins=_twins,
    judge=_judge,
)
