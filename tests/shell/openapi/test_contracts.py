"""OpenAPI documents as contracts."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from pytest_apiversion.core.contracts.contract import Contract, Link
from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.json.members import members, write_only
from pytest_apiversion.shell.openapi.contracts import read_contract


def contract(document: dict[str, Any], **options: Any) -> Contract:
    """The contract of a document; every path below `/v1` belongs to it."""

    def locate(path: str) -> str | None:
        return path.removeprefix("/v1") if path.startswith("/v1/") else None

    return read_contract(
        document,
        **{"source": "c.yaml", "version": "v1", "digest": "d", "locate": locate, "neutral": frozenset(), **options},
    )


def three(paths: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An OpenAPI document below /v1."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "servers": [{"url": "/v1"}],
        "paths": paths,
        **more,
    }


OK = {"responses": {"200": {"description": "fine"}}}
PET = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}


@pytest.mark.parametrize(
    "servers",
    [
        pytest.param([{"url": "/v1"}], id="path"),
        pytest.param([{"url": "v1/"}], id="relative"),
        pytest.param([{"url": "https://api.example.org:8443/v1/"}, {"url": "/v2"}], id="absolute"),
        pytest.param(
            [{"url": "https://{env}.example.org/{v}", "variables": {"env": {"default": "x"}, "v": {"default": "v1"}}}],
            id="variables",
        ),
        pytest.param([{"url": "{scheme}://example.org/v1"}], id="a variable without a default"),
        pytest.param(
            [{"url": "{endpoint}/v1", "variables": {"endpoint": {"default": ""}}}],
            id="an address whose default is empty",
        ),
        pytest.param(
            [{"url": "{endpoint}/v1", "variables": {"endpoint": {"default": "https://a.example"}}}], id="an address"
        ),
        pytest.param([{"url": "{endpoint}/v1"}], id="an address without a default"),
    ],
)
def test_paths_stand_below_the_first_server(servers: list[Any]) -> None:
    """The path of the first server, its variables at their defaults, stands before every path."""
    assert list(contract(three({"/pets": {"get": OK}}, servers=servers)).operations) == ["GET /pets"]


def test_nearer_servers_win() -> None:
    """Servers of an operation stand before those of its path, and those before the document's."""
    document = three({"/a": {"servers": [{"url": "/v1/x"}], "get": OK, "put": {**OK, "servers": [{"url": "/v1/y"}]}}})

    assert list(contract(document).operations) == ["GET /x/a", "PUT /y/a"]


def test_other_versions_and_neutral_operations() -> None:
    """Paths of other versions are left out; neutral operations keep their full path."""
    document = three({"/v1/a": {"get": OK}, "/v2/a": {"get": OK}, "/health": {"get": OK, "post": OK}}, servers=[])
    found = contract(document, neutral=frozenset({"GET /health"}))

    assert {key: operation.neutral for key, operation in found.operations.items()} == {
        "GET /a": False,
        "GET /health": True,
    }


@pytest.mark.parametrize("places", [("/", "/v1/"), ("/v1/", "/")], ids=["before", "behind"])
def test_the_prefixed_one_of_two_is_the_versions_own(places: tuple[str, str]) -> None:
    """A home page at `/` is not what the version has at `/v1/`, whichever the document names first."""
    said = {"/": "home", "/v1/": "version"}
    found = contract(
        three({place: {"get": {**OK, "operationId": said[place]}} for place in places}, servers=[]),
        locate=lambda path: path.removeprefix("/v1"),
        names_version=lambda path: path.startswith("/v1"),
    )

    assert [each.operation_id for each in found.operations.values()] == ["version"]
    assert found.warnings == ("/paths/~1/get: GET / is there twice; the one behind the version's prefix counts",)


