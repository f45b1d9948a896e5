"""The `apiversion baseline update` command: takes down what a run found as known, and removes what it proved fixed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.versions.notice_period import counted
from pytest_apiversion.shell.catalogue.baseline_schema import BASELINE_SCHEMA_NAME, baseline_schema_text
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.commands.schema import may_replace
from pytest_apiversion.shell.reporting.baseline import Baseline, Known, baseline_text, read_baseline, updated
from pytest_apiversion.shell.reporting.json_reader import read_runs
from pytest_apiversion.shell.reporting.verdicts import cells
from pytest_apiversion.shell.texts.atomic_files import replace_files


def baseline_command(runs: Sequence[Path], *, file: Path, reason: str, out: TextIO, errors: TextIO) -> int:
    """Bring a baseline up to date with runs; its schema lies beside it, for editors, unless something else has its name.

    Args:
        runs: Files that `--apiversion-json` wrote.
        file: The baseline; made where it is not there.
        reason: The reason of what is new.
        out: The output.
        errors: Where mistakes are told.

    Returns:
        0 when written, 2 when something cannot be read or written.
    """
    try:
        session, sentences = read_runs(runs)
        errors.writelines(f"apiversion: {each}\n" for each in sentences)
        known = read_baseline(file) if file.exists() else ()
        old = Baseline(known=known, as_of=session.options.as_of)
        names = {facts.name for facts in session.facts.values()}
        kept: list[Known] = [each for each in known if each.policy not in names]
        added: list[Known] = []
        removed: list[Known] = []
        for source, facts in session.facts.items():
            outcomes = session.outcomes[source]
            findings = [finding for outcome in outcomes for finding in outcome.findings]
            found = cells(outcomes, facts.expected, checks())
            stay, new, fixed = updated(old, facts.name, findings, found, reason=reason)
            kept += stay
            added += new
            removed += fixed
        file.parent.mkdir(parents=True, exist_ok=True)
        written = {file: baseline_text([*kept, *added]).encode()}
        schema = file.with_name(BASELINE_SCHEMA_NAME)
        if not schema.is_symlink() and may_replace(schema, baseline_schema_text()):
            written[schema] = baseline_schema_text().encode()
        replace_files(written, file.parent)
    except (PolicyError, OSError) as error:
        errors.write(f"apiversion: {error}\n")
        return 2
    out.write(f"{file}: {counted(len(kept), 'finding')} kept, {len(added)} added, {len(removed)} removed\n")
    return 0
