"""Early imports: what the threads of a run would import while others import (gh-106905) is imported before there are any."""

from __future__ import annotations

from pytest_apiversion.shell.generation.interruption import ONE_AT_A_TIME


def import_early() -> None:
    """Import what holds the first body to its schema."""
    with ONE_AT_A_TIME:
        from pytest_apiversion.shell.json_schema import repeated_references  # noqa: F401, PLC0415  costs start-up
