"""Proof of breaks: a value that one contract takes and the other does not."""

from __future__ import annotations

import copy
import random
from typing import Any, cast

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_apiversion.core.finding import Severity
from pytest_apiversion.diff.document import Document
from pytest_apiversion.shell.comparison.witness import Prover, Witness, provable, prove
from pytest_apiversion.shell.openapi.grammar import resolve, unescape
from tests.diff.documents import answered, changes, sent
from tests.diff.schema_cases import CASES, REQUESTS, RESPONSES
from tests.diff.test_laws import CONTRACTS, read
from tests.diff.transforms import plant
from tests.thorough import drawn, sample

UNPROVEN = {
    "condition": "what holds under a condition is met by chance",
    "dependent-required": "a member nobody describes is drawn by chance",
    "dependent-schema": "the schema in the case asks for what it already has",
    "not": "a value that must not be is met by chance",
}
"""Subject of a rule -> why its case may go without proof."""

STRING: dict[str, Any] = {"type": "string"}
NAMED_KINDS: dict[str, Any] = {
    "oneOf": [{"type": "object", "properties": {"k": {"const": kind}}, "required": ["k"]} for kind in ("x", "y")]
}

WAYS = [
    pytest.param(wrap, old, new, id=f"{way}-{name}-{'there' if forth else 'back'}")
    for way, wrap, more in (("request", sent, REQUESTS), ("response", answered, RESPONSES))
    for name, (one, other, _, _) in {**CASES, **more}.items()
    for forth, old, new in ((True, one, other), (False, other, one))
]
"""Each case there and back."""


def breaks(wrap: Any, old: Any, new: Any) -> bool:
    """Whether something in it is to be proved."""
    return any(change.severity is Severity.ERROR and provable(change) for change in changes(wrap(old), wrap(new)))


def prover(old: dict[str, Any], new: dict[str, Any]) -> Prover:
    """What finds witnesses between two documents."""
    return Prover(Document(old, old["openapi"][:3]), Document(new, new["openapi"][:3]))


def loose(schema: Any) -> Any:
    """A schema that lets members pass it does not name."""
    if isinstance(schema, dict):
        return {
            key: loose(part) for key, part in schema.items() if not (key == "additionalProperties" and part is False)
        }
    return [loose(part) for part in schema] if isinstance(schema, list) else schema


@pytest.mark.filterwarnings("error::hypothesis.errors.HypothesisWarning")
@pytest.mark.parametrize(("wrap", "old", "new"), [each for each in sample(WAYS, 6) if breaks(*each.values)])
def test_a_break_is_proved(wrap: Any, old: Any, new: Any) -> None:
    """A break comes with a value that one schema takes and the other does not, as a validator of its own says too; large ones without a warning."""
    documents = wrap(old), wrap(new)
    for change in changes(*documents):
        if change.severity is not Severity.ERROR or not provable(change):
            continue
        witness = prover(*documents).witness(change)
        if witness is None:
            assert change.rule.subject in UNPROVEN, change.rule.id
            continue
        before, after = (_at(document, place) for document, place in zip(documents, change.schemas, strict=True))
        if wrap is sent and "readOnly" not in str((old, new)):
            assert _valid(before, witness.value)
            assert not _valid(after, witness.value)
        elif wrap is answered:
            assert _valid(after, witness.value)
            assert not _valid(loose(before), witness.value)


def _at(document: Any, place: str) -> Any:
    """The schema at a place; one that is not written down takes anything."""
    try:
        return resolve(document, unescape(place))
    except LookupError:
        return True


def _valid(schema: Any, value: Any) -> bool:
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).is_valid(
        value
    ) and not _too_long(schema, value)


def _too_long(schema: Any, value: Any) -> bool:
    """Whether an integer is beyond its format, which `jsonschema` does not hold."""
    limits = {"int32": 2**31, "int64": 2**63}
    limit = limits.get(schema.get("format", "")) if isinstance(schema, dict) else None
    return limit is not None and isinstance(value, int) and not -limit <= value < limit


