"""Parameters written from values: valid as every server reads them, broken surely, and drawn without a pool of their own."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, unquote

import pytest

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.contracts.contract import Contract
from pytest_apiversion.shell.generation import strategies
from pytest_apiversion.shell.generation.drawing import draw
from pytest_apiversion.shell.generation.pools import pool
from pytest_apiversion.shell.generation.pools.fitted_numbers import fitted_numbers, plain_of
from pytest_apiversion.shell.generation.pools.fitted_texts import fitted, is_fitted
from pytest_apiversion.shell.generation.pools.parameter_values import written
from pytest_apiversion.shell.generation.pools.pieces import EMPTY, Pieces
from pytest_apiversion.shell.generation.pools.text_readings import may_fit
from pytest_apiversion.shell.json_schema.validators import holds
from pytest_apiversion.shell.openapi.contracts import read_contract
from tests.conftest import NEW
from tests.thorough import sample

QUERY: dict[str, Any] = {"name": "q", "in": "query", "required": True}
PATH: dict[str, Any] = {"name": "q", "in": "path", "required": True}
COLORS = {"red", "green", "blue"}
TEXTS = ["", "a", "0", "kettle", "ÿ\x85", "x" * 30, "b", "c"]


def _path(parameters: tuple[dict[str, Any], ...]) -> str:
    return "/t" + "".join("/{" + each["name"] + "}" for each in parameters if each["in"] == "path")


def _contract(*parameters: dict[str, Any], body: dict[str, Any] | None = None) -> Contract:
    operation = {"parameters": list(parameters), "responses": {}, **({"requestBody": body} if body else {})}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {_path(parameters): {"post" if body else "get": operation}},
        "components": {
            "schemas": {
                "Color": {"type": "string", "enum": sorted(COLORS)},
                "Range": RANGE,
                "Tree": {"type": "object", "properties": {"below": {"$ref": "#/components/schemas/Tree"}}},
            }
        },
    }
    return read_contract(document, source="c.yaml", version="v1", digest="", locate=lambda place: place)


def _drawn(*parameters: dict[str, Any], examples: int = 20, negative: int = 0) -> tuple[DrawnCase, ...]:
    contract = _contract(*parameters)
    return draw(contract, contract.operations[f"GET {_path(parameters)}"], seed=1, examples=examples, negative=negative)


@pytest.mark.parametrize(
    ("parameter", "value", "query", "path"),
    [
        (QUERY, "a b", (("q", "a b"),), {}),
        (QUERY, True, (("q", "true"),), {}),
        (QUERY, ["a", "b"], (("q", "a"), ("q", "b")), {}),
        ({**QUERY, "style": "pipeDelimited"}, ["a", "b"], (("q", "a|b"),), {}),
        ({**QUERY, "style": "deepObject"}, {"gt": 1, "in": {"a": "b"}}, (("q[gt]", "1"), ("q[in][a]", "b")), {}),
        ({**QUERY, "style": "deepObject"}, [{"a": 1}, {"a": 2}], (("q[0][a]", "1"), ("q[1][a]", "2")), {}),
        (PATH, "a b", (), {"q": "a%20b"}),
        ({**PATH, "style": "matrix"}, "a", (), {"q": ";q=a"}),
    ],
)
def test_a_value_is_written_in_the_style_of_its_parameter(
    parameter: dict[str, Any], value: Any, query: object, path: object
) -> None:
    """Styles of OpenAPI 3.1 §4.8.12.2; what is nested in a deep object in brackets, elements of lists of objects by number."""
    made = written(EMPTY, parameter, value)
    assert made is not None
    assert (made.query, made.path_parameters) == (query, path)


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        (PATH, ""),
        (PATH, "."),
        (PATH, ".."),
        (PATH, "a/b"),
        (PATH, "{a}"),
        (QUERY, "\x00"),
        (QUERY, "\ud800"),
        (QUERY, []),
    ],
)
def test_what_servers_read_in_several_ways_is_not_written(parameter: dict[str, Any], value: Any) -> None:
    """Empty segments, dots, slashes and braces in paths, NUL and halves of pairs anywhere, and lists of nothing."""
    assert written(EMPTY, parameter, value) is None


@pytest.mark.parametrize(
    ("schema", "text", "wrong"),
    [
        ({"type": "integer"}, "true", True),
        ({"type": "integer"}, "7", False),
        ({"type": "integer"}, "", False),
        ({"type": ["integer", "null"]}, "null", False),
        ({"type": "array", "items": {"type": "string"}}, "true", False),
        ({"type": "array", "items": {"type": "integer"}}, "true", True),
        ({"type": "array", "items": {"type": "integer"}}, "776", False),
        ({"type": "array", "items": {"type": "integer"}, "minItems": 2}, "1,2", False),
        ({"type": "array", "items": {"type": "integer"}, "minItems": 2}, "776", True),
        ({"anyOf": [{"type": "object"}, {"type": "integer"}]}, "x", True),
        ({"anyOf": [{"type": "array", "items": {"type": "string"}}, {"enum": [""], "type": "string"}]}, "x", False),
        ({"maximum": 5}, "9", False),
        ({"enum": ["a", "b"]}, "c", True),
        ({"allOf": [{"type": "array"}, {"items": {"$ref": "#/components/schemas/Color"}}]}, "red", False),
        ({"allOf": [{"type": "array"}, {"items": {"$ref": "#/components/schemas/Color"}}]}, "pink", True),
    ],
)
def test_a_text_is_wrong_where_nobody_can_read_it_otherwise(schema: Any, text: str, *, wrong: bool) -> None:
    """One text may be a list, of one or of several, and an empty one may be nothing; where no type is told, nothing is sure."""
    contract = _contract({**QUERY, "schema": {"$ref": "#/components/schemas/Color"}})
    assert may_fit(contract, schema, text) is not wrong


@pytest.mark.parametrize(
    "schema", [{"minLength": 1}, {"maxLength": 8}, {"minLength": 12, "maxLength": 12}, {"minLength": 2, "maxLength": 3}]
)
def test_texts_are_fitted_to_any_length(schema: dict[str, int]) -> None:
    """Each is what the schema says and comes once, the simplest first; another seed has another order."""
    told = {"type": "string", **schema}
    assert is_fitted(told)
    made = fitted(TEXTS, told, 1)
    assert all(holds({}, told, text) for text in made)
    assert made[0] == "0" * schema.get("minLength", 0)
    assert len(set(made)) == len(made) >= len(TEXTS) - 2
    assert fitted(TEXTS, told, 2)[1:] != made[1:]
    assert not any(map(is_fitted, ({**told, "pattern": "a"}, {**told, "maxLength": 0}, {"type": "string"})))


NUMBERS = [0, 1, -1, 7, -4611, 2**62 + 11, -(2**62) - 19, 0.5, 1e300, -3.25]


@pytest.mark.parametrize(
    ("schema", "simplest"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 100}, 1),
        ({"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1, "format": "int32"}, 0),
        ({"type": "integer", "maximum": -5}, -5),
        ({"type": "integer", "minimum": 0.5, "maximum": 3}, 1),
        ({"type": "number", "minimum": 2.5}, 2.5),
        ({"type": "number", "maximum": 0}, 0),
    ],
)
def test_numbers_are_fitted_to_any_bounds(schema: dict[str, Any], simplest: Any) -> None:
    """Each is what the schema says and comes once, the simplest first; another seed has another order."""
    plain = plain_of(schema)
    assert plain is not None
    numbers = [each for each in NUMBERS if isinstance(each, int) or plain["type"] == "number"]
    made = fitted_numbers(numbers, schema, 1)
    assert made[0] == simplest
    assert all(holds({}, schema, number) for number in made)
    assert len(set(made)) == len(made) >= min(len(numbers) - 1, schema["maximum"] if simplest == 1 else len(numbers))
    assert sorted(fitted_numbers(numbers, schema, 2)) == sorted(made)


@pytest.mark.parametrize(
    "schema",
    [{"type": "integer"}, {"type": "integer", "minimum": 3, "maximum": 3}, {"type": "number", "minimum": 0, "maximum": 1},
     {"type": "number", "minimum": 0, "format": "float"}, {"type": "integer", "minimum": 0, "multipleOf": 5}],
)  # fmt: skip
def test_other_numbers_are_drawn_for_themselves(schema: dict[str, Any]) -> None:
    """Where more than one bound of a fraction, a step or a precision is told, no plain number is made to fit."""
    assert plain_of(schema) is None


@pytest.mark.parametrize(
    ("schema", "kinds"),
    [
        ({"type": "string"}, {type(None), bool, int, float, list, dict}),
        ({"type": "string", "format": "date-time"}, {str, type(None), bool, int, float, list, dict}),
        ({"type": "integer", "minimum": 3}, {str, type(None), bool, int, float, list, dict}),
        ({"type": ["array", "null"]}, {str, bool, int, float, dict}),
        ({"minimum": 5}, {int, float}),
    ],
)
def test_what_a_schema_refuses_is_of_every_type(schema: dict[str, Any], kinds: set[type]) -> None:
    """Values that break a schema are many and of all types, the near ones among the first; the next portion has another order."""
    made = [Pieces({}, 1).refused(schema).value(number) for number in range(128)]
    assert {type(each) for each in made} == kinds
    assert not any(holds({}, schema, each) for each in made)
    assert len({repr(each) for each in made[:64]}) >= (20 if NEW else 10)
    own = {"string": str, "integer": int}.get(str(schema.get("type")))
    assert own not in kinds or own in {type(each) for each in made[:2]}
    assert made[:64] != made[64:]


def test_lengths_that_say_nothing_are_not_drawn_for() -> None:
    """A date is never empty, and every text has no character at least: such schemas share the pool of those that do not say it."""
    moment = {"type": "string", "format": "date-time"}
    pieces = Pieces({}, 1)
    assert (
        pieces.values({**moment, "minLength": 1}) is pieces.values({**moment, "minLength": 0}) is pieces.values(moment)
    )
    assert pieces.values({**moment, "format": "password", "minLength": 1}) is not pieces.values(
        {**moment, "format": "password"}
    )


def test_parameters_need_no_drawing_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten parameters of one kind cost what one costs, whatever they are called, in queries and paths; lists of words cost nothing."""
    drawn: list[object] = []
    whole = strategies.run

    def run(*args: Any, **kwargs: Any) -> str | None:
        drawn.append(args)
        return whole(*args, **kwargs)

    monkeypatch.setattr(strategies, "run", run)
    costs = []
    for count in (1, 10):
        pool.forget()
        drawn.clear()
        texts = [
            {**place, "name": f"{place['in']}{number}", "schema": {"type": "string", "maxLength": 20 + number}}
            for number in range(count)
            for place in (QUERY, PATH)
        ]
        assert len(_drawn(*texts)) == 20
        costs.append(len(drawn))
    assert costs[0] == costs[1]
    drawn.clear()
    words = [{**QUERY, "schema": {"type": "string", "enum": ["a", "bc"], "maxLength": 1}}]
    assert {case.query for case in _drawn(*words)} == {(("q", "a"),)}
    assert not drawn


