"""Schemas of every dialect as JSON Schema 2020-12, and what holds values to them."""

from __future__ import annotations

import time
from typing import Any

import pytest

from pytest_apiversion.core.contracts.contract import SchemaProblem, Validate
from pytest_apiversion.core.json.ecma_patterns import python_pattern
from pytest_apiversion.shell.json_schema import validators as module
from pytest_apiversion.shell.json_schema.formats import FORMATS
from pytest_apiversion.shell.json_schema.validators import Validators
from pytest_apiversion.shell.openapi.header_values import reader
from pytest_apiversion.shell.openapi.schemas import Normaliser


def hold(
    schema: Any,
    *,
    dialect: str = "3.1",
    components: dict[str, Any] | None = None,
    additions: bool = True,
    closed: bool = False,
    formats: bool = True,
    response: bool = True,
) -> Validate:
    """What holds values to a schema of a dialect."""
    document = {"components": {"schemas": components or {}}}
    normaliser = Normaliser(
        document, dialect=dialect, response=response, additions=additions, closed=closed, formats=formats
    )
    reference = normaliser.hoist(normaliser.read(schema))
    normaliser.finish()
    return Validators(normaliser.resource).of(reference)


@pytest.fixture(params=["fast", "plain"], autouse=True)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table holds with `jsonschema_rs` and without."""
    if request.param == "plain":
        monkeypatch.setattr(module, "_rust", lambda: None)


NODE = {
    "Node": {
        "type": "object",
        "required": ["v"],
        "properties": {"v": {"type": "integer"}, "next": {"$ref": "#/components/schemas/Node"}},
    }
}


@pytest.mark.parametrize(
    ("dialect", "schema", "value"),
    [
        pytest.param("3.0", {"type": "string", "nullable": True}, None, id="3.0 nullable"),
        pytest.param("3.0", {"type": "string", "nullable": True, "enum": ["a"]}, None, id="3.0 nullable enum"),
        pytest.param(
            "3.0", {"nullable": True, "allOf": [{"$ref": "#/components/schemas/Node"}]}, None, id="3.0 nullable allOf"
        ),
        pytest.param("2.0", {"type": "string", "x-nullable": True}, None, id="2.0 x-nullable"),
        pytest.param("3.1", {"type": ["string", "null"]}, None, id="3.1 type list"),
        pytest.param("3.0", {"type": "number", "minimum": 1, "exclusiveMinimum": False}, 1, id="exclusive false"),
        pytest.param("3.1", {"type": "integer"}, 3.0, id="3.0 is an integer"),
        pytest.param(
            "3.0",
            {"$ref": "#/components/schemas/Node", "required": ["w"]},
            {"v": 1},
            id="3.0 ignores what stands beside a $ref",
        ),
        pytest.param(
            "3.1", {"required": ["p"], "properties": {"p": {"writeOnly": True}}}, {}, id="writeOnly is not required"
        ),
        pytest.param("3.1", {"properties": {"a": {}}, "additionalProperties": False}, {"b": 1}, id="an addition"),
        pytest.param(
            "3.1", {"properties": {"a": {}}, "unevaluatedProperties": False}, {"b": 1}, id="an addition, unevaluated"
        ),
        pytest.param(
            "3.1",
            {
                "oneOf": [
                    {"properties": {"a": {}}, "additionalProperties": False},
                    {"properties": {"b": {}}, "additionalProperties": False},
                ]
            },
            {"a": 1, "c": 1},
            id="closed branches told apart by nothing else",
        ),
        pytest.param("3.1", {"format": "frobnicated"}, "x", id="unknown format"),
        pytest.param("3.1", {"format": "hostname"}, "not a host", id="a format that is not held"),
        pytest.param("3.1", {"pattern": "(?<!["}, "x", id="a pattern nobody can compile"),
        pytest.param("3.1", {"pattern": r"^\p{L}+$"}, "1", id="a pattern Python cannot compile"),
        pytest.param("3.1", {"type": "any"}, 1, id="unknown type"),
        pytest.param("3.1", {"required": True, "minLength": "2", "enum": []}, "x", id="keywords of the wrong kind"),
        pytest.param("3.1", {"multipleOf": 0.01}, 19.99, id="a hundredth"),
        pytest.param(
            "3.1",
            {"enum": [{"nullable": True, "$ref": "#/x"}]},
            {"nullable": True, "$ref": "#/x"},
            id="enumerations are data",
        ),
        pytest.param("3.1", {"$ref": "#/components/schemas/None"}, 1, id="a reference to nothing"),
        pytest.param(
            "3.1",
            {"properties": {"a": True, "b": {"type": "integer", "format": "int64"}}},
            {"b": 2**63 - 1},
            id="largest int64",
        ),
        pytest.param("2.0", {"type": "file"}, "x", id="a file is anything"),
    ],
)
def test_silent(dialect: str, schema: Any, value: Any) -> None:
    """A value the contract allows has no problem."""
    assert hold(schema, dialect=dialect, components=NODE)(value) == ()


@pytest.mark.parametrize(
    ("dialect", "schema", "value", "where", "keyword"),
    [
        pytest.param("3.1", {"type": "string", "nullable": True}, None, "", "type", id="3.1 has no nullable"),
        pytest.param("3.0", {"type": "string"}, None, "", "type", id="not nullable"),
        pytest.param("3.0", {"minimum": 1, "exclusiveMinimum": True}, 1, "", "exclusiveMinimum", id="exclusive true"),
        pytest.param(
            "3.0",
            {"$ref": "#/components/schemas/Node"},
            {"v": 1, "next": {"v": 1, "next": {}}},
            "/next/next",
            "required",
            id="recursion",
        ),
        pytest.param(
            "3.1",
            {"$ref": "#/components/schemas/Node", "required": ["w"]},
            {"v": 1},
            "",
            "required",
            id="3.1 holds what stands beside",
        ),
        pytest.param(
            "3.1",
            {"additionalProperties": {"type": "integer"}},
            {"a/b": "x"},
            "/a~1b",
            "type",
            id="a schema of additions stays",
        ),
        pytest.param(
            "3.1", {"oneOf": [{"type": "integer"}, {"type": "number"}]}, 1, "", "oneOf", id="several of oneOf"
        ),
        pytest.param(
            "3.1",
            {"not": {"properties": {"a": {}}, "additionalProperties": False}},
            {"a": 1},
            "",
            "not",
            id="not stays as it is",
        ),
        pytest.param(
            "3.1",
            {"anyOf": [{"type": "string"}, {"type": "object", "required": ["a"]}]},
            {},
            "",
            "required",
            id="the likeliest branch",
        ),
        pytest.param("3.1", {"type": "integer", "format": "int32"}, 2**31, "", "format", id="too large an int32"),
        pytest.param("3.1", {"format": "date"}, "2025-02-30", "", "format", id="no day"),
        pytest.param("3.1", {"pattern": "^a$"}, "a\n", "", "pattern", id="$ is the very end"),
        pytest.param("3.1", {"pattern": r"^\d$"}, "\u0663", "", "pattern", id="digits are ASCII"),
        pytest.param("3.1", {"enum": [1]}, True, "", "enum", id="true is not one"),
        pytest.param("3.1", {"type": "integer"}, 3.5, "", "type", id="no integer"),
        pytest.param("3.1", {"multipleOf": 0.01}, 0.015, "", "multipleOf", id="no hundredth"),
        pytest.param("3.1", {"items": {"const": 1}}, [1, 2], "/1", "const", id="const"),
        pytest.param("3.1", False, 1, "", "false", id="nothing"),
    ],
)
def test_speaks(dialect: str, schema: Any, value: Any, where: str, keyword: str) -> None:
    """A value the contract does not allow has a problem, with its place and keyword."""
    problems = hold(schema, dialect=dialect, components=NODE)(value)

    assert [(problem.where, problem.keyword) for problem in problems] == [(where, keyword)]


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        pytest.param({"additionalProperties": False}, {"b": 1}, id="additionalProperties"),
        pytest.param({"unevaluatedProperties": False}, {"b": 1}, id="unevaluatedProperties"),
    ],
)
def test_closed_objects_are_closed_where_additions_are_not_allowed(schema: Any, value: Any) -> None:
    """With `additions` off the contract is read to the letter."""
    assert hold(schema, additions=False)(value)
    assert not hold(schema, additions=True)(value)


_A = {"properties": {"a": {"type": "integer"}}}
_PARTS = {
    "Base": {"properties": {"id": {}}},
    "Told": {"discriminator": {"propertyName": "k"}, "properties": {"k": {}}},
} | NODE
_BASE, _NODE, _TOLD = ({"$ref": f"#/components/schemas/{name}"} for name in ("Base", "Node", "Told"))
_NAMED = [
    pytest.param(_A, {"a": 1, "b": 1}, "", id="at the root"),
    pytest.param(_BASE, {"id": 1, "b": 1}, "", id="of a reference"),
    pytest.param({"items": _A}, [{"a": 1, "b": 1}], "/0", id="in a list"),
    pytest.param({"properties": {"in": _BASE}}, {"in": {"b": 1}}, "/in", id="in a member"),
    pytest.param({"additionalProperties": _A}, {"x": {"b": 1}}, "/x", id="in a map"),
    pytest.param({"allOf": [_BASE, _A]}, {"id": 1, "a": 1, "b": 1}, "", id="of allOf"),
    pytest.param({"oneOf": [_BASE, {"type": "string"}]}, {"id": 1, "b": 1}, "", id="of oneOf"),
    pytest.param({**_BASE, **_A}, {"id": 1, "a": 1, "b": 1}, "", id="beside a reference"),
    pytest.param(_NODE, {"v": 1, "next": {"v": 2, "b": 1}}, "/next", id="of a circle"),
]


@pytest.mark.parametrize(("schema", "value", "where"), _NAMED)
def test_no_member_comes_that_the_contract_does_not_name(schema: Any, value: Any, where: str) -> None:
    """Where answers are closed, a member that the schema names in no part of it is a fault at the object it is in, and only there."""
    assert [each.where for each in hold(schema, components=_PARTS, additions=False, closed=True)(value)] == [where]
    assert not hold(schema, components=_PARTS, additions=False)(value)


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        pytest.param({"allOf": [_BASE, _A]}, {"id": 1, "a": 1}, id="each part names its own"),
        pytest.param({"properties": {"in": {"allOf": [_BASE, _A]}}}, {"in": {"id": 1, "a": 1}}, id="in a member"),
        pytest.param({"anyOf": [_A, _NODE]}, {"v": 1}, id="one of several"),
        pytest.param({"type": "object"}, {"b": 1}, id="no member is named"),
        pytest.param({**_A, "additionalProperties": True}, {"b": 1}, id="others are allowed"),
        pytest.param({**_A, "additionalProperties": {"type": "string"}}, {"b": "x"}, id="others of a kind are allowed"),
        pytest.param({**_A, "patternProperties": {"^x-": {}}}, {"x-b": 1}, id="others by name are allowed"),
        pytest.param({"allOf": [_A, {"additionalProperties": {}}]}, {"b": 1}, id="a part allows others"),
        pytest.param(_TOLD, {"k": "more", "b": 1}, id="a discriminator tells more than is listed"),
        pytest.param({"not": {"required": ["b"], **_A}}, {"c": 1}, id="a condition closes nothing"),
        pytest.param({"if": _A, "then": {"properties": {"c": {}}}}, {"a": 1, "c": 1}, id="then names more"),
        pytest.param({**_A, "nullable": True}, None, id="null"),
    ],
)
def test_a_closed_answer_has_what_its_contract_names(schema: Any, value: Any) -> None:
    """What a part of the schema names, or the schema lets come, is no addition."""
    assert (
        hold(schema, components=_PARTS, dialect="3.0" if "nullable" in schema else "3.1", additions=False, closed=True)(
            value
        )
        == ()
    )


def test_requests_are_not_closed() -> None:
    """What a client may send is the contract's to say."""
    assert hold(_A, additions=False, closed=True, response=False)({"b": 1}) == ()


