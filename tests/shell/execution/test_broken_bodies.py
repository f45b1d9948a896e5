"""Bodies that no draw breaks surely."""

from __future__ import annotations

import pytest

from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.shell.execution.case_selection import broken_bodies
from tests.checks.builders import operation

CASE = DrawnCase(aim=Aim.UNKNOWN_DATA, origin="drawn", body=b'{"a": 1}', media_type="application/json", json={"a": 1})
CUT, PLAIN, NOTHING = (
    (b'{"a": 1', "application/json"),
    (b'{"a": 1}', "text/plain"),
    (b"", "application/json"),
)


@pytest.mark.parametrize(
    ("required", "media_types", "expected"),
    [
        pytest.param(True, ("application/json",), [CUT, PLAIN, NOTHING], id="a body is required"),
        pytest.param(False, ("application/json",), [CUT, PLAIN], id="a body may be left out"),
        pytest.param(True, ("application/json", "text/plain"), [CUT, NOTHING], id="text is taken too"),
    ],
)
def test_bodies_are_broken_as_a_whole(
    *, required: bool, media_types: tuple[str, ...], expected: list[tuple[bytes, str]]
) -> None:
    """JSON cut short, a content type nobody declared, and nothing where something is required: each must be refused."""
    taken = operation("POST /things", body_media_types=media_types, request={"requestBody": {"required": required}})
    found = broken_bodies([CASE], taken)

    assert [(case.body, case.media_type) for case in found] == expected
    assert {case.aim for case in found} == {Aim.REFUSED}


def test_what_has_no_json_is_left_alone() -> None:
    """Without a JSON body there is nothing to break here."""
    assert broken_bodies([DrawnCase(aim=Aim.UNKNOWN_DATA, origin="minimal")], operation("GET /things")) == []
