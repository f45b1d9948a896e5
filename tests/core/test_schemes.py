"""Which texts are versions, what they are made of, and which is older."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_apiversion.core.versions.schemes import SCHEMES, VersionId, parse
from tests.core.strategies import ANY_VERSION, ANY_VERSIONS, CODENAMES, NAMES


def parsed(scheme: str, text: str) -> VersionId:
    """A version that must be one."""
    found = parse(scheme, text, CODENAMES)
    assert found is not None, text
    return found


WELL_FORMED = [
    ("vN", "v1", {"number": "1"}),
    ("vN", "v20", {"number": "20"}),
    ("vN", "v" + "9" * 5000, {"number": "9" * 5000}),
    ("integer", "8", {"number": "8"}),
    ("major.minor", "1.0", {"major": "1", "minor": "0"}),
    ("major.minor", "2.13", {"major": "2", "minor": "13"}),
    ("semver", "1.4.2", {"major": "1", "minor": "4", "patch": "2"}),
    (
        "semver",
        "1.0.0-rc.1+build.07",
        {"major": "1", "minor": "0", "patch": "0", "prerelease": "rc.1", "build": "build.07"},
    ),
    ("semver", "1.0.0-0a.-", {"major": "1", "minor": "0", "patch": "0", "prerelease": "0a.-"}),
    ("semver", "1.0.0+001", {"major": "1", "minor": "0", "patch": "0", "build": "001"}),
    ("date", "2024-02-29", {"year": "2024", "month": "02", "day": "29", "date": "2024-02-29"}),
    (
        "date",
        "2025-06-01-preview",
        {"year": "2025", "month": "06", "day": "01", "date": "2025-06-01", "preview": "preview"},
    ),
    ("month", "2026-04", {"year": "2026", "month": "04"}),
    ("yearmonth", "202508", {"year": "2025", "month": "08"}),
    (
        "date.codename",
        "2025-03-31.basil",
        {"year": "2025", "month": "03", "day": "31", "date": "2025-03-31", "codename": "basil"},
    ),
    ("date.codename", "2024-06-20", {"year": "2024", "month": "06", "day": "20", "date": "2024-06-20"}),
    ("minor.patch.codename", "1.0.forge", {"minor": "1", "patch": "0", "codename": "forge"}),
    (
        "minor.patch.codename",
        "1.3.forge-preview.10",
        {"minor": "1", "patch": "3", "codename": "forge", "preview": "10"},
    ),
    ("kubernetes", "v1", {"number": "1"}),
    ("kubernetes", "v1beta2", {"number": "1", "stability": "beta", "revision": "2"}),
    ("opaque", "2.0~weird+token", {"text": "2.0~weird+token"}),
]


@pytest.mark.parametrize(
    ("scheme", "text", "fields"), WELL_FORMED, ids=[f"{row[0]}:{row[1][:24]}" for row in WELL_FORMED]
)
def test_a_well_formed_version_is_taken_apart(scheme: str, text: str, fields: dict[str, str]) -> None:
    """A version of a scheme parses into its named parts; parts it lacks are absent."""
    assert dict(parsed(scheme, text).fields) == fields


MALFORMED = {
    "vN": [
        "V1",
        "v01",
        "v0",
        "v1.0",
        "v",
        "1",
        "v-1",
        "v+1",
        "v٢",
        "v\uff12",
        "v²",
        "v1 ",
        " v1",
        "v1\n",
        "\uff561",
        "v1;",
        "v1,v2",
    ],
    "integer": ["v1", "01", "0", "1.0", "-1", "+1", "٢", "1e1", "1_0", "1\n"],
    "major.minor": ["1", "1.", ".1", "01.0", "1.00", "1.0.0", "v1.0", "1,0", "1.٢", "1.x", "latest"],
    "semver": [
        "1.0",
        "v1.0.0",
        "01.0.0",
        "1.0.0.0",
        "1.0.0-",
        "1.0.0-01",
        "1.0.0-a..b",
        "1.0.0+",
        "1.0.0-a_b",
        "^1.0.0",
    ],
    "date": [
        "2025-02-30",
        "2023-02-29",
        "2025-13-01",
        "2025-00-10",
        "2025-1-1",
        "20250131",
        "2025-01-31T00:00:00Z",
        "0000-01-01",
        "2025-01-31-Preview",
        "2025-01-31-beta",
        "2025-01-31-preview.1",
        "\uff12\uff10\uff12\uff15-01-31",
    ],
    "month": ["2025-13", "2025-00", "2025-1", "202501", "2025-01-01", "0000-01", "unstable"],
    "yearmonth": ["202513", "202500", "20251", "2025-01", "20250101", "000001"],
    "date.codename": [
        "2025-02-30.basil",
        "2025-03-31.",
        "2025-03-31.Basil",
        "2025-03-31-basil",
        "basil",
        "2025-03-31.1b",
    ],
    "minor.patch.codename": [
        "1.0",
        "1.0.FORGE",
        "1.0.Forge",
        "01.0.forge",
        "1.00.forge",
        "1.0.forge ",
        "1.0.forge\n",
        "1.0.1forge",
        "forge",
        "1.3.forge-preview",
        "1.3.forge-preview.0",
        "1.3.forge-preview.01",
        "1.3.forge-preview.1.2",
        "1.3.forge-rc.1",
        "1.3.forge-PREVIEW.1",
        "1.0.f\u043erge",
    ],
    "kubernetes": ["V1", "v0", "v01", "1", "v1alpha", "v1alpha0", "v1beta01", "v1rc1", "v1Beta1", "v1alpha1beta1"],
    "opaque": ["", " ", "a b", "a/b", "a\t", "é", "a\n"],
}


@pytest.mark.parametrize(("scheme", "text"), [(name, text) for name, texts in MALFORMED.items() for text in texts])
def test_a_malformed_text_is_no_version(scheme: str, text: str) -> None:
    """Parsing is a full match in ASCII, of real dates: nothing is trimmed, folded or rounded."""
    assert parse(scheme, text, CODENAMES) is None


OLDEST_FIRST = {
    "vN": ["v1", "v2", "v10", "v" + "9" * 5000],
    "integer": ["2", "10", "71"],
    "major.minor": ["1.9", "1.10", "2.0", "10.0"],
    "semver": [
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0-rc.1",
        "1.0.0",
        "1.0.0+1",
        "1.0.1",
        "1.2.0",
        "1.10.0",
    ],
    "date": ["2022-11-28-preview", "2022-11-28", "2026-03-10"],
    "month": ["2025-10", "2026-01", "2026-04"],
    "yearmonth": ["202412", "202501"],
    "date.codename": [
        "2024-06-20",
        "2025-03-31",
        "2025-03-31.crucible",
        "2025-03-31.forge",
        "2025-03-31.anvil",
        "2025-03-31.aaa",
        "2025-04-01",
    ],
    "minor.patch.codename": [
        "9.9.crucible",
        "0.0.forge",
        "1.0.forge",
        "1.3.forge-preview.1",
        "1.3.forge-preview.2",
        "1.3.forge-preview.10",
        "1.3.forge",
        "1.9.forge",
        "1.10.forge",
        "2.0.forge",
        "0.0.anvil",
        "0.0.undeclared",
    ],
    "kubernetes": ["v1alpha1", "v2alpha1", "v1beta1", "v1beta2", "v1beta10", "v1", "v2"],
    "opaque": ["crucible", "forge", "anvil"],
}


@pytest.mark.parametrize("scheme", NAMES)
def test_versions_are_ordered_oldest_first(scheme: str) -> None:
    """Numbers count as numbers, previews come before what they lead to, codenames in the declared order."""
    row = OLDEST_FIRST[scheme]

    assert [
        later for early, later in itertools.pairwise(row) if not parsed(scheme, early).key < parsed(scheme, later).key
    ] == []


def test_opaque_versions_keep_the_declared_order() -> None:
    """Where the scheme says nothing of order and no order is declared, a stable sort changes nothing."""
    declared = ["zulu", "alpha", "mike"]

    assert (
        sorted(declared, key=lambda text: key if (key := getattr(parse("opaque", text), "key", None)) else ())
        == declared
    )


@given(ANY_VERSIONS)
@settings(deadline=None)
def test_the_order_is_total(drawn: tuple[str, list[str]]) -> None:
    """Two versions of one scheme are equal, or one is older; undeclared codenames included."""
    scheme, texts = drawn
    ids = [parsed(scheme, text) for text in texts]
    for one, other in itertools.combinations(ids, 2):
        if scheme == "opaque":
            assert one.key <= other.key or other.key <= one.key
        else:
            assert (one.key < other.key) is not (other.key < one.key)


@given(ANY_VERSION)
@settings(deadline=None)
def test_a_version_is_made_of_its_fields(drawn: tuple[str, str]) -> None:
    """What the fields of a version compose is the version."""
    scheme, text = drawn

    assert SCHEMES[scheme].compose(parsed(scheme, text).fields) == text


@given(st.text() | st.text(alphabet="v0123456789.-preview٢alphabeta\n "))
@settings(deadline=None)
def test_no_text_makes_parsing_fail(text: str) -> None:
    """Any text is a version or is none; parsing never raises, and non-ASCII is none."""
    for scheme in NAMES:
        found = parse(scheme, text, CODENAMES)
        assert found is None or (found.text == text and text.isascii())


@pytest.mark.parametrize("scheme", NAMES)
def test_every_scheme_has_a_valid_example(scheme: str) -> None:
    """Error messages may show the example."""
    assert parse(scheme, SCHEMES[scheme].example) is not None
