"""What generators write of a version into the names of operations: it is in their path already, and no change of its own."""

from __future__ import annotations

import pytest

from tests.diff.documents import OK, document, rules

NAMES = {
    "drf-spectacular": ("/v1/plants", "v1_plants_list", "/v2/plants", "v2_plants_list"),
    "FastAPI": ("/api/v1/plants", "listed_api_v1_plants_get", "/api/v2/plants", "listed_api_v2_plants_get"),
    "FastAPI, two numbers": ("/1.0/plants", "listed_1_0_plants_get", "/1.1/plants", "listed_1_1_plants_get"),
    "NestJS": ("/v1/plants", "PlantsController_show_v1", "/v2/plants", "PlantsController_show_v2"),
    "camel case": ("/v1/plants", "listV1Plants", "/v2/plants", "listV2Plants"),
    "at the beginning": ("/v1/plants", "V1PlantsGet", "/v2/plants", "V2PlantsGet"),
    "a date": ("/2025-01-01/plants", "listed_2025_01_01_plants", "/2026-01-01/plants", "listed_2026_01_01_plants"),
}


@pytest.mark.parametrize("name", NAMES)
def test_an_operation_that_names_its_version_is_the_same(name: str) -> None:
    """Neither its operationId nor its tag changed, for both only repeat the path."""
    path, was, other, now = NAMES[name]
    old = document({path: {"get": {"operationId": was, "tags": [was, "plants"], "responses": OK}}})
    new = document({other: {"get": {"operationId": now, "tags": [now, "plants"], "responses": OK}}})

    assert rules(old, new) == []


@pytest.mark.parametrize(
    ("was", "now"),
    [("v1_plants_list", "v2_plants_all"), ("v1_plants_list", "v3_plants_list"), ("plantsv1", "plantsv2"), ("a", None)],
)
def test_another_name_is_told(was: str, now: str | None) -> None:
    """A version that is not the path's own, a part of a word and another word are changes."""
    old = document({"/v1/plants": {"get": {"operationId": was, "responses": OK}}})
    told = {} if now is None else {"operationId": now}
    new = document({"/v2/plants": {"get": {**told, "responses": OK}}})

    assert rules(old, new) == ["operation-id-changed"]


def test_without_versions_in_the_path_a_version_in_a_name_is_told() -> None:
    """Nothing says that it is one."""
    old, new = (document({"/plants": {"get": {"operationId": f"v{n}_plants", "responses": OK}}}) for n in (1, 2))

    assert rules(old, new) == ["operation-id-changed"]
