"""What is wrong with a value under a contract, in a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_apiversion.core import schema_messages
from pytest_apiversion.core.schema_messages import short
from pytest_apiversion.shell.json_schema.formats import RANGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_apiversion.core.contracts.contract import SchemaProblem

__all__ = ["problems_of", "short"]


def problems_of(error: Any) -> Iterator[SchemaProblem]:
    """What an error of `jsonschema` says in one line each; of alternatives, what the likeliest one says."""
    return schema_messages.problems_of(error, RANGES)
