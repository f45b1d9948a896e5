"""Findings become causes: what one fault breaks is one cause, in words that say no more than was seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.core.causes.cause import Cause, Held
from pytest_apiversion.core.causes.grouping import causes
from pytest_apiversion.core.causes.phrases import listed
from pytest_apiversion.core.finding import Finding, Setting, Severity


def finding(
    code: str,
    summary: str,
    *,
    status: int = 404,
    method: str = "GET",
    carrier: str = "path",
    asked: str = "a request",
    probe: str | None = None,
    texts: tuple[str, ...] = (),
    operation: str = "",
    version: str = "v1",
    answers: tuple[int, ...] = (),
    expected: str = "",
    received: str = "",
) -> Finding:
    """A finding as an exchange makes one."""
    return Finding(
        code=code,
        promise="a promise",
        version=version,
        operation=operation or f"{method} /things",
        summary=summary.format(status=status, method=method, carrier=carrier, asked=asked, probe=probe),
        expected=expected,
        received=received,
        place="policy",
        reproduce=f"curl {method}",
        status=status,
        probe=probe,
        settings=(Setting(str(status), method, carrier, asked, texts),),
        answers=answers or (hash((summary, status, method, carrier, asked, probe, operation)),),
    )


def held(code: str, *settings: Setting, version: str = "v1", item: str = "GET /things") -> Held:
    """Where a check saw its promise held."""
    return Held(code=code, version=version, item=item, settings=settings)


MISSING = "Sunset is missing on a {status} to {method}"
TAKEN = "a malformed version is accepted ({probe!r} in the {carrier})"
TAKEN_ALIKE = (
    "a malformed version is accepted "
    "(3 texts, each of which starts with a declared version, such as 'v1;', 'v1x' or 'v1.0', in the path)"
)
STARTS = ("starts with a declared version", "has a declared version in it")
MANY = ("GET", "POST", "PUT")

LINES = {
    "one finding is its own cause": (
        [finding("AV501", MISSING)],
        [],
        ["Sunset is missing on a 404 to GET"],
    ),
    "every status but what was held": (
        [finding("AV501", MISSING, status=status, method=method) for status in (201, 404, 422) for method in MANY],
        [held("AV501", Setting("200", "GET"), Setting("200", "HEAD"))],
        ["Sunset is missing on every answer but 200"],
    ),
    "every error": (
        [finding("AV501", MISSING, status=status, method=method) for status in (404, 422) for method in MANY],
        [held("AV501", Setting("200", "GET"), Setting("201", "POST"), Setting("204", "PUT"))],
        ["Sunset is missing on every error"],
    ),
    "nothing was held": (
        [finding("AV501", MISSING, status=status) for status in (200, 404)],
        [],
        ["Sunset is missing on every answer to GET"],
    ),
    "a method of its own": (
        [finding("AV501", MISSING, status=status, method="HEAD") for status in (200, 404)],
        [held("AV501", Setting("200", "GET"), Setting("404", "GET"))],
        ["Sunset is missing on every answer to HEAD"],
    ),
    "statuses that were held too are named": (
        [finding("AV501", MISSING, status=status) for status in (404, 422)],
        [held("AV501", Setting("404", "GET"))],
        ["Sunset is missing on a 404 or 422 to GET"],
    ),
    "a sentence without its method says no more than its statuses": (
        [finding("AV701", "X-Limit is missing on a {status}", status=status, method="POST") for status in (200, 404)],
        [held("AV701", Setting("200", "GET"), Setting("404", "GET"))],
        ["X-Limit is missing on a 200 or 404"],
    ),
    "what another version held tells nothing": (
        [finding("AV501", MISSING, status=status) for status in (404, 422)],
        [held("AV501", Setting("404", "GET"), version="v2")],
        ["Sunset is missing on every error to GET"],
    ),
    "every text of a kind": (
        [finding("AV204", TAKEN, status=200, probe=probe, texts=STARTS) for probe in ("v1x", "v1.0", "v1;")],
        [held("AV204", Setting("404", "GET", "path", "a request", ("ends with a declared version",)))],
        ["a malformed version is accepted (every text that starts with a declared version, in the path)"],
    ),
    "texts of a kind that was refused too": (
        [finding("AV204", TAKEN, status=200, probe=probe, texts=STARTS[:1]) for probe in ("v1x", "v1.0", "v1;")],
        [held("AV204", Setting("404", "GET", "path", "a request", STARTS))],
        [
            TAKEN_ALIKE,
        ],
    ),
    "another version answers, and the own one": (
        [
            finding("AV207", "a request without a version is answered by v2", status=200, version="v2"),
            finding("AV207", "a request without a version is answered by v2", status=404, version="v1"),
        ],
        [],
        ["a request without a version is answered by v2"],
    ),
    "each version answers itself": (
        [
            finding("AV207", f"a request without a version is answered by {name}", status=200, version=name)
            for name in ("v1", "v2")
        ],
        [],
        ["a request without a version is answered by v1 or v2"],
    ),
    "a text that another version answers": (
        [
            finding(
                "AV207",
                "a request without a version ({probe}) is answered by v2",
                version=name,
                probe="no Accept",
                status=status,
            )
            for name, status in (("v2", 200), ("v1", 404))
        ],
        [],
        ["a request without a version ('no Accept') is answered by v2"],
    ),
    "texts that are words of the sentence, and long ones": (
        [
            finding("AV204", TAKEN, status=200, probe="version"),
            finding(
                "AV204",
                f"a malformed version is accepted ({'x' * 100!r}… (300 characters) in the path)",
                status=200,
                probe="x" * 300,
            ),
        ],
        [],
        [f"a malformed version is accepted ('version' or {'x' * 100!r}… (300 characters) in the path)"],
    ),
    "a text that is taken here and gets another code there": (
        [
            finding("AV204", TAKEN, status=200, probe="v1x", texts=STARTS),
            finding("AV204", "a malformed version gets {status} ({probe!r} in the {carrier})", status=410, probe="v1x"),
            finding("AV204", "a malformed version gets the error code GONE ({carrier})", probe="v1x", method="PUT"),
        ],
        [],
        ["a malformed version is accepted ('v1x' in the path)"],
    ),
    "a text that is only refused otherwise": (
        [
            finding("AV204", TAKEN, status=200, probe="v1x", texts=STARTS),
            finding("AV204", "a malformed version gets the error code GONE ({carrier})", probe="V1", method="PUT"),
        ],
        [],
        ["a malformed version is accepted ('v1x' in the path)", "a malformed version gets the error code GONE (path)"],
    ),
    "sentences that differ in one word, where they are many": (
        [
            finding("AV301", f"the body does not conform at /{name} (type)", status=200)
            for name in ("a", "b", "cc", "dd")
        ],
        [],
        ["the body does not conform at /a, /b, /cc and 1 more (type)"],
    ),
    "more statuses than are named": (
        [
            finding("AV501", "Sunset is missing on a {status} to {method}", status=status)
            for status in (200, 400, 401, 404, 405, 409, 422)
        ],
        [held("AV501", Setting("200", "GET"))],
        ["Sunset is missing on any of 7 statuses to GET"],
    ),
    "a word with a comma behind it, where they are many": (
        [
            finding("AV407", f"PATCH /{name}, which the contract does not have, gets 404", status=404, method="PATCH")
            for name in ("a", "b", "cc", "dd")
        ],
        [],
        ["PATCH /a, /b, /cc and 1 more, which the contract does not have, gets 404"],
    ),
    "one member at two places of bodies": (
        [
            finding("AV301", f"the body does not conform at {place}/owner (type)", status=200)
            for place in ("/data/*", "")
        ],
        [],
        ["the body does not conform at /owner or /data/*/owner (type)"],
    ),
    "a member of another version at two places of bodies": (
        [finding("AV311", f"{place}/id is another's name for key", status=200) for place in ("/*", "")],
        [],
        ["/id or /*/id is another's name for key"],
    ),
    "a link in a list and alone": (
        [finding("AV312", f"a link at {place}/links/self leads to v7", status=200) for place in ("/data/*", "")],
        [],
        ["a link at /links/self or /data/*/links/self leads to v7"],
    ),
    "two links": (
        [finding("AV312", f"a link at /links/{name} leads to v7", status=200) for name in ("next", "self")],
        [],
        ["a link at /links/next leads to v7", "a link at /links/self leads to v7"],
    ),
    "what is missed at two places of bodies": (
        [
            finding("AV301", f"the body does not conform at {place} (required: owner)", status=200)
            for place in ("/data/*", "its root")
        ],
        [],
        ["the body does not conform at /data/* or its root (required: owner)"],
    ),
    "other members, and elements of lists": (
        [
            finding("AV301", f"the body does not conform at {place} (type)", status=200)
            for place in ("/data/*", "/*", "/data/*/owner")
        ],
        [],
        [
            "the body does not conform at /* (type)",
            "the body does not conform at /data/* (type)",
            "the body does not conform at /data/*/owner (type)",
        ],
    ),
    "a sentence that says one more": (
        [
            finding("AV214", f"a 304 does not say that it varies with {names}", status=304)
            for names in ("A", "A and B", "C")
        ],
        [],
        ["a 304 does not say that it varies with A and B", "a 304 does not say that it varies with C"],
    ),
    "a sentence that names its method": (
        [
            finding("AV316", "answers {status} with no credential" + more, status=200, method=method)
            for more, method in (("", "GET"), ("", "POST"), (" to {method}", "HEAD"))
        ],
        [],
        ["answers 200 with no credential"],
    ),
    "methods that were held are not among every one": (
        [finding("AV601", "{method} gets {status} after the sunset", status=201, method=method) for method in MANY[1:]]
        + [finding("AV601", "{method} gets {status} after the sunset", status=404, method="PATCH")],
        [held("AV601", Setting("410", "GET"))],
        ["PATCH, POST or PUT gets 201 or 404 after the sunset"],
    ),
    "sentences that differ in one word, where they are few": (
        [finding("AV301", f"the body does not conform at /{name} (type)", status=200) for name in ("a", "b", "c")],
        [],
        [f"the body does not conform at /{name} (type)" for name in ("a", "b", "c")],
    ),
    "no error wears it": (
        [
            finding("AV401", "{status} for {asked} does not wear the envelope 'e'", status=status, asked=asked)
            for status, asked in ((404, "no version"), (422, "bad data"), (405, "a wrong method"))
        ],
        [],
        ["no error wears the envelope 'e'"],
    ),
    "a status that wears no version's envelope": (
        [
            *(
                finding(
                    "AV401", f"{{status}} for {{asked}} does not wear the envelope {worn}", asked=asked, version=version
                )
                for worn, asked, version in (
                    ("'v1' or 'v2'", "two carriers that disagree", "v1"),
                    ("'v1' or 'v2'", "two carriers that disagree", "v2"),
                    ("'v1'", "bad data", "v1"),
                    ("'v2'", "bad data", "v2"),
                )
            ),
        ],
        [held("AV401", Setting("422", "GET"))],
        ["404 for bad data or two carriers that disagree does not wear the envelope 'v1' or 'v2'"],
    ),
    "statuses that lack the envelopes of different versions": (
        [
            finding("AV401", f"{{status}} for {{asked}} does not wear the envelope {worn}", status=status)
            for worn, status in (("'v1'", 404), ("'v2'", 405))
        ],
        [],
        [
            f"{status} for a request does not wear the envelope {worn}"
            for worn, status in (("'v1'", 404), ("'v2'", 405))
        ],
    ),
    "what is deleted nowhere": (
        [finding("AV319", f"what DELETE /{name}/{{{{id}}}} deleted is still there", status=200) for name in ("a", "b")],
        [],
        ["what DELETE /a/{id} or DELETE /b/{id} deleted is still there"],
    ),
    "what any of many writes loses": (
        [
            finding("AV318", f"note is not what {method} /{name} sent", status=200)
            for method, name in (("POST", "a"), ("PUT", "a/{{id}}"), ("POST", "b"))
        ],
        [],
        ["note is not what any of 3 writes sent"],
    ),
    "what different writes lose": (
        [finding("AV318", f"{name} is not what POST /{name} sent", status=200) for name in ("a", "b")],
        [],
        ["a is not what POST /a sent", "b is not what POST /b sent"],
    ),
    "more than two kinds of request": (
        [finding("AV402", "{asked} gets {status}", status=500, asked=asked) for asked in ("one", "two", "three")],
        [held("AV402", Setting("200", "GET"))],
        ["any of 3 kinds of request gets 500"],
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_the_first_line_says_what_varies_and_what_does_not(name: str) -> None:
    """Each case's findings have just these causes, whatever the order they came in."""
    findings, seen, lines = LINES[name]
    for order in (findings, findings[::-1], findings[len(findings) // 2 :] + findings[: len(findings) // 2]):
        found = causes(order, seen)
        assert [cause.line for cause in found] == lines
        assert sorted(map(str, _all(found))) == sorted(map(str, findings))


def _all(found: tuple[Cause, ...]) -> list[Finding]:
    return [each for cause in found for each in cause.all_findings]


def test_the_strongest_example_comes_first() -> None:
    """A success that should have been refused stands before a failure, and that before a refusal with another status."""
    statuses = (404, 500, 200, 302)
    found = [finding("AV204", "a version gets {status}", status=status, method="PUT") for status in statuses]

    (cause,) = causes(found)

    assert [each.status for each in cause.findings] == [200, 500, 302, 404]


SAME = tuple(range(20))
FOLDED = {
    "a failure explains whatever else its answer lacks": (("AV301", SAME[:2]), ("AV402", SAME), {"AV402": ["AV301"]}),
    "who answers explains what the answer lacks": (("AV501", SAME[:2]), ("AV210", SAME), {"AV210": ["AV501"]}),
    "the same answers, the graver theme on top": (("AV701", SAME), ("AV401", SAME), {"AV401": ["AV701"]}),
    "some of many answers may have a cause of their own": (
        ("AV701", SAME),
        ("AV401", SAME[:2]),
        {"AV401": [], "AV701": []},
    ),
    "other answers": (("AV402", SAME[:9]), ("AV301", SAME[9:]), {"AV402": [], "AV301": []}),
    "what headers lack explains no body": (("AV501", SAME), ("AV301", SAME[:2]), {"AV301": [], "AV501": []}),
    "what is not about answers": (("AV101", ()), ("AV102", ()), {"AV101": [], "AV102": []}),
}


@pytest.mark.parametrize("name", FOLDED)
def test_what_explains_others_stands_above_them(name: str) -> None:
    """Causes that show on the same answers are told under the one that explains them."""
    one, other, expected = FOLDED[name]
    findings = [replace(finding(code, code), answers=answers) for code, answers in (one, other)]

    found = causes(findings)

    assert {cause.code: [each.code for each in cause.also] for cause in found} == expected


LATE = finding("AV601", "{method} gets {status} after the sunset", status=200)
EARLY = finding("AV604", "{version} answers {status} before its sunset".replace("{version}", "v1"), status=410)
UNREAD = finding("AV200", "v1 does not answer through the {carrier}", status=400, carrier="accept", method="POST")
FAULT = "the status of data that is not valid is not that of v1"
FOLLOWING = {
    # name: a cause, another one that shows on other answers, and whether it follows from it
    "a list with what outlives its end": (LATE, finding("AV222", "/versions lists v1, which is sunset"), True),
    "a refusal with it": (LATE, finding("AV218", "the 404 for this lists v1, which does not serve"), True),
    "a list with something else": (LATE, finding("AV222", "/versions lists v12, which is planned"), False),
    "a list without what ends early": (EARLY, finding("AV222", "/versions leaves v1 out"), True),
    "what is not there because it ended early": (
        EARLY,
        finding("AV301", "status {status} is not in the contract", status=410),
        True,
    ),
    "another status than that of the early end": (
        EARLY,
        finding("AV301", "status {status} is not in the contract", status=418),
        False,
    ),
    "another version than the one that ends early": (
        EARLY,
        finding("AV301", "status {status} is not in the contract", status=410, version="v2"),
        False,
    ),
    "a credential that is asked for before the end, with one and without": (
        finding("AV601", "{method} gets {status} after the sunset", status=401, operation="GET /version"),
        finding("AV607", "a request without a credential gets {status} after the sunset", status=401),
        True,
    ),
    "another fault that goes before the end": (
        finding("AV601", "{method} gets {status} after the sunset", status=401, operation="GET /version"),
        finding("AV607", "a body that is none gets {status} after the sunset", status=422, method="POST"),
        False,
    ),
    "a credential that another version asks for before its end": (
        finding("AV601", "{method} gets {status} after the sunset", status=401, operation="GET /version"),
        finding("AV607", "a request without a credential gets {status} after the sunset", status=401, version="v0"),
        False,
    ),
    "what a late end does not explain": (LATE, finding("AV301", "the body does not conform", status=200), False),
    "what is below a prefix that redirects after its end": (
        finding("AV601", "{method} gets {status} after the sunset", status=308, version="plain"),
        finding("AV204", "a malformed version is redirected with {status} ({probe!r})", status=308, probe="v0x"),
        True,
    ),
    "a text that is taken beside a late end": (LATE, finding("AV204", TAKEN, status=200, probe="v0x"), False),
    "a form of a carrier that is not read": (
        UNREAD,
        finding("AV215", "v1 is not read", carrier="accept", method="POST"),
        True,
    ),
    "a carrier that outweighs the one that is not read": (
        UNREAD,
        finding("AV209", "a conflict of carriers is accepted", carrier="header", method="POST"),
        True,
    ),
    "a form of another carrier": (UNREAD, finding("AV215", "v1 is not read", carrier="header", method="POST"), False),
    "another operation": (UNREAD, finding("AV215", "v1 is not read", carrier="accept", method="PUT"), False),
    "the same operation of another version": (
        UNREAD,
        finding("AV215", "v2 is not read", carrier="accept", method="POST", version="v2"),
        False,
    ),
    "what was written and is not found is not changed, either": (
        finding("AV318", "what POST /things created cannot be read", operation="GET /things/{{id}}"),
        finding("AV302", "no request succeeds: {status}", method="PUT", operation="PUT /things/{{id}}"),
        True,
    ),
    "what is refused for another reason": (
        finding("AV318", "what POST /things created cannot be read", operation="GET /things/{{id}}"),
        finding("AV302", "no request succeeds: {status}", status=422, method="PUT", operation="PUT /things/{{id}}"),
        False,
    ),
    "a member that the version lacks and its alias has": (
        finding("AV301", "the body does not conform at /data/* (required: owner)", status=200),
        finding("AV309", "/data/*/owner is not as in v1", status=200, version="plain"),
        True,
    ),
    "a default that the alias alone has otherwise": (
        finding("AV313", "owner was left out and is not its default", status=201, version="plain"),
        finding("AV309", "/owner is not as in v1", status=201, version="plain"),
        True,
    ),
    "a method that gets another status than in the version before": (
        finding("AV407", "PATCH, which the contract does not have on the path, gets {status}"),
        finding("AV403", "the status of a method the path does not have is not that of v0"),
        True,
    ),
    "another fault than a wrong method": (
        finding("AV407", "PATCH, which the contract does not have on the path, gets {status}"),
        finding("AV403", "the code of what is not there is not that of v0"),
        False,
    ),
    "a code with the status of another, which is not that of the version before": (
        finding("AV404", "INVALID comes with {status}", status=400, version="v2"),
        finding("AV403", FAULT, status=400, version="v2", expected="422, as in v1", received="400"),
        True,
    ),
    "a code with the status of another, which is not that of the version after": (
        finding("AV404", "INVALID comes with {status}", status=400),
        finding("AV403", FAULT, version="v2", expected="400, as in v1", received="422"),
        True,
    ),
    "a code that is not listed, which is not that of the version before": (
        finding("AV405", "the error code WRONG is not listed", status=422, version="v2"),
        finding("AV403", FAULT, status=422, version="v2", expected="INVALID, as in v1", received="WRONG"),
        True,
    ),
    "a status that is not that of the version before, where both are right": (
        finding("AV404", "MISSING comes with {status}", status=400, version="v2"),
        finding("AV403", FAULT, status=422, version="v2", expected="413, as in v1", received="422"),
        False,
    ),
    "another operation with the status of another": (
        finding("AV404", "INVALID comes with {status}", status=400, version="v2", operation="PUT /things"),
        finding("AV403", FAULT, status=400, version="v2", expected="422, as in v1", received="400"),
        False,
    ),
    "a member that both have, and not alike": (
        finding("AV301", "the body does not conform at /data/* (required: owner)", status=200),
        finding("AV309", "/data/*/own is not as in v1", status=200, version="plain"),
        False,
    ),
    "a status that is not alike": (
        finding("AV301", "the body does not conform at /status (type)", status=200),
        finding("AV309", "status is not as in v1", status=200, version="plain"),
        False,
    ),
    "a warning explains nothing": (
        replace(LATE, severity=Severity.WARNING),
        finding("AV222", "/versions lists v1, which is sunset"),
        False,
    ),
}


def test_what_opens_to_everybody_is_one_cause() -> None:
    """Who has another key gets in where who has none does; where only who has another key does, that is told."""
    bare, key = (
        finding("AV316", f"answers {{status}} with {what}", status=204)
        for what in ("no credential", "the credential 'Key'")
    )
    elsewhere = replace(key, operation="GET /other")

    assert [cause.line for cause in causes([key, bare])] == ["answers 204 with no credential"]
    assert len(causes([elsewhere, bare])) == 2


def test_a_guard_that_takes_wrong_keys_is_one_cause() -> None:
    """A key that may only read opens what any key opens, and what is open to all; where a reader alone gets in, that is told."""
    reader = finding("AV321", "{method} with the credential reader, which may only read, is accepted", status=204)
    refused = finding("AV321", "POST with the credential reader, which may only read, gets the error code gone")
    for what in ("no credential", "a wrong 'Key'", "an empty 'Key'", "'Key' and more behind it"):
        open_ = finding("AV316", f"answers {{status}} with {what}", status=204)

        assert [[each.code for each in cause.also] for cause in causes([reader, open_])] == [["AV321"]]
        assert len(causes([refused, open_])) == 2
    assert len(causes([reader, finding("AV316", "answers {status} with the credential 'Staff'", status=204)])) == 2


def test_a_link_that_leads_elsewhere_is_one_cause() -> None:
    """What is not there is told under the link that should have led to another place; a link of another operation by itself."""
    astray = finding("AV505", 'the link rel="successor-version" leads to another operation')
    dead = finding("AV505", "the successor link is dead", status=200)

    assert [len(cause.also) for cause in causes([dead, astray])] == [1]
    assert len(causes([replace(dead, operation="GET /other"), astray])) == 2


def test_versions_that_nobody_declared_are_one_cause() -> None:
    """Where unknown versions are taken, so are the next ones, and zeros before a number; what is not released yet is another matter."""
    unknown = finding("AV203", "an unknown version is accepted ({probe!r} in the {carrier})", status=200, probe="v99")
    near = finding("AV208", "{probe} answers, though no such version is declared and released", status=200, probe="v8")
    zeros = ("is a declared version with zeros before its number",)
    written = finding("AV204", TAKEN, status=200, probe="v07", texts=zeros)
    early = finding("AV208", "v8, which is not released before 2027-01-01, is accepted", status=200, probe="v8")
    longer = finding("AV204", TAKEN, status=200, probe="v7x", texts=("starts with a declared version",))

    (cause,) = causes([near, unknown, written])
    assert (cause.code, [each.code for each in cause.also]) == ("AV203", ["AV204", "AV208"])
    assert [len(cause.also) for cause in causes([unknown, early, longer])] == [0, 0, 0]
    assert len(causes([unknown, replace(near, settings=(near.settings[0]._replace(carrier="header"),))])) == 2


def test_bodies_of_several_versions_are_one_cause() -> None:
    """A body is told by the operation it is of, which may have the same name here."""
    found = [
        finding(
            "AV311", "a body of {probe} is accepted in v1", status=201, method="POST", probe=f"POST /things of {each}"
        )
        for each in ("v2", "v3")
    ]

    (cause,) = causes(found)
    assert cause.line == "a body of 'POST /things of v2' or 'POST /things of v3' is accepted in v1"


def test_operations_of_another_version_are_one_cause() -> None:
    """Whether they answer, or only their routes are there."""
    reads = finding("AV311", "{probe} answers in v2, which does not have it", status=200, probe="GET /old of v1")
    writes = finding("AV311", "{probe} is routed in v2, which does not have it", status=422, probe="POST /old of v1")

    (cause,) = causes([writes, reads])
    assert cause.line == "'GET /old of v1' or 'POST /old of v1' answers in v2, which does not have it"


def test_a_link_of_a_header_and_a_body_is_one_cause() -> None:
    """What a body says again of the links in a header stands below it; links elsewhere, or of other answers, are another matter."""
    header = finding("AV312", "a link at Link leads to v7", status=200, answers=(1, 2, 3, 4))
    body = finding("AV312", "a link at /data/next leads to v7", status=200, answers=(1, 2, 3))
    two, more = replace(body, summary="a link at /data/next leads to v6"), replace(body, answers=(3, 5))

    assert [len(cause.also) for cause in causes([body, header])] == [1]
    assert [len(cause.also) for cause in causes([two, header])] == [0, 0]
    assert [len(cause.also) for cause in causes([more, header])] == [0, 0]


@pytest.mark.parametrize("version", ["a declared version", "a version that answers"])
def test_what_may_follow_a_version_is_one_cause(version: str) -> None:
    """Where any text behind a version is taken, or behind one that answers, so is another digit; texts of another kind are another matter."""
    kinds = ("starts with a declared version",)
    texts = [
        finding("AV204", TAKEN, status=200, probe=f"v1{each}", texts=(f"starts with {version}",)) for each in "xyz"
    ]
    digits = [
        finding(
            "AV208",
            "{probe} answers, though no such version is declared and released",
            status=200,
            probe=each,
            texts=kinds,
        )
        for each in ("v10", "v11", "v12")
    ]

    (cause,) = causes([*digits, *texts])
    assert (cause.code, [each.code for each in cause.also]) == ("AV204", ["AV208"])


def _answered(each: Finding, body: str) -> Finding:
    return replace(each, answer=f"{each.status}\nContent-Type: application/json\n\n{body}")


DISGUISE = "a {status} wears the error envelope 'error'"
LET_IN = "answers {status} with no credential"


@pytest.mark.parametrize(
    ("code", "body", "told"),
    [
        ("AV316", '{"error": {}, "success": false}', 1),  # a refusal that came as a success
        ("AV316", "", 2),  # nothing tells what it was
        ("AV316", '{"data": []}', 2),  # who shows no credential is let in
        ("AV301", '{"success": true, "error": {"code": "NO"}}', 1),
        ("AV301", '{"success": true}', 2),
        ("AV320", '{"error": {}, "success": false}', 2),
    ],
)
def test_errors_that_come_as_successes_are_one_cause(code: str, body: str, told: int) -> None:
    """What is taken for a success there is one of these errors, and stands below; what is one stays a cause of its own."""
    worn = _answered(finding("AV406", DISGUISE, status=200), '{"success": false, "error": {"code": "NO"}}')
    other = _answered(finding(code, LET_IN, status=200), body)
    found = causes([other, worn])

    assert found[0].code == "AV406"
    assert len(found) == told


@pytest.mark.parametrize(
    ("statuses", "method", "told"),
    [((200,), "HEAD", 1), ((200, 204), "HEAD", 2), ((200,), "GET", 2)],
)
def test_headers_that_lack_on_one_kind_of_answer_are_one_cause(
    statuses: tuple[int, ...], method: str, told: int
) -> None:
    """Who gives an answer of one kind adds no header to it, whether one version promises it or all do."""
    announced = finding("AV501", MISSING, status=200, method="HEAD", answers=(1, 2))
    promised = [
        finding("AV701", "X-Trace is missing on a {status}", status=status, method=method, answers=(1, 2, 3, 4))
        for status in statuses
    ]

    assert len(causes([announced, *promised])) == told


NEVER_READ = "v1 does not answer through the {carrier}"


@pytest.mark.parametrize(
    ("code", "line", "version", "carrier", "operation", "told"),
    [
        ("AV401", "{status} does not wear the envelope 'error'", "v1", "accept", "GET /things", 1),
        ("AV501", MISSING, "v1", "accept", "GET /things", 1),
        ("AV502", "Sunset on a version that is not deprecated", "v1", "accept", "GET /things", 1),
        ("AV401", "{status} does not wear the envelope 'error'", "v1", "path", "GET /things", 2),
        ("AV401", "{status} does not wear the envelope 'error'", "v2", "accept", "GET /things", 2),
        ("AV203", "an unknown version is accepted ({probe!r} in the {carrier})", "v2", "accept", "GET /others", 1),
        ("AV203", "an unknown version is accepted ({probe!r} in the {carrier})", "v2", "header", "GET /others", 2),
        ("AV203", "an unknown version gets {status}", "v2", "accept", "GET /others", 2),
    ],
)
def test_a_carrier_that_is_never_read_is_one_cause(
    code: str, line: str, version: str, carrier: str, operation: str, told: int
) -> None:
    """Another version answers through it, which announces and refuses in its own way; and it refuses no version nobody declared."""
    unread = finding("AV200", NEVER_READ, status=404, carrier="accept")
    other = finding(code, line, version=version, carrier=carrier, operation=operation, probe="9", answers=(1,))

    assert len(causes([unread, other])) == told


def test_an_unknown_version_where_a_carrier_is_read_elsewhere_is_a_cause_of_its_own() -> None:
    """A carrier that one operation forgets is read by the others, which have to refuse what nobody declared."""
    unread = finding("AV200", NEVER_READ, status=404, carrier="accept")
    other = finding("AV203", "an unknown version is accepted", version="v2", carrier="accept", operation="GET /others")
    seen = held("AV200", Setting("200", "GET", "accept"), item="GET /others")

    assert len(causes([unread, other], [seen])) == 2


@pytest.mark.parametrize(("version", "told"), [("v1", 1), ("v3", 2)])
def test_a_wrong_default_refuses_the_keys_of_another_version(version: str, told: int) -> None:
    """Who names no version and comes with the key of the declared default is refused by the one that answers instead."""
    answered = finding("AV207", "a request without a version is answered by v2", status=200)
    refused = finding("AV207", "a request without a version is refused", status=401, version=version, answers=(1,))

    assert len(causes([answered, refused])) == told


SIMILAR = "Accept: application/json; xversion=1; version=2"


@pytest.mark.parametrize(
    ("probe", "carrier", "told"),
    [
        pytest.param(SIMILAR, "accept", 1, id="a-name-that-ends-alike"),
        pytest.param("Accept: application/json;version=2", "accept", 2, id="another-form"),
        pytest.param(SIMILAR, "header", 2, id="another-carrier"),
    ],
)
def test_a_search_for_versions_is_one_cause(probe: str, carrier: str, told: int) -> None:
    """Where texts are taken that begin with a version, a parameter whose name only ends alike may be read, too."""
    taken = [
        finding("AV204", TAKEN, status=200, probe=f"2{each}", carrier="accept", texts=STARTS)
        for each in ("x", ";", "+")
    ]
    unread = finding("AV215", "v2 is not read in {probe!r}: v1 answers", status=200, probe=probe, carrier=carrier)

    assert len(causes([unread, *taken])) == told


FALLS = "a bad version in the path falls through to a weaker carrier"


@pytest.mark.parametrize(
    ("texts", "carrier", "told"),
    [
        pytest.param(STARTS, "path", 1, id="the-same-texts"),
        pytest.param(("is in capital letters",), "path", 2, id="other-texts"),
        pytest.param((), "path", 2, id="texts-that-are-like-no-version"),
        pytest.param(STARTS, "header", 2, id="another-carrier"),
    ],
)
def test_what_is_taken_alone_is_taken_beside_a_weaker_carrier(texts: tuple[str, ...], carrier: str, told: int) -> None:
    """Where texts are taken that begin with a version, they are not refused on operations either that were asked only with a weaker carrier beside them."""
    taken = [finding("AV204", TAKEN, status=200, probe=f"v1{each}", texts=STARTS) for each in ("x", ";", "+")]
    beside = finding("AV206", FALLS, status=204, method="DELETE", probe="v1, in the path", carrier=carrier, texts=texts)

    assert len(causes([beside, *taken])) == told


@pytest.mark.parametrize(("carrier", "told"), [("path", 1), ("header", 2)])
def test_an_unknown_version_that_is_taken_is_taken_beside_a_weaker_carrier(carrier: str, told: int) -> None:
    """Where versions are taken that nobody declared, a weaker carrier beside them changes nothing."""
    taken = finding("AV203", "an unknown version is accepted ({probe!r} in the {carrier})", status=200, probe="v99")
    beside = finding("AV206", FALLS, status=204, method="DELETE", probe="v99 in the path", carrier=carrier)

    assert len(causes([beside, taken])) == told


REPLAY = "requests that name the version in different ways get one answer, as from a cache: /id is the same"


@pytest.mark.parametrize(
    ("code", "status", "method", "carrier", "told"),
    [
        pytest.param("AV207", 200, "GET", "", 1, id="another-version-answers"),
        pytest.param("AV501", 200, "HEAD", "header", 1, id="what-is-added-behind-the-cache"),
        pytest.param("AV210", 200, "GET", "path", 2, id="a-carrier-that-is-told-apart"),
        pytest.param("AV205", 201, "POST", "header", 2, id="a-method-that-is-not-kept"),
        pytest.param("AV404", 404, "GET", "header", 2, id="another-theme"),
    ],
)
def test_what_a_cache_mixes_up_is_one_cause(code: str, status: int, method: str, carrier: str, told: int) -> None:
    """Where one answer is given whatever version is named, whatever else is wrong with such answers is told under it."""
    replays = [finding("AV314", REPLAY, status=200, carrier=each) for each in ("header", "accept")]
    other = finding(code, "it is not as promised", status=status, method=method, carrier=carrier)
    found = causes([other, *replays])

    assert len(found) == told
    assert told > 1 or found[0].line == REPLAY


OTHERWISE = "asked for {}, X-Version says {}"


@pytest.mark.parametrize(
    ("said", "code", "method", "operation", "told"),
    [
        pytest.param("v1", "AV203", "GET", "GET /things", 1, id="an-unknown-version-there"),
        pytest.param("v1", "AV201", "GET", "GET /things", 1, id="no-version-there"),
        pytest.param("v1", "AV203", "POST", "POST /things", 2, id="a-write"),
        pytest.param("v1", "AV203", "GET", "GET /others", 2, id="another-operation"),
        pytest.param("v1", "AV404", "GET", "GET /things", 2, id="another-theme"),
        pytest.param("nothing on a 200", "AV203", "GET", "GET /things", 2, id="no-version-is-said-to-answer"),
    ],
)
def test_readings_that_other_versions_answer_are_one_cause(
    said: str, code: str, method: str, operation: str, told: int
) -> None:
    """Where other versions answer what is read, whatever is taken there for a version is told under it."""
    top = finding("AV210", OTHERWISE.format("v2", said), status=200, operation="GET /things", version="v2")
    other = finding(code, "a version is accepted", status=200, method=method, operation=operation)
    found = causes([other, top])

    assert len(found) == told
    assert told > 1 or found[0].code == "AV210"


@pytest.mark.parametrize("name", FOLLOWING)
def test_what_follows_from_others_stands_below_them(name: str) -> None:
    """What is gone when another cause is mended is told under it, though it shows on other answers."""
    top, other, expected = FOLLOWING[name]

    found = {cause.code: [each.code for each in cause.also] for cause in causes([other, top])}

    assert found == ({top.code: [other.code]} if expected else {top.code: [], other.code: []})


def test_ways_to_ask_the_same_are_one_cause() -> None:
    """What is said of a request without a version is said once, however it was left out; a way that is alone in it is named."""
    plain, way = (
        "a request without a version is answered by v2",
        "a request without a version ({probe!r}) is answered by v2",
    )
    found = causes([finding("AV207", plain), finding("AV207", way, probe="no Accept")])
    alone = causes([finding("AV207", way, probe="no Accept")])

    assert [cause.line for cause in found] == [plain]
    assert [cause.line for cause in alone] == ["a request without a version ('no Accept') is answered by v2"]


SUNSET = "Sunset is not written as imf-fixdate: {date} ends in '+0000'"


def test_values_behind_a_colon_are_one_cause() -> None:
    """One mistake in the writing of two dates is told once, with one of them; another mistake is told apart."""
    dates = [SUNSET.format(date=repr(each)) for each in ("Tue, 01 Jun", "Mon, 01 Mar")]
    found = causes([finding("AV503", each) for each in (*dates, dates[0].replace("ends in", "has no"))])

    assert sorted(cause.line.partition("'")[0] for cause in found) == ["Sunset is not written as imf-fixdate: "] * 2


def test_days_are_one_cause() -> None:
    """A weekday that is wrong in two dates is told once, with one of them; an unknown member is not."""
    text = "Sunset is not written as imf-fixdate: {} is a {}, not a {}"
    days = [text.format("01 Jun 2027", "Tue", "Mon"), text.format("01 Mar 2027", "Mon", "Tue")]
    found = causes([finding("AV503", each) for each in days])

    assert len(found) == 1
    assert found[0].line in days


ERRORS = (400, 404, 422)


@pytest.mark.parametrize(
    ("statuses", "others", "code", "told"),
    [
        pytest.param(ERRORS, ERRORS, "AV701", 1, id="both-on-errors-only"),
        pytest.param(ERRORS, ERRORS, "AV301", 2, id="what-is-no-header"),
        pytest.param(ERRORS, (200, *ERRORS), "AV701", 2, id="on-successes-too"),
        pytest.param((404,), ERRORS, "AV701", 2, id="on-one-error"),
        pytest.param(ERRORS, (404,), "AV701", 2, id="the-other-on-one-error"),
    ],
)
def test_headers_of_successes_are_one_cause(
    statuses: tuple[int, ...], others: tuple[int, ...], code: str, told: int
) -> None:
    """What adds one header to successes only adds others so, on answers of another version, too."""
    missing = [finding("AV501", MISSING, status=each) for each in statuses]
    more = [finding(code, "X-Limit is missing on a {status}", status=each, version="v2") for each in others]
    found = causes([*more, *missing])

    assert len(found) == told
    assert found[0].code == "AV501" or told > 1


def test_what_is_read_leniently_is_one_cause() -> None:
    """What is no version and is read as one is refused as one nobody declared, in the same carrier; another code is told apart."""
    text = "a malformed version gets the error code {} (header)"
    taken = finding("AV204", TAKEN, status=200, probe="+1", carrier="header")
    refused = finding(
        "AV204", f"{text.format('UNKNOWN')}, as an unknown one does", status=400, probe="+7", carrier="header"
    )
    gone = finding("AV204", text.format("GONE"), status=400, probe="x", carrier="header")

    assert [len(cause.also) for cause in causes([refused, taken])] == [1]
    assert len(causes([replace(refused, settings=(Setting("400", "GET", "query"),)), taken])) == 2
    assert len(causes([gone, taken])) == 2


MEMBER = "the body does not conform at {} ({})"


@pytest.mark.parametrize(
    ("one", "other", "answers", "told"),
    [
        pytest.param("/weight/unit", "/weight/value", (1, 2), 1, id="of-one-object"),
        pytest.param("/items/*/weight/unit", "/items/*/weight/value", (1, 2), 1, id="in-a-list"),
        pytest.param("/weight/unit", "/weight/value", (1, 9), 2, id="on-other-answers"),
        pytest.param("/weight/unit", "/size/value", (1, 2), 2, id="of-two-objects"),
        pytest.param("/items/*/unit", "/items/*/value", (1, 2), 2, id="of-a-thing"),
        pytest.param("/data/unit", "/data/value", (1, 2), 2, id="of-a-wrapped-thing"),
    ],
)
def test_members_of_one_object_are_one_cause(one: str, other: str, answers: tuple[int, ...], told: int) -> None:
    """An object that is wrong in two members is told once; a thing that is so has two faults."""
    unit = finding("AV301", MEMBER.format(one, "const"), status=200, answers=(1, 2, 3))
    value = finding("AV301", MEMBER.format(other, "type"), status=200, answers=answers)

    assert len(causes([unit, value])) == told


def test_what_versions_name_otherwise_is_one_cause() -> None:
    """A member that is lost in two versions is told once, though each has its own name for it; two members of one version are two."""
    text = "the answer to PUT /things shows another {} than it sent, and than is read"
    old = finding("AV318", text.format("receiver"), status=200, method="PUT")
    new = finding("AV318", text.format("recipient"), status=200, method="PUT", version="v2")

    assert [len(cause.also) for cause in causes([old, new])] == [1]
    assert len(causes([old, replace(new, version="v1")])) == 2
    assert len(causes([old, replace(new, operation="PUT /depots")])) == 2


@pytest.mark.parametrize("found", ["starts with a declared version", "has a version that answers in it"])
def test_what_is_looked_for_in_a_text_is_found_in_two(found: str) -> None:
    """What takes texts with a version in them takes two in one carrier, and one with a digit behind it; in another carrier it is told apart."""
    taken = [finding("AV204", TAKEN, status=200, probe=each, texts=(found,)) for each in ("v1x", "v1.0")]
    behind = ("starts with a declared version",)
    twice = [
        finding(
            "AV209",
            "a carrier given twice is accepted ({probe!r} in the {carrier})",
            status=200,
            probe=each,
            texts=behind,
        )
        for each in ("v1,v2", "v2,v1")
    ]
    digits = [
        finding("AV208", "{probe} answers, though no such version is declared", status=200, probe=each, texts=behind)
        for each in ("v10", "v11")
    ]

    assert len(causes([*twice, *digits, *taken])) == 1
    elsewhere = (Setting("200", "GET", "header", "a request", behind),)

    assert len(causes([*(replace(each, settings=elsewhere) for each in twice), *taken])) == 2


WON = "v2 answers for {probe}, which nobody declared"
RESCUED = "an unknown version is rescued by what nobody declared: {probe}"
ALONE = "v1 is selected by what nobody declared: {probe}"


@pytest.mark.parametrize(
    ("place", "told"), [("?version=", 1), ("X-API-Version: ", 2), ("Accept: application/json; version=", 2)]
)
def test_a_place_that_nobody_declared_is_one_cause(place: str, told: int) -> None:
    """A version that counts there beside a declared one does so beside an unknown one and alone; another place is told apart."""
    won = finding("AV219", WON, status=200, probe="v1 in the path, ?version=v2")
    rescued = finding("AV219", RESCUED, status=200, probe=f"v9 in the path, {place}v1")
    alone = finding("AV219", ALONE, status=200, probe=f"no version where one belongs, {place}v1")
    found = causes([alone, rescued, won])

    assert len(found) == told
    assert min(cause.line for cause in found if "v2 answers" in cause.line)
    assert [len(cause.also) for cause in causes([alone, rescued])] == [1]


def test_what_is_shown_otherwise_is_so_when_it_is_written_back() -> None:
    """A member that one version shows otherwise is told once, though another version wrote it back; other members and readings are told apart."""
    shown = finding("AV320", "tags is not what v1 POST /notes shows", status=200, version="v2")
    back = finding("AV320", "tags does not survive v1 PATCH /notes/{{id}}", status=200, version="v2")

    assert [len(cause.also) for cause in causes([back, shown])] == [1]
    assert len(causes([replace(back, summary=back.summary.replace("tags", "name")), shown])) == 2
    assert len(causes([replace(back, version="v1"), shown])) == 2


def test_a_wrong_default_answers_whatever_stands_elsewhere() -> None:
    """The version that answers who names none answers so where another text names it in no declared place; another version's effect is its own."""
    default = finding("AV207", "a request without a version is answered by v2", status=200)
    stray = finding(
        "AV219", "v2 answers for 'no version where one belongs, ?version=2', which nobody declared", status=200
    )

    assert [len(cause.also) for cause in causes([stray, default])] == [1]
    assert len(causes([replace(stray, summary=stray.summary.replace("v2 answers", "v3 answers")), default])) == 2
    assert (
        len(causes([replace(stray, summary=stray.summary.replace("no version where one belongs", "v1")), default])) == 2
    )


def test_carriers_in_the_wrong_order_are_one_cause() -> None:
    """A carrier that wins over one wins over another; a refusal of both is told apart."""
    path = finding("AV205", "a weaker carrier wins over the path", status=200)
    header = finding("AV205", "a weaker carrier wins over the header", status=200, carrier="header")
    refused = finding("AV205", "carriers that disagree are refused", status=400)

    assert len(causes([path, header])) == 1
    assert len(causes([path, refused])) == 2


def test_what_goes_by_the_version_that_answers_name_follows_from_a_wrong_name() -> None:
    """Where answers name another version, it seems to win over the right one, and to be read; another carrier is told apart."""
    named = finding(
        "AV210", "asked for v2, /meta/version says v1", status=200, carrier="header", version="v2", answers=(1,)
    )
    wins = finding(
        "AV205",
        "a weaker carrier wins over the header",
        status=200,
        carrier="header",
        expected="v2 answers: header > accept",
        answers=(2,),
    )

    assert [len(cause.also) for cause in causes([wins, named])] == [1]
    assert len(causes([replace(wins, settings=finding("AV205", "", carrier="path").settings), named])) == 2


def test_what_a_version_shows_otherwise_it_shows_so_to_all_who_wrote_it() -> None:
    """A member that is not read as it was written is told once, though others wrote it, or get it back; other members and versions are told apart."""
    read = finding("AV318", "dueDate is not what POST /notes sent", status=200, version="v2")
    shown = finding("AV320", "dueDate is not what v1 POST /notes shows", status=200, version="v2")
    back = finding("AV320", "due_date does not survive v2 PATCH /notes/{{id}}", status=200, version="v1")

    assert [len(cause.also) for cause in causes([shown, read, back])] == [2]
    assert len(causes([replace(shown, summary=shown.summary.replace("dueDate", "name")), read])) == 2
    assert len(causes([replace(shown, version="v3", operation="GET /others"), read])) == 2
    assert len(causes([replace(back, summary=back.summary.replace("v2", "v3")), read])) == 2


def test_other_members_of_another_versions_things_are_no_cause_of_their_own() -> None:
    """Where answers lack several required members, what else is wrong inside the same things in no other answers is told with that."""
    lacks = "the body does not conform at /data (required: {})"
    old = finding("AV301", lacks.format("name, size"), status=201, method="POST", answers=(1,))
    new = finding("AV301", lacks.format("title, weight"), status=201, method="POST", version="v2", answers=(2,))
    kinds = [
        finding(
            "AV301",
            "the body does not conform at /data/price (type)",
            status=201,
            method="POST",
            version=version,
            answers=(number,),
        )
        for number, version in enumerate(("v1", "v2"), 1)
    ]

    assert len(causes([old, new, *kinds])) == 1
    assert len(causes([old, new, *kinds, replace(kinds[0], answers=(3,))])) == 2


@pytest.mark.parametrize("place", ["its root", "/data"])
def test_bodies_that_took_each_others_place_are_one_cause(place: str) -> None:
    """Where each of two versions lacks, in the same operation, what it requires; elsewhere and in one version they are told apart."""
    text = f"the body does not conform at {place} (required: {{}})"
    old = finding("AV301", text.format("receiver"), status=201, method="POST")
    new = finding("AV301", text.format("recipient, notes"), status=201, method="POST", version="v2")

    assert [len(cause.also) for cause in causes([old, new])] == [1]
    assert len(causes([replace(old, operation="POST /depots"), new])) == 2
    assert len(causes([replace(old, version="v2"), new])) == 2
    assert len(causes([replace(old, summary=old.summary.replace(place, "/meta")), new])) == 2


@pytest.mark.parametrize(
    ("method", "status", "operation", "version", "told"),
    [
        pytest.param("GET", 200, "GET /things", "v2", 1, id="read"),
        pytest.param("POST", 201, "GET /things", "v2", 3, id="written"),
        pytest.param("GET", 404, "GET /things", "v2", 3, id="refused"),
        pytest.param("GET", 200, "GET /depots", "v2", 2, id="elsewhere"),
        pytest.param("GET", 200, "GET /things", "v3", 2, id="in-a-version-that-refuses"),
    ],
)
def test_a_key_without_a_version_is_one_cause(
    method: str, status: int, operation: str, version: str, told: int
) -> None:
    """What is read without a version is read in one that nobody declared, and other versions lack there what they require; writes are told apart."""
    unknown = [
        finding(
            "AV203",
            "an unknown version is accepted",
            status=status,
            method=method,
            operation="GET /things",
            version=each,
        )
        for each in ("v1", "v2")
    ]
    missing = finding("AV201", "a missing version is accepted", status=200, operation="GET /things")
    body = finding(
        "AV301", "the body does not conform at /* (required: title)", status=200, operation=operation, version=version
    )

    assert len(causes([body, *unknown, missing])) == told
    assert len(causes([replace(body, summary="the body does not conform at /* (type)"), *unknown, missing])) == max(
        told, 2
    )


def test_what_is_the_same_everywhere_is_one_cause() -> None:
    """On the answers of one operation, and on those of several."""
    text = "X-Request-Id is the same on several answers"
    found = causes([finding("AV701", text), finding("AV701", f"{text} of different operations")])

    assert [cause.line for cause in found] == [f"{text} of different operations"]


def test_a_warning_explains_no_error() -> None:
    """What fails the run is never told under what does not."""
    warned = replace(finding("AV402", "a failure"), severity=Severity.WARNING)

    found = causes([warned, replace(finding("AV301", "a body"), answers=warned.answers)])

    assert [(cause.code, [each.code for each in cause.also]) for cause in found] == [("AV301", ["AV402"])]


def test_operations_are_counted_beside_those_that_could_have_shown_it() -> None:
    """By version: how many operations show it, of how many the check judged; an item that is no operation is none."""
    found = [finding("AV501", MISSING, operation=f"GET /{name}") for name in "ab"]
    seen = [held("AV501", Setting("200"), item=item) for item in ("GET /b", "GET /c", "router", "sequence /c")]

    (cause,) = causes(found, seen)

    assert cause.operations == (("v1", 2, 3),)


def test_a_list_of_phrases_with_commas() -> None:
    """What has a comma of its own is told apart from what comes after it by one more."""
    assert listed(["404", "405"], 3) == "404 or 405"
    assert listed(["a request, about nothing", "another request"], 3) == "a request, about nothing, or another request"


REFUSED = "a request the frozen contract accepts gets {status}"


def refused(reason: str, operation: str = "POST /things", status: int = 422) -> Finding:
    """A refusal that gives a reason."""
    return finding("AV302", f"{REFUSED} (refused as {reason})", status=status, method="POST", operation=operation)


def test_unlike_refusals_of_one_operation_are_causes_each() -> None:
    """What the envelope says tells them apart, also in other operations that refuse so."""
    found = causes(
        [refused("too_long for name"), refused("no_such for owner"), refused("too_long for name", "PUT /things/{{id}}")]
    )

    assert sorted((each.line, len(each.findings)) for each in found) == [
        ("a request the frozen contract accepts gets 422 (refused as no_such for owner)", 1),
        ("a request the frozen contract accepts gets 422 (refused as too_long for name)", 2),
    ]


def test_refusals_of_operations_each_with_its_reason_are_one_cause() -> None:
    """One fault shows at what each operation has."""
    found = causes([refused("bad for name"), refused("bad for title", "POST /books"), refused("bad", "POST /pens")])

    assert [(each.line, len(each.findings)) for each in found] == [(REFUSED.format(status=422), 3)]


def test_so_many_reasons_are_told() -> None:
    """A few, and all others as one."""
    found = causes([refused(f"bad for {name}") for name in ("a", "b", "c", "d", "e")])

    assert sorted(len(each.findings) for each in found) == [1, 1, 1, 2]
