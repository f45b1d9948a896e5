"""`apiversion init`: from an address, documents or an application to a policy that needs no correction."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from pytest_apiversion.cli import main
from pytest_apiversion.core.versions.lifecycle import Stage
from pytest_apiversion.shell.catalogue.policy_schema import schema_text
from pytest_apiversion.shell.policy_file.load import load_policy
from tests.apps.kit import serving
from tests.frameworks.cadwyn_app import cadwyn_server
from tests.frameworks.drf_app import drf_server
from tests.frameworks.fastapi_app import fastapi_app
from tests.frameworks.serving import serving_asgi
from tests.shell.running import run_file
from tests.shell.servers.kit import Api, by_path, document, error, operation, parameter, record, reply
from tests.thorough import sample

POLICIES = Path(__file__).parents[2] / "frameworks" / "policies" / "drf_accept"


@contextlib.contextmanager
def _drf() -> Iterator[list[str]]:
    with drf_server("accept") as url:
        yield [str(POLICIES / "v1.openapi.yaml"), str(POLICIES / "v2.openapi.yaml"), "--base-url", url]


@contextlib.contextmanager
def _cadwyn() -> Iterator[list[str]]:
    with cadwyn_server() as url:
        yield [url]


@contextlib.contextmanager
def _fastapi() -> Iterator[list[str]]:
    with serving_asgi(fastapi_app()) as url:
        yield [url]


FRAMEWORKS = {"cadwyn": _cadwyn, "drf": _drf, "fastapi": _fastapi}
WRITTEN = {
    "cadwyn": [
        *('scheme = "date"', 'carriers = ["header"]', 'header = { name = "x-api-version" }', "waterfall = true"),
        *("missing = { reject = 404 }", "[versions.2024-03-01]", "[versions.2025-06-15]", "[versions.2026-02-01]"),
    ],
    "drf": [
        *('scheme = "major.minor"', 'carriers = ["accept"]', 'accept = { parameter = "version" }'),
        *('missing = { default = "1.0" }', "unknown = { reject = 406 }", '[versions."1.0"]', '[versions."2.0"]'),
    ],
    "fastapi": [
        *('scheme = "vN"', 'carriers = ["path"]', 'path = { template = "/api/{version}" }', "[versions.v1]"),
        *("missing = { reject = 404 }", "unknown = { reject = 404 }", "malformed = { reject = 404 }"),
    ],
}


@pytest.mark.parametrize("name", sample(FRAMEWORKS, 2))
def test_a_framework_needs_no_correction(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One command writes the policy, the contracts and the lock of an honest service, and a run with them finds nothing."""
    policy = tmp_path / "apiversion.toml"
    with FRAMEWORKS[name]() as source:
        assert main(["init", *source, "--policy", str(policy), "--no-run", "--yes"]) == 0, capsys.readouterr()
        result = run_file(policy, {}, max_examples=1)

    text = policy.read_text("utf-8")
    assert [line for line in WRITTEN[name] if not re.search(f"^{re.escape(line)}", text, re.MULTILINE)] == []
    assert result.said == []
    assert (tmp_path / "apiversion.lock").is_file()
    assert len(capsys.readouterr().out.splitlines()) <= 12


THING = record(id={"type": "string"}, name={"type": "string"})
KEY = {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}}


