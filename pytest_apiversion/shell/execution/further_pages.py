"""Further pages: reads the page after the first of a list, as a client does that wants all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.statuses import succeeds
from pytest_apiversion.core.judging.response_links import Target, followed_request, link_target, response_links
from pytest_apiversion.core.policy.carrier_positions import in_address
from pytest_apiversion.core.policy.version_texts import spelling
from pytest_apiversion.shell.data.listed_things import elements
from pytest_apiversion.shell.execution.compared_pages import Reader, lost_between, unfiltered_after
from pytest_apiversion.shell.execution.repeated_pages import repeated
from pytest_apiversion.shell.requests.listing import next_link, next_query, tells_next
from pytest_apiversion.shell.requests.sending import exchange_of

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Pairs, Request, Response
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.shell.requests.valid_requests import Requests


def further_pages(
    requests: Requests,
    submit: Callable[..., Future[Any]],
    scene: Scene,
    operation: Operation,
    exchanges: Sequence[Exchange],
) -> list[Exchange]:
    """The page behind the first that says where it is, else behind the shortest one, by what the contract has for it.

    A page that was only counted to may not be there: it is asked as what may not exist. One that the first leads to is read once more where it
    shows what the first shows.

    Args:
        requests: Sends.
        submit: Runs a function beside others, within the limits of the run.
        scene: What the exchanges are about.
        operation: Their operation.
        exchanges: What was asked.
    """
    if operation.method != "GET" or operation.neutral:
        return []
    found: list[tuple[tuple[bool, int], Exchange, Response, Pairs]] = []
    for each in exchanges:
        answer = each.response
        asked = each.aim is Aim.ACCEPTED and each.request.method == "GET" and each.operation == operation.key
        if not asked or answer is None or not succeeds(answer) or not (shown := elements(answer.json)):
            continue
        if (following := next_query(operation, each.request.query, answer)) is not None:
            found.append(((not tells_next(operation, answer), len(shown)), each, answer, following))
    if not found:
        return []
    _, first, answer, following = min(found, key=lambda each: each[0])
    pages = [submit(_after, requests, scene, operation, first, following)]
    if (there := another_place(scene, first, answer)) is not None:
        pages.append(
            submit(exchange_of, requests, scene, Aim.NEXT_PAGE, there, operation=first.operation, via=first.via)
        )
    found_there = [replace(each.result(), before=(first.request,)) for each in pages]
    if there is None and tells_next(operation, answer):
        reader = _reader(requests, scene, operation)
        told = (
            repeated(first, found_there[0], requests.send)
            or unfiltered_after(reader, first)
            or lost_between(reader, first, found_there[0])
        )
        return [*found_there, *([told] if told is not None else [])]
    return found_there


def _reader(requests: Requests, scene: Scene, operation: Operation) -> Reader:
    def follow(request: Request, page: Response) -> Request | None:
        following = next_query(operation, request.query, page) if tells_next(operation, page) else None
        return _request_after(operation, request, following) if following is not None else None

    document = scene.contracts[scene.version].document
    return Reader(operation=operation, document=document, send=requests.send, follow=follow)


def another_place(scene: Scene, first: Exchange, answer: Response) -> Request | None:
    """The request for the next page where its link has it, if no operation of the API is there; None where one is, or the link leads out.

    A link that leads to another version, or to none, is held as one; what is there is that version's to say.

    Args:
        scene: What the exchange is about.
        first: An exchange with a list.
        answer: What it got.
    """
    policy, target = scene.policy, next_link(answer)
    if target is None or scene.is_alias:
        return None
    where = link_target(policy, first.request, target) or _beside_the_base(policy, first.request, target)
    if where is None:
        return None
    told = {spelling(policy, kind).read(text) for kind, text in where.texts.items()}
    if told != ({scene.version} if first.via and in_address(policy, first.via) else set()):
        return None
    known = any(contract.match("GET", where.path) for contract in scene.contracts.values())
    if known or any(link.text == target and link.place in policy.elsewhere for link in response_links(answer)):
        return None
    base = policy.base_url or ""
    url = urlsplit(urljoin(base.rstrip("/") + first.request.path, target))
    path = url.path.removeprefix(urlsplit(base).path.rstrip("/"))
    return replace(first.request, path=path, query=tuple(parse_qsl(url.query, keep_blank_values=True)))


def _beside_the_base(policy: Policy, request: Request, target: str) -> Target | None:
    """Where a link leads on the API's own host, but not below its base path; None where it leads elsewhere, or nothing stands before the operations."""
    own, base = followed_request(policy, request, target), urlsplit(policy.base_url or "")
    if own is None or not policy.base_path or own.host not in {base.netloc, request.host}:
        return None
    return Target(path=own.path, texts={})


def _after(requests: Requests, scene: Scene, operation: Operation, first: Exchange, following: Pairs) -> Exchange:
    """What the page of a query gets."""
    return exchange_of(
        requests,
        scene,
        Aim.UNKNOWN_DATA,
        _request_after(operation, first.request, following),
        operation=first.operation,
        via=first.via,
        base=replace(first.base, query=following) if first.base is not None else None,
    )


def _request_after(operation: Operation, request: Request, following: Pairs) -> Request:
    """The request for the page of a query; what the first said beside the operation's own parameters, such as a version, is said again."""
    own = {each.name for each in operation.parameters if each.place == "query"} | {name for name, _ in following}
    beside = tuple(pair for pair in request.query if pair[0] not in own)
    return replace(request, query=(*beside, *following))
