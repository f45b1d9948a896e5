"""AV319: what was deleted is no longer there."""

from __future__ import annotations

import pytest

from pytest_apiversion.checks.gone_after_delete import CHECK, _named_at, _names
from pytest_apiversion.core.contracts.round_trip import After
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.http.messages import Response
from tests.checks.builders import Row, agrees, exchange, operation, response, said, scene
from tests.checks.sequences import of, read, resources

TRUE = of(gone_after_delete=True)
D = After.DELETED

WAS = response(200, {"data": {"id": "t1", "name": "n", "state": "open"}})


def listed(expected: str | tuple[str, ...], value: object, before: Response | None = WAS) -> Row:
    """A row of the list that is read after what it had was deleted."""
    return read(expected, TRUE, After.UNLISTED, 200, value, before=before)


SILENT = {
    "not-found": read("held", TRUE, D, 404),
    "gone": read("held", TRUE, D, 410),
    "refused-for-another-reason": read("unspoken", TRUE, D, 403),
    "redirected": read("unspoken", TRUE, D, 303),
    "crash-is-av402s": read("unspoken", TRUE, D, 500),
    "after-a-creation-is-av318s": read("unspoken", TRUE, After.CREATED, 200),
    "not-of-a-sequence": Row(expected="unspoken", scene=TRUE, exchanges=(exchange(TRUE, response(200)),)),
    "gone-for-head": read("held", TRUE, D, 404, method="HEAD"),
    "head-is-not-known": read("unspoken", TRUE, D, 405, method="HEAD"),
    "no-longer-listed": listed("held", []),
    "others-are-listed": listed("held", [{"id": "t2", "ref": "t1"}]),
    "listed-as-gone": listed("unspoken", [{"id": "t1", "name": "n", "state": "gone"}]),
    "nobody-knows-what-it-was": listed("unspoken", [{"id": "t1"}], before=None),
    "no-list": listed("unspoken", {"id": "t1"}),
    "switched-off": read("unpromised", of(gone_after_delete=False), D, 200),
}
SPEAK = {
    "still-there": read(("what POST /things deleted is still there",), TRUE, D, 200, {"id": "t1"}),
    "there-without-a-body": read(("still there",), TRUE, D, 204),
    "there-for-head": read(("still there for HEAD",), TRUE, D, 200, method="HEAD"),
    "as-it-was-for-who-has-it": read(("deleted is told to be as it was",), TRUE, D, 304),
    "listed-as-before": listed(("what POST /things deleted is still in the list",), [{"id": "t1", "name": "n"}]),
    "nobody-promised-it": read(("still there",), of(), D, 200),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """Absence is what is due, and other refusals say nothing."""
    assert said(CHECK, SILENT[name]) == SILENT[name].expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What answers after its deletion is a finding."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected)


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        pytest.param("still-there", Severity.ERROR, id="promised"),
        pytest.param("nobody-promised-it", Severity.WARNING, id="not promised"),
    ],
)
def test_what_nobody_promised_is_a_warning(name: str, severity: Severity) -> None:
    """The policy decides how much it weighs."""
    assert CHECK.judge is not None
    (broken,) = CHECK.judge(SPEAK[name].exchanges[0], SPEAK[name].scene) or ()

    assert broken.severity is severity


@pytest.mark.parametrize(
    ("body", "received"),
    [
        pytest.param({"note": "n" * 500, "data": {"id": "t1"}}, ' with /data/id = "t1"', id="named"),
        pytest.param({"data": {"note": "n"}}, ': {"data": {"note": "n"}}', id="not-named"),
        pytest.param({"page": "t1", "id": "t1"}, ' with /id = "t1"', id="named-by-its-own-member"),
        pytest.param({"page": "t1", "Thing_ID": "t2"}, ': {"page": "t1", "Thing_ID": "t2"}', id="something-else"),
    ],
)
def test_what_came_back_is_told_where_it_names_the_thing(body: object, received: str) -> None:
    """The finding shows where the answer names what was deleted, not how the answer begins."""
    row = read(("still there",), TRUE, D, 200, body)
    assert CHECK.judge is not None
    (broken,) = CHECK.judge(row.exchanges[0], row.scene) or ()

    assert broken.received == f"200 (application/json){received}"


def test_a_member_called_like_the_path_parameter_names_the_thing() -> None:
    """True is no 1, and neither is a page."""
    answered, names = response(200, {"page": 1, "id": True, "thing_id": 1}), {"id", "thingid"}

    assert _named_at("1", answered, names) == "/thing_id"
    assert _named_at("True", answered, names) == ""
    assert _names(scene(key="GET /books/{bookId}", operations=(operation("GET /books/{bookId}"),))) == {"id", "bookid"}


def test_it_is_owed_where_something_can_be_deleted() -> None:
    """A version owes it only where the policy says so, and has a delete."""
    assert CHECK.promised(of(None)) is None
    assert CHECK.promised(of(None, gone_after_delete=True)) == "sequences.gone_after_delete"
    assert CHECK.promised(scene(TRUE.policy, key=None, resources=resources(delete=False))) is None
