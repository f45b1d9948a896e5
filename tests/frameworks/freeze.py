"""Export the Cadwyn application's OpenAPI documents and correct them where they are wrong about the application.

`python -m tests.frameworks.freeze` writes the frozen contracts anew; a test holds them to the running application.
"""

from __future__ import annotations

import pathlib
from typing import Any

import requests
import yaml

from tests.frameworks.cadwyn_app import HEADER, VERSIONS, cadwyn_server

FOLDER = pathlib.Path(__file__).parent / "policies" / "cadwyn"
METHODS = frozenset({"get", "put", "post", "delete"})
HEAD = """\
# Exported from the running application (GET /openapi.json?version={version}) and corrected where the export is wrong:
#
# - The parameter `x-api-version` is taken out of each operation: the policy file says how a request names its version.
#   Exported, its schema is any date, though what another date gets is another version's answer.
# - 400 is added where there is a body: a body that Python cannot read (not UTF-8, nested too deep, 5000 digits) gets it.
# - An integer's bounds are exported as floats (100000.0).
# - A validation error's `detail` is always there, and the application leaves out `input` and `ctx`.
# - A written text has no half surrogate pair in it; JSON Schema cannot say so, and no JSON text needs one.
#
# Added, because an export has none: an example of each id, and links from a created record.
"""


def exported(base_url: str, version: str) -> dict[str, Any]:
    """The document as the application gives it."""
    document: dict[str, Any] = requests.get(f"{base_url}/openapi.json", params={"version": version}, timeout=10).json()
    return document


def corrected(document: dict[str, Any]) -> dict[str, Any]:
    """The document as a frozen contract; changes and returns its argument."""
    for path, item in document["paths"].items():
        for operation in (item[method] for method in METHODS & item.keys()):
            _correct_operation(operation)
        if path.count("/") == 1:
            _link(item["post"], document["paths"][f"{path}/{{{path[1:-1]}_id}}"], f"{path[1:-1]}_id")
    schemas = document["components"]["schemas"]
    schemas["HTTPValidationError"]["required"] = ["detail"]
    for extra in ("input", "ctx"):
        del schemas["ValidationError"]["properties"][extra]
    whole: dict[str, Any] = _whole_bounds(document)
    return whole


def _correct_operation(operation: dict[str, Any]) -> None:
    """Take out the version, give ids an example, and declare what an unreadable body gets."""
    operation["parameters"] = [each for each in operation.get("parameters", []) if each["name"] != HEADER]
    for parameter in operation["parameters"]:
        if parameter["in"] == "path":
            parameter["example"] = 1
    if not operation["parameters"]:
        del operation["parameters"]
    if "requestBody" in operation:
        operation["responses"]["400"] = {
            "description": "The body cannot be read",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }


def _link(create: dict[str, Any], record: dict[str, Any], parameter: str) -> None:
    """Link a created record to the operations on it."""
    create["responses"]["201"]["links"] = {
        method: {"operationId": record[method]["operationId"], "parameters": {parameter: "$response.body#/id"}}
        for method in sorted(METHODS & record.keys())
    }


def _whole_bounds(value: Any) -> Any:
    """The same value with whole floats as integers."""
    if isinstance(value, dict):
        return {key: _whole_bounds(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_whole_bounds(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def main() -> None:
    """Write the three contracts."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with cadwyn_server() as base_url:
        for version in VERSIONS:
            text = yaml.safe_dump(corrected(exported(base_url, version)), sort_keys=False, width=120)
            (FOLDER / f"{version}.openapi.yaml").write_text(HEAD.format(version=version) + text, encoding="utf-8")


if __name__ == "__main__":
    main()
