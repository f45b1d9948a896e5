"""Cases assembled from pools: what the contract accepts, as diverse as what is drawn whole, and drawn once for each schema."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from importlib import metadata
from typing import Any
from urllib.parse import parse_qsl

import jsonschema
import pytest

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.contracts.contract import Contract
from pytest_apiversion.shell.generation import strategies
from pytest_apiversion.shell.generation.drawing import draw
from pytest_apiversion.shell.generation.pools import pool
from pytest_apiversion.shell.generation.pools.positive_cases import PositiveCases
from pytest_apiversion.shell.json_schema.python_keywords import python_validator
from pytest_apiversion.shell.openapi.contracts import read_contract
from pytest_apiversion.shell.openapi.request_shapes import Shapes
from tests.thorough import some

SCHEMATHESIS = tuple(int(part) for part in metadata.version("schemathesis").split(".")[:2])
ADDRESS = {
    "type": "object",
    "required": ["city"],
    "properties": {
        "city": {"type": "string", "minLength": 1, "maxLength": 40},
        "zip": {"type": "string", "pattern": "^[0-9]{5}$"},
        "kind": {"enum": ["home", "work", "other"]},
    },
}
TREE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "maxLength": 20},
        "below": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
    },
}
SCHEMAS: dict[str, Any] = {
    "wide": {
        "type": "object",
        "required": ["owner"],
        "properties": {
            "owner": {"anyOf": [ADDRESS, {"type": "string", "minLength": 1}]},
            "addresses": {"type": "array", "items": ADDRESS, "minItems": 1, "maxItems": 9},
            "sizes": {"type": "array", "uniqueItems": True, "items": {"type": "integer", "minimum": 1, "maximum": 9}},
            "when": {"type": ["string", "null"], "format": "date-time"},
            "more": {"type": "object", "additionalProperties": {"type": "number"}},
            **{f"flag{number}": {"type": "boolean"} for number in range(6)},
        },
    },
    "recursive": {"$ref": "#/components/schemas/Tree"},
    "at least two members": {
        "type": "object",
        "minProperties": 2,
        "properties": {name: {"type": "integer"} for name in "abcd"},
    },
    "exactly one way": {"oneOf": [{"type": "integer", "minimum": 0}, {"type": "integer", "maximum": 9}]},
    "not": {"type": "object", "properties": {"a": {"type": "string", "not": {"const": "x"}}}, "required": ["a"]},
    "contains": {"type": "array", "items": {"type": "integer"}, "contains": {"const": 7}},
    "dependent": {
        "type": "object",
        "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}},
        "dependentRequired": {"a": ["b"]},
    },
    "never ends": {
        "type": "object",
        "required": ["next"],
        "properties": {"next": {"anyOf": [{"$ref": "#/components/schemas/Endless"}, {"type": "integer"}]}},
    },
}
ENDLESS = {
    "type": "object",
    "required": ["next"],
    "properties": {"next": {"oneOf": [{"$ref": "#/components/schemas/Endless"}, {"type": "null"}]}},
}
WHOLE = {"exactly one way", "not", "contains", "dependent"}


def _contract(schema: Any, *, media_type: str = "application/json", **more: Any) -> Contract:
    content = {media_type: {"schema": schema, **more}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/t": {"post": {"requestBody": {"required": True, "content": content}, "responses": {}}}},
        "components": {"schemas": {"Tree": TREE, "Endless": ENDLESS}},
    }
    return read_contract(document, source="c.yaml", version="v1", digest="", locate=lambda path: path)


def _cases(contract: Contract, *, seed: int = 1, examples: int = 20, negative: int = 0) -> tuple[DrawnCase, ...]:
    return draw(contract, contract.operations["POST /t"], seed=seed, examples=examples, negative=negative)


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_is_assembled_is_what_the_contract_accepts(name: str) -> None:
    """Every body is valid, and there are as many as were asked for, whatever depends on what in the schema."""
    contract = _contract(SCHEMAS[name])
    resource = {"components": {"schemas": {"Tree": TREE, "Endless": ENDLESS}}}
    held = jsonschema.Draft202012Validator({**SCHEMAS[name], **resource})
    found = [case.json for seed in (1, 2) for case in _cases(contract, seed=seed)]
    assert len(found) == 40
    for body in found:
        held.validate(body)


def test_negative_ones_are_not() -> None:
    """What breaks the contract does: a JSON body in one place, with a value that was drawn beside its schema."""
    contract = _contract(SCHEMAS["wide"])
    kind, checker = python_validator()
    held = kind(SCHEMAS["wide"], format_checker=checker)
    found = [case for case in _cases(contract, negative=12) if case.aim is Aim.REFUSED]
    assert len(found) == 12
    assert not any(held.is_valid(case.json) for case in found)


def test_the_same_seed_gives_the_same_cases_whatever_was_drawn_before() -> None:
    """Neither other operations with the same schemas nor how many cases are wanted change a case."""
    contract = _contract(SCHEMAS["wide"])
    pool.forget()
    first = _cases(contract, examples=8)
    _cases(_contract({"type": "object", "properties": {"x": ADDRESS}}), examples=8)
    assert _cases(contract, examples=8) == first
    pool.forget()
    _cases(_contract({"type": "object", "properties": {"x": ADDRESS}}), examples=20)
    assert _cases(contract, examples=8) == first
    assert _cases(contract, examples=1)[0] == first[0]
    assert _cases(contract, seed=2, examples=8) != first


def test_a_schema_is_drawn_once_however_many_operations_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten operations of ten shapes with the same members have them drawn as often as one."""
    drawn: list[object] = []
    whole = strategies.run

    def run(*args: Any, **kwargs: Any) -> str | None:
        drawn.append(args)
        return whole(*args, **kwargs)

    monkeypatch.setattr(strategies, "run", run)

    def schema(number: int) -> dict[str, Any]:
        return {"type": "object", "required": [f"n{number}"], "properties": {f"n{number}": ADDRESS, "city": ADDRESS}}

    costs = []
    for count in (1, 10):
        pool.forget()
        drawn.clear()
        for number in range(count):
            _cases(_contract(schema(number)), examples=16)
        costs.append(len(drawn))
    assert costs[1] <= costs[0] + 2  # another operation may go on to values that the first did not need


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_cannot_be_assembled_is_counted(name: str) -> None:
    """Only where members depend on one another is something drawn whole, and then it is known."""
    contract = _contract(SCHEMAS[name])
    positive = PositiveCases(Shapes(dict(contract.schemas)), contract.operations["POST /t"], 1, lambda _: True)
    positive.several(10)
    assert (positive.whole > 0) == (name in WHOLE - {"exactly one way"})


