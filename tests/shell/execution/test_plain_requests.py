"""What a service is asked before the first check is asked with what the policy gives an operation."""

from __future__ import annotations

from pytest_apiversion.core.contracts.contract import Parameter
from pytest_apiversion.core.policy.requests import OperationRule, Values
from pytest_apiversion.shell.execution.plain_requests import _needs, plain_request
from tests.checks.builders import PATH, operation, policy

READ = operation(
    "GET /shelves/{shelf}/{id}",
    parameters=tuple(Parameter(name=each, place="path", required=True) for each in ("shelf", "id")),
)


def test_values_of_an_operations_path_are_used() -> None:
    """With all of them an operation lacks nothing, and what it answers is about the service and not about the data."""
    whole = Values(path={"shelf": "a b", "id": "7"})
    given = policy(PATH, operations={READ.key: OperationRule(values=whole)}, values={"id": ("8",)})
    part = policy(PATH, operations={READ.key: OperationRule(values=Values(path={"id": "7"}))})

    assert plain_request(given, "v2", READ)[0].path == "/api/v2/shelves/a%20b/7"
    assert [_needs(each, READ) for each in (given, part, policy(PATH))] == [False, True, True]
