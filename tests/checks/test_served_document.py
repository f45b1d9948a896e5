"""AV305: the document the API publishes is the frozen contract."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.checks.served_document import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Ask
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.contracts.change import Change
from pytest_apiversion.core.contracts.described_document import Described
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind
from pytest_apiversion.core.policy.publishing import Covers, Hold, Publishing
from pytest_apiversion.core.policy.subjects import Version
from pytest_apiversion.diff.rules import rule
from tests.checks.builders import V1, V2, Row, agrees, alias, asked, instant, policy, response, row, said, scene


def publishing(subject: str = "v2", served: str | None = "/openapi.json", **changes: Any) -> Scene:
    """A scene of a whole version whose API publishes a document."""
    rules = policy(aliases={"plain": alias()}, publishing=Publishing(served=served, **changes))
    return scene(rules, subject, None)


def answered(expected: str | tuple[str, ...], where: Scene | None = None, status: int = 200, **described: Any) -> Row:
    """A row in which the document was answered."""
    found = Described(**described) if status == 200 else None
    return row(expected, response(status, {}), where or publishing(), Aim.DOCUMENT, via="", described=found)


GONE = Change(rule=rule("operation-removed"), severity=Severity.ERROR, place="/paths/~1things/get", name="GET /things")
SAME = publishing(hold=Hold.SAME)

SILENT = {
    "the-same": answered("held"),
    "more-than-frozen": answered("held", same=False, differs=("/info/title",)),
    "the-same-and-asked-to-be": answered("held", SAME),
    "not-yet-compared": row("unspoken", response(200, {}), publishing(), Aim.DOCUMENT, via=""),
    "another-request": row("unspoken", response(404, {}), publishing(), Aim.UNROUTED, via=""),
    "no-answer": row(  # AV700's
        "unspoken", NoAnswer(kind=NoAnswerKind.TOO_LARGE, detail="much"), publishing(), Aim.DOCUMENT, via=""
    ),
    "a-crash": answered("unspoken", status=500),  # AV402's
    "nothing-published": answered("unpromised", publishing(served=None)),
    "after-the-sunset": answered(
        "unpromised", scene(policy(publishing=Publishing(served="/o")), "v1", None, as_of=instant("2030-01-01"))
    ),
    "before-the-release": answered("unpromised", publishing("v3")),
    "an-alias": answered("unpromised", publishing("plain")),
    "an-older-version": answered("unpromised", publishing("v1", covers=Covers.NEWEST)),
}

SPEAK = {
    "breaking": answered(("the document served at /openapi.json breaks what is frozen as v2",), changes=(GONE,)),
    "breaking-and-asked-to-be-the-same": answered(("breaks what is frozen",), SAME, changes=(GONE,), same=False),
    "differs": answered(("is not what is frozen as v2",), SAME, same=False, differs=("/info/title",)),
    "no-document": answered(
        ("what is served at /openapi.json cannot be read as the document of v2",), problem="/openapi.json: no JSON"
    ),
    "not-there": answered(("the document of v2 is not served at /openapi.json",), status=404),
    "behind-a-key": answered(("is not served at",), status=401),
    "a-redirect": answered(("is not served at",), status=302),
    "of-the-older-version": answered(("breaks what is frozen as v1",), publishing("v1"), changes=(GONE,)),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """A document that says what is frozen, and what is not this check's to say, make no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected)


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """A document that is not there, is none, or breaks or differs from what is frozen is said."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected)


def test_many_changes_are_counted() -> None:
    """A stale document has hundreds of changes: the first are told, and how many there are."""
    found = answered("", changes=(GONE,) * 7)
    assert CHECK.judge is not None

    (broken,) = CHECK.judge(found.exchanges[0], found.scene) or ()

    assert broken.received.startswith("7 changes: ")
    assert broken.received.endswith("; and 2 more, which apiversion diff tells")


@pytest.mark.parametrize(
    ("where", "path", "place"),
    [
        pytest.param(publishing(), "/openapi.json", "contract.served", id="one-for-all"),
        pytest.param(publishing(served="/api/{version}/spec"), "/api/v2/spec", "contract.served", id="one-each"),
    ],
)
def test_it_is_asked_for_once(where: Scene, path: str, place: str) -> None:
    """The document is asked for in the scene of the whole version, where the policy says it is."""
    assert asked(CHECK, where) == [Ask(aim=Aim.DOCUMENT, path=path)]
    assert CHECK.promised(where) == place


def own_and_whole(subject: str, covers: Covers) -> Scene:
    """A version with a document of its own, beside one that is everybody's, or the newest version's."""
    versions = {
        name: Version(name=name, contract=f"{name}.yaml", lifecycle=life, served=f"/{name}.json")
        for name, life in (("v1", V1), ("v2", V2))
    }
    return scene(policy(versions=versions, publishing=Publishing(served="/openapi.json", covers=covers)), subject, None)


@pytest.mark.parametrize(
    ("where", "paths"),
    [
        pytest.param(own_and_whole("v2", Covers.NEWEST), ["/v2.json", "/openapi.json"], id="newest"),
        pytest.param(own_and_whole("v1", Covers.NEWEST), ["/v1.json"], id="not-the-newest"),
        pytest.param(own_and_whole("v2", Covers.ALL), ["/v2.json"], id="its-own-instead"),
    ],
)
def test_the_newest_versions_document_is_held_beside_its_own(where: Scene, paths: list[str]) -> None:
    """Both are named in the policy: `covers` says whose the one for all is; otherwise a version's own stands instead."""
    assert [ask.path for ask in asked(CHECK, where)] == paths
    assert CHECK.promised(where) == f"versions.{where.version}.served"


def test_it_is_not_asked_for_with_each_operation() -> None:
    """One document for a version is one request."""
    assert asked(CHECK, scene(policy(publishing=Publishing(served="/openapi.json")))) == []
