"""The HTML report: one file that anybody may open, with nothing in it that a service could have put there to be run."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pytest_apiversion.core.finding import Finding, Severity
from pytest_apiversion.shell.publishing.html import html_page
from pytest_apiversion.shell.publishing.report_values import every_cause
from tests.shell.publishing.made_reports import found, report

pytest.importorskip("jinja2")

_EMPTY = {"meta", "br", "input", "line", "circle", "link", "img"}


class Page(HTMLParser):
    """A page read: its elements, its text, and whether all that is opened is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.wrong: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down an element."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down an element of SVG that has nothing in it."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Hold that it is the one opened last."""
        if tag in _EMPTY:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"{self.getpos()} </{tag}>")

    def handle_data(self, data: str) -> None:
        """Take down a text by the element it stands in."""
        self.texts.setdefault(self.open[-1] if self.open else "", []).append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of a name."""
        return [attributes for name, attributes in self.tags if name == tag]

    def has_class(self, name: str) -> list[dict[str, str]]:
        """The attributes of every element of a class."""
        return [each for _, each in self.tags if name in each.get("class", "").split()]


def test_the_page_tells_what_the_run_tells() -> None:
    """Its causes, in their order, are those of the report; each finding is on it once; verdicts and sentences of the policy are too."""
    made = report(
        [
            *(found(number) for number in range(5)),
            found(
                9, code="AV701", promise="promised headers", summary="X-Trace is missing on a 404", place="headers[0]"
            ),
            found(10, code="AV502", version="v1", severity=Severity.WARNING, summary="Link is missing"),
        ]
    )

    page = Page(html_page(made))

    (policy,) = made["policies"]
    headings = [each for each in page.has_class("cause") if "aria-labelledby" in each]
    assert page.wrong == page.open == []
    assert len(headings) == len(policy["causes"]) < len(policy["findings"])
    firsts = [f"f0-{cause['findings'][0]}" for cause in policy["causes"]]
    assert [each["aria-labelledby"].removesuffix("-title") for each in headings] == firsts
    assert sorted(each["id"] for each in page.has_class("finding")) == [f"f0-{number}" for number in range(7)]
    said = " ".join(text for texts in page.texts.values() for text in texts)
    for cause in every_cause(policy["causes"]):
        assert cause["cause"] in said
    for text in (
        "Every error has one shape.",
        "BROKEN 5",
        "BROKEN 1",
        "held 5",
        "warned 1",
        "We answer mail.",
        "2026-12-01 v1 sunset",
    ):
        assert text in said
    assert {"code", "version", "operation"} <= {name.removeprefix("data-") for name in page.has_class("finding")[0]}


HOSTILE = (
    "</pre></script><script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg/onload=alert(1)>{{ 7*7 }}{% raw %}"
    "<!--</style>]]>&lt;&#x3c;\u2028"
)


def test_what_a_service_says_stays_text() -> None:
    """Whatever stands in an answer, a name or a place, the page has no element, no attribute and no script for it."""
    texts = dict.fromkeys(("operation", "summary", "expected", "received", "place", "reproduce", "shrunk"), HOSTILE)
    finding = found(1, **texts, request=HOSTILE, answer=HOSTILE)
    plain = Page(html_page(report([found(1)])))

    hostile = html_page(
        report(
            [finding],
            name=HOSTILE,
            requirements=[(HOSTILE, HOSTILE, ("AV401",))],
            declared=[(HOSTILE, HOSTILE)],
            dates=[("2026-01-01T00:00:00+00:00", "v1", HOSTILE)],
            milestones=[("2027-01-01T00:00:00+00:00", "v1", HOSTILE)],
        )
    )

    page = Page(hostile)
    assert page.wrong == page.open == []
    assert len(page.all("script")) == len(page.all("style")) == 1
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in plain.tags} | {"dt"}
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert "49" not in page.texts["pre"][0]
    assert page.texts["pre"][0] == HOSTILE


