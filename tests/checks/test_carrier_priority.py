"""AV205: when carriers disagree, the one declared strongest decides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.checks.carrier_priority import CHECK
from pytest_apiversion.core.checking.aim import Aim
from tests.checks.builders import (
    ACCEPTS,
    ANSWERS,
    ECHO_BODY,
    HEADER,
    PATH,
    V2,
    V3,
    agrees,
    asked,
    error,
    exchange,
    instant,
    policy,
    rejects,
    response,
    row,
    said,
    scene,
    versions,
)

WHERE = scene()
ECHOES = scene(policy(echo=ECHO_BODY))
OLD, NEW = response(200, {"id": "t", "topic": "x"}), response(200, {"data": {"id": "t"}, "meta": {"page": 1}})
SAYS_V1, SAYS_V2 = response(200, {"meta": {"version": "v1"}}), response(200, {"meta": {"version": "v2"}, "more": 1})
PEERS = {"v1": OLD, "v2": NEW}
V2_WINS = {"expected_version": "v2", "peers": PEERS, "probe": "v2 in the path, v1 in the header"}
V1_WINS = {"expected_version": "v1", "peers": PEERS, "probe": "v1 in the path, v2 in the header"}

SILENT = {
    "strongest-answers": row("held", NEW, WHERE, Aim.CONFLICT, **V2_WINS),
    "strongest-is-the-other": row("held", OLD, WHERE, Aim.CONFLICT, **V1_WINS),
    "echo-says-so": row("held", SAYS_V2, ECHOES, Aim.CONFLICT, **{**V2_WINS, "peers": {"v1": SAYS_V1, "v2": SAYS_V2}}),
    "cannot-be-told-apart": row("unspoken", NEW, WHERE, Aim.CONFLICT, **{**V2_WINS, "peers": {"v1": NEW, "v2": NEW}}),
    "nothing-to-compare-with": row("unspoken", NEW, WHERE, Aim.CONFLICT, **{**V2_WINS, "peers": {}}),
    "another-aim": row("unspoken", OLD, WHERE, Aim.ACCEPTED, **V2_WINS),
    "refused-as-another-version": row("unspoken", response(400, error()), WHERE, Aim.CONFLICT, **V1_WINS),
    "the-strongest-fails-too": row(
        "unspoken",
        response(404, error()),
        WHERE,
        Aim.CONFLICT,
        **{**V2_WINS, "peers": dict.fromkeys(("v1", "v2"), response(404, error()))},
    ),
    "conflicts-are-rejected": row(
        "unpromised", OLD, scene(policy(answers={**ANSWERS, "conflicting": rejects(400)})), Aim.CONFLICT, **V2_WINS
    ),
    "conflicts-are-accepted": row(
        "unpromised", OLD, scene(policy(answers={**ANSWERS, "conflicting": ACCEPTS})), Aim.CONFLICT, **V2_WINS
    ),
    "one-carrier": row("unpromised", OLD, scene(policy(PATH)), Aim.CONFLICT, **V2_WINS),
    "the-other-is-not-released": row(
        "unpromised", OLD, scene(policy(versions=versions(v2=V2, v3=V3))), Aim.CONFLICT, **V2_WINS
    ),
    "one-version": row("unpromised", OLD, scene(policy(versions=versions(v2=V2))), Aim.CONFLICT, **V2_WINS),
}

SPEAK = {
    "weaker-wins": row(("a weaker carrier wins over the path",), OLD, WHERE, Aim.CONFLICT, **V2_WINS),
    "weaker-wins-the-other-way": row(("a weaker carrier wins over the path",), NEW, WHERE, Aim.CONFLICT, **V1_WINS),
    "echo-says-so": row(
        ("a weaker carrier wins",),
        SAYS_V1,
        ECHOES,
        Aim.CONFLICT,
        **{**V2_WINS, "peers": {"v1": SAYS_V1, "v2": SAYS_V2}},
    ),
    "header-over-accept": row(
        ("a weaker carrier wins over the header",), OLD, WHERE, Aim.CONFLICT, **{**V2_WINS, "via": "header"}
    ),
    "refused": row(("carriers that disagree are refused",), response(400, error()), WHERE, Aim.CONFLICT, **V2_WINS),
    "crashes": row(("carriers that disagree are refused",), response(500, error()), WHERE, Aim.CONFLICT, **V2_WINS),
    "refused-beside-a-sunset-one": row(
        ("carriers that disagree are refused",),
        response(400, error()),
        scene(as_of=instant("2027-06-01")),
        Aim.CONFLICT,
        **{**V2_WINS, "peers": {"v1": response(410, error("GONE")), "v2": NEW}},
    ),
    "sunset-one-wins": row(
        ("a weaker carrier wins",),
        response(410, error("GONE")),
        scene(as_of=instant("2027-06-01")),
        Aim.CONFLICT,
        **{**V2_WINS, "peers": {"v1": response(410, error("GONE")), "v2": NEW}},
    ),
}


def test_a_carrier_that_is_not_served_is_told_once() -> None:
    """Where the stronger carrier is refused when it stands alone, that is AV200's; where it is served, the conflict is refused."""
    asked_again = {**V2_WINS, "via": "header", "probe": "v2 in the header, v1 in the accept"}
    found = row("yielded", response(404, error()), WHERE, Aim.CONFLICT, **asked_again)
    for expected, answer in (("yielded", response(404)), (("carriers that disagree are refused",), NEW)):
        alone = exchange(WHERE, answer, Aim.ACCEPTED, via="header", peers=PEERS)
        both = replace(found, exchanges=(*found.exchanges, alone))

        assert said(CHECK, both) == expected


