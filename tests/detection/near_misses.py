"""Bugs that are next to an honest way of `forms`: each is found, though its neighbour is silent."""

from __future__ import annotations

import json
from collections.abc import Mapping

from tests.detection.forms import header, of_no_version, pointing, says
from tests.detection.plants import Environ, Plant, answering


def _as_text(_environ: Environ, headers: dict[str, str], body: bytes) -> bytes:
    """An unknown version is refused in plain text."""
    if b'"UNKNOWN_VERSION"' not in body:
        return body
    headers["Content-Type"] = "text/plain"
    return b"no such version"


def _twice(_environ: Environ, _headers: dict[str, str], body: bytes) -> bytes:
    """A serializer writes a member and, behind it, the same member once more."""
    return body.replace(b'"rounds":', b'"rounds": 0, "rounds":')


def _one_revision(environ: Environ, headers: dict[str, str], body: bytes) -> bytes:
    """The entity tag of a list that no client changes is the revision of what is stored, whatever version shows it."""
    lasting = environ["PATH_INFO"].endswith(("/orders", "/agents"))
    if (
        lasting
        and environ["REQUEST_METHOD"] == "GET"
        and headers.get("Content-Type", "").startswith("application/json")
    ):
        said = json.loads(body)
        if isinstance(said, dict) and isinstance(said.get("data"), dict):
            said = said["data"]
        parts = said.values() if isinstance(said, dict) and "error" not in said else [said]
        if any(isinstance(part, list) and part and isinstance(part[0], dict) for part in parts):
            headers["ETag"] = '"rev-7"'
    return body


NEAR_MISSES: Mapping[tuple[str, str], Plant] = {
    ("moonborn", "sunset-ends-before-its-last-day"): answering(
        header("Sunset", "Sat, 15 May 2027 23:59:59 GMT"),
        folder=says('boundary = "start-of-day"', 'boundary = "end-of-day"'),
    ),
    ("moonborn", "sunset-points-to-a-path-nobody-has"): answering(pointing("/v2/archive{}".format)),
    ("aragora", "v2-rounds-come-twice"): answering(_twice),
    ("augno", "one-revision-tags-all-versions"): answering(_one_revision),
    ("aragora", "one-revision-tags-all-versions"): answering(_one_revision),
    ("aragora", "unknown-version-refused-in-text"): answering(_as_text, folder=of_no_version),
}
"""By policy and name of the bug."""
