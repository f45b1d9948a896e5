"""`apiversion diff --policy`: which contracts are meant, what the policy makes of changes, and how that is told."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from pytest_apiversion.shell.comparison.compare import diff_command
from tests.shell.comparison.test_compare import document

DAY = dt.date(2026, 11, 20)
HEAD = """
[api]
name = "Shop"
[versioning]
scheme = "{scheme}"
carriers = ["path"]
path = {{ template = "/api/{{version}}" }}
"""
PET: dict[str, Any] = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}
SAME, LESS = document(PET), document({**PET, "required": []})
MORE = document({**PET, "properties": {**PET["properties"], "name": {"type": "string"}}})
GONE = "response-property-became-optional"
WAIVER = f'[[changes.waivers]]\nrule = "{GONE}"\nreason = "Nobody was ever sent one."\n'
FREE = "`body.id` may be missing"


def folder(path: Path, contracts: dict[str, Any], more: str = "", scheme: str = "semver") -> Path:
    """A policy file with versions whose contracts lie beside it."""
    path.mkdir(exist_ok=True)
    text = HEAD.format(scheme=scheme)
    for name, contract in contracts.items():
        text += f'[versions."{name}"]\ncontract = "{name}.yaml"\n'
        if contract is not None:
            (path / f"{name}.yaml").write_text(yaml.safe_dump(contract), "utf-8")
    (path / "apiversion.toml").write_text(text + more, "utf-8")
    return path / "apiversion.toml"


def run(
    policy: Path | None, *sources: object, form: str = "text", stdin: bytes = b"", **more: Any
) -> tuple[int, str, str]:
    """The command's answer, what it wrote, and what it complained of."""
    out, errors = io.StringIO(), io.StringIO()
    told = [str(source) for source in sources]
    old, new = (*told, None, None)[:2]
    streams: dict[str, Any] = {"stdin": io.BytesIO(stdin), "out": out, "errors": errors}
    code = diff_command(old, new, form=form, policy=policy, **{"as_of": DAY, **more}, **streams)

    return code, out.getvalue(), errors.getvalue()


def last(*arguments: Any, **more: Any) -> tuple[int, str]:
    """The command's answer and its last line."""
    code, out, errors = run(*arguments, **more)

    assert errors == ""
    return code, out.splitlines()[-1]


@pytest.fixture
def semver(tmp_path: Path) -> Path:
    """A policy of a patch, a minor and a major version that all break the one before."""
    return folder(tmp_path / "api", {"1.0.0": SAME, "1.0.1": MORE, "1.1.0": LESS, "2.0.0": document({"type": "array"})})


def test_one_document_is_compared_with_the_versions_contract(semver: Path) -> None:
    """`--version V NEW` is the frozen contract of V against NEW."""
    new = semver.with_name("new.yaml")
    new.write_text(yaml.safe_dump(LESS), "utf-8")

    assert last(semver, new, version="1.0.0") == (1, "1 breaking")
    assert run(semver, new, version="1.0.0") == run(semver, "1.0.0", new) == run(semver, "1.0.0", new, version="1.0.0")


def test_standard_input_can_be_the_one_document(semver: Path) -> None:
    """A pipe is compared with the frozen contract as a file is."""
    assert last(semver, "-", version="1.0.0", stdin=json.dumps(MORE).encode()) == (0, "1 note")


@pytest.mark.parametrize(
    ("sources", "version", "expected"),
    [
        pytest.param(("1.0.0", "1.0.1"), None, (1, "may change nothing)"), id="names"),
        pytest.param(("1.0.0.yaml", "1.0.1.yaml"), None, (1, "may change nothing)"), id="files"),
        pytest.param(("1.0.0", "1.0.1.yaml"), "1.0.1", (1, "may change nothing)"), id="both"),
        pytest.param(("1.0.0", "draft.yaml"), "1.0.1", (1, "may change nothing)"), id="draft-of-a-version"),
        pytest.param(("1.0.0", "draft.yaml"), None, (0, "1 note"), id="new-document-of-the-one-that-is-known"),
        pytest.param(
            ("draft.yaml", "1.0.1"), "1.0.1", (0, "nothing changed that means anything to a client"), id="old"
        ),
        pytest.param(("1.0.0", "2.0.0"), None, (0, "may change anything)"), id="major"),
        pytest.param(("1.0.1", "1.0.0"), None, (0, "1 warning"), id="back"),
    ],
)
def test_the_arguments_say_which_step_it_is(
    semver: Path,
    monkeypatch: pytest.MonkeyPatch,
    sources: tuple[str, ...],
    version: str | None,
    expected: tuple[int, str],
) -> None:
    """Names of versions and their files are the same; a document nobody declares is of the version that is told."""
    monkeypatch.chdir(semver.parent)
    Path("draft.yaml").write_text(yaml.safe_dump(MORE), "utf-8")
    code, line = last(Path("apiversion.toml"), *sources, version=version)

    assert (code, line.endswith(expected[1])) == (expected[0], True), line


