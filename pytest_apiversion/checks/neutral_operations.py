"""What has no version works without one and with any, and a browser may ask first.

Health checks and documents are asked for by machines that know of no version, and through proxies that add one to everything: the
paths of `operations.neutral` succeed for a GET that names no version, one that names this version, and one that names an unknown one, once
each. Those of `operations.without_version`, such as the documents of a framework that looks for the routes of a version first, succeed
where no version is named, and nowhere else. And where the API serves browsers (`versioning.preflight`, the origin of a page that calls it), a CORS preflight is answered: it
cannot carry a version in a header, since its purpose is to ask whether that header may be sent. So it gets a 2xx, and the header is allowed.
Where every version stands in the path, a preflight names it, too: each path of a version answers one with a 2xx, and there is nothing else to hold.

Source: SEL-14; AUG-01, MOO-27; Fetch standard, "CORS-preflight fetch". Silence: leave the operation out of `operations.neutral` and
`operations.without_version`, and `versioning.preflight` out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.finding import quoted_probe
from pytest_apiversion.core.http.statuses import SUCCESS, ok
from pytest_apiversion.core.judging.answer_kinds import Kind
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.policy.carrier_positions import headers_of
from pytest_apiversion.core.policy.published_documents import published_path
from pytest_apiversion.core.policy.version_texts import spell, unknown_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Response

_SAFELISTED = frozenset({"accept", "accept-language", "content-language", "content-type", "range"})
"""Request headers that a page may send without leave (Fetch standard, "CORS-safelisted request-header")."""
_UNNAMED = "operations.without_version"
_BROWSERS_OWN = frozenset({"cookie"})
"""Of the headers that no page can set (Fetch standard, "forbidden request-header"), the one that a version may well stand in."""


def _outside(scene: Scene) -> list[str]:
    """The carriers beside the path, which a neutral operation has not."""
    return [kind for kind, carrier in scene.policy.carriers.items() if not carrier.form.in_path]


def _paths(scene: Scene) -> list[str]:
    """The paths that are declared to have no version, and can be read as they stand."""
    unnamed = {key.partition("?")[0] for key in scene.policy.without_version}
    neutral = scene.policy.neutral - unnamed
    return sorted(path for key in neutral if (path := key.removeprefix("GET ")) != key and "{" not in path)


def _unnamed(scene: Scene) -> list[str]:
    """The paths, with their queries, that answer only who names no version."""
    paths = (key.removeprefix("GET ") for key in scene.policy.without_version)
    return sorted(published_path(scene.policy, scene.version, path) for path in paths)


def _promised(scene: Scene) -> str | None:
    if scene.is_alias or not scene.stage.answers:
        return None
    if not _outside(scene):
        return "versioning.preflight" if scene.policy.preflight else None
    unnamed = {key.partition("?")[0] for key in scene.policy.without_version}
    said = {
        "operations.neutral": scene.policy.neutral - unnamed,
        _UNNAMED: unnamed,
        "versioning.preflight": _asking(scene),
    }
    return next((place for place, found in said.items() if found), None)


def _asking(scene: Scene) -> str | None:
    """The origin of a page that has to ask before it names a version in a header, or calls an API whose versions stand in the path."""
    return scene.policy.preflight if _headers(scene) or not _outside(scene) else None


def _headers(scene: Scene) -> list[str]:
    """The request headers that name versions, as the policy writes them."""
    return [name for kind in scene.policy.carriers for name in headers_of(scene.policy, kind)]


def _need_leave(scene: Scene) -> list[str]:
    """Those of them that a page may set, and only with leave."""
    return [name for name in _headers(scene) if name.lower() not in _SAFELISTED | _BROWSERS_OWN]


def _plan(scene: Scene) -> Iterator[Ask]:
    operation, origin = scene.operation, _asking(scene)
    if _promised(scene) is None:
        return
    if operation is None:
        kind = next(iter(_outside(scene)), None)
        if kind is None:
            return
        texts = (spell(scene.policy, kind, scene.subject), *unknown_texts(scene.policy, kind)[:1])
        for path in (*_paths(scene), *_unnamed(scene)):
            yield Ask(aim=Aim.NEUTRAL, path=path)
            yield from (
                Ask(aim=Aim.NEUTRAL, path=path, selection=((kind, text),), via=kind, probe=text) for text in texts
            )
    elif origin is not None and not operation.neutral:
        questions = tuple(_questions(scene, operation, origin))
        ask = Ask(aim=Aim.PREFLIGHT, method="OPTIONS", anonymous=True, headers=questions)
        if _outside(scene):
            yield ask
        elif operation.key == _first_at(operation.path, scene):
            yield replace(ask, selection=scene.selection, via=primary(scene))


def _first_at(path: str, scene: Scene) -> str | None:
    """The first operation of a path, by which it is asked once."""
    return next((each.key for each in scene.contracts[scene.version].asked if each.path == path), None)


def _questions(scene: Scene, operation: Operation, origin: str) -> Iterator[tuple[str, str]]:
    """The headers of a preflight."""
    yield "Origin", origin
    yield "Access-Control-Request-Method", operation.method
    if names := _asked_for(scene):
        yield "Access-Control-Request-Headers", ",".join(sorted(names))


def _asked_for(scene: Scene) -> set[str]:
    """The headers that name the version, in lower case as browsers write them: those that need leave, else those that a page may set."""
    names = _need_leave(scene) or _headers(scene)
    return {name.lower() for name in names} - _BROWSERS_OWN


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if response is None:
        return None
    if exchange.aim is Aim.PREFLIGHT:
        return _preflight(exchange, response, scene)
    reading = read(exchange, scene)
    if reading.version_demanded:
        return [_broken(exchange, "what has no version is refused without one", "the answer of a neutral operation")]
    plain = exchange.aim is Aim.ACCEPTED and reading.is_neutral and reading.accepted  # it was asked without a version
    if plain:
        return ()
    if exchange.aim is not Aim.NEUTRAL:
        return None
    return _answer(exchange, response, scene)


def _answer(exchange: Exchange, response: Response, scene: Scene) -> Iterable[Broken] | None:
    refused = read(exchange, scene).kind is Kind.CREDENTIAL_REFUSED
    if exchange.request.path in {path.partition("?")[0] for path in _unnamed(scene)}:
        return None if refused else _only_unnamed(exchange, response)
    if ok(response):
        return ()
    return None if refused else [_refused(exchange, response)]


def _refused(exchange: Exchange, response: Response) -> Broken:
    what = f"without a version gets {response.status}"
    if exchange.probe is not None:
        what = f"gets {response.status} with {quoted_probe(exchange.probe)} in the {exchange.via}"
    return _broken(exchange, f"{exchange.request.path} has no version, and {what}", "a success, whatever the version")


def _only_unnamed(exchange: Exchange, response: Response) -> Iterable[Broken]:
    path, probe, got = exchange.request.target, exchange.probe, response.status
    if ok(response) is (probe is None):
        return ()
    if probe is None:
        return [_broken(exchange, f"{path} gets {got} without a version", "a success: no version is named", _UNNAMED)]
    summary = (
        f"{path} answers only who names no version, and gets {got} with {quoted_probe(probe)} in the {exchange.via}"
    )
    return [_broken(exchange, summary, "no success: a version is named", _UNNAMED)]


def _yields(exchange: Exchange, exchanges: Sequence[Exchange], _scene: Scene) -> bool:
    """What fails without a version is told once."""
    return exchange.probe is not None and any(
        each.aim is Aim.NEUTRAL
        and each.probe is None
        and each.request.path == exchange.request.path
        and (each.response is None or not ok(each.response))
        for each in exchanges
    )


def _preflight(exchange: Exchange, response: Response, scene: Scene) -> Iterable[Broken]:
    place = "versioning.preflight"
    if response.status not in SUCCESS:
        expected = "a 2xx: a preflight can carry no version" if _outside(scene) else "a 2xx: a page may call this path"
        return [_broken(exchange, f"a preflight gets {response.status}", expected, place)]
    allowed = {part.strip().lower() for part in (response.header("access-control-allow-headers") or "").split(",")}
    missing = [name for name in _need_leave(scene) if not allowed & {"*", name.lower()}]
    return [
        _broken(
            exchange,
            f"a preflight does not allow {name}, so that no browser can name a version",
            f"Access-Control-Allow-Headers with {name} in it",
            place,
        )
        for name in missing
    ]


def _broken(exchange: Exchange, summary: str, expected: str, place: str = "operations.neutral") -> Broken:
    return Broken(summary=summary, expected=expected, received=answer_text(exchange), place=place)


CHECK = Check(
    code="AV213",
    name="neutral-operations",
    title="what has no version works without one",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    yields=_yields,
)
