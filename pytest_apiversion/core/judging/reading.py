"""The reading of an answer: what came back for a request, worked out once. Checks match on it.

`read` keeps the reading with its exchange, so that each check finds what another one has worked out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim, Receiver
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.http.statuses import FIRST_ERROR, FIRST_FAILURE, NOT_MODIFIED, NOT_NOW, POLITE, ok, succeeds
from pytest_apiversion.core.judging.answer_kinds import Displacement, Kind, by_status
from pytest_apiversion.core.judging.contract_reading import ContractReading
from pytest_apiversion.core.judging.disguised_errors import disguised
from pytest_apiversion.core.judging.element_use import untold
from pytest_apiversion.core.judging.ends import early_sunset, of_part, perhaps_ended
from pytest_apiversion.core.judging.error_envelopes import envelopes_for, error_code, spoken_for
from pytest_apiversion.core.judging.promises import answer_for, refused_after_end, sunset_of
from pytest_apiversion.core.judging.rejections import rejected_as, rejection
from pytest_apiversion.core.judging.served_version import echo_due, echo_text, served_by
from pytest_apiversion.core.policy.announcements import announcement
from pytest_apiversion.core.policy.version_texts import echoes
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.responses import Envelope
    from pytest_apiversion.core.policy.selection import Answer

_QUIET = frozenset({Stage.LIVE, Stage.PREVIEW})
_TWO = 2


@dataclass(frozen=True, kw_only=True, eq=False)
class Reading(ContractReading):
    """What one exchange is, under the policy and the contracts of a scene. Each part is worked out when it is first asked for.

    Attributes:
        exchange: The exchange.
        scene: What it is about.
    """

    @property
    def body_broken(self) -> bool:
        """Whether AV301 tells that the body breaks the contract."""
        return not self.displaced and bool(self.body_faults)

    # Which version gave it.

    @cached_property
    def echo(self) -> str | None:
        """What the answer says served it, as written; None where it says nothing, or nothing is promised."""
        return echo_text(self.scene.policy, self.response) if self.response is not None else None

    @cached_property
    def named(self) -> str | None:
        """The declared version that the answer says it is of."""
        return echoes(self.scene.policy, self.echo) if self.echo is not None else None

    @cached_property
    def served_by(self) -> str | None:
        """The version that gave the answer, by its echo or by its likeness to what known versions gave; None where that cannot be told."""
        return served_by(self.scene.policy, self.response, self.exchange.peers) if self.response is not None else None

    # Whether it is the answer that was due.

    @cached_property
    def kind(self) -> Kind:
        """What it is."""
        response, receiver = self.response, self.exchange.aim.meaning.receiver
        if response is None:
            return Kind.NOTHING
        if self.failed:
            return Kind.FAILURE
        if self.version_refused:
            return Kind.VERSION_REFUSED
        if receiver is Receiver.SUNSET and response.status in sunset_of(self.scene).statuses:
            return Kind.SUNSET
        if self.disguise is not None:
            return Kind.DISGUISED_ERROR
        return by_status(response)

    @cached_property
    def failed(self) -> bool:
        """Whether the server failed, in a way the contract does not declare: 501, 503 and 505 are polite."""
        response, operation = self.response, self.operation
        if response is None or response.status < FIRST_FAILURE or response.status in POLITE:
            return False
        if operation is None or not operation.declares(response.status):
            return True
        return str(response.status) not in operation.responses

    @cached_property
    def version_refused(self) -> bool:
        """Whether this is the answer that the policy declares for the kind of wrong version that was asked for."""
        found = rejection(self.exchange, self.scene, "")
        return found is not None and not any(found)

    @cached_property
    def early_sunset(self) -> bool:
        """Whether a version that still answers gave a sunset's answer."""
        return early_sunset(self.exchange, self.scene, self.operation)

    @cached_property
    def perhaps_ended(self) -> bool:
        """Whether nothing tells a sunset's answer, too early, from one about the thing that was asked for."""
        return perhaps_ended(self.exchange, self.scene, self.operation)

    @cached_property
    def disguise(self) -> Envelope | None:
        """The error envelope that a success wears; None where it wears none."""
        return disguised(self.exchange, self.scene)

    @cached_property
    def version_demanded(self) -> bool:
        """Whether an operation that has no version refuses a request for want of one."""
        if not self.is_neutral or self.exchange.aim is not Aim.ACCEPTED or self.scene.is_alias:
            return False
        if all(carrier.form.in_path for carrier in self.scene.policy.carriers.values()):
            return False
        return rejected_as(self.exchange, self.scene, "missing")

    @cached_property
    def unserved(self) -> bool:
        """Whether a weaker carrier gets no success where the strongest gets one."""
        exchange, response, plain = self.exchange, self.response, self.exchange.peers.get(self.exchange.version)
        if exchange.aim is not Aim.ACCEPTED or exchange.via in {"", primary(self.scene)}:
            return False
        refused = response is not None and not ok(response) and response.status not in NOT_NOW
        return refused and plain is not None and ok(plain)

    @cached_property
    def accepted(self) -> bool:
        """Whether it is a success, or the redirect that an operation is there for."""
        response, operation = self.response, self.operation
        redirected = response is not None and ok(response) and operation is not None
        return response is not None and (succeeds(response) or (redirected and self.spec is not None))

    @property
    def misnamed(self) -> bool:
        """Whether the answer itself says that another declared version gave it, where this version promises to say so."""
        policy, version, response = self.scene.policy, self.scene.version, self.response
        return response is not None and self.named not in {None, version} and echo_due(policy, version, response)

    @property
    def own_named(self) -> bool:
        """Whether the answer itself says, as this version promises, that this version gave it."""
        policy, version, response = self.scene.policy, self.scene.version, self.response
        return response is not None and self.named == version and echo_due(policy, version, response)

    @cached_property
    def displacements(self) -> frozenset[Displacement]:
        """Every reason why this is not the answer that was due; empty where it is."""
        found = {
            Displacement.EARLY_SUNSET: self.early_sunset,
            Displacement.DISGUISED_ERROR: self.disguise is not None,
            Displacement.FAILURE: self.failed,
            Displacement.VERSION_DEMANDED: self.version_demanded,
            Displacement.CARRIER_UNSERVED: self.unserved,
            Displacement.OTHER_VERSION: not self.is_neutral and (self.misnamed or self._served_otherwise),
        }
        return frozenset(reason for reason, holds in found.items() if holds)

    @property
    def displaced(self) -> bool:
        """Whether this is not the answer that was due at all, which another check reports."""
        return bool(self.displacements)

    @property
    def comparable(self) -> bool:
        """Whether known versions' answers show which version gave this success."""
        exchange, response = self.exchange, self.response
        asked = exchange.aim is Aim.ACCEPTED and len(exchange.peers) >= _TWO
        return asked and response is not None and ok(response)

    @property
    def _served_otherwise(self) -> bool:
        if self.own_named or not self.comparable:
            return False  # where it looks otherwise all the same, it is held to this version's contract
        return self.served_by not in {None, self.exchange.version}

    @cached_property
    def own_answer(self) -> Response | None:
        """The answer of one of the version's own paths, where it is the one that was due; None for other answers."""
        if not self.exchange.aim.meaning.own or self.operation is None or self.is_neutral or self.displaced:
            return None
        return None if self.perhaps_ended else self.response

    @cached_property
    def own_error(self) -> Response | None:
        """The error of a version, where it is the one that was due; None for other answers.

        What a path that nobody declared answers counts too: a version's errors are alike wherever they come from.
        """
        response = self.response
        if response is None or response.status < FIRST_ERROR or not self.exchange.aim.meaning.own:
            return None
        return None if self.is_neutral or self.displaced else response

    @cached_property
    def after_end(self) -> Response | None:
        """The declared answer of a version (or alias) that has ended; None for other answers."""
        response, sunset, operation = self.response, refused_after_end(self.scene), self.operation
        if self.exchange.aim.meaning.receiver is not Receiver.SUNSET or operation is None or operation.neutral:
            return None
        return response if sunset and response and response.status in sunset.statuses else None

    @property
    def announcing(self) -> Response | None:
        """The answer that must announce a deprecation: of a deprecated version's (or alias') path, or after its end; None for others."""
        deprecated = self.exchange.stage is Stage.DEPRECATED
        announces = self.own_answer or self._defaulted if deprecated else self.after_end
        if (
            announces is not None
            and announces.status == NOT_MODIFIED
            and not announcement(self.scene.policy, self.scene.subject).not_modified
        ):
            return None
        return announces if of_part(self.exchange, self.operation) else None

    @property
    def _defaulted(self) -> Response | None:
        """The success that this version gives who names none, as the policy says; None for other answers."""
        exchange, response = self.exchange, self.response
        if (
            response is None
            or not exchange.aim.meaning.unnamed
            or exchange.expected_version != self.scene.version
            or self.is_neutral
        ):
            return None
        if self.operation is None or self.disguise is not None:
            return None
        return (
            response
            if succeeds(response)
            and served_by(self.scene.policy, response, exchange.peers) in {None, self.scene.version}
            else None
        )

    @cached_property
    def silent(self) -> Response | None:
        """The answer of a version that is not deprecated, or of a path that has no alias, which must not announce; None for others.

        Beside an alias that is deprecated, a path that has none may announce: it is the prefix that ends.
        """
        if self.exchange.stage not in _QUIET or untold(self.exchange, self.scene):
            return None
        if self.exchange.aim.meaning.receiver is not Receiver.NO_ALIAS:
            return self.own_answer
        policy, alias = self.scene.policy, self.exchange.via
        if alias in policy.aliases and policy.stage(alias, self.scene.as_of) not in _QUIET:
            return None
        return None if self.operation is None or self.is_neutral or self.displaced else self.response

    # How it is refused.

    @property
    def declared(self) -> Answer | None:
        """What the policy says a probe with this kind of wrong version gets; None where it says nothing."""
        return answer_for(self.scene.policy, self.exchange)

    @cached_property
    def envelopes(self) -> tuple[Envelope, ...]:
        """The envelopes an error may wear: any of them will do; none where nothing is promised."""
        return envelopes_for(self.scene.policy, self.exchange)

    @property
    def spoken_for(self) -> frozenset[str]:
        """JSON pointers of an error's body that other checks hold."""
        return spoken_for(self.scene.policy, self.exchange)

    @cached_property
    def error_code(self) -> str | None:
        """The error code, read where the envelope says; None where there is none to read."""
        return error_code(self.scene.policy, self.exchange)


def read(exchange: Exchange, scene: Scene) -> Reading:
    """The reading of an exchange, which is kept with it until it is read in another scene."""
    known = exchange.memo.get("reading")
    if isinstance(known, Reading) and known.scene is scene:
        return known
    made = Reading(exchange=exchange, scene=scene)
    exchange.memo["reading"] = made
    return made
