"""Minor releases inside a version: what is of the day, what is held of them offline, and what is refused when the file is read."""

from __future__ import annotations

import copy
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.checks.bump import CHECK as BUMP
from pytest_apiversion.checks.identical_copies import CHECK as COPIES
from pytest_apiversion.checks.minor_releases import CHECK as RELEASES
from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.diff.pairs import Setting
from pytest_apiversion.shell.commands.lock import lock_command
from pytest_apiversion.shell.comparison.compare_under_policy import compare_under
from pytest_apiversion.shell.comparison.freeze import freeze
from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.target.load import Target, load_target
from pytest_apiversion.shell.target.lock_file import read_lock
from tests.lives.kit import instant
from tests.lives.minor_releases import AFTER, BEFORE, GOLD, LAST, LATER, LIFE, PLAIN, POLICY, document

ENVIRONMENT = {"ODD_URL": "http://127.0.0.1:9", "ODD_PLAIN": PLAIN, "ODD_GOLD": GOLD}


def target(folder: Path, day: str | None, policy: str = POLICY, documents: dict[str, Any] | None = None) -> Target:
    """The policy with its contracts, as they are on a day."""
    path = LIFE.write(folder, policy, documents)
    return load_target(path, ENVIRONMENT, as_of=None if day is None else instant(day))


def said(found: Target, day: str, check: Any) -> list[str]:
    """What a check says of `v1` offline."""
    with_day = Runner(target=found, run=Run(as_of=instant(day), seed=1))
    scene = with_day.scene("v1")
    assert check.promised(scene) is not None
    return [f"{broken.summary} / {broken.expected}" for broken in check.inspect(scene) or ()]


@pytest.mark.parametrize(
    ("day", "contract", "release", "count"),
    [
        pytest.param(None, "v1.3.json", None, 0, id="no-day"),
        pytest.param(BEFORE, "v1.3.json", None, 0, id="before"),
        pytest.param(LAST, "v1.3.json", None, 0, id="the-last-instant"),
        pytest.param(AFTER, "v1.4.json", "1.4.0", 1, id="the-day"),
        pytest.param(LATER, "v1.4.1.json", "1.4.1", 1, id="the-next-one"),
    ],
)
def test_what_is_of_the_day(day: str | None, contract: str, release: str | None, count: int, tmp_path: Path) -> None:
    """Contract, headers and tiers are those that have begun; what began stays."""
    found = target(tmp_path, day)
    version = found.policy.versions["v1"]

    assert found.contracts["v1"].source == version.contract == contract
    assert (version.current.release if version.current else None) == release
    assert (len(found.policy.headers), len(found.policy.tiers)) == (count, count)
    assert {row.versions for row in found.policy.headers} <= {frozenset({"v1"})}
    assert {row.versions for row in found.policy.tiers} <= {frozenset({"v1"})}


def test_releases_that_only_add_are_held(tmp_path: Path) -> None:
    """Each step is told by its class, the ones to come included."""
    found = target(tmp_path, BEFORE)

    assert said(found, BEFORE, BUMP) == []


def test_a_minor_release_that_breaks_is_found_before_its_day(tmp_path: Path) -> None:
    """A member that vanishes with 1.4.0 is more than a minor release may carry."""
    documents = copy.deepcopy(dict(LIFE.documents))
    schema = documents["v1.4.json"]["paths"]["/things"]["get"]["responses"]["200"]["content"]["application/json"]
    del schema["schema"]["items"]["properties"]["id"]
    schema["schema"]["items"]["required"] = ["colour"]
    documents["v1.4.1.json"] = {**documents["v1.4.json"], "info": {"title": "Releases", "version": "1.4.1"}}

    found = said(target(tmp_path, BEFORE, documents=documents), BEFORE, BUMP)

    assert found
    assert all(
        text.endswith("1.4.0 is a minor release of v1 after 1.3.0, which may change nothing that breaks clients")
        for text in found
    )


def test_a_patch_that_adds_is_found(tmp_path: Path) -> None:
    """A patch release may change nothing."""
    documents = copy.deepcopy(dict(LIFE.documents))
    documents["v1.4.1.json"]["paths"]["/more"] = documents["v1.4.1.json"]["paths"]["/version"]

    found = said(target(tmp_path, BEFORE, documents=documents), BEFORE, BUMP)

    assert [text.partition(" / ")[2] for text in found] == [
        "1.4.1 is a patch release of v1 after 1.4.0, which may change nothing"
    ]


