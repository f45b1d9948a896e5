"""The harness finds what is planted, and its table leaves nothing out; `python -m tests.detection` runs the table."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest

from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.execution.outcome import Outcome
from tests.detection.__main__ import gated, gated_honest, main
from tests.detection.around import PLANTS
from tests.detection.harness import Detection, barren, bugs_of, detect
from tests.detection.honest import HONEST, INSTANTS
from tests.detection.table import CURATED, POLICIES, ROWS, Row
from tests.thorough import sample

_DAY = "2027-01-15"
"""After the sunset of Girard's first version: what is left to send is little."""
_BUG = Row(policy="girard", bug="sunset-code", day=_DAY, expected=("AV602",))
_AROUND = Row(policy="girard", bug="contract-edited", day=_DAY, expected=("AV304",))
_HONEST = Row(policy="girard", bug="", day=_DAY)
_LATE = Row(policy="elements", bug="ends-a-day-late", day="2026-12-01", expected=("AV601",))
_NEIGHBOUR = Row(policy="elements", bug="announced-on-a-neighbour", day="2026-07-01", expected=("AV502",))
_SMALL = Row(policy="elements", bug="", day="2026-07-01")
"""For what is said of a run: a service of few operations."""


def _name(row: Row) -> str:
    return f"{row.policy}-{row.day}-{row.bug or 'honest'}"


@pytest.mark.parametrize("row", [_BUG, _AROUND], ids=["in-the-server", "around-the-server"])
def test_a_planted_bug_is_found(row: Row) -> None:
    """A bug of a server, and one planted around it, is found by exactly its own check."""
    detection = detect(row, examples=1, brief=True)

    assert detection.told == row.expected, "\n".join(detection.lines[:20])
    assert detection.ok
    assert all(line.startswith(f"{row.expected[0]} ") for line in detection.lines)


_OF_A_THEME = {
    row.expected[0][:3]: row for row in reversed(CURATED) if len(row.expected) == 1 and row.policy in POLICIES
}
"""One bug of each theme of checks, the first in the table."""


@pytest.mark.parametrize("row", sample(_OF_A_THEME.values(), 4), ids=_name)
def test_each_theme_of_checks_finds_a_bug_of_its_own(row: Row) -> None:
    """One check speaks and all others are silent; `python -m tests.detection` asks every check, and the honest servers on every day."""
    detection = detect(row, examples=1, brief=True)

    assert detection.told == row.expected, "\n".join(detection.lines[:20])


ONE_CAUSE = {
    # bug: the policy it breaks, and what is told of it
    "alias-gone-day-early": ("vellocity", "AV604 unversioned answers 410 before its sunset"),
    "wrong-method-answers-404": (
        "vellocity",
        "AV407 PATCH or PUT, which the contract does not have on the path, gets 404",
    ),
    "v1-links-to-the-fading-alias": (
        "vellocity",
        "AV312 a link at /self leads to the alias unversioned, which is deprecated [warning]",
    ),
    "headers-on-successes-only": ("girard", "AV501 X-API-Deprecated is missing on every error"),
    "token-is-compared-to-sixteen": ("aragora", "AV316 answers 200 with 'v2_key' and more behind it"),
    "kept-by-address-alone": (
        "aragora",
        "AV314 requests that name the version in different ways get one answer, as from a cache: /meta/request_id is the same",
    ),
    "kept-without-a-version": ("unspoken", "AV201 a missing version is accepted (no version in the request)"),
    "newest-of-a-codename-answers": (
        "augno",
        "AV203 an unknown version is accepted ('7919.0.forge' or '9973.0.forge' in the header)",
    ),
    "github-begins-the-week-a-day-late": (
        "github-teams",
        "AV503 Deprecation is not written as imf-fixdate: 01 Feb 2020 is a Sat, not a Sun",
    ),
    "weights-have-no-unit": (
        "two-names",
        "AV301 the body does not conform at /weight or /*/weight (required: unit)",
    ),
    "weights-are-written-otherwise": (
        "two-names",
        "AV301 the body does not conform at /weight/unit, /weight/value, /*/weight/unit and 1 more (type)",
    ),
    "bodies-took-each-others-place": (
        "two-names",
        "AV301 the body does not conform at /* or its root (required: receiver)",
    ),
    "receivers-stay": ("two-names", "AV318 recipient is not what PUT /parcels/{id} sent"),
    "updates-show-what-was": (
        "two-names",
        "AV318 the answer to PUT /parcels/{id} shows another recipient than it sent, and than is read",
    ),
    "v2-shows-one-tag-of-v1": ("kept-values", "AV320 tags is not what v1 POST /notes shows"),
    "query-beats-the-header": (
        "unspoken",
        "AV219 v1 answers for 'v2 in the header, ?version=v1', which nobody declared",
    ),
    "another-status": ("other-bodies", "AV404 VALIDATION_ERROR comes with 400"),
    "everybody-needs-a-key-first": ("ended-for-all", "AV601 every method gets 401 after the sunset (path)"),
    "v2-has-a-letter-in-accept": ("newest-answers", "AV200 v2 does not answer through the accept"),
    "v1-ends-with-a-pointer-to-v9": (
        "girard",
        "AV608 the answer after the sunset points to nothing: it gets 404",
    ),
}


