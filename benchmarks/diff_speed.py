"""What `apiversion diff` costs, against a peer from npm on the same documents, and how the cost grows with the document.

    python -m benchmarks diff-speed FOLDER

FOLDER holds OpenAPI documents as JSON or YAML; those whose names differ in their last part (`pets-v1.json`, `pets-v2.json`) are
compared, the first with the last. The peer is installed into a folder that is gone afterwards; without npm, or without a way to the
registry, only the growth is measured. The costs are processor time of whole processes, start included: the least of several runs.
"""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.processes import Cost, cheapest
from benchmarks.rows import Row

PEER = "@redocly/cli"
"""The npm package whose `redocly diff` is the peer."""

TIMES = 5
"""Runs of ours; the peer, which is slower, runs fewer times."""

SIZES = (1000, 2000, 4000)
"""Operations of the documents that grow."""

FASTER = 1.0
"""How many times faster than the peer it has to be at least."""

STEADY = 0.5
"""Cost of an operation in the smallest document, divided by the same in the largest: 1 where the cost grows
with the size and no faster; 0.25 where it grows with its square."""

_OURS = (sys.executable, "-c", "from pytest_apiversion.cli import main; raise SystemExit(main())", "diff")
_UNUSABLE = 2


def diff_speed(folder: Path) -> Iterator[Row]:
    """Ours against the peer on every pair of a folder, then how time and memory grow."""
    with _peer() as command:
        for name, old, new in _pairs(folder):
            ours = _cost([*_OURS, str(old), str(new)], TIMES)
            if command:
                peer = _cost([command, "diff", str(old), str(new)], 3)
                yield _row(f"{name}, s", ours.seconds, peer.seconds, peer.seconds / ours.seconds, FASTER)
            else:
                sys.stderr.write(f"{name}: {ours.seconds:.3f} s, {ours.megabytes:.0f} MB\n")
    yield from growth()


def growth() -> Iterator[Row]:
    """Time and memory of an operation in the largest synthetic document, against those in the smallest."""
    with tempfile.TemporaryDirectory() as folder:
        base = _synthetic(Path(folder), 1)
        costs = [_synthetic(Path(folder), size) for size in SIZES]
    seconds = [1000 * (cost.seconds - base.seconds) / size for cost, size in zip(costs, SIZES, strict=True)]
    memory = [1024 * (cost.megabytes - base.megabytes) / size for cost, size in zip(costs, SIZES, strict=True)]
    for size, one, other in zip(SIZES, seconds, memory, strict=True):
        sys.stderr.write(f"{size} operations: {one:.3f} ms and {other:.1f} KB each\n")
    for name, told in (("ms", seconds), ("KB", memory)):
        yield _row(f"growth, {name} an operation", told[-1], told[0], told[0] / told[-1], STEADY)


def _row(name: str, ours: float, peer: float, ratio: float, bar: float) -> Row:
    return Row(name=name, ours=round(ours, 3), peer=round(peer, 3), ratio=round(ratio, 3), bar=bar)


def _cost(command: list[str], times: int) -> Cost:
    cost = cheapest(command, times)
    if cost.status >= _UNUSABLE or cost.status < 0:
        msg = f"{' '.join(command[-3:])} ended with {cost.status}"
        raise SystemExit(msg)
    return cost


def _pairs(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """The first and the last document of each name."""
    files = sorted(path for path in folder.iterdir() if path.suffix in {".json", ".yaml", ".yml"})
    for name, group in itertools.groupby(files, key=lambda path: re.sub(r"[-_.][^-_.]+$", "", path.stem)):
        known = list(group)
        if len(known) > 1:
            yield name, known[0], known[-1]


@contextmanager
def _peer() -> Iterator[str | None]:
    """The peer's command, installed for as long as it is needed; None where it cannot be."""
    npm = shutil.which("npm")
    if npm is None:
        sys.stderr.write("npm is not there: no peer\n")
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [npm, "install", "--no-audit", "--no-fund", "--silent", "--prefix", folder, PEER],
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if done.returncode:
            sys.stderr.write(f"npm could not install {PEER}: no peer\n")
            yield None
            return
        package = Path(folder, "node_modules", PEER, "package.json")
        sys.stderr.write(f"peer: {PEER} {json.loads(package.read_text(encoding='utf-8'))['version']}\n")
        yield str(Path(folder, "node_modules", ".bin", "redocly"))


def _synthetic(folder: Path, size: int) -> Cost:
    """What it costs to compare two documents with so many operations, of which every other one has changed."""
    paths = []
    for limit in (10, 9):
        path = folder / f"{size}-{limit}.json"
        path.write_text(json.dumps(_document(size, limit)), encoding="utf-8")
        paths.append(str(path))
    return _cost([*_OURS, *paths], 3)


def _document(size: int, limit: int) -> dict[str, Any]:
    def reference(name: str) -> dict[str, str]:
        return {"$ref": f"#/components/schemas/{name}"}

    schemas: dict[str, Any] = {"Shared": {"type": "object", "properties": {"id": {"type": "string", "maxLength": 40}}}}
    paths: dict[str, Any] = {}
    for number in range(size):
        name = f"Thing{number}"
        schemas[name] = {
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": {"type": "string", "maxLength": limit if number % 2 else 10},
                "owner": reference("Shared"),
                "next": reference(f"Thing{(number + 1) % size}") if number % 10 else reference("Shared"),
                "tags": {"type": "array", "items": {"type": "string", "enum": ["a", "b", "c"]}, "maxItems": 5},
            },
        }
        content = {"application/json": {"schema": reference(name)}}
        paths[f"/things{number}/{{id}}"] = {
            "put": {
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "requestBody": {"required": True, "content": content},
                "responses": {"200": {"description": "what is there now", "content": content}},
            }
        }
    info = {"title": "Things", "version": str(limit)}
    return {"openapi": "3.0.3", "info": info, "paths": paths, "components": {"schemas": schemas}}