@pytest.mark.parametrize(
    "schema",
    [
        {"oneOf": [{"type": "string", "maxLength": 30}, {"type": "string", "format": "date"}]},
        {"oneOf": [{"type": "string", "enum": ["asc", "desc"]}, {"type": "string", "maxLength": 40}]},
        {"type": "string", "oneOf": [{"maxLength": 5}, {"minLength": 3}]},
    ],
)
def test_a_value_of_one_alternative_is_held_to_the_whole(schema: dict[str, Any]) -> None:
    """A text that two alternatives of `oneOf` take is no value, and is not sent as one."""
    found = _drawn({**QUERY, "schema": schema}, examples=30)
    assert found
    assert all(holds({}, schema, value) for case in found if case.aim is Aim.ACCEPTED for _, value in case.query)


@pytest.mark.parametrize(
    "schema", [{"type": "number"}, {"type": "number", "minimum": 0}, {"type": "integer"}, {"type": "boolean"}]
)
def test_numbers_and_booleans_have_many_spellings(schema: dict[str, Any]) -> None:
    """Readers take `1e5`, `007` and `on` for numbers and booleans, though JSON does not write them so."""
    contract = _contract({**QUERY, "schema": schema})
    spellings = ("1", "0", "on", "False") if schema["type"] == "boolean" else ("1e5", "3.75e+91", "007", " 4", "+3")
    assert all(may_fit(contract, schema, text) for text in spellings)
    assert not may_fit(contract, schema, "kettle")


