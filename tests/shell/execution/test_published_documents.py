"""What an API publishes of itself, asked for on a socket and held to the frozen contracts."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from werkzeug.wrappers import Request, Response

from pytest_apiversion.core.finding import Finding
from pytest_apiversion.core.policy.published_documents import Publishing
from pytest_apiversion.shell.execution.outcome import Outcome
from pytest_apiversion.shell.execution.runner import Run, Runner
from pytest_apiversion.shell.policy_file.published_copies import digests_of
from pytest_apiversion.shell.target.load import load_target
from tests.apps.kit import serving
from tests.checks.builders import policy

TODAY = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)

PATHS = """
[api]
name = "Shop"
base_url = "${URL}"
[versioning]
scheme = "vN"
carriers = ["path"]
path = { template = "/api/{version}" }
unknown = { accept = true }
malformed = { accept = true }
[versions.v1]
contract = "v1.json"
V1
[versions.v2]
contract = "v2.json"
[operations]
neutral = ["GET /health"]
[contract]
PUBLISHED
"""
HEADERS = PATHS.replace(
    'carriers = ["path"]\npath = { template = "/api/{version}" }',
    'carriers = ["header"]\nheader = { name = "X-Version", spelling = "{number}" }\nbase_path = "/api"',
)


def document(*versions: str, prefix: str = "/api/{}", full: bool = True, **operation: Any) -> dict[str, Any]:
    """A document of some versions: whole paths, or the prefix in its server."""
    made = {"responses": {"200": {"description": "ok"}}, **operation}
    paths = {f"{prefix.format(version) if full else ''}/things": {"get": made} for version in versions}
    servers = {} if full else {"servers": [{"url": prefix.format(versions[0])}]}
    return {"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, **servers, "paths": paths}


SERVED = {"served": '"/openapi.json"'}

Answer = Callable[[Request], Response]


def answers(value: object, status: int = 200, **headers: str) -> Answer:
    """An API that answers everything the same."""
    content = value if isinstance(value, (bytes, str)) else json.dumps(value)
    return lambda _: Response(content, status=status, headers=headers, content_type="application/json")


def outcome(
    folder: Path,
    answer: Answer,
    text: str = PATHS,
    subject: str = "v1",
    *,
    v1: str = "",
    limits: str = "",
    **settings: str,
) -> tuple[Outcome, list[Request]]:
    """What is found of a version where no operation is, and the requests that were sent."""
    told = "\n".join(f"{key} = {value}" for key, value in settings.items()) or 'served = "/openapi.json"'
    text = text.replace("PUBLISHED", told).replace("V1", v1) + f"[requests]\n{limits}\n"
    (folder / "apiversion.toml").write_text(text, "utf-8")
    for name in ("v1", "v2"):
        if not (folder / f"{name}.json").exists():
            (folder / f"{name}.json").write_text(json.dumps(document(name)), "utf-8")
    seen: list[Request] = []

    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        seen.append(Request(environ))
        return answer(seen[-1])(environ, start_response)

    with serving(app) as url:
        target = load_target(folder / "apiversion.toml", {"URL": url, "TOKEN": "t0ken"})
        runner = Runner(target=target, run=Run(as_of=TODAY))
        try:
            return runner.router_item(subject), seen
        finally:
            runner.close()


def about(found: Outcome, code: str = "AV305") -> list[Finding]:
    """The findings of one check."""
    return [each for each in found.findings if each.code == code]


BOTH = document("v1", "v2")
RENAMED = {**document("v1"), "info": {"title": "The shop", "version": "1"}}
REORDERED = dict(reversed(document("v1").items()))
MORE = document("v1", parameters=[{"name": "q", "in": "query", "schema": {"type": "string"}}])
STRICTER = document("v1", parameters=[{"name": "q", "in": "query", "required": True, "schema": {"type": "string"}}])
NEUTRAL = copy.deepcopy(document("v1"))
NEUTRAL["paths"]["/health"] = {"get": {"responses": {}}}


@pytest.mark.parametrize(
    ("served", "settings"),
    [
        pytest.param(document("v1"), {}, id="as-frozen"),
        pytest.param(REORDERED, {"hold": '"same"'}, id="in-another-order"),
        pytest.param(yaml.safe_dump(document("v1")), {"hold": '"same"'}, id="yaml"),
        pytest.param(b"\xef\xbb\xbf" + json.dumps(document("v1")).encode(), {"hold": '"same"'}, id="byte-order-mark"),
        pytest.param(RENAMED, {}, id="another-title"),
        pytest.param(MORE, {}, id="an-addition"),
        pytest.param(BOTH, {}, id="of-both-versions"),
        pytest.param(BOTH, {"hold": '"same"'}, id="of-both-versions-and-the-same"),
        pytest.param(document("v1", full=False), {}, id="the-version-in-its-server"),
        pytest.param(NEUTRAL, {"hold": '"same"'}, id="with-an-operation-without-a-version"),
    ],
)
def test_what_says_the_same_is_held(served: object, settings: dict[str, str], tmp_path: Path) -> None:
    """A document that says what is frozen of the version, however it is written and whatever else it describes, is held."""
    found, seen = outcome(tmp_path, answers(served), **SERVED | settings)

    assert about(found) == []
    assert found.tallies["AV305"] == 1
    assert [request.path for request in seen if request.path.endswith("openapi.json")] == ["/openapi.json"]


@pytest.mark.parametrize(
    ("answer", "settings", "said"),
    [
        pytest.param(answers(STRICTER), {}, "`q` was added, and must be there", id="stricter"),
        pytest.param(answers(document("v2")), {}, "no path of it belongs to v1", id="of-another-version"),
        pytest.param(answers({**document("v1"), "paths": {}}), {}, "no path of it belongs to v1", id="empty"),
        pytest.param(answers(RENAMED), {"hold": '"same"'}, "it differs at /info/title", id="another-title"),
        pytest.param(
            answers(MORE), {"hold": '"same"'}, "it differs at /paths/~1api~1v1~1things/get/parameters", id="an-addition"
        ),
        pytest.param(answers("<html>"), {}, "expected an OpenAPI document", id="html"),
        pytest.param(answers('{"a": '), {}, "/openapi.json /a: expected YAML", id="half"),
        pytest.param(answers([]), {}, "expected an OpenAPI document (an object), got an array", id="a-list"),
        pytest.param(answers({"openapi": "4.0.0"}), {}, "expected 3.0, 3.1, 3.2", id="another-openapi"),
        pytest.param(answers('{"a":' * 5000 + "1" + "}" * 5000), {}, "levels of nesting", id="deep"),
        pytest.param(
            answers({**document("v1"), "components": {"schemas": {"A": {"$ref": "http://127.0.0.1:9/a"}}}}),
            {},
            "expected a reference inside this folder",
            id="refers-elsewhere",
        ),
        pytest.param(answers("no", 404), {}, "404", id="not-there"),
        pytest.param(answers("no", 401), {}, "401", id="behind-a-key"),
        pytest.param(answers("", 302, Location="/spec"), {}, "302", id="elsewhere"),
    ],
)
def test_what_does_not_is_a_finding(answer: Answer, settings: dict[str, str], said: str, tmp_path: Path) -> None:
    """One finding for one document, whatever is wrong with it, with words that say what."""
    found, _ = outcome(tmp_path, answer, **SERVED | settings)

    (finding,) = about(found)
    assert said in finding.received
    assert found.tallies["AV305"] == 1
    assert "/openapi.json" in finding.reproduce


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        pytest.param(answers("no", 500), "AV402", id="crash"),
        pytest.param(answers(" " * 3000), "AV700", id="too-large"),
    ],
)
def test_what_is_anothers_to_say(answer: Answer, code: str, tmp_path: Path) -> None:
    """A server error and an answer beyond the limits have codes of their own; the document was not exercised then."""
    found, _ = outcome(tmp_path, answer, limits="max_body = 2000")

    assert {finding.code for finding in found.findings} == {code}
    assert "AV305" in found.promised
    assert not found.tallies.get("AV305")


def test_swagger_is_compared_as_what_it_means(tmp_path: Path) -> None:
    """A published Swagger 2.0 document is held to a contract frozen as OpenAPI 3.1."""
    operation: dict[str, Any] = {"responses": {"200": {"description": "ok"}}}
    served = {
        "swagger": "2.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/api/v1/things": {"get": operation}},
    }

    assert about(outcome(tmp_path, answers(served))[0]) == []
    operation["parameters"] = [{"name": "q", "in": "query", "type": "string", "required": True}]
    assert len(about(outcome(tmp_path, answers(served))[0])) == 1


def test_each_version_has_its_own(tmp_path: Path) -> None:
    """`{version}` in the path stands for the version as the path carrier writes it; a version may name a place of its own."""
    for more, path in (('served = "/old/v1.json"', "/old/v1.json"), ("", "/api/v1/openapi.json")):
        found, seen = outcome(tmp_path, answers(document("v1")), v1=more, served='"/api/{version}/openapi.json"')

        assert path in [request.path for request in seen]
        assert about(found) == []


def test_only_the_newest_is_described(tmp_path: Path) -> None:
    """With `covers = "newest"` an older version's column promises nothing, and nothing is asked for it."""
    found, seen = outcome(tmp_path, answers(document("v2")), served='"/openapi.json"', covers='"newest"')

    assert "AV305" not in found.promised
    assert "/openapi.json" not in [request.path for request in seen]
    newest, _ = outcome(tmp_path, answers(document("v2")), subject="v2", served='"/openapi.json"', covers='"newest"')
    assert newest.tallies["AV305"] == 1


