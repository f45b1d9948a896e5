"""AV221: a word that stands for a version is answered by that version, through every carrier."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.keyword_version import CHECK
from pytest_apiversion.core.checking.aim import Aim
from tests.checks.builders import (
    HEADER,
    PATH,
    V2,
    agrees,
    alias,
    asked,
    error,
    instant,
    policy,
    response,
    row,
    said,
    scene,
    versions,
)

RULES = policy(PATH, HEADER, keywords={"latest": "newest", "first": "v1"})
WHERE = scene(RULES)
ALONE = policy(PATH, HEADER, keywords={"latest": "newest"}, versions=versions(v2=V2))
OLD, NEW = response(200, {"id": "t", "topic": "x"}), response(200, {"data": {"id": "t"}, "meta": {"page": 1}})
ASKED: dict[str, Any] = {"expected_version": "v2", "peers": {"v1": OLD, "v2": NEW}, "via": "header", "probe": "latest"}

SILENT = {
    "newest-answers": row("held", NEW, WHERE, Aim.KEYWORD, **ASKED),
    "cannot-be-told-apart": row("unspoken", OLD, WHERE, Aim.KEYWORD, **{**ASKED, "peers": {"v1": OLD, "v2": OLD}}),
    "its-version-fails-too": row(
        "unspoken",
        response(404, error()),
        WHERE,
        Aim.KEYWORD,
        **{**ASKED, "peers": dict.fromkeys(("v1", "v2"), response(404, error()))},
    ),
    "another-aim": row("unspoken", OLD, WHERE, Aim.ACCEPTED, **ASKED),
    "no-keywords": row("unpromised", OLD, scene(), Aim.KEYWORD, **ASKED),
    "one-version-serves": row(
        "held", NEW, scene(RULES, as_of=instant("2027-01-01")), Aim.KEYWORD, **{**ASKED, "peers": {"v2": NEW}}
    ),
    "one-version-that-sends-elsewhere": row(
        "unspoken", response(302), scene(ALONE), Aim.KEYWORD, **{**ASKED, "peers": {"v2": NEW}}
    ),
}

SPEAK = {
    "another-answers": row(("'latest' in the header is answered by v1",), OLD, WHERE, Aim.KEYWORD, **ASKED),
    "a-long-word": row(
        ("lll'… (300 characters) in the header is",), OLD, WHERE, Aim.KEYWORD, **(ASKED | {"probe": "l" * 300})
    ),
    "refused": row(("'latest' in the header is refused",), response(404, error()), WHERE, Aim.KEYWORD, **ASKED),
    "crashes": row(("'latest' in the header gets 500",), response(500, error()), WHERE, Aim.KEYWORD, **ASKED),
    "one-version-refuses": row(
        ("'latest' in the header is refused",),
        response(406, error()),
        scene(ALONE),
        Aim.KEYWORD,
        **{**ASKED, "peers": {"v2": NEW}},
    ),
    "nearer-to-the-other": row(("answered by v1",), response(200, {"id": "t"}), WHERE, Aim.KEYWORD, **ASKED),
}


def test_every_word_is_tried_in_every_carrier() -> None:
    """A word stands where the version would, and its version is asked plainly beside another."""
    found = [(ask.selection, ask.expected_version, ask.compare) for ask in asked(CHECK, WHERE)]

    assert found == [
        ((("path", "latest"),), "v2", ("v2", "v1")),
        ((("path", "first"),), "v1", ("v1", "v2")),
        ((("header", "latest"),), "v2", ("v2", "v1")),
        ((("header", "first"),), "v1", ("v1", "v2")),
    ]


def test_nothing_else_is_asked() -> None:
    """Only reading tells versions apart safely; an alias names no version."""
    assert not asked(CHECK, scene(RULES, key="POST /things"))
    rules = policy(PATH, keywords={"latest": "newest"}, aliases={"plain": alias()})
    assert not asked(CHECK, scene(rules, "plain"))


def test_a_word_for_nothing_is_not_asked() -> None:
    """Where only previews serve, `newest` is none of them."""
    lives = versions(v1=replace(V2, preview=True), v2=replace(V2, preview=True))

    assert not asked(CHECK, scene(policy(PATH, keywords={"latest": "newest"}, versions=lives)))


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
