"""AV704: a page of another origin can read the answers, errors and refusals included, and the headers that are promised to it."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.checks.cross_origin import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.http.cross_origin import CrossOrigin, from_page
from pytest_apiversion.core.http.messages import Pairs, Request, Response
from pytest_apiversion.core.policy.responses import Sunset
from pytest_apiversion.core.versions.lifecycle import Stage
from tests.checks.builders import Row, agrees, error, instant, living, policy, response, row, said, scene
from tests.checks.moments import MOMENTS, is_promised

PAGE = "https://app.example.org"
ALLOWED = (("Access-Control-Allow-Origin", PAGE),)
COOKIES = (*ALLOWED, ("Access-Control-Allow-Credentials", "true"))
NUMBER = (("X-Request-Id", "r1"),)
EXPOSED = (("access-control-expose-headers", "X-Other, x-request-id"),)


def reading(subject: str = "v2", key: str | None = "GET /things", as_of: str = "2026-11-20", **settings: Any) -> Scene:
    """A scene whose policy speaks of a page of another origin."""
    cors = CrossOrigin(**{"origin": PAGE, "exposes": ("X-Request-Id", "Content-Type"), **settings})
    return scene(policy(cors=cors, sunset=Sunset()), subject, key, as_of=instant(as_of))


def asked(
    expected: str | tuple[str, ...],
    answer: Response,
    where: Scene | None = None,
    aim: Aim = Aim.ACCEPTED,
    origin: str | None = PAGE,
    **changes: Any,
) -> Row:
    """A row of what the page asked for."""
    headers: Pairs = (("Origin", origin),) if origin else ()
    request = Request(method="GET", path="/things", headers=headers)
    return row(expected, answer, where or reading(), aim, request=request, **changes)


SILENT = {
    "the-origin": asked("held", response(200, headers=ALLOWED)),
    "any-origin": asked("held", response(200, headers=(("access-control-allow-origin", "*"),))),
    "exposed": asked("held", response(200, {"id": "t"}, headers=(*ALLOWED, *NUMBER, *EXPOSED))),
    "all-exposed": asked("held", response(200, headers=(*ALLOWED, *NUMBER, ("Access-Control-Expose-Headers", "*")))),
    "nothing-to-expose": asked("held", response(200, {"id": "t"}, headers=ALLOWED)),
    "cookies": asked("held", response(200, headers=COOKIES), reading(credentials=True)),
    "an-error": asked("held", response(404, error(), headers=ALLOWED), aim=Aim.UNKNOWN_DATA),
    "a-refusal": asked("held", response(404, error(), headers=ALLOWED), aim=Aim.UNKNOWN),
    "after-the-end": asked(
        "held", response(410, error("GONE"), headers=ALLOWED), reading("v1", as_of="2027-02-01"), Aim.SUNSET
    ),
    "what-the-router-answers": asked("held", response(405, error(), headers=ALLOWED), aim=Aim.UNROUTED, operation=""),
    "a-304-confirms-what-was-read": asked("unspoken", response(304), aim=Aim.UNCHANGED),
    "excepted": asked("unspoken", response(404, error()), reading(unless=("404",)), Aim.UNKNOWN_DATA),
    "nobody-else-asked": asked("unspoken", response(200), origin=None),
    "another-page-asked": asked("unspoken", response(200), origin="https://other.example.org"),
    "crash-is-av402s": asked("unspoken", response(500)),
    "of-no-version": asked("unspoken", response(200), reading(key="GET /health")),
    "nobody-says-so": asked("unpromised", response(200), scene()),
    "planned": asked("unpromised", response(200), reading("v3")),
}
SPEAK = {
    "not-allowed": asked(("a page of another origin cannot read a 200",), response(200)),
    "another-allowed": asked(
        ("cannot read a 200",), response(200, headers=(("Access-Control-Allow-Origin", "https://other.example.org"),))
    ),
    "another-port": asked(
        ("cannot read a 200",), response(200, headers=(("Access-Control-Allow-Origin", f"{PAGE}:8443"),))
    ),
    "twice": asked(("cannot read a 200",), response(200, headers=(*ALLOWED, *ALLOWED))),
    "any-origin-and-cookies": asked(
        ("cannot read a 200",),
        response(200, headers=(("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Credentials", "true"))),
        reading(credentials=True),
    ),
    "no-leave-for-cookies": asked(("cannot read a 200",), response(200, headers=ALLOWED), reading(credentials=True)),
    "an-error": asked(("cannot read a 404",), response(404, error()), aim=Aim.UNKNOWN_DATA),
    "what-the-router-answers": asked(("cannot read a 405",), response(405, error()), aim=Aim.UNROUTED, method="POST"),
    "of-a-path-nobody-declared": asked(("cannot read a 404",), response(404, error()), aim=Aim.UNROUTED, operation=""),
    "what-the-guard-answers": asked(("cannot read a 401",), response(401, error()), aim=Aim.ANONYMOUS),
    "a-refusal": asked(("cannot read a 404",), response(404, error()), aim=Aim.UNKNOWN),
    "after-the-end": asked(
        ("cannot read a 410",), response(410, error("GONE")), reading("v1", as_of="2027-02-01"), Aim.SUNSET
    ),
    "hidden": asked(("cannot read X-Request-Id of a 200",), response(200, headers=(*ALLOWED, *NUMBER))),
    "hidden-from-pages-with-cookies": asked(
        ("cannot read X-Request-Id of a 200",),
        response(200, headers=(*COOKIES, *NUMBER, ("Access-Control-Expose-Headers", "*"))),
        reading(credentials=True),
    ),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """A page reads what a version answers, and what comes after its end."""
    life, as_of, stage = MOMENTS[name]
    where = scene(living(life, cors=CrossOrigin(origin=PAGE)), "v1", as_of=instant(as_of))

    assert where.stage is stage
    assert is_promised(CHECK, where) is (stage is not Stage.PLANNED)


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])


@pytest.mark.parametrize(
    ("method", "headers", "without", "sent"),
    [
        pytest.param("POST", (), frozenset(), PAGE, id="as-the-page-sends-it"),
        pytest.param("OPTIONS", (), frozenset(), None, id="no-preflight"),
        pytest.param("GET", (("origin", "https://x.example"),), frozenset(), "https://x.example", id="its-own"),
        pytest.param("GET", (), frozenset({"origin"}), None, id="without"),
    ],
)
def test_the_page_says_where_it_is_from(method: str, headers: Pairs, without: frozenset[str], sent: str | None) -> None:
    """A request goes out with the page's origin, where that is spoken of and nothing else is asked for."""
    request = Request(method=method, path="/things", headers=headers, without=without)

    assert from_page(CrossOrigin(origin=PAGE), request).header("origin") == sent
    assert from_page(None, request) is request
