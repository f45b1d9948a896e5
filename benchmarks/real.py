"""How fast large real contracts are explored, against `schemathesis run` and, where one is named, another build of this project.

Everybody gets the same document, the same server with the same canned answers, 20 positive examples for each operation and four
requests in flight. Exchanges are counted at the server, over whole processes, start included. Everybody runs in turn, three times, and the
median counts.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import large_contract, peers
from benchmarks.peers import ROOT, Task
from benchmarks.rows import Row
from pytest_apiversion.core.contracts.contract import Contract
from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.shell.generation.drawing import draw
from pytest_apiversion.shell.generation.pools.positive_cases import PositiveCases
from pytest_apiversion.shell.openapi.contracts import read_contract
from pytest_apiversion.shell.openapi.request_shapes import Shapes

EXAMPLES = 20
IN_FLIGHT = 4
ROUNDS = 3
OPERATIONS = 400
"""Of the made-up contract."""
BARS = {"stripe": 6.0}
"""Times as many exchanges a second as `schemathesis run`, by what a document's name begins with."""
BAR = 5.0
BESIDE = 4.0
"""Times as many as the other build."""
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

_POLICY = """
[api]
name = "Real"
base_url = "{url}"

[versioning]
scheme = "vN"
carriers = ["path"]
path = {{ template = "/{{version}}" }}

[requests]
max_examples = {examples}
concurrency = {workers}

# The server remembers nothing, and the peers follow nothing through its life either.
[sequences]
read_your_writes = false
listed = false
gone_after_delete = false

[versions.v1]
contract = "v1.json"
"""


def real(folder: Path | None, beside: Path | None) -> Iterator[Row]:
    """Exchanges a second with each document of a folder, or with a made-up one of the same shape.

    Args:
        folder: Where JSON documents of OpenAPI 3 are, or None.
        beside: An interpreter that has another build of this project, or None.
    """
    documents = {path.stem: path for path in sorted(folder.glob("*.json"))} if folder else {}
    made = {name: json.loads(path.read_text("utf-8")) for name, path in documents.items()}
    for name, document in (made or {"made up": large_contract.contract(OPERATIONS)}).items():
        yield from _measured(name, document, beside)


def _measured(name: str, document: dict[str, Any], beside: Path | None) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as held:
        folder, document = Path(held), _open(document)
        (folder / "v1.json").write_text(json.dumps(document), "utf-8")
        contract = _read(document)
        yield _assembled(name, contract)
        (folder / "answers.json").write_text(json.dumps(list(_answers(document))), "utf-8")
        with _served(folder / "answers.json") as url:
            task = Task(folder=folder, url=url, operations=0, versions=1, examples=EXAMPLES, workers=IN_FLIGHT)
            path = folder / "apiversion.toml"
            path.write_text(_POLICY.format(url=url, examples=EXAMPLES, workers=IN_FLIGHT), "utf-8")
            ours = [*peers.pytest_command(), str(path)]
            commands = {"ours": [ours], "schemathesis run": peers.schemathesis(task)}
            if beside is not None:
                commands["the other build"] = [[str(beside), *ours[1:]]]
            rates: dict[str, list[float]] = {each: [] for each in commands}
            for _ in range(ROUNDS):
                for each, command in commands.items():
                    found = peers.rate(task, command)
                    rates[each].append(found.clock)
                    sys.stderr.write(
                        f"{name}, {each}: {found.number} exchanges, {found.clock:.0f} a second, "
                        f"{found.processor:.0f} a second of the processor\n"
                    )
    medians = {each: statistics.median(found) for each, found in rates.items()}
    for each, rate in medians.items():
        if each != "ours":
            bar = (
                BESIDE if each == "the other build" else next((BARS[key] for key in BARS if name.startswith(key)), BAR)
            )
            yield Row(
                name=f"{name}, {each}",
                ours=round(medians["ours"], 1),
                peer=round(rate, 1),
                ratio=round(medians["ours"] / rate, 3),
                bar=bar,
            )


def _assembled(name: str, contract: Contract) -> Row:
    """How many operations have cases in which nothing is drawn whole."""
    shapes, whole = Shapes(dict(contract.schemas)), 0
    for operation in contract.operations.values():
        positive = PositiveCases(shapes, operation, 1, lambda _: True)
        positive.least()
        whole += positive.whole > 0
    number = len(contract.operations)
    return Row(name=f"{name}, assembled", ours=number - whole, peer=number, ratio=round(1 - whole / number, 3), bar=0.9)


def _read(document: dict[str, Any]) -> Contract:
    return read_contract(document, source="v1.json", version="v1", digest="", locate=lambda path: path)


def _answers(document: dict[str, Any]) -> Iterator[tuple[str, str, int, Any]]:
    """One answer that the contract allows for each operation: method, template, status and body."""
    rows = [
        (method.upper(), path, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in _METHODS
    ]
    told = [_success(operation) for *_, operation in rows]
    schemas = [_schema(document, each) for _, each in told]
    asked = {
        f"/a{number}": {
            "post": {
                "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
                "responses": {},
            }
        }
        for number, schema in enumerate(schemas)
        if schema is not None
    }
    made = _read(_without_sides({**document, "paths": asked, "servers": []}))
    for number, ((method, path, _), (status, _), schema) in enumerate(zip(rows, told, schemas, strict=True)):
        yield method, f"/v1{path}", status, None if schema is None else _drawn(made, f"POST /a{number}")


def _success(operation: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """The first status of a success, and its response object."""
    for status, response in sorted(operation["responses"].items()):
        if status.startswith("2") and status.isdecimal():
            return int(status), response
    return 200, {}


def _drawn(contract: Contract, key: str) -> Any:
    try:
        return draw(contract, contract.operations[key], seed=1, examples=1, negative=0)[0].json
    except ToolError:
        return {}


def _schema(document: dict[str, Any], response: dict[str, Any]) -> Any:
    if "$ref" in response:
        for part in response["$ref"][2:].split("/"):
            document = document[part]
        response = document
    return next(
        (media.get("schema", {}) for name, media in response.get("content", {}).items() if "json" in name), None
    )


def _open(document: dict[str, Any]) -> dict[str, Any]:
    """A document served below `/v1` that asks for no credentials: the server does not, and schemathesis would end each operation with that.

    Operations that have a server of their own are served there too.
    """
    paths = {
        path: {key: _at_home(part) for key, part in item.items() if key != "servers"}
        for path, item in document["paths"].items()
    }
    kept = {key: part for key, part in document.items() if key not in {"security", "servers"}}
    return kept | {"servers": [{"url": "/v1"}], "paths": paths}


def _at_home(operation: Any) -> Any:
    return (
        {key: part for key, part in operation.items() if key not in {"security", "servers"}}
        if isinstance(operation, dict)
        else operation
    )


def _without_sides(node: Any) -> Any:
    """A document whose schemas are the same for requests and answers."""
    if isinstance(node, list):
        return [_without_sides(part) for part in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _without_sides(part)
        for key, part in node.items()
        if not (key in {"readOnly", "writeOnly"} and part is True)
    }


@contextmanager
def _served(answers: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.real_server", str(answers)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield (server.stdout.readline() if server.stdout else "").strip()
        finally:
            server.communicate(timeout=30)
