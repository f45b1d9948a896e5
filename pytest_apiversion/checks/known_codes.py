"""Every error code is one the policy lists, where it says that the list is whole.

Who handles every code of the documentation has handled them all, until one is renamed or a new one comes. With `errors.open = false`
a code is part of the contract like a member is; without it codes may be added, as most APIs say, and this is not promised. Codes
declared for wrong versions and for what comes after a sunset are known too.

Source: GIR-10, MOO-11; Azure API guidelines (a new error code asks for a new version). Silence: add the code to `errors.codes`, or
leave `errors.open` out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.judging.error_envelopes import has_codes
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.policy.sunset_answers import sunset_answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.policy.policy import Policy


_SHOWN = 6
"""Codes named before the rest is counted."""


def _promised(scene: Scene) -> str | None:
    rules = scene.policy.error_rules
    promised = rules.codes and not rules.open and scene.stage.answers and has_codes(scene.policy, scene.version)
    return "errors.open" if promised else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    reading = read(exchange, scene)
    if reading.own_error is None:
        return None
    code = reading.error_code
    if code is None or not reading.wears_envelope:
        return None  # AV401's
    if code in _known(scene.policy):
        return ()
    return [
        Broken(
            summary=f"the error code {code} is not listed",
            expected=_listed(sorted(scene.policy.error_rules.codes)),
            received=answer_text(exchange),
            place="errors.codes",
        )
    ]


def _listed(codes: Sequence[str]) -> str:
    rest = f" or {len(codes) - _SHOWN} more" if len(codes) > _SHOWN else ""
    return f"one of {', '.join(codes[:_SHOWN])}{rest}"


def _known(policy: Policy) -> set[str]:
    """Every code the policy names."""
    holders = [policy.answers, *(carrier.answers for carrier in policy.carriers.values())]
    holders += [rule.answers for rule in policy.operations.values()]
    codes = {code for holder in holders for answer in holder.values() for code in answer.codes}
    codes |= {code for sunset in sunset_answers(policy) for code in sunset.codes}
    for alias in policy.aliases.values():
        codes |= alias.absent_answer.codes if alias.absent_answer else frozenset()
    return codes | policy.error_rules.codes.keys()


CHECK = Check(code="AV405", name="known-codes", title="only listed error codes", promised=_promised, judge=_judge)
