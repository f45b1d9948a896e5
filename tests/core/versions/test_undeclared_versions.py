"""Versions nobody declared, far and near, and texts that only look like versions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_apiversion.core.versions.malformed_versions import misspellings, near_misses
from pytest_apiversion.core.versions.schemes import SCHEMES, parse
from pytest_apiversion.core.versions.spelling import spelling
from pytest_apiversion.core.versions.undeclared_versions import between, neighbours, unknown
from tests.core.versions.strategies import ANY_VERSIONS, CODENAMES

AUGNO = ("0.0.crucible", "1.0.forge", "1.1.forge", "1.3.forge-preview.1", "1.3.forge-preview.2")
FORGE = ("crucible", "forge")

DECLARED = {
    "vN": ("v1", "v2"),
    "integer": ("1", "4"),
    "major.minor": ("1.0", "2.13"),
    "semver": ("1.0.0", "1.4.2", "2.0.0-rc.1"),
    "date": ("2022-11-28", "2024-02-29-preview"),
    "month": ("2026-01", "2026-04"),
    "yearmonth": ("202412", "202501"),
    "date.codename": ("2024-06-20", "2025-03-31.forge"),
    "minor.patch.codename": AUGNO,
    "kubernetes": ("v1alpha1", "v1beta2", "v1"),
    "opaque": ("stable", "beta"),
}


@given(ANY_VERSIONS, st.booleans())
@settings(deadline=None)
def test_probes_are_well_formed_and_undeclared(drawn: tuple[str, list[str]], after: bool) -> None:  # noqa: FBT001
    """Whatever is declared: unknown versions and neighbours are versions, undeclared, distinct, and few."""
    scheme, declared = drawn
    far = unknown(scheme, declared, CODENAMES, after=after)
    near = neighbours(scheme, declared, CODENAMES)

    assert all(parse(scheme, text, CODENAMES) and text not in declared for text in (*far, *near))
    assert (len(set(far)), len(set(near))) == (len(far), len(near))
    assert len(far) <= 4
    assert len(near) <= 6


@given(ANY_VERSIONS)
@settings(deadline=None)
def test_near_misses_are_no_versions(drawn: tuple[str, list[str]]) -> None:
    """Whatever is declared: no near miss is a version of the scheme, empty, or given twice."""
    scheme, declared = drawn
    found = near_misses(scheme, declared, CODENAMES)

    assert [text for text in found if parse(scheme, text, CODENAMES) or not text.strip()] == []
    assert len(set(found)) == len(found)
    assert bool(found) is (scheme != "opaque")


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_there_are_two_to_four_unknown_versions(scheme: str) -> None:
    """An ordinary policy gets enough unknown versions to ask about, with no version declared too."""
    assert 2 <= len(unknown(scheme, DECLARED[scheme], CODENAMES)) <= 4
    assert 2 <= len(unknown(scheme, ())) <= 4


@pytest.mark.parametrize("scheme", ["date", "month", "yearmonth", "date.codename"])
def test_without_later_dates_every_unknown_date_is_early(scheme: str) -> None:
    """A service that rounds dates down serves later dates; only dates before the first are unknown to it."""
    years = [int(text[:4]) for text in unknown(scheme, DECLARED[scheme], after=False) if "quarry" not in text]

    assert len(years) == 2
    assert all(year < int(min(DECLARED[scheme])[:4]) - 10 for year in years)


def test_unknown_versions_are_far_from_declared_ones() -> None:
    """A declared version beside a favourite moves the favourite."""
    assert unknown("vN", ("v9971", "v7919")) == ("v6661", "v5449", "v4294975215")


def test_codename_schemes_probe_the_codename_and_the_number() -> None:
    """Both an undeclared codename and a declared codename with a far number are unknown."""
    assert unknown("minor.patch.codename", AUGNO, FORGE) == (
        "1.3.quarry",
        "9973.0.forge",
        "7919.0.forge",
        "1.9973.forge",
    )
    assert unknown("minor.patch.codename", ("1.0.quarry",), ("quarry", "zephyr"))[0] == "1.0.obelisk"


NEIGHBOURS = [
    ("vN", ("v1", "v2"), (), {"v3"}),
    ("vN", ("v3", "v5"), (), {"v6", "v4", "v2"}),
    ("integer", ("1", "4"), (), {"5", "2"}),
    ("major.minor", ("1.0", "2.13"), (), {"2.14", "3.0", "1.1", "0.0"}),
    ("semver", ("1.0.0", "1.4.2"), (), {"1.4.3", "1.5.0", "2.0.0", "1.0.1", "1.1.0", "0.0.0"}),
    ("semver", ("2.0.0-rc.1",), (), {"2.0.0", "2.0.1", "2.1.0", "3.0.0", "1.0.0"}),
    ("date", ("2024-02-28",), (), {"2024-02-29", "2024-02-27"}),
    ("date", ("2025-12-31-preview",), (), {"2025-12-31", "2026-01-01-preview", "2025-12-30-preview"}),
    ("month", ("2025-12",), (), {"2026-01", "2025-11"}),
    ("date", ("0001-01-01", "9999-12-31"), (), {"9999-12-30", "0001-01-02"}),
    (
        "date.codename",
        ("2025-03-31.forge",),
        FORGE,
        {"2025-03-31", "2025-04-01.forge", "2025-03-30.forge", "2025-03-31.crucible"},
    ),
    (
        "minor.patch.codename",
        AUGNO,
        FORGE,
        {"1.3.forge", "1.3.forge-preview.3", "1.4.forge", "2.0.forge", "1.2.forge", "0.1.crucible"},
    ),
    (
        "minor.patch.codename",
        ("1.0.crucible", "2.0.crucible", "1.0.forge"),
        FORGE,
        {"1.1.forge", "2.0.forge", "2.1.crucible", "3.0.crucible", "0.0.crucible"},
    ),
    ("kubernetes", ("v1beta2", "v1"), (), {"v1beta3", "v2", "v2beta1", "v2alpha1"}),
    ("opaque", ("stable",), (), set()),
]


@pytest.mark.parametrize(
    ("scheme", "declared", "codenames", "expected"), NEIGHBOURS, ids=[f"{r[0]}:{r[1][0]}" for r in NEIGHBOURS]
)
def test_neighbours_stand_next_to_declared_versions(
    scheme: str, declared: tuple[str, ...], codenames: tuple[str, ...], expected: set[str]
) -> None:
    """The next number of each part, gaps, the stable of a preview, the days beside, a codename without a version."""
    assert set(neighbours(scheme, declared, codenames)) == expected


MUST_HAVE = [
    (
        "vN",
        {
            "V2",
            "v02",
            "v2.0",
            "v",
            "2",
            "v-2",
            "v٢",
            "v\uff12",
            " v2",
            "v2 ",
            "v 2",
            "v2;",
            "v2,v2",
            "v2%00",
            "v0",
            "null",
            "latest",
            "undefined",
            "*",
            "../v2",
            "<script>",
        },
    ),
    (
        "minor.patch.codename",
        {
            "1.1.FORGE",
            "01.3.forge",
            "1.3.forge-preview",
            "1.3.forge-preview.0",
            "1.3.forge-preview.01",
            "1.3.forge-preview.1.2",
            "1.3.forge-rc.1",
            "1.3",
            "1.1.forge ",
            "forge",
        },
    ),
    ("date", {"2024-02-30", "2024-13-01", "2024-1-1", "20240229", "2024-02-29T00:00:00Z", "2024-02-29-Preview"}),
    ("semver", {"2.0", "v2.0.0", "02.0.0", "2.0.0.0", "2.0.0-01", "2.0.x"}),
    ("kubernetes", {"V1", "v1beta", "v1beta01", "v1alpha0", "v0"}),
]


@pytest.mark.parametrize(("scheme", "texts"), MUST_HAVE, ids=[row[0] for row in MUST_HAVE])
def test_near_misses_hold_the_usual_traps(scheme: str, texts: set[str]) -> None:
    """Case, zeros, signs, foreign digits, spaces, missing and surplus parts, impossible dates and junk are all there."""
    assert texts - set(near_misses(scheme, DECLARED[scheme], CODENAMES)) == set()


def test_misspellings_look_like_what_is_written_in_the_place() -> None:
    """Where a version is written as a bare number, the misspellings are of bare numbers, and none of them is a version's."""
    made = spelling("{number}", "vN")
    found = misspellings(made, ("v1", "v2"))

    assert {"02", "-2", "٢", "2.0", "2,2", "null"} <= set(found)
    assert [text for text in found if made.read(text)] == []
    assert not {"v1", "v2"} & set(found)
    assert misspellings(spelling("{version}", "opaque"), ("stable",)) == ()


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_probes_are_deterministic(scheme: str) -> None:
    """The order of the declared versions changes nothing, nor does asking twice."""
    rows = (DECLARED[scheme], DECLARED[scheme][::-1])
    if scheme == "opaque":
        rows = (DECLARED[scheme], DECLARED[scheme])

    assert unknown(scheme, rows[0], CODENAMES) == unknown(scheme, rows[1], CODENAMES)
    assert neighbours(scheme, rows[0], CODENAMES) == neighbours(scheme, rows[1], CODENAMES)
    assert near_misses(scheme, rows[0], CODENAMES) == near_misses(scheme, rows[1], CODENAMES)


@pytest.mark.parametrize(
    ("scheme", "earlier", "later", "expected"),
    [
        pytest.param("date", "2026-01-01", "2026-03-01", "2026-01-02", id="next-day"),
        pytest.param("date", "2026-02-28", "2026-03-01", None, id="no-day-between"),
        pytest.param("month", "2026-12", "2027-03", "2027-01", id="next-month"),
        pytest.param("major.minor", "2.1", "2.10", "2.2", id="next-minor"),
        pytest.param("major.minor", "2.1", "2.2", None, id="no-minor-between"),
        pytest.param("semver", "1.0.0", "1.1.0", "1.0.1", id="next-patch"),
        pytest.param("vN", "v1", "v2", None, id="no-number-between"),
        pytest.param("vN", "1", "v3", None, id="no-version"),
    ],
)
def test_a_version_between_two(scheme: str, earlier: str, later: str, expected: str | None) -> None:
    """The nearest after the earlier one, where it comes before the later one."""
    assert between(scheme, earlier, later) == expected
