"""AV505: a deprecated version's answers point to what the policy says, and the successor is really there."""

from __future__ import annotations

import pytest

from pytest_apiversion.checks.deprecation_links import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind
from pytest_apiversion.core.policy.responses import Deprecation, DeprecationLink
from pytest_apiversion.core.versions.lifecycle import Stage
from tests.checks.builders import (
    ANNOUNCES,
    HEADER,
    SUCCESSOR,
    V1,
    Row,
    agrees,
    alias,
    contract,
    error,
    instant,
    living,
    operation,
    policy,
    response,
    row,
    said,
    scene,
)
from tests.checks.moments import MOMENTS, is_promised

LINKS = Deprecation(links=(SUCCESSOR,))
DOCS = Deprecation(
    links=(DeprecationLink(rel="deprecation", href="https://shop.example/moving#v1", place="deprecation.links[0]"),)
)
HEIRS = {
    "v1": contract("v1", operation("GET /thing/{id}"), operation("GET /old")),
    "v2": contract("v2"),
    "v3": contract("v3"),
}
MAP = policy(deprecation=LINKS, renamed=({"v1": "GET /thing/{id}", "v2": "GET /things/{id}"}, {"v1": "GET /old"}))
WHERE = scene(policy(deprecation=LINKS), "v1")
RENAMED = scene(MAP, "v1", "GET /thing/{id}", contracts=HEIRS)
WRITTEN = scene(
    policy(deprecation=LINKS, renamed=({"v1": "POST /make", "v2": "POST /things"},)),
    "v1",
    "POST /make",
    contracts={**HEIRS, "v1": contract("v1", operation("POST /make"))},
)
NO_HEIR = scene(MAP, "v1", "GET /old", contracts=HEIRS)
NAMED = scene(
    policy(deprecation=Deprecation(links=(DeprecationLink(rel="deprecation", href="/moving/{version}", place="l"),))),
    "v1",
)
MOVED = scene(policy(deprecation=DOCS), "v1")
BOTH = scene(policy(deprecation=Deprecation(headers=ANNOUNCES.headers, links=(SUCCESSOR,))), "v1")
HEADED = scene(policy(HEADER, deprecation=LINKS), "v1")


TYPED = scene(
    policy(
        deprecation=Deprecation(
            links=(DeprecationLink(rel="deprecation", media_type="text/html", language="en", place="l"),)
        )
    ),
    "v1",
)


def link(expected: str | tuple[str, ...], value: str, where: object = WHERE) -> Row:
    """A row in which an answer carries a `Link`."""
    return row(expected, response(200, headers=(("Link", value),)), where)  # type: ignore[arg-type]


SILENT = {
    "version-in-the-target": link("held", "</moving/v1>; rel=deprecation", NAMED),
    "type-and-language": link("held", '</moving>; rel=deprecation; hreflang=de; hreflang=EN; type="text/html"', TYPED),
    "one-of-two-has-them": link(
        "held", "</a>; rel=deprecation, </b>; rel=deprecation; type=text/html; hreflang=en", TYPED
    ),
    "successor": link("held", '</api/v2/things>; rel="successor-version"'),
    "absolute": link("held", '<https://shop.example/api/v2/things>; rel="successor-version"'),
    "behind-a-gateway": link("held", '<https://shop.example/gateway/api/v2/things>; rel="successor-version"'),
    "with-a-query": link("held", '</api/v2/things?page=2>; rel="successor-version"'),
    "rel-without-quotes": link("held", "</api/v2/things>; rel=successor-version"),
    "rel-in-another-case": link("held", '</api/v2/things>; rel="Successor-Version"'),
    "several-rels": link("held", '</api/v2/things>; rel="latest-version successor-version"'),
    "among-others": link("held", '</a>; rel="next", </api/v2/things>; rel="successor-version"; title="v2, of course"'),
    "other-case-of-the-name": row(
        "held", response(200, headers=(("link", '</api/v2/things>; rel="successor-version"'),)), WHERE
    ),
    "two-lines": row(
        "held",
        response(200, headers=(("Link", "</a>; rel=next"), ("Link", "</api/v2/things>; rel=successor-version"))),
        WHERE,
    ),
    "renamed-with-its-id": link("held", '</api/v2/things/th_1>; rel="successor-version"', RENAMED),
    "no-such-method-on-a-renamed-path": row(
        "held",
        response(405, headers=(("Link", '</api/v2/thing/th_1>; rel="successor-version"'),)),
        RENAMED,
        Aim.UNROUTED,
        method="PATCH",
    ),
    "head-where-nothing-is-read": row(
        "held",
        response(405, headers=(("Link", '</api/v2/make>; rel="successor-version"'),)),
        WRITTEN,
        Aim.UNROUTED,
        method="HEAD",
    ),
    "no-such-method-and-the-new-name": row(
        "held",
        response(405, headers=(("Link", '</api/v2/things/th_1>; rel="successor-version"'),)),
        RENAMED,
        Aim.UNROUTED,
        method="PATCH",
    ),
    "a-path-nobody-has": row(
        "held",
        response(404, headers=(("Link", '</api/v2/no-such-route-here>; rel="successor-version"'),)),
        RENAMED,
        Aim.UNKNOWN_DATA,
        fault="routing",
    ),
    "renamed-as-a-template": link("held", '</api/v2/things/{id}>; rel="successor-version"', RENAMED),
    "no-successor-of-this-operation": row("held", response(200), NO_HEIR),
    "version-in-a-header": link("held", '</api/things>; rel="successor-version"', HEADED),
    "exact-target": link("held", '<https://shop.example/moving#v1>; rel="deprecation"', MOVED),
    "nothing-announced-is-av501s": row("unspoken", response(200), BOTH),
    "live": row("unpromised", response(200), scene(policy(deprecation=LINKS))),
    "successor-is-there": row("held", response(200), WHERE, Aim.SUCCESSOR),
    "successor-wants-credentials": row("held", response(401), WHERE, Aim.SUCCESSOR),
    "successor-wants-a-body": row("held", response(422), WHERE, Aim.SUCCESSOR),
}

