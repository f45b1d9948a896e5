"""Each row of the table of what can be said is TOML of a service's policy, and that service shows what the row says.

The services are those of `tests/lives`: `test_lives.py` holds each of them to its policy, honest on each of its days and with each of its bugs.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.policy_file.load import load_policy
from pytest_apiversion.shell.target.load import load_target
from tests.docs.policy_parts import stands_in
from tests.lives.catalogue import LIVES
from tests.lives.keys import LIFE as KEYS

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "what-can-be-said.md"
_ROW = re.compile(r"^\| (\d+\.\d+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A row: the TOML of its third column, and the codes of its fourth."""

    toml: str
    codes: frozenset[str]


ROWS = {
    number: Said(toml="\n".join(re.findall(r"`([^`]+)`", cell)), codes=frozenset(re.findall(r"\[(AV\d{3})\]", held)))
    for number, _, cell, held in _ROW.findall(PAGE.read_text("utf-8"))
}

SHOWN = {
    "1.1": "read-nowhere: stop-is-silent-on-its-404 start-announces-on-its-404 stop-ends-a-day-early stop-serves-after-its-end",
    "1.2": "ending-parts: old-reports-are-silent things-announce-as-reports-do reports-end-a-day-early reports-end-a-day-late",
    "1.3": "ending-parts: drafts-are-silent",
    "1.4": "elements: owner-is-silent announced-on-a-neighbour ends-a-day-late",
    "1.5": "elements: sort-is-silent announced-on-a-neighbour",
    "1.6": "elements: nick-is-silent effect-after-the-end",
    "1.7": "elements: colour-is-silent",
    "1.8": "brownouts: reports-are-there-all-the-time",
    "1.9": "ending-parts: fresh-a-day-late",
    "1.10": "ending-parts: drafts-are-silent",
    "1.11": "ending-parts: reports-lead-to-what-ends-with-them reports-lead-nowhere",
    "1.12": "ending-parts: drafts-lead-to-what-is-to-come",
    "1.13": "ending-parts: drafts-announce-a-day drafts-are-silent",
    "1.14": "ending-parts: reports-lead-nowhere a-link-without-its-language",
    "1.15": "ending-parts: reports-end-with-another-code reports-end-without-a-pointer reports-point-to-nothing"
    " nobody-knows-how-long asks-for-the-key-first",
    "1.16": "ending-parts: another-form another-day",
    "1.17": "ending-parts: never-critical no-last-word",
    "1.18": "ending-parts: notice-too-short",
    "1.19": "ending-parts: ends-a-month-before-it-was-said nobody-says-which-day",
    "1.20": "ending-parts: contract-is-silent",
    "1.21": "ending-parts: marked-is-silent",
    "1.22": "ending-parts: forgets-old-reports",
    "2.1": "minor-releases: a-day-early a-day-late",
    "2.2": "minor-releases: contract-of-another-number serves-the-old-number yaml-of-the-old-number",
    "2.3": "minor-releases: says-the-old-release",
    "2.4": "minor-releases: without-the-total",
    "2.5": "minor-releases: no-tier a-tier-for-all",
    "2.6": "minor-releases: a-copy-of-yesterday",
    "2.7": "minor-releases: serves-the-old-number",
    "2.8": "minor-releases: a-minor-that-breaks",
    "3.1": "notices: too-short-since-it-is-known too-short-since-there-is-another",
    "3.2": "notices: ends-a-day-late",
    "3.3": "notices: known-a-day-late",
    "3.4": "notices: ends-in-its-first-year",
    "3.5": "notices: a-preview-without-notice",
    "4.1": "rejections: key-before-missing key-before-conflict",
    "4.2": "rejections: key-before-unknown route-before-version body-before-version body-before-malformed",
    "4.3": "rejections: refuses-in-the-old-envelope",
    "4.4": "newest-answers: v99-is-not-a-version",
    "5.1": "newest-answers: says-what-it-is-made-with",
    "5.2": "headers-of-some: options-allow-nothing",
    "5.3": "headers-of-some: forgets-where-it-read",
    "5.4": "newest-answers: refusals-are-kept",
    "5.5": "newest-answers: a-304-without-its-revision",
    "5.6": "newest-answers: a-304-is-silent",
    "5.7": "headers-of-some: one-number-for-all each-path-counts-for-itself",
    "5.8": "ending-parts: a-link-without-its-language",
    "5.9": "headers-of-some: moves-on-successes-only v1-announces-as-the-api-does v1-without-its-link",
    "5.10": "headers-of-some: old-paths-are-silent old-on-v2",
    "5.11": "headers-of-some: old-paths-name-no-other",
    "5.12": "headers-of-some: refusals-are-unreadable errors-for-nobody moves-are-hidden",
    "5.13": "told-in-bodies: v1-is-silent v2-ends-too another-form another-day",
    "5.14": "told-in-bodies: files-are-silent users-are-told-of-files",
    "6.2": "reports-in-xml: leading-zeros-are-read",
    "6.3": "codes-in-a-header: another-number unlisted-number",
    "6.4": "codes-in-a-header: no-code",
    "6.5": "reports-in-xml: another-root cut-short",
    "6.6": "reports-in-xml: unknown-version-is-served another-code report-instead-of-layers old-version-is-served"
    " another-code-after-the-end",
    "7.1": "own-ends: v1-ends-without-a-date v1-ends-with-the-status-of-all v1-ends-with-the-code-of-all",
    "7.2": "own-ends: v1-has-one-pointer v1-leads-nowhere",
    "7.3": "newest-answers: v1-is-refused v1-is-served-by-v2",
    "7.4": "newest-answers: who-names-none-gets-the-oldest",
    "7.5": "brownouts: serves-all-the-time another-code effect-in-a-brownout an-hour-early ends-late",
    "8.1": "newest-answers: lists-the-newest-first",
    "8.2": "rejections: lists-the-newest-first",
    "9.1": "keys-of-kinds: parts-is-open-to-all parts-wants-another-token",
    "9.2": "keys-of-kinds: staff-is-open-to-all staff-takes-no-token",
    "9.3": "keys-of-kinds: partner-is-open-to-all partner-takes-no-token",
    "9.4": "keys: used-up-and-served used-up-with-another-code used-up-until-soon used-up-in-plain-text",
    "9.5": "keys: reader-deletes reader-creates reader-is-unknown",
    "9.6": "keys: gold-is-limited-as-all nobody-is-limited-as-all",
    "9.7": "keys: takes-a-byte-more takes-a-byte-less too-large-is-bad",
    "9.8": "keys: a-key-that-is-over-opens",
    "9.9": "pinned: pinned-by-the-first newest-for-all",
    "10.1": "identifiers: v2-shows-another-parent v2-writes-another-name",
    "10.2": "members-inside: v1-shows-the-object v2-takes-the-old-place v2-shows-another-model",
    "10.3": "one-is-exact: more-in-both more-inside",
    "10.4": "queried: old-is-silent announced-on-new link-to-another-query more-than-exact old-ends-a-day-late",
    "11.1": "newest-answers: v2-has-a-letter-in-accept",
    "11.2": "newest-answers: v3-does-not-say-so",
    "11.3": "newest-answers: refusals-have-no-id",
    "11.4": "any-case: only-small-letters only-capitals-beside capitals-are-refused",
}
"""The service whose policy says a row, and the bugs that its checks find there."""
REFUSED = {
    "6.1": "versioning.unknown.reject: expected a refusal such as 400, or 501, 503 or 505, got 500: any other 5xx says that the server failed",
    "9.10": 'credentials.Kye: expected a security scheme of v1.json, got "Kye"; did you mean "Key"?',
}
"""Rows that are mistakes, and what is said of them."""
ELSEWHERE = {"11.5"}
"""What is about files and editors: `test_policy_keys.py` and `tests/plugin/test_items.py`."""


