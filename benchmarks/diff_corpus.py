"""Holds `apiversion diff` to a folder of pairs of contracts whose verdicts are known.

    python -m benchmarks.diff_corpus FOLDER [--as-of DATE]        or with APIVERSION_DIFF_CORPUS=FOLDER

Sunsets of such pairs often lie so many days ahead of the day on which they were written: name that day, for on another one the same
pairs read otherwise. The folder has an `index.json`: a list of objects with `base` and `revision` (paths inside the folder), `verdict` (`breaking`,
`compatible`, or `warning`, which is not counted), and `deprecation_days` (days of grace for previews and for the rest). Each
disagreement is printed with what is known of the peer's kind of change; whether that holds for the pair is for the reader to see.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import Any

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.diff.pairs import Setting
from pytest_apiversion.shell.comparison.compare import compare_sources
from pytest_apiversion.shell.comparison.result import Comparison

TODAY = dt.datetime.now(dt.UTC).date()  # noqa: TID251  the clock of a script

DIFFERENCES = {
    "api-global-security-added": "an operation that asked for no credentials now does: every call that exists is refused",
    "api-global-security-scope-added": "a token that was enough no longer is",
    "api-security-added": "an operation that asked for no credentials now does: every call that exists is refused",
    "api-security-scope-added": "a token that was enough no longer is",
    "api-security-component-type-changed": "clients present credentials in a way that is no longer understood",
    "api-path-removed-with-deprecation": "the operation had no sunset: its calls fail, and nobody was told when",
    "api-removed-with-deprecation": "the operation had no sunset: its calls fail, and nobody was told when",
    "request-body-enum-value-removed": "a body that was accepted is refused; the same change in a member is a break to the peer too",
    "request-required-property-became-not-read-only": "requests had to leave the member out, and must now have it",
    "response-body-any-of-added": "clients may meet a type they were never told of, which `type` would say as well",
    "response-property-any-of-added": "clients may meet a type they were never told of, which `type` would say as well",
    "request-body-all-of-added": "the part that was added brings optional members only: flattened, they are optional members",
    "request-property-all-of-added": "the part that was added brings optional members only: flattened, they are optional members",
    **dict.fromkeys(
        ("response-body-all-of-removed", "response-property-all-of-removed"),
        "the part that went said what an answer always has: flattened, a required member was removed",
    ),
    **dict.fromkeys(
        ("request-body-prefix-items-added", "request-property-prefix-items-added"),
        "a list that takes any further item is narrowed by saying what the next one has to be",
    ),
    **dict.fromkeys(
        ("request-body-prefix-items-removed", "request-property-prefix-items-removed"),
        "a list that takes any further item takes more when the next one may be anything",
    ),
    **dict.fromkeys(
        ("response-body-prefix-items-added", "response-property-prefix-items-added"),
        "an answer that had any further item is narrowed by saying what the next one is",
    ),
    **dict.fromkeys(
        ("response-body-prefix-items-removed", "response-property-prefix-items-removed"),
        "clients were told what the item is, and now it may be anything",
    ),
    **dict.fromkeys(
        ("response-body-dependent-required-changed", "response-property-dependent-required-changed"),
        "answers promise more members than before",
    ),
    **dict.fromkeys(
        (
            "request-parameter-list-of-types-narrowed",
            "request-parameter-property-list-of-types-narrowed",
            "request-parameter-property-type-specialized",
        ),
        "in a text a number is a piece of text, so that every call still is one",
    ),
    **dict.fromkeys(
        (
            "request-body-discriminator-mapping-changed",
            "request-property-discriminator-mapping-changed",
            "request-body-discriminator-mapping-deleted",
            "request-property-discriminator-mapping-deleted",
        ),
        "a name that clients send means another alternative, or none",
    ),
    **dict.fromkeys(
        ("response-body-unevaluated-properties-removed", "response-property-unevaluated-properties-removed"),
        "clients ignore members they do not know, whichever keyword let them come",
    ),
    **dict.fromkeys(
        (
            "request-body-if-added",
            "request-property-if-added",
            "response-body-if-removed",
            "response-property-if-removed",
        ),
        "an `if` without `then` and `else` holds back nothing",
    ),
    **dict.fromkeys(
        ("request-body-wrapped-in-one-of", "response-body-wrapped-in-one-of"),
        "what was described is one of the alternatives, and no value was found that fits two of them",
    ),
    "response-header-type-changed": "in a header a number is a piece of text, so that who reads text reads it still",
    "request-body-became-required": "the body is a webhook's: the service sends it, and may promise to do so always",
}
"""Where this comparison means to differ, by the peer's name of the change, and why."""

FURTHEST = 90
"""Days before the given one on which a pair may have been written."""

