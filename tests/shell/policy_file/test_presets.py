"""What a file says over a preset: what is merged, what is replaced, and what goes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.policy.version_texts import (
    gap,
    keyword_texts,
    malformed,
    near_miss_texts,
    neighbour_texts,
    unknown_texts,
)
from pytest_apiversion.selection import select
from pytest_apiversion.shell.policy_file.load import load_policy
from tests.shell.policies import ENVIRONMENT, write

DAY = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


def loaded(folder: Path, text: str, *names: str, **dates: str) -> Policy:
    """The policy of a file with these versions."""
    versions = "".join(f'[versions."{name}"]\ncontract = "v1.yaml"\n{dates.get(f"v{name[0]}", "")}\n' for name in names)
    return load_policy(write(folder, f'{text}\n[api]\nname = "Shop"\n{versions}'), ENVIRONMENT)


def test_a_preset_describes_more_carriers_than_a_file_uses(tmp_path: Path) -> None:
    """One line picks other carriers of a preset; the tables of the rest go."""
    policy = loaded(tmp_path, 'extends = "aspnet"\nversioning.carriers = ["header"]', "1.0", "2.0")

    assert list(policy.carriers) == ["header"]
    assert policy.carriers["header"].name == "api-version"


def test_a_carrier_of_the_file_must_be_listed(tmp_path: Path) -> None:
    """What the file itself describes and does not list is still a mistake."""
    with pytest.raises(PolicyError, match="in order of strength, got host"):
        loaded(tmp_path, 'extends = "aspnet"\nversioning.host = { template = "{version}.example.org" }', "1.0")


@pytest.mark.parametrize(("told", "service"), [("openstack", "compute"), ("openstack:placement", "placement")])
def test_a_preset_with_a_parameter(told: str, service: str, tmp_path: Path) -> None:
    """What stands behind the colon is in the header, in the echo and in what is no version; without one, the default is."""
    policy = loaded(tmp_path, f'extends = "{told}"', "2.1", "2.90")

    assert policy.carriers["header"].spelling == f"{service} {{version}}"
    assert policy.echo
    assert policy.echo.spelling == f"{service} {{version}}"
    assert policy.tolerated
    assert policy.tolerated.fullmatch(f"{service} 2.022")
    assert policy.tolerated.fullmatch("identity two")
    assert not policy.tolerated.fullmatch(f"{service} two")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("rfc9457:placement", 'the preset rfc9457 has no parameter, got "placement"'),
        ("openstack:", 'expected a word behind the colon, got ""'),
        ("openstack:a(b", 'expected a word behind the colon, got "a(b"'),
        ("openstak:placement", 'expected the name of a preset, got "openstak"'),
    ],
)
def test_a_parameter_that_is_none(told: str, said: str, tmp_path: Path) -> None:
    """It is a mistake where it stands."""
    with pytest.raises(PolicyError) as caught:
        loaded(tmp_path, f'extends = "{told}"\n[versioning]\nscheme = "integer"\ncarriers = ["path"]', "1")

    assert said in str(caught.value)


def test_an_answer_is_replaced_whole(tmp_path: Path) -> None:
    """An answer of the file leaves nothing of the preset's: neither another kind nor its code."""
    text = 'extends = "aspnet"\n[versioning]\nmissing = { default = "1.0" }\nunknown = { reject = 404 }'
    answers = loaded(tmp_path, text, "1.0", "2.0").answers

    assert (answers["missing"].kind, answers["missing"].version) == (AnswerKind.DEFAULT, "1.0")
    assert answers["unknown"].statuses == {404}
    assert not answers["unknown"].codes


def test_of_alternatives_the_files_own_holds(tmp_path: Path) -> None:
    """A template stands in the place of the preset's parameter, not beside it."""
    text = 'extends = "aspnet"\n[versioning]\ncarriers = ["accept"]\naccept = { template = "application/vnd.shop.v{version}+json" }'
    carrier = loaded(tmp_path, text, "1.0", "2.0").carriers["accept"]

    assert carrier.template == "application/vnd.shop.v{version}+json"


def test_what_a_preset_refuses_a_file_may_serve(tmp_path: Path) -> None:
    """`served_by` takes the place of all that a preset says of the refusal, and the other way round."""
    served = loaded(tmp_path, 'extends = "azure"\nsunset.served_by = "oldest"', "2026-01-01").sunset
    refused = loaded(tmp_path, 'extends = "shopify"\nsunset.status = 410', "2026-01").sunset

    assert (served.served_by, served.statuses, served.codes) == ("oldest", frozenset(), frozenset())
    assert (refused.served_by, refused.statuses) == (None, frozenset({410}))


