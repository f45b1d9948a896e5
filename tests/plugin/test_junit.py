"""The JUnit file of a run is one that Jenkins takes, and its failures say message, expected and promised."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from tests.plugin.conftest import Start
from tests.plugin.junit_rules import mistakes

RUNS = {"green": (), "red": ("nameless",), "everything-fails": ("failing",)}


@pytest.mark.parametrize(
    ("name", "family"), [("green", "xunit2"), ("red", "xunit2"), ("red", "xunit1"), ("everything-fails", "xunit1")]
)
def test_jenkins_takes_it(start: Start, name: str, family: str) -> None:
    """A green run and a red one, with controls in what the service says, keep the rules of Jenkins' schema."""
    small = start(*RUNS[name], received="a\x7fb\x9b31m\u202e\x00 ]]> end")
    small.run("--junit-xml=junit.xml", "-o", f"junit_family={family}", "--apiversion-max-examples=1")
    text = (small.pytester.path / "junit.xml").read_bytes()

    assert mistakes(text) == []
    suite = ET.fromstring(text)[0]  # noqa: S314  our own file
    assert int(suite.attrib["tests"]) == len(suite.findall("testcase")) == 9
    failures = list(suite.iter("failure"))
    assert bool(failures) == bool(RUNS[name])
    for each in failures:
        assert each.attrib["message"].startswith("AV")
        assert "\n  expected  " in (each.text or "") or "as under" in (each.text or "")
    assert not failures or any("\n  promised  " in (each.text or "") for each in failures)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<testsuites><testsuite tests='1'/></testsuites>", "testsuites/testsuite[1]: has no name"),
        ("<testsuite name='a' tests='one'/>", "testsuite: tests may not be 'one'"),
        ("<testsuite name='a' time='1 s'/>", "testsuite: time may not be '1 s'"),
        ("<testsuite name='a'><testcase/></testsuite>", "testsuite/testcase[1]: has no name"),
        ("<testsuite name='a'><case name='b'/></testsuite>", "testsuite: may hold no case"),
        ("<testsuite name='a'><testcase name='b' where='c'/></testsuite>", "testsuite/testcase[1]: may have no where"),
        (
            "<testsuite name='a'><testcase name='b'><properties/></testcase></testsuite>",
            "testsuite/testcase[1]: may hold no properties",
        ),
        (
            "<testsuite name='a'><testcase name='b'><skipped/><skipped/></testcase></testsuite>",
            "testsuite/testcase[1]: holds skipped 2 times",
        ),
        ("<testsuite name='a'>text</testsuite>", "testsuite: may hold no text"),
        ("<report/>", "report: is no root"),
    ],
)
def test_the_rules_see_what_is_against_them(text: str, said: str) -> None:
    """A file that Jenkins refuses is against exactly one rule."""
    assert mistakes(text) == [said]
