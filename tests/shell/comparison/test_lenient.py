"""`apiversion diff --lenient`: the rest of a broken document is compared, and what was left out is said."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.shell.comparison.test_compare import run, write
from tests.shell.comparison.test_compare_under_policy import folder
from tests.shell.comparison.test_compare_under_policy import run as run_under

JSON = "application/json"


def schema(name: str) -> dict[str, Any]:
    """A reference to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


WHOLE: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "T", "version": "1"},
    "servers": [{"url": "/api"}],
    "security": [{"key": []}],
    "paths": {
        "/other": {
            "get": {"responses": {"200": {"description": "x", "content": {JSON: {"schema": {"type": "integer"}}}}}}
        },
        "/pets/{id}": {
            "parameters": [{"$ref": "#/components/parameters/Id"}],
            "put": {
                "parameters": [{"$ref": "#/components/parameters/Limit"}],
                "requestBody": {"$ref": "#/components/requestBodies/Pet"},
                "responses": {"200": {"$ref": "#/components/responses/Pet"}},
                "callbacks": {"done": {"{$url}": {"post": {"responses": {"200": {"description": "x"}}}}}},
            },
        },
    },
    "webhooks": {"born": {"post": {"responses": {"200": {"description": "x"}}}}},
    "components": {
        "parameters": {
            "Id": {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
            "Limit": {"name": "limit", "in": "query", "required": True, "schema": {"type": "integer"}},
        },
        "headers": {"Total": {"required": True, "schema": {"type": "integer"}}},
        "requestBodies": {"Pet": {"required": True, "content": {JSON: {"schema": schema("Pet")}}}},
        "responses": {
            "Pet": {
                "description": "x",
                "headers": {"Total": {"$ref": "#/components/headers/Total"}},
                "content": {JSON: {"schema": schema("Pet")}},
            }
        },
        "schemas": {
            "Pet": {"allOf": [schema("Thing"), {"properties": {"owner": schema("Owner")}, "required": ["owner"]}]},
            "Thing": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
            "Owner": {"oneOf": [schema("Person"), {"type": "string"}]},
            "Person": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
        },
        "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
    },
}

Break = Callable[[dict[str, Any]], None]


def gone(*place: str) -> Break:
    """What takes a part out of a document that is referred to."""

    def change(document: dict[str, Any]) -> None:
        holder = document
        for part in place[:-1]:
            holder = holder[part]
        del holder[place[-1]]

    return change


def put(value: Any, *place: Any) -> Break:
    """What puts a value in the place of a part."""

    def change(document: dict[str, Any]) -> None:
        holder: Any = document
        for part in place[:-1]:
            holder = holder[part]
        holder[place[-1]] = value

    return change


BROKEN: dict[str, tuple[Break, str]] = {
    "schema": (
        gone("components", "schemas", "Pet"),
        "/components/responses/Pet/content/application~1json/schema/$ref",
    ),
    "part-of-all-of": (gone("components", "schemas", "Thing"), "/components/schemas/Pet/allOf/0/$ref"),
    "member": (gone("components", "schemas", "Owner"), "/components/schemas/Pet/allOf/1/properties/owner/$ref"),
    "alternative": (gone("components", "schemas", "Person"), "/components/schemas/Owner/oneOf/0/$ref"),
    "parameter": (gone("components", "parameters", "Limit"), "/paths/~1pets~1{id}/put/parameters/0/$ref"),
    "path-parameter": (gone("components", "parameters", "Id"), "/paths/~1pets~1{id}/parameters/0/$ref"),
    "header": (gone("components", "headers", "Total"), "/components/responses/Pet/headers/Total/$ref"),
    "body": (gone("components", "requestBodies", "Pet"), "/paths/~1pets~1{id}/put/requestBody/$ref"),
    "response": (gone("components", "responses", "Pet"), "/paths/~1pets~1{id}/put/responses/200/$ref"),
    "path": (put({"$ref": "#/components/pathItems/Pet"}, "paths", "/pets/{id}"), "/paths/~1pets~1{id}/$ref"),
    "callback": (
        put({"$ref": "#/components/callbacks/Done"}, "paths", "/pets/{id}", "put", "callbacks", "done"),
        "/paths/~1pets~1{id}/put/callbacks/done/$ref",
    ),
    "webhook": (put({"$ref": "#/components/pathItems/Born"}, "webhooks", "born"), "/webhooks/born/$ref"),
    "file": (put({"$ref": "none.json"}, "components", "schemas", "Owner"), "/components/schemas/Owner/$ref"),
    "outside": (put({"$ref": "../none.json"}, "components", "schemas", "Owner"), "/components/schemas/Owner/$ref"),
    "address": (
        put({"$ref": "https://example.org/a.json"}, "components", "schemas", "Owner"),
        "/components/schemas/Owner/$ref",
    ),
    "ring": (put(schema("Owner"), "components", "schemas", "Owner"), "#/components/schemas/Owner"),
    "components": (put([], "components"), "/components"),
}
"""What is broken in the new document -> how, and the place that is said to be left out."""


