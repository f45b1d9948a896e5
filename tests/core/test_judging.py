"""What judges share: words for statuses and answers, and which requests speak of what."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_apiversion.core.checking.exchange import Aim, NoAnswer, NoAnswerKind, Response
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging.reading import (
    deprecated_place,
    listed,
    ok,
    operation_of,
    primary,
    rejection,
    selection_place,
    told,
    written,
)
from pytest_apiversion.core.policy.requests import OperationRule
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from tests.checks.builders import (
    ACCEPTS,
    ANSWERS,
    HEADER,
    PATH,
    V1,
    alias,
    defaults,
    error,
    exchange,
    instant,
    policy,
    rejects,
    response,
    scene,
)


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        ({404}, "404"),
        ({410, 404}, "404 or 410"),
        (set(range(400, 500)), "4xx"),
        ({301, *range(400, 500)}, "301 or 4xx"),
        (set(range(400, 499)), " or ".join(map(str, range(400, 499)))),
        (set(), ""),
    ],
    ids=["one", "two", "range", "range-and-one", "not-quite-a-range", "none"],
)
def test_statuses_in_words(statuses: set[int], words: str) -> None:
    """Whole hundreds are ranges, the rest are numbers, in order."""
    assert listed(statuses) == words


@settings(deadline=None)
@given(status=st.integers(100, 599), body=st.binary(max_size=2000), media_type=st.text("abc/+; =", max_size=10))
def test_what_came_back_is_one_short_line(status: int, body: bytes, media_type: str) -> None:
    """Whatever a server sends, what is told of it is a line that fits a report and begins with the status."""
    answer = Response(status=status, headers=(("Content-Type", media_type),), body=body)

    line = told(exchange(scene(), answer))

    assert line.startswith(f"{status} (")
    assert "\n" not in line
    assert len(line) < 250


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (response(404, {"a": 1}), '404 (application/json): {"a": 1}'),
        (response(204), "204 (no content type), empty body"),
        (response(404, body=b"a\n  b\t c", media_type="text/plain"), "404 (text/plain): a b c"),
        (response(200, body=b"x" * 500, media_type="text/plain"), f"200 (text/plain): {'x' * 160}…"),
        (NoAnswer(kind=NoAnswerKind.TIMEOUT, detail="10 s"), "no answer in time (10 s)"),
    ],
    ids=["json", "empty", "white-space", "long", "none"],
)
def test_what_came_back_in_words(answer: Response | NoAnswer, line: str) -> None:
    """Status, content type and the beginning of the body."""
    assert told(exchange(scene(), answer)) == line


def test_where_a_probe_put_its_text() -> None:
    """A probe is told with its carrier; no version is told as such."""
    where = scene()

    assert written(exchange(where, response(), probe="V1", via="header")) == "'V1' in the header"
    assert written(exchange(where, response(), probe="", via="header")) == "'' in the header"
    assert written(exchange(where, response(), via="")) == "no version in the request"


@pytest.mark.parametrize(
    ("status", "good"), [(200, True), (204, True), (304, True), (399, True), (400, False), (404, False), (500, False)]
)
def test_a_success_or_a_redirect_is_good(status: int, good: bool) -> None:  # noqa: FBT001  a table's column
    """Below 400 an answer is no error."""
    assert ok(response(status)) is good


def test_the_strongest_carrier_or_the_alias() -> None:
    """A version is asked for in its strongest carrier, an alias at its own place."""
    assert primary(scene(policy(HEADER, PATH))) == "header"
    assert primary(scene(policy(aliases={"plain": alias()}), "plain")) == "plain"


@pytest.mark.parametrize(
    ("aim", "method", "found"),
    [
        (Aim.ACCEPTED, "GET", True),
        (Aim.UNKNOWN_DATA, "GET", True),
        (Aim.REFUSED, "GET", True),
        (Aim.ACCEPTED, "HEAD", False),
        (Aim.UNROUTED, "PATCH", False),
        (Aim.UNKNOWN, "GET", False),
        (Aim.SUNSET, "GET", False),
    ],
    ids=lambda value: value.name.lower() if isinstance(value, Aim) else str(value),
)
def test_which_requests_belong_to_an_operation(aim: Aim, method: str, found: bool) -> None:  # noqa: FBT001  a table's column
    """Only requests in the operation's own method, asked as its contract says, are held to its contract."""
    where = scene()

    assert (operation_of(exchange(where, response(), aim, method=method), where) is not None) is found


def test_a_rejection_is_judged_only_where_one_is_declared() -> None:
    """Where a policy accepts, defaults, or says nothing, a probe's answer is nobody's rejection."""
    for answers in (ANSWERS, {**ANSWERS, "missing": ACCEPTS}, {**ANSWERS, "missing": defaults("v1")}):
        where = scene(policy(answers=answers))
        assert rejection(exchange(where, response(500), Aim.MISSING, via=""), where, "a missing version") is None


def test_a_rejection_says_what_was_expected_and_where_it_was_promised() -> None:
    """A finding names the declared statuses and codes, and the place in the policy file."""
    where = scene(
        policy(answers={**ANSWERS, "unknown": rejects(404, 410, code="NO_SUCH_VERSION", place="versioning.unknown")})
    )

    def only(answer: Response) -> Broken:
        (broken,) = list(rejection(exchange(where, answer, Aim.UNKNOWN, probe="v9"), where, "an unknown version") or ())
        return broken

    status, code = only(response(200, {})), only(response(404, error("X")))

    assert status.expected == "404 or 410 with code NO_SUCH_VERSION for an unknown version"
    assert (status.place, code.place) == ("versioning.unknown", "versioning.unknown.code")


@pytest.mark.parametrize(
    ("where", "place"),
    [
        pytest.param(scene(), "versioning.wrong", id="api"),
        pytest.param(scene(policy(answers={"unknown": ACCEPTS})), None, id="accepted"),
        pytest.param(
            scene(
                policy(
                    answers={},
                    operations={"GET /x": OperationRule(answers={"unknown": rejects(404, place="operations.rules.x")})},
                )
            ),
            "operations.rules.x",
            id="operation-only",
        ),
        pytest.param(scene(subject="v3"), None, id="planned"),
        pytest.param(scene(subject="v1", as_of=instant("2027-01-01")), None, id="sunset"),
        pytest.param(scene(policy(aliases={"plain": alias()}), "plain"), None, id="alias"),
    ],
)
def test_where_a_selection_is_promised(where: object, place: str | None) -> None:
    """Anywhere the policy rejects a kind of wrong promises it, for versions that answer."""
    assert selection_place(where, "unknown") == place  # type: ignore[arg-type]


def test_a_default_is_a_promise_of_its_own() -> None:
    """What rejects and what defaults are asked for apart."""
    where = scene(policy(answers={**ANSWERS, "missing": defaults("v1")}))

    assert selection_place(where, "missing") is None
    assert selection_place(where, "missing", [AnswerKind.DEFAULT]) == "versioning.missing"


def test_where_a_deprecation_is_declared() -> None:
    """A deprecated version or alias points to its date; a live one to nothing."""
    ended = Lifecycle(deprecated=dt.date(2026, 1, 1), successor="v2")

    assert deprecated_place(scene(subject="v1")) == "versions.v1.deprecated"
    assert deprecated_place(scene(policy(aliases={"plain": alias(ended)}), "plain")) == "aliases.plain.deprecated"
    assert deprecated_place(scene()) is None
    assert V1.deprecated == dt.date(2026, 1, 1)
