"""`apiversion diff` of documents in which a part is of another kind than it should be."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from tests.shell.comparison.test_compare import run, write
from tests.shell.comparison.test_compare_under_policy import folder
from tests.shell.comparison.test_compare_under_policy import run as run_under
from tests.shell.comparison.test_lenient import JSON, WHOLE, Break, broken, put, rules

PUT = ("paths", "/pets/{id}", "put")
THING = ("components", "schemas", "Thing")
ID = (*THING, "properties", "id")

MISTAKES: dict[str, tuple[Break, str]] = {
    "word-in-required": (put("id", *THING, "required"), "/components/schemas/Thing/required: expected a list of names"),
    "number-in-required": (put([1], *THING, "required"), "/components/schemas/Thing/required/0: expected a name"),
    "list-of-properties": (
        put(["id"], *THING, "properties"),
        "/components/schemas/Thing/properties: expected an object",
    ),
    "word-as-enum": (put("a", *ID, "enum"), "/components/schemas/Thing/properties/id/enum: expected a list of values"),
    "number-as-type": (put(5, *ID, "type"), "/components/schemas/Thing/properties/id/type: expected a type"),
    "word-as-limit": (
        put("five", *ID, "minLength"),
        "/components/schemas/Thing/properties/id/minLength: expected a number",
    ),
    "number-as-pattern": (put(5, *ID, "pattern"), "/components/schemas/Thing/properties/id/pattern: expected a text"),
    "word-as-flag": (
        put("yes", *ID, "readOnly"),
        "/components/schemas/Thing/properties/id/readOnly: expected true or false",
    ),
    "word-as-items": (put("a", *ID, "items"), "/components/schemas/Thing/properties/id/items: expected a schema"),
    "word-as-schema": (put("a", *ID), "/components/schemas/Thing/properties/id: expected a schema"),
    "object-as-all-of": (put({"type": "object"}, *THING, "allOf"), "/components/schemas/Thing/allOf: expected a list"),
    "number-as-reference": (put({"$ref": 5}, *ID), "/components/schemas/Thing/properties/id/$ref: expected a text"),
    "object-of-parameters": (put({"a": {}}, *PUT, "parameters"), "/paths/~1pets~1{id}/put/parameters: expected a list"),
    "word-as-parameter": (put(["a"], *PUT, "parameters"), "/paths/~1pets~1{id}/put/parameters/0: expected an object"),
    "parameter-without-name": (
        put([{"in": "query"}], *PUT, "parameters"),
        "/paths/~1pets~1{id}/put/parameters/0/name: expected a text, got none",
    ),
    "word-as-path-parameters": (
        put("a", "paths", "/pets/{id}", "parameters"),
        "/paths/~1pets~1{id}/parameters: expected a list",
    ),
    "list-as-body": (put([1], *PUT, "requestBody"), "/paths/~1pets~1{id}/put/requestBody: expected an object"),
    "list-of-responses": (put([1], *PUT, "responses"), "/paths/~1pets~1{id}/put/responses: expected an object"),
    "word-as-response": (
        put("x", *PUT, "responses", "200"),
        "/paths/~1pets~1{id}/put/responses/200: expected an object",
    ),
    "list-of-contents": (
        put([JSON], "components", "responses", "Pet", "content"),
        "/components/responses/Pet/content: expected an object",
    ),
    "word-as-media-type": (
        put("x", "components", "responses", "Pet", "content", JSON),
        "/components/responses/Pet/content/application~1json: expected an object",
    ),
    "list-of-headers": (
        put(["X"], "components", "responses", "Pet", "headers"),
        "/components/responses/Pet/headers: expected an object",
    ),
    "list-of-callbacks": (put([1], *PUT, "callbacks"), "/paths/~1pets~1{id}/put/callbacks: expected an object"),
    "word-as-operation": (put("x", *PUT), "/paths/~1pets~1{id}/put: expected an object"),
    "list-as-path": (put([1], "paths", "/pets/{id}"), "/paths/~1pets~1{id}: expected an object"),
    "object-of-servers": (put({"url": "/api"}, "servers"), "/servers: expected a list"),
    "addresses-as-servers": (put(["/api"], "servers"), "/servers: expected a list of objects"),
    "word-as-scopes": (put([{"key": "a"}], "security"), "/security/0/key: expected a list of scopes"),
    "word-as-what-others-need": (
        put({"id": "a"}, *THING, "dependentRequired"),
        "/components/schemas/Thing/dependentRequired/id: expected a list of names",
    ),
    "word-as-scheme": (
        put("key", "components", "securitySchemes", "key"),
        "/components/securitySchemes/key: expected an object",
    ),
    "object-of-requirements": (put({"key": []}, "security"), "/security: expected a list"),
}
"""What is of the wrong kind -> how, and what is said of it."""


@pytest.mark.parametrize(("change", "told"), MISTAKES.values(), ids=MISTAKES.keys())
@pytest.mark.parametrize("turned", [False, True], ids=["new", "old"])
def test_what_is_of_the_wrong_kind_is_a_mistake(tmp_path: Path, change: Break, told: str, *, turned: bool) -> None:
    """A part that no reader can make sense of is refused with its place; leniently it is left out, and told is no change of it."""
    sides = [write(tmp_path / "whole.json", WHOLE), write(tmp_path / "broken.json", broken(change, breaks=False))]
    old, new = reversed(sides) if turned else sides
    code, _, errors = run(old, new)
    leniently, out, noted = run(old, new, form="json", lenient=True)

    assert code == 2
    assert f"broken.json {told}" in errors
    assert (leniently, rules(out)) == (0, [])
    assert f"{told}" in noted
    assert "; left out" in noted


@pytest.mark.parametrize("change", [change for change, _ in MISTAKES.values()], ids=MISTAKES.keys())
def test_the_rest_of_it_is_compared(tmp_path: Path, change: Break) -> None:
    """A break elsewhere is found."""
    old, new = write(tmp_path / "o.json", WHOLE), write(tmp_path / "n.json", broken(change, breaks=True))

    assert rules(run(old, new, form="json", lenient=True)[1]) == ["response-type-changed"]


SLIPS: dict[str, tuple[Break, str]] = {
    "required-as-in-a-parameter": (put(bool(1), *ID, "required"), "/required: expected a list of names, got a boolean"),
    "nothing-as-an-empty-list": (put([], *ID, "properties"), "/properties: expected an object, got an array"),
    "no-parameters-as-an-object": (put({}, "paths", "/other", "get", "parameters"), "/parameters: expected a list"),
    "flag-in-quotes": (put("false", *ID, "readOnly"), "/readOnly: expected true or false, got a string"),
    "number-in-quotes": (put("0", *ID, "minLength"), "/minLength: expected a number, got a string"),
    "null-without-quotes": (put(["string", None], *ID, "type"), "/type/1: expected a type, got nothing"),
    "no-type-at-all": (put(["string", "text"], *ID, "type"), "/type/1: expected a type, got 'text', which is none"),
    "place-of-no-parameter": (
        put([{"name": "a", "in": "body", "schema": {}}], "paths", "/other", "get", "parameters"),
        "/parameters/0/in: expected one of cookie, header, path, query, querystring, got 'body'",
    ),
    "status-that-is-none": (
        put({"description": "x"}, "paths", "/other", "get", "responses", "OK"),
        "/responses/OK: expected a status, got 'OK'",
    ),
    "values-of-a-server": (
        put([{"url": "/api", "variables": {"a": {"enum": "b", "default": "b"}}}], "servers"),
        "/servers/0/variables/a/enum: expected a list of values, got a string",
    ),
    "method-in-capitals": (put({}, "paths", "/other", "POST"), "/POST: expected a method in small letters, got POST"),
}
"""What every reader lives with -> how, and what is said of it."""


@pytest.mark.parametrize(("change", "told"), SLIPS.values(), ids=SLIPS.keys())
def test_what_every_reader_lives_with_is_a_note(tmp_path: Path, change: Break, told: str) -> None:
    """A slip that documents of the wild have keeps nothing from being compared: a warning says where it is, and that it says nothing."""
    old, new = write(tmp_path / "o.json", WHOLE), write(tmp_path / "n.json", broken(change, breaks=True))
    code, out, errors = run(old, new, form="json")

    assert (code, rules(out)) == (1, ["response-type-changed"])
    assert "left_out" not in json.loads(out)
    assert f"{told}" in errors
    assert "; it says nothing\n" in errors


def test_what_is_not_there_may_be_written(tmp_path: Path) -> None:
    """Nothing is said of null in the place of a member, as some languages write what is not there."""
    new = copy.deepcopy(WHOLE)
    new["paths"]["/other"]["get"] |= {"parameters": None, "requestBody": None, "security": new["security"]}
    new["components"]["schemas"]["Thing"] |= {"enum": None, "allOf": None, "nullable": None}

    assert run(write(tmp_path / "o.json", WHOLE), write(tmp_path / "n.json", new)) == (
        0,
        "nothing changed that means anything to a client\n",
        "",
    )


def test_a_slip_at_many_places_is_one_line(tmp_path: Path) -> None:
    """The same slip is told once, with the first places of it and how many more there are; of both documents too."""
    new = copy.deepcopy(WHOLE)
    members = {f"m{n}": {"type": "string", "required": True} for n in range(5)}
    new["components"]["schemas"]["Thing"]["properties"] |= members
    place = "/components/schemas/Thing/properties"
    _, _, errors = run(write(tmp_path / "o.json", WHOLE), file := write(tmp_path / "n.json", new))

    assert errors == (
        f"warning: {file} {place}/m0/required: expected a list of names, got a boolean; it says nothing, and the same at "
        f"{file} {place}/m1/required, {file} {place}/m2/required and 2 more\n"
    )


def test_what_no_operation_uses_may_be_of_any_kind(tmp_path: Path) -> None:
    """In a part that nobody uses it is a warning."""
    new = broken(put({"enum": "a"}, "components", "schemas", "Unused"), breaks=False)
    code, _, errors = run(write(tmp_path / "o.json", WHOLE), write(tmp_path / "n.json", new))

    assert code == 0
    assert "/components/schemas/Unused/enum: expected a list of values, got a string; no operation uses it\n" in errors


def test_another_file_is_looked_at(tmp_path: Path) -> None:
    """A mistake in a file that the document refers to is told with the name of that file."""
    new = broken(put({"$ref": "pets.json#/Owner"}, "components", "schemas", "Owner"), breaks=False)
    write(tmp_path / "pets.json", {"Owner": {"type": "object", "properties": {"a": {"enum": "a"}}}})
    _, _, errors = run(write(tmp_path / "o.json", WHOLE), write(tmp_path / "n.json", new))

    assert "pets.json /Owner/properties/a/enum: expected a list of values, got a string" in errors


def test_swagger_is_looked_at(tmp_path: Path) -> None:
    """In Swagger 2.0 a parameter has the keywords of a schema, and `required` of its own."""

    def told(**more: Any) -> Path:
        parameter = {"name": "a", "in": "query", "type": "string", "required": True, **more}
        made = {"swagger": "2.0", "info": {"title": "T", "version": "1"}}
        operation = {"parameters": [parameter], "responses": {"200": {"description": "x"}}}
        return write(tmp_path / f"{len(more)}.json", {**made, "paths": {"/a": {"get": operation}}})

    assert run(told(), told()) == (0, "nothing changed that means anything to a client\n", "")
    code, _, errors = run(told(), told(enum="a"))
    assert code == 2
    assert "/paths/~1a/get/parameters/0/enum: expected a list of values, got a string" in errors


def test_it_holds_under_a_policy(tmp_path: Path) -> None:
    """Under a policy both documents are held to it."""
    policy = folder(tmp_path / "shop", {"1.0.0": WHOLE})
    new = write(tmp_path / "new.json", broken(MISTAKES["word-as-enum"][0], breaks=False))

    assert run_under(policy, new, version="1.0.0")[0] == 2
    code, out, errors = run_under(policy, new, version="1.0.0", lenient=True)
    assert (code, out.splitlines()[-1].count("1 part left out")) == (0, 1)
    assert "; left out\n" in errors


def test_a_path_without_a_slash_is_a_path(tmp_path: Path) -> None:
    """A path that does not begin with a slash is compared with the one that does; a warning says so."""
    new = copy.deepcopy(WHOLE)
    new["paths"]["other"] = new["paths"].pop("/other")
    code, out, errors = run(write(tmp_path / "o.json", WHOLE), write(tmp_path / "n.json", new))

    assert (code, out) == (0, "nothing changed that means anything to a client\n")
    assert "/paths/other: expected a path that begins with `/`; it is read as one\n" in errors