LATER = {
    "api-global-security-added": "oasdiff 1.34.0 of October 2026: what secures an operation that had no security fails",
    "api-security-scope-added": "oasdiff 1.30.0 of August 2026: one more scope fails",
    "request-body-enum-value-removed": "oasdiff pull request 1118 of July 2026: it refuses input that clients used to send",
}
"""Where the peer has come to the verdict of this comparison since the pairs were made, by its name of the change, and when."""

GOALS = {"breaking": 0.99, "compatible": 0.02}
"""Share of each verdict that is to be called breaking: at least, and at most."""


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


def judged(folder: Path, entry: dict[str, Any], as_of: dt.date) -> Comparison:
    """One pair, compared."""
    preview, stable = entry.get("deprecation_days", (0, 0))
    setting = Setting(as_of=as_of, grace_days=stable, preview_grace_days=preview)
    return compare_sources(
        str(folder / entry["base"]), str(folder / entry["revision"]), stdin=BytesIO(), setting=setting
    )


def agreeing_day(folder: Path, entry: dict[str, Any], comparison: Comparison, as_of: dt.date) -> dt.date | None:
    """The last day before the given one on which the verdicts agree; None where the difference is not one of days."""
    if not any("sunset" in change.rule.id for change in comparison.changes):
        return None
    days = (as_of - dt.timedelta(days=number) for number in range(1, FURTHEST + 1))
    wanted = entry["verdict"] == "breaking"
    return next((day for day in days if judged(folder, entry, day).breaking == wanted), None)


def reasons(folder: Path, entry: dict[str, Any], comparison: Comparison, as_of: dt.date) -> list[str]:
    """Why a pair is judged otherwise here; nothing where nobody has looked at its kind yet."""
    told = {change["id"] for change in entry.get("changes", ())}
    day = agreeing_day(folder, entry, comparison, as_of)
    late = [f"its sunset was further ahead on the day it was written: read at {day} the verdicts agree"] if day else []
    return late or sorted({DIFFERENCES[name] for name in told if name in DIFFERENCES})


def main() -> int:
    """Compare every pair; gives 0 where both goals are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", default=os.environ.get("APIVERSION_DIFF_CORPUS"), type=Path)
    parser.add_argument(
        "--as-of",
        type=dt.date.fromisoformat,
        default=TODAY,
        help="the day sunsets are read at",
    )
    given = parser.parse_args()
    if given.folder is None:
        parser.error("no folder: name one, or set APIVERSION_DIFF_CORPUS")
    counts = {verdict: [0, 0, 0] for verdict in GOALS}
    turned = dict.fromkeys(GOALS, 0)
    differing = [0, 0]
    began = time.perf_counter()
    for entry in json.loads((given.folder / "index.json").read_text(encoding="utf-8")):
        if entry["verdict"] not in counts:
            continue
        tally = counts[entry["verdict"]]
        tally[0] += 1
        try:
            comparison = judged(given.folder, entry, given.as_of)
        except PolicyError as error:
            tally[2] += 1
            say(f"{entry['base']}: not compared: {error.mistakes[0]}")
            continue
        tally[1] += comparison.breaking
        if comparison.breaking != (entry["verdict"] == "breaking"):
            told = sorted({change["id"] for change in entry.get("changes", ())})
            say(f"{entry['base']}: {entry['verdict']} ({', '.join(told) or 'no change'})")
            for change in comparison.changes:
                say(f"    {change.severity.value}: {change.text} [{change.rule.id}]")
            later = [LATER[name] for name in told if name in LATER]
            turned[entry["verdict"]] += bool(later)
            why = reasons(given.folder, entry, comparison, given.as_of)
            differing[bool(why)] += 1
            say("    because " + ("; ".join(why) or "nothing of this kind yet"))
            for word in later:
                say(f"    the peer says so too by now: {word}")
    for verdict, (total, broken, unread) in counts.items():
        say(f"{verdict}: {broken} of {total} called breaking ({broken / max(total, 1):.1%}), {unread} not compared")
    say(f"{sum(differing)} differ, {differing[1]} of them with a reason")
    (breaks, right, _), (safe, wrong, _) = counts["breaking"], counts["compatible"]
    breaks, right, safe, wrong = (
        breaks + turned["compatible"] - turned["breaking"],
        right + turned["compatible"],
        safe + turned["breaking"] - turned["compatible"],
        wrong - turned["compatible"],
    )
    say(
        f"with what the peer says by now of those that differ: {right} of {breaks} called breaking ({right / max(breaks, 1):.1%}), "
        f"and {wrong} of {safe} compatible ones ({wrong / max(safe, 1):.1%})"
    )
    say(f"{time.perf_counter() - began:.1f} s, sunsets read at {given.as_of}")
    shares = {verdict: tally[1] / max(tally[0], 1) for verdict, tally in counts.items()}
    return 0 if shares["breaking"] >= GOALS["breaking"] and shares["compatible"] <= GOALS["compatible"] else 1


if __name__ == "__main__":
    sys.exit(main())
