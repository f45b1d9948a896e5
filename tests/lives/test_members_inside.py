"""Ways into objects that lead nowhere are mistakes of the file, told with their place and the nearest name."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.target.load import load_target
from tests.lives.members_inside import DAY, LIFE, POLICY

SLIPS = {
    "last-step": ("config.modle", 'got "config.modle": config has no "modle"; did you mean "model"?'),
    "nothing-between": ("config..model", 'got "config..model": config has no "" (known: model)'),
    "turned": ("model.config", 'got "model.config": nothing there has it; did you mean "config.model"?'),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_way_that_leads_nowhere_is_a_mistake(name: str, tmp_path: Path) -> None:
    """It is told once; a plain name that no contract has is none, since answers may say more than contracts."""
    way, told = SLIPS[name]
    with pytest.raises(PolicyError) as caught:
        load_target(LIFE.write(tmp_path, POLICY.replace('"config.model"', f'"{way}"')), {"ODD_URL": "http://x.test"})

    assert [each.partition(": ")[2] for each in caught.value.mistakes] == [
        f"fields[0].v2: expected the way to a member of v2.json, {told}"
    ]


@pytest.mark.parametrize("name", ["modle", "@odata.etag", "confg.etag", "x.model"])
def test_a_plain_name_may_be_one_that_no_contract_tells(tmp_path: Path, name: str) -> None:
    """As before there were ways; one with a dot in it is none."""
    text = POLICY.replace('"config.model"', f'"{name}"')

    assert load_target(LIFE.write(tmp_path, text), {"ODD_URL": "http://x.test"}).policy.fields


TEXT = {"type": "string"}
STEPS: dict[str, tuple[Any, str]] = {
    # name: what the contract says of `config`, and the way
    "beside-a-text": (TEXT, "config.code"),
    "beside-anything": ({}, "config.code"),
    "in-an-open-object": ({"type": "object"}, "config.labels"),
    "in-an-object-that-may-have-more": ({"type": "object", "properties": {"size": TEXT}}, "config.labels"),
    "in-an-object-of-texts": ({"type": "object", "additionalProperties": TEXT}, "config.labels"),
    "in-one-of-two": ({"oneOf": [{"properties": {"labels": TEXT}}, {"properties": {"size": TEXT}}]}, "config.labels"),
    "two-objects-down": ({"properties": {"size": {"properties": {"labels": TEXT}}}}, "config.size.labels"),
    "dots-in-the-very-name": ({"properties": {"config.labels": TEXT}, "additionalProperties": False}, "config.labels"),
}
SHUT: dict[str, tuple[Any, str, str]] = {
    "in-a-closed-object": (
        {"properties": {"size": TEXT}, "additionalProperties": False},
        "config.labels",
        'config has no "labels" (known: size)',
    ),
    "near-a-name-of-a-closed-object": (
        {"type": "object", "properties": {"labels": TEXT}, "additionalProperties": False},
        "config.label",
        'config has no "label"; did you mean "labels"?',
    ),
    "of-two-objects": (
        {"properties": {"size": {"properties": {"labels": TEXT}}}},
        "size.labels.config",
        'nothing there has it; did you mean "config.size.labels"?',
    ),
}


_OPEN = {"type": "object", "properties": {"labels": TEXT}}
LIKELY: dict[str, tuple[Any, str, str]] = {
    "in-an-open-object": (_OPEN, "config.label", 'config has no "label"; did you mean "labels"?'),
    "in-a-map": (
        {**_OPEN, "additionalProperties": TEXT},
        "config.label",
        'config has no "label"; did you mean "labels"?',
    ),
    "in-an-object-of-a-pattern": (
        {**_OPEN, "additionalProperties": False, "patternProperties": {"^x-": TEXT}},
        "config.label",
        'config has no "label"; did you mean "labels"?',
    ),
    "beside-the-members-of-an-open-object": (
        {**_OPEN, "additionalProperties": False},
        "confg.labels",
        'nothing there has "confg"; did you mean "config"?',
    ),
    "in-another-order": (
        {"properties": {"size": {"properties": {"labels": TEXT}}}},
        "size.config.labels",
        'nothing there has it; did you mean "config.size.labels"?',
    ),
}


def changed(config: Any, *, everywhere: bool = False) -> dict[str, Any]:
    """The contracts, of which that of v2 says this of `config` in answers and bodies, and may close all objects that have one."""
    documents = copy.deepcopy(dict(LIFE.documents))
    waiting: list[Any] = [documents["v2.json"]]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if "config" in node.get("properties", {}):
                node["properties"]["config"] = config
                node |= {"additionalProperties": False} if everywhere else {}
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
    return documents


@pytest.mark.parametrize("name", STEPS)
def test_a_way_may_lead_to_what_the_contract_leaves_open(name: str, tmp_path: Path) -> None:
    """What an object may have, and what may be a plain name beside a member, is no mistake."""
    config, way = STEPS[name]
    text = POLICY.replace('"config.model"', f'"{way}"')

    assert load_target(LIFE.write(tmp_path, text, changed(config)), {"ODD_URL": "http://x.test"}).policy.fields


@pytest.mark.parametrize("name", SHUT)
def test_a_way_is_held_to_the_objects_on_it(name: str, tmp_path: Path) -> None:
    """Not to members of other objects that have the names of its steps."""
    config, way, told = SHUT[name]
    text = POLICY.replace('"config.model"', f'"{way}"')
    with pytest.raises(PolicyError) as caught:
        load_target(LIFE.write(tmp_path, text, changed(config)), {"ODD_URL": "http://x.test"})

    assert [each.partition(f'"{way}": ')[2] for each in caught.value.mistakes] == [told]


@pytest.mark.parametrize("name", LIKELY)
def test_a_way_into_an_open_object_is_told_and_refuses_nothing(name: str, tmp_path: Path) -> None:
    """A name near to a member's, or another order of the steps, is a note: the object may have what its contract does not tell."""
    config, way, told = LIKELY[name]
    text = POLICY.replace('"config.model"', f'"{way}"')

    target = load_target(LIFE.write(tmp_path, text, changed(config)), {"ODD_URL": "http://x.test"})

    assert target.policy.fields[0]["v2"] == way
    assert [note for each in target.contracts.values() for note in each.warnings] == [
        f'fields[0].v2: v2.json tells no "{way}": {told}'
    ]


def test_a_first_step_is_a_mistake_where_no_object_may_have_it(tmp_path: Path) -> None:
    """All objects of the contract take none but the members they name."""
    closed = {**_OPEN, "additionalProperties": False}
    path = LIFE.write(tmp_path, POLICY.replace('"config.model"', '"confg.labels"'), changed(closed, everywhere=True))
    with pytest.raises(PolicyError) as caught:
        load_target(path, {"ODD_URL": "http://x.test"})

    assert [each.partition(": ")[2] for each in caught.value.mistakes] == [
        'fields[0].v2: expected the way to a member of v2.json, got "confg.labels": nothing there has "confg"; did you mean "config"?'
    ]


def test_a_member_in_an_open_object_is_compared_across_versions(tmp_path: Path) -> None:
    """The way into an object whose contract tells no names, and of what type all of its members are, is as good as any."""
    texts = {"type": "object", "required": ["model"], "additionalProperties": {**TEXT, "minLength": 1, "maxLength": 40}}

    ran = LIFE.run(tmp_path, DAY, "v2-shows-another-model", documents=changed(texts))

    assert "AV320" in ran.codes, ran.said
