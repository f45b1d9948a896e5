"""What asks for a credential is refused without one, with a wrong one, and with one that opens other operations only.

Authentication is wired route by route, and a route that was added or moved is easily left open. No client notices, since all of them
send their key. Requests that succeed with the operation's credential are sent once without any, and once with each other credential
of the version that the contract does not accept here. What is refused without one is sent with a wrong one, too: a made-up text in the place of the
secret (`Bearer not-a-credential`), or what `wrong` of the credential says, such as a token that is over. A success shows that anything is taken for
a credential. One reading of each version is asked with the right one without its end too, with four characters more behind it, so that who compares
only beginnings is found, and with nothing in its place, which a guard may not tell from a key that was never set. Reports show neither, and a secret that is too short for its beginning to be masked is not cut. Where only safe methods may be
sent, one reading of each version is enough. Where an account could be locked, one in the whole run is: so it is of names with passwords (`Basic`), of a
wrong text in which a part of the right one is left, and beside another credential that is right; it goes with more behind it once, and never without its
end. That reading is one that succeeds with the right one. A wrong one is never sent again, whatever comes back. What is deleted for it is nobody else's;
data that is used up is used up only where a server lets in whom it must not. A `GET` is asked as `HEAD` too, and each path whose operations all ask for a
credential in a method that its contract does not have: a guard that is written for some methods leaves the others open. So does one that is written
for some carriers: one reading of a version, and one write for each method, are asked without a credential through each weaker one.

Source: CON-10; AUG-04, AUG-11, GIR-11, MOO-06, VEL-15, ARA-31, ARA-32, ARA-33; RFC 9110 §15.5.2 (401), §15.5.4 (403). Silence:
`errors.unauthorized` names another status; `wrong = false` in `[credentials.NAME]` sends no wrong one, a text there sends that alone; an alternative `{}` in the contract's `security` makes the credential optional.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim, Fault
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.http.messages import SAFE_METHODS
from pytest_apiversion.core.http.statuses import ok, succeeds
from pytest_apiversion.core.judging.credentials import accepted_credentials, requires_credential, unaccepted_credentials
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.request_faults import undeclared_method
from pytest_apiversion.core.judging.wording import answer_text, statuses_text
from pytest_apiversion.core.policy.version_texts import spell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.policy.credentials import Credential, CredentialField

_FORBIDDEN = frozenset({401, 403})
"""What a credential gets that is known, and of no use here."""
_TOO_MANY = 429


def _promised(scene: Scene) -> str | None:
    contract = scene.contracts.get(scene.version)
    if contract is None or not scene.stage.answers:
        return None
    operations = contract.asked
    asked = (each for each in operations if scene.unsafe or each.method in SAFE_METHODS)
    first = scene.once(
        "asked for a credential", lambda: next((each for each in asked if _asked_for(each, scene)), None)
    )
    return f"credentials.{accepted_credentials(scene, first)[0].name}" if first is not None else None


def _asked_for(operation: Operation, scene: Scene) -> bool:
    return not operation.neutral and requires_credential(operation) and bool(accepted_credentials(scene, operation))


def _plan(scene: Scene) -> Iterator[Ask]:
    operation = scene.operation
    if operation is None or not scene.stage.answers or not _asked_for(operation, scene):
        return
    yield from _without(scene, operation)
    accepted = accepted_credentials(scene, operation)
    for each in accepted:
        sparing = not scene.unsafe or _counted(each, accepted)
        if each.wrong and (not sparing or operation.key == _one_of(scene, each)):
            yield replace(_wrongly(scene, each, Aim.FORGED, each.wrong), once=sparing)
        counted = _counted(each, accepted) or len(each.fields) > 1  # the other parts are right, and say whose it is
        if operation.key == _one_of(scene, each):
            nearly = ((Aim.SHORTENED, each.shortened), (Aim.BLANK, each.blank))
            for aim, wrong in ((Aim.LENGTHENED, each.lengthened), *(() if counted else nearly)):
                if wrong:
                    yield replace(_wrongly(scene, each, aim, wrong), once=True)
    for other in unaccepted_credentials(scene, operation):
        yield Ask(
            aim=Aim.LESSER, selection=scene.selection, via=primary(scene), credential=other.name, probe=other.name
        )


def _without(scene: Scene, operation: Operation) -> Iterator[Ask]:
    """The operation without a credential: as `HEAD` too, through each weaker carrier, and in a method that its contract does not have."""
    ask = Ask(aim=Aim.ANONYMOUS, selection=scene.selection, via=primary(scene), anonymous=True)
    yield ask
    if operation.method == "GET":
        yield replace(ask, method="HEAD")
    for kind in scene.policy.carriers if not scene.is_alias else ():
        if kind != ask.via:
            weaker = ((kind, spell(scene.policy, kind, scene.subject)),)
            yield replace(ask, selection=weaker, via=kind, once=True, alike=True)
    if (other := undeclared_method(scene)) is not None and _closed(operation, scene):
        yield replace(other, aim=Aim.ANONYMOUS, anonymous=True)


def _wrongly(scene: Scene, credential: Credential, aim: Aim, wrong: tuple[CredentialField, ...]) -> Ask:
    ask = Ask(aim=aim, selection=scene.selection, via=primary(scene), probe=credential.name)
    return replace(ask, wrong_credential=credential.name, wrong=wrong)


def _counted(credential: Credential, accepted: Sequence[Credential]) -> bool:
    """Whether a service can tell whose a wrong one is: by what is left of it, or by a right one beside it."""
    return credential.counts_attempts or len(accepted) > 1


def _one_of(scene: Scene, credential: Credential) -> str | None:
    """The reading of a version that is asked with a wrong credential where one is enough; of the version alone that has the turn, where one of a run is."""

    def first() -> str | None:
        found = _reading(scene, credential)
        if found is None or not _counted(credential, accepted_credentials(scene, found)):
            return found.key if found is not None else None
        return found.key if _newest(scene, credential) == scene.subject else None

    return scene.once(f"operation for a wrong {credential.name}", first)


def _reading(scene: Scene, credential: Credential) -> Operation | None:
    """A version's reading that a credential opens: one without data, if there is such a one."""
    operations = (each for each in scene.contracts[scene.version].asked if _asked_for(each, scene))
    opened = [each for each in operations if credential in accepted_credentials(scene, each) and each.method == "GET"]
    return next((each for each in opened if not each.path_parameters), next(iter(opened), None))


