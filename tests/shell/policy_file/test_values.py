"""What right policy files say: defaults, dates, answers, secrets, presets."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.versions.lifecycle import Boundary, Stage
from pytest_apiversion.shell.policy_file.load import load_policy, preset_names
from tests.shell.policies import ENVIRONMENT, WHOLE, write


def minimal(**tables: str) -> str:
    """The shortest useful file, with more tables."""
    text = (
        '[api]\nname = "Shop"\n[versioning]\nscheme = "vN"\ncarriers = ["path"]\npath = { template = "/api/{version}" }\n'
        'VERSIONING\n[versions.v1]\ncontract = "v1.yaml"\nV1\n[versions.v2]\ncontract = "v2.yaml"\nMORE\n'
    )
    for name in ("VERSIONING", "V1", "MORE"):
        text = text.replace(name, tables.get(name.lower(), ""))
    return text


def loaded(folder: Path, text: str) -> Policy:
    """The policy a text says."""
    return load_policy(write(folder, text), ENVIRONMENT)


def test_the_shortest_file_has_defaults(tmp_path: Path) -> None:
    """Two versions in the path need no more than names and contracts; the rest follows."""
    policy = loaded(tmp_path, minimal())

    assert policy.base_url is None
    assert policy.base_path == "/api"
    assert policy.sunset.statuses == {410}
    assert policy.answers["unknown"].statuses == policy.answers["malformed"].statuses == set(range(400, 500))
    assert "missing" not in policy.answers
    assert policy.limits.rate is None


@pytest.mark.parametrize(
    ("written", "released"),
    [
        ("2026-03-01", dt.date(2026, 3, 1)),
        ('"2026-03-01"', dt.date(2026, 3, 1)),
        ('"${DAY}"', dt.date(2026, 3, 2)),
        ("2024-02-29", dt.date(2024, 2, 29)),
        ("9999-12-31", dt.date(9999, 12, 31)),
        ("2026-03-01T10:00:00Z", dt.datetime(2026, 3, 1, 10, tzinfo=dt.UTC)),
        ("2026-03-01 10:00:00+02:00", dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)),
        ('"2026-03-01t10:00:00z"', dt.datetime(2026, 3, 1, 10, tzinfo=dt.UTC)),
    ],
    ids=["date", "quoted", "from-environment", "leap-day", "never", "instant", "offset", "lower-case"],
)
def test_dates(written: str, released: dt.date, tmp_path: Path) -> None:
    """A date may be written as TOML writes it, quoted, or come from the environment; an instant keeps its offset."""
    policy = load_policy(write(tmp_path, minimal(v1=f"sunset = {written}")), {"DAY": "2026-03-02"})

    assert policy.versions["v1"].lifecycle.sunset == released


def test_never_ends_at_no_day(tmp_path: Path) -> None:
    """The last day of the calendar, with its end as the boundary, is still to come."""
    policy = loaded(tmp_path, minimal(v1="sunset = 9999-12-31", more='[sunset]\nboundary = "end-of-day"'))

    assert policy.stage("v1", dt.datetime(2200, 1, 1, tzinfo=dt.UTC)) is Stage.LIVE


def test_the_boundary_of_an_alias_is_its_own(tmp_path: Path) -> None:
    """An alias ends as the API's sunsets do, unless it says otherwise."""
    alias = '[sunset]\nboundary = "end-of-day"\n[aliases.a]\nversion = "v1"\nprefix = "/api"\nsunset = 2026-03-01\n'

    assert loaded(tmp_path, minimal(more=alias)).aliases["a"].lifecycle.boundary is Boundary.END_OF_DAY
    own = loaded(tmp_path, minimal(more=f'{alias}gone = {{ status = 404, boundary = "start-of-day" }}'))
    assert own.aliases["a"].lifecycle.boundary is Boundary.START_OF_DAY
    assert own.aliases["a"].gone.statuses == {404}


