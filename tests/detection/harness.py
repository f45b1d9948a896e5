"""Runs one planted bug: a real server with one promise broken, held to its policy by the same runner a user has.

Nothing is selected: every operation of every version runs, so that the silence of all other checks is shown too.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib
import logging
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from pytest_apiversion.core.errors import ApiVersionError
from pytest_apiversion.core.finding import Verdict
from pytest_apiversion.core.policy.requests import TURNS
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.outcome import WHOLE, Outcome, settled
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.generation.drawn import Drawn, Key
from pytest_apiversion.shell.pytest_plugin.subject_items import subject_items
from pytest_apiversion.shell.reporting.causes import causes_of, heading
from pytest_apiversion.shell.reporting.verdicts import cells
from pytest_apiversion.shell.target.load import load_target
from tests.apps.kit import serving
from tests.detection.around import FORMS, PLANTS
from tests.detection.plants import Plant
from tests.detection.table import Row
from tests.lives.catalogue import LIVES
from tests.lives.kit import instant
from tests.presets.catalogue import SHOWN

Make = Callable[..., Runner]
"""Makes a runner: of a seed, how many requests are drawn for each operation (None: as the policy says), and whether the run is brief."""

CONTRACTS = Path(__file__).parents[2] / "contracts"
"""Where the policies of the five servers are."""

_FEW = 2
"""Requests drawn for each operation in a brief run: a minimal one, and one more."""
_DRAWN: dict[Key, Drawn] = {}
"""What was drawn in this process: the same for every bug of a policy."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Detection:
    """What a run over one row of the table found.

    Attributes:
        row: The row.
        found: Codes of all findings, sorted, each once.
        lines: The findings in words, one a line.
        causes: The first line of each cause that is told, those under others left out.
        unexercised: Promises that nothing exercised, as subject and code, and operations that got no success.
        seed: What decided what was drawn.
        requests: Requests sent.
        seconds: How long it took.
    """

    row: Row
    found: tuple[str, ...]
    lines: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    unexercised: tuple[str, ...] = ()
    seed: int = 1
    requests: int = 0
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether exactly the expected checks spoke, and an honest server was asked about everything it promises."""
        return self.told == self.row.expected and (bool(self.row.bug) or not self.unexercised)

    @property
    def told(self) -> tuple[str, ...]:
        """What was found, without what is only a sequel of it."""
        return tuple(code for code in self.found if code not in self.row.sequels)

    def to_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "bug": self.row.bug,
            "policy": self.row.policy,
            "expected": list(self.row.expected),
            "found": list(self.found),
            "ok": self.ok,
            "causes": len(self.causes),
            "date": self.row.day,
            "seed": self.seed,
            "reason": self.row.reason,
            "requests": self.requests,
            "seconds": round(self.seconds, 2),
        }


def detect(row: Row, *, seed: int = 1, examples: int | None = None, brief: bool = False) -> Detection:
    """Serve the row's bug, hold the policy to it, and tell what was found.

    Args:
        row: The bug.
        seed: Decides what is drawn.
        examples: Requests drawn for each operation; None leaves it to the policy.
        brief: Whether operations take turns with the selection probes, and few requests are drawn where `examples` is None. A row that has to
            be `whole` is held as its policy says all the same.

    An error of the tool or of the policy file counts as something found, so that it never passes for silence.
    """
    start = time.perf_counter()
    try:
        with planted(row) as runner:
            made, offline = runner(seed, examples, brief=brief and not row.whole), _plant(row).offline
            outcomes = made.policy_item() if offline else list(hold(made))
    except ApiVersionError as error:
        name = type(error).__name__
        took = time.perf_counter() - start
        return Detection(row=row, found=(name,), lines=(f"{name}: {error}",), seed=seed, seconds=took)
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    return Detection(
        row=row,
        found=tuple(sorted({finding.code for finding in findings})),
        lines=tuple(
            f"{each.code} {each.version} {each.operation}: {each.summary} | {each.expected} | {each.received[:200]}"
            for each in findings
        ),
        causes=tuple(heading(cause) for cause in causes_of(outcomes)),
        unexercised=() if offline else (*unexercised(outcomes), *barren(outcomes)),
        seed=seed,
        requests=sum(outcome.exchanges for outcome in outcomes),
        seconds=time.perf_counter() - start,
    )


def unexercised(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Promises of versions and aliases that nothing exercised: what fails a strict run."""
    items = Counter(
        subject for subject, label in {(each.subject, each.label) for each in outcomes if each.own} if label != WHOLE
    )
    found = cells(outcomes, {outcome.subject: items[outcome.subject] for outcome in outcomes}, checks())
    yield from (f"{subject} {code}" for (code, subject), cell in found.items() if cell.verdict is Verdict.NOT_EXERCISED)


