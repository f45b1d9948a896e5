"""The `apiversion diff` command: what it reads, what it says, and how it ends."""

from __future__ import annotations

import datetime as dt
import io
import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from pytest_apiversion.shell.commands.diff import diff_command

PET = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "integer"}, "kind": {"type": "string", "enum": ["a|b"]}},
}


def document(schema: Any = PET, version: str = "3.1.0") -> dict[str, Any]:
    """A document with one response."""
    response = {"200": {"description": "x", "content": {"application/json": {"schema": schema}}}}
    return {
        "openapi": version,
        "info": {"title": "T", "version": "1"},
        "paths": {"/pets": {"get": {"responses": response}}},
    }


BROKEN = document({**PET, "required": []})
WARNED = document({**PET, "properties": {"id": {"type": "integer"}}})


def run(old: object, new: object, *, form: str = "text", stdin: bytes = b"", **more: Any) -> tuple[int, str, str]:
    """The command's answer, what it wrote, and what it complained of."""
    out, errors = io.StringIO(), io.StringIO()
    code = diff_command(str(old), str(new), form=form, stdin=io.BytesIO(stdin), out=out, errors=errors, **more)

    return code, out.getvalue(), errors.getvalue()


def write(path: Path, value: Any) -> Path:
    """A file that holds a document, or a text."""
    text = value if isinstance(value, str) else yaml.safe_dump(value) if path.suffix == ".yaml" else json.dumps(value)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("new", "code", "last"),
    [
        pytest.param(document(), 0, "nothing changed that means anything to a client", id="same"),
        pytest.param(WARNED, 0, "1 warning", id="warning"),
        pytest.param(BROKEN, 1, "1 breaking", id="breaking"),
    ],
)
def test_the_exit_code_says_whether_clients_break(tmp_path: Path, new: Any, code: int, last: str) -> None:
    """0 where nothing breaks, warnings included; 1 where something does; JSON and YAML are the same."""
    old = write(tmp_path / "old.json", document())

    for name in ("new.json", "new.yaml"):
        got, out, errors = run(old, write(tmp_path / name, new))

        assert (got, out.splitlines()[-1], errors) == (code, last, "")


def test_the_text_says_what_where_and_whom(tmp_path: Path) -> None:
    """A change is a sentence, a place, the operations it reaches and a fingerprint."""
    _, out, _ = run(write(tmp_path / "o.json", document()), write(tmp_path / "n.json", BROKEN))

    assert out.splitlines()[:3] == [
        "error: `body.id` may be missing [response-property-became-optional]",
        "  at /paths/~1pets/get/responses/200/content/application~1json/schema",
        "  reaches GET /pets",
    ]


def test_json_can_be_read_by_programs(tmp_path: Path) -> None:
    """The JSON report is one object with the counts and every change."""
    code, out, _ = run(write(tmp_path / "o.json", document()), write(tmp_path / "n.json", WARNED), form="json")
    told = json.loads(out)

    assert (code, told["breaking"], told["counts"]) == (0, False, {"error": 0, "warning": 1, "info": 0})
    assert told["changes"][0]["rule"] == "response-optional-property-removed"
    assert told["changes"][0]["operations"] == ["GET /pets"]


def test_markdown_is_a_table(tmp_path: Path) -> None:
    """A cell never ends early, whatever a document says."""
    new = document({**PET, "properties": {**PET["properties"], "kind": {"type": "string", "enum": ["c|d"]}}})  # type: ignore[dict-item]  # it is one
    _, out, _ = run(write(tmp_path / "o.json", document()), write(tmp_path / "n.json", new), form="markdown")
    rows = [line for line in out.splitlines() if line.startswith("|")]

    assert len(rows) == 4
    assert all(row.replace("\\|", "").count("|") == 5 for row in rows)


