"""Looks for side effects of a write to a sunset version, by reading through its successor."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.http.messages import NoAnswer, Request, Response
from pytest_apiversion.shell.generation.body_values import holder, marked
from pytest_apiversion.shell.requests.building import credentials_for, fill, plainly, with_credentials
from pytest_apiversion.shell.requests.listing import pages, unfiltered

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.http.messages import Pairs
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.shell.data.existing_data import Data

MARKER = "avleftbehind"
"""A text that what was written through the sunset version would carry."""
CONTROL = "avcontroltext"
"""A text that a record written through the successor carries: only where it is seen can the other's absence mean anything."""
_PLACES = 6
"""Members of a body the text is tried in, one request each: a member that names other data does not take it."""

Watched = tuple[Request, "Response | NoAnswer", str, dict[str, Response]]
"""The reading request, its answer after the write, the marker looked for, and the answers before the write and to it."""
Write = Callable[[Request], "Response | NoAnswer"]
"""Sends a request through the sunset version."""


@dataclass(frozen=True, kw_only=True)
class SideEffect:
    """Reads before and after a write.

    Attributes:
        policy: The policy.
        contracts: Contracts by version.
        data: Values of existing data.
        send: Sends one request.
        harmless: Whether a request alters nothing that this run did not create.
        alters: Whether an operation alters what is there, so that nothing is to be left behind by it.
        successor: The version to read through.
        case: Gives an operation's accepted case, by version.
        request: Builds a request without a version: version, operation, case, path parameters.
    """

    policy: Policy
    contracts: Mapping[str, Contract]
    data: Data
    send: Callable[[Request], Response | NoAnswer]
    harmless: Callable[[Request], bool]
    alters: Callable[[Operation], bool]
    successor: str
    case: Callable[[str, Operation], DrawnCase | None]
    request: Callable[[str, Operation, DrawnCase, Mapping[str, str]], Request]

    def watch(self, version: str, operation: Operation, base: Request, write: Write) -> Watched | None:
        """Read, read again, write, read; None where the successor has no place to read.

        Args:
            version: The version whose contract the write follows.
            operation: The write.
            base: Its request, without a version.
            write: Sends the request through the sunset version, and gives what it got.
        """
        if operation.method == "POST":
            return self._created(version, operation, base, write)
        return self._changed(version, operation, base, write)

    def _counterpart(self, version: str, operation: Operation, method: str) -> Operation | None:
        key = self.policy.counterpart(operation.key, version, self.successor)
        return self.contracts[self.successor].named(f"{method} {key.partition(' ')[2]}") if key else None

    def _lists(self, creator: Operation) -> list[Operation]:
        """Operations that may list what another creates: those that read its path, or the paths above it."""
        operations, found, path = self.contracts[self.successor].operations, [], creator.path.rstrip("/")
        while path:
            found += [operations[key] for key in (f"GET {path}", f"GET {path}/") if key in operations]
            path = path.rpartition("/")[0]
        return [each for each in found if set(each.path_parameters) <= set(creator.path_parameters)]

    def _created(self, version: str, operation: Operation, base: Request, write: Write) -> Watched | None:
        creator = self._counterpart(version, operation, "POST")
        if creator is None or len(creator.path_parameters) != len(operation.path_parameters) or self.alters(creator):
            return None
        case, values = (
            self.case(self.successor, creator),
            self.data.path_values(self.successor, self.successor, creator),
        )
        path = _filled(operation, values)
        requests = (
            [replace(request, path=path) for request in self._marked(version, operation, base, MARKER)] if path else []
        )
        if case is None or values is None or not requests or not all(map(self.harmless, requests)):
            return None
        for control in self._marked(self.successor, creator, self._request(creator, case, values), CONTROL):
            self._send(creator, control)
        for reader in self._lists(creator):
            there = {name: values[name] for name in reader.path_parameters}
            found = self._around(reader, there, partial(_all, write, requests), MARKER, needs=CONTROL)
            if found is not None:
                return found
        return None

    def _changed(self, version: str, operation: Operation, base: Request, write: Write) -> Watched | None:
        reader = self._counterpart(version, operation, "GET")
        if (
            reader is None
            or len(reader.path_parameters) != len(operation.path_parameters)
            or not reader.path_parameters
        ):
            return None
        values = self.data.path_values(self.successor, self.successor, reader, fresh=True, own=True)
        path = _filled(operation, values)
        if values is None or path is None:
            return None
        requests = [replace(request, path=path) for request in (base, *self._marked(version, operation, base, MARKER))]
        if not all(map(self.harmless, requests)):
            return None
        needs = CONTROL if operation.method != "DELETE" else ""
        if needs and not self._control(version, operation, values):
            return None
        return self._around(reader, values, partial(_all, write, requests), "", needs=needs)

    def _control(self, version: str, operation: Operation, values: Mapping[str, str]) -> bool:
        """Change the same through the successor: only where that is seen can the absence of a change mean anything."""
        writer = self._counterpart(version, operation, operation.method)
        case = self.case(self.successor, writer) if writer is not None else None
        if writer is None or case is None or len(writer.path_parameters) != len(values):
            return False
        there = dict(zip(writer.path_parameters, values.values(), strict=True))
        controls = self._marked(self.successor, writer, self._request(writer, case, there), CONTROL)
        if not controls or not all(map(self.harmless, controls)):
            return False
        for control in controls:
            self._send(writer, control)
        return True

    def _marked(self, version: str, operation: Operation, base: Request, text: str) -> list[Request]:
        """The request with a text in one place of its JSON body, as often as there are places for it; none where there is none."""
        try:
            body = json.loads(base.body or b"")
        except ValueError:
            return []
        bodies = islice(marked(body, text, holder(self.contracts[version], operation)), _PLACES)
        return [replace(base, body=json.dumps(each).encode()) for each in bodies]

    def _around(
        self,
        reader: Operation,
        values: Mapping[str, str],
        write: Callable[[], Response | NoAnswer],
        marker: str,
        needs: str = "",
    ) -> Watched | None:
        case, whole = (
            unfiltered(reader, self.contracts[self.successor].document, self.case(self.successor, reader)),
            bool(marker),
        )
        before = self._read(reader, case, values, whole=whole)
        if not isinstance(before, Response) or before.status >= 300:  # noqa: PLR2004  RFC 9110 §15.3
            case = DrawnCase(aim=Aim.ACCEPTED, origin="minimal")
            before = self._read(reader, case, values, whole=whole)
        again = self._read(reader, case, values, whole=whole)
        if (
            not isinstance(before, Response)
            or not isinstance(again, Response)
            or before.status >= 300  # noqa: PLR2004  RFC 9110 §15.3
            or needs not in before.text
        ):
            return None
        written = write()
        plain = plainly(self.policy, self.successor, reader, self._request(reader, case, values))
        peers = {"before": before, "again": again, **({"written": written} if isinstance(written, Response) else {})}
        return plain, self._read(reader, case, values, whole=whole), marker, peers

    def _read(
        self, reader: Operation, case: DrawnCase, values: Mapping[str, str], *, whole: bool
    ) -> Response | NoAnswer:
        """What a reading gets; of a whole list, the first page with the bodies of those after it behind its own."""

        def page(query: Pairs) -> Response | None:
            answer = self._send(reader, self._request(reader, replace(case, query=query), values))
            return answer if isinstance(answer, Response) and answer.status < 300 else None  # noqa: PLR2004  RFC 9110 §15.3

        first = self._send(reader, self._request(reader, case, values))
        if not whole or not isinstance(first, Response) or first.status >= 300:  # noqa: PLR2004  RFC 9110 §15.3
            return first
        rest = [each.body for each in pages(reader, case, first, page)]
        return replace(first, body=b"\n".join((first.body, *rest))) if rest else first

    def _request(self, operation: Operation, case: DrawnCase, values: Mapping[str, str]) -> Request:
        return self.request(self.successor, operation, case, values)

    def _send(self, operation: Operation, request: Request) -> Response | NoAnswer:
        request = plainly(self.policy, self.successor, operation, request)
        return self.send(with_credentials(request, credentials_for(self.policy, self.successor, operation)))


def _filled(operation: Operation, values: Mapping[str, str] | None) -> str | None:
    """The operation's path with another version's values, in their order."""
    return (
        None
        if values is None
        else fill(operation.path, dict(zip(operation.path_parameters, values.values(), strict=True)))
    )


def _all(write: Write, requests: Sequence[Request]) -> Response | NoAnswer:
    """Send every request; the answer that was not like the first, where there is one."""
    answers = [write(request) for request in requests]
    first = answers[0]
    odd = (
        each
        for each in answers
        if isinstance(each, Response) and isinstance(first, Response) and each.status != first.status
    )
    return next(odd, first)
