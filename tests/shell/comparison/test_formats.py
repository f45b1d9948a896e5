"""Formats for people and for code scanners: the changelog, the page and SARIF; and what ends a comparison with 1."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion import cli
from pytest_apiversion.core.contracts.change import Change
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.diff.rules import names, rule
from pytest_apiversion.shell.commands.diff import diff_command
from pytest_apiversion.shell.comparison.changelog import heading_of
from pytest_apiversion.shell.comparison.formats import FORMATS
from tests.diff.documents import OK, answered, document


def answers(*kinds: str, **marks: Any) -> dict[str, Any]:
    """An answer with a member of one of some values."""
    schema = {"type": "object", "properties": {"kind": {"type": "string", "enum": list(kinds)}}}
    told = {"200": {"description": "x", "content": {"application/json": {"schema": schema}}}}
    return {"get": {"responses": told, **marks}}


OLD = document({"/a": answers("x"), "/b": {"get": {"responses": OK}}})
NEW = document({"/a": answers("x", "<y>", deprecated=True), "/c": {"get": {"responses": OK}}})


def told(folder: Path, form: str, old: Any = OLD, new: Any = NEW, **more: Any) -> tuple[int, str]:
    """How a comparison ends, and what it says."""
    paths = [folder / name for name in ("old.json", "new.json")]
    for path, content in zip(paths, (old, new), strict=True):
        path.write_text(json.dumps(content), "utf-8")
    out, errors = io.StringIO(), io.StringIO()
    code = diff_command(*map(str, paths), form=form, stdin=io.BytesIO(), out=out, errors=errors, **more)

    assert errors.getvalue() == ""
    return code, out.getvalue()


def test_the_changelog_tells_by_operation(tmp_path: Path) -> None:
    """What was added, changed, deprecated and removed stands below the operation, and what breaks or may break says so."""
    code, text = told(tmp_path, "changelog")

    assert code == 1
    assert text.split("\n### ") == [
        (
            "### Operations\n\n**Added**\n\n- `GET /c` was added\n\n**Deprecated**\n\n- `GET /a` is deprecated\n"
            "\n**Removed**\n\n- **Breaking:** `GET /b` was removed\n"
        ),
        "`GET /a`\n\n**Added**\n\n- **May break:** `body.kind` may be `<y>` (in answers)\n\n",
    ]


@pytest.mark.parametrize("name", [name for name in names() if name.endswith(("-deprecated", "-reactivated"))])
def test_what_is_marked_stands_under_deprecated(name: str) -> None:
    """Whatever may be deprecated is told so in the part for that, and under what changed where that is taken back."""
    change = Change(rule=rule(name), severity=Severity.INFO, place="")

    assert heading_of(change) == ("Deprecated" if name.endswith("-deprecated") else "Changed")


def shared(paths: int, **properties: Any) -> dict[str, Any]:
    """Operations that take and answer one schema."""
    part = {"description": "x", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
    item = {"post": {"requestBody": part, "responses": {"200": part}}}
    schemas = {"Thing": {"type": "object", "properties": properties}}
    return document({f"/{number}": item for number in range(paths)}, components={"schemas": schemas})


@pytest.mark.parametrize("form", ["changelog", "html"])
def test_the_changelog_repeats_nothing(tmp_path: Path, form: str) -> None:
    """Members that came and values that went are one line each, which says which way they go; of many operations some are named."""
    old = shared(7, kind={"enum": ["a", "b", "c"]})
    new = shared(7, kind={"enum": ["a"]}, one={}, two={}, three={})
    _, text = told(tmp_path, form, old, new)
    plain = text.replace("<code>", "`").replace("</code>", "`")

    assert "7 operations" in text
    assert "POST /4" in text
    assert "2 more" in text
    assert "POST /5" not in text
    assert "`Thing`: `one`, `two`, `three` were added (in requests)" in plain
    assert "`Thing`: `one`, `two`, `three` were added (in answers)" in plain
    assert "`Thing.kind` may no longer be `b`, `c` (in requests)" in plain
    assert "`Thing.kind` may no longer be `b`, `c` (in answers)" in plain
    assert text.count("were added") == 2


def test_the_page_holds_no_text_as_markup(tmp_path: Path) -> None:
    """Names and values of a document are shown, never read as HTML."""
    _, text = told(tmp_path, "html")

    assert "<code>&lt;y&gt;</code>" in text
    assert '<span class="breaking">Breaking:</span> <code>GET /b</code> was removed' in text
    assert "<y>" not in text


@pytest.mark.parametrize("name", ["x\n\n# Heading", "x\r# Heading", "x` <i>", "x` ```<i>", "``<i>"])
def test_a_name_makes_no_markup_of_the_changelog(tmp_path: Path, name: str) -> None:
    """A name of any characters is one line of the release notes, and no HTML where Markdown would read it."""
    properties = {"kept": {"type": "string"}, name: {"type": "string"}}
    documents = [answered({"type": "object", "properties": dict(list(properties.items())[:size])}) for size in (2, 1)]
    _, text = told(tmp_path, "changelog", *documents)

    assert [line for line in text.splitlines() if line.startswith(("#", "- "))][0::2] == ["### `GET /a`"]
    assert text.count("\n- ") == 1
    assert "<i>" not in text


@pytest.mark.parametrize("form", ["changelog", "html"])
def test_without_a_change_it_says_so(tmp_path: Path, form: str) -> None:
    """Nothing is said in words, not by an empty page."""
    code, text = told(tmp_path, form, OLD, OLD)

    assert code == 0
    assert "Nothing changed for those who call the API." in text


def test_sarif_tells_each_change(tmp_path: Path) -> None:
    """A code scanner gets rule, level, place and fingerprint of each change."""
    _, text = told(tmp_path, "sarif")
    (run,) = json.loads(text)["runs"]
    levels = {result["ruleId"]: result["level"] for result in run["results"]}

    assert levels["operation-removed"] == "error"
    assert levels["response-enum-value-added"] == "warning"
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == set(levels)
    assert all(result["partialFingerprints"]["apiversion/v1"] for result in run["results"])
    assert all(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"])


@pytest.mark.parametrize(
    ("fail_on", "strict", "code"), [("error", False, 0), ("warning", False, 1), ("error", True, 1)]
)
def test_what_ends_with_1_can_be_told(tmp_path: Path, fail_on: str, strict: bool, code: int) -> None:  # noqa: FBT001  a row
    """Warnings end the comparison with 1 where that is asked for, and break clients by the letter."""
    old, new = document({"/a": answers("x")}), document({"/a": answers("x", "y")})

    assert told(tmp_path, "text", old, new, fail_on=fail_on, strict=strict)[0] == code


def test_every_format_can_be_asked_for() -> None:
    """The command offers the formats that there are."""
    assert tuple(FORMATS) == cli.FORMATS


def test_the_text_tells_what_says_the_same_together(tmp_path: Path) -> None:
    """From five changes on: how many places and fingerprints there are, and every operation; fewer stand for themselves, and JSON has each."""

    def listing(number: int, **schema: Any) -> dict[str, Any]:
        parameters = [{"name": "q", "in": "query", "schema": {"type": "string", **schema}}]
        return document({f"/{index}": {"get": {"parameters": parameters, "responses": OK}} for index in range(number)})

    texts = [told(tmp_path, "text", listing(number), listing(number, maxLength=3))[1] for number in (4, 5)]
    _, plain = told(tmp_path, "json", listing(5), listing(5, maxLength=3))
    lines = texts[1].splitlines()

    assert texts[0].count("error: `q` has `3` as its greatest length") == 4
    assert lines[0] == "error: `q` has `3` as its greatest length [request-max-length-decreased]"
    assert lines[1] == "  at /paths/~10/get/parameters/0/schema/maxLength, and 4 more places"
    assert lines[2] == "  reaches GET /0, GET /1, GET /2 and 2 more"
    assert lines[3].endswith(", and 4 more changes")
    assert lines[4:] == ["5 breaking"]
    assert len(json.loads(plain)["changes"]) == 5


def test_the_text_tells_one_fingerprint_once(tmp_path: Path) -> None:
    """Where operations come to share a schema that each had for itself, its change is told of all of them."""

    def listing(schema: dict[str, Any]) -> dict[str, Any]:
        of = {"get": {"parameters": [{"name": "q", "in": "query", "schema": schema}], "responses": OK}}
        return document({"/a": of, "/b": of}, components={"schemas": {"T": {"type": "string", "maxLength": 3}}})

    _, text = told(tmp_path, "text", listing({"type": "string"}), listing({"$ref": "#/components/schemas/T"}))

    assert text.splitlines()[1:3] == ["  at /components/schemas/T/maxLength", "  reaches GET /a, GET /b"]
    assert text.count("fingerprint") == 1