def test_annotations_cannot_be_forged(tmp_path: Path) -> None:
    """A document cannot add an annotation of its own."""
    new = document(
        {**PET, "properties": {"id": {"type": "integer"}, "kind": {"type": "string", "enum": ["x\n::error::forged"]}}}
    )
    path = write(tmp_path / "n.json", new)
    _, out, _ = run(write(tmp_path / "o.json", document()), path, form="github")

    assert [line for line in out.splitlines() if line.startswith("::")] == [
        line for line in out.splitlines() if line.startswith(f"::warning file={path},title=response-enum-value-added::")
    ]


def test_sunsets_are_read_at_a_day(tmp_path: Path) -> None:
    """The day is an argument, and so is the time of grace."""
    operation = document()["paths"]["/pets"]["get"]
    ending = document() | {"paths": {"/pets": {"get": {**operation, "deprecated": True, "x-sunset": "2030-06-01"}}}}
    old, gone = write(tmp_path / "o.json", ending), write(tmp_path / "n.json", document() | {"paths": {}})
    plain = write(tmp_path / "p.json", document())

    assert run(old, gone, as_of=dt.date(2030, 5, 31))[0] == 1
    assert run(old, gone, as_of=dt.date(2030, 6, 1))[0] == 0
    assert run(plain, old, as_of=dt.date(2030, 5, 1), grace_days=32)[0] == 1
    assert run(plain, old, as_of=dt.date(2030, 5, 1), grace_days=31)[0] == 0