def _leaves(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        yield place, "{}"
        for name, part in value.items():
            yield from _leaves(part, f"{place}/{name if name.isidentifier() else '*'}")
    elif isinstance(value, list):
        yield place, f"[{len(value)}]"
        for part in value:
            yield from _leaves(part, f"{place}/*")
    else:
        yield place, json.dumps(value)


def _diversity(cases: tuple[DrawnCase, ...]) -> tuple[float, float]:
    """Distinct values of a leaf, and the share of cases that have it, each the mean of all leaves."""
    values: dict[str, set[str]] = defaultdict(set)
    there: dict[str, int] = defaultdict(int)
    for case in cases:
        found = list(_leaves(case.json))
        for place, text in found:
            values[place].add(text)
        for place in {place for place, _ in found}:
            there[place] += 1
    return sum(map(len, values.values())) / len(values), sum(there.values()) / len(values) / len(cases)


@pytest.mark.parametrize(
    ("name", "seeds"), [("wide", some(5, 2)), ("recursive", some(5, 1)), ("at least two members", 5)]
)
def test_assembled_cases_are_as_diverse_as_those_drawn_whole(name: str, seeds: int) -> None:
    """Nine tenths of the distinct values for each leaf, and of the share of optional members, at least, over several seeds."""
    if name == "recursive" and SCHEMATHESIS < (4, 25):
        pytest.skip("older ones draw nothing from a schema that refers to itself")
    contract = _contract(SCHEMAS[name])
    ours: list[DrawnCase] = []
    theirs: list[DrawnCase] = []
    for seed in range(seeds):
        positive = PositiveCases(Shapes(dict(contract.schemas)), contract.operations["POST /t"], seed, lambda _: True)
        ours += positive.several(20)[0]
        theirs += positive.drawn_whole(20)[0]
    (distinct, share), (others, usual) = _diversity(tuple(ours)), _diversity(tuple(theirs))
    assert distinct >= 0.9 * others
    assert share >= 0.9 * usual


def test_forms_are_assembled_in_their_encoding() -> None:
    """A member of a form is written in its style, and its values are what its schema says."""
    schema = {
        "type": "object",
        "required": ["owner"],
        "properties": {"owner": ADDRESS, "size": {"type": "integer", "minimum": 1, "maximum": 9}},
    }
    form = "application/x-www-form-urlencoded"
    contract = _contract(schema, media_type=form, encoding={"owner": {"style": "deepObject", "explode": True}})
    for case in _cases(contract):
        pairs = dict(parse_qsl((case.body or b"").decode(), keep_blank_values=True))
        assert pairs.keys() <= {"owner[city]", "owner[zip]", "owner[kind]", "size"}
        assert "owner[city]" in pairs
        assert 1 <= int(pairs.get("size", "1")) <= 9
        assert case.media_type == form
    refused = [case for case in _cases(contract, negative=9) if case.aim is Aim.REFUSED]
    assert any(b"size=" in (case.body or b"") for case in refused)
