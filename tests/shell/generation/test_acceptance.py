"""Whether a contract accepts a case that was changed after it was drawn."""

from __future__ import annotations

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.shell.generation.acceptance import Acceptance
from pytest_apiversion.shell.openapi.contracts import read_contract

OPERATION = {
    "parameters": [{"name": "page", "in": "query", "schema": {"type": "integer"}}],
    "responses": {},
}
CONTRACT = read_contract(
    {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/t": {"get": OPERATION}}},
    source="c.yaml",
    version="v1",
    digest="",
    locate=lambda path: path,
)


def test_what_somebody_may_read_as_a_value_is_neither_right_nor_wrong() -> None:
    """A wrong request is not made smaller into one that some reader takes (`007`), and a right one not into one that some do not."""
    acceptance = Acceptance(CONTRACT, CONTRACT.operations["GET /t"])

    def accepted(text: str, aim: Aim) -> bool | None:
        case = DrawnCase(aim=aim, origin="drawn", query=(("page", text),))
        return acceptance.accepts(case, case)

    assert [accepted(text, Aim.REFUSED) for text in ("7", "007", "kettle")] == [True, True, False]
    assert [accepted(text, Aim.UNKNOWN_DATA) for text in ("7", "007", "kettle")] == [True, False, False]
