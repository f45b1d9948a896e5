"""Drawn requests and malformed version texts."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import core as hypothesis_core

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.contracts.contract import Contract
from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.shell.generation.drawing import draw, malformed_texts
from pytest_apiversion.shell.generation.drawn import Drawn, Key
from pytest_apiversion.shell.openapi.contracts import read_contract

ROOT = Path(__file__).parents[3]
SCHEMATHESIS = tuple(int(part) for part in metadata.version("schemathesis").split(".")[:2])
PARAMETERS = [
    {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}},
    {"name": "n", "in": "query", "required": True, "schema": {"type": "integer", "minimum": 1, "maximum": 50}},
    {"name": "tags", "in": "query", "explode": False, "schema": {"type": "array", "items": {"enum": ["a", "b"]}}},
    {"name": "X-Key", "in": "header", "required": True, "schema": {"type": "string", "pattern": "^[a-z]{3}$"}},
]
BODY = {
    "type": "object",
    "required": ["name"],
    "additionalProperties": False,
    "properties": {"name": {"type": "string"}, "size": {"type": "integer", "format": "int32"}},
}


def contract(operation: dict[str, Any], path: str = "/pets/{id}", **more: Any) -> Contract:
    """A contract of one POST."""
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {path: {"post": operation}},
        **more,
    }
    return read_contract(document, source="c.yaml", version="v1", digest="", locate=lambda path: path)


def cases(
    operation: dict[str, Any],
    *,
    path: str = "/pets/{id}",
    seed: int = 1,
    examples: int = 8,
    negative: int = 0,
    **more: Any,
) -> tuple[DrawnCase, ...]:
    """What is drawn for one POST."""
    found = contract(operation, path, **more)
    return draw(found, found.operations[f"POST {path}"], seed=seed, examples=examples, negative=negative)


FULL: dict[str, Any] = {
    "parameters": PARAMETERS,
    "requestBody": {"required": True, "content": {"application/json": {"schema": BODY}}},
    "responses": {},
    "security": [{"key": []}],
}
SCHEMES: dict[str, Any] = {
    "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Secret"}}}
}


def test_positive_cases_are_what_the_contract_accepts() -> None:
    """Drawn cases are valid, carry what is required, and nothing a tool or a security scheme added."""
    found = cases(FULL, **SCHEMES)

    assert 2 <= len(found) <= 8
    assert {case.aim for case in found} == {Aim.UNKNOWN_DATA}
    assert len({case.data for case in found}) == len(found)
    for case in found:
        assert case.path_parameters["id"]
        assert "/" not in case.path_parameters["id"]
        assert [1 <= int(value) <= 50 for name, value in case.query if name == "n"] == [True]
        assert [name for name, _ in case.headers] == ["X-Key"]
        assert case.media_type == "application/json"
        assert case.body is not None
        assert json.loads(case.body) == case.json
        assert {"name"} <= set(case.json) <= {"name", "size"}


def test_the_minimal_case_has_only_what_is_required() -> None:
    """The first case, where the contract has no examples, leaves out all that may be left out."""
    first = cases(FULL)[0]

    assert first.origin == "minimal"
    assert [name for name, _ in first.query] == ["n"]
    assert set(first.json) == {"name"}


def test_examples_of_the_contract_come_first() -> None:
    """Examples are sent as they are, written in their style; those that break their own schema are left out."""
    parameters = [
        {**PARAMETERS[0], "example": "a/b c"},
        {**PARAMETERS[1], "example": 7},
        {**PARAMETERS[2], "example": ["a", "b"]},
        {**PARAMETERS[3], "example": "NOT VALID"},
    ]
    body = {
        "required": True,
        "content": {
            "application/json": {
                "schema": BODY,
                "examples": {
                    "one": {"value": {"name": "x"}},
                    "two": {"value": {"name": "y", "size": 1}},
                    "wrong": {"value": {}},
                },
            }
        },
    }
    found = cases({**FULL, "parameters": parameters, "requestBody": body})

    assert [case.json for case in found if case.origin == "example"] == [{"name": "x"}, {"name": "y", "size": 1}]
    assert found[0].path_parameters == {"id": "a%2Fb%20c"}
    assert set(found[0].query) == {("n", "7"), ("tags", "a,b")}
    assert len(found[0].headers[0][1]) == 3


@pytest.mark.skipif(SCHEMATHESIS < (4, 25), reason="schemathesis before 4.25 cannot break every shape of request")
def test_negative_cases_are_marked() -> None:
    """Negative cases are asked as refused ones and come after the positive ones."""
    found = cases(FULL, negative=4)
    aims = [case.aim for case in found]

    assert 1 <= aims.count(Aim.REFUSED) <= 4
    assert aims == sorted(aims, key=[Aim.UNKNOWN_DATA, Aim.REFUSED].index)


@pytest.mark.parametrize(
    ("operation", "path"),
    [
        pytest.param({"responses": {}}, "/pets", id="nothing to break"),
        pytest.param(
            {
                "responses": {},
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            },
            "/pets/{id}",
            id="any text will do",
        ),
    ],
)
def test_no_negative_cases_where_there_is_nothing_to_break(operation: dict[str, Any], path: str) -> None:
    """An operation that cannot be asked wrongly has no negative cases, and that is no error."""
    found = cases(operation, path=path, negative=4)

    assert found
    assert {case.aim for case in found} == {Aim.UNKNOWN_DATA}


def test_a_request_nobody_can_make_is_an_error_of_the_tool() -> None:
    """A schema that nothing satisfies gives one clear line, never a finding."""
    with pytest.raises(ToolError, match=r"c\.yaml: POST /pets: no request could be drawn"):
        cases(
            {"responses": {}, "requestBody": {"required": True, "content": {"application/json": {"schema": False}}}},
            path="/pets",
        )


def test_forms_and_files_are_drawn_the_same_every_time() -> None:
    """A multipart boundary is not drawn by chance."""
    operation = {
        "responses": {},
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["f"],
                        "properties": {"f": {"type": "string", "format": "binary"}},
                    }
                }
            },
        },
    }
    first, second = cases(operation, path="/f"), cases(operation, path="/f")

    assert first == second
    assert first[0].media_type == "multipart/form-data; boundary=apiversion-boundary"
    assert b"--apiversion-boundary\r\n" in (first[0].body or b"")


def test_a_file_is_as_long_as_the_contract_says() -> None:
    """The bounds of a file's length hold for its bytes, also with releases of schemathesis that measure something else."""
    file = {"type": "string", "format": "binary", "minLength": 3, "maxLength": 9}
    schema = {"type": "object", "required": ["f"], "properties": {"f": file}}
    found = cases(
        {"responses": {}, "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}},
        path="/f",
    )
    files = [
        re.findall(rb'name="f"[^\n]*\r\n(?:[^\r\n]+\r\n)*\r\n(.*?)\r\n--apiversion-bound', each.body or b"", re.DOTALL)
        for each in found
    ]

    assert len({len(each[0]) for each in files}) > 1
    assert all(len(each) == 1 and 3 <= len(each[0]) <= 9 for each in files)


def test_what_cannot_be_written_is_not_drawn() -> None:
    """Null, empty texts and empty lists have no form in a query; members that nobody named are no client's."""
    operation = {
        "responses": {},
        "parameters": [
            {"name": "kind", "in": "query", "schema": {"anyOf": [{"enum": ["a", "b"]}, {"type": "null"}]}},
            {"name": "word", "in": "query", "required": True, "schema": {"type": "string"}},
            {"name": "ids", "in": "query", "required": True, "schema": {"type": "array", "items": {"type": "integer"}}},
        ],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": {"type": "object", "properties": {"name": {"type": ["string", "null"]}}}}
            },
        },
    }
    found = cases(operation, path="/pets", examples=20)

    assert len(found) > 5
    for case in found:
        assert all(value in {"a", "b"} for name, value in case.query if name == "kind")
        assert {name for name, value in case.query if value} >= {"word", "ids"}
        assert set(case.json) <= {"name"}
    assert any(case.json.get("name", "") is None for case in found)


