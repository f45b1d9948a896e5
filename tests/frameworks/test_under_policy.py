"""The six framework applications under their policies: green as they are, and each broken promise found by its own check."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.policy.requests import TURNS
from tests.frameworks.breaking import Answered, Asked, Breakage
from tests.frameworks.cadwyn_app import HEADER, VERSIONS, cadwyn_server
from tests.frameworks.drf_app import drf_server
from tests.shell.running import Result, run_file
from tests.thorough import drawn, sample

POLICIES = Path(__file__).parent / "policies"

CONTRACT = {
    "AV200",
    "AV204",
    "AV301",
    "AV302",
    "AV303",
    "AV318",
    "AV319",
    "AV320",
    "AV401",
    "AV402",
    "AV406",
    "AV604",
    "AV700",
    "AV701",
}
"""What every one of the six promises: answers, contract, what was written, envelope, `Allow`, no 5xx, no end, and none for a malformed version either."""

EXERCISED: dict[str, set[str]] = {
    "cadwyn": CONTRACT | {"AV201", "AV202", "AV203", "AV210", "AV213", "AV215", "AV223", "AV224"},
    "drf_path": CONTRACT | {"AV201", "AV203", "AV208", "AV312"},
    "drf_namespace": CONTRACT | {"AV201", "AV203", "AV208", "AV312"},
    "drf_host": CONTRACT | {"AV203", "AV207", "AV208", "AV312"},
    "drf_query": CONTRACT | {"AV201", "AV202", "AV203", "AV208", "AV312"},
    "drf_accept": CONTRACT | {"AV202", "AV203", "AV207", "AV208", "AV215", "AV224"},
}
"""The checks each policy promises of its answers; all of them must speak."""

BETWEEN = {"AV223"}
"""What is promised of every version but the newest."""

BESIDE_AN_OLDER = {"AV224"}
"""What is promised of every version but the oldest."""


@contextlib.contextmanager
def framework(name: str, breakage: Breakage | None = None) -> Iterator[str]:
    """One of the six applications on a real socket."""
    if name == "cadwyn":
        with cadwyn_server(breakage=breakage) as url:
            yield url
    else:
        with drf_server(name.removeprefix("drf_"), breakage=breakage) as url:  # type: ignore[arg-type]
            yield url


def run(name: str, breakage: Breakage | None = None, **limits: Any) -> Result:
    """Run an application's own policy against it; what selects a version stands in front of all its operations, so that they take turns."""
    with framework(name, breakage) as url:
        return run_file(POLICIES / name / "apiversion.toml", {f"{name.upper()}_URL": url}, probes=TURNS, **limits)


@pytest.mark.parametrize("name", sample(EXERCISED, 2))
def test_framework_keeps_its_policy_and_every_promise_is_tried(name: str) -> None:
    """No finding, every operation succeeds, and each promised check speaks about each version."""
    result = run(name, max_examples=drawn(10))

    assert result.said == []
    assert result.barren == []
    oldest, *_, newest = [outcome.subject for outcome in result.outcomes if outcome.own]
    for version in {outcome.subject for outcome in result.outcomes}:
        expected = EXERCISED[name] - (BETWEEN if version == newest else set())
        expected -= BESIDE_AN_OLDER if version == oldest else set()
        assert result.exercised(version) == result.promised(version), version
        assert {code for code in result.exercised(version) if not code.startswith("AV1")} == expected, version


@pytest.mark.parametrize("name", sample(["drf_accept", "cadwyn"]))
def test_one_request_at_a_time_is_enough(name: str) -> None:
    """With `concurrency = 1` nothing waits for itself, and the same checks speak."""
    result = run(name, concurrency=1, max_examples=drawn(2))

    assert result.said == []
    assert result.barren == []
    assert result.promised(result.outcomes[0].subject) == result.exercised(result.outcomes[0].subject)


def _old(asked: Asked) -> bool:
    """Whether a well-formed date before the first version is asked for."""
    return (
        re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", asked.headers.get(HEADER, "")) is not None
        and asked.headers[HEADER] < VERSIONS[0]
    )


def _served_by_newest(asked: Asked) -> Asked:
    return replace(asked, headers={**asked.headers, HEADER: VERSIONS[-1]}) if _old(asked) else asked


def _rounded_up(asked: Asked) -> Asked:
    """A date between two versions gets the newest."""
    between = VERSIONS[0] < asked.headers.get(HEADER, "") < VERSIONS[1]
    return replace(asked, headers={**asked.headers, HEADER: VERSIONS[-1]}) if between else asked


def _as_first(asked: Asked) -> Asked:
    return (
        asked
        if HEADER in asked.headers or asked.path in {"/docs", "/redoc"}
        else replace(asked, headers={**asked.headers, HEADER: VERSIONS[0]})
    )


def _names_the_newest(asked: Asked, given: Answered) -> Answered:
    """The refusal of a date before the first version says that the newest version served."""
    return replace(given, headers={**given.headers, HEADER: VERSIONS[-1]}) if _old(asked) else given


def _page_to_everybody(asked: Asked) -> Asked:
    """The page of the documentation is there whatever version is named."""
    headers = {name: value for name, value in asked.headers.items() if name != HEADER}
    return replace(asked, headers=headers) if asked.path == "/docs" else asked


def _dropped(name: str, path: str = "") -> Breakage:
    """One member of a single thing's answer is not there any more."""

    def answer(asked: Asked, given: Answered) -> Answered:
        value = given.json
        if (
            asked.method == "GET"
            and path in asked.path
            and given.status == 200
            and isinstance(value, dict)
            and "id" in value
        ):
            return given.with_json({key: part for key, part in value.items() if key != name})
        return given

    return Breakage(answer=answer)


