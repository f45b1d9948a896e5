"""The headers of a rate limit mean what they say: no more is left than is allowed, and the window ends after the answer.

Clients sleep until the reset and count down what is left; a reset in the past makes them ask again at once. The end of a window
is held against the answer's own `Date` (RFC 9110 §6.6.1); where there is none, nothing is said of it. Within one window, for one
credential and one operation, what is left does not grow from an answer to the next; that is a warning, since several machines may count apart.
What a wrong credential gets counts for nobody: a service may count for each text that it is shown.
Where the policy says what the limit is for a credential, or for who has none, one `GET` of each version is asked so.
Whether the headers are there, and have the form that [[headers]] says, is AV701's to hold.

Source: RTL-02; ARA-37, ARA-38, GIR-12. Silence: leave `[rate_limit]` or one of its keys out.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.contracts.named_queries import whole
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.http.dates import answered_at, http_date, precedes
from pytest_apiversion.core.judging.credentials import accepted_credentials, credentials_of, requires_credential
from pytest_apiversion.core.judging.promises import unpromised_forms
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.policy.credentials import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.credentials import Credential
    from pytest_apiversion.core.policy.responses import RateLimit

_SECOND = dt.timedelta(seconds=1)
"""`Date` has whole seconds, and so do the headers."""
_LONGEST = 15
"""Digits of a number that is still taken for a count or an instant."""


def _promised(scene: Scene) -> str | None:
    rate = scene.policy.rate_limit
    if rate is None or not scene.stage.answers or (rate.versions is not None and scene.version not in rate.versions):
        return None
    return "rate_limit"


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    rate, response = scene.policy.rate_limit, _answer(exchange, scene)
    if rate is None or response is None:
        return None
    rate = _with_form(rate, unpromised_forms(exchange, scene, response))
    if all(response.header(name) is None for name in (rate.limit, rate.remaining, rate.reset) if name):
        return None
    return [*_numbers(rate, response, _due(rate, exchange, scene)), *_end(rate, response, scene.as_of)]


def _with_form(rate: RateLimit, formless: Iterable[str]) -> RateLimit:
    """The same without headers that have not the form that is promised of them: AV701's."""
    left = {name.lower() for name in formless}
    limit, remaining, reset = (
        None if name is not None and name.lower() in left else name for name in (rate.limit, rate.remaining, rate.reset)
    )
    return replace(rate, limit=limit, remaining=remaining, reset=reset)


def _answer(exchange: Exchange, scene: Scene) -> Response | None:
    """The answer of one of the version's own paths, whoever asked; None for other answers."""
    reading = read(exchange, scene)
    if exchange.aim is not Aim.TIER:
        return reading.own_answer
    return None if reading.displaced else exchange.response


def _due(rate: RateLimit, exchange: Exchange, scene: Scene) -> tuple[int, str, str] | None:
    """What the limit must be, for whom, and where the policy says so; None where it says nothing."""
    keys = (each for each in (exchange.operation, whole(exchange.operation)) if each in rate.limits)
    if (operation := next(keys, None)) is not None:
        return rate.limits[operation], f"on {operation}", "rate_limit.limits"
    shown = frozenset(exchange.request.secrets)
    if exchange.aim.meaning.forged:
        return None
    if not shown:
        return (rate.anonymous, "without a credential", "rate_limit.anonymous") if rate.anonymous is not None else None
    names = [each.name for each in scene.policy.credentials if shown == frozenset(each.shown)]
    told = [name for name in names if name in rate.credentials]
    if len(names) != 1 or not told:
        return None
    return rate.credentials[told[0]], f"for the credential {told[0]}", f"rate_limit.credentials.{told[0]}"


def _plan(scene: Scene) -> Iterator[Ask]:
    """One reading with each credential whose limit is known and that no usual request goes with, and one with none."""
    rate, operation = scene.policy.rate_limit, scene.operation
    if rate is None or rate.limit is None or operation is None or _promised(scene) is None:
        return
    if operation.method != "GET" or operation.neutral or scene.is_alias or operation.key in rate.limits:
        return
    ask = Ask(aim=Aim.TIER, selection=scene.selection, via=primary(scene), once=True, alike=True)
    usual = _usual(scene, operation)
    for each in credentials_of(scene):
        if each.name in rate.credentials and each.name not in usual and _opens(each, operation):
            yield replace(ask, credential=each.name, probe=each.name)
    if rate.anonymous is not None and usual and not requires_credential(operation):
        yield replace(ask, anonymous=True)


def _usual(scene: Scene, operation: Operation) -> set[str]:
    """The names of the credentials that usual requests go with; none where they go without."""
    mine = credentials_of(scene)
    if operation.security is None:
        return {each.name for each in mine if each.name == DEFAULT}
    if {} in operation.security[:1]:
        return set()
    return {each.name for each in accepted_credentials(scene, operation)}


