"""Rejections: whether a probe with a wrong version got the answer that the policy declares for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Receiver
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.http.statuses import NOT_NOW, SUCCESS, ok, succeeds
from pytest_apiversion.core.judging.credentials import pinned_answer
from pytest_apiversion.core.judging.disguised_errors import wears_error
from pytest_apiversion.core.judging.error_envelopes import error_code, wears
from pytest_apiversion.core.judging.promises import answer_for, limited_answer
from pytest_apiversion.core.judging.request_faults import FAULTS
from pytest_apiversion.core.judging.wording import answer_text, probe_text, statuses_text
from pytest_apiversion.core.policy.selection import AnswerKind

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.selection import Answer

_MISSING = ("missing",)
_ROUTERS = frozenset({404, 405})
"""What a router answers to what it has no route for."""


def rejection(exchange: Exchange, scene: Scene, what: str) -> Iterator[Broken] | None:
    """Judge a probe that a policy rejects: the status, then the code where the envelope holds.

    A broken envelope is the envelope check's to report, so its code is not missed here a second time.
    """
    answer, response = answer_for(scene.policy, exchange), exchange.response
    if answer is None or answer.kind is not AnswerKind.REJECT or response is None:
        return None
    if exchange.aim.meaning.wrongs == _MISSING and pinned_answer(scene) is not None:
        return None  # who asks is pinned to a version
    if no_head(exchange, response) and response.status not in answer.statuses:
        return None
    return _rejection(exchange, scene.policy, answer, response, f"{what}{_with(exchange)}")


def no_head(exchange: Exchange, response: Response) -> bool:
    """Whether a reading was asked as `HEAD` and refused: there may be no `HEAD`, which says nothing of the version."""
    return exchange.request.method == "HEAD" and exchange.operation.startswith("GET ") and not ok(response)


def _with(exchange: Exchange) -> str:
    return (
        f" in {FAULTS[exchange.fault]}"
        if exchange.fault == "credentials"
        else f" with {FAULTS[exchange.fault]}"
        if exchange.fault
        else ""
    )


def flawless_too(exchange: Exchange, exchanges: Sequence[Exchange], scene: Scene) -> bool:
    """Whether a request that has nothing but the wrong version got a wrong answer in the same carrier: that defect is the plainer one."""
    return bool(exchange.fault) and any(
        not each.fault
        and (each.aim, each.via) == (exchange.aim, exchange.via)
        and any(rejection(each, scene, "") or ())
        for each in exchanges
    )


def limited_rejection(exchange: Exchange, scene: Scene, what: str) -> Iterator[Broken] | None:
    """Judge a request with a credential that is used up, or may only read, as a probe that the policy rejects; None where nobody is served now."""
    answer, response = limited_answer(scene.policy, exchange), exchange.response
    if answer is None or response is None or response.status in NOT_NOW - answer.statuses:
        return None
    return _rejection(exchange, scene.policy, answer, response, what)


def routed_first(exchange: Exchange, scene: Scene) -> bool:
    """Whether a router refused what the version's contract does not have: a service may look for a route before it looks at the version.

    404 is for a path that nobody has, 405 for a method that a path has not (RFC 9110 §15.5.5 and §15.5.6).
    """
    base, response = exchange.base, exchange.response
    if base is None or response is None or exchange.fault or response.status not in _ROUTERS:
        return False
    return scene.contracts[scene.version].match(base.method, base.path) is None


def rejected_as(exchange: Exchange, scene: Scene, wrong: str) -> bool:
    """Whether an answer is what the policy declares for a kind of wrong."""
    answer, response = (
        scene.policy.answer(wrong, carrier=exchange.via or None, operation=exchange.operation or None),
        exchange.response,
    )
    if answer is None or response is None:
        return False
    return not any(_rejection(exchange, scene.policy, answer, response, wrong))


def _rejection(exchange: Exchange, policy: Policy, answer: Answer, response: Response, what: str) -> Iterator[Broken]:
    expected = f"{statuses_text(answer.statuses)}{_codes(answer.codes)} for {what}"
    limited = exchange.aim.meaning.receiver is Receiver.LIMITED  # who asks is wrong, and nothing in a carrier
    served = response.status in SUCCESS and exchange.request.method != "HEAD" and not wears(policy, exchange)
    if (
        response.status not in answer.statuses or served
    ):  # where errors are a 200, only the envelope tells them from success
        served = succeeds(response) and not wears_error(policy, response)
        verb = "is accepted" if served else f"gets {response.status}"
        verb = f"is redirected with {response.status}" if ok(response) and not succeeds(response) else verb
        yield Broken(
            summary=f"{what} {verb}{'' if limited else f' ({probe_text(exchange)})'}",
            expected=expected,
            received=answer_text(exchange),
            place=f"{answer.place}.before" if exchange.fault else answer.place,
        )
    elif answer.codes and exchange.request.method != "HEAD" and wears(policy, exchange):
        code = error_code(policy, exchange)
        if code not in answer.codes:
            yield Broken(
                summary=f"{what} gets the error code {code}{f' ({exchange.via})' if exchange.via and not limited else ''}",
                expected=expected,
                received=answer_text(exchange),
                place=f"{answer.place}.code",
            )


def _codes(codes: Collection[str]) -> str:
    return f" with code {' or '.join(sorted(codes))}" if codes else ""


def plainer(exchange: Exchange, exchanges: Sequence[Exchange], scene: Scene) -> bool:
    """Whether probes of a plainer kind of wrong in the same carrier got the same wrong answer.

    A server that looks at no version, or has one wrong answer for all bad ones, has one defect: that of the plainest kind of wrong.
    """
    return any(
        other.aim in exchange.aim.meaning.plainer
        and other.fault == exchange.fault
        and other.via in {"", exchange.via}
        and _outcome(other, scene) == _outcome(exchange, scene)
        and any(rejection(other, scene, "a version") or ())
        for other in exchanges
    )


def _outcome(exchange: Exchange, scene: Scene) -> tuple[int, str | None] | None:
    response = exchange.response
    if response is None:
        return None
    return (200, None) if ok(response) else (response.status, error_code(scene.policy, exchange))