@pytest.mark.parametrize("bug", sample(ONE_CAUSE, 8))
def test_one_fault_is_one_cause(bug: str) -> None:
    """A bug that shows on many operations, and in many ways, is told once."""
    policy, line = ONE_CAUSE[bug]
    (row,) = (each for each in ROWS if (each.policy, each.bug) == (policy, bug))

    assert detect(row, examples=1, brief=True).causes == (line,)


def test_the_gate_asks_every_check_and_no_policy_too_little() -> None:
    """The gate has one bug of each check, at least a dozen of each policy, and each policy's honest server at its five instants."""
    chosen = gated(CURATED)
    policies = Counter(row.policy for row in chosen)
    honest = Counter(row.policy for row in gated_honest(HONEST) if row.instant)

    assert {row.expected for row in chosen} >= {(check.code,) for check in checks()}
    assert len({row.expected for row in chosen}) == len(chosen)
    assert min(policies[policy] for policy in POLICIES) >= 12
    assert honest == dict.fromkeys(POLICIES, len(INSTANTS))


@pytest.mark.parametrize("policy", POLICIES)
def test_every_policy_is_held_at_five_instants(policy: str) -> None:
    """Each on a day of its own, in the order of a life."""
    rows = [row for row in HONEST if row.policy == policy and row.instant]

    assert tuple(row.instant for row in rows) == INSTANTS
    assert sorted({row.day for row in rows}) == [row.day for row in rows]


def test_the_short_run_is_broad() -> None:
    """It has 150 bugs at least."""
    assert len(CURATED) >= 150


def test_an_honest_server_is_silent() -> None:
    """An honest server is held to its policy without a finding, by hundreds of requests."""
    detection = detect(_HONEST, examples=1)

    assert detection.found == (), "\n".join(detection.lines[:20])
    assert detection.requests > 300


def test_an_operation_without_a_success_is_told() -> None:
    """An operation that only ever saw refusals proves nothing: an honest server has none, or is not held."""
    refused = Outcome(policy="p", source="s", subject="v1", label="GET /x", succeeded=False)
    fine, not_due = replace(refused, succeeded=True), replace(refused, succeeded=None)

    assert list(barren([fine, refused, not_due])) == ["v1 GET /x: no success"]
    assert not Detection(row=_HONEST, found=(), unexercised=tuple(barren([refused]))).ok


@pytest.mark.parametrize(
    ("found", "fine"),
    [(("AV314",), True), (("AV204", "AV314"), True), (("AV204",), False), (("AV206", "AV314"), False)],
)
def test_a_sequel_may_be_told_beside_what_must_be(found: tuple[str, ...], fine: bool) -> None:  # noqa: FBT001
    """What depends on who asks first is neither asked for nor counted against a check; all else is."""
    row = Row(policy="aragora", bug="a-cache", day="2026-04-01", expected=("AV314",), sequels=("AV204",))
    assert Detection(row=row, found=found).ok is fine


