"""The `apiversion replay` command: sends the requests of a finding's item again, and says whether the finding still shows."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from pytest_apiversion.shell.execution.outcome import WHOLE
from pytest_apiversion.shell.processes.passed_signals import run_child
from pytest_apiversion.shell.texts.printable import printable_line

_SHOWN = 40
"""Findings that are listed where none is named."""
_SHORTEST = 4
"""Digits of a fingerprint that name a finding."""


@dataclass(frozen=True, kw_only=True)
class _Told:
    """A finding of a report.

    Attributes:
        report: The report.
        policy: The part of it that is about the finding's policy file.
        finding: The finding.
        items: The version and name of each item that saw it.
    """

    report: Mapping[str, Any]
    policy: Mapping[str, Any]
    finding: Mapping[str, Any]
    items: tuple[tuple[str, str], ...]

    @property
    def line(self) -> str:
        """It in a line."""
        each = self.finding
        at = " ".join(filter(None, (each["version"], each["operation"])))
        return f"{each['fingerprint']} {each['code']} {at}: {each['summary']}"


def replay_command(run: Path, name: str, *, options: Sequence[str], out: TextIO, errors: TextIO) -> int:
    """Run the items of a finding once more, with the seed and the day of the run.

    Args:
        run: What `--apiversion-json` wrote.
        name: The fingerprint of the finding, or its first digits; empty to list all.
        options: More options of pytest, which come after the report's.
        out: Where the answer is written.
        errors: Where mistakes are told.

    Returns:
        0 when it no longer shows, 1 when it does, 2 when that cannot be told.
    """
    try:
        found = list(_findings(json.loads(run.read_bytes())))
    except OSError as error:
        errors.write(f"apiversion: {run}: {error.strerror or error}\n")
        return 2
    except (ValueError, RecursionError, KeyError, TypeError, IndexError, AttributeError):
        errors.write(f"apiversion: {run}: expected a file that --apiversion-json of this release wrote\n")
        return 2
    if not name:
        return _list(found, out)
    wanted = [
        each for each in found if len(name) >= _SHORTEST and str(each.finding["fingerprint"]).startswith(name.lower())
    ]
    names = {str(each.finding["fingerprint"]) for each in wanted}
    if len(names) != 1:
        said = (
            f"{len(names)} findings begin so"
            if names
            else f"no finding is named so; apiversion replay {run} lists them"
        )
        errors.write(f"apiversion: {name}: {said}\n")
        return 2
    return _again(wanted, options, out, errors)


def _findings(report: Mapping[str, Any]) -> Iterator[_Told]:
    for policy in report["policies"]:
        for number, finding in enumerate(policy["findings"]):
            rows = [row for row in policy["items"] if number in row["findings"]]
            names = [row["item"] for row in rows]
            own = [row for row in policy["items"] if row["own"] and row["item"] in names]
            items = tuple(
                (str(row["version"]), str(row["item"])) for row in (rows if all(row["own"] for row in rows) else own)
            )
            _ = (finding["fingerprint"], finding["code"], finding["version"], finding["operation"], finding["summary"])
            yield _Told(report=report, policy=policy, finding=finding, items=items)


def _list(found: Sequence[_Told], out: TextIO) -> int:
    """Name every finding; nothing is sent."""
    out.writelines(printable_line(each.line) + "\n" for each in found[:_SHOWN])
    if len(found) > _SHOWN:
        out.write(f"and {len(found) - _SHOWN} more\n")
    if not found:
        out.write("the run found nothing\n")
    return 0


def _again(wanted: Sequence[_Told], options: Sequence[str], out: TextIO, errors: TextIO) -> int:
    told = wanted[0]
    fingerprint, code = told.finding["fingerprint"], told.finding["code"]
    source = str(told.policy["source"])
    items = dict.fromkeys(item for each in wanted for item in each.items)
    nodes = [f"{source}::{label}" if label == WHOLE else f"{source}::{version}::{label}" for version, label in items]
    for each in wanted:
        out.write(printable_line(each.line) + "\n")
        if each.finding["reproduce"]:
            out.write(f"  repeat    {printable_line(each.finding['reproduce'])}\n")
    out.flush()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "run.json")
        ended = run_child(
            [
                *(sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", *dict.fromkeys(nodes)),
                f"--apiversion-today={told.report['as_of']}",
                f"--hypothesis-seed={told.report['seed']}",
                *options,
                f"--apiversion-json={file}",
            ],
            captured=True,
        )
        try:
            (now,) = [each for each in json.loads(file.read_bytes())["policies"] if each["items"]]
        except (OSError, ValueError, KeyError):
            errors.write(ended.stdout + ended.stderr)
            errors.write("apiversion: it cannot be told: nothing could be run again\n")
            return 2
    still = [each for each in now["findings"] if each["fingerprint"] == fingerprint]
    sent = sum(row["exchanges"] for row in now["items"])
    how = f"{sent} requests of {', '.join(' '.join(item) for item in items)}, seed {told.report['seed']}, as of {told.report['as_of']}"
    if still:
        out.write(printable_line(f"still shows: {still[0]['received']} ({how})") + "\n")
        return 1
    missed = [row["missed"] for row in now["items"] if row["missed"]]
    judged = code not in {row["code"] for row in told.policy["promises"]} or any(
        row["tallies"].get(code, 0) for row in now["items"]
    )
    if missed or not judged or not all(row["reached"] for row in now["items"]):
        errors.write(ended.stdout)
        why = missed[0] if missed else f"nothing came back that {code} could judge"
        errors.write(printable_line(f"apiversion: it cannot be told: {why} ({how})") + "\n")
        return 2
    out.write(printable_line(f"no longer shows ({how})") + "\n")
    return 0
