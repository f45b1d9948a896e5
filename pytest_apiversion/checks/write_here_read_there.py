"""What one version writes, the others read; and what they write back loses nothing.

Two versions of one API are two views of the same records. What a client of one creates, a client of another reads, under the
operation map's name for the same operation: there, and with the same values in all members that both contracts declare as the
same kind of scalar, or as lists of it (an integer up to 100 is no number up to 1); null and lists as AV318 compares them. Then the other version gets back what it showed, as an update, and the first one reads again: what a client of
it wrote must have survived (with PUT, as far as the other version knows the member, and so in an object that it replaces; or altogether, where
`keeps_unknown = true` says so). Links are not compared, and of the other
versions only the next older and the next newer are asked. Where a closed list (`enum`) of this version has choices that the other's lacks, each is written
once, eight at most, and read there: AV301 holds that answer to the other version's contract, whose clients know no such choice. Where both take an idempotency key, the key of the first write is sent with a valid write of the other version, too:
AV301 finds the answer of before in another version's words; to refuse the key is no fault.

Source: CON-17; the Kubernetes deprecation policy, rule 2. Silence: leave out `across = true` in `[sequences]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.contracts.round_trip import After
from pytest_apiversion.core.http.statuses import GONE, SUCCESS
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text, value_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene

_PLACE = "sequences.across"


def _promised(scene: Scene) -> str | None:
    """Promised where another version creates what this one reads."""
    if not scene.policy.sequences.across or not scene.unsafe:
        return None
    everywhere = scene.resources.values()
    read_here = scene.once(
        "read here", lambda: any(scene.subject in each.elsewhere for resources in everywhere for each in resources)
    )
    return _PLACE if read_here else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    follows, response = exchange.follows, exchange.response
    if follows is None or follows.after not in {After.ELSEWHERE, After.WRITTEN_BACK}:
        return None
    reading = read(exchange, scene)
    if response is None or reading.displaced or (follows.after is After.ELSEWHERE and reading.perhaps_ended):
        return None
    if response.status in GONE:
        lost = "cannot be read" if follows.after is After.ELSEWHERE else "is lost"
        return [
            Broken(
                summary=f"what {follows.write} wrote {lost}",
                expected=f"200: {follows.identifier} is there in every version",
                received=answer_text(exchange),
                place=_PLACE,
            )
        ]
    if response.status not in SUCCESS:
        return None
    words = "is not what {} shows" if follows.after is After.ELSEWHERE else "does not survive {}"
    return [
        Broken(
            summary=f"{name} {words.format(follows.write)}",
            expected=f"{name}: {value_text(sent, exchange.secrets)}",
            received=f"{name}: {value_text(shown, exchange.secrets)}, in {answer_text(exchange)}",
            place=_PLACE,
        )
        for name, sent, shown in reading.lost_members
    ]


CHECK = Check(
    code="AV320",
    name="write-here-read-there",
    title="one version reads what another wrote",
    promised=_promised,
    judge=_judge,
)
