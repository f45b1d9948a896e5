"""What is made of the documents that a generator writes for each version: frozen, compared with the one before, and held against the service.

A generator is installed as a service is, and shows its documents itself. Nothing is corrected in them.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from pytest_apiversion.cli import main as apiversion
from pytest_apiversion.shell.comparison.compare import compare_sources
from tests.shell.running import Result, run_file
from tests.world.holding import SEEDS
from tests.world.page import Row
from tests.world.running import running
from tests.world.service import Service, Style

EXAMPLES = 5
"""Requests drawn for an operation: half as many as usual, for five seeds."""
TOKEN = "a token of no worth"
"""What the services take for a credential."""


def asked(service: Service, style: Style, installed: Path, folder: Path) -> Iterator[tuple[Row, list[str]]]:
    """What came of each step, as a row, and what is wrong with it, in a line each.

    Args:
        service: The generator.
        style: How it is used.
        installed: Where it is installed.
        folder: An empty folder for the policy file and its contracts.
    """
    policy = _write(style, folder)
    with running(service, style, installed, TOKEN=TOKEN) as url:
        for version, place in style.contracts.items():
            yield _frozen(policy, version, url + place)
        for old, new in pairwise(style.contracts):
            yield _compared(policy, old, new, style.changes.get(f"{old} {new}", ()))
        yield _run(policy, url)
    with running(service, style, installed, TOKEN=TOKEN, FAULT="1") as url:
        yield _faulty(policy, url, style.fault)


def _write(style: Style, folder: Path) -> Path:
    """The policy file, whose contracts are not there yet."""
    lines = [style.policy, *(f'[versions."{version}"]\ncontract = "{version}.json"' for version in style.contracts)]
    path = folder / "apiversion.toml"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _frozen(policy: Path, version: str, url: str) -> tuple[Row, list[str]]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = apiversion(["freeze", "--policy", str(policy), "--version", version, url])
    wrong = [f"freeze {version}: {said.getvalue()}"] if status else []
    return _row(f"freeze {version}", wrong[0] if wrong else "frozen as it is"), wrong


def _compared(policy: Path, old: str, new: str, declared: Sequence[str]) -> tuple[Row, list[str]]:
    """The declared changes have to be what is told, each once, and nothing else."""
    sources = [str(policy.parent / f"{version}.json") for version in (old, new)]
    changes = compare_sources(*sources, stdin=io.BytesIO()).changes
    told = [f"{each.severity.value} {each.rule.id} {each.name}" for each in changes]
    differing = {line: told.count(line) - declared.count(line) for line in dict.fromkeys([*declared, *told])}
    wrong = [f"diff {old} {new}: {count:+d} of {line}" for line, count in differing.items() if count]
    said = f"{len(told)} changes, as declared" if not wrong else "; ".join(wrong)
    return _row(f"diff {old} {new}", said), wrong


def _run(policy: Path, url: str) -> tuple[Row, list[str]]:
    wrong = []
    for seed in SEEDS:
        result = _held(policy, url, seed)
        wrong += [f"seed {seed}: {line}" for line in [*result.said, *result.barren]]
    said = "no finding, every operation answers" if not wrong else "; ".join(wrong)
    return _row(f"a run, {len(SEEDS)} seeds", said), wrong


def _faulty(policy: Path, url: str, code: str) -> tuple[Row, list[str]]:
    codes = _held(policy, url, SEEDS[0]).codes
    wrong = [] if codes == {code} else [f"the planted fault is {code}, found was {sorted(codes)}"]
    return _row("a run, one fault planted", ", ".join(sorted(codes)) or "no finding"), wrong


def _held(policy: Path, url: str, seed: int) -> Result:
    return run_file(policy, {"SERVICE_URL": url, "TOKEN": TOKEN}, seed=seed, whole=True, max_examples=EXAMPLES)


def _row(question: str, answer: str) -> Row:
    return Row(question=question, status="", answer=answer[:300], headers="")