def barren(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Operations that only ever saw refusals: what is silent about them proves nothing."""
    yield from (f"{each.subject} {each.label}: no success" for each in outcomes if each.succeeded is False)


def _plant(row: Row) -> Plant:
    """What stands before the server of a row, if anything."""
    return FORMS[row.policy, row.form] if row.form else PLANTS.get((row.policy, row.bug), Plant())


@contextlib.contextmanager
def planted(row: Row) -> Iterator[Make]:
    """A server with the row's bug on a real socket, and what makes a runner over it."""
    if row.policy in SHOWN:
        with _preset(row) as make_preset:
            yield make_preset
        return
    if row.policy in LIVES:
        life = LIVES[row.policy]
        if row.bug and row.bug not in life.bugs:
            msg = f"{row.policy} has no bug {row.bug}"
            raise LookupError(msg)
        with (
            life.serving(row.day, row.bug) as url,
            tempfile.TemporaryDirectory() as name,
            running(
                life.write(Path(name), bug=row.bug), {"ODD_URL": url, **life.environment}, instant(row.day)
            ) as make_life,
        ):
            yield make_life
        return
    module = importlib.import_module(f"tests.apps.{row.policy}")
    today = dt.datetime.fromisoformat(row.day).replace(tzinfo=dt.UTC)
    plant = _plant(row)
    known = frozenset({row.bug} if row.bug in module.BUGS else ())
    if row.bug and not known and (row.policy, row.bug) not in PLANTS:
        msg = f"{row.policy} has no bug {row.bug}"
        raise LookupError(msg)
    logging.getLogger("waitress").setLevel(logging.CRITICAL)  # it warns of every burst, and of what is planted
    app = plant.wrap(module.create_app(today=today, bugs=known))
    with serving(app) as server, plant.front(server) as url, plant.folder(CONTRACTS / row.policy) as folder:
        environment: Mapping[str, str] = {**module.ENVIRONMENT, f"{row.policy.upper()}_URL": url}
        with running(folder / "apiversion.toml", environment, today) as make:
            yield make


@contextlib.contextmanager
def _preset(row: Row) -> Iterator[Make]:
    """The same for a bug of a preset's server."""
    shown, today = SHOWN[row.policy], dt.datetime.fromisoformat(row.day).replace(tzinfo=dt.UTC)
    if row.bug and row.bug not in shown.bugs:
        msg = f"{row.policy} has no bug {row.bug}"
        raise LookupError(msg)
    with (
        shown.serving(row.day, row.bug) as url,
        tempfile.TemporaryDirectory() as folder,
        running(shown.write(Path(folder)), {"SHOP_URL": url}, today) as make,
    ):
        yield make


@contextlib.contextmanager
def running(path: Path, environment: Mapping[str, str], today: dt.datetime) -> Iterator[Make]:
    """What makes a runner over a policy file, which ends with the block."""
    runners: list[Runner] = []

    def make(seed: int, examples: int | None = None, *, brief: bool = False) -> Runner:
        target = load_target(path, environment, as_of=today)
        limits = target.policy.limits
        if brief:
            limits = replace(limits, probes=TURNS, max_examples=min(_FEW, limits.max_examples), shrink=0)
        limits = replace(limits, max_examples=examples or limits.max_examples)
        target = replace(target, policy=replace(target.policy, limits=limits))
        runners.append(Runner(target=target, run=Run(as_of=today, seed=seed), drawn=_DRAWN))
        return runners[-1]

    try:
        yield make
    finally:
        for runner in runners:
            runner.close()


def hold(runner: Runner) -> Iterator[Outcome]:
    """Every item a run of the policy file has."""
    policy = runner.policy
    yield from runner.policy_item()
    for subject in (*policy.versions, *policy.aliases):
        for item in subject_items(runner, subject):
            yield from settled(item.run())


@cache
def bugs_of(policy: str) -> tuple[str, ...]:
    """The bugs a reference server can be given."""
    return tuple(importlib.import_module(f"tests.apps.{policy}").BUGS)