class Shop:
    """Two versions in the path, in one document at `/openapi.json`; `v1` is deprecated.

    Args:
        locked: Whether a key is needed.
        published: Whether the document is there.
        said: What `Deprecation` says.
    """

    def __init__(self, *, locked: bool = False, published: bool = True, said: str = "@1735689600") -> None:
        self.app, self.methods = Api(select=by_path("v1", "v2")), set[str]()

        @self.app.on("GET", "/things")
        def things(request: Request, version: str) -> Response:
            if locked and request.headers.get("X-Key") != "s3cret-key":
                raise error(401)
            answer = reply([{"id": "t1", "name": "one"}])
            if version == "v1":
                answer.headers.update({"Deprecation": said, "Sunset": "Fri, 31 Dec 2100 00:00:00 GMT"})
            return answer

        paths = {
            f"/{version}/things": {"get": operation({200: {"type": "array", "items": THING}, 401: {}})}
            for version in ("v1", "v2")
        }
        paths["/healthz"] = {"get": operation({200: {"type": "object"}})}
        self.document: dict[str, Any] = {**document(paths), "info": {"title": "The Shop", "version": "9"}}
        if locked:
            self.document |= {"components": {"securitySchemes": KEY}, "security": [{"Key": []}]}
        self._published = published

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Answer, and take down the method."""
        self.methods.add(environ["REQUEST_METHOD"])
        if environ["PATH_INFO"] == "/openapi.json" and self._published:
            return Response(json.dumps(self.document), content_type="application/json")(environ, start_response)
        if environ["PATH_INFO"] == "/healthz":
            return Response("{}", content_type="application/json")(environ, start_response)
        return self.app(environ, start_response)


def init(shop: Shop, folder: Path, *arguments: str) -> tuple[int, str]:
    """Run the command against a shop; its code and the policy file."""
    with serving(shop) as url:
        code = main(["init", url, "--policy", str(folder / "apiversion.toml"), "--no-run", *arguments])
    policy = folder / "apiversion.toml"
    return code, policy.read_text("utf-8") if policy.is_file() else ""


def test_what_answers_announce_is_written(tmp_path: Path) -> None:
    """`Deprecation` and `Sunset` become dates and the convention they follow; only safe methods were sent."""
    shop = Shop()
    code, text = init(shop, tmp_path)
    found = load_policy(tmp_path / "apiversion.toml", {})

    assert code == 0
    assert 'extends = ["rfc9745"]' in text
    assert str(found.versions["v1"].lifecycle.deprecated) == "2025-01-01"
    assert str(found.versions["v1"].lifecycle.sunset) == "2100-12-31 00:00:00+00:00"
    assert 'successor = "v2" # guessed' in text
    assert shop.methods == {"GET", "OPTIONS"}
    assert text.startswith("#:schema apiversion.schema.json\n")
    assert (tmp_path / "apiversion.schema.json").read_text("utf-8") == schema_text()


@pytest.mark.parametrize(
    ("said", "since", "form"),
    [
        ("true", "true", 'dialect = "literal-true"'),
        ("Wed, 01 Jan 2025 00:00:00 GMT", "2025-01-01", 'dialect = "draft", date = "deprecated"'),
    ],
    ids=["true", "a-date-of-http"],
)
def test_what_drafts_announced_is_written_as_they_had_it(tmp_path: Path, said: str, since: str, form: str) -> None:
    """The file promises what was seen, not what RFC 9745 made of it."""
    code, text = init(Shop(said=said), tmp_path)
    found = load_policy(tmp_path / "apiversion.toml", {})
    life = found.versions["v1"].lifecycle

    assert code == 0
    assert "extends" not in text
    assert f'{{ name = "Deprecation", {form}, legacy = true }},' in text
    assert [header.name for header in found.deprecation.headers] == ["Deprecation", "Sunset"]
    assert f"deprecated = {since} # seen" in text
    assert life.stage(dt.datetime(2026, 1, 1, tzinfo=dt.UTC)) is Stage.DEPRECATED


def test_a_key_is_named_and_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The credential's table names its variable; where it is set it is sent, and stands in no file and no output."""
    code, text = init(Shop(locked=True), tmp_path)
    told = capsys.readouterr().out

    assert (code, "[credentials.Key]" in text, 'value = "${KEY}"' in text) == (0, True, True)
    assert "set KEY: the credential of the contract's scheme Key" in told
    assert "next: export KEY=…, and run this command once more" in told

    monkeypatch.setenv("KEY", "s3cret-key")
    code, text = init(Shop(locked=True), tmp_path, "--yes")
    told = capsys.readouterr().out
    assert (code, "s3cret-key" in text + told, "without a credential" in told) == (0, False, False)
    assert "nothing of this version answered" not in text


def test_what_is_there_is_shown_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that exists is compared, and written over only with --yes."""
    (tmp_path / "apiversion.toml").write_text("# mine\n", "utf-8")
    code, text = init(Shop(), tmp_path)
    told = capsys.readouterr()

    assert (code, text) == (1, "# mine\n")
    assert "-# mine" in told.out
    assert '+name = "The Shop"' in told.out
    assert "give --yes" in told.out

    code, text = init(Shop(), tmp_path, "--yes")
    assert code == 0
    assert "# mine" not in text


def test_a_preset_may_say_how_versions_are_chosen(tmp_path: Path) -> None:
    """`--from-preset` takes the place of what was seen."""
    code, text = init(Shop(), tmp_path, "--from-preset", "google")

    assert code == 0
    assert 'extends = ["google", "rfc9745"]' in text
    assert "[versioning]" not in text


@pytest.mark.parametrize("before", ["", "# mine\n"])
def test_a_preset_that_does_not_fit_changes_nothing(
    before: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its mistakes are told, and the file is as it was, or not there."""
    policy = tmp_path / "apiversion.toml"
    if before:
        policy.write_text(before, "utf-8")
    code, text = init(Shop(), tmp_path, "--from-preset", "spring", "--yes")

    assert (code, text, policy.is_file()) == (2, before, bool(before))
    assert 'expected a version of the scheme major.minor such as 1.0, got "v1"' in capsys.readouterr().err