def test_a_carrier_that_is_not_read_at_all_is_told_once() -> None:
    """Where the stronger carrier selects nothing even when it stands alone, no weaker one wins over it: that is AV210's."""
    found = row("yielded", OLD, WHERE, Aim.CONFLICT, **{**V2_WINS, "via": "header", "probe": "v2, then v1"})
    for expected, answer in (("yielded", OLD), (("a weaker carrier wins over the header",), NEW)):
        alone = exchange(WHERE, answer, Aim.ACCEPTED, via="header", peers=PEERS)

        assert said(CHECK, replace(found, exchanges=(*found.exchanges, alone))) == expected


def test_a_refusal_is_nobodys_answer() -> None:
    """What is refused is shown as it came, and no version is said to have given it."""
    refused = row("", response(400, error()), WHERE, Aim.CONFLICT, **V2_WINS)
    (broken,) = CHECK.judge(refused.exchanges[0], WHERE) or () if CHECK.judge else ()

    assert broken.received.startswith("for v2 in the path, v1 in the header: 400")


def test_every_pair_of_carriers_disagrees_both_ways() -> None:
    """Three carriers are three pairs; in each, either carrier names the subject once."""
    asks = asked(CHECK, WHERE)

    pairs = [tuple(kind for kind, _ in ask.selection) for ask in asks]
    assert pairs == [("path", "header")] * 2 + [("path", "accept")] * 2 + [("header", "accept")] * 2
    assert [ask.expected_version for ask in asks] == ["v2", "v1"] * 3
    assert asks[0].selection == (("path", "v2"), ("header", "1"))


def test_only_what_can_be_compared_is_asked() -> None:
    """Planned versions answer nothing to compare with."""
    assert not any("3" in text for ask in asked(CHECK, WHERE) for _, text in ask.selection)
    assert not asked(CHECK, scene(policy(HEADER)))


def test_one_write_is_asked_where_it_may_be_sent() -> None:
    """A service may choose for its writes in another place; readings are all asked."""
    assert all(ask.once for ask in asked(CHECK, scene(key="POST /things")))
    assert len(asked(CHECK, scene(key="POST /things"))) == 6
    assert not asked(CHECK, scene(key="POST /things", unsafe=False))
    assert len(asked(CHECK, scene(key="DELETE /things/{id}"))) == 3, (
        "each takes a thing, and the path is its own version's"
    )
    assert not any(ask.once for ask in asked(CHECK, WHERE))


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