def test_every_field_of_an_operation_is_filled() -> None:
    """Parameters merge, references are followed, bodies, links, security and examples are there."""
    document = three(
        {
            "/pets/{id}": {
                "parameters": [
                    {"$ref": "#/components/parameters/Id"},
                    {"name": "q", "in": "query", "schema": {"type": "string"}},
                ],
                "post": {
                    "operationId": "change",
                    "deprecated": True,
                    "security": [{"key": ["a"]}, {}],
                    "parameters": [
                        {"name": "q", "in": "query", "required": True, "schema": {"type": "integer"}, "example": 7},
                        {"name": "Authorization", "in": "header", "schema": {}},
                    ],
                    "requestBody": {
                        "required": True,
                        "content": {
                            "text/plain": {},
                            "application/json": {
                                "schema": {"$ref": "#/components/schemas/Pet"},
                                "examples": {"one": {"value": {"id": 1}}},
                            },
                        },
                    },
                    "responses": {
                        "2XX": {
                            "description": "",
                            "headers": {"X-Left": {"required": True, "schema": {"type": "integer"}}},
                            "content": {
                                "Application/JSON; charset=utf-8": {
                                    "schema": {"$ref": "#/components/schemas/Pet"},
                                    "example": {"id": 2},
                                }
                            },
                            "links": {
                                "l": {
                                    "operationRef": "#/paths/~1pets~1{id}/post",
                                    "parameters": {"id": "$response.body#/id"},
                                }
                            },
                        },
                        "default": {"$ref": "#/components/responses/Wrong"},
                    },
                },
            }
        },
        components={
            "parameters": {"Id": {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}},
            "schemas": {"Pet": PET},
            "responses": {"Wrong": {"description": "wrong"}},
        },
    )
    found = contract(document).operations["POST /pets/{id}"]

    assert (found.operation_id, found.deprecated, found.security) == ("change", True, ({"key": ("a",)}, {}))
    assert [(p.name, p.place, p.required, p.schema, p.examples) for p in found.parameters] == [
        ("id", "path", True, {"type": "integer"}, ()),
        ("q", "query", True, {"type": "integer"}, (7,)),
    ]
    assert found.body_media_types == ("text/plain", "application/json")
    assert (found.body_schema, found.body_examples) == ({"$ref": "#/components/schemas/Pet"}, ({"id": 1},))
    assert list(found.responses) == ["2xx", "default"]
    assert found.links == (Link(status="2xx", target="POST /pets/{id}", parameters={"id": "$response.body#/id"}),)
    body = found.responses["2xx"].body("application/json")
    header = found.responses["2xx"].headers[0]
    assert body is not None
    assert body.validate is not None
    assert header.validate is not None
    assert body.examples == ({"id": 2},)
    assert [problem.where for problem in body.validate({"id": "x"})] == ["/id"]
    assert (header.validate("3"), len(header.validate("x")), header.required) == ((), 1, True)


def test_what_asserts_nothing_is_kept_where_it_is_said_in_line() -> None:
    """`default` of a request's member and `writeOnly` of an answer's say something, behind a reference or not."""
    member = {"type": "string", "default": "x", "writeOnly": True, "nullable": True, "allOf": [{"minLength": 1}]}
    schema = {"type": "object", "properties": {"pin": member}}
    content = {"application/json": {"schema": schema}}
    document = three(
        {"/pins": {"post": {"requestBody": {"content": content}, "responses": {"200": {"content": content}}}}},
        openapi="3.0.3",
    )

    operation = contract(document).operations["POST /pins"]
    answer = operation.responses["200"].bodies["application/json"].schema

    assert operation.written_body_schema == schema
    assert write_only(document, members(document, answer, "")["pin"])
    assert members(document, answer, "")["pin"]["default"] == "x"


def test_swagger_2_is_read_in_the_same_words() -> None:
    """basePath, consumes, produces, body and form parameters, definitions and headers of Swagger 2.0."""
    document = {
        "swagger": "2.0",
        "info": {"title": "T", "version": "1"},
        "basePath": "/v1/",
        "produces": ["application/json"],
        "definitions": {"Pet": PET},
        "paths": {
            "/pets/{id}": {
                "parameters": [{"name": "id", "in": "path", "required": True, "type": "integer"}],
                "put": {
                    "parameters": [
                        {"name": "b", "in": "body", "required": True, "schema": {"$ref": "#/definitions/Pet"}}
                    ],
                    "responses": {
                        "200": {
                            "description": "",
                            "schema": {"$ref": "#/definitions/Pet"},
                            "headers": {"X-Left": {"type": "integer"}},
                            "examples": {"application/json": {"id": 1}},
                        }
                    },
                },
                "post": {
                    "consumes": ["multipart/form-data"],
                    "responses": {},
                    "parameters": [{"name": "f", "in": "formData", "type": "file", "required": True}],
                },
            }
        },
    }
    found = contract(document)
    put, post = found.operations["PUT /pets/{id}"], found.operations["POST /pets/{id}"]
    body = put.responses["200"].bodies["application/json"]

    assert put.parameters[0].schema == {"type": "integer"}
    assert put.body_schema == {"$ref": "#/definitions/Pet"}
    assert body.validate is not None
    assert (body.validate({"id": 1}), len(body.validate({})), body.examples) == ((), 1, ({"id": 1},))
    assert put.responses["200"].headers[0].name == "X-Left"
    assert post.body_media_types == ("multipart/form-data",)
    assert any("no responses" in line for line in found.warnings)


@pytest.mark.parametrize(
    ("told", "part"),
    [
        pytest.param({}, "got none", id="nothing"),
        pytest.param({"openapi": "4.0.0"}, "got 4.0.0", id="4.0"),
        pytest.param({"swagger": "1.2"}, "/swagger: expected", id="1.2"),
        pytest.param({"openapi": "3.0.0", "paths": []}, "/paths", id="no paths"),
    ],
)
def test_what_is_no_openapi_is_refused(told: dict[str, Any], part: str) -> None:
    """A document of another kind is a mistake, not an empty contract."""
    with pytest.raises(PolicyError) as caught:
        contract(told)

    assert part in caught.value.mistakes[0]