def _newest(scene: Scene, credential: Credential) -> str | None:
    """The newest version with such a reading: the same in every process that shares the run."""
    answering = [name for name in scene.policy.versions if scene.policy.stage(name, scene.as_of).answers]
    mine = (replace(scene, subject=name, version=name) for name in reversed(answering) if name in scene.contracts)
    return next((each.version for each in mine if _reading(each, credential) is not None), None)


def _closed(operation: Operation, scene: Scene) -> bool:
    """Whether every operation of a path asks for a credential, so that one in another method has no reason to be open."""
    contract = scene.contracts[scene.version]
    there = (contract.operations.get(f"{method} {operation.path}") for method in contract.methods(operation.path))
    return all(each is None or requires_credential(each) for each in there)


def _conclude(exchanges: Sequence[Exchange], scene: Scene) -> Iterable[Broken] | None:
    said = [found for exchange in exchanges if (found := _said(exchange, exchanges, scene)) is not None]
    return _told([each for found in said for each in found], scene) if said else None


def _told(found: Sequence[Broken], scene: Scene) -> Iterator[Broken]:
    """What lets in who has anything, or who begins like the right one, is told of that alone; so is who has none, however the version is named."""
    forged: set[str | None] = set()
    open_to_all = any(each.exchange is not None and not _weaker(each.exchange, scene) for each in found)
    for each in found:
        exchange = each.exchange
        if exchange is None or (not exchange.aim.meaning.forged and not (open_to_all and _weaker(exchange, scene))):
            yield each
        elif not exchange.aim.meaning.forged:
            continue
        elif exchange.probe not in forged:
            forged.add(exchange.probe)
            yield each


def _weaker(exchange: Exchange, scene: Scene) -> bool:
    """Whether a weaker carrier names the version."""
    return exchange.via not in {"", scene.subject, primary(scene)}


def _said(exchange: Exchange, exchanges: Sequence[Exchange], scene: Scene) -> list[Broken] | None:
    """What one refusal, or the want of it, means; None where it cannot show the promise."""
    reading = read(exchange, scene)
    response, operation = exchange.response, reading.operation
    tried = exchange.aim.meaning.fault is Fault.CREDENTIAL
    if response is None or operation is None or not tried or response.status == _TOO_MANY or reading.displaced:
        return None
    due = scene.policy.error_rules.unauthorized | (_FORBIDDEN if exchange.aim is Aim.LESSER else frozenset())
    if response.status in due:
        return []
    forged = exchange.aim.meaning.forged
    if forged and not (succeeds(response) and _refused_without(exchange, exchanges)):
        return None  # it may be refused in any way, and what lets in who has none is told of that
    if not ok(response) and not _succeeds(exchange, exchanges):
        return None  # whoever asks, it is refused for a reason of its own
    if not succeeds(response) and (exchange.request.method != operation.method or _weaker(exchange, scene)):
        return None  # it is not there in this method; and how it is refused, the strongest carrier shows
    schemes = " or ".join(" with ".join(alternative) for alternative in operation.security or ())
    lesser = "no credential" if exchange.aim is Aim.ANONYMOUS else f"the credential {exchange.probe}"
    missing = forged.format(exchange.probe) if forged else lesser
    return [
        Broken(
            summary=f"{'answers' if ok(response) else 'gets'} {response.status} with {missing}{_method(exchange, operation)}"
            + (f", the version in the {exchange.via}" if _weaker(exchange, scene) else ""),
            expected=f"{statuses_text(due)}: the contract asks for {schemes}",
            received=answer_text(exchange),
            place=f"credentials.{exchange.probe or accepted_credentials(scene, operation)[0].name}",
            exchange=exchange,
        )
    ]


def _refused_without(exchange: Exchange, exchanges: Sequence[Exchange]) -> bool:
    """Whether the same request without a credential was refused."""
    return any(
        each.aim is Aim.ANONYMOUS
        and each.request.method == exchange.request.method
        and each.response is not None
        and not ok(each.response)
        for each in exchanges
    )


def _method(exchange: Exchange, operation: Operation) -> str:
    """The method that was asked, where that is not the operation's."""
    method = exchange.request.method
    return "" if method == operation.method else f" to {method}"


def _succeeds(exchange: Exchange, exchanges: Sequence[Exchange]) -> bool:
    """Whether the operation's own credential gets a success."""
    return any(
        each.aim is Aim.ACCEPTED
        and each.request.method == exchange.request.method
        and each.response is not None
        and ok(each.response)
        for each in exchanges
    )


CHECK = Check(
    code="AV316",
    name="credential-required",
    title="credentials are required",
    promised=_promised,
    plan=_plan,
    conclude=_conclude,
)
