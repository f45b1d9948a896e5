"""What was deleted is no longer there.

A delete that answers 204 and leaves the record readable is noticed by whoever deleted personal data. What a sequence created it
deletes, and reads once more: 404 or 410 is due. A delete that is only accepted (202) promises nothing yet, a refusal for another
reason (401, 403) says nothing, and a 5xx is another check's. What still answers is asked again `sequences.settle` seconds later.
An API that keeps deleted records readable says so. What no policy promises here is a warning.

Source: RFC 9110 §9.3.5 and §15.5.5. Silence: `gone_after_delete = false` in `[sequences]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.contracts.round_trip import After
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.http.statuses import GONE, SUCCESS
from pytest_apiversion.core.json.members import places
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import place_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
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
    if follows is None or follows.after is not After.DELETED or response is None or read(exchange, scene).displaced:
        return None
    if response.status in GONE:
        return ()
    if response.status not in SUCCESS:
        return None
    said = scene.policy.sequences.gone_after_delete
    return [
        Broken(
            summary=f"what {follows.write} deleted is still there",
            expected="404 or 410",
            received=place_text(exchange, _named_at(follows.identifier, response, _names(scene))),
            place=_PLACE if said else f"versions.{scene.version}.contract",
            severity=Severity.ERROR if said else Severity.WARNING,
        )
    ]


def _names(scene: Scene) -> set[str]:
    """What a member is called that names the thing an operation is about, as `_plain` has it: like the path's last parameter, or `id`."""
    parameters = scene.operation.path_parameters[-1:] if scene.operation is not None else ()
    return {"id", *map(_plain, parameters)}


def _plain(name: str) -> str:
    """A name without the differences of style: `thingId` and `thing_id` are one."""
    return "".join(filter(str.isalnum, name)).lower()


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
            and _plain(at.rpartition("/")[2]) in names
        ),
        "",
    )


CHECK = Check(
    code="AV319", name="gone-after-delete", title="what was deleted is gone", promised=_promised, judge=_judge
)
