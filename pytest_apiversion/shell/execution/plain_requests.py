"""Requests that need no data, or hardly any: what a service is asked before the first check, to see whether it can be held at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, zip_longest
from typing import TYPE_CHECKING
from urllib.parse import quote

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.json.choices import choices
from pytest_apiversion.shell.openapi.serialization import text_of
from pytest_apiversion.shell.requests.building import build, credentials_for, fill, plainly, with_credentials

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Operation, Parameter
    from pytest_apiversion.core.http.messages import Request, Response
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.shell.execution.runner import Runner

NOWHERE = "/apiversion-asks-for-nothing"
"""A path that nobody has."""
_MOST = 24
"""Operations asked at most, all versions together."""
_NO_CASE = DrawnCase(aim=Aim.UNKNOWN_DATA, origin="minimal")
_FEW = 3
"""Operations asked at most where each needs data: what they answer may be about the data."""
_NOBODY = {"uuid": "00000000-0000-0000-0000-000000000001", "date": "2026-01-01", "date-time": "2026-01-01T00:00:00Z"}
"""Values of formats that routers look at."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One plain request and its answer.

    Attributes:
        version: The version it is for.
        operation: The operation.
        below: Its path with values in it, without what stands before it.
        guessed: Whether it needs data, for which any value stands.
        request: What was sent.
        answer: What came back.
    """

    version: str
    operation: Operation
    below: str
    guessed: bool
    request: Request
    answer: Response

    @property
    def shown(self) -> str:
        """Method and path."""
        return f"{self.request.method} {self.request.path}"

    @property
    def prefix(self) -> str:
        """What stands before the operation's own path."""
        return self.request.path.removesuffix(self.below)


def few(found: list[Asked]) -> str:
    """The first two, and how many more there are."""
    more = f" and {len(found) - 2} more" if len(found) > 2 else ""  # noqa: PLR2004  two are named
    return ", ".join(each.shown for each in found[:2]) + more


def candidates(runner: Runner) -> Iterator[tuple[str, Operation, bool]]:
    """Operations that a plain GET asks without any data, of all versions that answer in turn; those with a credential before the others.

    Each version begins with another one, so that few requests show many. Where no operation does without data, a few that need some.

    Returns:
        The version, the operation, and whether it needs data.
    """
    policy = runner.policy
    columns, needy = [], []
    for index, version in enumerate(reversed(policy.answering(runner.run.as_of))):
        asking = [
            each
            for each in runner.operations(version)
            if each.method == "GET" and not each.neutral and each.sunset is None
        ]
        plain = [each for each in asking if not _needs(policy, each)]
        plain.sort(key=is_open)
        first = index % max(1, sum(not is_open(each) for each in plain))
        columns.append([(version, each, False) for each in (*plain[first:], *plain[:first])])
        needy.append([(version, each, True) for each in asking])
    plenty = any(columns)
    rows = (each for row in zip_longest(*(columns if plenty else needy)) for each in row if each is not None)
    yield from islice(rows, _MOST if plenty else _FEW)


def _needs(policy: Policy, operation: Operation) -> bool:
    """Whether a request lacks something that must be in it."""
    rule = policy.operations.get(operation.key)
    told = {*(rule.values.query if rule else ()), *(rule.values.headers if rule else ()), *policy.values}
    given = rule.values.path if rule else {}
    return any(name not in given for name in operation.path_parameters) or any(
        each.required and each.name not in told for each in operation.parameters if each.place != "path"
    )


def is_open(operation: Operation) -> bool:
    """Whether an operation can be asked without a credential."""
    return operation.security is not None and (not operation.security or {} in operation.security)


def plain_request(policy: Policy, version: str, operation: Operation) -> tuple[Request, str]:
    """The plainest request of an operation, and its path without what stands before it."""
    texts = {
        each.name: quote(_value(policy, operation, each), safe="")
        for each in operation.parameters
        if each.place == "path"
    }
    request = plainly(policy, version, operation, build(policy, operation, _NO_CASE, texts, overlay=True))
    request = with_credentials(request, credentials_for(policy, version, operation))
    return replace(request, operation=operation.key), fill(operation.path, texts)


def _value(policy: Policy, operation: Operation, parameter: Parameter) -> str:
    """A text for a path parameter: the policy's for the operation or for all, the contract's, or any of its kind."""
    rule = policy.operations.get(operation.key)
    if rule is not None and parameter.name in rule.values.path:
        return str(rule.values.path[parameter.name])
    if parameter.name in policy.values:
        return str(policy.values[parameter.name][0])
    schema = parameter.schema if isinstance(parameter.schema, Mapping) else {}
    told = [*parameter.examples, *(schema[key] for key in ("default", "example") if key in schema)]
    shown = schema.get("examples")
    told += [*(choices({}, schema) or ()), *(shown if isinstance(shown, list) else ())]
    return text_of(told[0]) if told else _NOBODY.get(str(schema.get("format")), "1")