def test_headers_and_cookies_are_what_may_stand_there() -> None:
    """No control in a header and nothing a cookie cannot hold, whatever the schema allows; bodies are what the contract accepts."""
    text = {"type": "string", "minLength": 1}
    operation = {
        "responses": {},
        "parameters": [
            {"name": "X-Text", "in": "header", "required": True, "schema": text},
            {"name": "crumb", "in": "cookie", "required": True, "schema": text},
        ],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "properties": {"pair": {"type": "array", "prefixItems": [{"type": "integer"}], "minItems": 1}},
                    }
                }
            },
        },
    }
    found = cases(operation, path="/pets", examples=20)

    assert found
    for case in found:
        assert all(char.isprintable() or char > "\x7f" or char == "\t" for _, value in case.headers for char in value)
        assert all(value == value.strip() for _, value in case.headers)
        assert not any(char in value for _, value in case.cookies for char in ' ",;\\\t\r\n\x7f')
        assert all(number == int(number) for number in case.json.get("pair", ())[:1])


def test_bytes_of_a_form_are_a_file() -> None:
    """OpenAPI 3.1 says bytes by `contentMediaType`; a part of bytes has a file name, as every client writes it."""
    schema = {
        "type": "object",
        "required": ["f"],
        "properties": {"f": {"type": "string", "contentMediaType": "application/octet-stream"}},
    }
    operation = {
        "responses": {},
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}},
    }
    for case in cases(operation, path="/f"):
        assert b'name="f"; filename="' in (case.body or b"")


