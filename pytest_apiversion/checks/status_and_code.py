"""An error code comes with the statuses the policy gives it, and with no other.

Clients act on one of the two and log the other. A code that suddenly comes with another status is a fault whose retries, alarms and
dashboards all go wrong, though every body still wears its envelope. That a body repeats the status line is held with the envelope
(`status` in `[envelopes.NAME]`, AV401); what a wrong version or a sunset one gets is held where it is declared.

Source: GIR-23, GIR-24, ARA-34; RFC 9457 §3.1.2, Azure API guidelines (`x-ms-error-code`). Silence: give the code more statuses in
`errors.codes`, or take it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging.error_envelopes import error_code
from pytest_apiversion.core.judging.own_answers import own_error
from pytest_apiversion.core.judging.reading import told
from pytest_apiversion.core.policy.responses import status_matches

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange


def _promised(scene: Scene) -> str | None:
    return "errors.codes" if scene.policy.error_rules.codes and scene.stage.answers else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = own_error(exchange, scene)
    code = error_code(scene.policy, exchange) if response is not None else None
    statuses = scene.policy.error_rules.codes.get(code) if code is not None else None
    if response is None or statuses is None:
        return None
    if status_matches(response.status, statuses):
        return ()
    return [
        Broken(
            summary=f"{code} comes with {response.status}",
            expected=f"{code} with {' or '.join(statuses)}",
            received=told(exchange),
            place=f"errors.codes.{code}",
        )
    ]


CHECK = Check(
    code="AV404", name="status-and-code", title="error codes with their statuses", promised=_promised, judge=_judge
)