COLOR = {"$ref": "#/components/schemas/Color"}
READ: dict[str, tuple[Any, Callable[[str], bool]]] = {
    "number": ({"type": "number"}, lambda text: _number(text) is not None),
    "whole": ({"type": "integer", "minimum": 1}, lambda text: (_number(text) or 0) >= 1),
    "yes": ({"type": "boolean"}, lambda text: text.lower() in {"0", "1", "on", "off", "true", "false", "y", "n"}),
    "color": (COLOR, lambda text: text in COLORS),
    "default": ({**COLOR, "default": "red"}, lambda text: text in COLORS),
    "maybe": ({"anyOf": [COLOR, {"type": "null"}]}, lambda text: text in {*COLORS, "null"}),
    "word": ({"enum": ["a", "b"]}, lambda text: text in {"a", "b"}),
    "colors": ({"type": "array", "items": COLOR}, lambda text: {*text.split(",")} <= COLORS),
    "numbers": (
        {"type": "array", "items": {"type": "integer"}},
        lambda text: all(math.isfinite(_number(each) or 0) and _number(each) is not None for each in text.split(",")),
    ),
    "texts": ({"type": "array", "items": {"type": "string"}}, lambda _: True),
}
"""By name: a schema, and how a lenient server reads one text of it."""


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


