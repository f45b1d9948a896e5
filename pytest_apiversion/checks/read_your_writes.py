"""What was created or updated is read as it was sent.

A version that drops a field on the way to its store, or shows a client the value of another record, answers every single request
as its contract says; only two requests together show it. So one thing of each kind is created, read, looked for in its list,
updated and read again. Compared are the members that both the request and the answer declare as text, number or boolean, or as lists of these, in objects inside too, and in
those of alternatives (`oneOf`); whatever
a server may write otherwise (case, surrounding space, seconds of a moment, secrets, `readOnly` and `writeOnly` members) is left
alone, and so is what is only accepted (202). A list has to have all that was written, in whatever order, and after a `PUT` nothing of before that
was not; with `lists = "ordered"` it has just that. Of a list of objects, and of a map (`additionalProperties` with a schema), what was written is looked
for part by part: a server may add members and elements of its own, leave out what is empty, make one of elements that say the same somewhere, and write the
names of a map otherwise, where they are no plain words. Null is written once over what may be null in both, and has no default: what comes
back is null or nothing, and no empty value of its kind, and after a `PUT` or a merge patch (RFC 7396) not what was there before; with `nulls = true` nothing else at all. Values
at the edges of what members may be are written, too: zero and false, the largest number and the longest text, fractions, letters of several bytes, the
last day of February, lists that no sorting leaves as they are, lists of two objects, maps of two names. What differs is read once more, `sequences.settle` seconds later. A list speaks only
where it is complete. What no policy promises here is a warning.

The answer to the write itself is held to the same, where a read shows that the write was taken as it was sent. And a strong entity tag is another one
after an update whose members can be seen: with the old one a client is told that what it keeps is still true, and overwrites what it never saw.
A client that asks with the old one is not told 304. So is that of a list that shows what was updated: a tag that is made of its length is not. Where the contract lets an update or a delete have
`If-Match`, and declares the 412 that refuses it, it is sent once with an entity tag that nothing has: to do it all the same loses what another client
wrote.

The element of a list that is what was created shows it as its reading does, in the members that were sent and that both declare with one schema; what a list leaves
out or cuts short is left alone.

Bytes that are put (`application/octet-stream`) where the contract shows them, too, are read as they were put, byte for byte: whoever takes them
for a text on the way loses some.

A `PATCH` leaves what it does not name as it is (RFC 5789 §2): after an update it is sent once more with one member, and the value that this has
already, and all others are read as they were. With `replaces = true` a `PUT` is sent with no more than it must have: no text and no list is there
that it left out.

Source: RFC 9110 §8.8.1, §9.3.3 and §9.3.4 (201: the resource was created; PUT: a later GET returns what was put), §13.1.1. Silence:
`read_your_writes = false`, `listed = false`, `lists = "ignored"` or `nulls = false` in `[sequences]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.contracts.listed_things import is_complete, listed_item, lists_identifier
from pytest_apiversion.core.contracts.round_trip import After, kept_members, member_differences, shows_members
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.http.conditions import CHANGED, NO_TAG, REFUSALS, strong_tag
from pytest_apiversion.core.http.statuses import GONE, NOT_MODIFIED, SUCCESS
from pytest_apiversion.core.json.pointer import MISSING
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text, value_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.round_trip import Follows
    from pytest_apiversion.core.http.messages import Response


def _promised(scene: Scene) -> str | None:
    """What the policy says; where it says nothing, the contract, for what is sent anyway: nothing is owed."""
    said = scene.policy.sequences.read_your_writes
    if said is None:
        return f"versions.{scene.version}.contract" if scene.operation is not None else None
    return "sequences.read_your_writes" if said and scene.unsafe and scene.resources.get(scene.subject) else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    follows, response = exchange.follows, exchange.response
    if follows is None or response is None or read(exchange, scene).displaced:
        return None
    by_itself = {
        After.LISTED: _listed,
        After.RELISTED: _relisted,
        After.STALE: _stale,
        After.OUTDATED: _outdated,
        After.STORED: _stored,
    }.get(follows.after)
    if by_itself is not None:
        return by_itself(follows, response, exchange, scene)
    if follows.after not in {After.CREATED, After.UPDATED, After.ANSWERED, After.SPARED, After.REPLACED}:
        return None
    if response.status in GONE and follows.after is not After.ANSWERED:
        return [
            Broken(
                summary=f"what {follows.write} {follows.after.value} cannot be read",
                expected=f"200: {follows.identifier} is there",
                received=answer_text(exchange),
                place=_place(scene),
                severity=_severity(scene),
            )
        ]
    if response.status not in SUCCESS or (follows.after is After.ANSWERED and not shows_members(follows, response)):
        return None
    wrong = _kept if follows.after is After.REPLACED else _differing
    return [*wrong(follows, exchange, scene), *_stale_tag(follows, response, scene)]


def _kept(follows: Follows, exchange: Exchange, _: Scene) -> Iterator[Broken]:
    """Members that a replacement left out, and that are as they were all the same."""
    if exchange.response is None or not (kept := kept_members(follows, exchange.response)):
        return
    names = " and ".join(name for name, _ in kept)
    shown = ", ".join(f"{name}: {value_text(value, exchange.secrets)}" for name, value in kept)
    yield Broken(
        summary=f"{follows.write} keeps what it left out: '{names}'",
        expected=f"no {names}, or what the service puts for none",
        received=f"{shown}, as before, in {answer_text(exchange)}",
        place="sequences.replaces",
    )


def _stale(follows: Follows, response: Response, exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    """What is wrong with the answer to a write whose `If-Match` is false (RFC 9110 §13.1.1); None where it says nothing of that."""
    if response.status not in SUCCESS:
        return () if response.status in REFUSALS else None  # else it may be refused for something else
    return [
        Broken(
            summary=f"{follows.write} is done though its If-Match names another state",
            expected=f"{CHANGED}, as the contract declares: nothing has the entity tag {NO_TAG}",
            received=answer_text(exchange),
            place=_place(scene),
            severity=_severity(scene),
        )
    ]


def _outdated(follows: Follows, response: Response, exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    """What is wrong with an answer to a client that kept the thing as it was before an update (RFC 9110 §13.1.2)."""
    if response.status != NOT_MODIFIED:
        return () if response.status in SUCCESS else None
    changed = member_differences(follows, follows.before)[0][0] if follows.before is not None else ""
    return [
        Broken(
            summary=f"who kept what was read before {follows.write} is told that it is still so",
            expected=f"200: {changed} has changed, and the entity tag with it (RFC 9110 §13.1.2)",
            received=f"{answer_text(exchange)} to If-None-Match: {exchange.request.header('if-none-match')}",
            place=_place(scene),
            severity=_severity(scene),
        )
    ]


def _differing(follows: Follows, exchange: Exchange, scene: Scene) -> Iterator[Broken]:
    """Members that are not as they were sent: in what is read, or in what answered the write, though what is read is right."""
    summary = {
        After.ANSWERED: "the answer to {write} shows another {name} than it sent, and than is read",
        After.SPARED: "{name} is changed by {write}, which did not name it",
    }.get(follows.after, "{name} is not what {write} sent")
    for name, sent, shown in read(exchange, scene).lost_members:
        yield Broken(
            summary=summary.format(write=follows.write, name=name),
            expected=f"{name}: {value_text(sent, exchange.secrets)}",
            received=f"{name}: {value_text(shown, exchange.secrets)}, in {answer_text(exchange)}",
            place=_place(scene),
            severity=_severity(scene),
        )


def _stale_tag(follows: Follows, response: Response, scene: Scene) -> Iterator[Broken]:
    """A strong entity tag that was there before the write, though what it changed is shown (RFC 9110 §8.8.1)."""
    before, tag = follows.before, strong_tag(response)
    if before is None or tag is None or strong_tag(before) != tag:
        return
    changed = [name for name, _, _ in member_differences(follows, before)]
    if changed and not member_differences(follows, response):
        yield _same_tag("the entity tag", changed[0], tag, follows, scene)


def _same_tag(what: str, changed: str, tag: str, follows: Follows, scene: Scene) -> Broken:
    return Broken(
        summary=f"{what} is that of before {follows.write}",
        expected=f"another ETag: {changed} has changed",
        received=f"ETag: {tag}, before and after",
        place=_place(scene),
        severity=_severity(scene),
    )


def _stored(follows: Follows, response: Response, exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    """What is wrong with bytes that were stored and are read."""
    if response.status not in SUCCESS and response.status not in GONE:
        return None
    sent, shown = follows.stored, response.body
    if response.status in SUCCESS and sent == shown:
        return ()
    at = next((index for index, (one, other) in enumerate(zip(sent, shown, strict=False)) if one != other), None)
    first = min(len(sent), len(shown)) if at is None else at
    there = response.status in SUCCESS
    return [
        Broken(
            summary=f"what {follows.write} stored {'is read otherwise' if there else 'cannot be read'}",
            expected=f"200, and the {len(sent)} bytes that were sent",
            received=f"{len(shown)} bytes, the first other one at {first}: {_hex(shown, first)} instead of {_hex(sent, first)}"
            if there
            else answer_text(exchange),
            place=_place(scene),
            severity=_severity(scene),
        )
    ]


def _hex(data: bytes, first: int) -> str:
    return data[first : first + 4].hex(" ") or "nothing"


def _relisted(follows: Follows, response: Response, _: Exchange, scene: Scene) -> Iterable[Broken] | None:
    """What is wrong with the tag of a list that shows an element as it was updated, and showed it otherwise before; None where it does not show that."""
    before, tag = follows.before, strong_tag(response)
    was, now = (listed_item(each, follows.identifier) if each is not None else None for each in (before, response))
    if before is None or tag is None or not isinstance(was, dict) or not isinstance(now, dict):
        return None
    shown = (name for name, sent in follows.members.items() if now.get(name, MISSING) == sent)
    changed = next((name for name in shown if was.get(name, MISSING) != now[name]), None)
    if changed is None or response.status not in SUCCESS:
        return None
    return [_same_tag("the entity tag of the list", changed, tag, follows, scene)] if strong_tag(before) == tag else []


def _listed(follows: Follows, response: Response, exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    said = scene.policy.sequences.listed
    if said is False or response.status not in SUCCESS:
        return None
    if lists_identifier(response, follows.identifier):
        return list(_listed_otherwise(follows, exchange, scene))
    if not is_complete(response, follows.limit):
        return None
    return [
        Broken(
            summary=f"what {follows.write} created is not in the list",
            expected=f"{follows.identifier} among the elements of a list that is complete",
            received=answer_text(exchange),
            place="sequences.listed" if said else _place(scene),
            severity=Severity.ERROR if said else Severity.WARNING,
        )
    ]


def _listed_otherwise(follows: Follows, exchange: Exchange, scene: Scene) -> Iterator[Broken]:
    """Members of an element that are not as the reading of the same thing has them; what a list leaves out or cuts short is left alone."""
    for name, due, shown in read(exchange, scene).lost_members:
        if shown in (None, [], {}) or _is_cut(due, shown):
            continue
        yield Broken(
            summary=f"{name} of what {follows.write} created is another in the list",
            expected=f"{name}: {value_text(due, exchange.secrets)}, as it is read by itself",
            received=f"{name}: {value_text(shown, exchange.secrets)}, in {answer_text(exchange)}",
            place=_place(scene),
            severity=_severity(scene),
        )


def _is_cut(due: Any, shown: Any) -> bool:
    """Whether a list shows only the beginning of a text, or of a list."""
    if isinstance(due, list) and isinstance(shown, list):
        return len(shown) < len(due)
    if not isinstance(due, str) or not isinstance(shown, str):
        return False
    return len(shown) < len(due) and due.startswith(shown.rstrip("….").rstrip())


def _severity(scene: Scene) -> Severity:
    return Severity.ERROR if scene.policy.sequences.read_your_writes else Severity.WARNING


def _place(scene: Scene) -> str:
    said = scene.policy.sequences.read_your_writes
    return "sequences.read_your_writes" if said else f"versions.{scene.version}.contract"


CHECK = Check(code="AV318", name="read-your-writes", title="what was written is read", promised=_promised, judge=_judge)
