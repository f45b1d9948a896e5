"""The comparison of two OpenAPI 3 documents: pure, and linear in their size, for no pair of schemas is compared twice."""

from __future__ import annotations

from typing import Any

from pytest_apiversion.core.contracts.change import Change
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.diff.document import Document
from pytest_apiversion.diff.operations import compare_operations, compare_webhooks
from pytest_apiversion.diff.pairs import Ground, Setting
from pytest_apiversion.diff.schemas import drained

_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def compare(old: Document, new: Document, setting: Setting | None = None) -> tuple[Change, ...]:
    """Every difference that means something to a client, gravest first.

    Args:
        old: The document clients were given.
        new: The document that is to take its place.
        setting: The day, the time of grace, and whose severities; none of them by default.
    """
    ground = Ground(old, new, setting or Setting())
    compare_operations(ground)
    compare_webhooks(ground)
    return tuple(sorted(drained(ground), key=lambda change: _RANKS[change.severity]))


def documents(old: dict[str, Any], new: dict[str, Any], dialects: tuple[str, str]) -> tuple[Document, Document]:
    """Two plain values as documents, for callers that know their dialects."""
    return Document(old, dialects[0]), Document(new, dialects[1])
