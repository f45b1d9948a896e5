"""Laws of the comparison, on the frozen contracts of this repository."""

from __future__ import annotations

import functools
import random
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pytest_apiversion.shell.openapi.document_files import read_document
from tests.diff.documents import breaks, changes, rules
from tests.diff.transforms import SPELLINGS, plant
from tests.thorough import drawn, sample

ROOT = Path(__file__).parents[2]
CONTRACTS = sorted(
    path
    for folder in ("contracts", "tests/frameworks/policies")
    for path in (ROOT / folder).rglob("*openapi*")
    if path.suffix in {".yaml", ".yml", ".json"}
)
IDS = [path.relative_to(ROOT).as_posix() for path in CONTRACTS]
seeds = st.integers(0, 2**32)


@functools.cache
def read(path: Path) -> dict[str, Any]:
    """A contract; nobody changes it."""
    return read_document(path, path.parent)[0]


def test_there_are_contracts_to_try() -> None:
    """The laws are not about nothing."""
    assert len(CONTRACTS) >= 10


@pytest.mark.parametrize("path", CONTRACTS, ids=IDS)
def test_a_contract_equals_itself(path: Path) -> None:
    """No finding when old is new."""
    assert rules(read(path), read(path)) == []


@pytest.mark.parametrize(("path", "name"), sample(product(CONTRACTS, SPELLINGS), 5), ids=str)
def test_another_spelling_is_no_change(path: Path, name: str) -> None:
    """Order, references, `allOf`, dialect, where a parameter stands, what it is called, where the server stands: no finding."""
    contract = read(path)
    for seed in range(drawn(3)):
        other = SPELLINGS[name](contract, random.Random(seed))  # noqa: S311  a seed

        assert [change.text for change in changes(contract, other)] == []
        assert [change.text for change in changes(other, contract)] == []


@given(data=st.data(), seed=seeds)
@settings(max_examples=drawn(60), deadline=None)
def test_spellings_add_up_to_no_change(data: st.DataObject, seed: int) -> None:
    """Several other spellings, one after the other, are no change either."""
    contract = read(data.draw(st.sampled_from(CONTRACTS)))
    names = data.draw(st.lists(st.sampled_from(sorted(SPELLINGS)), min_size=2, max_size=4, unique=True))
    rng = random.Random(seed)  # noqa: S311  a seed
    other = contract
    for name in names:
        other = SPELLINGS[name](other, rng)

    assert [change.text for change in changes(contract, other)] == []


@given(path=st.sampled_from(CONTRACTS), seed=seeds, name=st.sampled_from(["shuffle", "inline", "extract", "lift"]))
@settings(max_examples=drawn(150), deadline=None)
def test_a_planted_break_is_found(path: Path, seed: int, name: str) -> None:
    """One break in a random place is found, whatever else was only spelled differently."""
    rng = random.Random(seed)  # noqa: S311  a seed
    contract = read(path)
    planted = plant(contract, rng)
    assume(planted is not None)
    assert planted is not None
    broken, what = planted

    assert breaks(contract, broken), what
    assert breaks(contract, SPELLINGS[name](broken, rng)), what


@given(path=st.sampled_from(CONTRACTS), seed=seeds)
@settings(max_examples=drawn(60), deadline=None)
def test_what_breaks_there_is_not_silent_back(path: Path, seed: int) -> None:
    """A break one way is a change the other way."""
    contract = read(path)
    planted = plant(contract, random.Random(seed))  # noqa: S311  a seed
    assume(planted is not None)
    assert planted is not None

    assert rules(planted[0], contract) != []