def test_formats_can_be_let_go() -> None:
    """With `formats` off no format is held."""
    schema = {"properties": {"d": {"format": "date"}, "n": {"type": "integer", "format": "int32"}}}

    assert hold(schema, formats=False)({"d": "x", "n": 2**40}) == ()


def test_read_only_members_are_not_asked_of_requests() -> None:
    """In a request a `readOnly` member is not required, through references too."""
    components = {"Id": {"readOnly": True, "type": "string"}}
    schema = {"required": ["id", "n"], "properties": {"id": {"$ref": "#/components/schemas/Id"}, "n": {}}}

    assert hold(schema, components=components, response=False)({"n": 1}) == ()
    assert hold(schema, components=components, response=True)({"n": 1}) == (
        SchemaProblem(where="", message='"id" is missing', keyword="required", member="id"),
    )


def test_messages_are_short_and_few() -> None:
    """A value with many faults gives twenty problems of a line each, values abbreviated."""
    problems = hold({"items": {"type": "integer"}})(["x" * 500] * 100)

    assert len(problems) == 20
    assert all(len(problem.message) < 120 for problem in problems)


def test_a_value_nested_to_the_moon_is_no_crash() -> None:
    """A recursive schema and a value deeper than the interpreter's stack give a problem instead of an error, in whatever the stack ends."""
    value: dict[str, Any] = {}
    for _ in range(100_000):
        value = {"v": 1, "next": value}
    held = hold({"$ref": "#/components/schemas/Node"}, components=NODE)

    def deeper(frames: int) -> int:
        return len(held(value)) if frames == 0 else deeper(frames - 1)

    try:
        assert [deeper(frames) for frames in range(24)] == [1] * 24
    finally:
        while value:
            value = value.get("next", {})


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        (
            "date-time",
            ["2024-02-29T00:00:00Z", "2024-01-01t00:00:00.123z", "2016-12-31T23:59:60Z", "2016-12-31T18:59:60-05:00"],
            [
                "2023-02-29T00:00:00Z",
                "2024-01-01 00:00:00Z",
                "2024-01-01T00:00:00",
                "2024-01-01T24:00:00Z",
                "2024-01-01T12:00:60Z",
            ],
        ),
        ("date", ["2024-02-29"], ["2023-02-29", "20240101", "2024-W01-1", "\u0662024-01-01"]),
        ("uuid", ["123E4567-e89b-12d3-a456-426614174000"], ["123e4567e89b12d3a456426614174000", "x"]),
        ("email", ["a@b.c", '"a b"@c.d', "ä@ö.de"], ["a", "a@", "@b", "a b@c.d"]),
        ("uri", ["https://a.b/c?d#e", "urn:x:y", "mailto:a@b"], ["/a/b", "a b:c", "http://ä", "http://a/%zz"]),
        ("ipv4", ["127.0.0.1"], ["127.0.0", "256.1.1.1", "01.2.3.4"]),
        ("ipv6", ["::1", "2001:db8::ff00:42:8329"], ["::g", "fe80::1%eth0", "1.2.3.4"]),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_formats(name: str, good: list[str], bad: list[str]) -> None:
    """Each held format takes what its standard has and nothing else."""
    assert [text for text in good if not FORMATS[name](text)] == []
    assert [text for text in bad if FORMATS[name](text)] == []