def test_a_contract_that_is_not_frozen_yet_is_no_mistake(tmp_path: Path) -> None:
    """What is to become a version can be compared before it is frozen."""
    policy = folder(tmp_path / "api", {"1.0.0": SAME, "1.1.0": None})
    new = tmp_path / "new.yaml"
    new.write_text(yaml.safe_dump(LESS), "utf-8")

    assert last(policy, "1.0.0", new, version="1.1.0")[0] == 1
    assert run(policy, "1.0.0", "1.1.0")[0] == 2


def test_severities_are_the_policys(tmp_path: Path) -> None:
    """An id goes before a pattern, a longer pattern before a shorter; `off` leaves a change out; the exit code follows."""
    told = '"*" = "off"\n"response-*" = "error"\n"response-property-became-*" = "warning"\n'
    for more, expected in (
        (told, (0, "1 warning")),
        (f'{told}"{GONE}" = "info"\n', (0, "1 note")),
        ('"*" = "off"\n', (0, "nothing changed that means anything to a client")),
        ('"response-*" = "error"\n"*-optional" = "warning"\n', (0, "1 warning")),
    ):
        policy = folder(tmp_path / "api", {"v1": SAME}, f"[changes.severity]\n{more}", "vN")
        (policy.parent / "new.yaml").write_text(yaml.safe_dump(LESS), "utf-8")

        assert last(policy, policy.parent / "new.yaml", version="v1") == expected


FORMS = {
    "text": ["waived: Nobody was ever sent one. (changes.waivers[0])", "0123456789ab matches no change", "AV307"],
    "markdown": ["| waived | `body.id` may be missing; waived: Nobody", "| error | the waiver of 0123456789ab matches"],
    "github": ["::notice file=", "; waived: Nobody", "::error title=AV307::the waiver of 0123456789ab matches"],
    "json": ['"verdict": "waived"', '"reason": "Nobody was ever sent one."', '"code": "AV307"', '"waived": 1'],
}


@pytest.mark.parametrize("form", FORMS)
def test_every_format_shows_waivers(tmp_path: Path, form: str) -> None:
    """A waived change is shown with its reason and counts no more; a waiver of nothing is shown and fails."""
    stale = '[[changes.waivers]]\nchange = "0123456789ab"\nreason = "x"\n'
    policy = folder(tmp_path / "api", {"v1": SAME}, WAIVER, "vN")
    new = tmp_path / "new.yaml"
    new.write_text(yaml.safe_dump(LESS), "utf-8")
    code, out, _ = run(policy, new, version="v1", form=form)

    assert code == 0
    assert FORMS[form][0] in out
    code, out, _ = run(folder(tmp_path / "api", {"v1": SAME}, WAIVER + stale, "vN"), new, version="v1", form=form)
    assert code == 1
    assert [words for words in FORMS[form] if words not in out] == []


BUMPS = {
    "text": ["not allowed: `body.name` was added", "1.0.1 is a patch version after 1.0.0, which may change nothing"],
    "markdown": ["| not allowed | `body.name` was added", "| error | 1.0.1 is a patch version after"],
    "github": ["::error file=", "::error title=AV306::1.0.1 is a patch version after 1.0.0"],
    "json": ['"verdict": "not allowed"', '"bump": "patch"', '"allows": "none"', '"code": "AV306"', '"rejected": true'],
}


@pytest.mark.parametrize("form", BUMPS)
def test_every_format_shows_what_a_bump_does_not_allow(semver: Path, form: str) -> None:
    """An addition in a patch is told as what it is: harmless, and not allowed."""
    code, out, _ = run(semver, "1.0.0", "1.0.1", form=form)

    assert code == 1
    assert [words for words in BUMPS[form] if words not in out] == []


def test_what_may_change_anything_is_shown_and_passes(semver: Path) -> None:
    """A major version may break clients: the breaks are listed, as allowed, for whoever writes the guide."""
    code, out, _ = run(semver, "1.1.0", "2.0.0", form="github")

    assert code == 0
    assert "::notice" in out
    assert "::error" not in out
    assert "allowed: " in run(semver, "1.1.0", "2.0.0")[1]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        pytest.param(dt.date(2026, 11, 30), 0, id="the-day-before"),
        pytest.param(dt.date(2026, 12, 1), 0, id="the-last-day"),
        pytest.param(dt.date(2026, 12, 2), 1, id="the-day-after"),
    ],
)
def test_a_waiver_ends(tmp_path: Path, day: dt.date, code: int) -> None:
    """`until` is the last day a waiver counts; after it the change counts again, and the waiver is said to have ended."""
    policy = folder(tmp_path / "api", {"v1": SAME}, f"{WAIVER}until = 2026-12-01\n", "vN")
    new = tmp_path / "new.yaml"
    new.write_text(yaml.safe_dump(LESS), "utf-8")
    got, out, _ = run(policy, new, version="v1", as_of=day)

    assert (got, "ended on 2026-12-01" in out, FREE in out) == (code, code == 1, True)


