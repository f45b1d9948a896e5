"""Validators of one resource: compiled together, and none of them spoilt by another."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_apiversion.shell.json_schema import validators
from pytest_apiversion.shell.json_schema.references import references
from pytest_apiversion.shell.json_schema.validators import Validators, holds, validators_of
from tests.counting import calls_of

RESOURCE: dict[str, Any] = {
    "components": {
        "schemas": {
            "Name": {"type": "string", "maxLength": 3},
            "Thing": {"type": "object", "properties": {"name": {"$ref": "#/components/schemas/Name"}}},
            "Broken": {"type": "object", "properties": {"name": {"$ref": "#/components/schemas/Gone"}}},
        }
    }
}


def test_a_schema_that_cannot_be_compiled_leaves_the_others_as_they_are() -> None:
    """Each of several schemas holds what it says, whatever stands beside it and whenever it was asked for."""
    made = Validators(RESOURCE)
    first = [made.of(f"#/components/schemas/{name}") for name in ("Broken", "Name", "Thing")]
    assert not first[1]("abc")
    assert first[1]("abcd")
    assert not first[2]({"name": "abc"})
    assert [each.where for each in first[2]({"name": "abcd"})] == ["/name"]
    late = [made.of(f"#/components/schemas/{name}/properties/name") for name in ("Thing",) * 20]
    assert [bool(each("abcd")) for each in late] == [True] * 20


def test_a_schema_elsewhere_refers_to_those_of_the_resource() -> None:
    """What stands in line in a request is held with all it refers to, and everybody who asks gets the same validators."""
    held = validators_of(RESOURCE).of_schema({"type": "array", "items": {"$ref": "#/components/schemas/Thing"}})
    assert not held([{"name": "abc"}])
    assert [each.where for each in held([{}, {"name": "abcd"}])] == ["/1/name"]
    assert validators_of(RESOURCE) is validators_of(RESOURCE)
    assert "x-later" not in RESOURCE


@pytest.mark.parametrize("keywords", [{"enum": [{"$ref": "#/a"}]}, {"const": {"$ref": "#/a"}}])
def test_a_reference_in_data_is_data(keywords: dict[str, Any]) -> None:
    """A value that has a member `$ref` is what `enum` and `const` say, also beside references that lead somewhere."""
    name = {"$ref": "#/components/schemas/Name"}
    schema = {"properties": {"x": keywords, "y": name, "enum": name, "const": name, "default": name}}
    assert holds(RESOURCE, schema, {"x": {"$ref": "#/a"}, "y": "abc"})
    assert not holds(RESOURCE, schema, {"x": {"$ref": "#/b"}})
    for member in ("y", "enum", "const", "default"):
        assert not holds(RESOURCE, schema, {member: "abcd"}), member


def test_a_name_is_no_keyword() -> None:
    """What a keyword gives schemas by name is looked into whatever the name is, and data by no name."""
    name = {"$ref": "#/components/schemas/Name"}
    dependent = {"dependentSchemas": {"const": {"properties": {"x": name}}}}
    assert not holds(RESOURCE, dependent, {"const": 1, "x": "abcd"})
    for word in ("default", "enum", "const", "example"):
        inner = {"properties": {word: {"type": "array", "items": name}}}
        assert references({"requestBody": {"content": {"application/json": {"schema": inner}}}}) == {name["$ref"]}
        assert not references({word: {"properties": {"a": name}}, "properties": {"a": {word: name}}})


class _Counted:
    """The compiler, which says how many schemas it was given."""

    def __init__(self, compiler: Any) -> None:
        self.Registry, self.Draft202012 = compiler.Registry, compiler.Draft202012
        self.ReferencingError = compiler.ReferencingError
        self._compiler = compiler
        self.compiled = 0

    def Draft202012Validator(self, schema: Any, **more: Any) -> Any:  # noqa: N802  the name it has there
        """The validator."""
        self.compiled += len(schema["properties"])
        return self._compiler.Draft202012Validator(schema, **more)


@pytest.mark.parametrize("count", [50, 200])
def test_schemas_known_one_by_one_are_not_compiled_over_and_over(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The work grows as the schemas do, and those that are asked in turn are all kept in the end."""
    compiler = _Counted(pytest.importorskip("jsonschema_rs"))
    monkeypatch.setattr(validators, "_rust", lambda: compiler)
    made = Validators({"x": {f"s{number}": {"type": "integer", "maximum": number} for number in range(count)}})
    for number in range(count):
        held = made.of(f"#/x/s{number}")
        assert not held(number)
        assert held(number + 1)
    assert compiler.compiled <= 4 * count
    for _ in range(2):
        before = compiler.compiled
        for number in range(count):
            held = made.of(f"#/x/s{number}")
            assert not held(number)
            assert held(number + 1)
    assert compiler.compiled == before
    assert compiler.compiled <= 6 * count