UNSEEN = {
    "content-encoding": ({**STRING, "contentEncoding": "base64"}, {**STRING, "contentEncoding": "base32"}),
    "content-media-type": (
        {**STRING, "contentMediaType": "text/csv"},
        {**STRING, "contentMediaType": "application/xml"},
    ),
    "content-schema": (
        {**STRING, "contentMediaType": "application/json"},
        {**STRING, "contentMediaType": "application/json", "contentSchema": {"type": "object"}},
    ),
    "extensible-enum-value": ({**STRING, "x-extensible-enum": ["a", "b"]}, {**STRING, "x-extensible-enum": ["a"]}),
    "discriminator-mapping": (
        {**NAMED_KINDS, "discriminator": {"propertyName": "k", "mapping": {"x": "X", "y": "Y"}}},
        {**NAMED_KINDS, "discriminator": {"propertyName": "k", "mapping": {"x": "X"}}},
    ),
}
"""Subject of a rule -> two schemas that take the same values to JSON Schema, which looks at nothing of the kind."""


@pytest.mark.parametrize(("old", "new"), UNSEEN.values(), ids=UNSEEN.keys())
def test_what_no_validator_looks_at_is_not_tried(old: Any, new: Any) -> None:
    """Where no value could show a break to JSON Schema, no value is looked for: it was not tried, which is not to say that there is none."""
    documents = [Document(sent(schema), "3.1") for schema in (old, new)]
    found = [change for change in changes(sent(old), sent(new)) if change.severity is Severity.ERROR]

    assert found
    assert prove(documents[0], documents[1], found) == {}


def test_reasons_for_no_proof_are_needed() -> None:
    """A rule whose case is always proved needs no reason."""
    left: set[str] = set()
    for case in WAYS:
        if left == set(UNPROVEN):
            break
        wrap, old, new = cast("tuple[Any, Any, Any]", case.values)
        documents = wrap(old), wrap(new)
        for change in changes(*documents):
            if (
                change.rule.subject in UNPROVEN.keys() - left
                and change.severity is Severity.ERROR
                and provable(change)
                and prover(*documents).witness(change) is None
            ):
                left.add(change.rule.subject)

    assert left == set(UNPROVEN)


@pytest.mark.parametrize(
    ("old", "new", "value"),
    [
        pytest.param({"type": "string"}, {"type": "string", "maxLength": 3}, "aaaa", id="one-too-long"),
        pytest.param({"type": "integer"}, {"type": "integer", "minimum": 1}, 0, id="one-too-small"),
        pytest.param(
            {"type": "object", "properties": {"a": {}}},
            {"type": "object", "required": ["a"], "properties": {"a": {}}},
            {},
            id="empty",
        ),
        pytest.param({"enum": ["a", "b"]}, {"enum": ["b"]}, "a", id="the-value"),
    ],
)
def test_a_witness_is_minimal(old: Any, new: Any, value: Any) -> None:
    """The proof is the smallest of its kind."""
    (change,) = changes(sent(old), sent(new))
    witness = prover(sent(old), sent(new)).witness(change)

    assert witness is not None
    assert witness.value == value


def test_a_witness_is_about_its_own_change() -> None:
    """Of two changes in one object, each has a proof of its own."""
    old = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}
    new = {**old, "required": ["a", "b"]}
    documents = Document(sent(old), "3.1"), Document(sent(new), "3.1")
    found = changes(sent(old), sent(new))
    witnesses = prove(*documents, found)

    for change in found:
        witness = witnesses[change.identity]
        assert witness is not None
        assert change.name.rpartition(".")[2] in witness.problem


ANY_OBJECT = {"type": "object", "properties": {name: {"type": ["string", "integer"]} for name in "abcde"}}
PAIRS = {"type": "array", "prefixItems": [{"type": "boolean"}], "uniqueItems": True, "items": ANY_OBJECT}


@pytest.mark.parametrize(
    ("said", "limit"),
    [
        ({"prefixItems": [ANY_OBJECT], "items": ANY_OBJECT}, {"maxItems": 50}),
        ({"prefixItems": [{"type": "string"}], "items": PAIRS}, {"maxItems": 100}),
        ({"prefixItems": [{"enum": ["a", "b"]}, {"type": "boolean"}], "items": {"enum": ["a", "b"]}}, {"maxItems": 2}),
    ],
)
def test_long_lists_that_repeat_nothing_are_made(said: Any, limit: Any) -> None:
    """Of a long list whose items must differ a few are drawn, and the rest is made, so that hundreds of values take a moment."""
    whole = {"type": "array", "uniqueItems": True, **said}
    documents = sent(whole), sent({**whole, **limit})
    (change,) = changes(*documents)

    witness = prover(*documents).witness(change)

    assert witness is not None
    assert limit["maxItems"] < len(witness.value) < limit["maxItems"] + 30
    assert _valid(whole, witness.value)


