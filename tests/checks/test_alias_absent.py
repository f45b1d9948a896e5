"""AV211: operations that have no alias do not answer under the alias' prefix."""

from __future__ import annotations

import datetime as dt

import pytest

from pytest_apiversion.checks.alias_absent import CHECK
from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from tests.checks.builders import agrees, alias, asked, error, policy, rejects, response, row, said, scene

ABSENT = frozenset({"POST /things", "/things/{id}"})
RULES = policy(aliases={"plain": alias(absent=ABSENT)})
WHERE = scene(RULES, key="POST /things")
EXACT = scene(policy(aliases={"plain": alias(absent=ABSENT, absent_answer=rejects(404))}), key="POST /things")
ASKED = {"via": "plain"}

SILENT = {
    "not-found": row("held", response(404, error()), WHERE, Aim.ABSENT, **ASKED),
    "any-refusal": row("held", response(401), WHERE, Aim.ABSENT, **ASKED),
    "declared-answer": row("held", response(404), EXACT, Aim.ABSENT, **ASKED),
    "another-aim": row("unspoken", response(200), WHERE, **ASKED),
    "nothing-absent": row("unpromised", response(200), scene(policy(aliases={"plain": alias()})), Aim.ABSENT, **ASKED),
    "other-version": row("unpromised", response(200), scene(RULES, "v1"), Aim.ABSENT, **ASKED),
}

SPEAK = {
    "answers": row(
        ("POST /things answers under /api, where it has no alias",),
        response(201, {"id": "t"}),
        WHERE,
        Aim.ABSENT,
        **ASKED,
    ),
    "redirects": row(("answers under /api",), response(308), WHERE, Aim.ABSENT, **ASKED),
    "not-as-declared": row(("answers under /api",), response(401), EXACT, Aim.ABSENT, **ASKED),
    "at-the-root": row(
        ("answers under /,",),
        response(200),
        scene(policy(aliases={"plain": alias(prefix="", absent=ABSENT)}), key="POST /things"),
        Aim.ABSENT,
        **ASKED,
    ),
}


@pytest.mark.parametrize(
    ("key", "count"),
    [
        pytest.param("POST /things", 1, id="by-operation"),
        pytest.param("DELETE /things/{id}", 1, id="by-path"),
        pytest.param("GET /things", 0, id="has-an-alias"),
    ],
)
def test_only_operations_without_an_alias_are_asked_under_it(key: str, count: int) -> None:
    """An operation is absent by its name or by its path; all others are left to the alias itself."""
    assert [(ask.via, ask.prefix, ask.selection) for ask in asked(CHECK, scene(RULES, key=key))] == [
        ("plain", "/api", ())
    ] * count


def test_what_is_absent_stays_absent_after_the_alias_end() -> None:
    """The end of an alias changes nothing for what never had one."""
    gone = alias(Lifecycle(sunset=dt.date(2026, 1, 1), successor="v2"), absent=ABSENT)

    assert asked(CHECK, scene(policy(aliases={"plain": gone}), key="POST /things"))


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