def test_schemas_that_come_later_cost_what_they_are() -> None:
    """What is asked for one at a time, and stands in no resource, is not gathered anew with all the others each time."""
    work = {}
    for count in (200, 800):
        made = Validators(RESOURCE)

        def ask(count: int = count, made: Validators = made) -> None:
            for number in range(count):
                made.refuses_schema({"maxItems": number, "items": {"$ref": "#/components/schemas/Name"}})([])

        work[count] = calls_of(ask, built_in=True)
    assert work[800] < 5 * work[200]


def test_validators_of_many_resources_are_kept() -> None:
    """Contracts that are asked in turn keep their validators; the one that nobody asked for longest goes first."""
    resources: list[dict[str, Any]] = [{"x": {"s": {"const": number}}} for number in range(70)]
    first = [validators_of(each) for each in resources[:40]]
    assert all(validators_of(each) is kept for each, kept in zip(resources, first, strict=False))
    for each in resources[40:]:
        assert validators_of(resources[0]) is first[0]
        validators_of(each)
    assert validators_of(resources[1]) is not first[1]


_REFUSALS: list[tuple[Any, Any]] = [
    ({"type": "integer"}, 1.5),
    ({"type": "integer"}, "1"),
    ({"type": "number"}, True),
    ({"required": ["a"], "type": "object"}, {}),
    ({"enum": [1, "a"]}, 2),
    ({"const": {"a": 1}}, {"a": 2}),
    ({"maxLength": 1}, "\U0001f600\U0001f600"),
    ({"properties": {"a": {"items": {"minimum": 3}}}}, {"a": [3, 2]}),
    ({"allOf": [{"minProperties": 1}]}, {}),
    ({"prefixItems": [{"type": "null"}]}, [0]),
]
"""Schemas, and a value of none."""


@pytest.mark.parametrize(("schema", "value"), _REFUSALS)
def test_a_plain_refusal_is_believed_at_once(monkeypatch: pytest.MonkeyPatch, schema: Any, value: Any) -> None:
    """The reason of a refusal is looked for once, by the compiled validator, where all libraries hold the keyword alike."""
    pytest.importorskip("jsonschema_rs")
    assert Validators({"x": schema}).of("#/x")(value)
    monkeypatch.setattr(Validators, "_slow_for", None)
    assert Validators({"x": schema}).refuses("#/x")(value)


_ALIKE: list[tuple[Any, Any]] = [
    ({"enum": [1]}, 1.0),
    ({"const": 1.0}, 1),
    ({"type": "integer"}, 1.0),
    ({"type": "integer"}, 1e300),
    ({"maximum": 2**70}, 2**70),
    ({"minimum": 2**63}, 2**63),
    ({"minLength": 1}, "\u0301"),
]
"""Schemas, and a value that is one however numbers and characters are read."""


@pytest.mark.parametrize(("schema", "value"), _ALIKE)
def test_what_is_a_value_by_one_reading_is_not_refused(schema: Any, value: Any) -> None:
    """Nothing is refused that the specification allows: 1 and 1.0 are one number, and lengths are counted in characters."""
    assert not Validators({"x": schema}).refuses("#/x")(value)


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"pattern": "^a"}, "b"),
        ({"anyOf": [{"type": "string"}]}, 1),
        ({"if": True, "then": {"type": "string"}}, 1),
        ({"patternProperties": {"^a": {"type": "string"}}}, {"ab": 1}),
    ],
)
def test_what_libraries_may_read_in_two_ways_is_looked_at_again(
    monkeypatch: pytest.MonkeyPatch, schema: Any, value: Any
) -> None:
    """A refusal by a regular expression, an alternative or a condition is the other library's to say."""
    monkeypatch.setattr(Validators, "_slow_for", lambda _self, _at: _Lenient())
    assert not Validators({"x": schema}).refuses("#/x")(value)


class _Lenient:
    """Finds nothing wrong."""

    def iter_errors(self, _: object) -> list[object]:
        """None."""
        return []


@pytest.mark.parametrize("closed", ["additionalProperties", "unevaluatedProperties"])
@pytest.mark.parametrize(
    ("more", "named"),
    [(("nickname",), "nickname"), (("nickname", "owner"), "nickname, owner"), (("u-0193",), "")],
    ids=["one", "two", "a-key-of-a-map"],
)
def test_a_member_that_no_schema_names_is_told(closed: str, more: tuple[str, ...], named: str) -> None:
    """By its name, where it can be one of a contract's; the sentence has it in any case."""
    schema = {"type": "object", "properties": {"id": {"type": "string"}}, closed: False}
    problems = Validators({"x": schema}).of("#/x")({"id": "t", **dict.fromkeys(more, 1)})

    assert {problem.keyword for problem in problems} == {closed}
    assert ", ".join(problem.member for problem in problems) == named
    for name in more:
        assert any(json.dumps(name) in problem.message for problem in problems)
