"""Reads runs back from their JSON files, several (of shards, versions, machines) as one."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.finding import Finding
from pytest_apiversion.shell.execution.options import Options, Shard
from pytest_apiversion.shell.execution.outcome import Outcome
from pytest_apiversion.shell.reporting.baseline import Baseline, Known
from pytest_apiversion.shell.reporting.json_report import FORMAT
from pytest_apiversion.shell.reporting.session import Facts, Session


def read_runs(paths: Sequence[Path]) -> tuple[Session, list[str]]:
    """The runs of JSON files as one, and sentences about shards that are missing among them.

    Raises:
        PolicyError: Some cannot be read, or are no such files; all of them are named.
    """
    runs, mistakes = [], []
    for path in paths:
        try:
            runs.append(run_of(json.loads(path.read_bytes())))
        except OSError as error:
            mistakes.append(f"{path}: {error.strerror or error}")
        except (ValueError, RecursionError, KeyError, TypeError, AttributeError, IndexError) as error:
            said = f" ({error})" if isinstance(error, _OtherFormatError) else ""
            mistakes.append(f"{path}: expected a file that --apiversion-json of this release wrote{said}")
    if mistakes:
        raise PolicyError(str(paths[0]), mistakes)
    return together(runs), list(_missing_shards(runs))


class _OtherFormatError(ValueError):
    """A file of another format."""


def run_of(data: Mapping[str, Any]) -> Session:
    """One run from the values of its JSON file.

    Raises:
        ValueError, KeyError, TypeError, IndexError, AttributeError: They are not what such a file holds.
    """
    if data["format"] != FORMAT:
        message = f"its format is {data['format']!r}, and {FORMAT} is read"
        raise _OtherFormatError(message)
    number, _, count = str(data["shard"] or "").partition("/")
    session = Session(
        options=Options(
            as_of=dt.datetime.fromisoformat(data["as_of"]),
            seed=int(data["seed"]),
            shard=Shard(number=int(number), count=int(count)) if count else None,
        ),
        strict=bool(data["strict"]),
    )
    if data["baseline"] is not None:
        known = tuple(Known.from_dict(row) for row in data["baseline"])
        session.baseline = Baseline(known=known, as_of=session.options.as_of)
    for policy in data["policies"]:
        facts = _facts(policy)
        session.facts[facts.source] = facts
        session.outcomes[facts.source] = list(_outcomes(policy))
        session.cleaned[facts.source] = policy["created"]
        session.known.update(facts.subjects)
    return session


def _facts(policy: Mapping[str, Any]) -> Facts:
    return Facts(
        name=str(policy["name"]),
        source=str(policy["source"]),
        subjects=dict(policy["versions"]),
        milestones=[(row["at"], row["version"], row["what"]) for row in policy["milestones"]],
        requirements=[(row["id"], row["text"], tuple(row["codes"])) for row in policy["requirements"]],
        declared=[(row["id"], row["text"]) for row in policy["declared"]],
        expected=dict(policy["expected"]),
        dates=[(row["at"], row["version"], row["what"]) for row in policy["dates"]],
        probes=dict(policy.get("probes", {})),
        warnings=[str(each) for each in policy.get("warnings", ())],
        lines={row["place"]: (str(row["file"]), int(row["line"])) for row in policy["findings"]},
    )


def _outcomes(policy: Mapping[str, Any]) -> Iterator[Outcome]:
    settings = policy["circumstances"]
    findings = [
        Finding.from_dict({**row, "settings": [settings[number] for number in row["settings"]]})
        for row in policy["findings"]
    ]
    for row in policy["items"]:
        outcome = Outcome.from_dict(
            {
                **{name: row[name] for name in _ITEM},
                "policy": policy["name"],
                "source": policy["source"],
                "subject": row["version"],
                "label": row["item"],
                "findings": [],
                "held": {code: [settings[number] for number in held] for code, held in row["held"].items()},
            }
        )
        yield replace(outcome, findings=tuple(findings[number] for number in row["findings"]))


_ITEM = ("exchanges", "succeeded", "answered", "reached", "missed", "notes", "own", "promised", "tallies", "reach")


def together(runs: Sequence[Session]) -> Session:
    """Several runs as one; the last says what stages versions are in, the first what the seed was."""
    last = max(runs, key=lambda run: run.options.as_of)
    session = Session(
        options=replace(
            runs[0].options, as_of=last.options.as_of, shard=runs[0].options.shard if not runs[1:] else None
        ),
        strict=any(run.strict for run in runs),
    )
    if baselines := [run.baseline for run in runs if run.baseline]:
        every = {(each.policy, each.fingerprint): each for baseline in baselines for each in baseline.known}
        session.baseline = Baseline(known=tuple(every.values()), as_of=last.options.as_of)
    for run in sorted(runs, key=lambda run: run is last):  # a stable sort: what the last says comes over the others
        names = Counter(facts.name for facts in run.facts.values())
        for source, facts in run.facts.items():
            home = next((each.source for each in session.facts.values() if each.name == facts.name), source)
            _take(session, run, source, home if names[facts.name] == 1 else source)
    return session


def _take(session: Session, run: Session, source: str, home: str) -> None:
    """Take over what a run says of one policy file, under the name the file has elsewhere."""
    facts, known = run.facts[source], session.facts.get(home)
    before = known.expected if known else {}
    expected = {
        subject: before.get(subject) if facts.expected.get(subject) is None else facts.expected[subject]
        for subject in (*facts.subjects, *before)
        if subject in facts.expected or subject in before
    }
    session.facts[home] = replace(
        facts, source=home, expected=expected, lines={**(known.lines if known else {}), **facts.lines}
    )
    mine = session.outcomes[home]
    there = {(each.subject, each.label): index for index, each in enumerate(mine) if each.own}
    for outcome in run.outcomes[source]:
        moved = replace(outcome, source=home)
        index = there.get((moved.subject, moved.label)) if moved.own else None
        if index is not None:  # the same item ran twice
            mine[index] = moved
        elif moved.own or moved not in mine:
            mine.append(moved)
    session.put_away(home, run.cleaned[source])
    session.known.update(facts.subjects)


def _missing_shards(runs: Sequence[Session]) -> Iterator[str]:
    """Sentences about shards that belong to the same run and were not given."""
    shards = [run.options.shard for run in runs if run.options.shard is not None]
    for count in sorted({shard.count for shard in shards}):
        there = {shard.number for shard in shards if shard.count == count}
        absent = [f"{number}/{count}" for number in range(1, count + 1) if number not in there]
        if absent:
            yield f"no file of shard {', '.join(absent)} is among them: what only that shard holds counts as not run"
