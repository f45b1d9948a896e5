"""AV308: the declared copies of a document are the same, byte for byte."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from pytest_apiversion.checks.identical_copies import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Ask
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind, Response
from pytest_apiversion.core.policy.publishing import Publishing
from tests.checks.builders import Row, agrees, alias, asked, concluded, exchange, instant, policy, response, scene

BODY = b'{"openapi": "3.1.0"}\n'
A, B = hashlib.sha256(BODY).hexdigest(), "b" * 64
FILES = (("a.json", "docs/a.json"),)
MIXED = (("a.json", "/openapi.json", "/docs.json"),)


def copied(
    groups: tuple[tuple[str, ...], ...] = FILES, subject: str = "v2", as_of: str = "2026-11-20", **digests: str | None
) -> Scene:
    """A scene of a whole version with copies; the digests' names have `_` for `/` and no ending."""
    there = {f"{name.replace('_', '/')}.json": digest for name, digest in digests.items()}
    rules = policy(aliases={"plain": alias()}, publishing=Publishing(copies=groups))
    return scene(rules, subject, None, copies=there, as_of=instant(as_of))


def served(expected: str | tuple[str, ...], where: Scene, **answers: Response | NoAnswer) -> Row:
    """A row in which served copies were asked for."""
    return Row(
        expected=expected,
        scene=where,
        exchanges=tuple(
            exchange(where, answer, Aim.COPY, via="", probe=f"/{name}.json") for name, answer in answers.items()
        ),
    )


def inspected(where: Scene) -> str | tuple[str, ...]:
    """What the check says of the files."""
    assert CHECK.inspect is not None
    if CHECK.promised(where) is None:
        return "unpromised"
    broken = CHECK.inspect(where)
    return "unspoken" if broken is None else tuple(each.summary for each in broken) or "held"


FINE, LONGER = response(200, body=BODY), response(200, body=BODY + b"\n")

SILENT: dict[str, tuple[Scene, str] | Row] = {
    "the-same-files": (copied(a=A, docs_a=A), "held"),
    "two-groups": (copied((*FILES, ("c.json", "d.json")), a=A, docs_a=A, c=B, d=B), "held"),
    "nothing-declared": (copied(()), "unpromised"),
    "an-older-version": (copied(subject="v1", a=A, docs_a=B), "unpromised"),
    "an-alias": (copied(subject="plain", a=A, docs_a=B), "unpromised"),
    "only-served": (copied((("/openapi.json", "/docs.json"),)), "unspoken"),
    "served-as-the-file": served("held", copied(MIXED, a=A), openapi=FINE, docs=FINE),
    "served-alike": served("held", copied((("/openapi.json", "/docs.json"),)), openapi=LONGER, docs=LONGER),
    "nothing-asked": served("unspoken", copied(MIXED, a=A)),
    "no-answer": served(  # AV700's
        "unspoken", copied(MIXED, a=A), openapi=NoAnswer(kind=NoAnswerKind.TIMEOUT, detail="late")
    ),
    "a-crash": served("unspoken", copied(MIXED, a=A), openapi=response(500)),  # AV402's
}

SPEAK: dict[str, tuple[Scene, tuple[str, ...]] | Row] = {
    "one-edited": (copied(a=A, docs_a=B), ("docs/a.json is not a.json, byte for byte",)),
    "one-gone": (copied(a=A, docs_a=None), ("docs/a.json is not there",)),
    "none-there": (copied(a=None), ("a.json is not there", "docs/a.json is not there")),
    "the-second-group": (
        copied((*FILES, ("c.json", "d.json")), a=A, docs_a=A, c=A, d=B),
        ("d.json is not c.json, byte for byte",),
    ),
    "after-the-last-release": (
        copied(subject="v3", as_of="2031-01-01", a=A, docs_a=B),
        ("docs/a.json is not a.json, byte for byte",),
    ),
    "served-with-a-line-more": served(
        ("/openapi.json is not a.json, byte for byte",), copied(MIXED, a=A), openapi=LONGER, docs=FINE
    ),
    "served-unlike": served(
        ("/docs.json is not /openapi.json, byte for byte",),
        copied((("/openapi.json", "/docs.json"),)),
        openapi=FINE,
        docs=LONGER,
    ),
    "not-served": served(("/openapi.json is not served",), copied(MIXED, a=A), openapi=response(404), docs=FINE),
}


def _said(of: tuple[Scene, object] | Row) -> tuple[str | tuple[str, ...], str | tuple[str, ...]]:
    if isinstance(of, Row):
        return concluded(CHECK, of), of.expected
    return inspected(of[0]), of[1]  # type: ignore[return-value]


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """Copies that are the same, and what cannot be compared, make no finding."""
    found, expected = _said(SILENT[name])

    assert agrees(found, expected)


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """A copy that differs by a byte, or is not there, is said."""
    found, expected = _said(SPEAK[name])

    assert agrees(found, expected)


def test_what_differs_is_said() -> None:
    """Where both contents are at hand, the finding says how they differ, and not their digests alone."""
    row = served((), copied(MIXED, a=A), openapi=LONGER, docs=FINE)
    where = replace(row.scene, contents={"a.json": BODY}.get)
    assert CHECK.conclude is not None

    (broken,) = CHECK.conclude(row.exchanges, where) or ()

    assert broken.received == "it ends with 2 line ends, a.json with one line end"


def test_each_served_copy_is_asked_for_once() -> None:
    """Groups may share a copy; it is asked for with the newest version that answers, and with no operation."""
    groups = (*MIXED, ("b.json", "/docs.json"))

    assert asked(CHECK, copied(groups)) == [
        Ask(aim=Aim.COPY, path=path, probe=path) for path in ("/openapi.json", "/docs.json")
    ]
    assert asked(CHECK, copied(groups, "v1")) == []
    assert asked(CHECK, scene(policy(publishing=Publishing(copies=groups)))) == []


def test_what_is_not_released_is_not_served_yet() -> None:
    """The copy of a planned version's contract is asked for from its release on."""
    groups = (("v3.yaml", "/openapi.json"), ("a.json", "/docs.json"))

    assert [ask.path for ask in asked(CHECK, copied(groups))] == ["/docs.json"]
    assert [ask.path for ask in asked(CHECK, copied(groups, "v3", "2031-01-01"))] == ["/openapi.json", "/docs.json"]
