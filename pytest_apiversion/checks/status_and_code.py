"""An error code comes with the statuses the policy gives it, and with no other.

Clients act on one of the two and log the other. A code that suddenly comes with another status is a fault whose retries, alarms and
dashboards all go wrong, though every body still wears its envelope. That a body repeats the status line is held with the envelope
(`status` in `[envelopes.NAME]`, AV401); what a wrong version or a sunset one gets is held where it is declared, and counts here where
its code has its status.

A code that only differs from a declared one in its case, or in `_`, `-` and the like, is that code written otherwise, and clients compare the text:
where all versions share one envelope and `errors.same_codes` says that codes stay, that is found, too, though codes may be added.

Source: GIR-10, GIR-23, GIR-24, ARA-34; RFC 9457 §3.1.2, Azure API guidelines (`x-ms-error-code`). Silence: give the code more statuses in
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
    from pytest_apiversion.core.policy.policy import Policy


def _promised(scene: Scene) -> str | None:
    promised = scene.policy.error_rules.codes and scene.stage.answers and has_codes(scene.policy, scene.version)
    return "errors.codes" if promised else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    reading = read(exchange, scene)
    refusal = exchange.response if reading.version_refused else None
    response = reading.own_error or refusal
    code = reading.error_code if response is not None else None
    statuses = scene.policy.error_rules.codes.get(code) if code is not None else None
    if response is None:
        return None
    if statuses is None:
        meant = _written_otherwise(code, scene.policy) if code is not None and response is not refusal else None
        return [_misspelt(exchange, code, meant, scene.policy)] if code is not None and meant is not None else None
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


def _misspelt(exchange: Exchange, code: str, meant: str, policy: Policy) -> Broken:
    return Broken(
        summary="an error code is not written as it is declared",
        expected=f"{meant}, not {code}, with {' or '.join(policy.error_rules.codes[meant])}",
        received=answer_text(exchange),
        place=f"errors.codes.{meant}",
    )


def _written_otherwise(code: str, policy: Policy) -> str | None:
    """The declared code that another one only writes otherwise, where all versions have the same codes."""
    envelopes = {each.envelope or policy.envelope for each in policy.versions.values()}
    if not policy.same_codes or len(envelopes) > 1:
        return None
    return next((each for each in policy.error_rules.codes if _letters(each) == _letters(code)), None)


def _letters(code: str) -> str:
    return "".join(filter(str.isalnum, code)).casefold()


CHECK = Check(
    code="AV404", name="status-and-code", title="error codes with their statuses", promised=_promised, judge=_judge
)
