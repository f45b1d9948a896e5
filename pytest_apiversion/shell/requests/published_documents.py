"""Fetches the documents an API publishes, and compares them with the frozen contracts."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.contracts.described_document import Described
from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.http.messages import Request, Response
from pytest_apiversion.core.json.pointer import lookup
from pytest_apiversion.core.policy.version_texts import spell, unversioned
from pytest_apiversion.diff.operation_matching import operations_of
from pytest_apiversion.shell.comparison.change_policy import weighing
from pytest_apiversion.shell.comparison.compare import changes_between
from pytest_apiversion.shell.comparison.sources import held
from pytest_apiversion.shell.openapi.bundling import bundled
from pytest_apiversion.shell.openapi.canonical_form import canonical
from pytest_apiversion.shell.requests.building import placed
from pytest_apiversion.shell.requests.sending import exchange_of
from pytest_apiversion.shell.target.version_documents import narrowed
from pytest_apiversion.shell.texts.json_text import pointer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.check import Ask
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.diff.document import Document
    from pytest_apiversion.shell.requests.valid_requests import Requests

_ACCEPT = "application/json, application/yaml;q=0.9, */*;q=0.5"
_SUCCESS = range(200, 300)
_NAMED = 3
_ABSENT: Any = object()


def published(requests: Requests, scene: Scene, asks: Iterable[Ask]) -> list[Exchange]:
    """Exchanges of what is asked for at whole paths, documents beside their contracts.

    What is no copy is asked for with the version in the strongest carrier, unless that is the path or the policy says that the place
    answers only who names none, and with the credentials the contract or the policy has for that path.
    """
    policy = scene.policy
    strongest, carrier = next(iter(policy.carriers.items()))
    contract = scene.contracts[scene.version]
    found = []
    for ask in asks:
        request = placed(Request(method="GET", path="/", headers=(("Accept", _ACCEPT),)), ask.path or "/")
        named = not carrier.form.in_path and not unversioned(policy)
        if ask.aim is not Aim.COPY and named and not _unnamed(request, policy):
            request = carrier.form.clean(request, carrier)
            request = carrier.form.write(request, carrier, spell(policy, strongest, scene.version))
        operation = contract.operations.get(f"GET {request.path}")
        exchange = exchange_of(
            requests,
            scene,
            ask.aim,
            requests.signed(scene.version, operation, request),
            operation="",
            via="",
            probe=ask.probe,
        )
        if ask.aim is Aim.DOCUMENT and isinstance(exchange.answer, Response) and exchange.answer.status in _SUCCESS:
            exchange = replace(exchange, described=described(exchange.answer.body, scene, request.target))
        found.append(exchange)
    return found


def described(body: bytes, scene: Scene, path: str) -> Described:
    """What a published document says, beside the frozen contract of the scene's version.

    Args:
        body: The document.
        scene: Whose version it is held to.
        path: Where it was published.
    """
    policy, contract = scene.policy, scene.contracts[scene.version]
    try:
        mine = narrowed(bundled(dict(contract.document), contract.source), policy, scene.version, contract.source)
        whole = held(body, path)[0]
        served = narrowed(whole, policy, scene.version, path)
        nobodys = _neutral(served, policy) - _neutral(mine, policy)
        paths = {template: item for template, item in served.raw.get("paths", {}).items() if template not in nobodys}
        if not paths:
            return Described(problem=f"no path of it belongs to {scene.version}")
        weigh = weighing(policy, scene.version, as_of=scene.as_of.date()).between(mine.raw, served.raw)
        changes = weigh.weigh(changes_between(mine, served, contract.source, path, weigh.setting)).beyond
    except (PolicyError, RecursionError) as error:
        return Described(problem=error.mistakes[0] if isinstance(error, PolicyError) else f"{path}: nests too deeply")
    differs = _differs(canonical(mine.raw), canonical({**served.raw, "paths": paths}))
    release = lookup(whole, "/info/version")
    told = release if isinstance(release, str) else None
    return Described(changes=changes, same=not differs, differs=tuple(differs), release=told)


def _unnamed(request: Request, policy: Policy) -> bool:
    """Whether a place answers only requests that name no version."""
    return f"{request.method} {request.path}" in {key.partition("?")[0] for key in policy.without_version}


def _neutral(document: Document, policy: Policy) -> set[str]:
    """The paths of a document that have no version."""
    return {
        told.template
        for told in operations_of(document)
        if f"{told.method} {told.prefix}{told.template}" in policy.neutral
    }


def _differs(one: Any, other: Any) -> list[str]:
    """Up to a few places where two values in canonical form are not equal."""
    found: list[str] = []
    stack: list[tuple[tuple[str | int, ...], Any, Any]] = [((), one, other)]
    while stack and len(found) < _NAMED:
        place, was, now = stack.pop()
        if isinstance(was, dict) and isinstance(now, dict):
            names = sorted({*was, *now}, reverse=True)
            stack += [((*place, name), was.get(name, _ABSENT), now.get(name, _ABSENT)) for name in names]
        elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
            stack += [((*place, index), was[index], now[index]) for index in range(len(was) - 1, -1, -1)]
        elif was is _ABSENT or now is _ABSENT or json.dumps(was) != json.dumps(now):
            found.append(pointer(place))
    return found
