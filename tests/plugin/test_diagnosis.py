"""What keeps the whole run from holding anything is said once, before anything is held, and never where it is not so."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Response

from pytest_apiversion.shell.execution.diagnosis import diagnose
from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.target.load import load_target
from tests.apps import kit
from tests.conftest import Spawn
from tests.plugin.conftest import Start
from tests.plugin.small_api import POLICY, SECRET, SEED, contract, small_api, write_suite
from tests.shell.hostile import answering, refusing, reply, serving


def _run(suite: pytest.Pytester, url: str, *arguments: str) -> pytest.RunResult:
    given = ("--apiversion-today=2026-06-01", f"--hypothesis-seed={SEED}", "--apiversion-database=none")
    return suite.runpytest_inprocess(f"--apiversion-base-url={url}", *given, *arguments)


def _said(result: pytest.RunResult, sentence: str) -> str:
    """The one failure, which is said once in the section of failures; everything else that asks was skipped."""
    result.assert_outcomes(passed=1, failed=1, skipped=7)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    lines = [line for line in result.outlines if line.startswith(f"not tried: {sentence}")]
    assert len(lines) == 1, result.outlines
    assert len(result.outlines) < 60
    return "\n".join(result.outlines)


def test_nobody_there(pytester: pytest.Pytester) -> None:
    """A service that is not there is said not to be, once."""
    write_suite(pytester.path)
    with refusing() as url:
        said = _said(_run(pytester, url), f"{url} cannot be reached: ")

    assert said.count("cannot be reached") == 3  # the failure, the page, and pytest's line of it


def test_no_credential(pytester: pytest.Pytester) -> None:
    """Where no credential is declared and everything gets 401, the table to paste is printed as TOML has it."""
    policy = POLICY.replace('[credentials.Key]\nheader = "X-Key"\nvalue = "Key ${SMALL_TOKEN}"\n', "")
    write_suite(pytester.path, policy=policy)
    with small_api() as (_, url):
        said = _said(
            _run(pytester, url), "all 2 operations that were asked answer 401 (GET /v2/things, GET /v1/things)"
        )

    assert '\n  [credentials.Key]\n  header = "X-Key"\n  value = "${KEY}"\n' in said


def test_a_wrong_credential(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the declared credential is not taken, it is named, and its value is not shown."""
    small = start()
    monkeypatch.setenv("SMALL_TOKEN", "wr0ng-T0ken")
    said = _said(small.run(), "all 2 operations that were asked answer 401")

    assert "the service does not take the credential Key (header X-Key)" in said
    assert "wr0ng" not in said


