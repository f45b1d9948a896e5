"""Waivers that name an operation waive what reaches that operation, and nothing beside it."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.shell.comparison.test_compare_under_policy import folder, run

if TYPE_CHECKING:
    from pathlib import Path

STR = {"type": "string"}


def taking(**bodies: Any) -> dict[str, Any]:
    """A document with an operation for each body; `U` is a `oneOf` that refuses every text."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {
            f"/{name}": {
                "post": {
                    "requestBody": {"content": {"application/json": {"schema": copy.deepcopy(schema)}}},
                    "responses": {"200": {"description": "fine"}},
                }
            }
            for name, schema in bodies.items()
        },
        "components": {"schemas": {"U": {"oneOf": [STR, {"type": ["string", "integer"]}]}}},
    }


@pytest.mark.parametrize(
    "waived", [(), ("POST /a",), ("POST /b",), ("POST /a", "POST /b")], ids=["none", "a", "b", "both"]
)
def test_a_waiver_of_one_operation_is_none_of_another(tmp_path: Path, waived: tuple[str, ...]) -> None:
    """Two operations that break alike by one schema have one fingerprint, and are waived one by one."""
    shared = {"$ref": "#/components/schemas/U"}
    waivers = "".join(
        f"[[changes.waivers]]\nrule = 'request-one-of-*'\noperation = '{name}'\nreason = 'nobody sends it'\n"
        for name in waived
    )
    contracts = {"1.0.0": taking(a=STR, b={**STR, "maxLength": 9}), "1.1.0": taking(a=shared, b=shared)}
    policy = folder(tmp_path / "api", contracts, waivers)
    code, out, errors = run(policy, "1.0.0", "1.1.0", form="json")
    found = [each for each in json.loads(out)["changes"] if each["rule"] == "request-one-of-ambiguous"]

    assert (code, errors, len({each["fingerprint"] for each in found})) == (int(len(waived) < len(found)), "", 1)
    assert {tuple(each["operations"]): each["verdict"] == "waived" for each in found} == {
        (name,): name in waived for name in ("POST /a", "POST /b")
    }