def test_a_format_that_a_generator_calls_otherwise() -> None:
    """NSwag's `guid` is a `uuid` to whoever makes one; an answer is not held to a name that no standard has."""
    schema = {"type": "string", "format": "guid"}

    assert hold(schema, response=False)("x") != ()
    assert hold(schema, response=False)("123e4567-e89b-12d3-a456-426614174000") == ()
    assert hold(schema, response=True)("x") == ()


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        (r"^\/v\d+$", "/v12", "/v\u0661"),
        (r"(?<y>\d{4})-\k<y>", "2024-2024", "2024-2025"),
        (r"^[\w-]+$", "a_b-c", "é"),
        (r"^\u{1F600}$", "\U0001f600", "x"),
        (r"^[^]$", "\n", ""),
        (r"^[[]$", "[", "]"),
        (r"^\cJ$", "\n", "J"),
        (r"[$]", "a$b", "ab"),
    ],
)
def test_patterns_mean_what_they_mean_in_ecma(pattern: str, good: str, bad: str) -> None:
    """ECMA-262 patterns are read as ECMA-262 means them."""
    compiled = python_pattern(pattern)

    assert compiled is not None
    assert compiled.search(good)
    assert not compiled.search(bad)


@pytest.mark.parametrize(
    ("schema", "text", "value"),
    [
        ({"type": "integer"}, "12", 12),
        ({"type": "integer"}, "1.5", 1.5),
        ({"type": "integer"}, "x", "x"),
        ({"type": "number"}, "-1e3", -1000.0),
        ({"type": "boolean"}, "true", True),
        ({"type": "boolean"}, "yes", "yes"),
        ({"type": "string"}, "12", "12"),
        (True, "12", "12"),
        ({"type": "array", "items": {"type": "integer"}}, "1, 2", [1, 2]),
        ({"$ref": "#/x"}, "3", 3),
        ({"type": "object"}, "a=1,b=2", {"a": "1", "b": "2"}),
    ],
)
def test_headers_are_read_as_their_type(schema: Any, text: str, value: object) -> None:
    """A header's text becomes the value its schema speaks of; what is none stays a text, so that its type is the problem."""
    assert reader(schema, lambda _: {"type": "integer"})(text) == value


def test_a_large_document_is_read_in_linear_time() -> None:
    """A thousand components that refer to each other are read and held in well under ten seconds."""
    components = {
        f"C{n}": {
            "type": "object",
            "properties": {f"p{m}": {"$ref": f"#/components/schemas/C{(n * 7 + m) % 1000}"} for m in range(20)},
        }
        for n in range(1000)
    }
    began = time.monotonic()

    assert hold({"$ref": "#/components/schemas/C0"}, components=components)({"p1": {"p2": 3}})[0].where == "/p1/p2"
    assert time.monotonic() - began < 10
