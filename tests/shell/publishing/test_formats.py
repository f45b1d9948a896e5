"""Markdown, SARIF and what CI servers read: the groups of the page, at the lines of promises, and nothing that a service could smuggle in."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from pytest_apiversion.core.finding import Severity
from pytest_apiversion.shell.publishing.ci_files import badge, code_quality, workflow_commands
from pytest_apiversion.shell.publishing.markdown import code, markdown, plain
from pytest_apiversion.shell.publishing.report_values import every_cause, heading
from pytest_apiversion.shell.publishing.sarif import sarif
from tests.shell.publishing.made_reports import found, report
from tests.shell.publishing.sarif_subset import LOG

HOSTILE = (
    "<img src=x>`` | [x](javascript:alert(1)) @team #12 **b** \\ ::error::x ![i](http://e.org/i.png) https://e.org %0A"
)


def red(**more: Any) -> Any:
    """A report with three causes, one of them a warning."""
    return report(
        [
            *(found(number) for number in range(3)),
            found(
                9, code="AV701", promise="promised headers", summary="X-Trace is missing on a 404", place="headers[0]"
            ),
            found(10, code="AV502", version="v1", severity=Severity.WARNING, summary="Link is missing"),
        ],
        **more,
    )


def test_markdown_tells_the_groups_of_the_page() -> None:
    """A heading for each cause, in the order of the page; the table has the rows a red run is read for."""
    made = red()

    tokens = MarkdownIt("commonmark").enable("table").parse(markdown(made))

    titles = [tokens[n + 1] for n, each in enumerate(tokens) if each.type == "heading_open" and each.tag == "h3"]
    words = ["".join(child.content for child in each.children or ()) for each in titles]
    assert words[:-1] == [heading(cause) for cause in made["policies"][0]["causes"]]
    assert words[-1] == "Requirements"
    fences = [each.content.strip() for each in tokens if each.type == "fence"]
    assert fences[0] == "curl -sS -i http://localhost/v2/things/0"
    cells = [each.content for each in tokens if each.type == "inline"]
    assert "**BROKEN 3**" in cells
    assert "And nothing against 1 other promises." in cells


@pytest.mark.parametrize("member", ["summary", "received", "expected", "operation", "place", "reproduce"])
def test_markdown_holds_what_a_service_says_as_text(member: str) -> None:
    """No element, link, picture, or name of somebody comes of what stands in a finding."""
    text = markdown(
        report([found(1, **{member: HOSTILE})], name=HOSTILE, requirements=[(HOSTILE, HOSTILE, ("AV401",))])
    )

    rendered = MarkdownIt("commonmark").enable("table").render(text)

    assert not re.search(r"<(img|a|script|strong>b)", rendered)
    outside = re.sub(r"<code.*?</code>", "", rendered, flags=re.DOTALL)
    assert not re.search(r"@\w|#\d|\w://", outside)


@pytest.mark.parametrize("text", ["", "a", "a ` b", "``", "a\nb", "x" * 999])
def test_code_is_one_line(text: str) -> None:
    """A value is code, whatever backticks are in it, on one line, and cut."""
    tokens = MarkdownIt("commonmark").parseInline(code(text))[0].children or []

    assert [each.type for each in tokens] == (["code_inline"] if text else [])
    assert all(len(each.content) <= 301 for each in tokens)


def test_plain_text_reads_as_it_was() -> None:
    """What is escaped is shown as it stood."""
    shown = "".join(each.content for each in MarkdownIt("commonmark").parseInline(plain(HOSTILE))[0].children or [])

    assert shown.replace("\u2060", "") == HOSTILE


def test_markdown_fits_into_a_comment() -> None:
    """A report of very many causes is cut between two of them, and says so."""
    made = report([found(n, code=f"AV{n}", received="r" * 300) for n in range(100, 400)])

    text = markdown(made)

    assert len(text) <= 65_536
    assert "There is more: the JSON and HTML reports have it." in text


def test_sarif_is_sarif() -> None:
    """The log has the members of SARIF 2.1.0, each as it says; a result for each cause, at the line of its promise."""
    made = red(source=str(Path("apis") / "apiversion.toml"))

    log = json.loads(sarif(made))

    Draft202012Validator(LOG).validate(log)
    (run,) = log["runs"]
    causes = list(every_cause(made["policies"][0]["causes"]))
    assert [each["ruleId"] for each in run["results"]] == [cause["code"] for cause in causes]
    assert [each["message"]["text"].splitlines()[0] for each in run["results"]] == [cause["cause"] for cause in causes]
    rules = [each["id"] for each in run["tool"]["driver"]["rules"]]
    assert all(rules[each["ruleIndex"]] == each["ruleId"] for each in run["results"])
    assert {each["level"] for each in run["results"]} == {"error", "warning"}
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "apis/apiversion.toml"


def test_a_cause_has_one_name_on_every_day() -> None:
    """Its fingerprint does not change with what was drawn, with how many operations show it, with words, or with what else is wrong."""
    others = [found(5, code="AV502", version="v1", place="deprecation")]
    runs = [
        [found(1), found(2)],
        [found(2, summary="in other words", received="500", status=500, request="PUT /"), *others],
    ]

    names = [json.loads(code_quality(report(findings)))[0]["fingerprint"] for findings in runs]
    texts = [
        each["partialFingerprints"] for run in runs for each in json.loads(sarif(report(run)))["runs"][0]["results"]
    ]

    assert len(set(names)) == 1
    assert len({each["cause/v1"] for each in texts}) == 2
    two = json.loads(code_quality(report([found(1), found(2, summary="something else is wrong here")])))
    assert len({each["fingerprint"] for each in two}) == len(two) == 2


def test_code_quality() -> None:
    """Each issue has what GitLab reads: a text, a name, a fingerprint, one of its severities, and a line of a file in the repository."""
    issues = json.loads(code_quality(red()))

    assert [each["severity"] for each in issues] == ["major", "major", "minor"]
    for each in issues:
        assert set(each) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert (each["location"]["path"], each["location"]["lines"]["begin"]) == ("apiversion.toml", 1)


def test_badge() -> None:
    """The worst verdict decides the words and the colour."""
    assert json.loads(badge(red())) == {
        "schemaVersion": 1,
        "label": "API versions",
        "message": "2 broken",
        "color": "red",
        "isError": True,
    }
    assert json.loads(badge({"policies": []}))["message"] == "nothing promised"


def test_an_annotation_is_one_line() -> None:
    """Each cause is one command at the line of its promise; what a service says cannot end it or begin another."""
    lines = list(
        workflow_commands(report([found(1, summary="a\n::error::b", operation="GET /a,b:c", received="x\r\ny%")]))
    )

    (line,) = lines
    assert "\n" not in line
    assert "\r" not in line
    assert re.match(r"::error file=apiversion\.toml,line=1,title=AV401 [^:,]*::at ", line)
    assert "x%0D%0Ay%25" in line


def test_github_shows_ten() -> None:
    """Of each kind there are as many annotations as GitHub shows."""
    made = report([found(n, code=f"AV{n}", place=f"p{n}") for n in range(100, 130)])

    assert len(list(workflow_commands(made))) == 10