def test_waivers_and_bumps_weigh_as_their_checks_do(semver: Path, tmp_path: Path) -> None:
    """What `[severity]` says of AV306 and AV307 goes for the command as well."""
    text = semver.read_text("utf-8")
    semver.write_text(f'{text}[severity]\nAV306 = "off"\n', "utf-8")
    assert [run(semver, *names)[0] for names in (("1.0.0", "1.1.0"), ("1.1.0", "2.0.0"))] == [1, 0]
    for level, code, shown in (("warning", 0, True), ("off", 0, False), ("error", 1, True)):
        semver.write_text(f'{text}[severity]\nAV306 = "{level}"\n', "utf-8")
        got, out, _ = run(semver, "1.0.0", "1.0.1")
        assert (got, "[AV306]" in out) == (code, shown)

        policy = folder(tmp_path / "other", {"v1": SAME}, f'[severity]\nAV307 = "{level}"\n{WAIVER}', "vN")
        got, out, _ = run(policy, "v1", policy.with_name("v1.yaml"))
        assert (got, "[AV307]" in out) == (code, shown)


def test_a_waiver_for_a_step_is_not_stale_elsewhere(tmp_path: Path) -> None:
    """A waiver that some step between versions needs is not called stale where a new document does not need it."""
    policy = folder(tmp_path / "api", {"1.0.0": SAME, "1.1.0": LESS}, WAIVER)

    assert last(policy, policy.with_name("1.0.0.yaml"), version="1.0.0") == (
        0,
        "nothing changed that means anything to a client",
    )
    assert last(policy, "1.0.0", "1.1.0")[0] == 0


def test_one_document_of_several_versions_is_narrowed(tmp_path: Path) -> None:
    """Of a document that covers several versions only what belongs to the version is compared."""
    paths = {f"/api/{name}/pets": SAME["paths"]["/pets"] for name in ("v1", "v2")}
    both, one = {**SAME, "paths": paths}, {**SAME, "paths": {"/api/v1/pets": SAME["paths"]["/pets"]}}
    policy = folder(tmp_path / "api", {"v1": one, "v2": both}, "", "vN")

    assert last(policy, "v1", "v2") == (0, "nothing changed that means anything to a client")
    assert last(policy, "-", version="v1", stdin=json.dumps(both).encode())[0] == 0
    assert last(policy, "-", version="v2", stdin=json.dumps(one).encode()) == (1, "1 breaking")


@pytest.mark.parametrize(
    ("sources", "version", "words"),
    [
        pytest.param((), None, "expected OLD and NEW", id="nothing"),
        pytest.param((), "1.0.0", "expected OLD and NEW", id="only-a-version"),
        pytest.param(("x.yaml",), None, "expected OLD and NEW", id="one-document"),
        pytest.param(("x.yaml",), "1.0", 'got "1.0"; did you mean', id="unknown-version"),
        pytest.param(("-", "-"), "1.0.0", "standard input can be one of the two", id="standard-input-twice"),
        pytest.param(("x.yaml",), "1.0.0", "x.yaml: expected a file", id="no-file"),
    ],
)
def test_unusable_arguments_are_one_line(
    semver: Path, sources: tuple[str, ...], version: str | None, words: str
) -> None:
    """Whatever keeps it from comparing is said in one line, and ends with 2."""
    code, out, errors = run(semver, *sources, version=version)

    assert (code, out, errors.count("\n")) == (2, "", 1)
    assert words in errors


def test_a_version_alone_goes_by_the_policy_of_the_folder(semver: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--version` without `--policy` goes by `apiversion.toml`, and says so where there is none."""
    monkeypatch.chdir(semver.parent)
    assert run(None, "1.0.0", version="1.0.0") == run(semver, "1.0.0", version="1.0.0")

    semver.rename("else.toml")
    assert run(None, "1.0.0", version="1.0.0") == (
        2,
        "",
        "apiversion.toml: 1 mistake\n  expected a file, got nothing\n",
    )


def test_every_mistake_of_the_policy_is_told(tmp_path: Path) -> None:
    """A wrong policy file is told whole, each mistake in its own line, with the nearest known name."""
    more = (
        '[changes.severity]\nresponse-enum-value-addd = "warning"\n"request-nothing-*" = "off"\n'
        '[[changes.waivers]]\nrule = "operation-remove"\nreason = " "\n'
        '[[changes.waivers]]\nreason = "x"\nversions = ["v1", "v7"]\nuntil = "soon"\n'
    )
    policy = folder(tmp_path / "api", {"v1": SAME}, more, "vN")
    code, _, errors = run(policy, "v1", "v1")

    assert code == 2
    for words in (
        'changes.severity.response-enum-value-addd: no rule has this id; did you mean "response-enum-value-added"?',
        'changes.severity."request-nothing-*": no rule\'s id matches this pattern',
        'changes.waivers[0].rule: no rule has this id; did you mean "operation-removed"?',
        "changes.waivers[0].reason: expected some text that says why",
        "changes.waivers[1]: expected change or rule, got neither",
        'changes.waivers[1].versions: expected the name of a version, got "v7" (known: v1)',
        "changes.waivers[1].until: expected a date such as 2026-06-01",
    ):
        assert words in errors
