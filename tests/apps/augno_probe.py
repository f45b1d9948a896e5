"""Holds a reference server to one of its contracts with property-based requests; the tests of two servers use it."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import checks
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

from tests.apps.kit import read_yaml

CONTRACTS = pathlib.Path(__file__).parents[2] / "contracts"

_CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


def contract(policy: str, version: str) -> dict[str, Any]:
    """The frozen contract of one version."""
    return read_yaml(CONTRACTS / policy / f"{version}.openapi.yaml")


def operations(document: dict[str, Any]) -> Iterator[Any]:
    """Every operation of a contract, as schemathesis reads it."""
    for result in schemathesis.openapi.from_dict(document).get_all_operations():
        assert isinstance(result, Ok), result
        yield result.ok()


def hold(
    operation: Any,
    *,
    url: str,
    headers: Mapping[str, str],
    new_id: Callable[[str], str],
    positive: bool,
    examples: int,
) -> list[int]:
    """Send `examples` drawn requests and check every answer against the contract; give the statuses.

    `new_id` gives the id of a fresh record for the name of a path parameter. A positive case must be served (2xx).
    """
    mode = GenerationMode.POSITIVE if positive else GenerationMode.NEGATIVE
    statuses: list[int] = []
    session = requests.Session()

    @seed(20261120)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: Any) -> None:
        if positive:
            case.path_parameters = {name: new_id(name) for name in case.path_parameters or {}}
        response = case.call(base_url=url, headers=dict(headers), session=session)
        statuses.append(response.status_code)
        if positive:
            assert response.status_code < 300, f"{case.as_curl_command()}\n{response.text}"
        case.validate_response(response, checks=_CHECKS)

    try:
        run()
    finally:
        session.close()
    return statuses
