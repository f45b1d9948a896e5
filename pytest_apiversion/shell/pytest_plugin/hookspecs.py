"""The hooks by which a conftest.py or plugin adds checks, carriers and dialects, and puts away what a run created."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.check import Check
    from pytest_apiversion.core.checking.created import Created
    from pytest_apiversion.core.policy.carriers import CarrierKind
    from pytest_apiversion.core.policy.dialect import Dialect


def pytest_apiversion_checks() -> Iterable[Check]:  # type: ignore[empty-body]  # a specification
    """Checks of your own, each with a code of its own prefix: `SHOP1`, never `AV`."""


def pytest_apiversion_carriers() -> Iterable[CarrierKind]:  # type: ignore[empty-body]  # a specification
    """Places of your own where a request names its version; `versioning.carriers` lists them by their kind."""


def pytest_apiversion_dialects() -> Iterable[Dialect]:  # type: ignore[empty-body]  # a specification
    """Ways of your own to write a date in a header; `deprecation.headers` names them."""


@pytest.hookspec(firstresult=True)
def pytest_apiversion_clean_up(created: Created) -> bool | None:
    """Put a thing away that the run created, and say true; otherwise it is deleted as its contract says, where that is wanted."""
