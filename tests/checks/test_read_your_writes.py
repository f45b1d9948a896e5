"""AV318: what was created or updated is read as it was sent."""

from __future__ import annotations

import pytest

from pytest_apiversion.checks.read_your_writes import CHECK
from pytest_apiversion.core.contracts.round_trip import After
from pytest_apiversion.core.finding import Severity
from tests.checks.builders import Row, agrees, exchange, response, said, scene
from tests.checks.sequences import of, read, resources

TRUE = of(read_your_writes=True)
OPEN = of()
LISTED = of("GET /things", listed=True)
SENT = {"note": "mine", "size": 3, "fine": True}
C, U, L = After.CREATED, After.UPDATED, After.LISTED

ONE, TWO, WEAK = ((("ETag", text),) for text in ('"1"', '"2"', 'W/"1"'))
R = After.RELISTED
NAME = {"name": "new", "note": "as it was"}
WAS: list[dict[str, object]] = [
    {"id": "t0", "name": "old"},
    {"id": "t1", "name": "old", "note": "as it was", "seen": 1},
]
NOW = [{"id": "t0", "name": "old"}, {"id": "t1", "name": "new", "note": "as it was", "seen": 2}]
SEEN = [WAS[0], WAS[1] | {"seen": 2}]


def in_list(expected: str | tuple[str, ...], element: object) -> Row:
    """A row of the list that has what was created, which is read with a name and a size."""
    return read(expected, LISTED, L, 200, [element], place="/0", members={"name": "Long name", "size": 2})