def broken(change: Break, *, breaks: bool) -> dict[str, Any]:
    """The document, broken in one place, and perhaps with a change elsewhere that breaks clients."""
    made = copy.deepcopy(WHOLE)
    change(made)
    if breaks:
        made["paths"]["/other"]["get"]["responses"]["200"]["content"][JSON]["schema"]["type"] = "string"
    return made


def rules(out: str) -> list[str]:
    """The rules of the changes in a JSON report."""
    return [change["rule"] for change in json.loads(out)["changes"]]


@pytest.mark.parametrize(("change", "place"), BROKEN.values(), ids=BROKEN.keys())
@pytest.mark.parametrize("turned", [False, True], ids=["new", "old"])
def test_of_what_is_left_out_nothing_is_said(tmp_path: Path, change: Break, place: str, *, turned: bool) -> None:
    """A broken document is refused; leniently read, its rest is compared, what was left out is named, and no change is told of it."""
    sides = [write(tmp_path / "whole.json", WHOLE), write(tmp_path / "broken.json", broken(change, breaks=False))]
    old, new = reversed(sides) if turned else sides
    code, out, errors = run(old, new, form="json", lenient=True)

    assert run(old, new)[0] == 2
    assert (code, rules(out)) == (0, [])
    assert any(place in line for line in json.loads(out)["left_out"])
    assert f"{place}: " in errors
    assert "; left out" in errors


@pytest.mark.parametrize(("change", "place"), BROKEN.values(), ids=BROKEN.keys())
def test_the_rest_is_compared(tmp_path: Path, change: Break, place: str) -> None:
    """A break elsewhere is found, and the last line says that parts are missing."""
    old, new = write(tmp_path / "o.json", WHOLE), write(tmp_path / "n.json", broken(change, breaks=True))
    code, out, _ = run(old, new, lenient=True)

    assert code == 1
    assert out.startswith("error: `body` is `string`, was `integer` [response-type-changed]")
    assert "left out" in out.splitlines()[-1]
    assert place


def test_what_is_known_beside_a_broken_member_is_compared(tmp_path: Path) -> None:
    """A member that was left out hides itself only: its sibling is compared, and its own presence is."""
    new = copy.deepcopy(WHOLE)
    del new["components"]["schemas"]["Person"]
    new["components"]["schemas"]["Pet"]["allOf"][1] = {"properties": {"owner": schema("Owner")}}
    new["components"]["schemas"]["Thing"]["properties"]["id"] = {"type": "integer"}
    _, out, _ = run(write(tmp_path / "o.json", WHOLE), write(tmp_path / "n.json", new), form="json", lenient=True)

    assert sorted(rules(out)) == [
        "request-property-became-optional",
        "request-type-changed",
        "response-property-became-optional",
        "response-type-changed",
    ]


TEXT = json.dumps(WHOLE, indent=2)
THING = '"Thing": {\n        "type": "object",'

YAML = """\
openapi: 3.1.0
info:
  title: T
  version: "1"
paths:
  /pets:
    get:
      responses:
        "200":
          description: Pets.
          content:
            application/json:
              schema:
                type: object
                required: [id]
                properties:
                  id:
                    type: string
  /other:
    get:
      responses:
        "200":
          description: x
"""

TEXTS: dict[str, tuple[str, str, str, str]] = {
    "json-comma-too-many": ("json", TEXT, TEXT.replace("\n  }\n}", "\n  },\n}"), ":"),
    "json-comma-missing": ("json", TEXT, TEXT.replace('"type": "object",', '"type": "object"', 1), ":"),
    "json-comment": ("json", TEXT, TEXT.replace(THING, THING + " // a thing"), ":"),
    "json-bad-value": ("json", TEXT, TEXT.replace('"in": "path"', '"in": path'), ":"),
    "json-cut-off": ("json", TEXT, TEXT[: TEXT.index('"headers": {\n      "Total"')], ":"),
    "json-cut-in-a-text": ("json", TEXT, TEXT[: TEXT.index("apiKey") + 2], ":"),
    "json-twice": (
        "json",
        TEXT,
        TEXT.replace('"Thing": {', '"Owner": {}, "Thing": {'),
        " /components/schemas/Owner",
    ),
    "yaml-colon-in-text": ("yaml", YAML, YAML.replace("Pets.", "Pets: all"), ":10"),
    "yaml-open-quote": ("yaml", YAML, YAML.replace("Pets.", '"Pets'), ":10"),
    "yaml-open-list": ("yaml", YAML, YAML.replace("[id]", "[id"), ":15"),
    "yaml-open-map": ("yaml", YAML, YAML.replace("schema:\n", "schema: {a: b\n"), ":13"),
    "yaml-tab": ("yaml", YAML, YAML.replace("                    type: string", "\t\ttype: string"), ":"),
    "yaml-no-key": ("yaml", YAML, YAML.replace("description: Pets.", "description Pets."), ":11"),
    "yaml-unknown-alias": ("yaml", YAML, YAML.replace("type: string", "type: *kind"), " /paths/~1pets"),
    "yaml-twice": (
        "yaml",
        YAML,
        YAML + YAML[YAML.index("  /other") :].replace("description: x", "description: y\n          headers: {}"),
        " /paths/~1other",
    ),
    "yaml-tag": ("yaml", YAML, YAML.replace("type: string", "type: !kind string"), " /paths/~1pets"),
}
"""A text that is none -> its kind, the whole text, the broken one, and what the place begins with."""


