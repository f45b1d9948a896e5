"""Versions whose answers are alike: a form of the selector that is refused is seen all the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from werkzeug.wrappers import Request, Response

from pytest_apiversion.core.finding import Verdict
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.reporting.verdicts import cells
from tests.apps.kit import serving
from tests.shell.running import Result, run_file
from tests.shell.servers.kit import API, Api, document, error, folder, operation, reply

POLICY = f"""{API}
[versioning]
scheme = "integer"
carriers = ["accept"]
accept = {{ parameter = "version" }}
missing = {{ reject = 400 }}
unknown = {{ reject = 400 }}
malformed = {{ reject = 400 }}
[versions.1]
contract = "v1.json"
[versions.2]
contract = "v1.json"
[requests]
max_examples = 1
"""
CONTRACT = document({"/things": {"get": operation({200: {"type": "object"}})}})


def api(unread: str = "") -> Api:
    """A service whose two versions answer alike, and that does not read a version where a text stands in `Accept`."""

    def select(request: Request) -> tuple[str, str]:
        accept = request.headers.get("Accept", "")
        asked = [text.strip('"') for text in re.findall(r'; *version=("[^"]*"|[^,; ]*)', accept)]
        if not asked or not {"1", "2"}.issuperset(asked) or (unread and unread in accept):
            raise error(400, "version")
        return asked[-1], request.path

    made = Api(select=select)

    @made.on("GET", "/things")
    def read(_request: Request, _version: str) -> Response:
        return reply({"a": 1})

    return made


def run(path: Path, unread: str = "") -> Result:
    """Hold such a service to its policy."""
    with serving(api(unread)) as url:
        return run_file(folder(path, POLICY, {"v1": CONTRACT}), {"ODD_URL": url})


def test_forms_that_are_read_are_held(tmp_path: Path) -> None:
    """Where who names no version is refused, a form that is taken was read."""
    result = run(tmp_path)
    verdicts = cells(result.outcomes, dict.fromkeys(("1", "2"), 1), checks())

    assert result.said == []
    assert [verdicts["AV215", version].verdict for version in ("1", "2")] == [Verdict.HELD, Verdict.HELD]


@pytest.mark.parametrize("unread", ['"', "; q=0.9", "text/html"])
def test_a_form_that_is_refused_is_found(unread: str, tmp_path: Path) -> None:
    """No telling apart is needed for that."""
    assert run(tmp_path, unread).codes == {"AV215"}
