"""The law of the comparison, with a referee: what it lets pass, no value of a small world can break."""

from __future__ import annotations

import copy
import itertools
import random
from collections.abc import Iterator
from typing import Any

import jsonschema
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pytest_apiversion.core.finding import Severity
from tests.diff.documents import answered, changes, sent

SCALARS: tuple[Any, ...] = (None, True, False, 0, 1, 2, 3, 4, -1, 1.5, "", "a", "ab", "abc")
WORLD: list[Any] = [
    *SCALARS,
    *([], {}, [1, 1, 1], [1, 2, 3], {"a": [1]}, {"a": {"a": 1}}, {"a": {"b": "a"}, "b": 1}),
    *([one] for one in SCALARS),
    *([one, other] for one in (None, 1, "a") for other in (1, 2, "a", True)),
    *({name: one} for name in "ab" for one in SCALARS),
    *({"a": one, "b": other} for one, other in itertools.product((0, 2, "a", None), repeat=2)),
]
"""Every value that is tried; objects have no other members than those that the schemas describe."""


def drawn(rng: random.Random, depth: int = 0) -> dict[str, Any]:
    """A schema of a few keywords; it says its type, for one that describes members is read as an object's anyway."""
    if depth < 2 and rng.random() < 0.25:
        return {rng.choice(["anyOf", "oneOf", "allOf"]): [drawn(rng, depth + 1) for _ in range(rng.choice([2, 3]))]}
    kind = rng.choice(["string", "integer", "number", "boolean", "array", "object", "several", "enum", "const"])
    if kind == "several":
        return {"type": rng.sample(["string", "integer", "null", "boolean"], 2)}
    if kind == "enum":
        return {"enum": rng.sample(["a", "ab", 1, 2, None, True], rng.choice([2, 3]))}
    if kind == "const":
        return {"const": rng.choice(["a", 1, None])}
    more = dict(_keywords(kind, rng, depth))
    return {"type": kind, **{word: more[word] for word in more if rng.random() < 0.4}}


def _keywords(kind: str, rng: random.Random, depth: int) -> Iterator[tuple[str, Any]]:
    if kind == "string":
        yield from (("minLength", rng.choice([1, 2])), ("maxLength", rng.choice([1, 2])))
    elif kind in {"integer", "number"}:
        yield rng.choice(["minimum", "exclusiveMinimum"]), rng.choice([1, 2])
        yield rng.choice(["maximum", "exclusiveMaximum"]), rng.choice([2, 3])
        yield "multipleOf", rng.choice([1, 2])
    elif kind == "array":
        yield "items", drawn(rng, 2) if rng.random() < 0.8 else False
        yield "prefixItems", [drawn(rng, 2) for _ in range(rng.choice([1, 2]))]
        yield from (("minItems", 1), ("maxItems", rng.choice([1, 2])), ("uniqueItems", True))
        yield "contains", drawn(rng, 2)
        yield from (("minContains", rng.choice([0, 2])), ("maxContains", 2))
    elif kind == "object":
        yield "required", rng.sample(["a", "b"], rng.choice([1, 2]))
        yield from (("additionalProperties", False), ("minProperties", 1), ("dependentRequired", {"a": ["b"]}))


def described(schema: Any, rng: random.Random) -> Any:
    """A schema whose objects describe each member that the world knows."""
    if isinstance(schema, list):
        return [described(part, rng) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {word: described(part, rng) for word, part in schema.items()}
    if made.get("type") == "object" and "properties" not in made:
        made["properties"] = {name: described(drawn(rng, 2), rng) if rng.random() < 0.5 else {} for name in "ab"}
    return made


def altered(schema: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """A schema that differs in one place."""
    made = copy.deepcopy(schema)
    nodes = [made]
    for node in nodes:
        parts = [*node.values(), *node.get("properties", {}).values()]
        parts += [inner for part in parts if isinstance(part, list) for inner in part]
        nodes += [part for part in parts if isinstance(part, dict) and part.keys() & {"type", "enum", "const", "anyOf"}]
    node, other = rng.choice(nodes), described(drawn(rng, 1), rng)
    words = [word for word in node if word not in {"type", "properties"}]
    if rng.random() < 0.4:
        node.clear()
        node.update(other)
    elif words and rng.random() < 0.5:
        word = rng.choice(words)
        if isinstance(node[word], list) and len(node[word]) > 1:
            node[word].pop(rng.randrange(len(node[word])))
        else:
            del node[word]
    else:
        node.update(other)
    return made


def loose(schema: Any) -> Any:
    """The same with each `oneOf` read as `anyOf`, as the comparison reads it."""
    if isinstance(schema, list):
        return [loose(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {word: loose(part) for word, part in schema.items() if word != "oneOf"}
    if "oneOf" in schema:
        made["allOf"] = [*made.get("allOf", []), {"anyOf": loose(schema["oneOf"])}]
    return made


def possible(schema: dict[str, Any]) -> bool:
    """Whether a schema, and every one of its alternatives, takes something: nobody writes down what nothing can be."""
    parts = [part for word in ("anyOf", "oneOf", "allOf", "prefixItems") for part in schema.get(word, [])]
    parts += [schema[word] for word in ("items", "contains") if schema.get(word)]
    takes = jsonschema.Draft202012Validator(loose(schema))
    return any(map(takes.is_valid, WORLD)) and all(map(possible, parts + list(schema.get("properties", {}).values())))


@given(seed=st.integers(0, 2**32))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_what_is_let_pass_breaks_no_value(seed: int) -> None:
    """Where the comparison neither warns nor calls it a break, every request that was valid is, and every answer is one that was."""
    rng = random.Random(seed)  # noqa: S311  a seed
    old = described(drawn(rng), rng)
    new = altered(old, rng)
    assume(possible(old) and possible(new))
    before, after = (jsonschema.Draft202012Validator(loose(schema)) for schema in (old, new))
    for wrap, wide, narrow in ((sent, before, after), (answered, after, before)):
        if all(change.severity is Severity.INFO for change in changes(wrap(old), wrap(new))):
            broken = [value for value in WORLD if wide.is_valid(value) and not narrow.is_valid(value)]

            assert broken == [], (wrap.__name__, old, new)