NOTHING: dict[str, tuple[list[str], str]] = {
    "nobody": (["http://127.0.0.1:9"], "127.0.0.1:9"),
    "no-such-file": (["no-such.yaml"], "no-such.yaml"),
    "no-such-module": (["app:no_such_module:app"], "no_such_module could not be imported"),
}


@pytest.mark.parametrize("name", NOTHING)
def test_where_there_is_nothing_a_sentence_says_so(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, one sentence, and no file."""
    monkeypatch.chdir(tmp_path)
    arguments, words = NOTHING[name]

    assert main(["init", *arguments, "--no-run"]) == 2
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "openapi.json", "docs/swagger.yml"])
def test_a_service_without_a_document_is_told_what_to_give(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence names the two ways on: the second is a command, with the file that lies where repositories have it."""
    monkeypatch.chdir(tmp_path)
    if name:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    code, _ = init(Shop(published=False), tmp_path)
    said = " ".join(capsys.readouterr().err.split())

    assert code == 2
    assert "no OpenAPI document at any of the usual places: give its address, or its file: " in said
    assert f"apiversion init {name or 'FILE'} --base-url http://127.0.0.1:" in said


def test_a_service_without_versions_is_held_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing names a version, all is one, which the file says; a run with it finds nothing, or what is wrong, and its lines name none."""
    api, policy = Api(select=by_path("v1")), tmp_path / "apiversion.toml"
    described = document({"/things": {"get": operation({200: {"type": "array", "items": THING}})}})
    things: list[dict[str, Any]] = [{"id": "t1", "name": "one"}]
    api.on("GET", "/things")(lambda _request, _version: reply(things))

    def plain(environ: Any, start_response: Any) -> Any:
        if environ["PATH_INFO"] == "/openapi.json":
            return Response(json.dumps(described), content_type="application/json")(environ, start_response)
        return api({**environ, "PATH_INFO": f"/v1{environ['PATH_INFO']}"}, start_response)

    with serving(plain) as url:
        code = main(["init", url, "--policy", str(policy), "--no-run"])
        text = policy.read_text("utf-8")
        honest = run_file(policy, {}, max_examples=2)
        things[0]["name"] = 1
        wrong = run_file(policy, {}, max_examples=2)

    assert code == 0
    assert "no version was seen: all of it is held as one version, v1" in capsys.readouterr().out
    assert "# No version was seen in paths, parameters, media types or answers" in text
    assert honest.said == []
    assert [each.reproduce for each in wrong.findings if "API-Version" in each.reproduce] == []
    assert {said.partition(" ")[0] for said in map(str, wrong.said)} == {"AV301"}


def test_an_address_that_gives_a_document_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`/v1/__api__` is where the document is, though it is not called so; everything else is asked at its origin."""
    shop = Shop()

    def at_another_place(environ: Any, start_response: Any) -> Any:
        places = {"/v1/__api__": "/openapi.json", "/openapi.json": "/no-such-thing"}
        return shop({**environ, "PATH_INFO": places.get(environ["PATH_INFO"], environ["PATH_INFO"])}, start_response)

    policy = tmp_path / "apiversion.toml"
    with serving(at_another_place) as url:
        assert main(["init", f"{url}/v1/__api__", "--policy", str(policy), "--no-run"]) == 0, capsys.readouterr()

    assert f'base_url = "{url}"' in policy.read_text("utf-8")
    assert "[versions.v2]" in policy.read_text("utf-8")


def test_several_documents_without_versions_are_told_what_to_give(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of several documents each may be a version's: the option that says where versions stand is named, and nothing is written."""
    plain = {"/plain/{id}": {"get": operation({200: THING}, parameters=[parameter("id")])}}
    names = []
    for name in ("old", "new"):
        names.append(str(tmp_path / f"{name}.json"))
        (tmp_path / f"{name}.json").write_text(json.dumps(document(plain)), "utf-8")
    with serving(Shop()) as url:
        code = main(["init", *names, "--base-url", url, "--policy", str(tmp_path / "apiversion.toml"), "--no-run"])

    assert (code, (tmp_path / "apiversion.toml").exists()) == (2, False)
    told = capsys.readouterr().err
    assert "no version was found in the paths, parameters or media types of old.json, new.json: " in told
    assert "say where it stands, such as --carrier header:X-API-Version" in told
