"""The `apiversion diff` command: what two OpenAPI documents differ in, and whether it breaks clients."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.policy.connection import PLAIN, Connection
from pytest_apiversion.diff.pairs import Setting
from pytest_apiversion.diff.rule_table import STRICT
from pytest_apiversion.shell import POLICY_FILE
from pytest_apiversion.shell.commands.connection_arguments import warning_of
from pytest_apiversion.shell.comparison.compare import compare_sources
from pytest_apiversion.shell.comparison.formats import FORMATS
from pytest_apiversion.shell.comparison.sources import Bounds
from pytest_apiversion.shell.openapi.document_files import MAX_BYTES, OUTSIDE
from pytest_apiversion.shell.texts.printable import printable_line

if TYPE_CHECKING:
    from typing import BinaryIO, TextIO


def diff_command(
    old: str | None,
    new: str | None,
    *,
    form: str,
    policy: Path | None = None,
    version: str | None = None,
    witness: bool = False,
    witness_effort: str | None = None,
    strict: bool = False,
    fail_on: str = "error",
    as_of: dt.date | None = None,
    grace_days: int = 0,
    preview_grace_days: int = 0,
    root: Path | None = None,
    max_megabytes: int = MAX_BYTES >> 20,
    lenient: bool = False,
    connection: Connection = PLAIN,
    stdin: BinaryIO,
    out: TextIO,
    errors: TextIO,
) -> int:
    """Compare two documents and tell what changed.

    Args:
        old: What clients were given: a file, `-`, `git:REF:PATH`, an http(s) address, or with a policy the name of a version.
        new: What is to take its place.
        form: A name of `formats.FORMATS`.
        policy: A policy file, which then says what each change weighs; where a version is told, `apiversion.toml` unless told.
        version: The version the documents are of; one of them can then be left out, and is its frozen contract.
        witness: Whether breaks are to be proved.
        witness_effort: How hard: `low`, `normal` or `high`; asks for proofs as well.
        strict: Whether changes weigh what the letter says, where no policy says otherwise.
        fail_on: The least weight (`error`, `warning`) of a change that lets the command end with 1.
        as_of: The day sunsets are read at; today where not told.
        grace_days: Days a deprecation has to be announced before its sunset.
        preview_grace_days: The same for what is marked `beta`.
        root: The folder in which files must be that a document refers to; its own where not told.
        max_megabytes: Size a document may have, in units of 1,048,576 bytes.
        lenient: Whether what cannot be read of a document is left out, and told.
        connection: How addresses are connected to; a policy file's own way where nothing is said.
        stdin: Standard input.
        out: Where the report goes.
        errors: Where it is said why the input cannot be used.

    Returns:
        0 when nothing breaks (or, where told, warns) and the policy objects to nothing, 1 otherwise, 2 when the input cannot be used.
    """
    today = as_of or dt.datetime.now(dt.UTC).date()  # noqa: TID251  the one place of this command that reads the clock
    setting = Setting(
        as_of=today,
        grace_days=grace_days,
        preview_grace_days=preview_grace_days,
        severities=STRICT if strict else {},
    )
    if policy is None and version is not None:
        policy = Path(POLICY_FILE)
    bounds = Bounds(root=root, most_bytes=max_megabytes << 20, lenient=lenient, connection=connection)
    effort = witness_effort or ("normal" if witness else None)
    try:
        if policy is not None:
            from pytest_apiversion.shell.comparison.compare_under_policy import compare_under  # noqa: PLC0415  reads policies, which is heavy

            comparison = compare_under(
                policy, version, old, new, stdin=stdin, setting=setting, witness=effort, bounds=bounds
            )
        else:
            comparison = compare_sources(*_both(old, new), stdin=stdin, setting=setting, witness=effort, bounds=bounds)
    except PolicyError as error:
        errors.writelines(printable_line(line) + "\n" for line in _complaint(error, policy))
        return 2
    errors.write(warning_of(connection))
    errors.writelines(f"warning: {printable_line(note)}\n" for note in comparison.notes)
    out.writelines(printable_line(line) + "\n" for line in FORMATS[form](comparison))
    warned = fail_on == "warning" and bool(comparison.of(Severity.WARNING)) and not comparison.free
    return 1 if comparison.rejected or warned else 0


def _both(old: str | None, new: str | None) -> tuple[str, str]:
    """The two sources, neither of which can be left out where no policy says what stands in its place."""
    if old is None or new is None:
        raise PolicyError("-", ["apiversion diff: expected OLD and NEW"])
    return old, new


def _complaint(error: PolicyError, policy: Path | None) -> list[str]:
    """Why the input cannot be used: every mistake of a policy file, the first of a document, which may be read without it."""
    if policy is not None and error.source == str(policy):
        return str(error).split("\n")
    more = f" (and {len(error.mistakes) - 1} more)" if len(error.mistakes) > 1 else ""
    where, _, what = error.mistakes[0].partition(": ")
    above = what.startswith(OUTSIDE) and "://" not in what
    hint = (
        "; --root names the folder it may stand in"
        if above
        else "; --lenient compares the rest"
        if " /" in where
        else ""
    )
    return [f"{error.mistakes[0]}{more}{hint}"]
