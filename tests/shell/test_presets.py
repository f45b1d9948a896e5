"""What a file says over a preset: what is merged, what is replaced, and what goes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.naming import malformed, near_misses
from pytest_apiversion.core.policy import Policy
from pytest_apiversion.core.selectors import AnswerKind
from pytest_apiversion.shell.policy_file import load_policy
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
    assert "2" not in near_misses(policy, "query")
