"""What one version did to a thing that can be done to it once is no fault of the next version."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from tests.apps.kit import serving
from tests.shell.running import Result, run_file
from tests.shell.servers.kit import (
    ENVELOPE,
    PATHS,
    TEXT,
    Api,
    by_path,
    document,
    error,
    folder,
    operation,
    record,
    reply,
)

RULE = '[operations.rules."POST /codes/{code}/redeem"]\nvalues = { path = { code = "c1" } }\n'
DOCUMENT: dict[str, Any] = document({"/codes/{code}/redeem": {"post": operation({200: record(name=TEXT)})}})


def run(tmp_path: Path, status: int, *, first: str = "v1") -> Result:
    """Hold a service in which a code is redeemed once, and gets a status from then on."""
    app, redeemed = Api(select=by_path("v1", "v2")), set[str]()

    def redeem(_request: Request, version: str, code: str) -> Response:
        if code != "c1":
            raise error(404, "none")
        if version != first or code in redeemed:
            raise error(status, "redeemed")
        redeemed.add(code)
        return reply({"name": "a"})

    app.on("POST", "/codes/{code}/redeem")(redeem)
    path = folder(tmp_path, PATHS + ENVELOPE + RULE, {"v1": DOCUMENT, "v2": DOCUMENT})
    with serving(app) as url:
        return run_file(path, {"ODD_URL": url}, max_examples=1)


@pytest.mark.parametrize("status", [404, 409, 410])
def test_what_another_version_used_up_is_no_finding(status: int, tmp_path: Path) -> None:
    """The version that came first had the code; that the next one is refused it shows nothing, and its operation is named."""
    result = run(tmp_path, status)

    assert result.said == []
    assert [line.partition(" POST")[0] for line in result.barren] == ["v2"]


def test_what_is_wrong_with_the_request_is_a_finding(tmp_path: Path) -> None:
    """A refusal of what was sent has nothing to do with who had the code."""
    result = run(tmp_path, 422)

    assert result.codes == {"AV302"}


def test_what_nobody_ever_had_proves_nothing(tmp_path: Path) -> None:
    """Where every write of every version gets 409, the state of things may be against it: no finding, and no success either."""
    result = run(tmp_path, 409, first="none")

    assert result.codes == set()
    assert result.barren
