"""The two applications keep the contracts that the plugin's own tests hold them to."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import requests
import schemathesis
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.frameworks import freeze
from tests.frameworks.cadwyn_app import HEADER, VERSIONS, cadwyn_server
from tests.frameworks.drf_app import drf_server
from tests.thorough import drawn, sample

if TYPE_CHECKING:
    from schemathesis import Case

POLICIES = pathlib.Path(__file__).parent / "policies"
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]
UNDECLARED = frozenset({404, 405, 406})
"""What a drawn wrong request may get though the contract of its operation does not say so: it missed every route."""


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """One running version: where it is, how a request names it, and its contract.

    Attributes:
        fewer: How much less is drawn; the views are the same behind each of Django REST framework's classes, and one is asked in full.
    """

    base_url: str
    contract: dict[str, Any]
    headers: dict[str, str]
    query: dict[str, str]
    prefix: str = ""
    fewer: int = 1


def read(path: str) -> dict[str, Any]:
    """A committed contract."""
    document: dict[str, Any] = yaml.safe_load((POLICIES / path).read_text(encoding="utf-8"))
    return document


def worlds() -> Iterator[Any]:
    """Every application, class and version, with an id; of the classes beside the first, which have its views, one version each."""
    for version in VERSIONS:
        yield pytest.param(("cadwyn", version), id=f"cadwyn-{version}")
    others = ((kind, number) for kind in ("namespace", "host", "query", "accept") for number in (1, 2))
    for kind, number in (("path", 1), ("path", 2), *sample(others, 2)):
        yield pytest.param((kind, number), id=f"{kind}-{number}")


@pytest.fixture(scope="module", params=worlds())
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A running version."""
    kind, version = request.param
    if kind == "cadwyn":
        with cadwyn_server() as url:
            yield World(
                base_url=url, contract=read(f"cadwyn/{version}.openapi.yaml"), headers={HEADER: version}, query={}
            )
        return
    headers = {
        "host": {"Host": f"v{version}.garden.test"},
        "accept": {"Accept": f"application/json; version={version}.0"},
    }
    with drf_server(kind) as url:
        yield World(
            base_url=url,
            contract=read(f"drf_{kind}/v{version}.openapi.yaml"),
            headers=headers.get(kind, {}),
            query={"version": f"{version}.0"} if kind == "query" else {},
            prefix=f"/v{version}" if kind in {"path", "namespace"} else "",
            fewer=1 if kind == "path" else 4,
        )


def operations(world: World, mode: GenerationMode) -> Iterator[tuple[Any, Any]]:
    """Each operation of the contract and a strategy of requests to it."""
    schema = schemathesis.openapi.from_dict(world.contract)
    schema.config.base_url = world.base_url + world.prefix
    for result in schema.get_all_operations():
        operation: Any = result.ok()  # type: ignore[union-attr]
        yield operation, operation.as_strategy(generation_mode=mode)


def send(world: World, case: Case[Any], session: requests.Session, **changed: Any) -> requests.Response:
    """Send a drawn request as this version."""
    response = case.call(session=session, headers=world.headers, params=world.query, timeout=10, **changed)
    case.validate_response(response, checks=CHECKS)
    return response  # type: ignore[return-value]


def existing(world: World, template: str, session: requests.Session) -> str:
    """The id of a record of this collection that was made just now."""
    collection = template.partition("{")[0]
    base = world.base_url + world.prefix + collection.rstrip("/") + ("/" if template.endswith("/") else "")
    bodies: dict[str, list[dict[str, Any]]] = {
        "parcels": [
            {"addressee": "A", "weight_grams": "1"},
            {"recipient": "A", "weight_grams": "1"},
            {"recipient": "A", "weight_grams": 1},
        ],
        "depots": [{"name": "A", "opened": "2020-01-01", "capacity": 1}],
        "plants": [
            {"name": "A", "price": "1.00", "height_cm": 1},
            {"common_name": "A", "price_cents": 100, "height_cm": 1},
        ],
        "beds": [{"label": "A", "area_m2": 1, "sunny": True, "exposure": "sun"}],
    }
    for body in bodies[collection.strip("/")]:
        made = session.post(base, json=body, headers=world.headers, params=world.query, timeout=10)
        if made.status_code == 201:
            return str(made.json()["id"])
    raise AssertionError(made.text)


SETTINGS = settings(
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_every_request_the_contract_allows_is_served_as_it_says(world: World) -> None:
    """A drawn valid request to an existing record gets a success that the contract declares."""
    with requests.Session() as session:
        for operation, strategy in operations(world, GenerationMode.POSITIVE):

            @settings(SETTINGS, max_examples=drawn(12 // world.fewer))
            @given(case=strategy)
            def hold(case: Case[Any]) -> None:
                for name in case.path_parameters:
                    case.path_parameters[name] = existing(world, case.path, session)
                response = send(world, case, session)

                assert response.status_code in {200, 201, 204}, (case.as_curl_command(), response.text)
                case.validate_response(response, checks=[status_code_conformance])

            assert operation.label
            hold()


def test_a_wrong_request_never_breaks_the_service(world: World) -> None:
    """A drawn invalid request never gets a 5xx, and its answer is one the contract or the router knows."""
    with requests.Session() as session:
        for operation, strategy in operations(world, GenerationMode.NEGATIVE):

            @settings(SETTINGS, max_examples=drawn(8 // world.fewer))
            @given(case=strategy)
            def hold(case: Case[Any]) -> None:
                response = send(world, case, session)

                declared = {int(status) for status in case.operation.definition.raw["responses"]}
                assert response.status_code in declared | UNDECLARED, (case.as_curl_command(), response.text)

            assert operation.label
            hold()


@pytest.mark.parametrize("version", VERSIONS)
def test_the_committed_cadwyn_contracts_are_the_corrected_exports(version: str) -> None:
    """What the application exports today, corrected, is what is committed."""
    with cadwyn_server() as url:
        assert freeze.corrected(freeze.exported(url, version)) == read(f"cadwyn/{version}.openapi.yaml")


@pytest.mark.parametrize("number", [1, 2])
def test_the_versioning_classes_share_their_contracts(number: int) -> None:
    """Which class finds the version changes nothing in the contract: the five copies are alike."""
    texts = {path.read_text(encoding="utf-8") for path in POLICIES.glob(f"drf_*/v{number}.openapi.yaml")}

    assert len(texts) == 1
