"""What each check costs in requests: the embedded policies, held with default settings, and whose requests they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pytest_apiversion.core.versions.lifecycle import Stage
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.execution.runner import Runner
from tests.apps.embedded import POLICIES
from tests.detection.harness import hold, planted
from tests.detection.table import Row

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "request-costs.md"
"""Where the page is kept."""
DAY = "2026-11-20"
"""The day the servers live at, so that every run has the same stages."""
SEED = 1


@dataclass(frozen=True, kw_only=True)
class Costs:
    """Requests of one policy.

    Attributes:
        policy: Its name.
        pairs: Operations of versions and aliases that are held, each counted once for each version.
        asked: Requests planned by each check, by code.
        judged: Requests that are judged, whoever asked.
        sent: All requests, repetitions included.
    """

    policy: str
    pairs: int
    asked: Counter[str] = field(default_factory=Counter)
    judged: int = 0
    sent: int = 0

    @property
    def drawn(self) -> int:
        """Requests drawn from the contracts, sequences, and links that were followed."""
        return self.judged - self.asked.total()

    @property
    def found(self) -> int:
        """Requests that nobody judges: looking for data, comparing versions, looking for what a write left behind."""
        return self.sent - self.judged


def costs(names: Sequence[str] = POLICIES) -> Iterator[Costs]:
    """Hold each policy once, with its default settings, and count."""
    for name in names:
        with planted(Row(policy=name, bug="", day=DAY)) as make:
            runner = make(SEED, None)
            asked, pairs = _asked(runner)
            judged = sum(outcome.exchanges for outcome in hold(runner))
            yield Costs(policy=name, pairs=pairs, asked=asked, judged=judged, sent=runner.transport.exchanges)


def _asked(runner: Runner) -> tuple[Counter[str], int]:
    """What the checks plan for a whole run, and for how many pairs of operation and version."""
    found, pairs, policy = Counter[str](), 0, runner.policy
    for subject in (*policy.versions, *policy.aliases):
        stage = policy.stage(subject, runner.run.as_of)
        if stage is Stage.PLANNED:
            continue
        operations = runner.operations(subject)
        pairs += len(operations)
        scenes = [runner.scene(subject, operation) for operation in operations if not operation.neutral]
        if stage.answers and subject in policy.versions:
            scenes.append(runner.scene(subject))
        for check in checks():
            asks = [(scene.subject, ask) for scene in scenes if check.plan for ask in check.plan(scene)]
            # what is asked once for a version is planned for each operation that could have the turn
            found[check.code] += sum(not ask.once for _, ask in asks) + len({row for row in asks if row[1].once})
    return found, pairs


def page(rows: Sequence[Costs]) -> str:
    """The page of the reference, without the checks that asked nothing: `docs/generate.py` names them."""
    pairs, whole = sum(row.pairs for row in rows), sum(row.sent for row in rows)
    lines = [
        "# What a run costs in requests",
        "",
        f"Counted by `python -m benchmarks request-costs --write`: the five embedded policies with their default settings, on {DAY}, seed {SEED}.",
        "Most checks ask nothing: they judge what is sent anyway. *Each* is per operation and version. A check asks nothing where the policy",
        "does not promise it, so that your own numbers are lower or higher as your policy is; `max_examples` and `--apiversion-max-examples` bound what is",
        "drawn.",
        "",
        f"| requests | {' | '.join(row.policy for row in rows)} | all | each |",
        f"|---|{'---:|' * (len(rows) + 2)}",
    ]

    def line(name: str, counts: Sequence[int]) -> str:
        return f"| {name} | {' | '.join(map(str, counts))} | {sum(counts)} | {sum(counts) / pairs:.2f} |"

    lines += [
        line("operations and versions", [row.pairs for row in rows]),
        line("drawn from the contracts, and sequences", [row.drawn for row in rows]),
        line("asked by checks", [row.asked.total() for row in rows]),
        line("to find data, and to compare", [row.found for row in rows]),
        line("all", [row.sent for row in rows]),
        "",
        "## By check",
        "",
        f"| check | promise | {' | '.join(row.policy for row in rows)} | all | each |",
        f"|---|---|{'---:|' * (len(rows) + 2)}",
    ]
    for check in checks():
        counts = [row.asked[check.code] for row in rows]
        if any(counts):
            lines.append(line(f"{check.code} | {check.title}", counts))
    lines += ["", f"{whole} requests in all, {whole / pairs:.0f} for each operation and version."]
    return "\n".join(lines) + "\n"
