"""Facets of a cause: what its findings and their circumstances have of each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_apiversion.core.causes.cause import Cause


def statuses_of(cause: Cause) -> set[str]:
    """The statuses of the answers that show it."""
    return {each.status for each in cause.settings}


def methods_of(cause: Cause) -> set[str]:
    """The methods of the requests that show it."""
    return {each.method for each in cause.settings}


def carriers_of(cause: Cause) -> set[str]:
    """The carriers that these went through; an empty one where nothing named the version."""
    return {each.carrier for each in cause.settings}


def versions_of(cause: Cause) -> set[str]:
    """The versions it is found in."""
    return {each.version for each in cause.findings}


def operations_of(cause: Cause) -> set[str]:
    """The operations it is found in, whichever the version."""
    return {each.operation for each in cause.findings}


def places_of(cause: Cause) -> set[tuple[str, str]]:
    """The operations it is found in, each with its version."""
    return {(each.version, each.operation) for each in cause.findings}


def paths_of(cause: Cause) -> set[tuple[str, str]]:
    """The paths it is found at, each with its version."""
    return {(each.version, each.operation.partition(" ")[2]) for each in cause.findings}