@pytest.mark.parametrize(
    ("name", "dates", "serving"),
    [
        pytest.param("oldest", {}, "1.0", id="oldest"),
        pytest.param("newest", {}, "3.0", id="newest"),
        pytest.param("oldest", {"v1": "sunset = 2026-11-20"}, "2.0", id="oldest-moves-on-the-day-of-the-sunset"),
        pytest.param("oldest", {"v1": "sunset = 2026-11-21"}, "1.0", id="oldest-stays-until-then"),
        pytest.param("newest", {"v3": "preview = true"}, "2.0", id="newest-is-no-preview"),
        pytest.param("newest", {"v3": "released = 2026-11-21"}, "2.0", id="newest-is-released"),
        pytest.param("2.0", {}, "2.0", id="a-declared-one"),
    ],
)
def test_a_default_that_moves(name: str, dates: dict[str, str], serving: str, tmp_path: Path) -> None:
    """`oldest` and `newest` are the stable versions that serve on the day."""
    text = f'extends = "aspnet"\n[versioning]\nmissing = {{ default = "{name}" }}'
    policy = loaded(tmp_path, text, "1.0", "2.0", "3.0", **dates)

    assert policy.serving(policy.answers["missing"].version, DAY) == serving


def test_a_default_that_moves_to_nothing(tmp_path: Path) -> None:
    """Where no version serves, no default does."""
    assert loaded(tmp_path, 'extends = "aspnet"', "1.0", v1="sunset = 2026-01-01").serving("oldest", DAY) is None


def test_what_is_tolerated_is_not_malformed(tmp_path: Path) -> None:
    """Texts the service may read as versions are never sent as malformed; all others still are."""
    policy = loaded(tmp_path, "extends = \"aspnet\"\nversioning.tolerated = '[0-9]+'", "1.0", "2.0")

    assert not malformed(policy, "query", "1")
    assert malformed(policy, "query", "v1")
    assert "2" not in near_miss_texts(policy, "query")


STANDING = {
    "keyword-of-nothing": ('versioning.keywords = { latest = "3.0" }', r'versioning.keywords.latest: .*got "3.0"'),
    "keyword-is-a-version": ('versioning.keywords = { "1.0" = "newest" }', "expected a word that no version has"),
    "served-by-nothing": (
        'sunset = { served_by = "3.0" }',
        r'sunset.served_by: expected a declared version, got "3.0"',
    ),
    "served-and-refused": (
        'sunset = { served_by = "oldest", status = 410 }',
        "sunset.served_by: expected it without status",
    ),
}


@pytest.mark.parametrize(("line", "said"), STANDING.values(), ids=STANDING)
def test_what_stands_for_a_version_must_be_one(line: str, said: str, tmp_path: Path) -> None:
    """Keywords and what serves a sunset version name a declared version, or one that moves; and nothing is both served and refused."""
    with pytest.raises(PolicyError, match=said):
        loaded(tmp_path, f'extends = "nestjs"\nversioning.scheme = "major.minor"\n{line}', "1.0", "2.0")


def test_a_keyword_stands_where_the_version_does(tmp_path: Path) -> None:
    """A word is written with the rest of the spelling round it, and is not malformed there."""
    policy = loaded(tmp_path, 'extends = "openstack"', "2.1", "2.10")

    assert keyword_texts(policy, "header") == {"compute latest": "newest"}
    assert not malformed(policy, "header", "compute latest")
    assert malformed(policy, "header", "compute current")


def test_in_a_range_nothing_between_is_unknown(tmp_path: Path) -> None:
    """Unknown versions are looked for outside the range only."""
    policy = loaded(tmp_path, 'extends = "openstack"', "2.1", "2.10")

    assert gap(policy, "2.1", "2.10") == "2.2"
    texts = [*unknown_texts(policy, "header"), *neighbour_texts(policy, "header")]
    assert "compute 2.11" in texts
    assert "compute 2.0" in texts
    assert "compute 2.2" not in texts


def test_a_body_names_the_version_too(tmp_path: Path) -> None:
    """Where the carrier says so, the content type of a body is the range that is asked for; without a body there is none."""
    policy = loaded(tmp_path, 'extends = "elasticsearch"', "8", "9")
    made = select(Request(method="POST", path="/things", body=b"{}"), policy, [("accept", "8")])

    assert made.header("Content-Type") == made.header("Accept")
    assert made.header("Content-Type") == "application/vnd.elasticsearch+json; compatible-with=8"
    assert select(replace(made, body=None, headers=()), policy, [("accept", "8")]).header("Content-Type") is None
