"""What the deprecation checks share: which answers must announce, and where an operation's successor is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.exchange import Aim
from pytest_apiversion.core.judging import RESOURCE_AIMS, displaced
from pytest_apiversion.core.lifecycle import Stage
from pytest_apiversion.core.naming import spell

if TYPE_CHECKING:
    from pytest_apiversion.core.check import Scene
    from pytest_apiversion.core.exchange import Exchange, Response


def announcing(exchange: Exchange, scene: Scene) -> Response | None:
    """The answer of a deprecated version's (or alias') declared path, which must announce; None for other answers."""
    return _answer(exchange, scene, RESOURCE_AIMS) if exchange.stage is Stage.DEPRECATED else None


def silent(exchange: Exchange, scene: Scene) -> Response | None:
    """The answer of a version that is not deprecated, or of a path that has no alias, which must not announce; None for other answers."""
    return (
        _answer(exchange, scene, RESOURCE_AIMS | {Aim.ABSENT})
        if exchange.stage in {Stage.LIVE, Stage.PREVIEW}
        else None
    )


def _answer(exchange: Exchange, scene: Scene, aims: frozenset[Aim]) -> Response | None:
    operation = scene.operation_named(scene.version, exchange.operation)
    if exchange.aim not in aims or operation is None or operation.neutral or displaced(exchange, scene):
        return None
    return exchange.response


def successor_key(exchange: Exchange, scene: Scene) -> tuple[str, str] | None:
    """The successor version and the name of the exchange's operation in it; None where there is none."""
    successor = exchange.lifecycle.successor
    if successor is None or not exchange.operation:
        return None
    key = scene.policy.counterpart(exchange.operation, scene.version, successor)
    contract = scene.contracts.get(successor)
    if key is None or contract is None or key not in contract.operations:
        return None
    return successor, key


def successor_template(exchange: Exchange, scene: Scene) -> str | None:
    """The path of the exchange's operation in the successor version, with `{parameters}`; None where there is none."""
    found = successor_key(exchange, scene)
    if found is None:
        return None
    version, key = found
    path = key.partition(" ")[2]
    carrier = next((each for each in scene.policy.carriers.values() if each.form.in_path), None)
    prefix = (
        carrier.template.replace("{version}", spell(scene.policy, carrier.kind, version))
        if carrier
        else scene.policy.base_path
    )
    return prefix + path
