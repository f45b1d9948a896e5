"""What `python -m tests.world` writes: every service has its rows, and the page says no more than was asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.frameworks.asking import Answer
from tests.world.__main__ import PAGE, everything, main, titles
from tests.world.answers import marks, one_of, told
from tests.world.page import HEAD, Row, changes, replaced, section, sections
from tests.world.questions import questions
from tests.world.service import Style, read


def test_the_page_has_a_section_for_every_style() -> None:
    """What can be asked was asked, and what can no longer be asked is not on the page."""
    page = PAGE.read_text("utf-8")

    assert page.startswith(HEAD)
    assert list(sections(page)) == titles(everything())


def test_every_row_has_a_release_and_a_day() -> None:
    """A row without them would be hearsay; a section that could not be asked says why."""
    for title, text in sections(PAGE.read_text("utf-8")).items():
        rows = [line for line in text.splitlines() if line.startswith("| ")][1:]

        assert rows or re.search(r"Not asked on \d{4}-\d\d-\d\d: ", text), title
        assert [row for row in rows if not re.search(r" \| \S[^|]* \d\S* \| \d{4}-\d\d-\d\d \|$", row)] == []


@pytest.mark.parametrize("name", everything())
def test_a_service_is_pinned(name: str) -> None:
    """Whoever runs it again asks the same release."""
    service = everything()[name]

    assert [each for each in (*service.dependencies, *service.wheels) if not re.search(r"==\d|.@\d", each)] == []


PLACES = {
    "path": (Style(name="x", path="/v{version}"), "/v1/things", ()),
    "header": (Style(name="x", header="Version", spelling="shop {version}"), "/things", (("Version", "shop 1"),)),
    "query": (Style(name="x", query="v"), "/things?v=1", ()),
    "accept": (Style(name="x", accept="a/b;v={version}"), "/things", (("Accept", "a/b;v=1"),)),
}


@pytest.mark.parametrize(("style", "target", "headers"), PLACES.values(), ids=PLACES)
def test_a_question_names_the_version_where_the_style_says(
    style: Style, target: str, headers: tuple[tuple[str, str], ...]
) -> None:
    """The first question is for the oldest version; the one for none has nothing of it."""
    asked = {question.name: question for question in questions(style)}

    assert (asked["oldest version"].target, asked["oldest version"].headers) == (target, headers)
    assert (asked["no version"].target, asked["no version"].headers) == ("/things", ())


def test_a_kind_that_is_not_there_is_not_asked_for() -> None:
    """A service without versions between two says so with an empty text, and one that removed a version names it."""
    style = Style(name="x", query="v", others={"between": "", "removed": "0.9"})
    asked = {question.name: question.target for question in questions(style)}

    assert "version between" not in asked
    assert asked["removed version"] == "/things?v=0.9"


@pytest.mark.parametrize(
    ("body", "media_type", "said"),
    [
        (b'{"served": "2"}', "application/json", "serves 2"),
        (
            b'{"detail": [{"loc": ["a"]}], "ok": true}',
            "application/json",
            "application/json `{detail: [{loc: [text]}], ok: true}`",
        ),
        (b'{"openapi": "3.1.0", "info": {"version": "1"}}', "application/json", "OpenAPI 3.1.0, `info.version` `1`"),
        (b"<p>", "text/html", "text/html"),
        (b"", "text/html", "no body"),
    ],
)
def test_an_answer_in_words(body: bytes, media_type: str, said: str) -> None:
    """The version that served, or media type and shape."""
    assert told(Answer(status=200, headers={"content-type": media_type}, body=body)) == said


def test_headers_that_differ_each_time_are_not_written_out() -> None:
    """A day's number of a request is no behaviour."""
    headers = {"x-id": "req-6f1e2bd0-0000-4000-8000-000000000000", "allow": "GET", "date": "now"}

    assert marks(Answer(status=405, headers=headers, body=b"")) == "`allow: GET`, `x-id: …`"


def test_what_comes_by_chance_says_so() -> None:
    """The row is the same whichever answer came; another one shows."""
    both = ("serves 1", "serves 2")

    assert one_of("serves 1", both) == one_of("serves 2", both) == "serves 1 or serves 2, by chance"
    assert (one_of("serves 3", both), one_of("serves 1", ())) == ("serves 3", "serves 1")


def test_a_section_replaces_the_old_one_and_tells_what_changed() -> None:
    """The others stay; a later day alone is no change."""
    old = section("A", "Said.", [Row(question="HEAD", status="405", answer="no body", headers="")], "a 1", "2026-01-01")
    new = section("A", "Said.", [Row(question="HEAD", status="200", answer="no body", headers="")], "a 2", "2026-02-01")
    page = replaced("", {"A": old, "B": old.replace("## A", "## B")}, ["A", "B"])

    assert list(sections(replaced(page, {"A": new}, ["A", "B"])).values()) == [new, old.replace("## A", "## B")]
    assert changes("A", old, new) == ["A, HEAD: 405 no body -> 200 no body"]
    assert changes("A", old, old.replace("2026-01-01", "2026-03-01")) == []


def test_a_script_without_metadata_is_told(tmp_path: Path) -> None:
    """The file is named."""
    (tmp_path / "x.py").write_text("print()\n", "utf-8")

    with pytest.raises(ValueError, match=r"x\.py: expected a block of script metadata"):
        read(tmp_path / "x.py")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["kinto_server", "--check"], "kinto_server is of the gallery: say --begin"),
        (["aiohttp_app", "--begin"], "aiohttp_app is not of the gallery: leave --begin out"),
        (["aiohttp_ap"], "no service is named aiohttp_ap: expected one of aiohttp_app, "),
        ([], "name a service, or say --all"),
    ],
)
def test_a_name_that_cannot_be_asked_so_is_refused(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is begun with is of the gallery, and what is asked or held is not."""
    with pytest.raises(SystemExit):
        main(arguments)

    assert said in capsys.readouterr().err
