"""Items that were to run and did not, or not to their end: which, and why; so that no verdict rests on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_apiversion.shell.execution.outcome import WHOLE, Outcome
from pytest_apiversion.shell.reporting.session import Facts
from pytest_apiversion.shell.texts.real_paths import real_path

if TYPE_CHECKING:
    from pytest_apiversion.shell.reporting.session import Session

NEVER = "the run ended before"
"""Why an item did not run of which nothing was ever heard."""

_NAMED = 4
"""Items named before the rest is counted."""
_LONGEST = 600
"""Characters of a reason that are shown: a sentence, what to do, and what the service itself said."""


def note_missing(session: Session, root: Path) -> None:
    """Add an outcome for each item that was to run and has none, with the reason.

    Args:
        session: What the run knows.
        root: What node ids are relative to.
    """
    files: dict[str, tuple[Facts, set[tuple[str, str]]]] = {}
    for nodeid in session.selected:
        path, _, rest = nodeid.partition("::")
        subject, _, label = rest.rpartition("::") if "::" in rest else ("", "", rest)
        if path not in files:
            facts = _facts(session, root / path)
            files[path] = (
                facts,
                {
                    ("" if each.label == WHOLE else each.subject, each.label)
                    for each in session.outcomes[facts.source]
                    if each.own or each.label == WHOLE
                },
            )
        facts, there = files[path]
        if ("" if label == WHOLE else subject, label) in there:
            continue
        why = session.reported.get(nodeid, NEVER)
        for each in facts.subjects if label == WHOLE else (subject,):
            session.outcomes[facts.source].append(
                Outcome(
                    policy=facts.name,
                    source=facts.source,
                    subject=each,
                    label=label,
                    promised=facts.promised.get(each, ()),
                    reached=False,
                    missed=_shortened(" ".join(why.split())) or NEVER,
                )
            )


def _shortened(why: str) -> str:
    """A reason, cut between two words where it is too long."""
    return why if len(why) <= _LONGEST else f"{why[:_LONGEST].rpartition(' ')[0] or why[:_LONGEST]} …"


def _facts(session: Session, path: Path) -> Facts:
    """What is known of a policy file; where no process lived to tell, its name."""
    for source, facts in session.facts.items():
        if Path(source) == path or real_path(Path(source)) == real_path(path):
            return facts
    return session.facts.setdefault(str(path), Facts(name=path.name, source=str(path)))


def unheard(session: Session) -> list[str]:
    """Node ids of items that were to run and of which nothing was heard: no result, no error, and nobody skipped them."""
    return [nodeid for nodeid in session.selected if nodeid not in session.reported]


def missing_lines(outcomes: Sequence[Outcome], expected: Mapping[str, int | None]) -> Iterator[str]:
    """The items that did not run, a line for each version or alias and reason.

    Args:
        outcomes: Of one policy file.
        expected: Items by subject.
    """

    def key(outcome: Outcome) -> tuple[int, str, str]:
        return order.get(outcome.subject, len(order)), outcome.subject, outcome.missed

    order = {subject: index for index, subject in enumerate(expected)}
    missed = sorted((each for each in outcomes if each.missed and each.label != WHOLE), key=key)
    whole = [each.missed for each in outcomes if each.missed and each.label == WHOLE]
    if whole:
        yield f"policy: {whole[0]}"
    for (_, subject, why), rows in groupby(missed, key):
        labels = [each.label for each in rows]
        yield f"{subject}: {_of(len(labels), expected.get(subject))}: {_few(labels)}: {why}"


def _of(count: int, items: int | None) -> str:
    return f"{count} of {items} items" if items else f"{count} item{'' if count == 1 else 's'}"


def _few(labels: Iterable[str]) -> str:
    names = list(labels)
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"