SILENT = {
    "listed-as-it-is-read": in_list("held", {"id": "t1", "name": "Long name", "size": 2}),
    "listed-without-it": in_list("held", {"id": "t1"}),
    "listed-in-short": in_list("held", {"id": "t1", "name": "Long …", "size": 2}),
    "listed-with-nothing": in_list("held", {"id": "t1", "name": None, "size": 2}),
    "listed-with-another-kind-is-the-contracts": in_list("held", {"id": "t1", "size": "2"}),
    "bytes-as-they-were-put": read("held", TRUE, After.STORED, stored=b"\r\n\xff", body=b"\r\n\xff"),
    "bytes-for-others": read("unspoken", TRUE, After.STORED, 403, stored=b"\r\n\xff"),
    "spared-by-a-patch": read("held", TRUE, After.SPARED, 200, {"id": "t1", "tags": ["a"]}, members={"tags": ["a"]}),
    "replaced-by-nothing": read("held", TRUE, After.REPLACED, 200, {"id": "t1"}, members={"note": "nobody wrote it"}),
    "replaced-by-none": read(
        "held", TRUE, After.REPLACED, 200, {"id": "t1", "note": ""}, members={"note": "nobody wrote it"}
    ),
    "another-state-is-refused": read("held", TRUE, After.STALE, 412),
    "another-state-is-refused-otherwise": read("held", TRUE, After.STALE, 428),
    "another-state-may-be-refused-for-something-else": read("unspoken", TRUE, After.STALE, 429),
    "another-state-fails": read("unspoken", TRUE, After.STALE, 500),
    "list-has-another-tag": read(
        "held", TRUE, R, 200, NOW, members=NAME, headers=TWO, before=response(200, WAS, headers=ONE)
    ),
    "list-has-a-weak-tag": read(
        "unspoken", TRUE, R, 200, NOW, members=NAME, headers=WEAK, before=response(200, WAS, headers=WEAK)
    ),
    "list-is-tagged-no-more": read("unspoken", TRUE, R, 200, NOW, members=NAME, before=response(200, WAS, headers=ONE)),
    "list-shows-no-update": read(
        "unspoken", TRUE, R, 200, SEEN, members=NAME, headers=ONE, before=response(200, WAS, headers=ONE)
    ),
    "list-shows-something-else": read(
        "unspoken", TRUE, R, 200, NOW, members={"name": "newer"}, headers=ONE, before=response(200, WAS, headers=ONE)
    ),
    "list-lacks-it-now": read(
        "unspoken", TRUE, R, 200, WAS[:1], members=NAME, headers=ONE, before=response(200, WAS, headers=ONE)
    ),
    "list-is-refused-now": read(
        "unspoken", TRUE, R, 503, NOW, members=NAME, headers=ONE, before=response(200, WAS, headers=ONE)
    ),
    "as-it-was-sent": read("held", TRUE, C, 200, SENT, members=SENT),
    "behind-an-envelope": read("held", TRUE, U, 200, {"data": SENT}, members=SENT, place="/data"),
    "other-case-and-space": read("held", TRUE, C, 200, {"note": "MINE "}, members={"note": "mine"}),
    "moment-in-another-form": read(
        "held", TRUE, C, 200, {"at": "2026-01-01T01:00:00+01:00"}, members={"at": "2026-01-01T00:00:00.120Z"}
    ),
    "amount-in-another-form": read("held", TRUE, C, 200, {"price": "10.50"}, members={"price": "10.5"}),
    "float-rounded": read("held", TRUE, C, 200, {"x": 0.3}, members={"x": 0.30000000000000004}),
    "smaller-than-a-decimal-can-say": read("held", TRUE, C, 200, {"x": 0.0}, members={"x": 5e-324}),
    "missing-is-av303s": read("held", TRUE, C, 200, {}, members=SENT),
    "other-type-is-av301s": read("held", TRUE, C, 200, {"size": "3"}, members={"size": 3}),
    "no-object-where-the-thing-stands": read("held", TRUE, C, 200, [], members=SENT, place="/data"),
    "refused-for-another-reason": read("unspoken", TRUE, C, 403),
    "crash-is-av402s": read("unspoken", TRUE, C, 500),
    "not-of-a-sequence": Row(
        expected="unspoken", scene=TRUE, exchanges=(exchange(TRUE, response(200, {"note": "other"})),)
    ),
    "after-a-delete-is-av319s": read("unspoken", TRUE, After.DELETED),
    "elsewhere-is-av320s": read("unspoken", TRUE, After.ELSEWHERE, 404),
    "switched-off": read("unpromised", of(read_your_writes=False), C, 404),
    "listed": read("held", LISTED, L, 200, [{"id": "t0"}, {"id": "t1"}]),
    "listed-by-its-link": read("held", LISTED, L, 200, {"data": [{"self": "/api/v2/things/t1"}]}),
    "listed-as-a-plain-identifier": read("held", LISTED, L, 200, {"ids": ["t1"]}),
    "list-goes-on-by-link": read("unspoken", LISTED, L, 200, [], headers=(("Link", '</a>; rel="next"'),)),
    "list-goes-on-by-cursor": read("unspoken", LISTED, L, 200, {"items": [], "next_cursor": "abc"}),
    "list-goes-on-by-flag": read("unspoken", LISTED, L, 200, {"items": [], "meta": {"hasMore": True}}),
    "list-goes-on-by-total": read("unspoken", LISTED, L, 200, {"items": [{"id": "t0"}], "total": 2}),
    "page-is-full": read("unspoken", LISTED, L, 200, [{"id": "t0"}], limit=1),
    "no-list": read("unspoken", LISTED, L, 200, {"things": {"t1": {}}, "more": {}}),
    "list-refused": read("unspoken", LISTED, L, 400),
    "lists-switched-off": read("unspoken", of("GET /things", listed=False), L, 200, []),
}
SPEAK = {
    "listed-with-another-number": in_list(
        ("size of what POST /things created is another in the list",), {"id": "t1", "size": 3}
    ),
    "listed-with-another-text": in_list(("name of what",), {"id": "t1", "name": "Another"}),
    "bytes-that-were-taken-for-a-text": read(
        ("what POST /things stored is read otherwise",), TRUE, After.STORED, stored=b"\r\n\xff", body=b"\n\xff"
    ),
    "bytes-of-which-some-are-left": read(("is read otherwise",), OPEN, After.STORED, stored=b"ab ", body=b"ab"),
    "bytes-that-are-not-there": read(("stored cannot be read",), TRUE, After.STORED, 404, stored=b"ab"),
    "changed-by-a-patch-of-another": read(
        ("tags is changed by POST /things, which did not name it",),
        TRUE,
        After.SPARED,
        200,
        {"id": "t1", "tags": []},
        members={"tags": ["a"]},
    ),
    "kept-by-a-replacement": read(
        ("POST /things keeps what it left out: 'note'",),
        TRUE,
        After.REPLACED,
        200,
        {"id": "t1", "note": "nobody wrote it"},
        members={"note": "nobody wrote it"},
    ),
    "another-state-is-overwritten": read(
        ("POST /things is done though its If-Match names another",), TRUE, After.STALE
    ),
    "list-has-the-tag-of-before": read(
        ("the entity tag of the list is that of before POST /things",),
        TRUE,
        R,
        200,
        NOW,
        members=NAME,
        headers=ONE,
        before=response(200, WAS, headers=ONE),
    ),
    "not-there": read(("what POST /things created cannot be read",), TRUE, C, 404),
    "gone-after-an-update": read(("what POST /things updated cannot be read",), TRUE, U, 410),
    "another-text": read(("note is not what POST /things sent",), TRUE, C, 200, {"note": "min"}, members=SENT),
    "another-number": read(("size is not",), TRUE, U, 200, {"size": 4}, members=SENT),
    "huge-number": read(("size is not",), TRUE, U, 200, {"size": 10**400}, members={"size": 1.5}),
    "another-answer-to-a-question": read(("fine is not",), TRUE, U, 200, {"fine": False}, members=SENT),
    "emptied": read(("note is not",), TRUE, C, 200, {"note": None}, members=SENT),
    "two-members": read(("note is", "size is"), TRUE, C, 200, {"note": "", "size": 0}, members=SENT),
    "behind-an-envelope": read(("note is not",), TRUE, C, 200, {"data": {"note": "x"}}, members=SENT, place="/data"),
    "nobody-promised-it": read(("cannot be read",), OPEN, C, 404),
    "not-listed": read(("what POST /things created is not in the list",), LISTED, L, 200, {"items": [{"id": "t0"}]}),
    "not-listed-and-the-total-agrees": read(("not in the list",), LISTED, L, 200, {"items": [], "total": 0}),
    "not-listed-with-room-left": read(("not in the list",), LISTED, L, 200, [{"id": "t0"}], limit=2),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """A read that shows what was sent, as far as a server may not write it otherwise, is no finding."""
    assert said(CHECK, SILENT[name]) == SILENT[name].expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """A read that shows something else than what was written is a finding."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected)


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        pytest.param("not-there", Severity.ERROR, id="promised"),
        pytest.param("nobody-promised-it", Severity.WARNING, id="not promised"),
        pytest.param("not-listed", Severity.ERROR, id="list promised"),
    ],
)
def test_what_nobody_promised_is_a_warning(name: str, severity: Severity) -> None:
    """The policy decides how much it weighs, and is named as the place."""
    assert CHECK.judge is not None
    (broken,) = CHECK.judge(SPEAK[name].exchanges[0], SPEAK[name].scene) or ()

    assert broken.severity is severity
    assert broken.place.startswith("sequences." if severity is Severity.ERROR else "versions.v2")


def test_a_list_that_was_not_promised_is_a_warning_even_where_reads_are() -> None:
    """A list may be filtered for reasons nobody outside knows, so it weighs what the policy says of lists."""
    row = read((), of("GET /things", read_your_writes=True), L, 200, [])
    assert CHECK.judge is not None
    (broken,) = CHECK.judge(row.exchanges[0], row.scene) or ()

    assert broken.severity is Severity.WARNING


def test_what_nobody_promised_is_not_owed() -> None:
    """A version owes it only where the policy says so, and where there is something to create."""
    assert CHECK.promised(of(None)) is None
    assert CHECK.promised(of(None, read_your_writes=True)) == "sequences.read_your_writes"
    assert CHECK.promised(scene(TRUE.policy, key=None)) is None
    assert CHECK.promised(scene(TRUE.policy, key=None, resources=resources(), unsafe=False)) is None
