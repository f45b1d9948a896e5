"""Scenes and rows of reads that follow a write: what the three checks of sequences look at."""

from __future__ import annotations

from typing import Any

from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.contracts.resource import Resource
from pytest_apiversion.core.contracts.round_trip import After, Follows
from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.core.policy.responses import Sunset
from pytest_apiversion.core.policy.sequences import Sequences
from tests.checks.builders import OPERATIONS, Row, exchange, policy, response, scene

_LIST, _CREATE, _READ, _DELETE, _HEALTH = OPERATIONS


def resources(*, delete: bool = True, elsewhere: bool = True) -> dict[str, tuple[Resource, ...]]:
    """What the shop lets be created: things, by two versions."""
    return {
        name: (
            Resource(
                create=_CREATE,
                read=_READ,
                listing=_LIST,
                delete=_DELETE if delete else None,
                elsewhere={other: _READ} if elsewhere else {},
            ),
        )
        for name, other in (("v1", "v2"), ("v2", "v1"))
    }


def of(key: str | None = "GET /things/{id}", **said: Any) -> Scene:
    """The scene of an operation under a policy that says this of sequences, and does not end versions with a 410."""
    rules = policy(sequences=Sequences(**said), sunset=Sunset(statuses=frozenset({451})))
    return scene(rules, key=key, resources=resources())


def read(
    expected: str | tuple[str, ...],
    where: Scene,
    after: After,
    status: int = 200,
    value: Any = None,
    *,
    members: dict[str, Any] | None = None,
    place: str = "",
    limit: int | None = None,
    headers: tuple[tuple[str, str], ...] = (),
    before: Response | None = None,
    method: str = "GET",
    stored: bytes = b"",
    body: bytes | None = None,
) -> Row:
    """A row of one read after a write."""
    follows = Follows(
        after=after,
        write="POST /things",
        version=where.subject,
        identifier="t1",
        place=place,
        members=members or {},
        limit=limit,
        before=before,
        stored=stored,
    )
    answer = response(status, value, headers=headers, body=body)
    return Row(expected=expected, scene=where, exchanges=(exchange(where, answer, follows=follows, method=method),))
