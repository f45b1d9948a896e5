"""Deletes at the end of a run what the run created, as far as its contracts can; says what stays."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_EXCEPTION, Future, wait
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.created import Created
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.errors import ApiVersionError
from pytest_apiversion.core.http.messages import NoAnswer, Request, Response
from pytest_apiversion.shell.requests.building import build, plainly, without_credentials

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.shell.data.broken_readings import BrokenReading
    from pytest_apiversion.shell.data.created_things import Thing
    from pytest_apiversion.shell.requests.valid_requests import Requests

SECONDS = 60.0
"""For how long things are deleted at most."""
HURRY = 5.0
"""For how long, where the run was interrupted."""
_DONE = (*range(200, 300), 404, 410)
"""Statuses after which a thing is gone (RFC 9110 §15.3, §15.5.5, §15.5.11)."""

PutAway = Callable[[Created], object]
"""A suite's own way to put a thing away; true where it did."""


@dataclass(frozen=True, kw_only=True)
class Left:
    """A thing that stays.

    Attributes:
        version: The version it was created in.
        operation: What created it.
        path: Where it is; empty where no answer says.
        why: Why it stays.
    """

    version: str
    operation: str
    path: str
    why: str

    def to_dict(self) -> dict[str, str]:
        """Plain values."""
        return {"version": self.version, "operation": self.operation, "path": self.path, "why": self.why}


@dataclass(kw_only=True)
class CleanedUp:
    """What became of the things a run created.

    Attributes:
        deleted: How many are gone again, by this or by the run itself at its end.
        left: Those that stay.
        broken: Readings that fail since the run wrote something, and still do.
    """

    deleted: int = 0
    left: list[Left] = field(default_factory=list)
    broken: list[BrokenReading] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "deleted": self.deleted,
            "left": [each.to_dict() for each in self.left],
            "broken": [each.to_dict() for each in self.broken],
        }


@dataclass(kw_only=True)
class CleanUp:
    """Deletes what one policy's run created.

    Attributes:
        requests: Builds and signs.
        send: Sends one request, whatever the time of the run.
        submit: Runs a function beside others.
        own: The suite's own way, which goes before the contract's.
        clock: Tells seconds.
    """

    requests: Requests
    send: Callable[[Request], Response | NoAnswer]
    submit: Callable[..., Future[Any]]
    own: PutAway | None = None
    clock: Callable[[], float] = time.monotonic

    def run(self, seconds: float) -> CleanedUp:
        """Delete everything, what is below something else first; in a second round what others were in the way of.

        Args:
            seconds: For how long, at most.
        """
        end, done = self.clock() + seconds, CleanedUp()
        things = self.requests.ownership.things.all()
        why: dict[Thing, str] = dict.fromkeys(things, "there was no time")
        if not self.requests.policy.limits.clean_up:
            why = dict.fromkeys(things, "[requests] clean_up = false")
            things = []
        for _ in range(2):
            for depth in sorted({each.path.count("/") for each in things}, reverse=True):
                layer = [each for each in things if each.path.count("/") == depth and each in why]
                futures = {self.submit(self._put_away, each): each for each in layer} if self.clock() < end else {}
                wait(futures, timeout=max(end - self.clock(), 0), return_when=FIRST_EXCEPTION)
                for future, thing in futures.items():
                    if not future.done():
                        future.cancel()
                    elif said := _outcome(future):
                        why[thing] = said
                    else:
                        del why[thing]
            things = [each for each in things if why.get(each, "").endswith(_IN_THE_WAY)]
        done.deleted = len(self.requests.ownership.things.all()) - len(why)
        done.left = [
            Left(version=each.version, operation=each.operation, path=each.path, why=said) for each, said in why.items()
        ]
        done.left += [
            Left(version=version, operation=key, path="", why=f"no answer says where ({count} of them)")
            for (version, key), count in self.requests.ownership.things.unnamed().items()
        ]
        if self.clock() < end:
            self.requests.broken.confirm(self._read)
        done.broken = list(self.requests.broken.all())
        return done

    def _read(self, request: Request) -> None:
        """Send a reading once more, and have what it gets taken in."""
        self.requests.broken.took(request, answer := self.send(request), succeeded=isinstance(answer, Response))

    def _put_away(self, thing: Thing) -> str:
        """Why a thing stays; empty where it is gone."""
        if self.own is not None and self.own(self._created(thing)):
            return ""
        ways = list(self._ways(thing))
        said = "no contract has a DELETE for it"
        for version, operation, path in ways:
            answer = self.send(self._request(version, operation, path))
            if isinstance(answer, Response) and answer.status in _DONE:
                return ""
            got = str(answer.status) if isinstance(answer, Response) else "no answer"
            said = f"DELETE {operation.path} of {version} gets {got}"
        return said

    def _created(self, thing: Thing) -> Created:
        policy = self.requests.policy
        return Created(
            policy=policy.name,
            version=thing.version,
            operation=thing.operation,
            path=thing.path,
            request=without_credentials(thing.request, policy.credentials),
        )

    def _ways(self, thing: Thing) -> Iterator[tuple[str, Operation, Mapping[str, str]]]:
        """The operations that delete a thing, each with its version and path parameters: its own version's first."""
        requests = self.requests
        answering = requests.policy.answering(requests.as_of)
        for version in sorted(answering, key=lambda each: each != thing.version):
            for path in thing.paths:
                where = requests.ownership.located(path)
                for name, operation in requests.ownership.operations_at(where, "DELETE") if where else ():
                    rule = requests.policy.operations.get(operation.key)
                    if name == version and where is not None and not (rule and rule.skip):
                        yield version, operation, where.values

    def _request(self, version: str, operation: Operation, path: Mapping[str, str]) -> Request:
        requests = self.requests
        needs = (
            any(each.required and each.place != "path" for each in operation.parameters) or operation.body_media_types
        )
        case = (requests.first(version, operation) if needs else None) or _NOTHING
        request = build(requests.policy, operation, case, path, overlay=True)
        return requests.signed(version, operation, plainly(requests.policy, version, operation, request))


_NOTHING = DrawnCase(aim=Aim.UNKNOWN_DATA, origin="minimal")
_IN_THE_WAY = ("409", "423", "424", "412", "400", "500")
"""Statuses of things that others hold."""


def _outcome(future: Future[Any]) -> str:
    try:
        return str(future.result())
    except ApiVersionError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001  a suite's own way may raise anything, and the other things are still to go
        return f"{type(error).__name__}: {error}"
