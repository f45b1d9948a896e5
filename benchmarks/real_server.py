"""Serves canned answers to the operations of a document: `python -m benchmarks.real_server ANSWERS`.

The same small asyncio process as that of `sample_server`, and no framework. It looks at method and path only, answers every operation
with one answer that its contract allows, and says at `/count` how many requests it answered beside those.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.sample_server import serve, written


@dataclass
class Canned:
    """Answers by method and number of segments.

    Attributes:
        routes: The segments of each template, None for a parameter, and its answer; those with the fewest parameters first.
        latency: Seconds before each answer.
        count: How many requests were answered.
    """

    routes: dict[tuple[str, int], list[tuple[list[str | None], bytes]]] = field(default_factory=dict)
    latency: float = 0.0
    count: int = 0

    def add(self, method: str, template: str, status: int, value: Any) -> None:
        """Answer an operation."""
        parts = [None if "{" in part else part for part in template.split("/")]
        rows = self.routes.setdefault((method, len(parts)), [])
        rows.append((parts, written(status, value)))
        rows.sort(key=lambda row: row[0].count(None))

    def answer(self, method: str, target: str, _media_type: str, _body: bytes) -> bytes:
        """The whole answer to one request, as it goes on the wire."""
        path = target.partition("?")[0]
        if path == "/count":
            return written(200, {"count": self.count})
        self.count += 1
        parts = path.split("/")
        for known, answer in self.routes.get((method, len(parts)), ()):
            if all(part is None or part == mine for part, mine in zip(known, parts, strict=True)):
                return answer
        return written(404, {})


def main() -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.real_server")
    parser.add_argument("answers", type=Path, help="a JSON list of method, template, status and body")
    service = Canned()
    for method, template, status, value in json.loads(parser.parse_args().answers.read_text("utf-8")):
        service.add(method, template, status, value)
    asyncio.run(serve(service))


if __name__ == "__main__":
    main()
