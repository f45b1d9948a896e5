"""Asks first what failed before: Hypothesis' example database keeps the smallest request of each finding.

A row holds what was drawn and nothing else: no version, no credential, nothing that exists in the service. It may come from a database that
others write to, so it is believed in nothing that a drawn case could not be.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.execution.judging import promised
from pytest_apiversion.shell.generation.acceptance import Acceptance
from pytest_apiversion.shell.generation.choices import size
from pytest_apiversion.shell.requests.case_selection import consumes, safely_named
from pytest_apiversion.shell.requests.queried_cases import belongs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pytest_apiversion.core.checking.check import Check
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Pairs
    from pytest_apiversion.shell.generation.example_database import Database
    from pytest_apiversion.shell.requests.contract_requests import ContractRequests

MOST = 10
"""Rows of one operation that are asked again, the smallest first."""

_LONGEST = 1_000_000
"""Bytes of a row that is read."""
_FORMAT = 1


@dataclass(kw_only=True, eq=False)
class Memory:
    """The example database of one policy's items.

    Attributes:
        open: Opens the database, when it is first needed; None is none.
    """

    open: Callable[[], Database | None] = lambda: None
    _database: Database | None = None
    _trouble: str = ""
    _opened: bool = False
    _known: set[tuple[object, ...]] = field(default_factory=set)

    def recalled(
        self, trials: ContractRequests, scene: Scene, operation: Operation
    ) -> tuple[list[Exchange], tuple[str, ...]]:
        """Exchanges of what failed before, and what is to be said of the database.

        What does not show the same promise broken any more is forgotten, and so is what the contract sees otherwise now. What is not promised
        today, or is about data that is not there today, is left for another day.
        """
        key = _key(scene, operation)
        found: list[Exchange] = []
        rows = [(value, row) for value in self._fetch(key) if (row := _read(value, operation)) is not None]
        known = {check.code: check for check in checks() if check.judge is not None and promised(check, scene)}
        for value, (code, aim, case) in sorted(rows, key=lambda each: (size(each[1][2]), each[0]))[:MOST]:
            if code not in known:
                continue
            acceptance = Acceptance(trials.target.contracts[scene.version], operation)
            path = _path(trials, scene, operation, case)
            if path is None:
                continue
            whole = replace(case, path_parameters=path)
            known_otherwise = acceptance.accepts(whole, whole) is not (aim is not Aim.REFUSED)
            unsafe = bool(case.path_parameters) and not safely_named(operation, case.path_parameters)
            if known_otherwise or unsafe or not belongs(operation, case):
                self._forget(key, value)
                continue
            if not trials.harmless(operation, path):
                continue
            exchange = trials.case(scene, operation, case, path, aim)
            if _broken(known[code], exchange, scene):
                found.append(exchange)
                self._known.add(whole.data)
            else:
                self._forget(key, value)
        return found, (self._trouble,) if self._trouble else ()

    def knows(self, exchange: Exchange) -> bool:
        """Whether a request came from the database, and is as small as it gets."""
        return exchange.case is not None and exchange.case.data in self._known

    def keep(self, scene: Scene, operation: Operation, code: str, exchange: Exchange, *, path: bool) -> None:
        """Remember the request of a finding.

        Args:
            scene: What the item is about.
            operation: Its operation.
            code: The check's.
            exchange: What showed it.
            path: Whether its path parameters were drawn; those of existing data are looked up again.
        """
        if exchange.case is not None and not self.knows(exchange):
            value = _written(code, exchange.aim, exchange.case, path=path)
            self._use(lambda database: database.save(_key(scene, operation), value))

    def _forget(self, key: bytes, value: bytes) -> None:
        self._use(lambda database: database.delete(key, value))

    def _fetch(self, key: bytes) -> list[bytes]:
        found: list[bytes] = []
        self._use(lambda database: found.extend(database.fetch(key)))
        return found

    def _use(self, action: Callable[[Database], None]) -> None:
        """Do something with the database; one that fails is not asked again."""
        if self._trouble:
            return
        try:
            if not self._opened:
                self._opened, self._database = True, self.open()
            if self._database is not None:
                action(self._database)
        except Exception as error:  # noqa: BLE001  the database is somebody else's, and no run is worth less without it
            self._trouble = (
                f"the example database was not used: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
            )


def _key(scene: Scene, operation: Operation) -> bytes:
    text = json.dumps([scene.policy.name, scene.subject, operation.key])
    return b"pytest-apiversion." + hashlib.sha256(text.encode()).hexdigest().encode()


def _broken(check: Check, exchange: Exchange, scene: Scene) -> bool:
    said: Iterable[Any] | None = check.judge(exchange, scene) if check.judge is not None else None
    return bool(list(said or ()))


def _path(trials: ContractRequests, scene: Scene, operation: Operation, case: DrawnCase) -> dict[str, str] | None:
    """The path parameters of a row: its own, or those of what exists today; None where nothing does."""
    if case.path_parameters:
        return dict(case.path_parameters)
    find = trials.requests.data.take if consumes(operation) else trials.requests.data.path_values
    return find(scene.subject, scene.version, operation)


def _written(code: str, aim: Aim, case: DrawnCase, *, path: bool) -> bytes:
    row = {
        "format": _FORMAT,
        "code": code,
        "aim": aim.name,
        "path": dict(case.path_parameters) if path else {},
        "query": case.query,
        "headers": case.headers,
        "cookies": case.cookies,
        "body": None if case.body is None else base64.b64encode(case.body).decode(),
        "media_type": case.media_type,
    }
    return json.dumps(row, sort_keys=True).encode()


def _read(value: bytes, operation: Operation) -> tuple[str, Aim, DrawnCase] | None:
    """Code, aim and case of a row; None where it is not one of ours, or carries what a drawn case of the operation could not."""
    try:
        row = json.loads(value) if len(value) <= _LONGEST else {}
        if row["format"] != _FORMAT:
            return None
        aim, path = Aim[row["aim"]], {str(name): str(text) for name, text in row["path"].items()}
        headers = {each.name.lower() for each in operation.parameters if each.place == "header"}
        body = None if row["body"] is None else base64.b64decode(row["body"], validate=True)
        kind = None if row["media_type"] is None else str(row["media_type"])
        is_json = bool(body) and (kind or "").partition(";")[0].strip().lower().endswith(("/json", "+json"))
        case = DrawnCase(
            aim=aim if aim is Aim.REFUSED else Aim.UNKNOWN_DATA,
            origin="remembered",
            path_parameters=path,
            query=_pairs(row["query"]),
            headers=tuple(pair for pair in _pairs(row["headers"]) if pair[0].lower() in headers),
            cookies=_pairs(row["cookies"]),
            body=body,
            media_type=kind,
            json=_parsed(body) if is_json and body is not None else None,
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    texts = [kind or "", *(text for pairs in (case.headers, case.cookies) for pair in pairs for text in pair)]
    fits = set(path) in (set(), set(operation.path_parameters)) and all(text.isprintable() for text in texts)
    return (str(row["code"]), aim, case) if fits and aim.meaning.contract else None


def _pairs(rows: Any) -> Pairs:
    return tuple((str(name), str(text)) for name, text in rows)


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None