def test_work_is_bounded() -> None:
    """Where no work is left nothing is tried, which is another thing than tried and not found; and nothing is lost."""
    old, new = sent({"type": "string"}), sent({"type": "string", "maxLength": 3})
    found = changes(old, new)

    assert prove(Document(old, "3.1"), Document(new, "3.1"), found, total=0) == {}


LEAVES = st.fixed_dictionaries(
    {"type": st.sampled_from(["string", "integer", "number", "boolean", ["string", "null"], ["integer", "string"]])},
    optional={
        "maxLength": st.integers(0, 3),
        "minLength": st.integers(0, 2),
        "minimum": st.integers(-2, 2),
        "maximum": st.integers(-2, 2),
    },
) | st.lists(st.sampled_from(["a", "b", 1, 2]), min_size=1, max_size=3, unique=True).map(
    lambda values: {"enum": values}
)


def _objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    properties = st.dictionaries(st.sampled_from(["p", "q", "r"]), inner, max_size=3)
    return st.fixed_dictionaries(
        {"type": st.just("object"), "properties": properties},
        optional={
            "required": st.lists(st.sampled_from(["p", "q", "r"]), unique=True, max_size=2),
            "additionalProperties": st.just(value=False),
        },
    )


SCHEMAS = st.recursive(
    LEAVES,
    lambda inner: (
        _objects(inner)
        | st.fixed_dictionaries(
            {"type": st.just("array"), "items": inner},
            optional={"minItems": st.integers(0, 2), "maxItems": st.integers(0, 2)},
        )
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: {"anyOf": parts})
        | st.lists(_objects(LEAVES), min_size=1, max_size=2).map(lambda parts: {"allOf": parts})
    ),
    max_leaves=6,
)


def mutated(schema: Any, rng: random.Random) -> Any:
    """A schema with one or two keywords elsewhere or gone."""
    made = copy.deepcopy(schema)
    nodes = [made]
    for node in nodes:
        nodes.extend(
            part
            for part in [
                *node.get("properties", {}).values(),
                *node.get("anyOf", []),
                *node.get("allOf", []),
                node.get("items"),
            ]
            if part
        )
    for node in rng.sample(nodes, min(len(nodes), 2)):
        for word in ("maxLength", "minLength", "minimum", "maximum", "minItems", "maxItems"):
            if word in node and rng.random() < 0.5:
                node[word] += rng.choice([-1, 1])
                node[word] = max(node[word], 0) if word.endswith(("Length", "Items")) else node[word]
        for word in ("required", "enum"):
            if len(node.get(word, ())) > 1 and rng.random() < 0.5:
                node[word].pop(rng.randrange(len(node[word])))
        if "properties" in node and rng.random() < 0.3:
            node["properties"][rng.choice(["p", "q", "new"])] = {"type": "string"}
        if rng.random() < 0.2:
            node.pop(rng.choice(["maxLength", "minimum", "required", "additionalProperties", "maxItems"]), None)
    return made


def closed(schema: Any) -> Any:
    """A schema whose objects have the members it names and no others, so that no alternative takes what another one names."""
    if "allOf" in schema:
        return {**schema, "unevaluatedProperties": False}
    made = {**schema, "anyOf": [closed(part) for part in schema["anyOf"]]} if "anyOf" in schema else {**schema}
    if "items" in schema:
        made["items"] = closed(schema["items"])
    if "properties" in schema:
        made["properties"] = {name: closed(part) for name, part in schema["properties"].items()}
        made["additionalProperties"] = False
    return made