def test_a_contract_of_another_number_is_found(tmp_path: Path) -> None:
    """`info.version` of the contract of the day is the release."""
    documents = {**LIFE.documents, "v1.4.json": document("1.4.0") | {"info": {"title": "Releases", "version": "1.4"}}}

    assert said(target(tmp_path, AFTER, documents=documents), AFTER, RELEASES) == [
        "v1.4.json is not of release 1.4.0 / info.version 1.4.0, which is in force since 2026-10-01"
    ]


def test_every_contract_is_locked(tmp_path: Path) -> None:
    """The lock has those of all releases, whatever the day."""
    path = LIFE.write(tmp_path)
    out, errors = io.StringIO(), io.StringIO()

    assert lock_command(path, check=False, out=out, errors=errors) == 0, errors.getvalue()
    assert set(read_lock(tmp_path / "apiversion.lock") or ()) == {"v1.3.json", "v1.4.json", "v1.4.1.json"}
    assert "locked 3 contracts" in out.getvalue()


@pytest.mark.parametrize(("day", "breaks"), [(BEFORE, False), (AFTER, True)])
def test_a_new_document_is_compared_with_the_contract_of_the_day(day: str, breaks: bool, tmp_path: Path) -> None:  # noqa: FBT001  a column of the table
    """`apiversion diff --version v1` knows which release is in force, and a release's contract by its file."""
    path = LIFE.write(tmp_path)
    compared = compare_under(
        path, "v1", None, str(tmp_path / "v1.3.json"), stdin=io.BytesIO(), setting=Setting(as_of=instant(day).date())
    )
    known = compare_under(
        path,
        None,
        str(tmp_path / "v1.4.json"),
        str(tmp_path / "v1.4.1.json"),
        stdin=io.BytesIO(),
        setting=Setting(as_of=instant(day).date()),
    )

    assert bool(compared.changes) is breaks
    assert known.changes == ()


@pytest.mark.parametrize(
    ("release", "file"), [("1.3.0", "v1.3.json"), ("1.4.0", "v1.4.json"), ("1.4.1", "v1.4.1.json")]
)
def test_a_document_is_frozen_as_its_release(release: str, file: str, tmp_path: Path) -> None:
    """`apiversion freeze --version v1` tells by `info.version` which contract it is; a lock that it makes has the others, too."""
    path = LIFE.write(tmp_path)
    (tmp_path / file).unlink()

    frozen = freeze(document(release), policy=path, version="v1", as_of=instant(BEFORE).date())

    assert frozen.path.name == file
    assert set(read_lock(tmp_path / "apiversion.lock") or ()) == {"v1.3.json", "v1.4.json", "v1.4.1.json"}


def test_an_operation_of_a_later_release_may_be_named(tmp_path: Path) -> None:
    """The file speaks of all releases, whatever the day; a misspelled operation is a mistake all the same."""
    documents = copy.deepcopy(dict(LIFE.documents))
    for name in ("v1.4.json", "v1.4.1.json"):
        documents[name]["paths"]["/more"] = documents[name]["paths"]["/version"]
    named = POLICY + '\n[operations.rules."GET /more"]\nskip = true\n'

    assert "GET /more" in target(tmp_path, BEFORE, named, documents).policy.operations
    with pytest.raises(PolicyError, match="expected an operation of any contract, got"):
        target(tmp_path, BEFORE, named.replace("GET /more", "GET /moer"), documents)


def test_copies_begin_with_their_release(tmp_path: Path) -> None:
    """A group of copies is held from its release on, and told at its place."""
    told = POLICY.replace("from = 2026-12-01", 'from = 2026-12-01\ncopies = [["v1.4.1.json", "copy.json"]]')
    (tmp_path / "copy.json").write_text("{}", "utf-8")

    assert target(tmp_path, BEFORE, told).policy.publishing.copies == ()
    assert target(tmp_path, AFTER, told).policy.publishing.copies == (("v1.4.json", "docs.json"),)
    found = target(tmp_path, LATER, told)
    scene = Runner(target=found, run=Run(as_of=instant(LATER), seed=1)).scene("v1")
    assert COPIES.inspect is not None
    assert [broken.place for broken in COPIES.inspect(scene) or ()] == ["versions.v1.releases[1].copies[0]"]


