"""Requests that name no version in `Accept`: those without the header, and those that say no more than JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.policy.carrier_positions import negotiates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_apiversion.core.checking.check import Ask
    from pytest_apiversion.core.checking.scene import Scene

_ACCEPT, _JSON = "Accept", "application/json"


def unversioned_accepts(scene: Scene, ask: Ask) -> Iterator[Ask]:
    """What asks the same as an ask for no version, with `Accept: */*` as every request has it, in the other ways; once for a version.

    JSON alone is asked for where the operation gives it by that name.
    """
    if scene.operation is None or not any(negotiates(scene.policy, kind) for kind in scene.policy.carriers):
        return
    yield replace(ask, without=(_ACCEPT,), probe=f"no {_ACCEPT}", once=True)
    successes = [spec for status, spec in scene.operation.responses.items() if status.startswith("2")]
    if any(_JSON in spec.bodies for spec in successes):
        yield replace(ask, headers=((_ACCEPT, _JSON),), probe=f"{_ACCEPT}: {_JSON}", once=True)


def way_text(probe: str | None) -> str:
    """In which of these ways a request names no version, for who reads of it; empty where it is as every request."""
    return "" if probe is None else f" ({probe})"