def test_equal_shapes_have_equal_cases() -> None:
    """Prose, order and answers change nothing; the seed does."""
    other = {**FULL, "description": "other", "parameters": PARAMETERS[::-1], "responses": {"200": {"description": "x"}}}

    assert cases(other, negative=3) == cases(FULL, negative=3)
    assert cases(FULL, seed=2) != cases(FULL, seed=1)


def test_drawing_ignores_seeds_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--hypothesis-seed` and what was drawn before change nothing."""
    before = cases(FULL, negative=3)
    monkeypatch.setattr(hypothesis_core, "global_force_seed", 99)

    assert cases({**FULL, "parameters": []}, path="/other", negative=3)
    assert cases(FULL, negative=3) == before


def digest() -> str:
    """What is drawn, in a word."""
    drawn = repr(cases(FULL, negative=3, examples=20))
    return hashlib.sha256(drawn.encode("utf-8", "surrogatepass")).hexdigest()


def test_every_process_draws_the_same() -> None:
    """The hash seed of the process, and the modules it has imported, change nothing."""
    script = f"import sys; sys.path.append({str(ROOT)!r}); from tests.shell.generation.test_drawing import digest; print(digest())"
    told = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        check=True,
        capture_output=True,
        text=True,
    )

    assert told.stdout == f"{digest()}\n"


def test_importing_is_cheap() -> None:
    """Importing the drawing imports neither Hypothesis nor schemathesis."""
    script = "import sys, pytest_apiversion.shell.generation.drawing; print({'hypothesis', 'schemathesis'} & set(sys.modules))"

    assert (
        subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout == "set()\n"
    )


def test_a_cache_draws_a_shape_once() -> None:
    """With a cache a shape is drawn once; its cases come from there."""
    found = contract(FULL)
    cache: dict[Key, Drawn] = {}
    operation = found.operations["POST /pets/{id}"]
    first = draw(found, operation, seed=1, examples=3, negative=0, cache=cache)

    assert len(cache) == 1
    cache[next(iter(cache))] = (first[:1], "")
    assert draw(found, operation, seed=1, examples=3, negative=0, cache=cache) == first[:1]


def test_malformed_texts() -> None:
    """Near misses that pass come first, then drawn ones; all pass, none twice, and the seed decides."""

    def accept(text: str) -> bool:
        return not (text.startswith("v") and text[1:].isdecimal())

    found = malformed_texts(("V1", "v1", "v01x"), accept, seed=1, examples=30)

    assert found[:2] == ("V1", "v01x")
    assert len(set(found)) == len(found) == 32
    assert all(accept(text) for text in found)
    assert malformed_texts(("V1", "v1", "v01x"), accept, seed=1, examples=30) == found
    assert malformed_texts(("V1",), accept, seed=1, examples=0) == ("V1",)


@pytest.mark.parametrize(
    ("version", "many_has_more", "fits"),
    [
        pytest.param("4.24.3", False, False, id="old-with-new"),
        pytest.param("4.0.0", True, True, id="old-with-old"),
        pytest.param("4.25.0", False, True, id="new-with-new"),
        pytest.param("5.0.0", False, True, id="next"),
    ],
)
def test_libraries_that_do_not_fit_are_named(version: str, *, many_has_more: bool, fits: bool) -> None:
    """Two libraries that pip puts together and that cannot draw end in a sentence that says which versions can."""
    from pytest_apiversion.shell.generation.strategies import misfit  # noqa: PLC0415  Hypothesis and schemathesis are heavy

    said = misfit(version, many_has_more=many_has_more)

    assert (said is None) is fits
    assert said is None or all(part in said for part in (version, "hypothesis<6.170", "schemathesis>=4.25"))
