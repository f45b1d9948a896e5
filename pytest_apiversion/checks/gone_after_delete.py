"""What was deleted is no longer there.

A delete that answers 204 and leaves the record readable is noticed by whoever deleted personal data. What a sequence created it
deletes, and reads once more: 404 or 410 is due. A delete that is only accepted (202) promises nothing yet, a refusal for another
reason (401, 403) says nothing, and a 5xx is another check's. What still answers is asked again `sequences.settle` seconds later.
What is gone for `GET` is gone for `HEAD` (RFC 9110 §9.3.2), and for a client that gives back the entity tag or the date that it has of it: a 304 would tell it
to go on with that. With `across` it is gone for the versions beside, too, that have shown it and have a `DELETE` of their own. The list that had it is read once more, too: it shows it no longer, unless it shows it otherwise than it was.
An API that keeps deleted records readable says so. What no policy promises here is a warning.

Source: RFC 9110 §9.3.5 and §15.5.5. Silence: `gone_after_delete = false` in `[sequences]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.contracts.listed_things import list_items, listed_by_name
from pytest_apiversion.core.contracts.names import plain_name
from pytest_apiversion.core.contracts.round_trip import After
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.http.statuses import GONE, NOT_MODIFIED, SUCCESS
from pytest_apiversion.core.json.members import places
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text, place_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.round_trip import Follows
    from pytest_apiversion.core.http.messages import Response

_PLACE = "sequences.gone_after_delete"


def _promised(scene: Scene) -> str | None:
    """What the policy says; where it says nothing, the contract, for what is sent anyway: nothing is owed."""
    said = scene.policy.sequences.gone_after_delete
    if said is None:
        return f"versions.{scene.version}.contract" if scene.operation is not None else None
    resources = scene.resources.get(scene.subject, ())
    deletable = scene.once("deletable", lambda: any(resource.delete is not None for resource in resources))
    return _PLACE if said and scene.unsafe and deletable else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    follows, response = exchange.follows, exchange.response
    if follows is None or response is None or read(exchange, scene).displaced:
        return None
    if follows.after is After.UNLISTED:
        return _listed(follows, response, exchange, scene)
    return _read_again(follows, response, exchange, scene) if follows.after is After.DELETED else None


def _read_again(follows: Follows, response: Response, exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    """What is wrong with a reading of what was deleted, plain or as other clients read; None where it is refused for another reason."""
    if response.status in GONE:
        return ()
    if response.status == NOT_MODIFIED:
        text, expected = "is told to be as it was", "404 or 410, whatever a client has of it"
        return [_broken(f"what {follows.write} deleted {text}", expected, answer_text(exchange), scene)]
    if response.status not in SUCCESS:
        return None
    head = exchange.request.method == "HEAD"
    received = place_text(exchange, _named_at(follows.identifier, response, _names(scene)))
    summary = f"what {follows.write} deleted is still there{' for HEAD' if head else ''}"
    return [_broken(summary, f"404 or 410{', as GET gets' if head else ''}", received, scene)]


def _listed(follows: Follows, response: Response, exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    """What is wrong with a list that has what was deleted, which cannot be read; None where it shows it otherwise than before, as gone perhaps."""
    if response.status not in SUCCESS or list_items(response.json) is None:
        return None
    names = {"id", *(plain_name(each.read.path_parameters[-1]) for each in scene.resources.get(scene.subject, ()))}
    item = listed_by_name(response, follows.identifier, names)
    if item is None:
        return ()
    told = (each for _, each in places(follows.before.json if follows.before is not None else None))
    before = next((each for each in told if isinstance(each, dict) and _has(each, follows.identifier)), None)
    if before is None or any(name in before and before[name] != value for name, value in item.items()):
        return None
    received = f"{follows.identifier} is listed; {answer_text(exchange)}"
    return [_broken(f"what {follows.write} deleted is still in the list", "a list without it", received, scene)]


def _has(value: Mapping[str, Any], identifier: str) -> bool:
    return any(isinstance(each, str | int) and str(each) == identifier for each in value.values())


def _broken(summary: str, expected: str, received: str, scene: Scene) -> Broken:
    said = scene.policy.sequences.gone_after_delete
    return Broken(
        summary=summary,
        expected=expected,
        received=received,
        place=_PLACE if said else f"versions.{scene.version}.contract",
        severity=Severity.ERROR if said else Severity.WARNING,
    )


def _names(scene: Scene) -> set[str]:
    """What a member is called that names the thing an operation is about, as `plain_name` has it: like the path's last parameter, or `id`."""
    parameters = scene.operation.path_parameters[-1:] if scene.operation is not None else ()
    return {"id", *map(plain_name, parameters)}


def _named_at(identifier: str, response: Response, names: Collection[str]) -> str:
    """Where the answer names what was deleted, which shows that it is the same thing; empty where it does not.

    A number such as 1 stands in many places, so that only a member called as such a name is counts.
    """
    if response.parsed.problem is not None:
        return ""
    return next(
        (
            at
            for at, value in places(response.json, indices=True)
            if isinstance(value, str | int)
            and not isinstance(value, bool)
            and str(value) == identifier
            and plain_name(at.rpartition("/")[2]) in names
        ),
        "",
    )


CHECK = Check(
    code="AV319", name="gone-after-delete", title="what was deleted is gone", promised=_promised, judge=_judge
)