def test_every_check_has_a_bug() -> None:
    """Each check of the catalogue is the only one to find some bug of the short run."""
    assert {row.expected for row in CURATED if len(row.expected) == 1} == {(check.code,) for check in checks()}


@pytest.mark.parametrize("policy", POLICIES)
def test_every_bug_has_a_row(policy: str) -> None:
    """The table has every bug of a server, each once, and those planted around it, and no other."""
    counted = Counter(row.bug for row in ROWS if row.policy == policy)
    around = {bug for name, bug in PLANTS if name == policy}
    assert set(counted) == {*bugs_of(policy), *around}
    assert set(counted.values()) == {1}


@pytest.mark.parametrize("row", [row for row in ROWS if len(row.expected) != 1], ids=_name)
def test_silence_has_a_reason(row: Row) -> None:
    """Where no check is expected to speak, or more than one is, the table says why."""
    assert row.reason


def test_a_bug_nobody_has() -> None:
    """A misspelt bug is an error, not an honest server."""
    with pytest.raises(LookupError, match="girard has no bug no-such-bug"):
        detect(Row(policy="girard", bug="no-such-bug", day="2026-11-20"))


def test_json_is_a_list_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` prints one list whose objects name the bug, its policy, and the codes expected and found."""
    status = main(["--json", "--jobs", "1", "--examples", "1", "--policy", "elements", "--bug", "ends-a-day-late"])
    rows = json.loads(capsys.readouterr().out)

    assert status == 0
    assert [{name: row[name] for name in ("bug", "policy", "expected", "found", "ok")} for row in rows] == [
        {"bug": "ends-a-day-late", "policy": "elements", "expected": ["AV601"], "found": ["AV601"], "ok": True}
    ]


def _run(monkeypatch: pytest.MonkeyPatch, *, bug: Row, honest: Row, arguments: tuple[str, ...] = ()) -> int:
    """The command over a table of two rows."""
    monkeypatch.setattr("tests.detection.__main__.CURATED", (bug,))
    monkeypatch.setattr("tests.detection.__main__.HONEST", (honest,))
    return main(["--jobs", "1", "--examples", "1", *arguments])


def test_a_run_in_which_all_is_as_expected_succeeds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command ends with 0 when the bug is found by its check and the honest server by none, and counts both."""
    assert _run(monkeypatch, bug=_LATE, honest=_SMALL) == 0
    said = capsys.readouterr().out
    assert "1 of 1 bugs as expected, 0 of them held by no check yet; 1 honest runs" in said
    assert "found by: AV601 1\nchecks that spoke of a bug that is not theirs: none\nseed 1: nothing differs\n" in said


def test_a_run_with_several_seeds_says_what_differs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole table is run with each seed, and each has its line; a check that speaks of another's bug is named."""
    wrong = replace(_LATE, expected=("AV602",))

    assert _run(monkeypatch, bug=wrong, honest=_SMALL, arguments=("--seeds", "2")) == 1
    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if line.startswith(("seed", "  AV", "checks"))] == [
        "checks that spoke of a bug that is not theirs: 2",
        "  AV601 spoke of elements/ends-a-day-late (seed 1)",
        "  AV601 spoke of elements/ends-a-day-late (seed 2)",
        "seed 1: elements/ends-a-day-late found by AV601",
        "seed 2: elements/ends-a-day-late found by AV601",
    ]


FAILURES = {
    "missed": (replace(_LATE, day=_SMALL.day), _SMALL),
    "another-code": (replace(_LATE, expected=("AV602",)), _SMALL),
    "honest-server-blamed": (_NEIGHBOUR, replace(_LATE, expected=())),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_run_in_which_something_is_not_as_expected_fails(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command ends with 1 when a bug is missed or found by another check, or a server found where none should be."""
    bug, honest = FAILURES[name]

    assert _run(monkeypatch, bug=bug, honest=honest) == 1
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.endswith(" NO")] == [
        "ends-a-day-late"
    ]
