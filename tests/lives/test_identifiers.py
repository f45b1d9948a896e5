"""Identifiers that versions write each in their own form: found again across versions, and mistakes told with their places."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.policy.sequences import IdentifierForms, rewritten
from pytest_apiversion.shell.target.load import load_target
from tests.lives.catalogue import LIVES
from tests.lives.identifiers import DAY, MINORS, POLICY, ROW

LIFE = LIVES["identifiers"]
ROWS = (
    IdentifierForms(forms={"v1": "{id}", "v2": "hv_{id}", "v3": "{id}-x"}, names=frozenset({"id"})),
    IdentifierForms(forms={"v1": "{id}", "v2": "any/{id}"}),
)
WRITTEN = {
    # name: which member, its text, the version it is of, another, and how that writes it
    "forth": ("id", "1007", "v1", "v2", "hv_1007"),
    "back": ("id", "hv_1007", "v2", "v1", "1007"),
    "behind": ("id", "hv_1007", "v2", "v3", "1007-x"),
    "another-form": ("id", "1007", "v2", "v1", "1007"),
    "nothing-in-it": ("id", "hv_", "v2", "v1", "hv_"),
    "another-name": ("owner", "7", "v1", "v2", "any/7"),
    "another-version": ("id", "7", "v1", "v9", "7"),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_form_is_undone_and_another_written(name: str) -> None:
    """The first row that knows the name, both versions and the form; else the text stays."""
    member, text, version, other, expected = WRITTEN[name]

    assert rewritten(ROWS, member, text, version, other) == expected


def test_without_the_row_a_thing_is_missed_in_the_other_version(tmp_path: Path) -> None:
    """What one version wrote is looked for by its own identifier, which an honest service does not know in the other: the row says why."""
    honest = LIFE.run(tmp_path, DAY, policy=POLICY.replace(ROW, ""))

    assert {(each.code, each.summary.partition(" wrote ")[2]) for each in honest.findings} == {
        ("AV320", "cannot be read")
    }


def test_an_older_version_is_asked_by_its_own_identifier(tmp_path: Path) -> None:
    """Without the row it knows no such thing, and nothing is compared; with it what a newer one takes away is seen."""
    row = MINORS[MINORS.index("[[identifiers]]") : MINORS.index("[values]")]
    blind = LIVES["identifiers-of-minors"].run(tmp_path, DAY, "newer-shows-less", policy=MINORS.replace(row, ""))

    assert "AV310" not in blind.codes | blind.exercised("1.1.0")
    assert "AV310" in LIVES["identifiers-of-minors"].run(tmp_path, DAY, "newer-shows-less").codes


SLIPS = {
    "nothing-in-it": (
        '"hv_{id}"',
        '"hv_"',
        'identifiers[0].v2: expected a text with {id} in it, such as "hv_{id}", got "hv_"',
    ),
    "twice": ('"hv_{id}"', '"{id}{id}"', "identifiers[0].v2: expected a text with {id} in it"),
    "no-version": ('v2 = "hv_', 'v3 = "hv_', 'identifiers[0].v3: expected a declared version, got "v3"'),
    "no-names": ('["id", "parent"]', "[]", "identifiers[0].names: expected a list with at least one entry, got []"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_once(name: str, tmp_path: Path) -> None:
    """With its place, and what was expected."""
    right, wrong, told = SLIPS[name]
    with pytest.raises(PolicyError) as caught:
        load_target(LIFE.write(tmp_path, POLICY.replace(ROW, ROW.replace(right, wrong))), {"ODD_URL": "http://x.test"})

    assert len(caught.value.mistakes) == 1, caught.value.mistakes
    assert told in caught.value.mistakes[0]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            '[[fields]]\nv1 = "name"\nv2 = "nmae"\n',
            ['fields[0].v2: nothing in v2.json is called "nmae"; did you mean "name"?'],
        ),
        ('[[fields]]\nv1 = "name"\nv2 = "untold"\n', []),
        (
            '[[identifiers]]\nv1 = "{id}"\nv2 = "hv_{id}"\nnames = ["id", "parrent"]\n',
            ['identifiers[0].names: nothing in v1.json, v2.json is called "parrent"; did you mean "parent"?'],
        ),
    ],
    ids=["near-to-a-member", "what-an-open-contract-need-not-tell", "near-to-a-member-of-both"],
)
def test_a_name_that_is_likely_a_slip_is_told(row: str, told: list[str], tmp_path: Path) -> None:
    """A contract need not tell all members: a name that it has not is refused nowhere, and told where it is near to one that it has."""
    target = load_target(LIFE.write(tmp_path, POLICY.replace(ROW, row)), {"ODD_URL": "http://127.0.0.1:9"})

    assert [warning for each in target.contracts.values() for warning in each.warnings] == told
