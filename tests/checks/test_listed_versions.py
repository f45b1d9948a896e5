"""AV222: response headers that list versions list those that are declared, each in its stage."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.checks.listed_versions import CHECK
from pytest_apiversion.core.check import Scene
from pytest_apiversion.core.exchange import Aim
from pytest_apiversion.core.selectors import Listing
from tests.checks.builders import (
    OPERATIONS,
    agrees,
    alias,
    contract,
    error,
    instant,
    operation,
    policy,
    response,
    row,
    said,
    scene,
)

SUPPORTED = Listing(header="X-Supported", stages=frozenset({"live", "preview"}), place="versioning.lists[0]")
FADING = Listing(header="X-Deprecated", stages=frozenset({"deprecated"}), required=True, place="versioning.lists[1]")


def listing(*lists: Listing, subject: str = "v2", key: str | None = "GET /things", **changes: Any) -> Scene:
    """A scene whose policy promises lists."""
    return scene(policy(lists=lists, aliases={"plain": alias()}), subject, key, **changes)


def saying(supported: str | None = None, fading: str | None = None, status: int = 200) -> Any:
    """An answer with these lists."""
    pairs = (("X-Supported", supported), ("X-Deprecated", fading))
    return response(status, {"id": "t"}, headers=tuple((name, text) for name, text in pairs if text is not None))


WHERE, BOTH = listing(SUPPORTED), listing(SUPPORTED, FADING)
ONLY_V2 = {
    "v1": contract("v1", operation("GET /other")),
    "v2": contract("v2", *OPERATIONS),
    "v3": contract("v3", *OPERATIONS),
}
NEW = listing(FADING, contracts=ONLY_V2)

SILENT = {
    "listed": row("held", saying("v2"), WHERE),
    "both": row("held", saying("v2", "v1"), BOTH),
    "space-and-empty-parts": row("held", saying(" v2 ,"), WHERE),
    "on-errors": row("held", saying("v2", status=404), WHERE, Aim.UNKNOWN_DATA),
    "not-there": row("unspoken", saying(), WHERE),
    "required-on-success-only": row("unspoken", response(404, error()), listing(FADING), Aim.UNKNOWN_DATA),
    "nothing-to-list": row("unspoken", saying(), listing(FADING, as_of=instant("2027-01-01"))),
    "the-operation-is-new": row("unspoken", saying(), NEW),
    "listed-all-the-same": row("held", saying(fading="v1"), NEW),
    "neutral": row("unspoken", saying("v9"), listing(SUPPORTED, key="GET /health")),
    "version-errors": row("unspoken", saying("v9", status=404), WHERE, Aim.UNKNOWN),
    "crash-is-av402s": row("unspoken", saying("v9", status=500), WHERE),
    "no-lists": row("unpromised", saying("v9"), scene()),
    "alias": row("unpromised", saying("v9"), listing(SUPPORTED, subject="plain")),
}

SPEAK = {
    "nobody-declared-it": row(("X-Supported lists v9, which nobody declared",), saying("v2, v9"), WHERE),
    "not-released": row(("X-Supported lists v3, which is planned",), saying("v2, v3"), WHERE),
    "deprecated-as-supported": row(("lists v1, which is deprecated",), saying("v1, v2"), WHERE),
    "sunset": row(
        ("X-Deprecated lists v1, which is sunset",), saying(fading="v1"), listing(FADING, as_of=instant("2027-01-01"))
    ),
    "left-out": row(("X-Supported leaves v2 out",), saying(""), WHERE),
    "missing": row(("X-Deprecated is missing",), saying("v2"), BOTH),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
