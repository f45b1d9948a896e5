"""The response headers a policy promises are there, on the statuses it promises them on, in the form it says.

What is there on successes and missing on errors is missing where clients look first: the rest of a rate limit on a 429, the trace of a 500.

After a sunset the answers of the version's end are held too, where `on` names their very status (`410`, not `4xx`). With `on = ["*"]`, written
out, the refusals of a wrong version are held as well; a policy that leaves `on` out promises the header where a version answers.

A 304 has them too, but for what describes a body, such as `Content-Type`; `unless = [304]` leaves it out.

`absent = true` promises that a header is not there: a server that names its make, a cookie on an API, one of an older version.
Where `methods` names `OPTIONS` or `HEAD`, and the contract has none, each path is asked once in it.

`carriers` are the places of a version in a request on whose answers a row is promised, `aliases` the unversioned paths it is promised for.
With `unique = true` no two answers of a version have the same value, those of different operations neither (of those that one process holds): the
number of a request that comes twice finds no line of a log. Where a whole answer comes again, to requests that name the version in different ways,
that is said: a cache that does not look at the version gives the answers of one for another.
With `refusals = true` a row is about the refusals of a wrong version and about nothing else: what they have, or with `absent` what they lack.

Source: GIR-12, ARA-38; any header a policy names. Silence: `on` and `unless` in `[[headers]]`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.http.statuses import NOT_MODIFIED
from pytest_apiversion.core.json.pointer import lookup
from pytest_apiversion.core.judging.promises import (
    due_after_end,
    due_on,
    due_through,
    promised_headers,
    refused_after_end,
)
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.served_version import REPLAYED, replayed, shared_by_some
from pytest_apiversion.core.judging.wording import answer_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.check import Memory
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.responses import RequiredHeader

_OF_BODIES = frozenset(
    {"content-type", "content-length", "content-encoding", "content-language", "content-disposition", "last-modified"}
)
"""What describes a body, and guides no cache."""
_BY_THEMSELVES = {"OPTIONS": None, "HEAD": "GET"}
"""Methods that servers answer though no contract has them, and the method they stand beside."""
_TWO = 2
"""Answers it takes to compare."""


def _promised(scene: Scene) -> str | None:
    wanted, sunset = promised_headers(scene), refused_after_end(scene)
    if sunset is not None:
        wanted = [header for header in wanted if any(due_after_end(header, status) for status in sunset.statuses)]
    return wanted[0].place if wanted and (sunset is not None or scene.stage.answers) else None


def _plan(scene: Scene) -> Iterator[Ask]:
    """A request in each method that a header is promised on and that servers answer by themselves, once for each path."""
    operation, via = scene.operation, primary(scene)
    if operation is None or operation.neutral or not scene.stage.answers:
        return
    contract = scene.contracts[scene.version]
    there = contract.methods(operation.path)
    if operation.method != min(there):
        return
    named = {method for header in promised_headers(scene) for method in header.methods or () if not header.refusals}
    for method, of in _BY_THEMSELVES.items():
        if method in named and (of is None or of in there) and contract.match(method, operation.path) is None:
            yield Ask(aim=Aim.OFFERED, selection=scene.selection, via=via, method=method)


def _due(exchange: Exchange, scene: Scene) -> tuple[Response | None, list[RequiredHeader]]:
    """An answer, and the headers that are due on it; none on what nothing is promised of."""
    reading, headers = read(exchange, scene), promised_headers(scene)
    answers = [header for header in headers if not header.refusals]
    if exchange.aim is Aim.OFFERED and reading.response is not None:
        named = [header for header in answers if header.methods is not None and not reading.displaced]
        return reading.response, [header for header in named if due_on(header, reading.response.status)]
    if (own := reading.own_answer) is not None:
        return own, [header for header in answers if due_on(header, own.status)]
    if (ended := reading.after_end) is not None:
        return ended, [header for header in answers if due_after_end(header, ended.status)]
    response = exchange.response
    if response is None or not reading.version_refused:
        return None, []
    general = [
        each
        for each in headers
        if each.refusals or (each.everywhere and each.versions is None and each.aliases is None)
    ]
    return response, [header for header in general if due_on(header, response.status)]


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response, wanted = _due(exchange, scene)
    due = [header for header in wanted if due_through(header, exchange)]
    if response is None or not due:
        return None
    found = []
    for header in due:
        value = response.header(header.name)
        if header.absent:
            if value is not None:
                found.append(
                    Broken(
                        summary=f"{header.name} is on a {response.status}",
                        expected=f"no {header.name}",
                        received=f"{header.name}: {value}",
                        place=f"{header.place}.absent",
                    )
                )
        elif value is None and _left_out(header, response):
            continue
        elif value is None:
            found.append(
                Broken(
                    summary=f"{header.name} is missing on a {response.status}",
                    expected=f"{header.name}: {header.pattern.pattern}" if header.pattern is not None else header.name,
                    received=f"{answer_text(exchange)}; headers: {', '.join(name for name, _ in response.headers)}",
                    place=header.place,
                )
            )
        elif header.pattern is not None and not header.pattern.fullmatch(value):
            found.append(
                Broken(
                    summary=f"{header.name} has not the promised form",
                    expected=f"{header.name}: {header.pattern.pattern}",
                    received=f"{header.name}: {value}",
                    place=f"{header.place}.pattern",
                )
            )
        elif header.equals is not None and (said := _said(response, header.equals)) not in {None, value}:
            found.append(
                Broken(
                    summary=f"{header.name} is not what the body says",
                    expected=f"{header.name}: {said}, as at {header.equals}",
                    received=f"{header.name}: {value}",
                    place=f"{header.place}.equals",
                )
            )
    return found


_Values = dict[str, tuple["RequiredHeader", list[tuple["Exchange", str]]]]
"""Headers whose values are unique, by place, with the values that answers had."""


def _unique(exchanges: Sequence[Exchange], scene: Scene) -> _Values:
    """The values of an operation's answers that must not come twice."""
    values: _Values = {}
    if not any(header.unique for header in promised_headers(scene)):
        return values
    for exchange in exchanges:
        response, wanted = _due(exchange, scene)
        if response is None or response.status == NOT_MODIFIED:
            continue  # a 304 may repeat the headers of the answer that the client has already
        for header in wanted:
            value = response.header(header.name) if header.unique and due_through(header, exchange) else None
            if value is not None:
                values.setdefault(header.place, (header, []))[1].append((exchange, value))
    return values