def _status(was: int, becomes: int, pattern: str) -> Breakage:
    """Answers with a status get another where the path, the query or `Accept` is as the pattern says."""

    def answer(asked: Asked, given: Answered) -> Answered:
        text = f"{asked.path}?{asked.query} {asked.headers.get('accept', '')}"
        return replace(given, status=becomes) if given.status == was and re.search(pattern, text) else given

    return Breakage(answer=answer)


def _without(header: str, status: int) -> Breakage:
    """A header is missing on one status."""

    def answer(_asked: Asked, given: Answered) -> Answered:
        headers = {name: value for name, value in given.headers.items() if name != header}
        return replace(given, headers=headers) if given.status == status else given

    return Breakage(answer=answer)


def _plain_405(_asked: Asked, given: Answered) -> Answered:
    return (
        replace(given, headers={**given.headers, "content-type": "text/plain"}, body=b"no")
        if given.status == 405
        else given
    )


def _version_2(asked: Asked) -> Asked:
    return (
        replace(asked, headers={**asked.headers, "host": "v2.garden.test"})
        if "garden.test" not in asked.headers["host"]
        else asked
    )


def _default_accept(asked: Asked) -> Asked:
    given = asked.headers.get("accept", "")
    return (
        replace(asked, headers={**asked.headers, "accept": "application/json; version=2.0"})
        if "version" not in given
        else asked
    )


def _empty_is_first(asked: Asked) -> Asked:
    return replace(asked, query=re.sub(r"version=(?=&|$)", "version=1.0", asked.query))


def _next_page(address: str) -> Breakage:
    """The page after a page, of a list of either version, is always at this address, behind all that there is."""

    def answer(asked: Asked, given: Answered) -> Answered:
        value = given.json
        paged = isinstance(value, dict) and "next" in value
        following = f"http://{asked.headers['host']}{address}&offset=1000"
        return given.with_json({**value, "next": following}) if paged else given

    return Breakage(answer=answer)


def _refusing(pattern: str) -> Breakage:
    """Requests whose headers are as the pattern says get the 404 of a path that there is not."""

    def request(asked: Asked) -> Asked:
        lines = [f"{name}: {asked.headers.get(name, '')}" for name in ("host", "accept")]
        return replace(asked, path="/nowhere/") if any(re.match(pattern, line) for line in lines) else asked

    return Breakage(request=request)


BROKEN: dict[str, tuple[str, Breakage, str]] = {
    "cadwyn-unknown-date-served": ("cadwyn", Breakage(request=_served_by_newest), "AV203"),
    "cadwyn-rounds-up": ("cadwyn", Breakage(request=_rounded_up), "AV223"),
    "cadwyn-missing-served": ("cadwyn", Breakage(request=_as_first), "AV201"),
    "cadwyn-member-gone": ("cadwyn", _dropped("status", "/parcels/"), "AV301"),
    "cadwyn-echo-lost-on-404": ("cadwyn", _without(HEADER, 404), "AV210"),
    "cadwyn-refusal-names-the-newest": ("cadwyn", Breakage(answer=_names_the_newest), "AV210"),
    "cadwyn-page-with-a-version-too": ("cadwyn", Breakage(request=_page_to_everybody), "AV213"),
    "cadwyn-page-to-nobody": ("cadwyn", _status(200, 404, r"^/docs"), "AV213"),
    "path-unknown-406": ("drf_path", _status(404, 406, r"^/v[3-9][0-9]*/"), "AV203"),
    "path-405-in-plain-text": ("drf_path", Breakage(answer=_plain_405), "AV401"),
    "path-next-page-leaves-v2": ("drf_path", _next_page("/v1/plants/?limit=1"), "AV312"),
    "query-next-page-forgets-the-version": ("drf_query", _next_page("/plants/?limit=1"), "AV312"),
    "namespace-allow-missing": ("drf_namespace", _without("allow", 405), "AV701"),
    "namespace-missing-410": ("drf_namespace", _status(404, 410, r"^/(plants|beds)/"), "AV201"),
    "host-other-default": ("drf_host", Breakage(request=_version_2), "AV207"),
    "host-default-refused": ("drf_host", _refusing(r"host: (?!v[0-9]+\.garden\.test)"), "AV207"),
    "query-empty-served": ("drf_query", Breakage(request=_empty_is_first), "AV202"),
    "query-created-200": ("drf_query", _status(201, 299, r"^/beds/"), "AV301"),
    "accept-malformed-404": ("drf_accept", _status(406, 404, r"version=v"), "AV204"),
    "accept-other-default": ("drf_accept", Breakage(request=_default_accept), "AV207"),
    "accept-default-refused": ("drf_accept", _refusing(r"accept: (?!.*version)"), "AV207"),
    "accept-member-gone": ("drf_accept", _dropped("height_cm"), "AV301"),
}
"""Broken promises: the application, how it is broken, and the one check that must say so."""


@pytest.mark.parametrize(("name", "breakage", "code"), sample(BROKEN.values(), 9), ids=sample(BROKEN, 9))
def test_a_broken_promise_is_found_by_its_own_check(name: str, breakage: Breakage, code: str) -> None:
    """One promise broken is one code, and no other check speaks."""
    result = run(name, breakage, max_examples=drawn(2))

    assert result.codes == {code}, result.said