def test_a_header_names_the_version(tmp_path: Path) -> None:
    """Where the version does not stand in the path, the document is asked for with it."""
    for name in ("v1", "v2"):
        (tmp_path / f"{name}.json").write_text(json.dumps(document(name, prefix="/api")), "utf-8")

    def answer(request: Request) -> Response:
        name = f"v{request.headers.get('X-Version', '0')}"
        return answers(document(name, prefix="/api") if name in {"v1", "v2"} else {})(request)

    found, seen = outcome(tmp_path, answer, HEADERS, "v2")

    assert about(found) == []
    assert [request.headers["X-Version"] for request in seen if request.path == "/openapi.json"] == ["2"]


def test_credentials_are_those_of_the_path(tmp_path: Path) -> None:
    """A document behind a key is asked for with the credential the policy has for what no contract speaks of."""
    text = PATHS + '[credentials.default]\nheader = "X-Key"\nvalue = "${TOKEN}"\n'

    def answer(request: Request) -> Response:
        return answers(document("v1"), 200 if request.headers.get("X-Key") == "t0ken" else 401)(request)

    assert about(outcome(tmp_path, answer, text)[0]) == []


def test_a_waived_change_is_no_finding(tmp_path: Path) -> None:
    """The policy's word on changes holds for the published document too."""
    waiver = "[[changes.waivers]]\nrule = 'request-*parameter-added'\nreason = 'sent by all'\nuntil = 2030-01-01\n"

    assert about(outcome(tmp_path, answers(STRICTER), PATHS + waiver)[0]) == []


