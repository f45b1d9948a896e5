"""Ways into objects that lead nowhere are mistakes of the file, told with their place and the nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.target.load import load_target
from tests.lives.members_inside import LIFE, POLICY

SLIPS = {
    "last-step": ("config.modle", 'got "config.modle": nothing there has "modle"; did you mean "model"?'),
    "first-step": ("confg.model", 'got "confg.model": nothing there has "confg"; did you mean "config"?'),
    "nothing-between": ("config..model", 'got "config..model": nothing there has "" (known: config, id, model, name)'),
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