def let_pass(schema: Any, seed: int, *, response: bool) -> Any:
    """A value that breaks what is called compatible, its members named by what takes it, in a list; empty where none is found."""
    other = mutated(schema, random.Random(seed))  # noqa: S311  a seed
    wrap = answered if response else sent
    old, new = wrap(schema), wrap(other)
    if any(change.severity is not Severity.INFO for change in changes(old, new)):
        return []
    holder = "get/responses/200" if response else "post/requestBody"
    place = f"/paths/~1a/{holder}/content/application~1json/schema"
    witness = prover(old, new).between((place, place), response=response, examples=60)
    takes = jsonschema.Draft202012Validator(closed(other if response else schema))
    return [witness.value] if witness is not None and takes.is_valid(witness.value) else []


@given(schema=SCHEMAS, seed=st.integers(0, 2**16), response=st.booleans())
@settings(max_examples=drawn(250), deadline=None)
def test_what_is_called_compatible_has_no_witness(schema: Any, seed: int, *, response: bool) -> None:
    """The law: for two schemas between which nothing breaks, no value is ever found that breaks.

    Members that the schema does not name where it takes them prove nothing: clients were not told of them there.
    """
    assert let_pass(schema, seed, response=response) == []


def test_what_an_open_alternative_takes_by_chance_proves_nothing() -> None:
    """A member that one alternative names and another one takes because it is open is no promise of the second one, which may come to name it."""
    named = {
        "type": "object",
        "properties": {"q": {"type": "integer"}, "p": {"type": "string"}, "r": {"type": "string"}},
    }
    schema = {
        "anyOf": [{**named, "additionalProperties": False}, {"type": "object", "properties": {"p": {"type": "string"}}}]
    }
    other = copy.deepcopy(schema)
    other["anyOf"][1]["properties"]["q"] = {"type": "string"}  # type: ignore[index]  # it is an object
    place = "/paths/~1a/post/requestBody/content/application~1json/schema"
    witness = prover(sent(schema), sent(other)).between((place, place), response=False, examples=60)

    assert witness is None or not jsonschema.Draft202012Validator(closed(schema)).is_valid(witness.value)


def test_most_planted_breaks_are_proved() -> None:
    """At least nine in ten breaks planted in the frozen contracts come with a proof."""
    planted = [
        (read(path), made[0])
        for path in CONTRACTS
        for seed in range(drawn(3))
        if (made := plant(read(path), random.Random(seed)))  # noqa: S311  a seed
    ]
    proved = 0
    for old, new in planted:
        found = [change for change in changes(old, new) if change.severity is Severity.ERROR]
        documents = Document(old, old["openapi"][:3]), Document(new, new["openapi"][:3])
        proved += any(witness is not None for witness in prove(*documents, found).values())

    assert proved >= 0.9 * len(planted)


def test_a_text_that_tells_two_patterns_apart_is_made_without_chance() -> None:
    """A pattern that hardly any text tells from another one is proved by the text that the automata find."""
    old, new = (
        sent({"type": "string", "pattern": pattern})
        for pattern in ("^[a-z]{3}-[0-9]{12}(-x)?$", "^[a-z]{3}-[0-9]{12}(-x)$")
    )
    (change,) = changes(old, new)

    witness = prover(old, new).witness(change, examples=0)

    assert change.rule.id == "request-pattern-narrowed"
    assert witness is not None
    assert witness.value == "aaa-000000000000"


@pytest.mark.parametrize("tag", [{}, {"kind": ("a", "b")}], ids=["by-members", "by-a-tag"])
def test_the_parts_of_one_schema_are_proved(tag: dict[str, tuple[str, str]]) -> None:
    """Where one object becomes two, what each asks for is shown by a value that the object took and neither of them takes."""
    parts = []
    for index, name in enumerate(("number", "iban")):
        told = {known: {"enum": [values[index]]} for known, values in tag.items()}
        parts.append({"type": "object", "properties": {name: STRING, **told}, "required": [name, *tag]})
    listed = {known: {"enum": list(values)} for known, values in tag.items()}
    whole = {"type": "object", "properties": {"number": STRING, "iban": STRING, **listed}, "required": [*tag]}
    old, new = sent(whole), sent({"anyOf": parts})
    found = [change for change in changes(old, new) if change.severity is Severity.ERROR]
    witnesses = prove(Document(old, "3.1"), Document(new, "3.1"), found)

    assert [change.rule.id for change in found] == ["request-property-became-required"] * 2
    assert all(isinstance(witnesses[change.identity], Witness) for change in found)