def test_nothing_is_asked_of_a_network() -> None:
    """There is no address to load from; the policy of the page forbids all but its own script and style, which have their digests."""
    text = html_page(report([found(1)]))
    page = Page(text)

    (policy,) = [each["content"] for each in page.all("meta") if each.get("http-equiv") == "Content-Security-Policy"]
    assert "default-src 'none'" in policy
    for tag in ("script", "style"):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not [name for _, each in page.tags for name in each if name in {"src", "style", "action", "srcset"}]
    assert all(each["href"].startswith("#") for _, each in page.tags if "href" in each)
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|innerHTML", text)


def test_a_red_run_fits_into_a_megabyte() -> None:
    """With 200 findings whose answers are as long as they get and full of quotes, the page keeps below 1 MB and shows every example."""
    long = '{"key": "<value>"}, ' * 75
    made = report([found(n, request=long, answer=long, reproduce="curl " + "x" * 900) for n in range(200)])

    text = html_page(made)

    assert len(text.encode()) <= 1_000_000
    page = Page(text)
    assert len(page.has_class("finding")) == 200
    assert len(page.has_class("exchange")) >= len(made["policies"][0]["causes"])
    assert "Its request and answer are in the JSON report" in text


def test_a_huge_run_stays_readable() -> None:
    """Of very many findings the page lists so many and says how many more there are; a line too long to show is not cut."""
    made = report([found(n) for n in range(2500)] + [found(3000, code="AV701", reproduce="curl " + "y" * 9000)])

    text = html_page(made)

    assert len(text.encode()) <= 3_000_000
    assert "more are in the JSON report." in text
    assert "yyyy" not in text
    assert "has 9005 characters" in text


def test_keys_and_readers() -> None:
    """What scrolls can be reached with the keyboard and has a name; every control has a label; the page has one main heading."""
    page = Page(html_page(report([found(1), found(2, code="AV701")])))

    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert all(each.get("tabindex") == "0" and each.get("aria-label") for each in page.has_class("scroll"))
    assert all(each.get("tabindex") == "0" for each in page.all("pre"))
    assert page.tags[[tag for tag, _ in page.tags].index("body") + 1] == ("a", {"class": "skip", "href": "#findings"})
    identifiers = [each["id"] for _, each in page.tags if "id" in each]
    assert len(identifiers) == len(set(identifiers))
    targets = {each["href"][1:] for _, each in page.tags if each.get("href", "").startswith("#")}
    assert targets <= set(identifiers)


@pytest.mark.parametrize("findings", [[], [found(1)]], ids=["green", "red"])
def test_a_page_without_dates_or_findings(findings: list[Finding]) -> None:
    """A policy without a date has no timeline; a green run says that nothing was broken."""
    text = html_page(report(findings, dates=[], milestones=[], requirements=[], declared=[]))

    assert "<svg" not in text
    assert ("Nothing that was sent showed a promise broken." in text) == (not findings)
    assert Page(text).wrong == []


def test_a_date_that_means_never_leaves_room_for_the_others() -> None:
    """A sunset in the year 9999 is at the edge, and a version without a release begins there."""
    made = report(
        [], dates=[("9999-12-31T00:00:00+00:00", "v1", "sunset"), ("2026-01-01T00:00:00+00:00", "v2", "released")]
    )

    page = Page(html_page(made))

    years = [int(text) for text in page.texts["text"] if text.isdigit()]
    assert years == [2026, 2027, 2028]
    assert all(0 <= float(each["x"]) <= 1000 for each in page.all("rect"))


def test_its_script_is_javascript(tmp_path: Path) -> None:
    """Node reads the script without a mistake."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    (script,) = re.findall(r"<script>(.*?)</script>", html_page(report([found(1)])), re.DOTALL)
    (tmp_path / "page.js").write_text(script, "utf-8")

    done = subprocess.run([node, "--check", str(tmp_path / "page.js")], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
