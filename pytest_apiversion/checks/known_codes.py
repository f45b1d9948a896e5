"""Every error code is one the policy lists, where it says that the list is whole.

Who handles every code of the documentation has handled them all, until one is renamed or a new one comes. With `errors.open = false`
a code is part of the contract like a member is; without it codes may be added, as most APIs say, and this is not promised. Codes
declared for wrong versions and for what comes after a sunset are known too.

Source: GIR-10, MOO-11; Azure API guidelines (a new error code asks for a new version). Silence: add the code to `errors.codes`, or
leave `errors.open` out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging.error_envelopes import error_code, wears
from pytest_apiversion.core.judging.own_answers import own_error
from pytest_apiversion.core.judging.reading import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.policy.policy import Policy


_SHOWN = 6
"""Codes named before the rest is counted."""


def _promised(scene: Scene) -> str | None:
    rules = scene.policy.error_rules
    return "errors.open" if rules.codes and not rules.open and scene.stage.answers else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    if own_error(exchange, scene) is None:
        return None
    code = error_code(scene.policy, exchange)
    if code is None or not wears(scene.policy, exchange):
        return None  # AV401's
    if code in _known(scene.policy):
        return ()
    return [
        Broken(
            summary=f"the error code {code} is not listed",
            expected=_listed(sorted(scene.policy.error_rules.codes)),
            received=told(exchange),
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
    codes |= policy.sunset.codes
    for alias in policy.aliases.values():
        codes |= alias.gone.codes | (alias.absent_answer.codes if alias.absent_answer else frozenset())
    return codes | policy.error_rules.codes.keys()


CHECK = Check(code="AV405", name="known-codes", title="only listed error codes", promised=_promised, judge=_judge)