@pytest.mark.parametrize(
    "told",
    [
        {"openapi": "3.0.3"},
        {"openapi": "3.1.0"},
        {"openapi": "3.2.0"},
        {"openapi": 3.1},
        {"swagger": 2.0},
        {"swagger": "2.0"},
    ],
    ids=str,
)
def test_known_versions_are_read(told: dict[str, Any]) -> None:
    """OpenAPI 3.0, 3.1, 3.2 and Swagger 2.0 are read, unquoted numbers too."""
    assert list(contract({**told, "paths": {"/v1/a": {"get": OK}}}).operations) == ["GET /a"]


def test_odd_documents_are_read_with_warnings() -> None:
    """What is odd but readable is a warning with its place."""
    document = three({"/a/{b}": {"get": {"responses": {"fine": {}, "200": {"$ref": "#/no"}}}}, "c": {}, "/d": 1})
    found = contract(document)

    assert list(found.operations) == ["GET /a/{b}"]
    assert found.operations["GET /a/{b}"].path_parameters == ("b",)
    assert found.operations["GET /a/{b}"].parameters[0].name == "b"
    assert len(found.warnings) >= 4


def test_32_methods_are_read() -> None:
    """OpenAPI 3.2: QUERY and additional operations."""
    document = three({"/a": {"query": OK, "additionalOperations": {"LINK": OK}}}, openapi="3.2.0")

    assert list(contract(document).operations) == ["QUERY /a", "LINK /a"]


def test_media_types_that_differ_in_parameters_are_alternatives() -> None:
    """Two schemas for one media type with different parameters: an answer may be either."""
    document = three(
        {
            "/a": {
                "get": {
                    "responses": {
                        "200": {
                            "description": "",
                            "content": {
                                "application/json; v=1": {"schema": {"type": "integer"}},
                                "application/json; v=2": {"schema": {"type": "string"}},
                            },
                        }
                    }
                }
            }
        }
    )
    body = contract(document).operations["GET /a"].responses["200"].bodies["application/json"]

    assert body.validate is not None
    assert (body.validate(1), body.validate("x"), len(body.validate([]))) == ((), (), 1)


BASE = three(
    {
        "/pets": {
            "post": {
                "description": "a",
                "parameters": [
                    {"name": "a", "in": "query", "schema": {"type": "string"}},
                    {"name": "b", "in": "query", "schema": {}},
                ],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
                **OK,
            }
        }
    },
    components={
        "schemas": {
            "Pet": {**PET, "properties": {"id": {"$ref": "#/components/schemas/Id"}, "name": {"type": "string"}}},
            "Id": {"type": "integer"},
            "Unused": {"type": "string"},
        }
    },
)


def changed(*steps: tuple[str, Any]) -> dict[str, Any]:
    """BASE with values put at dotted places."""
    document = copy.deepcopy(BASE)
    for place, value in steps:
        node: Any = document
        *upper, last = place.split(" ")
        for part in upper:
            node = node[int(part) if isinstance(node, list) else part]
        node[int(last) if isinstance(node, list) else last] = value
    return document


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(changed(("paths /pets post description", "b"), ("paths /pets post tags", ["x"])), id="prose"),
        pytest.param(
            changed(("components schemas Pet description", "b"), ("components schemas Id example", 3)),
            id="prose in a component",
        ),
        pytest.param(changed(("components schemas Unused", {"type": "null"})), id="an unused component"),
        pytest.param(changed(("paths /pets post responses", {"404": {"description": ""}})), id="answers"),
        pytest.param(
            changed(("paths /pets post parameters", BASE["paths"]["/pets"]["post"]["parameters"][::-1])),
            id="order of parameters",
        ),
        pytest.param(
            changed(
                (
                    "components schemas Pet properties",
                    dict(reversed(BASE["components"]["schemas"]["Pet"]["properties"].items())),
                )
            ),
            id="order of members",
        ),
    ],
)
def test_equal_shapes(document: dict[str, Any]) -> None:
    """What does not decide which requests are valid does not change the shape."""
    assert document != BASE or json.dumps(document) != json.dumps(BASE)
    assert contract(document).operations["POST /pets"].shape == contract(BASE).operations["POST /pets"].shape


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(changed(("paths /pets post parameters 0 required", True)), id="a requirement"),
        pytest.param(changed(("paths /pets post parameters 0 schema type", "integer")), id="a type"),
        pytest.param(changed(("components schemas Id minimum", 1)), id="a component far away"),
        pytest.param(changed(("paths /pets post requestBody required", True)), id="the body"),
    ],
)
def test_other_shapes(document: dict[str, Any]) -> None:
    """What decides which requests are valid changes the shape."""
    assert contract(document).operations["POST /pets"].shape != contract(BASE).operations["POST /pets"].shape
