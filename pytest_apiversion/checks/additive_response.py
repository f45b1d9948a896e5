"""Live answers only ever add to the frozen ones: members clients have come to read do not vanish.

An optional member is no licence to drop it. It counts as frozen where every frozen example of an answer carries it, and where a
client sent it and the answer's schema names it. When no live answer of the operation carries it any more, it was removed,
whatever `required` says; but for `writeOnly` members, which are for requests alone. Members that do come, and required ones, are held by AV301.

Of an example alone this is sure where several things were answered, all with the same members. One thing may have nothing to say
there, and a service whose things differ in their members leaves out what is empty: then it is a warning.

Source: GIR-09, VEL-04, MOO-03, AUG-09. Silence: take the member out of the contract's answer, or of its examples.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.http.statuses import SUCCESS
from pytest_apiversion.core.json.members import followed, generic, members, parent, places, write_only
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import members_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import BodySpec
    from pytest_apiversion.core.http.messages import Response

_WRITES = frozenset({"POST", "PUT", "PATCH"})
_TWICE = 2
"""How often a member must have been sent and not shown."""
_OUTER = 3
"""Levels of an answer in which what was sent is looked for: behind an envelope such as `data`."""

Row = tuple["Exchange", "Response", "BodySpec"]


def _promised(scene: Scene) -> str | None:
    if scene.version not in scene.contracts or not scene.stage.answers:
        return None
    return f"versions.{scene.version}.contract"


def _conclude(exchanges: Sequence[Exchange], scene: Scene) -> Iterable[Broken] | None:
    answers: dict[tuple[int, str], list[Row]] = {}
    for exchange in exchanges:
        if (row := _row(exchange, scene)) is not None:
            answers.setdefault((row[1].status, row[2].media_type), []).append(row)
    kept = [rows for rows in answers.values() if rows[0][2].examples or _sent(rows[0][0])]
    if not kept:
        return None
    return [broken for rows in kept for broken in _missing(rows, scene)]


def _row(exchange: Exchange, scene: Scene) -> Row | None:
    """An answer that shows something of the operation's frozen answers; None for others."""
    reading = read(exchange, scene)
    response, operation = exchange.response, reading.contract_operation
    if response is None or operation is None or exchange.aim is Aim.REFUSED or exchange.via not in {"", primary(scene)}:
        return None
    if response.status not in SUCCESS or response.parsed.problem is not None or reading.displaced:
        return None
    return None if reading.body is None else (exchange, response, reading.body)


def _missing(rows: list[Row], scene: Scene) -> Iterator[Broken]:
    last, _, body = rows[-1]
    contract = scene.contracts[scene.version]
    required = {
        generic(problem.where)
        for _, answer, spec in rows
        if spec.validate
        for problem in spec.validate(answer.json)
        if problem.keyword == "required"
    }
    shown = _shown_in_examples(rows, body, contract.document)
    sent = _sent_and_not_shown(rows, body, contract.document)
    for place, why in {
        **dict.fromkeys(sorted(sent - shown), "was sent"),
        **dict.fromkeys(sorted(shown), "is in the frozen example"),
    }.items():
        if parent(place) not in required:  # or it is a required member, which is AV301's
            exchange, at = _missed_at(rows, parent(place))
            yield Broken(
                summary=f"{place} {why} and is in none of {len(rows)} live answers",
                expected=f"{place}, as the frozen contract shows it",
                received=members_text(exchange, at),
                place=f"{contract.source} {last.operation} {rows[-1][1].status} content",
                severity=None if place in sent or _alike(rows, parent(place)) else Severity.WARNING,
                exchange=exchange,
            )


def _missed_at(rows: Sequence[Row], place: str) -> tuple[Exchange, str]:
    """The last exchange whose answer has an object at a place, in which a member is missed, and the pointer of the first there."""
    for exchange, answer, _ in reversed(rows):
        found = next(
            (at for at, value in places(answer.json, indices=True) if generic(at) == place and isinstance(value, dict)),
            None,
        )
        if found is not None:
            return exchange, found
    return rows[-1][0], ""


def _alike(rows: list[Row], place: str) -> bool:
    """Whether several different things were answered at a place, and all have the same members."""
    objects = [
        value for _, answer, _ in rows for at, value in places(answer.json) if at == place and isinstance(value, dict)
    ]
    different = {json.dumps(value, sort_keys=True) for value in objects}
    return len(different) > 1 and len({frozenset(value) for value in objects}) == 1


def _shown_in_examples(rows: list[Row], body: BodySpec, document: Mapping[str, Any]) -> set[str]:
    """Places every frozen example has and no live answer, though the object they are in is there."""
    if not body.examples:
        return set()
    shown = set.intersection(*({place for place, _ in places(example)} for example in body.examples))
    live = [(place, value) for _, answer, _ in rows for place, value in places(answer.json)]
    seen, objects = {place for place, _ in live}, {place for place, value in live if isinstance(value, dict)}
    gone = {place for place in shown - seen if parent(place) in objects}
    return {place for place in gone if place.rpartition("/")[2] in _answered(document, body, parent(place))}


def _sent_and_not_shown(rows: list[Row], body: BodySpec, document: Mapping[str, Any]) -> set[str]:
    """Places of members that clients sent, the answer's schema names, and no answer has, be it as it was sent or otherwise."""
    missed: Counter[str] = Counter()
    live = {place for _, answer, _ in rows for place, _ in places(answer.json, depth=_OUTER + 1)}
    for exchange, answer, _ in rows:
        sent = _sent(exchange)
        for place, value in places(answer.json, depth=_OUTER):
            if not isinstance(value, dict) or not any(
                name in value and value[name] == answer_text for name, answer_text in sent.items()
            ):
                continue  # not what the request was about
            named = _answered(document, body, place)
            missed.update(
                f"{place}/{name}"
                for name, answer_text in sent.items()
                if name in named and name not in value and answer_text != _default(document, named[name])
            )
            break
    return {place for place, times in missed.items() if times >= _TWICE and place not in live}


def _answered(document: Mapping[str, Any], body: BodySpec, place: str) -> dict[str, Any]:
    """The members that an answer's schema names at a place, those that are for requests alone left out."""
    named = members(document, body.schema, place)
    return {name: schema for name, schema in named.items() if not write_only(document, schema)}


def _sent(exchange: Exchange) -> dict[str, Any]:
    """The members of a request's JSON body that say something: no null, no zero, nothing empty."""
    if exchange.aim is not Aim.ACCEPTED or exchange.request.method not in _WRITES or not exchange.request.body:
        return {}
    try:
        value = json.loads(exchange.request.body)
    except ValueError:
        return {}
    return (
        {name: part for name, part in value.items() if part and not {"/", "~"} & set(name)}
        if isinstance(value, dict)
        else {}
    )


def _default(document: Mapping[str, Any], schema: Any) -> Any:
    schema = followed(document, schema)
    return schema.get("default") if isinstance(schema, dict) else None


CHECK = Check(
    code="AV303", name="additive-response", title="answers only ever add", promised=_promised, conclude=_conclude
)