def test_standard_input_is_one_of_the_two(tmp_path: Path) -> None:
    """`-` is standard input; it cannot be both."""
    old = write(tmp_path / "o.json", document())

    assert run(old, "-", stdin=json.dumps(BROKEN).encode())[0] == 1
    assert run("-", old, stdin=yaml.safe_dump(document()).encode())[0] == 0
    assert run("-", "-")[0] == 2


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a contract of two files, committed once."""
    folder = tmp_path / "repository"
    (folder / "api").mkdir(parents=True)
    write(folder / "api" / "v1.json", document({"$ref": "pet.json#/Pet"}))
    write(folder / "api" / "pet.json", {"Pet": PET})
    write(folder / "alone.json", document())
    monkeypatch.chdir(folder)
    for arguments in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *arguments], check=True, capture_output=True)  # noqa: S607  the git that is there
    return folder


def test_a_commit_is_a_source(repository: Path) -> None:
    """`git:REF:PATH` is a file as it was, with the files it refers to."""
    write(repository / "api" / "pet.json", {"Pet": {**PET, "required": []}})
    write(repository / "alone.json", BROKEN)

    assert run("git:HEAD:api/v1.json", "api/v1.json")[0] == 1
    assert run("git:HEAD:alone.json", "alone.json")[0] == 1
    assert run("git:HEAD:alone.json", "git:HEAD:api/v1.json")[0] == 0


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    "source", ["git:HEAD", "git:HEAD:none.json", "git:nowhere:alone.json", "git:--output=x:alone.json", "git:HEAD:api"]
)
def test_a_commit_that_is_none_is_said(source: str) -> None:
    """A commit or file that is not there is one clear line."""
    code, out, errors = run(source, "alone.json")

    assert (code, out, errors.count("\n")) == (2, "", 1)
    assert source in errors


def test_how_a_broken_document_is_compared_anyway_is_said(tmp_path: Path) -> None:
    """What is wrong inside a document is told with the option that compares the rest; a file that is none is not."""
    broken = {**BROKEN, "paths": {"/a": {"$ref": "#/nowhere"}}}
    write(tmp_path / "broken.json", broken)
    path = str(tmp_path / "broken.json")

    assert run(path, path)[2].endswith("; --lenient compares the rest\n")
    assert run(path, path, lenient=True)[0] == 0
    assert "--lenient" not in run(str(tmp_path / "none.json"), path)[2]

    (tmp_path / "inside").mkdir()
    write(tmp_path / "inside" / "above.json", {**BROKEN, "paths": {"/a": {"$ref": "../broken.json#/paths/~1a"}}})
    above = str(tmp_path / "inside" / "above.json")
    assert run(above, above)[2].endswith("; --root names the folder it may stand in\n")


def test_an_address_is_a_source(tmp_path: Path) -> None:
    """An http address that is written out is asked; one that answers with an error is said."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/openapi.json" else 404)
            self.end_headers()
            self.wfile.write(json.dumps(BROKEN).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    old = write(tmp_path / "o.json", document())
    try:
        assert run(old, f"{address}/openapi.json")[0] == 1
        assert run(old, f"{address}/none")[::2] == (2, f"{address}/none: answered 404\n")
    finally:
        server.shutdown()
        server.server_close()
    assert run(old, f"{address}/openapi.json")[0] == 2


def test_swagger_is_compared_with_openapi(tmp_path: Path) -> None:
    """Swagger 2.0 in the words of OpenAPI 3: the same API is no change, and a break is one."""
    swagger = {
        "swagger": "2.0",
        "info": {"title": "T", "version": "1"},
        "basePath": "/v1",
        "produces": ["application/json"],
        "consumes": ["application/json"],
        "paths": {
            "/pets/{id}": {
                "post": {
                    "parameters": [
                        {"name": "id", "in": "path", "required": True, "type": "string"},
                        {"$ref": "#/parameters/Limit"},
                        {"name": "pet", "in": "body", "required": True, "schema": {"$ref": "#/definitions/Pet"}},
                    ],
                    "responses": {"200": {"description": "x", "schema": {"$ref": "#/definitions/Pet"}}},
                    "security": [{"key": []}],
                }
            }
        },
        "parameters": {"Limit": {"name": "limit", "in": "query", "type": "integer"}},
        "definitions": {"Pet": {"type": "object", "properties": {"name": {"type": "string", "x-nullable": True}}}},
        "securityDefinitions": {"key": {"type": "basic"}},
    }
    pet = {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}
    three: dict[str, Any] = {
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "servers": [{"url": "/v1"}],
        "paths": {
            "/pets/{id}": {
                "post": {
                    "parameters": [
                        {"name": "limit", "in": "query", "schema": {"type": "integer"}},
                        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                    ],
                    "requestBody": {"required": True, "content": pet},
                    "responses": {"200": {"description": "x", "content": pet}},
                    "security": [{"basic": []}],
                }
            }
        },
        "components": {
            "schemas": {"Pet": {"type": "object", "properties": {"name": {"type": "string", "nullable": True}}}},
            "securitySchemes": {"basic": {"type": "http", "scheme": "basic"}},
        },
    }
    old, new = write(tmp_path / "o.json", swagger), write(tmp_path / "n.yaml", three)

    assert run(old, new)[:2] == (0, "nothing changed that means anything to a client\n")
    assert run(new, old)[:2] == (0, "nothing changed that means anything to a client\n")
    del three["components"]["schemas"]["Pet"]["properties"]["name"]["nullable"]
    assert run(old, write(tmp_path / "n.yaml", three))[0] == 1


def test_the_command_starts_fast() -> None:
    """The command needs neither pytest nor the libraries that draw and send requests."""
    heavy = {"pytest", "_pytest", "hypothesis", "schemathesis", "requests", "jsonschema", "jsonschema_rs"}
    code = f"import sys, pytest_apiversion.cli, pytest_apiversion.shell.comparison.compare; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_the_command_is_installed(tmp_path: Path) -> None:
    """`apiversion diff OLD NEW` is the same from a shell."""
    old, new = write(tmp_path / "o.json", document()), write(tmp_path / "n.json", BROKEN)
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from pytest_apiversion.cli import main; sys.exit(main())",
            "diff",
            str(old),
            str(new),
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout.splitlines()[-1], done.stderr) == (1, "1 breaking", "")
