"""A version is read in every form that HTTP gives the header or the media type it stands in.

A header's name has no case (RFC 9110 §5.1), and the white space round its value is none of the value (§5.5). A media type
has no case either, a quoted value says the same as a bare one (§8.3.1, §5.6.6), other parameters, a weight and other
ranges may stand beside (§12.5.1), and a parameter whose name only ends alike selects nothing: `conversion=2` is no `version=2`. Clients,
libraries and proxies write all of these. One operation of a version is asked, the first that succeeds.

Source: SEL-10; ARA-02, ARA-03; RFC 9110. Silence: `[severity] AV215 = "off"`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.exchange import Aim, Request
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging.reading import ok, told
from pytest_apiversion.core.judging.served_version import served_by
from pytest_apiversion.core.policy.carrier_positions import headers_of
from pytest_apiversion.core.policy.version_texts import spell, unknown_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.policy.selection import Carrier


def _promised(scene: Scene) -> str | None:
    if scene.is_alias or not scene.stage.answers:
        return None
    return next((f"versioning.{kind}" for kind in scene.policy.carriers if headers_of(scene.policy, kind)), None)


def _plan(scene: Scene) -> Iterator[Ask]:
    if scene.operation is None or scene.operation.method != "GET" or _promised(scene) is None:
        return
    policy = scene.policy
    other = next(iter(scene.released(but=scene.subject)), None)
    compare = (scene.subject,) if other is None else (scene.subject, other)
    for kind in policy.carriers:
        if not headers_of(policy, kind):
            continue
        wrong = spell(policy, kind, other) if other is not None else next(iter(unknown_texts(policy, kind)), None)
        for name, value in _forms(policy.carriers[kind], spell(policy, kind, scene.subject), wrong):
            yield Ask(
                aim=Aim.WRITTEN,
                via=kind,
                probe=f"{name}: {value}",
                expected_version=scene.subject,
                compare=compare,
                headers=((name, value),),
                once=True,
            )


def _forms(carrier: Carrier, text: str, other: str | None) -> Iterable[tuple[str, str]]:
    """The forms of a carrier; where it says nothing of them, those that every header has."""
    if carrier.form.forms is not None:
        yield from carrier.form.forms(carrier, text, other)
        return
    for name, value in carrier.form.write(Request(method="GET", path="/"), carrier, text).headers:
        yield name.lower() if name != name.lower() else name.upper(), value
        yield name, f" \t{value} \t"


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if exchange.aim is not Aim.WRITTEN or response is None or not exchange.peers:
        return None
    served = served_by(scene.policy, response, exchange.peers)
    if ok(response) and served is None:
        return None
    if ok(response) and served == exchange.version:
        return ()
    verb = f"{served} answers" if ok(response) else f"it gets {response.status}"
    return [
        Broken(
            summary=f"{exchange.version} is not read in {exchange.probe!r}: {verb}",
            expected=f"the answer of {exchange.version}, as for its plainest form",
            received=told(exchange),
            place=f"versioning.{exchange.via}",
        )
    ]


CHECK = Check(
    code="AV215",
    name="selector-syntax",
    title="versions are read as HTTP writes them",
    promised=_promised,
    plan=_plan,
    judge=_judge,
)