def test_copies_are_bytes(tmp_path: Path) -> None:
    """A served copy is compared with the file as it was sent: a line end more is another document."""
    group = '[["v2.json", "/docs/openapi.json"]]'
    outcome(tmp_path, answers(""), subject="v2", copies=group)
    content = (tmp_path / "v2.json").read_bytes()

    same, _ = outcome(tmp_path, answers(content), subject="v2", copies=group)
    other, _ = outcome(tmp_path, answers(content + b"\n"), subject="v2", copies=group)

    assert about(same, "AV308") == []
    assert [each.summary for each in about(other, "AV308")] == ["/docs/openapi.json is not v2.json, byte for byte"]
    assert "/docs/openapi.json" in about(other, "AV308")[0].reproduce


def test_copies_may_lie_anywhere_in_the_repository(tmp_path: Path) -> None:
    """Files beside the policy file's folder may be copies, inside the repository; what is not there is a finding without a request."""
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "contracts"
    folder.mkdir()
    (tmp_path / "docs.json").write_text("{}", "utf-8")
    outcome(folder, answers(""), copies='[["v1.json", "v2.json"]]')
    text = (
        (folder / "apiversion.toml").read_text("utf-8").replace('["v1.json", "v2.json"]', '["../docs.json", "../gone"]')
    )
    (folder / "apiversion.toml").write_text(text, "utf-8")

    target = load_target(folder / "apiversion.toml", {"URL": "http://127.0.0.1:9"})
    found = Runner(target=target, run=Run(as_of=TODAY)).policy_item()

    assert [(each.subject, finding.summary) for each in found for finding in each.findings] == [
        ("v2", "../gone is not there")
    ]


def test_a_name_no_file_can_have_is_no_file(tmp_path: Path) -> None:
    """A copy that cannot be looked for is not there."""
    assert digests_of(policy(publishing=Publishing(copies=(("x" * 300, "/a"),))), tmp_path) == {"x" * 300: None}


def test_places_where_lists_differ(tmp_path: Path) -> None:
    """Equality is told by place: the item that differs, and no more than a few of them."""
    tags = [{"name": name} for name in "abcdef"]
    frozen = {**document("v1"), "tags": tags}
    (tmp_path / "v1.json").write_text(json.dumps(frozen), "utf-8")
    served = {**frozen, "tags": [{"name": name.upper()} for name in "abcdef"]}

    (finding,) = about(outcome(tmp_path, answers(served), **SERVED | {"hold": '"same"'})[0])

    assert finding.received == "it differs at /tags/0/name, /tags/1/name, /tags/2/name"