def test_what_is_said_of_answers_in_two_places(tmp_path: Path) -> None:
    """Volatile places, links that lead elsewhere, codes that are the same, aliases that are not; by default none of it."""
    alias = '[aliases.a]\nversion = "v1"\nprefix = "/api"\n'
    silent = loaded(tmp_path, minimal(more=alias))
    assert (silent.volatile, silent.elsewhere, silent.same_codes, silent.aliases["a"].equivalent) == (
        (),
        (),
        False,
        True,
    )

    more = f'{alias}equivalent = false\n[links]\nelsewhere = ["/url", "Location"]\n[errors]\nsame_codes = true\n'
    said = loaded(tmp_path, minimal(versioning='volatile = ["/meta/at", "/items/*/id"]', more=more))
    assert said.volatile == ("/meta/at", "/items/*/id")
    assert said.elsewhere == ("/url", "Location")
    assert (said.same_codes, said.aliases["a"].equivalent) == (True, False)


def test_answers_of_api_carrier_and_operation(tmp_path: Path) -> None:
    """The nearest answer wins: the operation's, the carrier's, the API's; malformed is as unknown where it is not said."""
    policy = loaded(
        tmp_path,
        minimal(
            versioning='unknown = { reject = 404 }\n[versioning.path.malformed]\nreject = ["4xx", 301]',
            more='[operations.rules."GET /things/{id}"]\nunknown = { accept = true }',
        )
        .replace('path = { template = "/api/{version}" }\n', "")
        .replace(
            "[versioning.path.malformed]", '[versioning.path]\ntemplate = "/api/{version}"\n[versioning.path.malformed]'
        ),
    )

    def kind(wrong: str, **where: str) -> AnswerKind | None:
        answer = policy.answer(wrong, **where)
        return answer.kind if answer else None

    assert policy.answers["unknown"].statuses == policy.answers["malformed"].statuses == {404}
    assert kind("unknown", carrier="path", operation="GET /things/{id}") is AnswerKind.ACCEPT
    malformed = policy.answer("malformed", carrier="path")
    assert malformed is not None
    assert malformed.statuses == {301, *range(400, 500)}
    assert kind("missing") is None


def test_error_rules(tmp_path: Path) -> None:
    """Codes with one status or several, a closed list, what no error says, and the status of a wrong method."""
    more = '[errors]\nopen = false\nwrong_method = [405, 501]\nnever = { "/success" = true }\n[errors.codes]\nA = 404\nB = [400, "5xx"]'
    rules = loaded(tmp_path, minimal(more=more)).error_rules

    assert rules.codes == {"A": ("404",), "B": ("400", "5xx")}
    assert rules.wrong_method == {405, 501}
    assert rules.not_acceptable is None
    assert rules.never == {"/success": True}
    assert not rules.open


@pytest.mark.parametrize(("said", "due"), [("false", ()), ("406", (406,)), ("[400, 406]", (400, 406))])
def test_what_nothing_is_acceptable_for(said: str, due: tuple[int, ...], tmp_path: Path) -> None:
    """The statuses of who takes nothing that there is; false asks none."""
    assert loaded(tmp_path, minimal(more=f"[errors]\nnot_acceptable = {said}")).error_rules.not_acceptable == frozenset(
        due
    )


def test_successes(tmp_path: Path) -> None:
    """A version's successes have a shape by name, whose schema stands in the file or beside it."""
    more = '[successes.a]\nschema_file = "old.schema.json"\nunique = ["/id"]\n[successes.b]\nschema = false'
    policy = loaded(tmp_path, minimal(v1='success = "a"', more=more))

    assert policy.successes["a"].schema == {"type": "object"}
    assert policy.successes["a"].unique == ("/id",)
    assert policy.successes["b"].schema is False
    assert [version.success for version in policy.versions.values()] == ["a", None]


def test_isolation(tmp_path: Path) -> None:
    """What another version has is promised away in words of its own; nothing is by default."""
    more = '[operations]\nisolated = true\nold_names = "reject"\n[[fields]]\nv1 = "a"\nv2 = "b"'
    told, silent = loaded(tmp_path, minimal(more=more)), loaded(tmp_path, minimal())

    assert (told.isolated, told.old_names_rejected, told.fields) == (True, True, ({"v1": "a", "v2": "b"},))
    assert (silent.isolated, silent.old_names_rejected, silent.fields) == (False, False, ())


