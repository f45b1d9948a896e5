"""AV218: a rejected version is told which versions there are, where the policy says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.rejection_lists_versions import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.versions.lifecycle import Brownout
from tests.checks.builders import ACCEPTS, agrees, alias, error, instant, policy, rejects, response, row, said, scene

LISTS = replace(rejects(404, code="NO_SUCH_VERSION", place="versioning.unknown"), lists=("/error/supported",))
ENDS = replace(LISTS, lists=("/error/lowest", "/error/highest"))


def listing(answer: Any = LISTS, subject: str = "v2", as_of: str = "2026-11-20", **changes: Any) -> Scene:
    """A scene whose policy promises lists: v1 is deprecated, v2 live, v3 planned."""
    rules = policy(answers={"unknown": answer, "malformed": ACCEPTS}, aliases={"plain": alias()}, **changes)
    return scene(rules, subject, as_of=instant(as_of))


def refusal(supported: Any = None, status: int = 404, **members: Any) -> Any:
    """A rejection that lists something."""
    more = {} if supported is None else {"supported": supported}
    return response(status, error("NO_SUCH_VERSION", **more, **members))


def resting() -> Scene:
    """A scene in the hours of a brownout of v1."""
    where = listing()
    window = Brownout(begins=instant("2026-11-20"), ends=instant("2026-11-21"))
    old = where.policy.versions["v1"]
    brown = replace(old, lifecycle=replace(old.lifecycle, brownouts=(window,)))
    return replace(where, policy=replace(where.policy, versions={**where.policy.versions, "v1": brown}))


WHERE = listing()
OLDEST, NEWEST = (listing(replace(LISTS, order=order)) for order in ("oldest-first", "newest-first"))
RANGE = listing(ENDS, range=True)

SILENT = {
    "list": row("held", refusal(["v1", "v2"]), WHERE, Aim.UNKNOWN, probe="v9"),
    "listed-in-a-brownout": row("held", refusal(["v1", "v2"]), resting(), Aim.UNKNOWN, probe="v9"),
    "not-listed-in-a-brownout": row("held", refusal(["v2"]), resting(), Aim.UNKNOWN, probe="v9"),
    "sentence": row("held", refusal("Use v2 or (until 2027) v1."), WHERE, Aim.UNKNOWN, probe="v9"),
    "as-the-carrier-writes-it": row("held", refusal([1, 2]), WHERE, Aim.UNKNOWN, probe="9", via="header"),
    "after-a-sunset": row("held", refusal(["v2"]), listing(as_of="2027-06-01"), Aim.UNKNOWN, probe="v9"),
    "what-was-asked-for": row("held", refusal("v3 is not one of v1, v2"), WHERE, Aim.UNDECLARED, probe="v3"),
    "ends-of-a-range": row("held", refusal(lowest="v1", highest="v2"), RANGE, Aim.UNKNOWN, probe="v9"),
    "oldest-first": row("held", refusal(["v1", "v2"]), OLDEST, Aim.UNKNOWN, probe="v9"),
    "newest-first-in-a-sentence": row("held", refusal("Use v2 or v1."), NEWEST, Aim.UNKNOWN, probe="v9"),
    "what-was-asked-for-is-in-no-order": row(
        "held", refusal("v3 is not one of v1, v2"), OLDEST, Aim.UNDECLARED, probe="v3"
    ),
    "what-lives-was-asked-for": row("held", refusal("v2 is not x: v1, v2"), OLDEST, Aim.UNKNOWN, probe="v2"),
    "another-status-is-av203s": row("unspoken", refusal(status=400), WHERE, Aim.UNKNOWN, probe="v9"),
    "another-envelope-is-av401s": row("unspoken", response(404, {"message": "no"}), WHERE, Aim.UNKNOWN, probe="v9"),
    "head": row("unspoken", response(404), WHERE, Aim.UNKNOWN, probe="v9", method="HEAD"),
    "other-wrongs": row("unspoken", refusal(), WHERE, Aim.MALFORMED, probe="x"),
    "no-rejection": row("unspoken", refusal(), WHERE, Aim.UNKNOWN_DATA),
    "no-lists": row("unpromised", refusal(), listing(rejects(404)), Aim.UNKNOWN, probe="v9"),
    "alias": row("unpromised", refusal(), listing(subject="plain"), Aim.UNKNOWN, probe="v9", via="plain"),
    "planned": row("unpromised", refusal(), listing(subject="v3"), Aim.UNKNOWN, probe="v9"),
}

SPEAK = {
    "nothing": row(("does not list v1 and v2",), refusal(), WHERE, Aim.UNKNOWN, probe="v9"),
    "one-left-out": row(("does not list v1",), refusal(["v2"]), WHERE, Aim.UNKNOWN, probe="v9"),
    "the-live-one-left-out-in-a-brownout": row(
        ("does not list v2",), refusal(["v1"]), resting(), Aim.UNKNOWN, probe="v9"
    ),
    "inside-a-word": row(("does not list v1",), refusal(["v12", "v2", "v1.5"]), WHERE, Aim.UNKNOWN, probe="v9"),
    "not-released": row(
        ("lists v3, which does not serve",), refusal(["v1", "v2", "v3"]), WHERE, Aim.UNKNOWN, probe="v9"
    ),
    "sunset": row(
        ("lists v1, which does not serve",), refusal("v1, v2"), listing(as_of="2027-06-01"), Aim.UNKNOWN, probe="v9"
    ),
    "an-end-left-out": row(("does not list v2",), refusal(lowest="v1"), RANGE, Aim.UNKNOWN, probe="v9"),
    "newest-first": row(
        ("does not list versions oldest-first",), refusal(["v2", "v1"]), OLDEST, Aim.UNKNOWN, probe="v9"
    ),
    "oldest-first": row(("does not list versions newest-first",), refusal("v1, v2"), NEWEST, Aim.UNKNOWN, probe="v9"),
    "order-of-what-is-left": row(("does not list v1",), refusal(["v2"]), OLDEST, Aim.UNKNOWN, probe="v9"),
    "neighbours": row(("does not list v1 and v2",), refusal([]), WHERE, Aim.UNDECLARED, probe="v4"),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