def test_the_page_alone_says_what_to_do(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where failures are not shown, as after `apiversion init`, the page has the whole sentence, and the service's own reason."""
    small = start()
    monkeypatch.setenv("SMALL_TOKEN", "wr0ng-T0ken")
    result = small.run("--tb=no", "-rN")

    line = next(each for each in result.outlines if "the service does not take the credential" in each)
    assert "; look at its value under [credentials]; it says: {" in line
    assert "the key is wrong" in line
    assert "wr0ng" not in line


@pytest.mark.parametrize(
    ("template", "below", "meant"),
    [
        ("/api/{version}", "", 'did you mean "/{version}"?'),
        ("/rest/{version}", "/", 'did you mean "/{version}"?'),
        ("/{version}", "/v2", "base_url ends in the version, which the carrier writes too; did you mean base_url = "),
        ("/{version}", "/service", 'did you mean base_url = "http://'),
    ],
)
def test_a_contract_elsewhere(pytester: pytest.Pytester, template: str, below: str, meant: str) -> None:
    """Paths that are not where the policy says are looked for where they usually are."""
    write_suite(pytester.path, policy=POLICY.replace('"/{version}"', f'"{template}"'))
    for version in ("v1", "v2"):
        document = contract(version) | {"servers": [{"url": template.replace("{version}", version)}]}
        (pytester.path / f"{version}.json").write_text(json.dumps(document), "utf-8")
    with small_api() as (api, url):
        said = _said(_run(pytester, url + below), "no path of the contract is there under ")

    assert meant in said
    assert len(api.requests) < 20


class _Many(kit.App):
    """An API of four collections below a version, of which some are not there, each with an error code of its own where it has one."""

    def __init__(self, gone: frozenset[str], codes: dict[str, str]) -> None:
        super().__init__(today=dt.datetime(2026, 6, 1, tzinfo=dt.UTC))
        self.gone, self.codes = gone, codes

    def dispatch(self, request: Any) -> Any:
        """Answer one request."""
        name = request.path.rpartition("/")[2]
        if name in self.gone or name not in _NAMES or not request.path.startswith(("/v1/", "/v2/")):
            return kit.reply({"error": self.codes.get(name, "NOT_FOUND"), "message": "no"}, 404)
        return kit.reply([])


_NAMES = ("carts", "orders", "users", "wishes")


def _suite(folder: Path) -> None:
    write_suite(folder)
    answers = {"200": {"description": "fine", "content": {"application/json": {"schema": {"type": "array"}}}}}
    for version in ("v1", "v2"):
        document = contract(version)
        document["paths"] = {
            f"/{name}": {"get": {"responses": {**answers, "404": {"description": "none"}}}} for name in _NAMES
        }
        (folder / f"{version}.json").write_text(json.dumps(document), "utf-8")


class _Below(_Many):
    """The same, below a path that nobody would guess."""

    def dispatch(self, request: Any) -> Any:
        """Answer one request."""
        below, _, name = request.path.rpartition("/")
        return kit.reply([]) if below in {"/odd/v1", "/odd/v2"} and name in _NAMES else kit.reply({"error": "NO"}, 404)


def test_a_contract_below_an_address_that_is_a_variable(pytester: pytest.Pytester) -> None:
    """Where the contract's server is `{baseUrl}/…` without a default, its path is what was meant."""
    _suite(pytester.path)
    for version in ("v1", "v2"):
        file = pytester.path / f"{version}.json"
        document = {**json.loads(file.read_text("utf-8")), "servers": [{"url": f"{{baseUrl}}/odd/{version}"}]}
        file.write_text(json.dumps(document), "utf-8")
    policy = pytester.path / "apiversion.toml"
    policy.write_text(policy.read_text("utf-8").replace('"/{version}"', '"/odd/{version}"'), "utf-8")
    with kit.serving(_Below(frozenset(), {})) as url:
        result = _run(pytester, f"{url}/service")

    assert f'did you mean base_url = "{url}"?' in result.stdout.str()


@pytest.mark.parametrize("gone", [{"carts"}, {"carts", "orders"}, {"carts", "orders", "users"}], ids=len)
def test_operations_that_are_gone(pytester: pytest.Pytester, gone: set[str]) -> None:
    """As long as one operation is there, those that are not are findings."""
    _suite(pytester.path)
    with kit.serving(_Many(frozenset(gone), {})) as url:
        result = _run(pytester, url)

    assert result.parseoutcomes().get("skipped", 0) == 0
    assert "no path of the contract" not in result.stdout.str()


def test_everything_is_gone(pytester: pytest.Pytester) -> None:
    """Where no path is anywhere, and each answers as one that nobody has, the places to compare are named."""
    _suite(pytester.path)
    with kit.serving(_Many(frozenset(_NAMES), {})) as url:
        result = _run(pytester, url)

    result.stdout.fnmatch_lines(
        ["not tried: no path of the contract is there under * compare base_url and [[]versioning[]] path.template *"]
    )
    result.assert_outcomes(passed=1, failed=1, skipped=9)


def test_a_service_without_data(pytester: pytest.Pytester) -> None:
    """A 404 that says something else than the one of a path that nobody has is about data."""
    _suite(pytester.path)
    with kit.serving(_Many(frozenset(_NAMES), dict.fromkeys(_NAMES, "NOTHING_YET"))) as url:
        result = _run(pytester, url)

    assert "not tried: no path" not in result.stdout.str()


class _ById(kit.App):
    """A shop below `/shop` whose things are read by their number, none of which is there; a page that is not there says the same or not."""

    def __init__(self, *, silent: bool) -> None:
        super().__init__(today=dt.datetime(2026, 6, 1, tzinfo=dt.UTC))
        self.silent = silent

    def dispatch(self, request: Any) -> Any:
        """Answer one request."""
        there = request.path.startswith("/shop/things/") and not self.silent
        return kit.reply({"error": "NO_SUCH_THING" if there else "NO_SUCH_PAGE", "path": request.path}, 404)


_REPEATED = """
[api]
name = "Shop"
base_url = "${SMALL_URL}"

[versioning]
scheme = "integer"
carriers = ["header"]
header = { name = "Version" }

[versions.1]
contract = "1.json"
"""


@pytest.mark.parametrize(("below", "silent", "told"), [("/shop", False, True), ("", False, False), ("", True, False)])
def test_a_base_url_that_repeats_the_path_of_the_contract(
    pytester: pytest.Pytester, below: str, *, silent: bool, told: bool
) -> None:
    """It is said even where every operation needs data; what answers as no path does, at the right address, has none."""
    document = contract("v1")
    number = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
    answers = {status: {"description": "so", "content": {"application/json": {}}} for status in ("200", "404")}
    document |= {"servers": [{"url": "https://shop.example/shop"}], "security": []}
    document["paths"] = {
        f"/things/{{id}}/{name}": {"get": {"parameters": [number], "responses": answers}} for name in ("a", "b")
    }
    (pytester.path / "1.json").write_text(json.dumps(document), "utf-8")
    (pytester.path / "apiversion.toml").write_text(_REPEATED, "utf-8")
    with kit.serving(_ById(silent=silent)) as url:
        result = _run(pytester, url + below)
        said = f'*no path of the contract is there under {url}/shop (*: 404): did you mean base_url = "{url}"?*'

    assert ("not tried" in result.stdout.str()) == told
    if told:
        result.stdout.fnmatch_lines([said])


def test_a_healthy_service_is_asked_once_more(start: Start) -> None:
    """The diagnosis of a healthy service costs one request."""
    small = start()
    target = load_target(small.pytester.path / "apiversion.toml", {"SMALL_URL": small.url, "SMALL_TOKEN": SECRET})
    with contextlib.closing(
        Runner(target=target, run=Run(as_of=dt.datetime(2026, 6, 1, tzinfo=dt.UTC), seed=0))
    ) as runner:
        assert diagnose(runner) is None

    assert len(small.api.requests) == 1


def test_a_service_that_fails_is_no_case_for_it(pytester: pytest.Pytester) -> None:
    """A 500 at everything is told by findings."""
    write_suite(pytester.path)
    with serving(answering(reply(b"{}", status="500 No"))) as server:
        result = _run(pytester, server.base_url)

    result.assert_outcomes(passed=1, failed=8)


def test_once_with_workers(pytester: pytest.Pytester, spawn: Spawn) -> None:
    """Two workers say it once."""
    write_suite(pytester.path)
    with refusing() as url:
        result = spawn(f"--apiversion-base-url={url}", "--apiversion-today=2026-06-01", "-n2", timeout=60)
    result.assert_outcomes(passed=1, failed=1, skipped=7)


class _Same(_Many):
    """The same API behind something that answers in its place: always, or only where an operation is."""

    def __init__(self, status: int, media_type: str, body: str, *, router: bool) -> None:
        super().__init__(frozenset(), {})
        self.answer, self.router = (status, media_type, body), router

    def dispatch(self, request: Any) -> Any:
        """Answer one request."""
        if self.router and request.path.rpartition("/")[2] not in _NAMES:
            return kit.reply({"error": "NOT_FOUND", "message": "no"}, 404)
        status, media_type, body = self.answer
        return Response(body.replace("{n}", f"{len(request.path)}-0f3a9c"), status=status, content_type=media_type)


_ALIKE = {
    "down": (503, "application/json", '{"error": "DOWN", "request": "{n}"}', "503 (application/json)"),
    "slow": (429, "application/json", '{"error": "SLOW"}', "429 (application/json)"),
    "page": (200, "text/html", "<html>Welcome</html>", "200 (text/html)"),
    "empty": (200, "application/json", "", "200 (application/json)"),
}


@pytest.mark.parametrize("name", _ALIKE)
def test_everything_is_answered_alike(pytester: pytest.Pytester, name: str) -> None:
    """What answers everything the same, a path that nobody has included, is told once, and nothing is held to it."""
    status, media_type, body, told = _ALIKE[name]
    _suite(pytester.path)
    with kit.serving(_Same(status, media_type, body, router=False)) as url:
        result = _run(pytester, url)

    result.assert_outcomes(passed=1, failed=1, skipped=9)
    result.stdout.fnmatch_lines([f"not tried: whatever is asked gets the same {told}: GET /v2/carts, *"])
    assert "[warning]" not in result.stdout.str()


@pytest.mark.parametrize("name", _ALIKE)
def test_a_service_that_knows_its_paths(pytester: pytest.Pytester, name: str) -> None:
    """Where a path that nobody has gets another answer, the service is there, and its findings are told."""
    status, media_type, body, _ = _ALIKE[name]
    _suite(pytester.path)
    with kit.serving(_Same(status, media_type, body, router=True)) as url:
        result = _run(pytester, url, "--apiversion-max-examples=1")

    assert result.parseoutcomes()["failed"] > 1
    assert "not tried: whatever" not in result.stdout.str()
