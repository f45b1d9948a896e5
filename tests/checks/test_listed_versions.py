"""AV222: headers and documents that list versions list those that are declared, each in its stage."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.listed_versions import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.core.policy.selection import Listing
from pytest_apiversion.core.versions.lifecycle import Brownout
from tests.checks.builders import (
    OPERATIONS,
    Row,
    agrees,
    alias,
    asked,
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
DOCUMENT = Listing(path="/versions", stages=frozenset({"live", "deprecated"}), place="versioning.lists[0]")
EACH = Listing(
    path="/{version}/about",
    pointer="/versions/*/id",
    stages=frozenset({"live", "deprecated"}),
    required=True,
    place="versioning.lists[1]",
)
FADING = Listing(header="X-Deprecated", stages=frozenset({"deprecated"}), required=True, place="versioning.lists[1]")


def listing(*lists: Listing, subject: str = "v2", key: str | None = "GET /things", **changes: Any) -> Scene:
    """A scene whose policy promises lists."""
    return scene(policy(lists=lists, aliases={"plain": alias()}), subject, key, **changes)


def saying(supported: str | None = None, fading: str | None = None, status: int = 200) -> Any:
    """An answer with these lists."""
    pairs = (("X-Supported", supported), ("X-Deprecated", fading))
    return response(status, {"id": "t"}, headers=tuple((name, text) for name, text in pairs if text is not None))


OLDEST, NEWEST = (listing(replace(DOCUMENT, order=order), key=None) for order in ("oldest-first", "newest-first"))
WHERE, BOTH = listing(SUPPORTED), listing(SUPPORTED, FADING)
PAGE, PAGES = listing(DOCUMENT, key=None), listing(DOCUMENT, EACH, key=None)


def resting(scene: Scene) -> Scene:
    """The scene in the hours of a brownout of v1."""
    window = Brownout(begins=instant("2026-11-20"), ends=instant("2026-11-21"))
    old = scene.policy.versions["v1"]
    brown = replace(old, lifecycle=replace(old.lifecycle, brownouts=(window,)))
    return replace(scene, policy=replace(scene.policy, versions={**scene.policy.versions, "v1": brown}))


RESTING = resting(PAGE)
HISTORY = listing(
    replace(DOCUMENT, stages=frozenset({"planned", "live", "deprecated", "sunset"})),
    key=None,
    as_of=instant("2027-01-01"),
)


def page(expected: str | tuple[str, ...], value: Any, where: Scene = PAGE, *, status: int = 200, index: int = 0) -> Row:
    """A row with the answer of a document."""
    answer = value if isinstance(value, Response) else response(status, value)
    return row(expected, answer, where, Aim.LISTING, via="", probe=f"versioning.lists[{index}]")


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
    "document": page("held", ["v1", "v2"]),
    "listed-in-a-brownout": page("held", ["v1", "v2"], RESTING),
    "not-listed-in-a-brownout": page("held", ["v2"], RESTING),
    "document-in-any-order": page("held", ["v2", "v1"]),
    "oldest-first": page("held", ["v1", "v2"], OLDEST),
    "newest-first": page("held", ["2", 1], NEWEST),
    "document-as-a-carrier-writes-it": page("held", ["1", 2]),
    "document-of-objects": page("held", {"versions": [{"id": "v1"}, {"id": "v2", "status": "new"}]}, PAGES, index=1),
    "an-alias-too": page("held", ["plain", "v1", "v2"]),
    "every-version-there-ever-was": page("held", ["v1", "v2", "v3"], HISTORY),
    "document-that-may-be-absent": page("unspoken", error(), status=404),
    "document-about-something-else": page("unspoken", [{"version": "3", "of": "a file"}]),
    "document-of-truths": page("unspoken", [True]),
    "no-document": page("unspoken", response(200, body=b"v1, v2", media_type="text/plain")),
    "a-document-that-fails-is-av402s": page("unspoken", error(), PAGES, status=500, index=1),
    "documents-are-no-headers": row("unspoken", saying("v9"), listing(DOCUMENT, EACH)),
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
    "document-lists-the-dead": page(
        ("/versions lists v1, which is sunset",), ["v1", "v2"], listing(DOCUMENT, key=None, as_of=instant("2027-01-01"))
    ),
    "document-leaves-the-live-one-out-in-a-brownout": page(("/versions leaves v2 out",), ["v1"], RESTING),
    "document-lists-the-planned": page(("/versions lists v3, which is planned",), ["v1", "v2", "v3"]),
    "document-lists-what-nobody-declared": page(("/versions lists 9, which nobody declared",), ["v1", "v2", 9]),
    "document-leaves-one-out": page(("/versions leaves v1 out",), ["v2"]),
    "document-of-objects-leaves-one-out": page(("leaves v2 out",), {"versions": [{"id": "v1"}]}, PAGES, index=1),
    "not-oldest-first": page(("/versions does not list versions oldest-first",), ["v2", "v1"], OLDEST),
    "not-newest-first": page(("/versions does not list versions newest-first",), ["v1", "v2"], NEWEST),
    "empty-document": page(("/versions leaves v1 and v2 out",), []),
    "document-is-missing": page(("/{version}/about lists no versions",), error(), PAGES, status=404, index=1),
    "document-without-a-list": page(("/{version}/about lists no versions",), {"versions": {}}, PAGES, index=1),
    "missing": row(("X-Deprecated is missing",), saying("v2"), BOTH),
}


ASKS: dict[str, tuple[Scene, list[str]]] = {
    # name: the scene, and the paths that are asked for
    "documents": (PAGES, ["/versions", "/v2/about"]),
    "headers": (listing(SUPPORTED, FADING, key=None), []),
    "operation": (listing(DOCUMENT), []),
    "alias": (listing(DOCUMENT, key=None, subject="plain"), []),
    "sunset": (listing(DOCUMENT, key=None, subject="v1", as_of=instant("2027-01-01")), []),
}


@pytest.mark.parametrize("name", ASKS)
def test_each_document_is_asked_for_once(name: str) -> None:
    """As each version that answers, where the policy names one."""
    where, paths = ASKS[name]

    assert [(ask.aim, ask.path) for ask in asked(CHECK, where)] == [(Aim.LISTING, path) for path in paths]


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
