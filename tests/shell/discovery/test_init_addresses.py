"""The addresses that `apiversion init` is given: refused where they hold too much, and shown without their secrets."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from pytest_apiversion.cli import main
from pytest_apiversion.shell.comparison.sources import no_application, read_source
from tests.apps.kit import serving
from tests.shell.discovery.test_init import Shop
from tests.shell.servers.kit import document, operation, parameter, record, reply


def test_the_query_of_a_documents_address_is_not_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A document may be at another place than its service, behind a key in its query; the name of the document is enough to tell of it."""
    with serving(Shop()) as documents, serving(Shop()) as url:
        source = f"{documents}/openapi.json?token=SECRET9"
        code = main(["init", source, "--base-url", url, "--policy", str(tmp_path / "apiversion.toml"), "--no-run"])
    said = "".join(capsys.readouterr())

    assert code == 0, said
    assert "found openapi.json: " in said
    assert "SECRET9" not in said
    assert [path.name for path in tmp_path.rglob("*") if path.is_file() and "SECRET9" in path.read_text("utf-8")] == []


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://127.0.0.1:9/api?x=1", "the base URL 'http://127.0.0.1:9/api' holds a query; "),
        ("http://127.0.0.1:9/api#x", "holds a fragment; "),
        ("localhost:8000", "the base URL 'localhost:8000' is not an http or https URL of a host"),
        ("127.0.0.1:9/api", "the base URL '127.0.0.1:9/api' is not an http or https URL of a host"),
        ("http://[x", "the base URL 'http://[x' is not a URL"),
    ],
)
def test_a_base_url_that_holds_something_else_is_refused(
    address: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, the address as it was typed, and no file."""
    with serving(Shop()) as url:
        arguments = [f"{url}/openapi.json", "--base-url", address, "--policy", str(tmp_path / "apiversion.toml")]
        code = main(["init", *arguments, "--no-run"])

    assert code == 2
    assert words in " ".join(capsys.readouterr().err.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("source", "meant"),
    [
        ("localhost:8000", "localhost:8000: expected a file, got none; did you mean http://localhost:8000?"),
        ("api.example.org:443/v1", "did you mean http://api.example.org:443/v1?"),
        ("[::1]:8000", "did you mean http://[::1]:8000?"),
        ("shop.main:app", "shop.main:app: expected a document; did you mean the application app:shop.main:app?"),
        ("shop/main.py", "shop/main.py: expected a document; did you mean the application app:shop.main:app?"),
    ],
)
def test_what_was_meant_is_named(source: str, meant: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An address without its scheme, and an application as servers take it, are no files."""
    code = main(["init", source, "--policy", str(tmp_path / "apiversion.toml"), "--no-run"])

    assert code == 2
    assert meant in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("name", ["c:x", "odd.py.json"])
def test_a_file_of_such_a_name_is_read(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there is what was meant."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text(json.dumps(document({"/v1/a": {"get": operation({200: None})}})))

    assert read_source(name, io.BytesIO())["paths"]
    no_application(name)


def test_several_addresses_are_several_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each is read; where they name no server, the host of the first is the service's."""
    policy = tmp_path / "apiversion.toml"
    documents = [f"/{version}/openapi.json" for version in ("v1", "v2")]

    @Request.application
    def answer(request: Request) -> Response:
        found = document({f"/{request.path.split('/')[1]}/a": {"get": operation({200: {"type": "object"}})}})
        return reply(found) if request.path in documents else reply({}, 404)

    with serving(answer) as url:
        code = main(["init", *(f"{url}{each}" for each in documents), "--policy", str(policy), "--no-run"])
        text = policy.read_text("utf-8") if policy.exists() else ""

    assert code == 0, capsys.readouterr()
    assert [f"[versions.{each}]" in text for each in ("v1", "v2")] == [True, True]
    assert f'base_url = "{url}"' in text


def _typed(version: str) -> Any:
    """A document whose answers have a media type of its version."""
    found = document({"/a": {"get": operation({200: record(**{version: {"type": "string"}})})}})
    content = found["paths"]["/a"]["get"]["responses"]["200"]["content"]
    content[f"application/vnd.acme.{version}+json"] = content.pop("application/json")
    return found


def _named(version: str) -> Any:
    """A document whose operations have a header that names its version."""
    named = parameter("Acme-Version", "header", {"const": version})
    return document({"/a": {"get": operation({200: record(**{version: {"type": "string"}})}, parameters=[named])}})


def _released(version: str) -> Any:
    """A document of a release, whose operations have a header that may name any version."""
    named = parameter("Acme-Version", "header", {"enum": ["v1", "v2"]})
    shown = record(**{version: {"type": "string"}})
    found = document({"/a": {"get": operation({200: shown}, parameters=[named])}})
    return {**found, "info": {"title": "Acme", "version": f"{version[1:]}.4.0"}}


@pytest.mark.parametrize("write", [_typed, _named, _released])
def test_each_version_gets_the_document_that_is_about_it(
    write: Callable[[str], Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever they call themselves: by the version that they name, or by the number of their release."""
    sources = [tmp_path / f"{version}.json" for version in ("v1", "v2")]
    for source in sources:
        source.write_text(json.dumps(write(source.stem)), "utf-8")
    policy = tmp_path / "held" / "apiversion.toml"

    @Request.application
    def answer(_: Request) -> Response:
        return reply({"v1": "a", "v2": "b"})

    with serving(answer) as url:
        code = main(["init", *map(str, sources), "--base-url", url, "--policy", str(policy), "--no-run"])

    assert code == 0, capsys.readouterr()
    for version in ("v1", "v2"):
        frozen = json.loads((policy.parent / f"{version}.openapi.json").read_text("utf-8"))
        schema = next(iter(frozen["paths"]["/a"]["get"]["responses"]["200"]["content"].values()))["schema"]
        assert list(schema["properties"]) == [version]


def test_an_application_stands_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing that was given is left out in silence."""
    assert main(["init", "v1.json", "app:shop:app", "--policy", str(tmp_path / "apiversion.toml")]) == 2
    assert "an application stands alone: give it, or documents" in capsys.readouterr().err
