"""A version is read in every form that HTTP gives the header or the media type it stands in.

A header's name has no case (RFC 9110 §5.1), and the white space round its value is none of the value (§5.5). A media type
has no case either, a quoted value says the same as a bare one (§8.3.1, §5.6.6), other parameters, a weight and other
ranges may stand beside (§12.5.1), and a parameter whose name only ends alike selects nothing: `conversion=2` is no `version=2`. Clients,
libraries and proxies write all of these. One reading of a version is asked, the first that succeeds, and one write for each method, where those may be sent; where the answers do not
tell versions apart, a form that is refused is seen all the same, and so is one that is taken, where who names no version is refused.

A query is no header: its names have a case. Where `[versioning.query]` says `any_case = true`, as OGC's services do, the parameter is asked for
in capitals, and in small and mixed letters, too.

Many frameworks take the first of two ranges that name versions. Where `[versioning.accept]` says `weights = true`, the one with the greater weight
is preferred, and one with `q=0` is not acceptable at all (§12.4.2): to answer with the other is a warning, with the unacceptable one a finding; to
refuse such a request is neither.

Source: SEL-10; ARA-02, ARA-03; RFC 9110. Silence: `other_forms = false` in `[versioning.header]` or `[versioning.accept]`, for one carrier;
`[severity] AV215 = "off"`, for all.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.finding import Severity, quoted_probe
from pytest_apiversion.core.http.media_ranges import media_ranges
from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.core.http.statuses import CREDENTIAL, FIRST_FAILURE, POLITE, ok
from pytest_apiversion.core.judging.credentials import missing_answer
from pytest_apiversion.core.judging.probing_methods import reads, writes
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.policy.carrier_positions import headers_of
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.policy.version_texts import spell, unknown_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.carriers import Carrier


def _promised(scene: Scene) -> str | None:
    if scene.is_alias or not scene.stage.answers:
        return None
    held = (kind for kind, each in scene.policy.carriers.items() if each.other_forms or each.weights)
    found = (f"versioning.{kind}" for kind in held if headers_of(scene.policy, kind))
    cases = (f"versioning.{kind}.any_case" for kind, each in scene.policy.carriers.items() if each.any_case)
    return next(found, None) or next(cases, None)


def _plan(scene: Scene) -> Iterator[Ask]:
    if not (reads(scene) or writes(scene)) or _promised(scene) is None:
        return
    policy = scene.policy
    others = scene.released(but=scene.subject)
    other = next((each for each in others if policy.stage(each, scene.as_of).answers), next(iter(others), None))
    compare = (scene.subject,) if other is None else (scene.subject, other)
    for kind, carrier in policy.carriers.items():
        base = Ask(aim=Aim.WRITTEN, via=kind, expected_version=scene.subject, compare=compare, once=True, alike=True)
        if carrier.any_case:
            yield from _cases(base, carrier, spell(policy, kind, scene.subject))
        if not headers_of(policy, kind) or (carrier.content_type and writes(scene)):
            continue  # what is in both headers has to agree
        wrong = spell(policy, kind, other) if other is not None else next(iter(unknown_texts(policy, kind)), None)
        text = spell(policy, kind, scene.subject)
        preferred = carrier.form.preferences if carrier.weights and other is not None else None
        forms = _forms(carrier, text, wrong) if carrier.other_forms else ()
        for name, value in (*forms, *(preferred(carrier, text, wrong) if preferred else ())):
            yield replace(base, probe=f"{name}: {value}", headers=((name, value),))


def _cases(base: Ask, carrier: Carrier, text: str) -> Iterator[Ask]:
    """The version in the query, by the parameter's name in other cases."""
    for name, value in carrier.form.write(Request(method="GET", path="/"), carrier, text).query:
        for other in dict.fromkeys((name.upper(), name.lower(), name.lower().capitalize())):
            if other != name:
                yield replace(base, probe=f"{other}={value}", query=((other, value),))


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
    served = read(exchange, scene).served_by
    if ok(response) and served == exchange.version:
        return ()
    carrier = scene.policy.carriers[exchange.via]
    if len(carrier.form.read(exchange.request, carrier)) > 1:
        return _preferred(exchange, response, served)
    if ok(response) and served is None:
        missing = missing_answer(scene, exchange.operation)
        return () if missing is not None and missing.kind is AnswerKind.REJECT else None
    verb = f"{served} answers" if ok(response) else f"it gets {response.status}"
    return [
        Broken(
            summary=f"{exchange.version} is not read in {quoted_probe(exchange.probe or '')}: {verb}",
            expected=f"the answer of {exchange.version}, as for its plainest form",
            received=answer_text(exchange),
            place=f"versioning.{exchange.via}",
        )
    ]


def _preferred(exchange: Exchange, response: Response, served: str | None) -> Iterable[Broken] | None:
    """What is broken where two versions are named, and the one that is preferred did not answer."""
    other = exchange.peers.get(served or "")
    if other is not None and served != exchange.version and other.status == response.status:
        verb = f"{served} answers"
    elif response.status in CREDENTIAL or (response.status >= FIRST_FAILURE and response.status not in POLITE):
        verb = f"it gets {response.status}"
    else:
        return None  # which one answered cannot be told, or none of the two did
    barred = any(item.weight == 0 for item in media_ranges(exchange.request.header("Accept") or ""))
    return [
        Broken(
            summary=f"{exchange.version} is not preferred in {quoted_probe(exchange.probe or '')}: {verb}",
            expected=f"the answer of {exchange.version}, {'the only one acceptable' if barred else 'whose weight is greater'}, or a refusal",
            received=answer_text(exchange),
            place=f"versioning.{exchange.via}",
            severity=None if barred or response.status >= FIRST_FAILURE else Severity.WARNING,
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