def test_every_row_is_shown_somewhere() -> None:
    """No row is without a service, and none is forgotten; the numbers are those of eleven themes, each from 1 on."""
    assert {*SHOWN, *REFUSED, *ELSEWHERE} == ROWS.keys()
    by_theme: dict[int, list[int]] = {}
    for number in ROWS:
        theme, _, rest = number.partition(".")
        by_theme.setdefault(int(theme), []).append(int(rest))
    assert by_theme == {theme: [*range(1, len(rows) + 1)] for theme, rows in by_theme.items()}
    assert [*by_theme] == [*range(1, 12)]


@pytest.mark.parametrize("number", SHOWN)
def test_a_row_stands_in_a_policy_that_is_held(number: str) -> None:
    """Its TOML is the policy's, the service is honest on the days of the bugs, and they are found by just the row's checks."""
    name, _, bugs = SHOWN[number].partition(": ")
    life, row = LIVES[name], ROWS[number]
    planted = [life.bugs[bug] for bug in bugs.split()]
    policy = life.policy.replace(json.dumps(sys.executable), '"python"')

    assert stands_in(tomllib.loads(row.toml), tomllib.loads(policy))
    assert {bug.day for bug in planted} <= life.honest.keys()
    assert row.codes <= {code for bug in planted for code in bug.codes}
    assert [bug for bug in planted if row.codes.isdisjoint(bug.codes)] == []


@pytest.mark.parametrize("number", REFUSED)
def test_a_row_that_is_a_mistake_is_told(number: str, tmp_path: Path) -> None:
    """The file is refused with a sentence, before anything is sent."""
    told = ROWS[number].toml
    policy = KEYS.policy
    if number.startswith("6"):
        policy = policy.replace("unknown = { reject = 404 }", told.partition("\n")[2])
    else:
        policy = policy.replace("[credentials.Spent]", f"{told}\n\n[credentials.Spent]")
    path = KEYS.write(tmp_path, policy)
    environment = {"ODD_URL": "http://127.0.0.1:9", **KEYS.environment}

    with pytest.raises(PolicyError, match=re.escape(REFUSED[number])):
        load_target(path, environment)
    assert load_policy(KEYS.write(tmp_path), environment).versions
