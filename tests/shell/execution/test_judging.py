"""What judges say becomes findings and tallies; a check that fails is told by its code, never taken for a promise kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.checking.exchange import Exchange
from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind, Request, Response
from pytest_apiversion.core.policy.responses import RequiredHeader
from pytest_apiversion.shell.execution.judging import judge
from pytest_apiversion.shell.execution.outcome import Outcome, settled
from pytest_apiversion.shell.execution.past_failures import Memory
from pytest_apiversion.shell.execution.shrinking import Shrinking
from tests.checks.builders import NOW, OPERATIONS, PATH, contract, policy
from tests.checks.builders import scene as scene_of

SCENE = scene_of(policy(PATH, base_url="http://h"), "v2", key="GET /things/{id}")


def exchange(answer: Response | NoAnswer) -> Exchange:
    """A request of `v2` and what it got."""
    return Exchange(
        aim=Aim.ACCEPTED,
        version="v2",
        via="path",
        operation="GET /things/{id}",
        request=Request(method="GET", path="/api/v2/things/1"),
        answer=answer,
        as_of=NOW,
        stage=SCENE.stage,
        lifecycle=SCENE.policy.lifecycle("v2"),
    )


def test_findings_carry_what_only_the_exchange_knows() -> None:
    """Version, operation and a line to paste come from the exchange; every answered request counts for the checks it can show."""
    silent = exchange(NoAnswer(kind=NoAnswerKind.TIMEOUT, detail="no answer within 1 s"))

    findings, tallies = judge([silent], SCENE, lambda request: f"curl {request.path}")

    assert [(each.code, each.version, each.operation, each.reproduce) for each in findings] == [
        ("AV700", "v2", "GET /things/{id}", "curl /api/v2/things/1")
    ]
    assert tallies["AV700"] == 1
    assert tallies["AV301"] == 0


def test_a_finding_is_repeated_with_all_its_requests() -> None:
    """What an answer rests on is sent before it; the line for the request itself comes last."""
    silent = exchange(NoAnswer(kind=NoAnswerKind.CLOSED, detail="closed"))
    write = Request(method="POST", path="/api/v2/things")

    findings, _ = judge([replace(silent, before=(write,))], SCENE, lambda request: f"curl {request.path}")

    assert [each.reproduce for each in findings] == ["curl /api/v2/things\ncurl /api/v2/things/1"]


def test_a_line_to_paste_is_written_for_what_is_told_only() -> None:
    """Which of many exchanges show the same finding is asked without the words that tell it: these take longest."""
    case = DrawnCase(aim=Aim.UNKNOWN_DATA, origin="drawn")
    silent = replace(exchange(NoAnswer(kind=NoAnswerKind.CLOSED, detail="closed")), aim=Aim.UNKNOWN_DATA, case=case)
    findings, _ = judge([silent] * 5, SCENE, str)
    written: list[Request] = []
    nothing = cast("Any", None)

    def reproduce(request: Request) -> str:
        written.append(request)
        return ""

    shrinking = Shrinking(trials=nothing, reproduce=reproduce, requests=0, memory=Memory())

    told = shrinking.shrunk(SCENE, SCENE.operation or nothing, findings, [silent] * 5)

    assert [(each.code, each.count) for each in told] == [("AV700", 5)]
    assert not written


def test_where_a_promise_was_held_is_kept() -> None:
    """Of each check it is known with which statuses, methods and carriers its promise was held, and of which it was not."""
    answered = exchange(Response(status=200, headers=(("Content-Type", "application/json"),), body=b"{}"))

    findings, tallies = judge([answered], SCENE, str)

    assert [(each.status, each.method, each.carrier) for each in tallies.held["AV700"]] == [("200", "GET", "path")]
    assert all(each.settings and each.answers and each.status == 200 for each in findings)


@pytest.mark.parametrize(
    ("aim", "texts"), [(Aim.UNKNOWN, True), (Aim.FOREIGN, False), (Aim.FOREIGN_BODY, False), (Aim.SHORTENED, False)]
)
def test_what_stands_where_no_version_does_is_no_text_of_one(aim: Aim, texts: bool) -> None:  # noqa: FBT001  a row
    """A finding is told by what its text has of a version only where that text stood in a version's place: no credential, no operation's name."""
    asked = replace(exchange(NoAnswer(kind=NoAnswerKind.CLOSED, detail="closed")), aim=aim, probe="v22")

    findings, _ = judge([asked], SCENE, str)

    assert findings
    assert {bool(setting.texts) for each in findings for setting in each.settings} == {texts}


def test_a_check_that_is_off_says_nothing() -> None:
    """A code switched off is neither promised nor judged."""
    silent = exchange(NoAnswer(kind=NoAnswerKind.CLOSED, detail="closed"))
    scene = replace(SCENE, policy=policy(PATH, base_url="http://h", severities={"AV700": "off"}))

    assert judge([silent], scene, str) == ([], {})


def test_a_check_that_fails_is_named() -> None:
    """A defect of a check is the tool's, and is said with the check's code."""

    def broken(_value: object) -> tuple[()]:
        raise LookupError("no such schema")

    read = next(each for each in OPERATIONS if each.key == "GET /things/{id}")
    body = replace(read.responses["200"].bodies["application/json"], validate=broken)
    read = replace(read, responses={"200": replace(read.responses["200"], bodies={"application/json": body})})
    scene = replace(SCENE, contracts={**SCENE.contracts, "v2": contract("v2", read)}, operation=read)
    answered = exchange(Response(status=200, headers=(("Content-Type", "application/json"),), body=b"{}"))

    with pytest.raises(ToolError, match="AV301 response-conformance failed: LookupError"):
        judge([answered], scene, str)


def test_what_is_left_to_another_check_is_not_held() -> None:
    """A server that answers any version breaks one promise, and the promise that yields to it does not count as held."""
    asked = [
        replace(exchange(Response(status=200, body=b"{}")), aim=aim, probe=probe)
        for aim, probe in ((Aim.UNKNOWN, "v9973"), (Aim.UNDECLARED, "v3"))
    ]

    findings, tallies = judge(asked, SCENE, str)

    assert [each.code for each in findings] == ["AV203"]
    assert tallies["AV208"] == 0


def test_what_operations_share_does_not_depend_on_which_was_asked_first() -> None:
    """What is said of an item beside those before it is said in the order of the run, whichever of them was judged first."""
    header = RequiredHeader(name="X-Number", place="headers[0]", unique=True)
    rules = policy(PATH, base_url="http://h", headers=(header,))
    told = []
    for asked in (
        ["GET /things", "GET /things/{id}", "POST /things"],
        ["POST /things", "GET /things/{id}", "GET /things"],
    ):
        start = scene_of(rules, "v2")
        items = {}
        for key in asked:
            where = replace(start, operation=start.operation_named("v2", key))
            numbered = exchange(Response(status=200, headers=(("X-Number", "7"),), body=b""))
            _, tallies = judge([replace(numbered, operation=key)], where, str)
            items[key] = Outcome(policy="p", source="s", subject="v2", label=key, later=tuple(tallies.later))
        told.append([settled([items[key]])[0] for key in sorted(items)])

    assert [[(each.label, each.findings, each.tallies) for each in of] for of in told[:1]] == [
        [(each.label, each.findings, each.tallies) for each in told[1]]
    ]
    assert [[each.code for each in of.findings] for of in told[0]] == [[], ["AV701"], ["AV701"]]
    assert [of.tallies.get("AV701", 0) for of in told[0]] == [0, 1, 1]


def test_a_check_that_fails_across_operations_is_named() -> None:
    """What a check remembers of other operations is its own, and so is a defect in it."""
    header = RequiredHeader(name="X-Number", place="headers[0]", unique=True)
    where = replace(SCENE, policy=policy(PATH, base_url="http://h", headers=(header,)), memo={})
    _, tallies = judge([exchange(Response(status=200, headers=(("X-Number", "7"),), body=b""))], where, str)
    memory: dict[str, object] = where.once("what AV701 remembers", dict)
    memory["headers[0]"] = None

    with pytest.raises(ToolError, match="AV701 required-headers failed: AttributeError"):
        settled([Outcome(policy="p", source="s", subject="v2", label="x", later=tuple(tallies.later))])