@pytest.mark.parametrize(("kind", "whole", "text", "place"), TEXTS.values(), ids=TEXTS.keys())
@pytest.mark.parametrize("turned", [False, True], ids=["new", "old"])
def test_the_rest_of_a_broken_text_is_read(
    tmp_path: Path, kind: str, whole: str, text: str, place: str, *, turned: bool
) -> None:
    """A text that is neither JSON nor YAML in one place is refused; leniently read, that place is named with its line, and told is no change."""
    sides = [write(tmp_path / f"whole.{kind}", whole), write(tmp_path / f"broken.{kind}", text)]
    old, new = reversed(sides) if turned else sides
    code, out, errors = run(old, new, form="json", lenient=True)

    assert text != whole
    assert run(old, new)[0] == 2
    assert (code, [change for change in json.loads(out)["changes"] if change["severity"] != "info"]) == (0, [])
    assert f"broken.{kind}{place}" in errors
    assert "; left out" in errors


@pytest.mark.parametrize("text", ["", "{", "no document", "[1, 2", "\x00", "a: b: c: d\n" * 100], ids=repr)
def test_what_is_no_document_is_refused(tmp_path: Path, text: str) -> None:
    """Where nothing can be read, there is nothing to compare."""
    assert run(write(tmp_path / "o.json", WHOLE), write(tmp_path / "n.yaml", text), lenient=True)[0] == 2


def test_a_file_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    """A file that a document refers to is left out where it cannot be read, each reference to it named once."""
    new = copy.deepcopy(WHOLE)
    new["components"]["schemas"] |= {"Owner": {"$ref": "bad.json#/a"}, "Thing": {"$ref": "bad.json#/b"}}
    (tmp_path / "bad.json").write_bytes(b"\xff\xfe")
    code, out, errors = run(write(tmp_path / "o.json", WHOLE), write(tmp_path / "n.json", new), lenient=True)

    assert (code, out) == (0, "nothing changed that means anything to a client; 2 parts left out\n")
    assert "warning: bad.json: expected UTF-8, got a byte that is none at 0; left out\n" in errors


def test_a_version_that_is_not_told_is_let_pass(tmp_path: Path) -> None:
    """A document that does not say which OpenAPI it is is read as 3.1."""
    new = {name: value for name, value in WHOLE.items() if name != "openapi"}
    code, out, errors = run(write(tmp_path / "o.json", WHOLE), write(tmp_path / "n.json", new), lenient=True)

    assert (code, out) == (0, "nothing changed that means anything to a client; 1 part left out\n")
    assert "/openapi: expected 3.0, 3.1, 3.2 (or `swagger` 2.0), got none" in errors


def test_it_works_under_a_policy(tmp_path: Path) -> None:
    """Under a policy the frozen contract and the new document are read alike."""
    policy = folder(tmp_path / "shop", {"1.0.0": WHOLE})
    change = BROKEN["member"][0]
    new = write(tmp_path / "new.json", broken(change, breaks=False))

    assert run_under(policy, new, version="1.0.0")[0] == 2
    code, out, errors = run_under(policy, new, version="1.0.0", lenient=True)
    assert (code, out.splitlines()[-1].count("1 part left out")) == (0, 1)
    assert "; left out\n" in errors


def test_swagger_is_read_leniently(tmp_path: Path) -> None:
    """Swagger 2.0 with parameters, answers and schemas that lead to nothing is compared without them."""

    def told(pet: str, limit: str, answer: str) -> dict[str, Any]:
        post = {
            "parameters": [
                {"$ref": f"#/parameters/{limit}"},
                {"name": "pet", "in": "body", "required": True, "schema": {"$ref": f"#/definitions/{pet}"}},
            ],
            "responses": {"200": {"$ref": f"#/responses/{answer}"}},
        }
        return {
            "swagger": "2.0",
            "info": {"title": "T", "version": "1"},
            "consumes": [JSON],
            "produces": [JSON],
            "paths": {"/pets": {"post": post}},
            "parameters": {"Limit": {"name": "limit", "in": "query", "type": "integer"}},
            "definitions": {"Pet": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}},
            "responses": {"Pet": {"description": "x", "schema": {"$ref": "#/definitions/Pet"}}},
        }

    whole = write(tmp_path / "o.json", told("Pet", "Limit", "Pet"))
    for names in (("X", "Limit", "Pet"), ("Pet", "X", "Pet"), ("Pet", "Limit", "X")):
        new = write(tmp_path / "n.json", told(*names))
        assert run(whole, new)[0] == 2
        assert run(whole, new, form="json", lenient=True)[0] == 0
        assert run(new, whole, form="json", lenient=True)[0] == 0