def test_the_calendar_has_each_release(tmp_path: Path) -> None:
    """What comes next is told with its day."""
    rows = target(tmp_path, BEFORE).policy.milestones("v1")

    assert rows == (
        ("release 1.4.0", dt.datetime(2026, 10, 1, tzinfo=dt.UTC)),
        ("release 1.4.1", dt.datetime(2026, 12, 1, tzinfo=dt.UTC)),
    )


@pytest.mark.parametrize(
    ("right", "wrong", "mistake"),
    [
        pytest.param(
            'version = "1.4.1"',
            'version = "1.3.9"',
            'versions.v1.releases[1].version: expected a release after 1.4.0, got "1.3.9"',
            id="back",
        ),
        pytest.param(
            'version = "1.4.1"',
            'version = "2.0.0"',
            'versions.v1.releases[1].version: expected a release of 1.x: another major is another version, got "2.0.0"',
            id="another-major",
        ),
        pytest.param(
            'version = "1.4.1"',
            'version = "1.4"',
            'versions.v1.releases[1].version: expected a release such as "1.4.0", got "1.4"',
            id="no-release",
        ),
        pytest.param(
            "from = 2026-12-01",
            "from = 2026-10-01",
            "versions.v1.releases[1].from: expected a day after 2026-10-01, got 2026-10-01",
            id="the-same-day",
        ),
        pytest.param(
            "from = 2026-12-01", 'from = "soon"', "versions.v1.releases[1].from: expected a date", id="no-day"
        ),
        pytest.param(
            "from = 2026-12-01\n", "", "versions.v1.releases[1].from: expected its first day, got nothing", id="never"
        ),
        pytest.param(
            'contract = "v1.4.json"',
            'contract = "v1.5.json"',
            "versions.v1.releases[0].contract: expected a file",
            id="no-contract",
        ),
        pytest.param(
            'contract = "v1.3.json"',
            'contract = "v1.3.json"\nreleased = 2026-11-01',
            "versions.v1.releases[0].from: expected a day not before released (2026-11-01), got 2026-10-01",
            id="before-its-version",
        ),
        pytest.param(
            'contract = "v1.3.json"',
            'contract = "v1.3.json"\nsunset = 2026-12-01',
            "versions.v1.releases[1].from: expected a day before the sunset (2026-12-01), got 2026-12-01",
            id="after-its-version",
        ),
        pytest.param(
            'name = "X-Total", ',
            'name = "X-Total", versions = ["v1"], ',
            "versions.v1.releases[0].headers[0]: expected it without versions: the release is v1's",
            id="a-header-of-versions",
        ),
        pytest.param(
            'name = "X-Total", ',
            'name = "X-Total", absent = true, equals = "1", ',
            "versions.v1.releases[0].headers[0].absent: expected nothing of the value of a header that is not there",
            id="a-value-of-nothing",
        ),
        pytest.param(
            'name = "X-Total", ',
            'name = "X-Total", carriers = ["pth"], ',
            "versions.v1.releases[0].headers[0].carriers[0]: expected",
            id="a-carrier-of-nobody",
        ),
        pytest.param(
            'credential = "gold"',
            'credential = "plain"',
            "versions.v1.releases[0].tiers[0].credential: expected one that another of its scheme stands before",
            id="a-tier-of-everybody",
        ),
        pytest.param(
            'credential = "gold"',
            'credential = "golden"',
            'versions.v1.releases[0].tiers[0].credential: expected a credential, got "golden"; did you mean "gold"?',
            id="a-tier-of-nobody",
        ),
        pytest.param(
            "from = 2026-12-01",
            'from = 2026-12-01\ncopies = [["v1.4.1.json", "../../elsewhere.json"]]',
            "versions.v1.releases[1].copies[0]: expected files inside",
            id="copies-elsewhere",
        ),
        pytest.param(
            "tiers = [{ credential",
            "tier = [{ credential",
            'versions.v1.releases[0].tier: unknown key; did you mean "tiers"?',
            id="misspelled",
        ),
    ],
)
def test_what_is_refused(right: str, wrong: str, mistake: str, tmp_path: Path) -> None:
    """Every mistake is told with its place."""
    assert right in POLICY

    with pytest.raises(PolicyError) as raised:
        target(tmp_path, BEFORE, POLICY.replace(right, wrong, 1))

    assert mistake in str(raised.value)
