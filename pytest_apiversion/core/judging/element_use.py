"""Which elements with a life of their own an exchange uses, and the scene in which its answer is judged for that."""

from __future__ import annotations

import json
from dataclasses import replace
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Ask
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.contracts.elements import Element, ElementKind
from pytest_apiversion.core.http.statuses import succeeds
from pytest_apiversion.core.json.choices import is_among
from pytest_apiversion.core.json.pointer import standing
from pytest_apiversion.core.policy.element_lives import seen_with
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Request, Response
    from pytest_apiversion.core.policy.parts import Part
    from pytest_apiversion.core.versions.lifecycle import Lifecycle

_FORM = "application/x-www-form-urlencoded"


def used_parts(
    scene: Scene, operation: Operation | None, request: Request, response: Response | None
) -> tuple[Part, ...]:
    """The lives of the elements of an operation that a request, or its answer, uses; members of answers until they end."""
    if operation is None or scene.version not in scene.policy.elements:
        return ()
    return tuple(
        part
        for part in scene.policy.elements[scene.version].get(operation.key, ())
        if any(_used(each, part, scene, operation, request, response) for each in part.elements)
    )


def _used(
    element: Element, part: Part, scene: Scene, operation: Operation, request: Request, response: Response | None
) -> bool:
    if element.kind is not ElementKind.RESPONSE:
        return in_request(element, operation, request)
    return part.lifecycle.stage(scene.as_of).answers and shown(element, response)


def life_in(scene: Scene, used: tuple[Part, ...]) -> Lifecycle:
    """The life that an answer is about: the subject's, or that of the elements which are used."""
    policy = seen_with(scene.policy, scene.subject, used, scene.as_of) if used else scene.policy
    return policy.lifecycle(scene.subject)


def untold(exchange: Exchange, scene: Scene) -> bool:
    """Whether an answer need not, and may, announce the end of a member of answers.

    That is one without the body that would show it, and one that shows it still when it is over.
    """
    if scene.version not in scene.policy.elements:
        return False
    parts = scene.policy.elements[scene.version].get(exchange.operation, ())
    mine = [(part, each) for part in parts for each in part.elements if each.kind is ElementKind.RESPONSE]
    response = exchange.response
    if not mine or response is None:
        return False
    over = any(not part.lifecycle.stage(scene.as_of).answers and shown(each, response) for part, each in mine)
    return over or not succeeds(response) or response.parsed.problem is not None


def shown(element: Element, response: Response | None) -> bool:
    """Whether a success shows a member, with one of the values it is about."""
    if response is None or not succeeds(response):
        return False
    return any(_counts(element, each) for each in standing(response.json, element.name))


def in_request(element: Element, operation: Operation, request: Request) -> bool:
    """Whether a request has a parameter or a member, with one of the values it is about."""
    found = _written(element, operation, request)
    return any(_counts(element, each) for each in found)


def scene_of(exchange: Exchange, scene: Scene) -> Scene:
    """The scene in which an exchange is judged: that of its operation, in the view of what it uses that has a life of its own."""
    return _view(scene, exchange.elements) if exchange.elements else scene


def _view(scene: Scene, parts: tuple[Part, ...]) -> Scene:
    """The scene in the view of elements that are used; each is made once."""
    names = tuple((part.place, part.name) for part in parts)
    key = ("elements", scene.subject, scene.operation.key if scene.operation else "", names)
    known = scene.memo.get(key)
    if known is None or known[0] is not scene:
        view = seen_with(scene.policy, scene.subject, parts, scene.as_of)
        known = scene.memo[key] = (scene, replace(scene, policy=view))
    made: Scene = known[1]
    return made


def element_scenes(scene: Scene) -> list[Scene]:
    """The scene of an operation in the view of each of its elements with a life of their own."""
    if scene.operation is None or scene.version not in scene.policy.elements:
        return []
    parts = scene.policy.elements[scene.version].get(scene.operation.key, ())
    return [_view(scene, (part,)) for part in parts]


def element_asks(scene: Scene, aim: Aim) -> Iterator[Ask]:
    """Requests of an operation with each of its elements that has a life of its own, one at a time.

    Args:
        scene: The scene of an operation that answers.
        aim: `Aim.ACCEPTED` for those that are served; `Aim.SUNSET` or `Aim.SIDE_EFFECT` for those that are over.
    """
    operation = scene.operation
    if operation is None or operation.neutral or scene.version not in scene.policy.elements or not scene.stage.answers:
        return
    for part in scene.policy.elements[scene.version].get(operation.key, ()):
        stage = part.lifecycle.stage(scene.as_of)
        if stage.answers if aim is Aim.ACCEPTED else stage is Stage.SUNSET:
            for each in part.elements:
                if each.kind is not ElementKind.RESPONSE:
                    yield Ask(aim=aim, selection=scene.selection, via=primary(scene), uses=each)


def parts_with(scene: Scene, operation: Operation, element: Element | None) -> tuple[Part, ...]:
    """The life of an element of an operation; none where there is no element."""
    parts = scene.policy.elements.get(scene.version, {}).get(operation.key, ()) if element is not None else ()
    return tuple(part for part in parts if element in part.elements)[:1]


def places_of(operation: Operation, element: Element) -> tuple[str, ...]:
    """Where a parameter stands in requests of an operation: where the row says, else where the contract has it, else in the query."""
    if element.place is not None:
        return (element.place,)
    name = element.name
    declared = [
        each.place
        for each in operation.parameters
        if each.name == name or (each.place == "header" and each.name.lower() == name.lower())
    ]
    return tuple(dict.fromkeys(each for each in declared if each != "path")) or ("query",)


def is_pair(name: str, wanted: str) -> bool:
    """Whether a query name is a parameter's: its own, or one in brackets behind it (`deepObject`, lists)."""
    return name == wanted or name.startswith(f"{wanted}[")


def _counts(element: Element, value: Any) -> bool:
    """Whether a value is one of those that count; a text on the wire stands for the number or boolean it spells."""
    if not element.values:
        return True
    texts = {str(each).lower() if isinstance(each, bool) else str(each) for each in element.values}
    if isinstance(value, str):
        return value in texts
    return is_among(value, element.values)


def _written(element: Element, operation: Operation, request: Request) -> Iterator[Any]:
    if element.kind is ElementKind.REQUEST:
        yield from standing(_body(request), element.name)
        return
    for place in places_of(operation, element):
        if place == "query":
            yield from (value for name, value in request.query if is_pair(name, element.name))
        elif place == "header":
            yield from (value for name, value in request.headers if name.lower() == element.name.lower())
        elif place == "cookie":
            yield from _cookies(request, element.name)


def _cookies(request: Request, wanted: str) -> Iterator[str]:
    for name, value in request.headers:
        if name.lower() == "cookie":
            try:
                crumbs = SimpleCookie(value)
            except CookieError:
                continue
            yield from (crumb.value for each, crumb in crumbs.items() if each == wanted)


def _body(request: Request) -> Any:
    """The value of a JSON body or a form; None of any other."""
    if not request.body:
        return None
    kind = request.media_type
    if kind == _FORM:
        return dict(parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True))
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        return None