SPEAK = {
    "another-version-in-the-target": link(
        ('the link rel="deprecation" leads elsewhere',), "</moving/v2>; rel=deprecation", NAMED
    ),
    "another-type": link(
        ('the link rel="deprecation" has not the promised type',),
        "</m>; rel=deprecation; type=text/plain; hreflang=en",
        TYPED,
    ),
    "no-language": link(
        ('the link rel="deprecation" has not the promised hreflang',), "</m>; rel=deprecation; type=text/html", TYPED
    ),
    "no-link": row(('no link with rel="successor-version"',), response(200), WHERE),
    "no-link-on-an-error": row(("no link with",), response(404, error()), WHERE, Aim.UNKNOWN_DATA),
    "another-rel": link(('no link with rel="successor-version"',), '</api/v2/things>; rel="alternate"'),
    "no-rel": link(("no link with",), "</api/v2/things>"),
    "no-brackets": link(("no link with",), '/api/v2/things; rel="successor-version"'),
    "second-rel-does-not-count": link(("no link with",), '</api/v2/things>; rel="next"; rel="successor-version"'),
    "another-operation": link(("leads to another operation",), '</api/v2/other>; rel="successor-version"'),
    "no-uri": link(("leads to another operation",), '<https://[x>; rel="successor-version"'),
    "same-version": link(("leads to another operation",), '</api/v1/things>; rel="successor-version"'),
    "no-such-method-and-somewhere-else": row(
        ("leads to another operation",),
        response(405, headers=(("Link", '</api/v1/thing/th_1>; rel="successor-version"'),)),
        RENAMED,
        Aim.UNROUTED,
        method="PATCH",
    ),
    "head-of-a-renamed-path": row(
        ("leads to another operation",),
        response(200, headers=(("Link", '</api/v2/thing/th_1>; rel="successor-version"'),)),
        RENAMED,
        method="HEAD",
    ),
    "version-swapped-in-a-renamed-path": link(
        ("leads to another operation",), '</api/v2/thing/th_1>; rel="successor-version"', RENAMED
    ),
    "collection-for-a-thing": link(
        ("leads to another operation",), '</api/v2/things>; rel="successor-version"', RENAMED
    ),
    "another-page": link(
        ('the link rel="deprecation" leads elsewhere',), '<https://shop.example/moving>; rel="deprecation"', MOVED
    ),
    "announced-without-link": row(("no link with",), response(200, headers=(("Deprecation", "@1767225600"),)), BOTH),
    "successor-is-not-found": row(("the successor link is dead",), response(404), WHERE, Aim.SUCCESSOR),
    "successor-is-gone": row(("the successor link is dead",), response(410), WHERE, Aim.SUCCESSOR),
    "successor-has-no-such-method": row(("the successor link is dead",), response(405), WHERE, Aim.SUCCESSOR),
    "successor-does-not-answer": row(
        ("the successor link is dead",), NoAnswer(kind=NoAnswerKind.TIMEOUT, detail="10 s"), WHERE, Aim.SUCCESSOR
    ),
    "alias": row(
        ("no link with",), response(200), scene(policy(deprecation=LINKS, aliases={"plain": alias(V1)}), "plain")
    ),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stages it is about, to the instant, at both boundaries, on leap days too."""
    life, as_of, stage = MOMENTS[name]
    where = scene(living(life, deprecation=LINKS), "v1", as_of=instant(as_of))

    assert where.stage is stage
    assert is_promised(CHECK, where) is (stage is Stage.DEPRECATED)


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