def _conclude(exchanges: Sequence[Exchange], scene: Scene) -> Iterable[Broken] | None:
    """Values that several answers of an operation share, though no two may."""
    several = [(header, found) for header, found in _unique(exchanges, scene).values() if len(found) >= _TWO]
    if not several:
        return None
    return [
        broken
        for header, found in several
        for broken in (_replayed(header, found, exchanges, scene) or _repeated(header, found))
    ]


def _replayed(
    header: RequiredHeader, found: list[tuple[Exchange, str]], exchanges: Sequence[Exchange], scene: Scene
) -> list[Broken]:
    """An answer that was given again where the version is named in another way; nothing where all answers have one value."""
    again = shared_by_some(value for _, value in found)
    alike = [each for each in exchanges if each.response is not None and each.response.header(header.name) == again]
    if again is None or not replayed(alike, scene.policy):
        return []
    where = f"on {len(alike)} answers"
    return [_same(header, each, again, where, said=f"{REPLAYED}: {header.name} is the same") for each in alike]


def _repeated(header: RequiredHeader, found: list[tuple[Exchange, str]]) -> list[Broken]:
    """A value that came twice on an operation's answers; nothing where none did."""
    counts = Counter(value for _, value in found)
    again = next(((exchange, value) for exchange, value in reversed(found) if counts[value] >= _TWO), None)
    if again is None:
        return []
    exchange, value = again
    return [_same(header, exchange, value, f"on {counts[value]} of {len(found)} answers")]


def _across(exchanges: Sequence[Exchange], scene: Scene) -> Callable[[Memory], Iterable[Broken] | None] | None:
    """What holds the values of an operation's answers against those of the operations before it."""
    values = _unique(exchanges, scene)
    return partial(_shared, values) if values else None


def _shared(values: _Values, memory: Memory) -> list[Broken] | None:
    """A value that another operation had before; None where no other operation had any.

    It is the version's fault and of neither operation. What an operation repeats itself is told of it already.
    """
    told: list[Broken] = []
    compared = False
    for place, (header, found) in values.items():
        seen: _Seen = memory.setdefault(place, _Seen())
        key = found[0][0].operation
        compared = compared or bool(seen.operations - {key})
        counts = Counter(value for _, value in found)
        first = [(exchange, value, seen.values.setdefault(value, key)) for exchange, value in found]
        seen.operations.add(key)
        again = next((each for each in first if each[2] != key and counts[each[1]] == 1), None)
        if again is not None:
            exchange, value, other = again
            where = " and of ".join(sorted(each or "no operation" for each in (key, other)))
            exchange = replace(exchange, operation="")
            told.append(_same(header, exchange, value, f"on answers of {where}", of=" of different operations"))
    return told if compared else None


@dataclass(slots=True)
class _Seen:
    """The values that a version's answers had in a header, each with the first operation that had it, and all those operations."""

    values: dict[str, str] = field(default_factory=dict)
    operations: set[str] = field(default_factory=set)


def _same(
    header: RequiredHeader, exchange: Exchange, value: str, where: str, *, of: str = "", said: str = ""
) -> Broken:
    return Broken(
        summary=said or f"{header.name} is the same on several answers{of}",
        expected=f"{header.name}: another value on every answer",
        received=f"{exchange.secrets.beginning(value, 80)} {where}; last: {answer_text(exchange)}",
        place=f"{header.place}.unique",
        exchange=exchange,
    )


def _left_out(header: RequiredHeader, response: Response) -> bool:
    """Whether a 304 leaves a header out because it describes a body, which is not there (RFC 9110 §15.4.5)."""
    of_body = response.status == NOT_MODIFIED and header.name.lower() in _OF_BODIES
    return of_body and str(NOT_MODIFIED) not in header.statuses


def _said(response: Response, pointer: str) -> str | None:
    """The text or number at a place of a body; None where there is neither."""
    found = lookup(response.json, pointer)
    return str(found) if isinstance(found, str | int | float) and not isinstance(found, bool) else None


CHECK = Check(
    code="AV701",
    name="required-headers",
    title="promised headers",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    conclude=_conclude,
    across=_across,
)
