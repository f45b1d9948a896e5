"""An error code comes with the statuses the policy gives it, and with no other.

Clients act on one of the two and log the other. A code that suddenly comes with another status is a fault whose retries, alarms and
dashboards all go wrong, though every body still wears its envelope. That a body repeats the status line is held with the envelope
(`status` in `[envelopes.NAME]`, AV401); what a wrong version or a sunset one gets is held where it is declared, and counts here where
its code has its status.

Source: GIR-23, GIR-24, ARA-34; RFC 9457 §3.1.2, Azure API guidelines (`x-ms-error-code`). Silence: give the code more statuses in
`errors.codes`, or take it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.http.statuses import status_matches
from pytest_apiversion.core.judging.error_envelopes import has_codes
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def _promised(scene: Scene) -> str | None:
    promised = scene.policy.error_rules.codes and scene.stage.answers and has_codes(scene.policy, scene.version)
    return "errors.codes" if promised else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    reading = read(exchange, scene)
    refusal = exchange.response if reading.version_refused else None
    response = reading.own_error or refusal
    code = reading.error_code if response is not None else None
    statuses = scene.policy.error_rules.codes.get(code) if code is not None else None
    if response is None or statuses is None:
        return None
    if status_matches(response.status, statuses):
        return ()
    if response is refusal:
        return None  # told where it is declared
    return [
        Broken(
            summary=f"{code} comes with {response.status}",
            expected=f"{code} with {' or '.join(statuses)}",
            received=answer_text(exchange),
            place=f"errors.codes.{code}",
        )
    ]


CHECK = Check(
    code="AV404", name="status-and-code", title="error codes with their statuses", promised=_promised, judge=_judge
)