def _opens(credential: Credential, operation: Operation) -> bool:
    """Whether a credential is all that an operation asks for."""
    if operation.security is None:
        return credential.scheme == DEFAULT
    return any(set(alternative) == {credential.scheme} for alternative in operation.security)


def _numbers(rate: RateLimit, response: Response, due: tuple[int, str, str] | None) -> Iterator[Broken]:
    limit, left = _number(response, rate.limit), _number(response, rate.remaining)
    for name, number in ((rate.limit, limit), (rate.remaining, left)):
        if name and number is None and (text := response.header(name)) is not None:
            yield _broken(f"{name} is no number of requests", "a number from 0 on", f"{name}: {text}")
    received = f"{rate.limit}: {limit}, {rate.remaining}: {left}"
    if limit is not None and left is not None and left > limit:
        yield _broken(
            f"{rate.remaining} is more than {rate.limit}", f"{rate.remaining} from 0 to the limit, {limit}", received
        )
    if due is not None and limit is not None and limit != due[0]:
        said, whose, place = due
        yield _broken(f"{rate.limit} is {limit}, not {said}", f"{rate.limit}: {said} {whose}", received, place)


def _end(rate: RateLimit, response: Response, as_of: dt.datetime) -> Iterator[Broken]:
    text = response.header(rate.reset) if rate.reset else None
    if text is None:
        return
    end, now = _instant(rate, response, text), answered_at(response)
    now = min(now, as_of) if now is not None else None  # a service that is held to an earlier day may live on that day
    if rate.form == "seconds":
        if _number(response, rate.reset) is None:
            yield _broken(f"{rate.reset} is no number of seconds", "seconds until the reset", f"{rate.reset}: {text}")
    elif end is None:
        form = "seconds since 1970" if rate.form == "epoch" else "an HTTP date"
        yield _broken(f"{rate.reset} is no instant", form, f"{rate.reset}: {text}")
    elif now is not None and end < now - _SECOND:
        yield _broken(
            f"{rate.reset} lies in the past",
            f"an instant after the answer's own Date, {now:%Y-%m-%d %H:%M:%S} UTC",
            f"{rate.reset}: {text}, which is {end:%Y-%m-%d %H:%M:%S} UTC",
        )


def _number(response: Response, name: str | None) -> int | None:
    """The number in a header; None where there is none."""
    text = response.header(name) if name else None
    found = text is not None and re.fullmatch(rf"[0-9]{{1,{_LONGEST}}}", text.strip())
    return int(text) if text is not None and found else None


def _instant(rate: RateLimit, response: Response, text: str) -> dt.datetime | None:
    """When a window ends; None where that cannot be read."""
    if rate.form == "date":
        return http_date(text)
    number, start = _number(response, rate.reset), answered_at(response)
    if rate.form == "epoch":
        start = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    try:
        return None if number is None or start is None else start + dt.timedelta(seconds=number)
    except OverflowError:
        return None


def _conclude(exchanges: Sequence[Exchange], scene: Scene) -> Iterable[Broken] | None:
    """What is left does not grow while the window is the same."""
    rate = scene.policy.rate_limit
    if rate is None or rate.remaining is None or rate.reset is None:
        return None
    windows: dict[tuple[object, ...], list[tuple[int, Exchange, Response]]] = {}
    for exchange in exchanges:
        response = read(exchange, scene).own_answer
        if response is None or exchange.aim.meaning.forged:
            continue
        left, text = _number(response, rate.remaining), response.header(rate.reset)
        end = _instant(rate, response, text) if text is not None else None
        if left is not None and end is not None:
            secrets = tuple(exchange.request.header(name) for name, _ in exchange.request.secrets)
            key = (end, _number(response, rate.limit), exchange.request.method, secrets)
            windows.setdefault(key, []).append((left, exchange, response))
    compared = False
    for window in windows.values():
        for left, _, response in window:
            for later, exchange, other in window:
                if precedes(response, other):
                    compared = True
                    if later > left:
                        return [_grown(rate, left, later, exchange)]
    return () if compared else None


def _grown(rate: RateLimit, left: int, later: int, exchange: Exchange) -> Broken:
    return Broken(
        summary=f"{rate.remaining} grows within a window",
        expected=f"{rate.remaining} not above {left} until the reset",
        received=f"{later} after {left}, {rate.reset} unchanged",
        place="rate_limit.remaining",
        severity=Severity.WARNING,
        exchange=exchange,
    )


def _broken(summary: str, expected: str, received: str, place: str = "rate_limit") -> Broken:
    return Broken(summary=summary, expected=expected, received=received, place=place)


CHECK = Check(
    code="AV703",
    name="rate-limit-meaning",
    title="rate-limit headers mean what they say",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    conclude=_conclude,
)