@pytest.mark.parametrize("place", sample(["header", "query", "cookie", "form"]))
def test_no_text_that_may_be_a_value_is_sent_as_a_wrong_one(place: str) -> None:
    """Each wrong request has a parameter that the most lenient reader refuses, and is not wrong for what is not in it."""
    members = {name: schema for name, (schema, _) in READ.items()}
    form = {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": members}}}
    parameters = [{"name": name, "in": place, "schema": schema} for name, schema in members.items()]
    told: Any = ((), {"content": form}) if place == "form" else (parameters, None)
    contract = _contract(*told[0], body=told[1])
    broken: set[str] = set()
    for seed in (1, 2):
        for case in draw(contract, *contract.operations.values(), seed=seed, examples=5, negative=30):
            if case.aim is Aim.REFUSED:
                held = {"header": case.headers, "cookie": case.cookies, "query": case.query}
                pairs = held.get(place) or parse_qsl((case.body or b"").decode(), keep_blank_values=True)
                wrong = {name for name, text in pairs if name in READ and text and not READ[name][1](unquote(text))}
                assert wrong, case
                broken |= wrong
    assert broken >= ({"number", "whole", "yes", "color", "maybe", "word", "colors"} if NEW else set())


RANGE = {"type": "object", "properties": {"a": {"type": "integer"}}}


@pytest.mark.parametrize(
    ("schema", "broken"),
    [
        (RANGE, True),
        ({**RANGE, "type": ["object", "null"]}, True),
        ({"anyOf": [{"$ref": "#/components/schemas/Range"}, {"type": "null"}]}, True),
        ({"$ref": "#/components/schemas/Tree"}, False),
    ],
)
def test_nothing_is_written_under_the_name_of_a_deep_object(schema: dict[str, Any], *, broken: bool) -> None:
    """Of a deep object a query has the members only: a text under its own name is a parameter nobody knows, which servers ignore."""
    found = _drawn({**QUERY, "required": False, "style": "deepObject", "schema": schema}, negative=12)
    wrong = [case for case in found if case.aim is Aim.REFUSED]
    assert bool(wrong) is broken
    assert not any(name == "q" for case in wrong for name, _ in case.query)
