"""A PUT to a name that nobody has: it must succeed where the contract says that it creates, and may be refused elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from werkzeug.wrappers import Request, Response

from tests.apps.kit import serving
from tests.shell.running import run_file
from tests.shell.servers.chains import NAMED
from tests.shell.servers.kit import ENVELOPE, PATHS, Api, by_path, document, error, folder, operation, parameter

KEY = parameter("key", schema={"type": "string", "pattern": "^[a-z]{6,20}$"})


@pytest.mark.parametrize(("status", "found"), [(200, set()), (201, {"AV302"})])
def test_only_a_put_that_creates_must_find_room(status: int, found: set[str], tmp_path: Path) -> None:
    """RFC 9110 §9.3.4 has 201 for what a PUT creates; a contract without it says nothing of a thing that is not there."""
    api = Api(select=by_path("v1", "v2"))

    @api.on("PUT", "/settings/{key}")
    def write(_request: Request, _version: str, key: str) -> Response:
        raise error(404, "no_setting")

    contract = document({"/settings/{key}": {"put": operation({status: NAMED}, body=NAMED, parameters=[KEY])}})
    with serving(api) as url:
        policy = folder(tmp_path, PATHS + ENVELOPE, {"v1": contract, "v2": contract})
        result = run_file(policy, {"ODD_URL": url}, max_examples=3)

    assert result.codes == found, result.said
