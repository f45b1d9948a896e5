"""Where the answer after a sunset points to is there, and so is what came after each of its operations.

The pointer of a 410 is read by people whose program has just stopped, once, and nobody else looks at it ever again: a page that
moved is not missed. The pointer is asked for where it leads to the API's own host; other hosts are not asked, and a note says so.
What nothing can be known of is no dead pointer: a thing that was only drawn, by its name in the operation that took over, and the bare
prefix of a version that answers, which few services have a page for.
Of the operations the map leads to, those that read are asked for in the successor version: a method or a path it does not have shows.

Source: SUN-02, SUN-11; MOO-17, ARA-17, ARA-26. Silence: leave `sunset.pointer` out; a row of `operations.renamed` without the
successor says that an operation has none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.contracts.named_queries import whole
from pytest_apiversion.core.http.statuses import CREDENTIAL, FIRST_FAILURE, ok, succeeds
from pytest_apiversion.core.judging.deprecation_headers import serving_successor
from pytest_apiversion.core.judging.evidence import hollow
from pytest_apiversion.core.judging.promises import policy_place, sunset_of
from pytest_apiversion.core.judging.response_links import link_target
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.policy.version_texts import spelling
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response

_NOT_FOUND = 404
"""RFC 9110 §15.5.5."""
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_NOWHERE = frozenset({404, 410})
_NO_ROUTE = frozenset({405, 410, 501})


def _promised(scene: Scene) -> str | None:
    sunset = sunset_of(scene)
    if scene.stage is not Stage.SUNSET or sunset.served_by is not None:
        return None
    if sunset.pointers:
        return f"{sunset.place}.pointer"
    asked = scene.operation
    operations = [asked] if asked else scene.contracts[scene.version].asked
    found = scene.once(
        f"followed by something {asked.key if asked else ''}",
        lambda: any(
            each.method == "GET" and not each.neutral and serving_successor(scene, each) is not None
            for each in operations
        ),
    )
    return _place(scene) if found else None


def _place(scene: Scene) -> str:
    return f"aliases.{scene.subject}.version" if scene.is_alias else f"{policy_place(scene)}.successor"


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if response is None:
        return None
    if exchange.aim is Aim.POINTER:
        return _pointer(exchange, response, scene)
    if exchange.aim is not Aim.HEIR:
        return None
    missing = _NO_ROUTE if "{" in exchange.operation else _NO_ROUTE | _NOWHERE  # with parameters it may be the data
    if response.status not in missing:
        return () if _is_there(exchange, response, scene) else None
    return [
        Broken(
            summary=f"what came after it gets {response.status}",
            expected=f"{exchange.expected_version} has an operation in the place of {exchange.operation}",
            received=_followed(exchange),
            place=_place(scene),
        )
    ]


def _pointer(exchange: Exchange, response: Response, scene: Scene) -> Iterable[Broken] | None:
    if response.status not in _NOWHERE and response.status < FIRST_FAILURE:
        return ()
    if response.status == _NOT_FOUND and _names_nothing(exchange, scene):
        return None
    return [
        Broken(
            summary=f"the answer after the sunset points to nothing: it gets {response.status}",
            expected=f"something where {' and '.join(sunset_of(scene).pointers)} leads",
            received=_followed(exchange),
            place=f"{sunset_of(scene).place}.pointer",
        )
    ]


def _followed(exchange: Exchange) -> str:
    return f"{exchange.request.method} {exchange.request.target}: {answer_text(exchange)}"


def _is_there(exchange: Exchange, response: Response, scene: Scene) -> bool:
    """Whether an answer shows that what came after an operation is there: a success with something in it, or a refusal of who asks."""
    if not succeeds(response):
        return ok(response) or response.status in CREDENTIAL
    version = exchange.expected_version or ""
    key = scene.policy.counterpart(exchange.operation, scene.version, version) or ""
    heir = scene.operation_named(version, key)
    return heir is None or not hollow(response, heir)


def _names_nothing(exchange: Exchange, scene: Scene) -> bool:
    """Whether a place may be right though nothing is there: a drawn thing, or a version as a whole."""
    request, policy = exchange.request, scene.policy
    target = link_target(policy, request, request.target)
    texts = target.texts.items() if target is not None else ()
    named = [name for kind, text in texts if (name := spelling(policy, kind).read(text)) is not None]
    if not (policy.range or policy.waterfall) and any(name not in policy.versions for name in named):
        return False  # nobody declared it: it leads nowhere
    named = [name for name in named if name in policy.versions]
    if target is not None and target.path in {"", "/"} and named:
        return all(policy.stage(name, scene.as_of).answers for name in named)
    found = [
        operation
        for name in named or policy.answering(scene.as_of)
        for method in _METHODS
        if target is not None and (operation := scene.contracts[name].match(method, target.path)) is not None
    ]
    if found:
        return any(operation.path_parameters for operation in found)
    return not named and not _drawn(exchange).isdisjoint(re.split(r"[/?&=#]", unquote(request.target)))


def _drawn(exchange: Exchange) -> set[str]:
    """What the request that led here named things by."""
    template = whole(exchange.operation).partition(" ")[2].split("/")
    path = unquote(exchange.base.path).split("/") if exchange.base is not None else []
    return {text for name, text in zip(template, path, strict=False) if name.startswith("{")}


CHECK = Check(
    code="AV608",
    name="sunset-pointer-alive",
    title="what follows a sunset is there",
    promised=_promised,
    judge=_judge,
)
