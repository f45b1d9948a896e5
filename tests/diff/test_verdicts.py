"""Verdicts: what a change does to a client that keeps to the old contract."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from pytest_apiversion.core.finding import Severity
from pytest_apiversion.diff.compare import compare
from pytest_apiversion.diff.pairs import Setting
from pytest_apiversion.shell.openapi.comparable_document import document_of
from tests.diff.documents import DAY, answered, asked, operation, sent
from tests.diff.verdict_parts import BREAKS, SILENT, TELLS, WARNS
from tests.diff.verdicts_of_addresses import ADDRESSES
from tests.diff.verdicts_of_conditions import CONDITIONS
from tests.diff.verdicts_of_details import DETAILS
from tests.diff.verdicts_of_keywords import KEYWORDS
from tests.diff.verdicts_of_messages import MESSAGES
from tests.diff.verdicts_of_operations import OPERATIONS
from tests.diff.verdicts_of_parameters import PARAMETERS
from tests.diff.verdicts_of_patterns import PATTERNS
from tests.diff.verdicts_of_reports import REPORTS
from tests.diff.verdicts_of_schemas import SCHEMAS
from tests.diff.verdicts_of_sets import SETS
from tests.diff.verdicts_of_spellings import SPELLINGS
from tests.thorough import sample

RANKS = {Severity.ERROR: BREAKS, Severity.WARNING: WARNS, Severity.INFO: TELLS}
TABLES = (MESSAGES, OPERATIONS, SCHEMAS, REPORTS, SPELLINGS, SETS, ADDRESSES, DETAILS, PATTERNS, PARAMETERS, CONDITIONS)
ROWS = {name: row for table in TABLES for name, row in table.items()}


def verdict(old: dict[str, Any], new: dict[str, Any]) -> str:
    """The gravest of what the comparison says."""
    one, other = (document_of(copy.deepcopy(each), name) for name, each in (("old", old), ("new", new)))
    found = compare(one, other, Setting(as_of=DAY))
    return RANKS[found[0].severity] if found else SILENT


def test_no_verdict_is_lost() -> None:
    """The tables share no id."""
    assert len(ROWS) == sum(map(len, TABLES))


@pytest.mark.parametrize(("old", "new", "expected"), ROWS.values(), ids=ROWS.keys())
def test_a_change_weighs_what_it_does_to_a_client(old: Any, new: Any, expected: str) -> None:
    """A change breaks clients, may, says something to them, or is none."""
    assert verdict(old, new) == expected


def _member(schema: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"p": schema}}


PLACES: dict[str, tuple[Callable[[Any], dict[str, Any]], int]] = {
    "request-body": (sent, 0),
    "request-member": (lambda schema: sent(_member(schema)), 0),
    "request-item": (lambda schema: sent({"type": "array", "items": schema}), 0),
    "request-parameter": (
        lambda schema: asked({"name": "q", "in": "query", "content": {"application/json": {"schema": schema}}}),
        0,
    ),
    "response-body": (answered, 1),
    "response-member": (lambda schema: answered(_member(schema)), 1),
    "response-item": (lambda schema: answered({"type": "array", "items": schema}), 1),
    "response-header": (
        lambda schema: operation(
            responses={
                "200": {"description": "x", "headers": {"X": {"content": {"application/json": {"schema": schema}}}}}
            }
        ),
        1,
    ),
}
"""Where a schema may stand -> a document with it there, and which of the verdicts counts."""


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", sample(KEYWORDS, 3))
def test_a_keyword_weighs_the_same_wherever_it_stands(name: str, place: str) -> None:
    """The way there and the way back, in what clients send and in what they are answered."""
    one, other, there, back = KEYWORDS[name]
    wrap, way = PLACES[place]

    assert (verdict(wrap(one), wrap(other)), verdict(wrap(other), wrap(one))) == (there[way], back[way])