def test_a_secret_is_sent_whole_and_shown_as_its_variable(tmp_path: Path) -> None:
    """A credential holds the secret for the wire and the variable's name for reports."""
    (credential,) = loaded(tmp_path, WHOLE).credentials

    assert [each.value for each in credential.fields] == [f"Bearer {ENVIRONMENT['SHOP_TOKEN']}"]
    assert credential.shown == (("Authorization", "Bearer $SHOP_TOKEN"),)


def test_a_base_url_from_outside_needs_none_in_the_environment(tmp_path: Path) -> None:
    """A base URL given to the run stands in for the file's, whose variable may then be unset."""
    path = write(tmp_path, WHOLE)

    policy = load_policy(path, {"SHOP_TOKEN": "s3cr3t"}, base_url="http://127.0.0.1:8000")

    assert policy.base_url == "http://127.0.0.1:8000"
    assert load_policy(path, ENVIRONMENT).base_url == "https://shop.example"


def test_a_base_url_from_outside_is_looked_at(tmp_path: Path) -> None:
    """A base URL given to the run must be one."""
    with pytest.raises(PolicyError, match=r'expected a URL such as .*, got "localhost:8000"'):
        load_policy(write(tmp_path, WHOLE), ENVIRONMENT, base_url="localhost:8000")


def test_an_echo_of_dates_inside_schemas_is_json(tmp_path: Path) -> None:
    """A TOML date inside an envelope's schema or a body is the JSON text of it."""
    more = (
        '[envelopes.e.schema]\nconst = 2026-03-01\n[operations.rules."GET /x"]\nvalues = { body = { on = 2026-03-01 } }'
    )

    policy = loaded(tmp_path, minimal(more=more))

    assert policy.envelopes["e"].schema == {"const": "2026-03-01"}
    assert policy.operations["GET /x"].values.body == {"on": "2026-03-01"}


def test_the_presets_are_listed() -> None:
    """The names of the presets are those of the files the package ships."""
    assert {"aspnet", "rfc9457", "rfc9745"} <= set(preset_names())


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_loads_and_is_right(name: str, tmp_path: Path) -> None:
    """A file that adds nothing to a preset has no mistake."""
    assert loaded(tmp_path, f'extends = "{name}"\n{minimal()}').name == "Shop"


def test_rfc9745_announces_with_two_headers(tmp_path: Path) -> None:
    """RFC 9745: `Deprecation` is an sf-date; RFC 8594: `Sunset` is an HTTP date."""
    headers = loaded(tmp_path, f'extends = "rfc9745"\n{minimal()}').deprecation.headers

    found = [(header.name, header.dialect.name if header.dialect else None, header.date) for header in headers]
    assert found == [("Deprecation", "sf-date", "deprecated"), ("Sunset", "imf-fixdate", "sunset")]


def test_rfc9457_gives_every_error_an_envelope(tmp_path: Path) -> None:
    """RFC 9457: problem details in `application/problem+json`; no member is required."""
    policy = loaded(tmp_path, f'extends = "rfc9457"\n{minimal()}')

    assert policy.envelope == "problem"
    assert policy.envelopes["problem"].media_types == ("application/problem+json",)
    assert isinstance(policy.envelopes["problem"].schema, dict)
    assert "required" not in policy.envelopes["problem"].schema


def test_a_file_stands_over_its_presets(tmp_path: Path) -> None:
    """Tables are merged, the file's own settings win, and lists are replaced whole."""
    policy = loaded(
        tmp_path,
        'extends = ["rfc9745", "rfc9457"]\n'
        + minimal(
            more="""\
[deprecation]
headers = [{ name = "Deprecation", dialect = "literal-true" }]
links = [{ rel = "deprecation", href = "https://shop.example/moving" }]
[envelopes.problem]
code = "/code"
[envelopes.problem.schema]
required = ["code"]
[envelopes.own]
empty = true
[errors]
envelope = "own"
"""
        ),
    )

    assert [header.name for header in policy.deprecation.headers] == ["Deprecation"]
    assert [link.rel for link in policy.deprecation.links] == ["deprecation"]
    assert policy.envelope == "own"
    problem = policy.envelopes["problem"]
    assert (problem.code, problem.media_types) == ("/code", ("application/problem+json",))
    assert isinstance(problem.schema, dict)
    assert problem.schema["required"] == ["code"]
    assert problem.schema["type"] == "object"
